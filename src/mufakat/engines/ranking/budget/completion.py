"""Add1: Equal Shares with endowments raised step by step until the budget is used, scanned from left to right.

Neither spending nor exhaustiveness is monotone in the endowment, so that bisection may return another outcome. Steps
are skipped only with proof: while the sequence of purchases stays the same, budgets only rise and price levels only
fall, so that if the winner of every round is cheaper at the first step than every rival at the last, it wins at every
step between (jump certificate); so it does if it is ahead at both ends and the slopes between, which are bounded by who
is short at the ends, let nobody pass. An outcome that is the same is as feasible and as exhaustive.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mufakat.engines.ranking.budget import bounds
from mufakat.engines.ranking.budget.field import Field
from mufakat.engines.ranking.budget.ledger import Ledger, cheapest
from mufakat.engines.ranking.budget.shares import Bought, Market, Proof, Verdict, cost_of

LONGEST_JUMP = 1 << 40
WORTH_WHOLE_NUMBERS = 256
"""Steps that a proof in whole numbers must save, where floats are in doubt, to be tried; more once one succeeded."""


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
    climb = _Climb(market, scan.step, market.run(start))
    while True:
        if scan.stops_when_exhaustive and is_exhaustive(scan, costs, climb.kept.order):
            return climb.completed("exhaustive")
        if set(climb.kept.order) == every:
            return climb.completed("all bought")
        following = climb.next_change(tell)
        if cost_of(following.order, costs) > scan.budget:
            return climb.completed("overspends")
        climb.go_on(following)


class _Climb:
    """Endowments step by step, skipped while the order is proved to stay.

    What a refuted jump did prove, its rounds before the one that changes, is kept: it need not be proved again up to
    the end of that jump.
    """

    def __init__(self, market: Market, step: Fraction, kept: Bought) -> None:
        self.market, self.step, self.kept = market, step, kept
        self.steps, self.runs, self.length = 0, 1, 1
        self.proofs: list[Proof] = []
        self.trusts_whole = False

    def completed(self, reached: str) -> Completed:
        """The last run kept."""
        return Completed(self.kept, self.steps, self.runs, reached)

    def next_change(self, tell: Callable[[int], None]) -> Bought:
        """Go to the last step that is proved to buy the same; the run of the step after it, which buys otherwise."""
        jump, begun = min(2 * self.length, LONGEST_JUMP), self.steps
        while True:
            jump, ceiling = self._skip(jump)
            tell(self.steps)
            following = self._run()
            if following.order != self.kept.order:
                self.length = self.steps - begun + 1
                return following
            self.go_on(following)
            jump = max(2, (ceiling - self.steps) // 2 if ceiling else 2 * jump)

    def _skip(self, jump: int) -> tuple[int, int]:
        """Jump as far as it goes. The last jump made, and a step at which the order is another, or 0."""
        ceiling, guesses, grows = 0, 0, True
        while jump > 1:
            end = self.kept.endowment + jump * self.step
            verdict = self._same(end, jump)
            if verdict.kind == bounds.SAME:
                self.steps += jump
                self.kept = Bought(self.kept.order, end, self.kept.doubts)
                if ceiling and grows:
                    break
                jump = min(2 * jump, LONGEST_JUMP) if grows else jump
                if ceiling:
                    jump = min(jump, ceiling - self.steps - 1)
                continue
            guesses, grows = guesses + 1, verdict.way >= 0
            if verdict.way > 0:
                ceiling = self.steps + jump
            way = abs(verdict.way)
            jump = min(int(way * jump), jump - 1) if 0 < way < 1 and guesses % 4 else jump // 4
        return jump, ceiling

    def go_on(self, following: Bought) -> None:
        """Take the next step; what is proved of the rounds before the first that changed stays proved."""
        pairs = enumerate(zip(following.order, self.kept.order, strict=False))
        changed = next((r for r, (new, old) in pairs if new != old), min(len(following.order), len(self.kept.order)))
        self.steps += 1
        if following.order != self.kept.order:
            self.proofs = [
                proof if proof.rounds <= changed else Proof(changed, proof.until, None) for proof in self.proofs
            ]
        self.kept = following

    def _known(self, endowment: Fraction) -> tuple[int, Proof | None]:
        """How many purchases are proved up to an endowment, and the proof with the best bounds."""
        self.proofs = [proof for proof in self.proofs if proof.until > self.kept.endowment]
        fitting = [proof for proof in self.proofs if proof.until >= endowment]
        lending = [proof for proof in fitting if proof.bounds]
        return max((p.rounds for p in fitting), default=0), max(lending, key=lambda p: p.rounds, default=None)

    def _run(self) -> Bought:
        """The next step."""
        endowment = self.kept.endowment + self.step
        known, proof = self._known(endowment)
        self.runs += 1
        return self.market.run(endowment, self.kept.order[:known], proof)

    def _same(self, endowment: Fraction, steps: int) -> Verdict:
        """Whether the endowments up to this one are proved to buy the same; whole numbers where it is worth it."""
        known, proof = self._known(endowment)
        self.runs += 1
        verdict = self.market.same(self.kept, endowment, known, proof)
        if verdict.kind != bounds.SAME and self.market.field.fits:
            self.proofs.append(verdict.proof)
        least = WORTH_WHOLE_NUMBERS
        if verdict.kind == bounds.UNSURE and steps >= least and (self.trusts_whole or steps < 4 * least):
            self.trusts_whole = _same(self.market.field, self.kept, endowment)
            if self.trusts_whole:
                return Verdict(bounds.SAME, verdict.proof, 0.0)
        return verdict


def is_exhaustive(scan: Scan, costs: Sequence[int], bought: Sequence[int]) -> bool:
    """Whether no further project fits into what is left."""
    left, taken = scan.budget - cost_of(bought, costs), set(bought)
    return all(c in taken or costs[c] > left for c in scan.among)


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
