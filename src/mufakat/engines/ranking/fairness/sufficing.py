"""What would have sufficed: the greatest cost, or the fewest further supporters, with which a project would have won.

Measures of Boehmer, Faliszewski, Janeczko, Peters, Pierczyński, Schierreich, Skowron & Szufa (2024): every claim is the
rule itself applied to the changed election, at the figure told and just beyond it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from mufakat.engines.ranking.budget import Election, Parameters, decide

Wins = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Sufficing:
    """Greatest winning cost in units of the election (None: at no cost) and fewest further supporters (None: not even
    as many as there are voters). Where winning does not change just once they are one of the turning points."""

    cost: int | None
    supporters: int | None


def sufficing(election: Election, parameters: Parameters, project: int) -> Sufficing:
    """What would have sufficed for a project that was not chosen."""

    def at_cost(cost: int) -> bool:
        return project in decide(with_cost(election, project, cost), parameters).order

    def with_more(count: int) -> bool:
        return project in decide(with_supporters(election, project, count), parameters).order

    lowest = 1 if parameters.utility == "cost" else 0
    cost = _turning(at_cost, lowest, election.costs[project]) if election.costs[project] > lowest else None
    more = _turning(with_more, max(election.voters, 1), 0)
    return Sufficing(cost, more)


def _turning(wins: Wins, sure: int, fails: int) -> int | None:
    """The number next to a failing one that wins, between `sure` (tried first) and `fails` (known to fail)."""
    if not wins(sure):
        return None
    while abs(sure - fails) > 1:
        middle = (sure + fails) // 2
        if wins(middle):
            sure = middle
        else:
            fails = middle
    return sure


def with_cost(election: Election, project: int, cost: int) -> Election:
    """The same election with one project at another cost."""
    costs = (*election.costs[:project], cost, *election.costs[project + 1 :])
    return replace(election, costs=costs)


def with_supporters(election: Election, project: int, count: int) -> Election:
    """The same election with `count` further voters who want only this project, with one point; the budget stays."""
    if not count:
        return election
    one = np.array([1], np.int64)
    return replace(
        election, voters=election.voters + count, weight=np.append(election.weight, one * count),
        start=np.append(election.start, election.start[-1] + 1), project=np.append(election.project, one * project),
        amount=np.append(election.amount, one * election.grain),
    )  # fmt: skip
