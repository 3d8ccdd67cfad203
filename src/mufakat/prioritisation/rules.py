"""The order of proposals as plain lists: moves, the line of the pagu, and no village's own order turned round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from mufakat.core.errors import MufakatError
from mufakat.drafting.rules import within_pagu

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """One proposal in the running: its key, its village, and the village's own rank (1 is first; None unstated)."""

    key: str
    village: str
    village_rank: int | None


@dataclass(frozen=True, slots=True)
class Inversion:
    """A village's own order turned round: `later` of the village now stands before `earlier` (rule 61)."""

    village: str
    earlier: str
    later: str


class MoveFault(StrEnum):
    """Why a move is refused."""

    UNKNOWN = "Usulan itu tidak ada dalam urutan. Muat ulang papan."
    OUTSIDE = "Urutan tujuan di luar daftar. Isi angka dari 1 sampai jumlah usulan."
    REASON = "Perubahan urutan memerlukan alasan paling sedikit 10 huruf."
    INVERTS = (
        "Perpindahan ini membalik urutan desa itu sendiri. Centang bahwa desa mengetahuinya dan tuliskan alasannya."
    )


class MoveRefused(MufakatError):
    """A move on the board was refused; `inversions` are the village orders it would turn round."""

    code = "urutan_ditolak"

    def __init__(self, fault: MoveFault, inversions: tuple[Inversion, ...] = ()) -> None:
        super().__init__(str(fault))
        self.fault = fault
        self.inversions = inversions


def moved(*, order: Sequence[str], key: str, to: int) -> tuple[str, ...]:
    """The order with `key` at place `to` (1…n); raises MoveRefused when either is not there."""
    if key not in order:
        raise MoveRefused(MoveFault.UNKNOWN)
    if not 1 <= to <= len(order):
        raise MoveRefused(MoveFault.OUTSIDE)
    rest = [item for item in order if item != key]
    return (*rest[: to - 1], key, *rest[to - 1 :])


def inversions(*, order: Sequence[str], items: Mapping[str, Ranked]) -> tuple[Inversion, ...]:
    """Neighbouring pairs of one village that stand against the village's own ranks, in board order (rule 61)."""
    found = []
    highest: dict[str, Ranked] = {}
    for item in (items[key] for key in order):
        if item.village_rank is None:
            continue
        before = highest.get(item.village)
        if before and before.village_rank is not None and before.village_rank > item.village_rank:
            found.append(Inversion(item.village, earlier=item.key, later=before.key))
        if before is None or before.village_rank is None or before.village_rank < item.village_rank:
            highest[item.village] = item
    return tuple(found)


def move(
    *, order: Sequence[str], items: Mapping[str, Ranked], key: str, to: int, reason: str, accepts_inversion: bool
) -> tuple[str, ...]:
    """The new order, or MoveRefused: a reason always, and an express consent where a village's order turns (61, 64)."""
    after = moved(order=order, key=key, to=to)
    if len(reason.strip()) < SHORTEST_REASON:
        raise MoveRefused(MoveFault.REASON)
    new = set(inversions(order=after, items=items)) - set(inversions(order=order, items=items))
    if new and not accepts_inversion:
        raise MoveRefused(MoveFault.INVERTS, tuple(sorted(new, key=lambda i: (i.village, i.earlier, i.later))))
    return after


@dataclass(frozen=True, slots=True)
class Cut:
    """The board under a pagu: the running sum of what fits at each place, and which places fit (rule 68)."""

    cumulative: tuple[int, ...]
    fits: tuple[bool, ...]
    asked: int

    @property
    def used(self) -> int:
        """Whole rupiah under the pagu."""
        return self.cumulative[-1] if self.cumulative else 0

    @property
    def count(self) -> int:
        """How many places fit."""
        return sum(self.fits)


def cut(*, values: Sequence[int | None], pagu: int | None, stops_at_line: bool = False) -> Cut:
    """Draw the pagu through an order of values (whole rupiah); a place without value never fits."""
    priced = iter(within_pagu(values=[v for v in values if v is not None], pagu=pagu, stops_at_line=stops_at_line))
    fits = tuple(value is not None and next(priced) for value in values)
    cumulative = tuple(accumulate(value or 0 if fit else 0 for value, fit in zip(values, fits, strict=True)))
    return Cut(cumulative, fits, sum(v or 0 for v in values))
