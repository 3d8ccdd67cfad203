"""Proposals written in during the session (rule 66): they join the list behind the villages' own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from mufakat.drafting import worksheet_layout as at
from mufakat.engines.sheets.model import Problem, Severity, SheetRow, Village

if TYPE_CHECKING:
    from mufakat.drafting.decisions_reader import DecidedRow
    from mufakat.engines.sheets.model import Reading


def with_session_rows(reading: Reading, added: tuple[tuple[DecidedRow, int], ...]) -> tuple[Reading, frozenset[int]]:
    """The reading with the added rows at its end, and their numbers.

    A proposal of the session needs at least two villages; one village alone is a warning, none is a fault.
    """
    rows = tuple(_row(decided, reading.villages) for decided, _ in added)
    problems = tuple(p for row in rows for p in row.problems)
    numbers = frozenset(number for _, number in added)
    return replace(reading, rows=reading.rows + rows, problems=reading.problems + problems), numbers


def _row(decided: DecidedRow, villages: tuple[Village, ...]) -> SheetRow:
    cells = decided.cells
    named = _villages(cells[at.VILLAGE], villages)
    return SheetRow(
        source=decided.source,
        title=cells[at.TITLE],
        village=named[0] if named else None,
        village_text=cells[at.VILLAGE],
        location=cells[at.PLACE],
        volume=_volume(cells[at.VOLUME]),
        volume_text=cells[at.VOLUME],
        unit=cells[at.UNIT],
        value=_value(cells[at.VALUE]) or decided.decision.value,
        agency=cells[at.AGENCY],
        note="Usulan dari sidang",
        problems=_problems(decided, named),
    )


def _villages(text: str, villages: tuple[Village, ...]) -> tuple[Village, ...]:
    folded = f" {text.casefold()} "
    found = [v for v in villages if any(name.casefold() in folded for name in (v.name, *v.aliases))]
    return tuple(sorted(found, key=lambda v: folded.find(v.name.casefold())))


def _problems(decided: DecidedRow, named: tuple[Village, ...]) -> tuple[Problem, ...]:
    title, text = decided.cells[at.TITLE], decided.cells[at.VILLAGE]
    if not title:
        what = "Usulan dari sidang belum berjudul."
        return (Problem(Severity.FAULT, "judul_kosong", decided.source, at.TITLE, "", what, "Tulis judul usulannya."),)
    if len(named) >= 2:
        return ()
    what = f"Usulan dari sidang “{title}” menyebut {len(named)} desa/kelurahan; sedikitnya dua."
    remedy = "Sebutkan desa dan kelurahan yang terlibat, dipisah koma."
    severity = Severity.WARNING if named else Severity.FAULT
    return (Problem(severity, "lintas_kurang_dari_dua", decided.source, at.VILLAGE, text, what, remedy),)


def _value(text: str) -> int | None:
    from mufakat.drafting.decisions_reader import whole_number

    return whole_number(text) if text else None


def _volume(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(".", "").replace(",", ".") if "," in text else text)
    except InvalidOperation:
        return None
    return number if number > 0 else None
