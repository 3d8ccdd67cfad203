"""The Method of Equal Shares (Peters, Pierczyński & Skowron 2021), decided exactly.

Every voter holds an equal endowment. In each round every affordable project c has a price level x: its supporters pay
min(budget, x·amount), summing to its cost; the project with the least x per utility is bought. The compiled loops of
`plain`, `rounds` and `jumps` decide where their bounds leave no doubt; a round in doubt is decided in whole numbers by the `ledger`.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from mufakat.engines.ranking.budget import bounds, jumps, plain, purses, rounds
from mufakat.engines.ranking.budget.facts import Facts
from mufakat.engines.ranking.budget.field import Field
from mufakat.engines.ranking.budget.ledger import Ledger, cheapest, decided

WHOLE = np.dtype(np.int64)


@dataclass(frozen=True, slots=True)
class Bought:
    """Purchases in their order with one endowment, proved; `doubts` rounds needed whole numbers."""

    order: tuple[int, ...]
    endowment: Fraction
    doubts: int


@dataclass(frozen=True, slots=True)
class Proof:
    """That up to an endowment the first purchases stay what they are, whatever the others become.

    `bounds` are the compiled loops' after those purchases, and hold up to that endowment; none: not known.
    """

    rounds: int
    until: Fraction
    bounds: tuple[np.ndarray, np.ndarray, np.ndarray] | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of a jump: SAME, REFUTED or UNSURE; what was proved up to its end, and about how far on the way the order
    changes (a guess between 0 and 1; 0 for none, below 0 where only the proof fails)."""

    kind: int
    proof: Proof
    way: float


class Market:
    """A field with the memory its runs share."""

    def __init__(self, field: Field) -> None:
        self.field = field
        count, ballots = len(field.costs), len(field.weight)
        numbers = 2 * ballots + 8
        self.columns = field.columns
        self.purse = _purse(ballots)
        self._second: tuple[np.ndarray, ...] | None = None
        self._falls: tuple[np.ndarray, ...] | None = None
        self.scratch = np.zeros(numbers), np.empty(numbers, np.int64), np.zeros(6)
        self.rounds = (
            np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count),
            np.zeros(count, np.int64), np.zeros(count, np.int8),
        )  # fmt: skip
        self.top, self.bought, self.told = np.zeros(count), np.zeros(count + 1, np.int64), np.zeros(2)

    def run(self, endowment: Fraction, first: Sequence[int] = (), proof: Proof | None = None) -> Bought:
        """Equal Shares with this endowment per voter. Ties go to the smaller rank.

        `first` is proved to be bought first; `proof`, of no more rounds, lends its bounds.
        """
        field, now = self.field, self.purse[4]
        if not field.fits:
            return _by_ledger(field, endowment)
        ledger, forced, doubts, start = None, -1, 0, float(endowment)
        known, warm = len(first), self._warmed(proof)
        if known:
            self.bought[:known] = first
        while found := rounds.shares(
            forced, start, known, warm, field.alive, self.columns, field.plain, field.by_cost, self.purse, self.rounds,
            self.scratch, self.top, self.bought,
        ):  # fmt: skip
            if found == rounds.START_WITHOUT:
                known, warm = 0, False
                continue
            doubts += 1
            ledger = ledger or Ledger(field, endowment)
            for c in self.bought[len(ledger.bought) : now[purses.COUNT]].tolist():
                ledger.buy(c, ledger.level(c))
            forced = self._exactly(ledger)
            if forced < 0:
                break
        return Bought(tuple(self.bought[: now[purses.COUNT]].tolist()), endowment, doubts)

    def _exactly(self, ledger: Ledger) -> int:
        """Decide a round in whole numbers; its level goes to the compiled loops. -1 when nothing can be paid."""
        state, rank = self.rounds[6], self.field.rank
        alive = np.flatnonzero(state == bounds.ALIVE).tolist()
        bound = self.rounds[0].tolist()
        heap = [(bound[c], rank[c], c) for c in alive]
        heapq.heapify(heap)
        fresh = cheapest(ledger, heap)
        for c in {*alive} - {*fresh} - {c for _, _, c in heap}:
            state[c] = bounds.GONE
        if not fresh:
            return -1
        winner, level = decided(ledger, fresh)
        x = ledger.exact(winner, level)
        self.rounds[2][winner], self.rounds[3][winner] = float(x), float(x) * bounds.EPS
        return winner

    def _warmed(self, proof: Proof | None) -> bool:
        """Lay out the bounds of a proof, if it has any."""
        if proof is None or proof.bounds is None:
            return False
        self.rounds[0][:], self.rounds[1][:], self.rounds[6][:] = proof.bounds
        return True

    def same(self, kept: Bought, endowment: Fraction, known: int = 0, proof: Proof | None = None) -> Verdict:
        """Whether every endowment between that of `kept` and this one is proved to buy the same.

        The first `known` purchases are proved already; `proof`, of no more rounds, lends its bounds.
        """
        if not self.field.fits:
            return Verdict(bounds.UNSURE, Proof(0, endowment, None), 0.0)
        ballots = len(self.field.weight)
        self._second = self._second or _purse(ballots)
        self._falls = self._falls or (np.empty(ballots), np.empty(ballots), np.empty(2))
        warm, now, told = self._warmed(proof), self.rounds, self.told
        if not warm:
            now[6][:] = self.field.alive
        verdict: int = jumps.jump(
            np.array(kept.order, np.int64), known, warm, float(kept.endowment), float(endowment), self.columns,
            self.field.plain, self.field.by_cost, self.purse, self._second, now, self.scratch,
            self._falls, told,
        )  # fmt: skip
        lent = None if verdict == bounds.SAME else (now[0].copy(), now[1].copy(), now[6].copy())
        return Verdict(verdict, Proof(int(told[jumps.PROVED]), endowment, lent), float(told[jumps.WAY]))


