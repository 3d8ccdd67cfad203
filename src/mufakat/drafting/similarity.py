"""Repeats and likenesses among the forum's proposals; likely ones are linked, never merged (rules 29, 32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mufakat.drafting.rules import exact_key

if TYPE_CHECKING:
    from mufakat.engines.sheets.model import SheetRow


@dataclass(frozen=True, slots=True)
class Links:
    """`repeats`: number → first proposal equal in every field; `alike`: number → numbers that resemble it."""

    repeats: dict[int, int]
    alike: dict[int, tuple[int, ...]]


def links_between(rows: list[tuple[int, SheetRow]], kecamatan: str) -> Links:
    """Repeats and likenesses among numbered rows of one kecamatan (the duplicates engine's `same` and `likely`)."""
    from mufakat.engines.duplicates import Proposal, Verdict, find_pairs

    repeats = _repeats(rows)
    pairs = find_pairs(
        proposals=[
            Proposal(
                id=str(number),
                kecamatan=kecamatan,
                desa=row.village.name if row.village else row.village_text,
                text=f"{row.title} {row.location}".strip(),
                rt=row.rt,
                rw=row.rw,
                lat=float(row.latitude) if row.latitude is not None else None,
                lon=float(row.longitude) if row.longitude is not None else None,
                value=row.value,
            )
            for number, row in rows
            if number not in repeats
        ]
    )
    alike: dict[int, set[int]] = {}
    for pair in pairs:
        if pair.verdict is not Verdict.REVIEW:
            a, b = int(pair.id_a), int(pair.id_b)
            alike.setdefault(a, set()).add(b)
            alike.setdefault(b, set()).add(a)
    return Links(repeats, {number: tuple(sorted(others)) for number, others in alike.items()})


def _repeats(rows: list[tuple[int, SheetRow]]) -> dict[int, int]:
    firsts: dict[tuple[str, ...], int] = {}
    repeats: dict[int, int] = {}
    for number, row in rows:
        first = firsts.setdefault(exact_key(row), number)
        if first != number:
            repeats[number] = first
    return repeats
