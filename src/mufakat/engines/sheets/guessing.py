"""A sheet without any heading: the SIPD order by position, else columns told by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mufakat.engines.sheets import places
from mufakat.engines.sheets.columns import Header, text_of
from mufakat.engines.sheets.model import Gazetteer
from mufakat.engines.sheets.numbers import amount
from mufakat.engines.sheets.tables import Line, Table
from mufakat.engines.sheets.workbook import RawSheet

SIPD = (
    "number", "sipd_id", "ignored", "proposer", "ignored", "title", "problem", "location", "kabupaten", "kecamatan",
    "village", "priority", "agency_first", "agency", "status", "note", "ignored", "ignored", "ignored", "ignored",
    "ignored", "volume", "unit", "value", "ignored", "sub_activity",
)  # fmt: skip
"""Columns of the SIPD proposal sheet, as importers of it read them (0-based position = place in this tuple)."""
_FEWEST = 2


def guess(sheet: RawSheet, gazetteer: Gazetteer) -> Table | None:
    """The sheet's rows as one table, or None when the columns cannot be told."""
    rows = [(at, row) for at, row in enumerate(sheet.rows) if sum(bool(text_of(c)) for c in row) >= 3]
    if len(rows) < _FEWEST:
        return None
    columns = _sipd(rows) or _by_content(rows, gazetteer)
    if "title" not in columns or "value" not in columns:
        return None
    header = Header(rows[0][0], columns, {i: f"kolom {i + 1}" for i in columns.values()})
    table = Table(header, ())
    for at, row in rows:
        cells: dict[str, object] = {name: row[i] for name, i in columns.items() if i < len(row)}
        if amount(cells.get("value")).status != "unreadable" and text_of(cells.get("title")):
            row_number = sheet.first_row + at
            table.lines.append(Line(row_number, cells, header, is_hidden=row_number in sheet.hidden_rows))
    return table if table.lines else None


def _sipd(rows: Sequence[tuple[int, Sequence[object]]]) -> dict[str, int]:
    wide = [row for _, row in rows if len(row) >= 24]
    if len(wide) * 2 < len(rows) or not wide:
        return {}
    priced = sum(amount(row[23]).status == "ok" for row in wide)
    if priced * 2 < len(wide):
        return {}
    return {name: i for i, name in enumerate(SIPD) if name != "ignored"}


def _by_content(rows: Sequence[tuple[int, Sequence[object]]], gazetteer: Gazetteer) -> dict[str, int]:
    width = max(len(row) for _, row in rows)
    cells = {i: [row[i] for _, row in rows if i < len(row) and text_of(row[i])] for i in range(width)}
    columns: dict[str, int] = {}

    def take(name: str, scores: Mapping[int, float], least: float) -> None:
        free = {i: s for i, s in scores.items() if i not in columns.values()}
        best = max(free, key=lambda i: (free[i], -i), default=None)
        if best is not None and free[best] >= least:
            columns[name] = best

    half = len(rows) / 2
    take("value", {i: sum(_is_money(c) for c in found) for i, found in cells.items()}, half)
    if gazetteer.villages:
        owns = {i: sum(places.match(text_of(c), gazetteer).village is not None for c in f) for i, f in cells.items()}
        take("village", owns, half)
    take("title", {i: sum(len(text_of(c)) for c in f if not _is_number(c)) / len(rows) for i, f in cells.items()}, 8)
    volumes = {i: sum(_is_volume(c) for c in f) if i > columns.get("title", 0) else 0 for i, f in cells.items()}
    take("volume", volumes, half)
    if "volume" in columns:
        right = columns["volume"] + 1
        if right in cells and right not in columns.values() and all(len(text_of(c)) < 12 for c in cells[right]):
            columns["unit"] = right
    return columns


def _is_money(cell: object) -> bool:
    found = amount(cell)
    return found.status == "ok" and found.value is not None and found.value >= 100_000


def _is_number(cell: object) -> bool:
    return amount(cell).status == "ok"


def _is_volume(cell: object) -> bool:
    return re.match(r"^\s*\d[\d.,]*\s*\w{0,6}['’]?\s*$", text_of(cell)) is not None
