"""Checks in a stream before any parser sees a package: sizes, cell extents, XML declarations.

A package of 4.7 KB with cells A1 and XFD1048576 makes a dense grid of 17 billion cells; an ODS can say the same
with two "repeated" attributes. Both are counted here without building anything.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from mufakat.engines.sheets import refusals
from mufakat.engines.sheets.model import Limits
from mufakat.engines.sheets.refusals import Refused

ENTRIES = 5_000
RATIO = 200
"""Real sheets pack 5 to 60 times; a bomb packs about 1,000 times."""
RATIO_FROM = 32 * 1024 * 1024
_CHUNK = 256 * 1024


@dataclass(slots=True)
class Extent:
    """What a stream scan learns about one sheet: last filled cell (1-based), filled cells, hidden rows."""

    last_row: int = 0
    last_column: int = 0
    filled: int = 0
    hidden_rows: set[int] = field(default_factory=set)

    def area(self) -> int:
        """Cells of the dense grid that a parser builds."""
        return self.last_row * self.last_column


def check_sizes(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse a package by its table of contents: entries, unpacked size, packing ratio, password."""
    infos = archive.infolist()
    if len(infos) > ENTRIES:
        raise Refused("terlalu_banyak_bagian", count=str(len(infos)), limit=str(ENTRIES))
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("berkas_bersandi")
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    bloated = total > RATIO_FROM and total > RATIO * max(packed, 1)
    if total > limits.unpacked_bytes or bloated:
        limit = refusals.megabytes(min(limits.unpacked_bytes, RATIO * packed) if bloated else limits.unpacked_bytes)
        raise Refused("berkas_mengembang", size=refusals.megabytes(total), limit=limit)


def feed(archive: zipfile.ZipFile, name: str, parser: expat.XMLParserType) -> None:
    """Run one part through an expat parser in chunks. Raises Refused on broken XML or a document type."""

    def refuse(*_: object) -> None:
        raise Refused("xml_berbahaya")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Refused("berkas_rusak", detail=f"bagian {name} bukan XML yang utuh") from None


