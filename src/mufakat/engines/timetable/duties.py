"""Duties: what one team does on one day (one forum, or a first-session and a second-session forum), and their price.

The timetable is a choice of duties that covers every forum once (set partitioning; Dantzig and Wolfe 1960). Its linear
relaxation is nearly exact, so its dual prices say which duties can be part of a better timetable at all: a duty whose
reduced cost exceeds the gap cannot (reduced-cost fixing). The bound is recomputed from rounded prices in whole
numbers, so that it holds whatever the floating-point solver did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mufakat.engines.timetable.spots import Spots

SCALE = 10**6
NEVER = 10**15
EACH_ROUND = 15_000
ROUNDS = 60

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Duties:
    """Columns: team class, day, first spot, second spot (−1: none) and cost of each duty."""

    klass: Ints
    day: Ints
    first: Ints
    second: Ints
    cost: Ints

    def __len__(self) -> int:
        return len(self.cost)

    def joined(self, other: Duties) -> Duties:
        """Both, each duty once."""
        parts = [np.concatenate([getattr(self, n), getattr(other, n)]) for n in self.__slots__]
        _, keep = np.unique(np.stack(parts[:4]), axis=1, return_index=True)
        keep.sort()
        return Duties(*(part[keep] for part in parts))


@dataclass(frozen=True, slots=True)
class Prices:
    """Dual prices × SCALE: `spot` is a spot's cost less what covering and rows pay, `duty` per class and day."""

    spot: Ints
    duty: Ints
    bound: int


class Pool:
    """All duties of a problem, never listed in full: they are drawn by their reduced cost."""

    def __init__(self, spots: Spots) -> None:
        problem = spots.problem
        self.spots = spots
        self.forum = np.array([s.forum for s in spots.spots], dtype=np.int64)
        self.cost = np.array([s.cost for s in spots.spots], dtype=np.int64)
        day = np.array([s.day for s in spots.spots], dtype=np.int64)
        half = np.array([not problem.forums[s.forum].whole_day for s in spots.spots], dtype=bool)
        session = np.array([s.session for s in spots.spots], dtype=np.int64)
        self.groups: list[tuple[int, int, Ints, Ints, Ints]] = []
        for k, klass in enumerate(spots.classes):
            free = np.ones(len(self.cost), dtype=bool)
            free[sorted(klass.banned)] = False
            for d in range(len(problem.days)):
                if spots.on_duty(k, d):
                    here = free & (day == d)
                    parts = (here, here & half & (session == 0), here & half & (session == 1))
                    alone, first, second = (np.flatnonzero(part) for part in parts)
                    self.groups.append((k, d, alone, first, second))
        self.travel = _travel_costs(spots)
        self.team_cost = [
            np.array(c.cost or [0] * len(self.cost), dtype=np.int64) for c in spots.classes
        ]  # fmt: skip

    def below(self, prices: Prices | None, limit: int) -> Duties:
        """Duties whose reduced cost (× SCALE) is at most `limit`; without prices every duty of one forum."""
        found = [part for group in self.groups for part in self._drawn(group, prices, limit)]
        columns = [np.concatenate([part[i] for part in found]) if found else np.zeros(0, np.int64) for i in range(5)]
        return Duties(*columns)

    def _drawn(self, group: tuple[int, int, Ints, Ints, Ints], prices: Prices | None, limit: int) -> list[Any]:
        klass, day, _, first, second = group
        extra = self.team_cost[klass]
        parts = [self._singles(group, prices, limit)]
        if prices is None or not len(first) or not len(second):
            return parts
        f, g = self.forum[first], self.forum[second]
        cost = self.travel[np.ix_(f, g)]
        reduced = cost * SCALE - prices.duty[klass, day]
        reduced += (prices.spot[first] + extra[first] * SCALE)[:, None]
        reduced += (prices.spot[second] + extra[second] * SCALE)[None, :]
        i, j = np.nonzero((reduced <= limit) & (cost < NEVER // SCALE))
        own = self.cost + extra
        full = cost[i, j] + own[first[i]] + own[second[j]]
        return [*parts, (*_same(len(i), klass, day), first[i], second[j], full, reduced[i, j])]

    def _singles(self, group: tuple[int, int, Ints, Ints, Ints], prices: Prices | None, limit: int) -> Any:
        klass, day, alone, _, _ = group
        extra = self.team_cost[klass][alone]
        reduced = np.zeros(len(alone), np.int64)
        if prices is not None:
            reduced = prices.spot[alone] + extra * SCALE - prices.duty[klass, day]
            alone, extra, reduced = (part[reduced <= limit] for part in (alone, extra, reduced))
        none = np.full(len(alone), -1, dtype=np.int64)
        return (*_same(len(alone), klass, day), alone, none, self.cost[alone] + extra, reduced)

    def worst(self, prices: Prices) -> int:
        """The smallest reduced cost of any duty (× SCALE), 0 when none is negative."""
        found = [part[5].min() for g in self.groups for part in self._drawn(g, prices, -1) if len(part[5])]
        return int(min(found, default=0))

    def improving(self, prices: Prices) -> Duties:
        """Duties of negative reduced cost, at most EACH_ROUND, the most negative first."""
        found = [part for group in self.groups for part in self._drawn(group, prices, -SCALE // 1000)]
        if not found:
            return Duties(*(np.zeros(0, np.int64) for _ in range(5)))
        columns = [np.concatenate([part[i] for part in found]) for i in range(6)]
        keep = np.argsort(columns[5], kind="stable")[:EACH_ROUND]
        return Duties(*(column[keep] for column in columns[:5]))


def _same(count: int, klass: int, day: int) -> tuple[Ints, Ints]:
    return np.full(count, klass, dtype=np.int64), np.full(count, day, dtype=np.int64)


def _travel_costs(spots: Spots) -> Ints:
    """Weighted minutes from forum to forum; NEVER ÷ SCALE where one team may not serve both."""
    problem = spots.problem
    count, never = len(problem.forums), NEVER // SCALE
    table = np.full((count, count), never, dtype=np.int64)
    for f in range(count):
        for g in range(count):
            if f != g and problem.may_follow(f, g):
                table[f, g] = problem.weights["travel"] * problem.minutes(f, g)
    return table
