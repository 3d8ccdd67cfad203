"""What an outcome means for the voters: who is left with nothing, who deserved more, and who could have paid for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from mufakat.engines.ranking.budget.election import Election, Ints
from mufakat.engines.ranking.fairness.shares import gini

LARGEST_PROGRAMME = 200_000
"""Votes for chosen projects up to which a price system is searched for."""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Utility of the outcome for the voters: its mean, Gini, and the share of voters with none of their projects."""

    mean: Fraction
    gini: Fraction
    excluded: Fraction


@dataclass(frozen=True, slots=True)
class Underserved:
    """Voters who deserved one project more: `voters` supporters of `project`, each with utility at most `most`."""

    project: int
    voters: int
    most: int
    deserved: Fraction


def utilities(election: Election, chosen: Sequence[int], utility: str) -> Ints:
    """Utility per ballot: cost or number of its chosen projects, or the points (Borda points) it gave them."""
    worth = np.zeros(len(election.ids), np.int64)
    for c in chosen:
        worth[c] = election.costs[c] if utility == "cost" else 1
    each = worth[election.project] * (election.amount if utility in ("points", "borda") else 1)
    ballot = np.repeat(np.arange(len(election.weight)), np.diff(election.start))
    total = np.zeros(len(election.weight), np.int64)
    np.add.at(total, ballot, each)
    return total


def satisfaction(election: Election, chosen: Sequence[int], utility: str) -> Satisfaction:
    """How the outcome's utility spreads over the voters."""
    values = utilities(election, chosen, utility)
    weights, voters = election.weight, max(election.voters, 1)
    total = sum(int(v) * int(w) for v, w in zip(values.tolist(), weights.tolist(), strict=True))
    spread = gini((values * weights).tolist(), weights.tolist())
    none = int(weights[values == 0].sum()) + election.voters - int(weights.sum())
    return Satisfaction(Fraction(total, voters), spread, Fraction(none, voters))


def underserved(election: Election, chosen: Sequence[int], utility: str) -> tuple[Underserved, ...]:
    """Projects whose absence breaks EJR+ up to one project, most deserved first; () is proof that none does.

    EJR+ (Brill & Peters 2023) for budgets: k supporters of an unchosen c deserve k ÷ n of the budget; the outcome fails
    them when for every one of them even c on top stays within that: (u_i(W) + u(c)) · cost(c) ≤ k · B ÷ n · u(c).
    Equal Shares with the same utility never fails anybody: each price paid per utility is at most that of c, and
    somebody has less than cost(c) ÷ k left. Approval and choose-one ballots; whole numbers throughout.
    """
    values = utilities(election, chosen, utility)
    inside, found = set(chosen), []
    for c, (ballots, _) in enumerate(election.supporters(utility)):
        cost = election.costs[c]
        worth = cost if utility == "cost" else 1
        if c in inside or not cost or not len(ballots):
            continue
        order = np.argsort(values[ballots], kind="stable")
        own, counts = values[ballots][order].tolist(), np.cumsum(election.weight[ballots][order]).tolist()
        failing = [
            Underserved(c, k, u, Fraction(k * election.budget * worth, election.voters * cost))
            for u, k in zip(own, counts, strict=True)
            if (u + worth) * cost * election.voters <= k * election.budget * worth
        ]
        if failing:
            found.append(max(failing, key=lambda f: f.deserved - f.most))
    return tuple(sorted(found, key=lambda f: (f.most - f.deserved, f.project)))


def price_system(election: Election, chosen: Sequence[int]) -> float | None:
    """The least equal endowment with which voters could have bought just this outcome, or None when none could.

    Priceability (Peters & Skowron 2020): supporters pay each chosen project in full, nobody pays more than the
    endowment, and the supporters of an unchosen one have together no more than its cost left. A linear programme (HiGHS,
    within its tolerance of 1e-7); a zero-cost project not chosen makes it impossible while its supporters have money.
    """
    from scipy.optimize import linprog
    from scipy.sparse import coo_matrix

    supporters = election.supporters("cardinality")
    inside = [c for c in chosen if election.costs[c]]
    votes = [(t, c) for c in inside for t in supporters[c][0].tolist()]
    if len(votes) > LARGEST_PROGRAMME or any(not len(supporters[c][0]) for c in inside):
        return None
    weight, scale = election.weight.tolist(), float(max(election.budget, 1))
    size = len(votes) + 1
    equal_rows: list[tuple[int, int, float]] = []
    upper_rows: list[tuple[int, int, float]] = []
    place = {c: row for row, c in enumerate(inside)}
    types = {t: row for row, t in enumerate(sorted({t for t, _ in votes}))}
    outside = [c for c in range(len(election.ids)) if c not in set(chosen) and len(supporters[c][0])]
    held = {c: len(types) + row for row, c in enumerate(outside)}
    wanting: dict[int, list[int]] = {}
    for c in outside:
        for t in supporters[c][0].tolist():
            wanting.setdefault(t, []).append(c)
    for at, (t, c) in enumerate(votes, 1):
        equal_rows.append((place[c], at, weight[t]))
        upper_rows.append((types[t], at, 1.0))
        upper_rows += [(held[d], at, -weight[t]) for d in wanting.get(t, ())]
    upper_rows += [(row, 0, -1.0) for row in types.values()]
    upper_rows += [(held[c], 0, float(election.weight[supporters[c][0]].sum())) for c in outside]

    def matrix(rows: list[tuple[int, int, float]], height: int) -> object:
        at = list(zip(*rows, strict=True)) if rows else [(), (), ()]
        return coo_matrix((at[2], (at[0], at[1])), shape=(height, size)) if height else None

    answer = linprog(
        [1.0] + [0.0] * len(votes),
        A_eq=matrix(equal_rows, len(inside)), b_eq=[election.costs[c] / scale for c in inside] or None,
        A_ub=matrix(upper_rows, len(types) + len(outside)),
        b_ub=[0.0] * len(types) + [election.costs[c] / scale for c in outside] or None,
        method="highs",
    )  # fmt: skip
    return float(answer.x[0]) * scale / election.scale if answer.status == 0 else None
