"""Maximum welfare under the budget: HiGHS finds, whole numbers prove (a knapsack; Dantzig 1957 for the bound)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mufakat.engines.ranking.budget.election import Election

NODES = 2_000_000


@dataclass(frozen=True, slots=True)
class Best:
    """The projects of the greatest welfare; `proved` when the search in whole numbers ended."""

    chosen: tuple[int, ...]
    welfare: int
    proved: bool


def max_welfare(election: Election, utility: str) -> Best:
    """The affordable set of the greatest summed utility; among equals the smallest list of ids as text.

    Lists compare item by item, a list that ends first being smaller.
    """
    votes, costs = election.votes(utility), election.costs
    worth = [v * (c if utility == "cost" else 1) for v, c in zip(votes, costs, strict=True)]
    order = sorted(range(len(costs)), key=election.rank.__getitem__)
    search = _Search(worth, costs)
    found = _highs(worth, costs, election.budget)
    best = search.best(order, election.budget, sum(worth[c] for c in found))
    chosen = list[int]()
    left, missing = election.budget, best
    for place, c in enumerate(order):
        if missing == 0:
            break
        if costs[c] <= left and search.reaches(order[place + 1 :], left - costs[c], missing - worth[c]):
            chosen.append(c)
            left -= costs[c]
            missing -= worth[c]
    return Best(tuple(chosen), best, search.nodes <= NODES and missing == 0)


def _highs(worth: Sequence[int], costs: Sequence[int], budget: int) -> list[int]:
    """A good set from HiGHS; the proof does not rest on it."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    usable = [c for c in range(len(costs)) if worth[c] and costs[c] <= budget]
    if not usable:
        return []
    value = np.array([worth[c] for c in usable], float)
    price = np.array([costs[c] for c in usable], float)
    answer = milp(
        -value / value.max(), integrality=np.ones(len(usable)), bounds=Bounds(0, 1),
        constraints=LinearConstraint(price[None, :] / max(price.max(), 1.0), ub=budget / max(price.max(), 1.0)),
        options={"mip_rel_gap": 0},
    )  # fmt: skip
    if answer.x is None:
        return []
    picked = [c for c, x in zip(usable, answer.x, strict=True) if x > 0.5]
    return picked if sum(costs[c] for c in picked) <= budget else []


class _Search:
    """Branch and bound over whole numbers, the densest project first."""

    def __init__(self, worth: Sequence[int], costs: Sequence[int]) -> None:
        self.worth, self.costs, self.nodes = worth, costs, 0

    def best(self, items: Sequence[int], budget: int, known: int) -> int:
        """The greatest welfare of these projects, at least `known` being reachable."""
        target = known + 1
        while self.reaches(items, budget, target):
            target = self.found + 1
        return target - 1

    def reaches(self, items: Sequence[int], budget: int, target: int) -> bool:
        """Whether some affordable set of these projects is worth `target` or more; `found` is what it is worth."""
        if target <= 0:
            self.found = 0
            return True
        worth, costs = self.worth, self.costs
        free = sum(worth[c] for c in items if not costs[c])
        dense = sorted((c for c in items if worth[c] and 0 < costs[c] <= budget), key=lambda c: -worth[c] / costs[c])
        suffix = [0]
        for c in reversed(dense):
            suffix.append(suffix[-1] + worth[c])
        suffix.reverse()
        stack = [(0, budget, free)]
        while stack:
            place, left, have = stack.pop()
            self.nodes += 1
            if self.nodes > NODES:
                return False
            if have >= target:
                self.found = have
                return True
            if have + suffix[place] < target or self._bound(dense, place, left) + have < target:
                continue
            c = dense[place]
            stack.append((place + 1, left, have))
            if costs[c] <= left:
                stack.append((place + 1, left - costs[c], have + worth[c]))
        return False

    def _bound(self, dense: Sequence[int], place: int, left: int) -> int:
        """What the rest can add at most: whole projects by density, then a part of the next, rounded up."""
        total, worth, costs = 0, self.worth, self.costs
        for c in dense[place:]:
            if costs[c] > left:
                return total + -(-worth[c] * left // costs[c])
            left -= costs[c]
            total += worth[c]
        return total
