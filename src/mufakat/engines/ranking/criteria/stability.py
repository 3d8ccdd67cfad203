"""How firm an order is: how far one weight may move before neighbours swap, and which weights decide the cut.

A weight moves while the others keep their proportion to one another, so the sum stays 100. Shares are percent of the
whole weight. Every step is the real rule: rounding, ties, villages' own order and pagu included.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mufakat.engines.ranking.criteria.table import Standing, Table

STEP = Fraction(1, 2)
"""Percent a weight moves at a time: the finest a hall discusses."""
WHOLE = 100
Chosen = Callable[[Standing], Collection[int]]


@dataclass(frozen=True, slots=True)
class Swap:
    """Two neighbours and, per criterion, the last shares (low, high) at which they stay; None: nothing swaps them."""

    above: int
    below: int
    reason: str
    ranges: tuple[tuple[Fraction | None, Fraction | None], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The nearest share of one criterion at which the list under the pagu changes: who comes in, who goes out."""

    criterion: int
    share: Fraction
    entering: tuple[int, ...]
    leaving: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """Shares as they are, neighbouring pairs in order, and changes of the list by closeness of the share."""

    shares: tuple[Fraction, ...]
    pairs: tuple[Swap, ...]
    changes: tuple[Change, ...]


def stability(
    table: Table, weights: Sequence[int], chosen: Chosen, tell: Callable[[int, int], None] = lambda done, of: None
) -> Stability:
    """Walk every weight down and up in steps of half a percent. `chosen` gives the positions on the list."""
    start = table.standing(weights)
    shares = tuple(Fraction(WHOLE * w, sum(weights)) for w in weights)
    own = set(chosen(start))
    swaps: list[list[list[Fraction | None]]] = [[[None, None] for _ in weights] for _ in start.order[1:]]
    changes = []
    for criterion in range(len(weights)):
        for upward in (False, True):
            tell(2 * criterion + upward, 2 * len(weights))
            changes += _walk(table, weights, shares, (criterion, upward), start.order, own, chosen, swaps)
    pairs = [
        Swap(a, b, _bound(table, a, b), tuple((low, high) for low, high in found))
        for a, b, found in zip(start.order, start.order[1:], swaps, strict=False)
    ]
    changes.sort(key=lambda c: (abs(c.share - shares[c.criterion]), c.criterion, c.share))
    return Stability(shares, tuple(pairs), tuple(changes))


def _walk(
    table: Table, weights: Sequence[int], shares: Sequence[Fraction], way: tuple[int, bool], order: Sequence[int],
    own: set[int], chosen: Chosen, swaps: list[list[list[Fraction | None]]],
) -> list[Change]:  # fmt: skip
    """One weight in one direction; notes the last share before each pair swaps, returns the first change of the list."""
    criterion, upward = way
    found: list[Change] = []
    last, seen = shares[criterion], tuple(order)
    if sum(weights) == weights[criterion]:
        return found  # no other weight to give to or to take from
    open_pairs = {i for i in range(len(order) - 1) if not _is_bound(table, order[i], order[i + 1])}
    for share in _steps(shares[criterion], upward):
        if not open_pairs and found:
            break
        moved = reweighted(weights, criterion, share)
        if not any(moved):
            break
        standing = table.standing(moved)
        is_new, seen = standing.order != seen, standing.order
        if is_new:
            place = {position: n for n, position in enumerate(standing.order)}
            for i in [i for i in open_pairs if place[order[i]] > place[order[i + 1]]]:
                swaps[i][criterion][upward] = last
                open_pairs.discard(i)
        # The same order gives the same list, unless the list goes by the sum of scores.
        if not found and (is_new or table.problem.objective == "score") and (now := set(chosen(standing))) != own:
            found = [Change(criterion, share, tuple(sorted(now - own)), tuple(sorted(own - now)))]
        last = share
    return found


def _steps(share: Fraction, upward: bool) -> list[Fraction]:
    """Shares on the grid of steps beyond `share`, to 0 or 100."""
    first = (share // STEP + 1 if upward else -((-share) // STEP) - 1) * STEP
    count = int((WHOLE - first) / STEP if upward else first / STEP) + 1
    return [first + n * STEP if upward else first - n * STEP for n in range(max(count, 0))]


def reweighted(weights: Sequence[int], criterion: int, share: Fraction) -> tuple[int, ...]:
    """Whole weights in which one criterion has `share` percent and the others keep their proportion."""
    rest = sum(weights) - weights[criterion]
    if rest == 0:
        return tuple(weights)
    top, unit = share.numerator, share.denominator
    return tuple(top * rest if j == criterion else w * (WHOLE * unit - top) for j, w in enumerate(weights))


def _is_bound(table: Table, a: int, b: int) -> bool:
    """Whether the village's own order, not the score, holds two neighbours."""
    return bool(table.lists[a] == table.lists[b] and table.own_ranks[a] != table.own_ranks[b])


def _bound(table: Table, a: int, b: int) -> str:
    return "urutan desa sendiri" if _is_bound(table, a, b) else "skor"
