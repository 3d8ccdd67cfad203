"""The provisional order ("urutan sementara"): score, ties, and no village's own order inverted (rules 61-64)."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from mufakat.drafting.facts import CRITERIA

if TYPE_CHECKING:
    from mufakat.engines.sheets.model import SheetRow

_LAST = 10**9
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Item:
    """A proposal in the running: its number, row and score."""

    number: int
    row: SheetRow
    score: Decimal


def score(levels: dict[str, int]) -> tuple[Decimal, Decimal]:
    """Score and coverage, both 0.00-100.00: sum of weight × level ÷ 5 over the criteria with facts, rescaled to 100."""
    covered = sum(c.weight for c in CRITERIA if c.key in levels)
    if covered == 0:
        return Decimal("0.00"), Decimal("0.00")
    gained = Fraction(sum(c.weight * levels[c.key] for c in CRITERIA if c.key in levels), 5)
    return _two(gained * 100 / covered), _two(Fraction(covered))


def _two(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_HUNDREDTH, ROUND_HALF_UP)


def provisional_order(items: list[Item]) -> dict[int, int]:
    """Place 1…n per proposal number: always the best of the lists' next proposals.

    Each village's list (each proposer's, where a village ranks by proposer) keeps its own order; a proposal
    without a stated rank binds nobody and stands on its own. Between the next of every list the higher score
    goes first, ties by `_tie`.
    """
    lists: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        lists.setdefault(_list_of(item), []).append(item)
    for members in lists.values():
        members.sort(key=lambda i: (own_rank(i.row) or _LAST, _key(i)))
    heap = [(_key(members[0]), name, 0) for name, members in lists.items()]
    heapq.heapify(heap)
    places: dict[int, int] = {}
    while heap:
        _, name, at = heapq.heappop(heap)
        members = lists[name]
        places[members[at].number] = len(places) + 1
        if at + 1 < len(members):
            heapq.heappush(heap, (_key(members[at + 1]), name, at + 1))
    return places


def _list_of(item: Item) -> tuple[str, ...]:
    row = item.row
    village = row.village.code or row.village.name if row.village else row.village_text
    return (village, row.proposer) if own_rank(row) is not None else (village, row.proposer, str(item.number))


def own_rank(row: SheetRow) -> int | None:
    """The rank its own list gives a proposal: the village's, else its proposer's (several RW in one kelurahan)."""
    return row.priority if row.priority is not None else row.proposer_rank


def _key(item: Item) -> tuple[object, ...]:
    return (-item.score, *_tie(item))


def _tie(item: Item) -> tuple[object, ...]:
    """Village rank, beneficiaries (most first), region code, file, sheet, row: a total order."""
    row = item.row
    source = row.source
    return (
        own_rank(row) or _LAST,
        -(row.households or 0),
        -(row.people or 0),
        row.village.code if row.village else "~",
        source.file,
        source.sheet,
        source.row,
        item.number,
    )
