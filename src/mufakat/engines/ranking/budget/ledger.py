"""Equal Shares in whole numbers: the exact ledger that decides where the compiled floats are in doubt, and tells prices.

Prices are fractions over one common denominator; floats with a bound on their error narrow down which candidates and
which supporters are looked at exactly, so that what is decided is decided in whole numbers.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from dataclasses import field as kept
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from mufakat.engines.ranking.budget.election import Ints
from mufakat.engines.ranking.budget.field import Field

Floats = NDArray[np.float64]
EPS = 2.0**-52
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Level:
    """A candidate's price level as float, its bound of error, and whether no supporter is short (`rich`)."""

    x: float
    error: float
    rich: bool


@dataclass(slots=True)
class Ledger:
    """Budgets of all ballots after some purchases: floats beside exact numbers over one denominator.

    Exact budget of ballot t, in units of 1/`denominator`: `endowment` − Σ price_j · paid_j[t], or 0 once `spent`.
    """

    field: Field
    endowment: int
    denominator: int
    budget: Floats = kept(init=False)
    spent: NDArray[np.bool_] = kept(init=False)
    prices: list[int] = kept(default_factory=list)
    paid: list[Ints] = kept(default_factory=list)
    bought: list[int] = kept(default_factory=list)
    unsure: int = 0

    def __post_init__(self) -> None:
        self.budget = np.full(len(self.field.weight), self.endowment / self.denominator)
        self.spent = np.zeros(len(self.field.weight), bool)

    def affordable(self, c: int) -> bool:
        """Whether the supporters of c hold its cost together."""
        f, ballots = self.field, self.field.ballots[c]
        held = float(f.weight[ballots] @ self.budget[ballots])
        cost = float(f.costs[c])
        doubt = (len(ballots) + 2 * len(self.bought) + 8) * EPS * (cost + self._total(ballots))
        if abs(held - cost) > doubt:
            return held > cost
        self.unsure += 1
        return self._held(ballots) >= f.costs[c] * self.denominator

    def _total(self, ballots: Ints) -> float:
        return float(self.field.weight[ballots].sum()) * self.endowment / self.denominator

    def _held(self, ballots: Ints) -> int:
        """Exact sum of the budgets of these ballots, × denominator."""
        alive = ballots[~self.spent[ballots]]
        weight = self.field.weight[alive]
        held = self.endowment * int(weight.sum())
        for price, paid in zip(self.prices, self.paid, strict=True):
            held -= price * int(weight @ paid[alive])
        return held

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
        """The price level of an affordable candidate, exact and × denominator."""
        f = self.field
        ballots, amounts = f.ballots[c], f.amounts[c]
        ratio = self.budget[ballots] / amounts
        poor = ratio < level.x - 2 * level.error
        near = ~poor & (ratio <= level.x + 2 * level.error)
        rest = int(f.support[c][~poor].sum())
        left = f.costs[c] * self.denominator - self._held(ballots[poor])
        doubtful = self._histories(ballots[near], amounts[near], f.weight[ballots[near]])
        while True:
            if rest <= 0:
                raise ArithmeticError("no supporter is left to pay")
            x = Fraction(left, rest)
            short = [group for group in doubtful if group[0] < x * group[1]]
            if not short:
                return x
            for own, amount, weight in short:
                left -= own * weight
                rest -= amount * weight
            doubtful = [group for group in doubtful if group not in short]

    def _histories(self, ballots: Ints, amounts: Ints, weight: Ints) -> list[tuple[int, int, int]]:
        """(exact budget × denominator, amount, voters) of ballots, equal ones together."""
        found: dict[tuple[int, int], int] = {}
        for own, amount, count in zip(self.owned(ballots), amounts.tolist(), weight.tolist(), strict=True):
            found[own, amount] = found.get((own, amount), 0) + count
        return [(own, amount, count) for (own, amount), count in found.items()]

    def owned(self, ballots: Ints) -> list[int]:
        """Exact budgets of ballots, × denominator; equal histories are reckoned once."""
        known: dict[bytes, int] = {}
        history = [paid[ballots] for paid in self.paid]
        rows = np.stack(history, axis=1) if history else np.zeros((len(ballots), 0), np.int64)
        found = []
        for row, gone in zip(rows, self.spent[ballots].tolist(), strict=True):
            key = b"spent" if gone else row.tobytes()
            if key not in known:
                paid = zip(self.prices, row.tolist(), strict=True)
                known[key] = 0 if gone else self.endowment - sum(price * units for price, units in paid)
            found.append(known[key])
        return found

    def short(self, c: int, level: Level, x: Fraction) -> NDArray[np.bool_]:
        """Which supporters of c cannot pay the exact level x (× denominator) in full."""
        ballots, amounts = self.field.ballots[c], self.field.amounts[c]
        ratio = self.budget[ballots] / amounts
        poor = np.asarray(ratio < level.x - 2 * level.error)
        near = np.flatnonzero(~poor & (ratio <= level.x + 2 * level.error))
        if len(near):
            owned = self.owned(ballots[near])
            poor[near] = [own < x * amount for own, amount in zip(owned, amounts[near].tolist(), strict=True)]
        return poor

    def buy(self, c: int, level: Level) -> NDArray[np.bool_]:
        """Charge the supporters of c; the price joins the common denominator. Returns who could not pay in full."""
        f = self.field
        x = self.exact(c, level)
        ballots, amounts = f.ballots[c], f.amounts[c]
        poor = self.short(c, level, x)
        paid = np.zeros(len(f.weight), np.int64)
        paid[ballots[~poor]] = amounts[~poor]
        if x.denominator != 1:
            self.endowment *= x.denominator
            self.denominator *= x.denominator
            self.prices = [price * x.denominator for price in self.prices]
        self.prices.append(x.numerator)
        self.paid.append(paid)
        self.bought.append(c)
        self.spent[ballots[poor]] = True
        value = x.numerator / self.denominator
        self.budget[ballots] = np.where(poor, 0.0, np.maximum(0.0, self.budget[ballots] - value * amounts))
        return poor

    def paid_prices(self) -> list[Fraction]:
        """What one unit of amount paid for each purchase, exact, in whole units of the election's scale."""
        return [Fraction(price, self.denominator) for price in self.prices]


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
    ledger.unsure += 1
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
