"""Sums of the board: per field and per village what was asked and what stands above the pagu."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mufakat.prioritisation.village_map import Share

if TYPE_CHECKING:
    from mufakat.engines.nomenclature.classify import Ruling
    from mufakat.proposals.models import Proposal
    from mufakat.regions.models import Region


@dataclass(frozen=True, slots=True)
class FieldSum:
    """One field: numbers of proposals and rupiah, asked and above the line; widths in hundredths of the largest."""

    label: str
    asked: int
    asked_value: int
    above: int
    above_value: int
    asked_width: Decimal = Decimal(0)
    above_width: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bar:
    """What is asked against the pagu as widths in hundredths of the larger of the two."""

    asked: Decimal
    used: Decimal
    pagu: Decimal | None
    times: Decimal | None
    """How many times the pagu is asked, one decimal."""


def asked_and_got(*, asked: int, used: int, pagu: int | None) -> Bar:
    """The bar above the board."""
    whole = max(asked, pagu or 0)
    return Bar(
        _percent(asked, whole),
        _percent(used, whole),
        None if pagu is None else _percent(pagu, whole),
        round(Decimal(asked) / pagu, 1) if pagu else None,
    )


def per_field(rows: Iterable[tuple[Ruling | None, int | None, bool]]) -> tuple[FieldSum, ...]:
    """Fields by what was asked, most first, then by name."""
    sums: dict[str, list[int]] = {}
    for ruling, value, fits in rows:
        held = sums.setdefault(ruling.bidang_label if ruling else "Belum terpetakan", [0, 0, 0, 0])
        for place, amount in enumerate((1, value or 0, int(fits), (value or 0) if fits else 0)):
            held[place] += amount
    largest = max((held[1] for held in sums.values()), default=0)
    ordered = sorted(sums.items(), key=lambda item: (-item[1][1], item[0]))
    return tuple(
        FieldSum(name, asked, value, above, above_value, _percent(value, largest), _percent(above_value, largest))
        for name, (asked, value, above, above_value) in ordered
    )


def per_village(rows: Iterable[tuple[Proposal, int | None, bool]], villages: Sequence[Region]) -> list[Share]:
    """Every village with what it asked and what of it stands above the line, in order of code."""
    sums: dict[str | None, list[int]] = {}
    for proposal, value, fits in rows:
        held = sums.setdefault(proposal.village_id, [0, 0, 0, 0])
        for place, amount in enumerate((1, value or 0, int(fits), (value or 0) if fits else 0)):
            held[place] += amount
    return [Share(v, *sums.get(v.code, [0, 0, 0, 0])) for v in villages]


def _percent(part: int, whole: int) -> Decimal:
    return round(Decimal(part) * 100 / whole, 1) if whole else Decimal(0)
