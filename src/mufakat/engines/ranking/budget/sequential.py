"""Greedy by utility per cost, and sequential Phragmén (Los, Christoff & Grossi 2022), exact."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from mufakat.engines.ranking.budget.election import Election
from mufakat.engines.ranking.budget.field import prepared

EPS = 2.0**-52


def greedy(election: Election, utility: str, taken: Sequence[int] = ()) -> list[int]:
    """Projects by utility per cost, each bought when it still fits; ties by id. `taken` are bought already.

    A project without cost comes first when somebody wants it, last when nobody does.
    """
    votes, rank = election.votes(utility), election.rank
    left = election.budget - sum(election.costs[c] for c in taken)
    bought = list(taken)

    def key(c: int) -> tuple[int, Fraction, int]:
        cost = election.costs[c]
        worth = votes[c] * (cost if utility == "cost" else 1)
        if not cost:
            return (0 if worth else 1, Fraction(0), rank[c])
        return (1, -Fraction(worth, cost), rank[c])

    for c in sorted((c for c in range(len(election.ids)) if c not in taken), key=key):
        if election.costs[c] <= left:
            bought.append(c)
            left -= election.costs[c]
    return bought


def phragmen(election: Election) -> list[int]:
    """Sequential Phragmén: the next project is the one whose supporters would bear the least load; stops where any
    project tied for next exceeds what is left.

    Projects without supporters come last, all tied.
    """
    loads, left = _Loads(election), election.budget
    live = {c for c in range(len(election.ids)) if election.costs[c] <= election.budget}
    bought = list[int]()
    while live:
        tied = loads.next_of(live)
        if any(election.costs[c] > left for c in tied):
            break
        winner = min(tied, key=loads.rank.__getitem__)
        bought.append(winner)
        left -= election.costs[winner]
        live.discard(winner)
        loads.buy(winner)
    return bought


class _Loads:
    """Every voter's load is the moment of the last purchase they supported: floats decide where they can.

    Moments are sums and quotients of what is positive, so that a float's relative error grows by no more than a few
    roundings per supporter and purchase. Exact moments are reckoned when a tie asks for them.
    """

    def __init__(self, election: Election) -> None:
        votes = prepared(election)
        self.ptr, self.idx, self.weight, self.costs = votes.ptr, votes.idx, election.weight, election.costs
        self.price, self.counts, self.rank = votes.costs, votes.totals, election.rank
        self.last = np.full(len(self.weight), -1, np.int64)
        self.held = np.zeros(len(self.costs))
        self.heights = list[float]()
        self.made = list[tuple[int, dict[int, int]]]()
        self.moments = list[Fraction]()

    def next_of(self, live: set[int]) -> list[int]:
        """Every project of the least moment."""
        all_live = np.fromiter(live, np.int64, len(live))
        wanted = all_live[self.counts[all_live] > 0]
        if not len(wanted):
            return list(live)
        level = (self.held[wanted] + self.price[wanted]) / self.counts[wanted]
        doubt = (len(self.weight) + 16) * (len(self.heights) + 1) * EPS * 8
        near: list[int] = wanted[level <= float(level.min()) * (1 + doubt)].tolist()
        if len(near) == 1:
            return near
        exact = {c: self.moment(c, self._before(c)) for c in near}
        earliest = min(exact.values())
        return [c for c in near if exact[c] == earliest]

    def _before(self, c: int) -> dict[int, int]:
        """How many supporters of c had which purchase last."""
        ballots = self.idx[self.ptr[c] : self.ptr[c + 1]]
        found: dict[int, int] = {}
        for place, weight in zip(self.last[ballots].tolist(), self.weight[ballots].tolist(), strict=True):
            if place >= 0:
                found[place] = found.get(place, 0) + weight
        return found

    def moment(self, c: int, before: dict[int, int]) -> Fraction:
        """When the supporters of c can pay it, exact."""
        if before:
            for winner, its_before in self.made[len(self.moments) : max(before) + 1]:
                self.moments.append(self.moment(winner, its_before))
        load = sum((self.moments[place] * count for place, count in before.items()), Fraction(0))
        return (load + self.costs[c]) / int(self.counts[c])

    def buy(self, winner: int) -> None:
        """Bring the loads of the winner's supporters to its moment."""
        count = int(self.counts[winner])
        if not count:
            return
        self.made.append((winner, self._before(winner)))
        self.heights.append(float(self.held[winner] + self.price[winner]) / count)
        self.last[self.idx[self.ptr[winner] : self.ptr[winner + 1]]] = len(self.heights) - 1
        load = np.array([*self.heights, 0.0])[self.last] * self.weight
        self.held = np.add.reduceat(np.append(load[self.idx], 0.0), self.ptr[:-1])
