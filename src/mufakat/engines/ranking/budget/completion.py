"""Add1: Equal Shares with endowments raised step by step until the budget is used, scanned from left to right.

Neither spending nor exhaustiveness is monotone in the endowment, so that bisection may return another outcome. Steps
are skipped only with proof: while the sequence of purchases stays the same, budgets only rise and price levels only
fall, so that if the winner of every round is cheaper at the first step than every rival at the last, it wins at every
step between (jump certificate). An outcome that is the same is as feasible and as exhaustive.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from mufakat.engines.ranking.budget.shares import Field, Ledger, cheapest, outcome_of, run

LONGEST_JUMP = 1 << 40


@dataclass(frozen=True, slots=True)
class Completed:
    """The last run kept, how many steps were taken from the first endowment, and how many runs it took."""

    ledger: Ledger
    steps: int
    runs: int
    reached: str
    """"exhaustive", "overspends" at the next step, or "all bought"."""


def add_one(
    field: Field, *, budget: int, start: Fraction, step: Fraction, stops_when_exhaustive: bool = True,
    tell: Callable[[int], None] = lambda steps: None,
) -> Completed:  # fmt: skip
    """Raise the endowment by `step` per voter until the outcome is exhaustive or the next would overspend.

    Without `stops_when_exhaustive` (the equal-shares web tool's default) only overspending ends the scan.
    """
    every = set(field.candidates)
    kept, steps, jump, runs = run(field, start), 0, 1, 1
    while True:
        if stops_when_exhaustive and is_exhaustive(field, kept.bought, budget):
            reached = "exhaustive"
            break
        if set(kept.bought) == every:
            reached = "all bought"
            break
        while jump > 1 and not _same(kept, start + (steps + jump) * step):
            jump //= 4
            runs += 1
        if jump > 1:
            steps += jump
            jump = min(jump * 2, LONGEST_JUMP)
            kept = _replayed(kept, start + steps * step)
            tell(steps)
            continue
        following = run(field, start + (steps + 1) * step)
        runs += 1
        if outcome_of(following.bought, field.costs) > budget:
            reached = "overspends"
            break
        jump = 2 if following.bought == kept.bought else 1
        kept, steps = following, steps + 1
    return Completed(kept, steps, runs, reached)


def is_exhaustive(field: Field, bought: list[int], budget: int) -> bool:
    """Whether no further project of the election, supported or not, fits into what is left."""
    left, taken = budget - outcome_of(bought, field.costs), set(bought)
    return all(c in taken or cost > left for c, cost in enumerate(field.costs))


def _replayed(ledger: Ledger, endowment: Fraction) -> Ledger:
    """The same purchases at a larger endowment, where they are proved to be the same."""
    again = Ledger(ledger.field, endowment.numerator, endowment.denominator)
    for c in ledger.bought:
        again.buy(c, again.level(c))
    return again


def _same(kept: Ledger, endowment: Fraction) -> bool:
    """Whether every endowment between that of `kept` and this one is proved to buy the same in the same order."""
    field = kept.field
    origin = Fraction(kept.endowment, kept.denominator)
    pair = _Pair(
        Ledger(field, origin.numerator, origin.denominator), Ledger(field, endowment.numerator, endowment.denominator)
    )
    heap = [(0.0, field.rank[c], c) for c in field.candidates]
    heapq.heapify(heap)
    for winner in kept.bought:
        if not pair.last.affordable(winner) or not pair.beats_all(winner, heap):
            return False
        pair.buy(winner)
    rest = [item for item in heap if item[2] not in kept.bought]
    heapq.heapify(rest)
    return not cheapest(pair.last, rest)


class _Pair:
    """The same purchases at the first and the last endowment of a jump.

    Proof of a round: at the first endowment the winner's level is under the rival's at the last, since levels only
    fall. Else by line: who is short only shrinks, so where the same voters are short at both ends, in this round and in
    all before, every level is a straight line between the ends, and who is ahead at both ends is ahead between them.
    """

    def __init__(self, first: Ledger, last: Ledger) -> None:
        self.first, self.last, self.field = first, last, first.field
        self.is_straight = True

    def buy(self, winner: int) -> None:
        """Go on to the next round."""
        here = self.first.buy(winner, self.first.level(winner))
        there = self.last.buy(winner, self.last.level(winner))
        self.is_straight &= bool((here == there).all())

    def beats_all(self, winner: int, heap: list[tuple[float, int, int]]) -> bool:
        """Whether the winner is proved to be ahead of every rival at every endowment of the jump."""
        field, here = self.field, self.first.level(winner)
        most = (here.x + here.error) / field.factor[winner]
        passed, proved = [], True
        while proved and heap and heap[0][0] <= most:
            _, place, c = heapq.heappop(heap)
            if c == winner or c in self.last.bought or not self.last.affordable(c):
                continue
            level = self.last.level(c)
            bound = max(0.0, (level.x - level.error) / field.factor[c])
            passed.append((bound, place, c))
            proved = bound > most or self._is_behind(c, winner)
        for item in passed:
            heapq.heappush(heap, item)
        return proved

    def _is_behind(self, rival: int, winner: int) -> bool:
        """Twins are decided by rank for ever; others by line."""
        field = self.field
        if field.twins[rival] == field.twins[winner]:
            return field.rank[rival] > field.rank[winner]
        if not self.is_straight or not self.first.affordable(rival):
            return False
        own, other = self._line(winner), self._line(rival)
        if own is None or other is None:
            return False
        places = field.rank[winner], field.rank[rival]
        return all((mine, places[0]) < (theirs, places[1]) for mine, theirs in zip(own, other, strict=True))

    def _line(self, c: int) -> tuple[Fraction, Fraction] | None:
        """Exact level per utility at both ends, in money; None when other voters are short at the ends."""
        ends, shorts = [], []
        for ledger in (self.first, self.last):
            level = ledger.level(c)
            x = ledger.exact(c, level)
            shorts.append(ledger.short(c, level, x))
            ends.append(x / (ledger.denominator * self.field.factor[c]))
        return (ends[0], ends[1]) if bool((shorts[0] == shorts[1]).all()) else None
