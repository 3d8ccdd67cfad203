"""Maximum welfare under the budget: a knapsack in whole numbers, proved by bounds; HiGHS finds a start for hard ones.

Bounds: the fractional knapsack (Dantzig 1957), and its price per unit of cost (Lagrange), by which most projects are in
every optimal list or in none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np
from numpy.typing import NDArray

from mufakat.engines.ranking.budget.election import Election

NODES = 200_000
"""Nodes searched before a table is tried, and again from the start HiGHS finds."""
CELLS = 600_000_000
"""Largest table: projects × units of money."""


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
    search = _Search(worth, costs, election.budget)
    for hard in (False, True):
        if hard:
            search.start_from(_highs(worth, costs, election.budget))
        found = _listed(search, election.rank) or _tabled(search, election.rank)
        if found is not None:
            return found
    return Best(tuple(sorted(search.kept, key=election.rank.__getitem__)), search.known, False)


def _listed(search: _Search, rank: Sequence[int]) -> Best | None:
    """The answer by branch and bound; None when that takes too long."""
    best = search.best()
    if best is None:
        return None
    chosen, left, missing = list[int](), search.budget, best
    rest = sorted(search.open_at(best), key=rank.__getitem__)
    for place, c in enumerate(rest):
        if missing == 0:
            break
        if search.costs[c] > left:
            continue
        following = left - search.costs[c], missing - search.worth[c]
        if c in search.sure or search.reaches(rest[place + 1 :], *following):
            chosen.append(c)
            left, missing = following
    return Best(tuple(chosen), best, True) if search.nodes <= search.limit and missing == 0 else None


def _tabled(search: _Search, rank: Sequence[int]) -> Best | None:
    """The answer by the best value for every amount left (Bellman 1957), in the largest unit of money that divides all
    costs; None when the table would be too large."""
    items = sorted(search.open_at(search.known), key=rank.__getitem__)
    unsure = [c for c in items if c not in search.sure]
    left = search.budget - sum(search.costs[c] for c in search.sure)
    unit = gcd(*(search.costs[c] for c in unsure)) or 1
    width = left // unit + 1
    if left < 0 or len(unsure) * width > CELLS or sum(search.worth[c] for c in unsure) >= 1 << 62:
        return None
    best = np.zeros(width, np.int64)
    taken: dict[int, NDArray[np.uint8]] = {}
    for c in reversed(unsure):
        cost = search.costs[c] // unit
        takes = np.zeros(width, np.bool_)
        if cost < width:
            with_it = best[: width - cost] + search.worth[c]
            takes[cost:] = with_it >= best[cost:]
            best = np.concatenate([best[:cost], np.maximum(best[cost:], with_it)])
        taken[c] = np.packbits(takes)
    missing = welfare = int(best[-1]) + sum(search.worth[c] for c in search.sure)
    chosen, place = list[int](), width - 1
    for c in items:
        if missing == 0:
            break
        if c in search.sure:
            chosen.append(c)
            missing -= search.worth[c]
        elif taken[c][place >> 3] >> (7 - (place & 7)) & 1:
            chosen.append(c)
            place -= search.costs[c] // unit
            missing -= search.worth[c]
    return Best(tuple(chosen), welfare, True)


class _Search:
    """Branch and bound over whole numbers, the densest project first."""

    def __init__(self, worth: Sequence[int], costs: Sequence[int], budget: int) -> None:
        self.worth, self.costs, self.budget, self.found = worth, costs, budget, 0
        self.nodes, self.limit = 0, NODES
        usable = [c for c in range(len(costs)) if worth[c] and 0 < costs[c] <= budget]
        self.dense = sorted(usable, key=lambda c: -Fraction(worth[c], costs[c]))
        self.free = [c for c in range(len(costs)) if not costs[c]]
        self.sure: set[int] = set()
        self.known, self.kept = -1, list[int]()
        self.start_from([])

    def start_from(self, picked: Sequence[int]) -> None:
        """Keep this list, filled up by density, when it is better than what is known."""
        kept = [*picked, *(c for c in self.free if self.worth[c] and c not in set(picked))]
        left, inside = self.budget - sum(self.costs[c] for c in kept), set(kept)
        for c in self.dense:
            if c not in inside and self.costs[c] <= left:
                kept.append(c)
                left -= self.costs[c]
        total = sum(self.worth[c] for c in kept)
        if total > self.known:
            self.known, self.kept = total, kept
        self.nodes = 0

    def best(self) -> int | None:
        """The greatest welfare, or None after too many nodes."""
        best = self.known
        while self.reaches(self.open_at(best + 1), self.budget, best + 1):
            best = self.found
        return best if self.nodes <= self.limit else None

    def open_at(self, target: int) -> list[int]:
        """Projects that can be in a list worth `target`; `sure` are those that every such list has."""
        worth, costs, left = self.worth, self.costs, self.budget
        value, price = 0, 1  # welfare per unit of cost at the margin, as a fraction
        for c in self.dense:
            left -= costs[c]
            if left < 0:
                value, price = worth[c], costs[c]
                break
        gains = [w * price - value * cost for w, cost in zip(worth, costs, strict=True)]
        slack = value * self.budget + sum(gain for gain in gains if gain > 0) - target * price
        self.sure = {c for c, gain in enumerate(gains) if gain > slack}
        return [c for c, gain in enumerate(gains) if gain >= -slack and costs[c] <= self.budget]

    def reaches(self, items: Sequence[int], budget: int, target: int) -> bool:
        """Whether some affordable set of these projects is worth `target` or more; `found` is what it is worth."""
        if target <= 0:
            self.found = 0
            return True
        inside = set(items)
        have, left = sum(self.worth[c] for c in self.free if c in inside), budget
        dense = list[int]()
        for c in self.dense:
            if c in inside:
                if c in self.sure:
                    have, left = have + self.worth[c], left - self.costs[c]
                else:
                    dense.append(c)
        return left >= 0 and self._descend(dense, left, have, target)

    def _descend(self, dense: Sequence[int], budget: int, have: int, target: int) -> bool:
        worth, costs = [self.worth[c] for c in dense], [self.costs[c] for c in dense]
        value, spent = [0], [0]
        for w, cost in zip(worth, costs, strict=True):
            value.append(value[-1] + w)
            spent.append(spent[-1] + cost)
        count, stack = len(dense), [(0, budget, have)]
        while stack:
            place, left, have = stack.pop()
            self.nodes += 1
            if self.nodes > self.limit:
                return False
            if have >= target:
                self.found = have
                return True
            # Whole projects by density, then a part of the next, rounded down.
            end = bisect_right(spent, spent[place] + left) - 1
            bound = have + value[end] - value[place]
            if end < count:
                bound += worth[end] * (left - spent[end] + spent[place]) // costs[end]
            if bound < target:
                continue
            stack.append((place + 1, left, have))
            if costs[place] <= left:
                stack.append((place + 1, left - costs[place], have + worth[place]))
        return False


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
        options={"mip_rel_gap": 0, "time_limit": 60},
    )  # fmt: skip
    if answer.x is None:
        return []
    picked = [c for c, x in zip(usable, answer.x, strict=True) if x > 0.5]
    return picked if sum(costs[c] for c in picked) <= budget else []
