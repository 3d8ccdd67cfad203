"""The kamus as a sheet: read from whatever table office programs write, and written as the same table (rule 98)."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mufakat.cycles.rules import KamusFault

if TYPE_CHECKING:
    from mufakat.engines.sheets.workbook import RawSheet

HEADS = ("Nama usulan", "Satuan", "Harga satuan (Rp)", "Perangkat daerah", "Ditawarkan")
_FIELDS = {
    "name": ("nama usulan", "nama", "jenis usulan", "usulan", "uraian"),
    "unit": ("satuan",),
    "price": ("harga satuan", "harga"),
    "agency": ("perangkat daerah", "opd", "skpd", "pd"),
    "offered": ("ditawarkan", "aktif"),
}
_KNOWN = {head: field for field, heads in _FIELDS.items() for head in heads}
_YES, _NO = ("", "ya", "y", "1", "true", "benar"), ("tidak", "t", "0", "false", "salah")
LONGEST = {"name": 160, "unit": 20, "agency": 160}
MOST_ROWS, MOST_MONEY = 5_000, 10**15
_CALCULATED = ("=", "+", "-", "@")
"""First signs that make a spreadsheet take the cell of a CSV for a formula."""
SEARCHED = 30
"""Rows of a tab within which its heading row must stand."""


@dataclass(frozen=True, slots=True)
class KamusRow:
    """A row of the sheet; price in whole rupiah, None where the entry has no price."""

    row: int
    name: str
    unit: str
    price: int | None
    agency: str
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """A fault with its place: tab, row and heading; `cell` is what stands there."""

    tab: str
    row: int
    head: str
    cell: str
    fault: KamusFault


@dataclass(frozen=True, slots=True)
class KamusReading:
    """What a sheet says and everything that is wrong with it, in the order of the sheet."""

    rows: tuple[KamusRow, ...]
    faults: tuple[Located, ...]


def read_kamus(*, name: str, content: bytes) -> KamusReading:
    """Rows and located faults of an uploaded sheet; parsed in a child process. Raises UnreadableFile."""
    from mufakat.engines.sheets import load

    last = PurePosixPath(name.replace("\\", "/")).name.lstrip(".")[-180:] or "kamus"
    with tempfile.TemporaryDirectory(prefix="mufakat-kamus-") as folder:
        path = Path(folder) / last
        path.write_bytes(content)
        sheets = load(path=path).sheets
    tables = [(sheet, found) for sheet in sheets if not sheet.hidden and (found := _heading(sheet))]
    if not tables:
        return KamusReading((), (Located(sheets[0].name if sheets else "", 0, "", "", KamusFault.NO_HEADING),))
    rows: list[KamusRow] = []
    faults: list[Located] = []
    for sheet, (at, columns) in tables:
        _read_table(sheet, at, columns, rows, faults)
    if not rows and not faults:
        faults.append(Located(tables[0][0].name, 0, "", "", KamusFault.EMPTY))
    return KamusReading(tuple(rows), tuple(faults))


def _heading(sheet: RawSheet) -> tuple[int, dict[str, int]] | None:
    """Index of the heading row and the column of each field; the name and the unit must be among them."""
    for at, cells in enumerate(sheet.rows[:SEARCHED]):
        columns: dict[str, int] = {}
        for i, cell in enumerate(cells):
            field = _KNOWN.get(_folded(cell))
            if field and field not in columns:
                columns[field] = i
        if {"name", "unit"} <= set(columns):
            return at, columns
    return None


def _folded(cell: object) -> str:
    text = re.sub(r"\(.*?\)", " ", str(cell or "").casefold())
    return " ".join(re.findall("[a-z]+", text))


def _read_table(sheet: RawSheet, at: int, columns: dict[str, int], rows: list[KamusRow], faults: list[Located]) -> None:
    from mufakat.engines.sheets.columns import text_of

    known: set[str | None] = {row.name.casefold() for row in rows}
    heads = {field: str(sheet.rows[at][i]).strip() for field, i in columns.items()}
    for offset, cells in enumerate(sheet.rows[at + 1 :], start=at + 1):
        said = {field: _shown(text_of(cells[i] if i < len(cells) else None)) for field, i in columns.items()}
        if not any(said.values()):
            continue
        number = sheet.first_row + offset
        if len(rows) >= MOST_ROWS:
            faults.append(Located(sheet.name, number, "", "", KamusFault.TOO_MANY))
            return
        i = columns.get("price")
        price, is_price = _price(cells[i] if i is not None and i < len(cells) else None)
        for field, fault in _faults_in(said, is_price=is_price):
            faults.append(Located(sheet.name, number, heads.get(field, ""), said.get(field, "")[:80], fault))
        if said["name"].casefold() in known:
            faults.append(Located(sheet.name, number, heads["name"], said["name"][:80], KamusFault.REPEATED))
        known.add(said["name"].casefold() or None)
        is_withdrawn = said.get("offered", "").casefold() in _NO
        rows.append(KamusRow(number, said["name"], said["unit"], price, said.get("agency", ""), is_withdrawn))


def _shown(text: str) -> str:
    """A text without the apostrophe that `kamus_csv` puts before what a spreadsheet would calculate."""
    return text[1:] if text.startswith("'") and text[1:2] in _CALCULATED else text


def _price(cell: object) -> tuple[int | None, bool]:
    """Whole rupiah or None, and whether the cell is a price at all."""
    from mufakat.engines.sheets.numbers import amount

    found = amount(cell)
    if found.status == "blank":
        return None, True
    value = found.value
    is_whole = found.status == "ok" and value is not None and value == value.to_integral_value()
    if not is_whole or value is None or not 0 <= value < Decimal(MOST_MONEY):
        return None, False
    return int(value), True


def _faults_in(said: dict[str, str], *, is_price: bool) -> Iterable[tuple[str, KamusFault]]:
    for field, fault in (("name", KamusFault.NO_NAME), ("unit", KamusFault.NO_UNIT)):
        if not said[field]:
            yield field, fault
    for field, longest in LONGEST.items():
        if len(said.get(field, "")) > longest:
            yield field, KamusFault.TOO_LONG
    if not is_price:
        yield "price", KamusFault.NO_PRICE
    if said.get("offered", "").casefold() not in (*_YES, *_NO):
        yield "offered", KamusFault.NOT_YES_OR_NO


def _told(row: KamusRow) -> tuple[str, str, int | None, str, str]:
    return row.name, row.unit, row.price, row.agency, _NO[0] if row.is_withdrawn else _YES[1]


def kamus_workbook(rows: Iterable[KamusRow], *, title: str, at: datetime) -> bytes:
    """The kamus as an XLSX with the columns that `read_kamus` reads; prices are numbers."""
    from mufakat.documents.render import workbook
    from mufakat.documents.render.sheets import Column, Sheet

    columns = (
        Column(HEADS[0], width=48, locked=False),
        Column(HEADS[1], width=12, locked=False),
        Column(HEADS[2], kind="money", width=18, locked=False),
        Column(HEADS[3], width=44, locked=False),
        Column(HEADS[4], width=12, locked=False, choices=("ya", "tidak"), kind="choice"),
    )
    told = [_told(row) for row in rows]
    sheet = Sheet(name="Kamus usulan", columns=columns, rows=told, title=(title,), blank_rows=20)
    return workbook(sheets=[sheet], at=at, title=title)


def kamus_csv(rows: Iterable[KamusRow]) -> bytes:
    """The same table as CSV as office programs set to Indonesian open it: UTF-8 with its mark, semicolons, prices bare.

    A cell that would be taken for a formula begins with an apostrophe, which `read_kamus` takes off again.
    """
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    table.writerow(HEADS)
    for row in rows:
        table.writerow(f"'{cell}" if str(cell).startswith(_CALCULATED) else cell for cell in _told(row))
    return written.getvalue().encode("utf-8-sig")
