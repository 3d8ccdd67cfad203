"""Add1: Equal Shares with endowments raised step by step until the budget is used, scanned from left to right.

Neither spending nor exhaustiveness is monotone in the endowment, so that bisection may return another outcome. Steps
are skipped only with proof: while the sequence of purchases stays the same, budgets only rise and price levels only
fall, so that if the winner of every round is cheaper at the first step than every rival at the last, it wins at every
step between (jump certificate). An outcome that is the same is as feasible and as exhaustive.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mufakat.engines.ranking.budget import kernels
from mufakat.engines.ranking.budget.field import Field
from mufakat.engines.ranking.budget.ledger import Ledger, cheapest
from mufakat.engines.ranking.budget.shares import Bought, Market, cost_of

LONGEST_JUMP = 1 << 40
WORTH_WHOLE_NUMBERS = 256
"""Steps that a proof in whole numbers must save, where floats are in doubt, to be tried."""


@dataclass(frozen=True, slots=True)
class Completed:
    """The last run kept, how many steps were taken from the first endowment, and how many runs it took."""

    bought: Bought
    steps: int
    runs: int
    reached: str
    """"exhaustive", "overspends" at the next step, or "all bought"."""


@dataclass(frozen=True, slots=True)
class Scan:
    """How Add1 goes: budget, step per voter, where it stops. `among` are the projects that exhaustiveness looks at."""

    budget: int
    step: Fraction
    stops_when_exhaustive: bool
    among: tuple[int, ...]


def add_one(market: Market, start: Fraction, scan: Scan, tell: Callable[[int], None] = lambda steps: None) -> Completed:
    """Raise the endowment by `step` per voter until the outcome is exhaustive or the next would overspend.

    Without `stops_when_exhaustive` (the equal-shares web tool's default) only overspending ends the scan.
    """
    costs, every = market.field.costs, set(market.field.candidates)
    kept, steps, jump, runs = market.run(start), 0, 1, 1
    while True:
        if scan.stops_when_exhaustive and is_exhaustive(scan, costs, kept.order):
            return Completed(kept, steps, runs, "exhaustive")
        if set(kept.order) == every:
            return Completed(kept, steps, runs, "all bought")
        while jump > 1 and not _jumps(market, kept, kept.endowment + jump * scan.step, jump):
            jump //= 4
            runs += 1
        if jump > 1:
            steps += jump
            kept = Bought(kept.order, kept.endowment + jump * scan.step, kept.doubts)
            jump = min(jump * 2, LONGEST_JUMP)
            tell(steps)
            continue
        following = market.run(kept.endowment + scan.step)
        runs += 1
        if cost_of(following.order, costs) > scan.budget:
            return Completed(kept, steps, runs, "overspends")
        jump = 2 if following.order == kept.order else 1
        kept, steps = following, steps + 1
        tell(steps)


def is_exhaustive(scan: Scan, costs: Sequence[int], bought: Sequence[int]) -> bool:
    """Whether no further project fits into what is left."""
    left, taken = scan.budget - cost_of(bought, costs), set(bought)
    return all(c in taken or costs[c] > left for c in scan.among)


def _jumps(market: Market, kept: Bought, endowment: Fraction, steps: int) -> bool:
    """Whether the endowments up to this one are proved to buy the same; whole numbers where it is worth it."""
    verdict = market.same(kept, endowment)
    if verdict == kernels.UNSURE and steps >= WORTH_WHOLE_NUMBERS:
        return _same(market.field, kept, endowment)
    return verdict == kernels.SAME


def _same(field: Field, kept: Bought, endowment: Fraction) -> bool:
    """The same proof in whole numbers."""
    origin = kept.endowment
    pair = _Pair(Ledger(field, origin), Ledger(field, endowment))
    heap = [(0.0, field.rank[c], c) for c in field.candidates]
    heapq.heapify(heap)
    for winner in kept.order:
        if not pair.last.affordable(winner) or not pair.beats_all(winner, heap):
            return False
        pair.buy(winner)
    rest = [item for item in heap if item[2] not in kept.order]
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
            ends.append(x / self.field.factor[c])
        return (ends[0], ends[1]) if bool((shorts[0] == shorts[1]).all()) else None
