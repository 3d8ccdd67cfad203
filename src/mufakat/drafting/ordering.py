"""The provisional order ("urutan sementara"): score, ties, and no village's own order inverted (rules 61-64)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mufakat.engines.sheets.model import SheetRow


@dataclass(frozen=True, slots=True)
class Item:
    """A proposal in the running: its number, row and score."""

    number: int
    row: SheetRow
    score: Decimal


def score(levels: dict[str, int]) -> tuple[Decimal, Decimal]:
    """(score, coverage)."""
    raise NotImplementedError


def provisional_order(items: list[Item]) -> dict[int, int]:
    """Place 1…n per proposal number."""
    raise NotImplementedError
