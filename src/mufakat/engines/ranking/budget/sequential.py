"""Greedy by utility per cost, and sequential Phragmén (Los, Christoff & Grossi 2022), exact."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from mufakat.engines.ranking.budget.election import Election

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
        loads.buy(winner, live)
    return bought


class _Loads:
    """Every voter's load is the exact moment of the last purchase they supported; floats decide where they can."""

    def __init__(self, election: Election) -> None:
        self.supporters = [ballots for ballots, _ in election.supporters("cardinality")]
        self.weight, self.rank, self.costs = election.weight, election.rank, election.costs
        self.counts = [int(self.weight[ballots].sum()) for ballots in self.supporters]
        self.last = np.full(len(self.weight), -1, np.int64)
        self.moments = list[Fraction]()
        self.held = [0.0] * len(self.costs)

    def next_of(self, live: set[int]) -> list[int]:
        """Every project of the least moment."""
        wanted = [c for c in live if self.counts[c]]
        if not wanted:
            return list(live)
        level = {c: (self.held[c] + self.costs[c]) / self.counts[c] for c in wanted}
        doubt = (len(self.weight) + 16) * EPS * 8
        limit = min(level.values()) * (1 + doubt)
        near = [c for c in wanted if level[c] <= limit]
        if len(near) == 1:
            return near
        exact = {c: self.moment(c) for c in near}
        earliest = min(exact.values())
        return [c for c in near if exact[c] == earliest]

    def moment(self, c: int) -> Fraction:
        """When the supporters of c can pay it, exact."""
        ballots = self.supporters[c]
        counts = [0] * (len(self.moments) + 1)
        for place, weight in zip(self.last[ballots].tolist(), self.weight[ballots].tolist(), strict=True):
            counts[place] += weight
        load = sum((moment * count for moment, count in zip(self.moments, counts, strict=False) if count), Fraction(0))
        return (load + self.costs[c]) / self.counts[c]

    def buy(self, winner: int, live: set[int]) -> None:
        """Bring the loads of the winner's supporters to its moment."""
        if not self.counts[winner]:
            return
        self.moments.append(self.moment(winner))
        self.last[self.supporters[winner]] = len(self.moments) - 1
        load = np.array([*map(float, self.moments), 0.0])[self.last] * self.weight
        for c in live:
            if self.counts[c]:
                self.held[c] = float(load[self.supporters[c]].sum())
