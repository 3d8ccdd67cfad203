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
    """Repeats and likenesses among numbered rows of one kecamatan."""
    firsts: dict[tuple[str, ...], int] = {}
    repeats: dict[int, int] = {}
    for number, row in rows:
        first = firsts.setdefault(exact_key(row), number)
        if first != number:
            repeats[number] = first
    return Links(repeats, {})
