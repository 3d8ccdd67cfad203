"""Equal Shares in whole numbers: the exact ledger that decides where the compiled floats are in doubt, and tells prices.

Prices are fractions; floats with a bound on their error narrow down which candidates and which supporters are looked at
exactly, so that what is decided is decided in whole numbers.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from mufakat.engines.ranking.budget.election import Ints
from mufakat.engines.ranking.budget.field import Field

EPS = 2.0**-52
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Level:
    """A candidate's price level as float, its bound of error, and whether no supporter is short (`rich`)."""

    x: float
    error: float
    rich: bool


class Ledger:
    """Budgets of all ballots after some purchases: floats, and histories of payments that give them exactly.

    Ballots of one history have paid the same, so that their exact budget is reckoned once, when somebody asks.
    """

    def __init__(self, field: Field, endowment: Fraction) -> None:
        self.field, self.endowment = field, endowment
        self.budget = np.full(len(field.weight), float(endowment))
        self.history = np.ones(len(field.weight), np.int64)
        self.past: list[tuple[int, Fraction]] = [(0, Fraction(0)), (0, Fraction(0))]
        """Per history the one before it, and what was paid since; 0 is the empty purse, 1 the first."""
        self.known: list[Fraction | None] = [Fraction(0), endowment]
        self.prices: list[Fraction] = []
        self.bought: list[int] = []

    def affordable(self, c: int) -> bool:
        """Whether the supporters of c hold its cost together."""
        f, ballots = self.field, self.field.ballots[c]
        held = float(f.weight[ballots] @ self.budget[ballots])
        cost = float(f.costs[c])
        doubt = (len(ballots) + 2 * len(self.bought) + 8) * EPS * (cost + self._total(ballots))
        if abs(held - cost) > doubt:
            return held > cost
        return self._held(ballots) >= f.costs[c]

    def _total(self, ballots: Ints) -> float:
        return float(self.field.weight[ballots].sum()) * float(self.endowment)

    def _held(self, ballots: Ints) -> Fraction:
        """Exact sum of the budgets of these ballots."""
        numbers, places = np.unique(self.history[ballots], return_inverse=True)
        counts = np.zeros(len(numbers), np.int64)
        np.add.at(counts, places, self.field.weight[ballots])
        held = Fraction(0)
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            held += self.owned(number) * count
        return held

    def owned(self, history: int) -> Fraction:
        """Exact budget of the ballots of a history."""
        chain = []
        while (found := self.known[history]) is None:
            chain.append(history)
            history = self.past[history][0]
        for number in reversed(chain):
            found = found - self.past[number][1]
            self.known[number] = found
        return found

    def level(self, c: int) -> Level:
        """The price level of an affordable candidate in floats."""
        f = self.field
        ballots, amounts = f.ballots[c], f.amounts[c]
        own, cost = self.budget[ballots], float(f.costs[c])
        weight = f.weight[ballots]
        ratio = own if f.plain else own / amounts
        order = np.argsort(ratio, kind="stable")
        ratio, units = ratio[order], f.support[c][order]
        before = np.cumsum(weight[order] * own[order]) - weight[order] * own[order]
        rest = np.cumsum(units[::-1])[::-1]
        x = (cost - before) / rest
        at = int(np.argmax(x <= ratio * (1 + 1e-12)))
        if x[at] > ratio[at] * (1 + 1e-12):
            at = len(x) - 1
        # Those clearly richer than x make up for what the others' budgets may be off by.
        level = float(x[at])
        safe = float(units[ratio > level * (1 + NEAR)].sum())
        doubt = (len(ballots) + 2 * len(self.bought) + 16) * EPS * (cost + self._total(ballots)) * 4
        error = min(doubt / safe, 2 * NEAR * level) if safe else 2 * NEAR * level
        return Level(level, error, at == 0 and bool(x[0] < ratio[0] * (1 - NEAR)))

    def exact(self, c: int, level: Level) -> Fraction:
        """The price level of an affordable candidate, exact."""
        f = self.field
        ballots, amounts = f.ballots[c], f.amounts[c]
        poor, near = self._sides(c, level)
        rest = int(f.support[c][~poor].sum())
        left = f.costs[c] - self._held(ballots[poor])
        doubtful = self._groups(ballots[near], amounts[near], f.weight[ballots[near]])
        while True:
            if rest <= 0:
                raise ArithmeticError("no supporter is left to pay")
            x = left / rest
            short = [group for group in doubtful if group[0] < x * group[1]]
            if not short:
                return x
            for own, amount, weight in short:
                left -= own * weight
                rest -= amount * weight
            doubtful = [group for group in doubtful if group not in short]

    def _sides(self, c: int, level: Level) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which supporters are clearly short of a level, and which nearly so."""
        ratio = self.budget[self.field.ballots[c]] / self.field.amounts[c]
        poor = np.asarray(ratio < level.x - 2 * level.error)
        return poor, ~poor & (ratio <= level.x + 2 * level.error)

    def _groups(self, ballots: Ints, amounts: Ints, weight: Ints) -> list[tuple[Fraction, int, int]]:
        """(exact budget, amount, voters) of ballots, equal ones together."""
        found: dict[tuple[int, int], int] = {}
        for number, amount, count in zip(
            self.history[ballots].tolist(), amounts.tolist(), weight.tolist(), strict=True
        ):
            found[number, amount] = found.get((number, amount), 0) + count
        return [(self.owned(number), amount, count) for (number, amount), count in found.items()]

    def short(self, c: int, level: Level, x: Fraction) -> NDArray[np.bool_]:
        """Which supporters of c cannot pay the exact level x in full."""
        ballots, amounts = self.field.ballots[c], self.field.amounts[c]
        poor, near = self._sides(c, level)
        at = np.flatnonzero(near)
        pairs = zip(self.history[ballots[at]].tolist(), amounts[at].tolist(), strict=True)
        poor[at] = [self.owned(number) < x * amount for number, amount in pairs]
        return poor

    def buy(self, c: int, level: Level) -> NDArray[np.bool_]:
        """Charge the supporters of c. Returns who could not pay in full."""
        f = self.field
        x = self.exact(c, level)
        ballots, amounts = f.ballots[c], f.amounts[c]
        poor = self.short(c, level, x)
        self.prices.append(x)
        self.bought.append(c)
        self._pay(ballots[~poor], amounts[~poor], x)
        self.history[ballots[poor]] = 0
        self.budget[ballots] = np.where(poor, 0.0, np.maximum(0.0, self.budget[ballots] - float(x) * amounts))
        return poor

    def _pay(self, ballots: Ints, amounts: Ints, x: Fraction) -> None:
        """Give those who pay in full their new histories."""
        most = int(amounts.max(initial=1)) + 1
        pairs, places = np.unique(self.history[ballots] * most + amounts, return_inverse=True)
        self.history[ballots] = places + len(self.past)
        for number, amount in (divmod(pair, most) for pair in pairs.tolist()):
            self.past.append((number, x * amount))
            self.known.append(None)


def cheapest(ledger: Ledger, heap: list[tuple[float, int, int]]) -> dict[int, tuple[float, Level]]:
    """Candidates whose level may be the least, taken from the heap of lower bounds; the others stay in it.

    Levels only rise while budgets fall, so a bound of an earlier round still holds. What is no longer affordable never
    will be, and leaves.
    """
    field, fresh = ledger.field, dict[int, tuple[float, Level]]()
    best = float("inf")
    while heap and heap[0][0] <= best:
        _, _, c = heapq.heappop(heap)
        if not ledger.affordable(c):
            continue
        level = ledger.level(c)
        factor = field.factor[c]
        fresh[c] = (max(0.0, (level.x - level.error) / factor), level)
        best = min(best, (level.x + level.error) / factor)
    back = [c for c, (low, _) in fresh.items() if low > best]
    for c in back:
        heapq.heappush(heap, (fresh.pop(c)[0], field.rank[c], c))
    return fresh


def decided(ledger: Ledger, fresh: dict[int, tuple[float, Level]]) -> tuple[int, Level]:
    """The candidate of the least exact level per utility; equal ones go to the smaller rank."""
    if len(fresh) == 1:
        ((winner, (_, level)),) = fresh.items()
        return winner, level
    field = ledger.field
    if all(level.rich for _, level in fresh.values()):
        keys = {c: Fraction(field.costs[c], field.factor[c] * int(field.support[c].sum())) for c in fresh}
    else:
        keys = {}
        known: dict[int, Fraction] = {}
        for c, (_, level) in fresh.items():
            twin = field.twins[c]
            if twin not in known:
                known[twin] = ledger.exact(c, level)
            keys[c] = known[twin] / field.factor[c]
    winner = min(fresh, key=lambda c: (keys[c], field.rank[c]))
    return winner, fresh[winner][1]