def market_of(field: Field) -> Market:
    """The market of a field, its memory laid out once; for one run at a time."""
    kept: dict[str, Market] = field.__dict__
    if "_market" not in kept:
        kept["_market"] = Market(field)
    return kept["_market"]


def _purse(ballots: int) -> tuple[np.ndarray, ...]:
    return (
        np.zeros(ballots), np.zeros(ballots), np.zeros(ballots, np.int64), np.zeros(1), np.zeros(2, np.int64),
    )  # fmt: skip


def _by_ledger(field: Field, endowment: Fraction) -> Bought:
    """The same without compiled loops, for costs they cannot hold."""
    ledger = Ledger(field, endowment)
    heap = [(0.0, field.rank[c], c) for c in field.candidates]
    heapq.heapify(heap)
    rounds = 0
    while fresh := cheapest(ledger, heap):
        winner, level = decided(ledger, fresh)
        ledger.buy(winner, level)
        rounds += 1
        for c, (key, _) in fresh.items():
            if c != winner:
                heapq.heappush(heap, (key, field.rank[c], c))
    return Bought(tuple(ledger.bought), endowment, rounds)


def plain_shares(facts: Facts, endowment: float, *, by_cost: bool) -> tuple[int, ...] | None:
    """Equal Shares where every vote counts one, in one compiled call; None where floats leave a doubt.

    `endowment` per voter is off by less than its last bit.
    """
    projects = facts.projects
    floats, bought = np.empty(4 * (facts.ballots + projects) + plain.ROOMS), np.empty(3 * projects + 2, WHOLE)
    count: int = plain.equal_shares(facts.whole, facts.idx, endowment, by_cost, floats, bought)
    return tuple(bought[:count].tolist()) if count >= 0 else None


def replay(field: Field, order: Sequence[int], endowment: Fraction) -> Ledger:
    """The exact ledger after these purchases."""
    ledger = Ledger(field, endowment)
    for c in order:
        ledger.buy(c, ledger.level(c))
    return ledger


def cost_of(bought: Sequence[int], costs: Sequence[int]) -> int:
    """What the purchases cost together."""
    return sum(costs[c] for c in bought)
