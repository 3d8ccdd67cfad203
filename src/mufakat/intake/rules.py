"""What becomes of a row, and what of it fits a proposal. No database, no clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from mufakat.documents.rules import canonical, digest
from mufakat.proposals.rules import Draft

if TYPE_CHECKING:
    from mufakat.engines.sheets.model import Problem, Reading, SheetRow

LONGEST = {
    "title": 240, "location": 240, "rt": 10, "rw": 10, "unit": 30, "groups": 160, "land_status": 80,
    "recipient": 160, "agency": 160,
}  # fmt: skip
MOST_MONEY = 10**15
MOST_VOLUME = Decimal(10**11)
MOST_COUNT = 2_000_000_000
CENT = Decimal("0.01")


class Fate(StrEnum):
    """What became of a row."""

    TAKEN = "masuk"
    KNOWN = "sudah_ada"
    FAULTY = "kesalahan"
    ELSEWHERE = "desa_lain"
    HELD = "ditahan"


def fate(row: SheetRow, *, villages: Collection[str]) -> Fate:
    """Whether a row can be taken for the villages (codes) this office imports for; repeats are told apart later."""
    if row.village is not None and row.village.code not in villages:
        return Fate.ELSEWHERE
    return Fate.FAULTY if row.is_faulty or row.village is None or not row.title.strip() else Fate.TAKEN


URGENCY = (Fate.FAULTY, Fate.HELD, Fate.TAKEN, Fate.KNOWN, Fate.ELSEWHERE)
"""What a reader of the result wants to see first; rows of one fate stay in the order of the sheets."""


def content_key(row: SheetRow) -> str:
    """A key that is equal for rows that say the same, whatever file, tab or line they stand on (rule 24)."""
    source = replace(row.source, file="", sheet="", row=0)
    return digest(canonical(replace(row, source=source, number="", problems=())))[:40]


def draft_of(row: SheetRow) -> Draft:
    """The row as a village's draft. What is too long for its field is cut there and kept whole in the import."""
    texts = {name: getattr(row, name)[:length] for name, length in LONGEST.items()}
    volume = row.volume.quantize(CENT) if row.volume is not None and 0 < row.volume < MOST_VOLUME else None
    draft = Draft(
        **texts,
        problem=row.problem,
        latitude=_degrees(row.latitude),
        longitude=_degrees(row.longitude),
        volume=volume,
        unit_price=_money(row.unit_price),
        value=_money(row.value),
        households=_count(row.households),
        people=_count(row.people),
        priority=_count(row.priority),
    )
    # The stated value stands, as in the draft without a server; a price that contradicts it stays in the row.
    return draft if draft.worth == draft.value else replace(draft, unit_price=None)


def _degrees(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 6)


def _money(amount: int | None) -> int | None:
    return amount if amount is not None and 0 <= amount < MOST_MONEY else None


def _count(number: int | None) -> int | None:
    return number if number is not None and 0 <= number < MOST_COUNT else None


def notes_of(reading: Reading) -> tuple[str, ...]:
    """What is to be known about whole sheets, each with its file: left out, hidden, or read by a guess."""
    notes = [(p.source, _sentence(p)) for p in reading.problems if p.source.row == 0]
    return tuple(f"{at.file}{', ' if at.sheet else ''}{at.sheet}: {said}" for at, said in notes)


def problems_text(row: SheetRow) -> str:
    """Every problem of a row, one sentence a line, each with its column."""
    return "\n".join(_sentence(p) for p in row.problems)


def _sentence(problem: Problem) -> str:
    place = f"Kolom {problem.column}: " if problem.column else ""
    return f"{place}{problem.what} {problem.remedy}".strip()