def check_xml(archive: zipfile.ZipFile, name: str, limits: Limits, *, cell: str) -> None:
    """Refuse a part with a document type, broken XML, or more elements called `cell` than allowed."""
    count = 0

    def start(tag: str, _: list[str]) -> None:
        nonlocal count
        if tag.endswith(cell):
            count += 1
            if count > limits.cells:
                raise Refused("terlalu_banyak_sel", limit=str(limits.cells))

    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    feed(archive, name, parser)


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """ "A" → 1, "XFD" → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 → "A", 16384 → "XFD"."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def check_extent(extent: Extent, sheet: str, limits: Limits) -> None:
    """Refuse a sheet whose filled cells span more than a table can."""
    if extent.filled > limits.cells:
        raise Refused("terlalu_banyak_sel", limit=str(limits.cells))
    too_far = extent.last_row > limits.rows or extent.last_column > limits.columns or extent.area() > limits.cells
    if too_far:
        cell = f"{column_letters(extent.last_column)}{extent.last_row}"
        raise Refused("sel_terlalu_jauh", sheet=sheet, cell=cell)


def scan_xlsx(archive: zipfile.ZipFile, part: str, sheet: str, limits: Limits) -> Extent:
    """Extent and hidden rows of one worksheet part. Cells without a value do not count: whole columns are often
    formatted and empty. Stops at the first cell too far out."""
    extent = Extent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = _xlsx_handler(extent, sheet, limits)
    feed(archive, part, parser)
    check_extent(extent, sheet, limits)
    return extent


def _xlsx_handler(extent: Extent, sheet: str, limits: Limits) -> Callable[[str, dict[str, str]], None]:
    row = column = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        name = tag.rpartition(":")[2]
        if name == "c":
            column = _column_of(attributes.get("r"), column)
        elif name in ("v", "is"):
            extent.last_row = max(extent.last_row, row)
            extent.last_column = max(extent.last_column, column)
            extent.filled += 1
            if extent.filled > limits.cells or row > limits.rows or column > limits.columns:
                check_extent(extent, sheet, limits)
        elif name == "row":
            stated = attributes.get("r", "")
            row, column = (int(stated) if stated.isdigit() else row + 1), 0
            if attributes.get("hidden") in ("1", "true") and row <= limits.rows:
                extent.hidden_rows.add(row)

    return start


def _column_of(reference: str | None, before: int) -> int:
    if not reference:
        return before + 1
    letters = reference.rstrip("0123456789")
    if not letters.isalpha() or not letters.isascii() or len(letters) > 3:
        raise Refused("berkas_rusak", detail=f"alamat sel {reference[:20]}")
    return column_number(letters.upper())


def scan_ods(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Extent]:
    """Extents of every table of content.xml, by name. Repeated empty rows and columns at the end do not count."""
    scan = _OdsScan(limits)
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    feed(archive, "content.xml", parser)
    scan.close_row()
    for name, extent in scan.extents.items():
        check_extent(extent, name, limits)
    return scan.extents


class _OdsScan:
    """Counts filled cells of ODS tables with their repetitions."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.extents: dict[str, Extent] = {}
        self.name = ""
        self.row = self.repeat = self.column = self.last = self.span = self.filled = 0
        self.hidden = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Expat's start-element handler."""
        name = tag.rpartition(":")[2]
        if name in ("table-cell", "covered-table-cell"):
            self.column += self.span
            self.span = _repeats(attributes, "columns")
            if any(key.endswith(":value-type") for key in attributes):
                self._fill()
        elif name == "p":
            self._fill()
        elif name == "table-row":
            self.close_row()
            self.repeat = _repeats(attributes, "rows")
            self.hidden = _local(attributes, "visibility") in ("collapse", "filter")
        elif name == "table":
            self.close_row()
            self.name, self.row = _local(attributes, "name"), 0
            self.extents.setdefault(self.name, Extent())

    def _fill(self) -> None:
        if self.span and self.last < self.column + self.span:
            self.last = self.column + self.span
            self.filled += self.span

    def close_row(self) -> None:
        """Add the row just passed to its table's extent."""
        extent = self.extents.get(self.name)
        if extent is None or not self.repeat:
            return
        self.row += self.repeat
        if self.last:
            extent.last_row = self.row
            extent.last_column = max(extent.last_column, self.last)
            extent.filled += self.filled * self.repeat
            check_extent(extent, self.name, self.limits)
            if self.hidden:
                extent.hidden_rows.update(range(self.row - self.repeat + 1, self.row + 1))
        self.repeat = self.column = self.last = self.span = self.filled = 0


def _local(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _repeats(attributes: dict[str, str], what: str) -> int:
    stated = _local(attributes, f"number-{what}-repeated")
    return int(stated) if stated.isdigit() and len(stated) < 12 else 1


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(sheet name, part) of every worksheet that the workbook names, in order."""
    book = next(name for name in archive.namelist() if name.startswith("xl/workbook") and name.endswith(".xml"))
    relations = f"xl/_rels/{book.removeprefix('xl/')}.rels"
    targets = {a.get("Id", ""): a.get("Target", "") for a in _elements(archive, relations, "Relationship")}
    known = set(archive.namelist())
    for attributes in _elements(archive, book, "sheet"):
        target = targets.get(_local(attributes, "id"), "")
        part = target.lstrip("/") if target.startswith("/") else "xl/" + target.removeprefix("./")
        if part in known and "worksheets" in part:
            yield attributes.get("name", ""), part


def _elements(archive: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == wanted:
            found.append(attributes)

    if part not in archive.namelist():
        raise Refused("berkas_rusak", detail=f"bagian {part} hilang")
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    feed(archive, part, parser)
    return found
