"""One rule applied to one election: winners in order, prices, and whether everything was proved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np

from mufakat.engines.ranking.budget import completion, pabulib, sequential, shares, welfare
from mufakat.engines.ranking.budget.election import Election, ElectionFaulty
from mufakat.engines.ranking.budget.field import facts_of, field_of
from mufakat.engines.ranking.budget.shares import plain_shares

RULES = ("mes", "phragmen", "greedy", "maxwelfare")
UTILITIES = ("cost", "cardinality", "points", "borda")
COMPLETIONS = ("none", "add1", "add1u")
TIES = ("id", "votes")
FITTING = {"points": "cumulative", "borda": "ordinal"}
"""Ballots that a utility needs."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is asked. `increment` is money per voter and step; `exhaustive` stops Add1 at the first exhaustive outcome;
    `integral` starts it from a whole endowment; `unwanted` lets projects nobody wants keep an outcome from being
    exhaustive; `ties` "votes" prefers more votes, then the lower cost, then the id.
    """

    rule: str = "mes"
    utility: str = "cost"
    completion: str = "none"
    increment: Fraction = Fraction(1)
    exhaustive: bool = True
    integral: bool = False
    unwanted: bool = False
    ties: str = "id"


@dataclass
class Outcome:
    """Winners as positions in the order they were bought, `certified` when proved exact.

    Not frozen, and what nobody asks for is not reckoned: on a small election making one takes as long as deciding it.
    """

    order: tuple[int, ...]
    certified: bool
    steps: int = 0
    reached: str = ""
    holding: Callable[[], Fraction | None] = lambda: None
    paying: Callable[[], tuple[Fraction, ...]] = tuple

    @cached_property
    def endowment(self) -> Fraction | None:
        """What each voter held at first, in money, where the rule gives them any."""
        return self.holding()

    @cached_property
    def prices(self) -> tuple[Fraction, ...]:
        """What one supporter (or point) paid at most for each purchase of Equal Shares, exact, reckoned when asked."""
        return self.paying()


def decide(election: Election, parameters: Parameters, tell: Callable[[int], None] = lambda steps: None) -> Outcome:
    """Apply a rule. Raises ElectionFaulty for a rule that does not fit the ballots."""
    _check(election, parameters)
    if parameters.rule == "mes":
        return _equal_shares(election, parameters, tell)
    if parameters.rule == "greedy":
        return Outcome(tuple(sequential.greedy(election, parameters.utility)), True)
    if parameters.rule == "phragmen":
        return Outcome(tuple(sequential.phragmen(election)), True)
    best = welfare.max_welfare(election, parameters.utility)
    return Outcome(best.chosen, best.proved)


SMALL = b"""META
key;value
budget;3
vote_type;approval
PROJECTS
project_id;cost
a;1
b;2
c;2
VOTES
voter_id;vote
1;a,b
2;a,c
"""


MEMORY = 4 << 20
"""Bytes that are laid ready: what reading and deciding an election of some hundred kilobytes takes."""


def warm_up(parameters: Parameters) -> None:
    """Decide a small election of no meaning, so that code is loaded and compiled before a clock starts; some times, as
    the interpreter needs to make its own code quick.

    Memory is asked for and given back twice: the first time an allocator learns to keep so much for the process, the
    second time it keeps it. A page that the system hands out anew costs more than a hundred voters.
    """
    for _ in range(2):
        np.ones(MEMORY, np.uint8)
    fitting = replace(parameters, utility="cost" if parameters.utility == "cost" else "cardinality")
    for end in (b"\n", b"\r\n") * 6:
        pabulib.content(Path(__file__))
        decide(pabulib.parse(SMALL.replace(b"\n", end), "kecil.pb"), fitting)


def _check(election: Election, parameters: Parameters) -> None:
    wanted = FITTING.get(parameters.utility)
    if wanted is not None and election.kind != wanted:
        raise ElectionFaulty(
            f"Manfaat “{parameters.utility}” hanya untuk suara {wanted}, sedangkan berkas ini {election.kind}. "
            "Pakai --utility cost atau cardinality."
        )
    if parameters.completion != "none" and parameters.increment <= 0:
        raise ElectionFaulty("--increment harus lebih dari nol.")


def _equal_shares(election: Election, parameters: Parameters, tell: Callable[[int], None]) -> Outcome:
    if not election.voters:
        found = sequential.greedy(election, parameters.utility) if parameters.completion == "add1u" else []
        return Outcome(tuple(found), True)
    if parameters.completion != "none" or (order := _plain_order(election, parameters)) is None:
        return _by_market(election, parameters, tell)
    return Outcome(
        order, True, 0, "", lambda: _start(election) / election.scale,
        lambda: _prices(election, parameters, order, _start(election)),
    )  # fmt: skip


def _plain_order(election: Election, parameters: Parameters) -> tuple[int, ...] | None:
    """Purchases where every vote counts one, in one compiled call; None where that proves nothing."""
    facts = facts_of(election) if parameters.utility in ("cost", "cardinality") else None
    if facts is None:
        return None
    if parameters.ties != "id":
        facts = facts.ranked(_ranks(election, parameters) or election.rank)
    return plain_shares(facts, election.budget / election.voters, by_cost=parameters.utility == "cost")


def _by_market(election: Election, parameters: Parameters, tell: Callable[[int], None]) -> Outcome:
    field = field_of(election, parameters.utility, _ranks(election, parameters))
    market, start = shares.market_of(field), _start(election)
    if parameters.completion == "none":
        done = completion.Completed(market.run(start), 0, 1, "")
    else:
        step = parameters.increment * election.scale
        if parameters.integral:
            start = step * (start // step)
        among = tuple(range(len(election.ids))) if parameters.unwanted else field.candidates
        scan = completion.Scan(election.budget, step, parameters.exhaustive, among)
        done = completion.add_one(market, start, scan, tell)
    bought, order = done.bought, done.bought.order
    if parameters.completion == "add1u":
        order = tuple(sequential.greedy(election, parameters.utility, order))
    return Outcome(
        order, True, done.steps, done.reached, lambda: bought.endowment / election.scale,
        lambda: _prices(election, parameters, bought.order, bought.endowment),
    )  # fmt: skip


def _start(election: Election) -> Fraction:
    """What each voter holds at first, in units of the election."""
    return Fraction(election.budget, election.voters)


def _prices(
    election: Election, parameters: Parameters, bought: tuple[int, ...], start: Fraction
) -> tuple[Fraction, ...]:
    """What one supporter, or point, paid at most for each of these purchases."""
    paid = shares.replay(field_of(election, parameters.utility, _ranks(election, parameters)), bought, start).prices
    return tuple(price * election.unit(parameters.utility) / election.scale for price in paid)


def _ranks(election: Election, parameters: Parameters) -> tuple[int, ...] | None:
    """Ranks by the stated order of ties; None for the usual one, by id."""
    if parameters.ties == "id":
        return None
    votes, rank = election.votes(parameters.utility), election.rank
    order = sorted(range(len(rank)), key=lambda c: (-votes[c], election.costs[c], rank[c]))
    places = [0] * len(order)
    for place, c in enumerate(order):
        places[c] = place
    return tuple(places)
