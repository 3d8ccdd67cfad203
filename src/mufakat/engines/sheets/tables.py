"""From a raw sheet to its proposal lines: headers found, everything that is no proposal recognised for what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mufakat.engines.sheets.columns import Header, field_of, header_at, is_column_numbers, text_of
from mufakat.engines.sheets.numbers import amount
from mufakat.engines.sheets.workbook import RawSheet

_TOTAL = re.compile(
    r"^(sub\s*-?\s*total|grand\s*total|total|jumlah|jml|jumlah total|total jumlah|jumlah keseluruhan|jumlah dipindahkan|pindahan|jumlah pindahan|rekapitulasi)\b[\s:.]*"
    r"(?:(?:seluruh|seluruhnya|semua|keseluruhan|usulan|biaya|anggaran|nilai|halaman|bidang|fisik|non|sosial|ekonomi|desa|kelurahan|i|ii|iii|iv|v|a|b|c|d|[\d()/,.:&+-]+|dan|sarana|prasarana|infrastruktur|budaya|rp|rupiah|ini)\b[\s:.]*)*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"\b(mengetahui|menyetujui|disetujui|nip|ttd|tertanda|hormat kami|yang mengusulkan|tim penyusun|tanda tangan|dibuat oleh|diketahui)\b"
    r"|^(lurah|kepala desa|kades|camat|pj\.?|plt\.?|plh\.?|sekretaris|ketua|kepala kelurahan)\b[^,]{0,60}$|^\(?[._\s…-]{6,}\)?$|^\(.{3,40}\)$"
    r"|^[A-Za-z' ]{3,30},\s*(?:tgl\.?\s*)?(?:\d{1,2}|[._…]+)\s*(?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)?\w*\s*\d{0,4}$",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(?:[IVX]{1,5}|[A-Z]|[ivx]{1,5})\s*[.)]\s*\S|^bidang\b|^(?:usulan\s+)?(?:fisik|non\s*-?\s*fisik|ekonomi|sosial|infrastruktur|sarana|prasarana|pemberdayaan)\b[\w\s&/,-]{0,50}$"
    r"|^(?:kelompok|urusan|program)\s*:",
    re.IGNORECASE,
)
_VILLAGE = re.compile(
    r"^(?:[\dIVX]{1,5}|[A-Z])?\s*[.)]?\s*(?:desa|kelurahan|kel\.|ds\.)\s*:?\s+[A-Za-z][\w' ]{2,40}$", re.IGNORECASE
)
_DITTO = re.compile(r'^(?:s\.?\s*d\.?\s*a\.?|sda|idem|id|ditto|-\s*//\s*-|["”“\'′″]{1,2}|〃)\.?$', re.IGNORECASE)
_NOTE = re.compile(r"^(?:catatan|ket(?:erangan)?|nb|n\.b|\*+)\s*[:.)]", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """One proposal line: its row number, cells by field as raw values, headings by field, the section above."""

    row: int
    cells: dict[str, object]
    header: Header
    section: str = ""
    levels: dict[str, str] = field(default_factory=dict)
    is_hidden: bool = False
    extra: str = ""
    """Continuation of the title on the next row."""


@dataclass(slots=True)
class Table:
    """One header with its lines, and the texts above it."""

    header: Header
    above: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    noted: list[tuple[int, str]] = field(default_factory=list)


def tables_of(sheet: RawSheet) -> list[Table]:
    """Every table of the sheet, in order; empty when no header is found."""
    walker = _Walker(sheet)
    at = 0
    while at < len(sheet.rows):
        at = walker.step(at)
    for table in walker.tables:
        _resolve_dittos(table)
        _fill_villages(table, sheet)
    return [t for t in walker.tables if t.lines]


class _Walker:
    """Goes down a sheet row by row and says of each what it is."""

    def __init__(self, sheet: RawSheet) -> None:
        self.sheet = sheet
        self.tables: list[Table] = []
        self.above: list[str] = list(sheet.above)
        self.section = ""
        self.is_over = False
        """A signature block has begun; only a priced row or a new header reopens the table."""

    def step(self, at: int) -> int:
        """Take row `at`; returns the next row to look at."""
        texts = [text_of(c) for c in self.sheet.rows[at]]
        filled = [t for t in texts if t]
        if not filled:
            return at + 1
        current = self.tables[-1] if self.tables else None
        header = header_at(self.sheet.rows, at, self.sheet.merges) if _may_be_head(filled, current) else None
        if header is not None and (current is None or _is_new(header, current.header)):
            return self._open(header, current)
        if current is None:
            self.above.extend(filled)
        elif not is_column_numbers(texts):
            self._take(at, texts, filled, current)
        return at + 1

    def _open(self, header: Header, current: Table | None) -> int:
        """Begin a table; a header that only repeats goes on with the current one."""
        titles = tuple(t for t in self.above if t.strip())
        if current is None or header.columns != current.header.columns or titles:
            self.tables.append(Table(header, titles))
            self.section = ""
        self.above, self.is_over = [], False
        return header.first

    def _take(self, at: int, texts: list[str], filled: list[str], table: Table) -> None:
        cells = _cells(self.sheet.rows[at], table.header)
        seen = _Seen(cells, filled)
        if _is_total(seen):
            return
        if _is_signature(seen):
            self.is_over = True
            return
        if seen.is_bare:
            if heading := _heading(seen, self.sheet, at):
                self.section = heading
                self.above.append(heading)
            elif self._is_continuation(at, texts, seen, table):
                table.lines[-1].extra = f"{table.lines[-1].extra} {seen.title}".strip()
            elif self._is_remark(seen, texts, table):
                self.above.extend(filled)
            else:
                self._add(at, cells, table)
            return
        if not seen.is_priced and len(filled) <= 2 and (not seen.title or self.is_over):
            return
        self._add(at, cells, table)

    def _add(self, at: int, cells: dict[str, object], table: Table) -> None:
        raw, row = self.sheet.rows[at], self.sheet.first_row + at
        levels = {name: text_of(raw[i]) for i, name in table.header.levels.items() if i < len(raw)}
        table.lines.append(Line(row, cells, table.header, self.section, levels, row in self.sheet.hidden_rows))
        self.above, self.is_over = [], False

    def _is_continuation(self, at: int, texts: list[str], seen: _Seen, table: Table) -> bool:
        """A title that runs on into the next row: alone in the title's column, right below an entry, unnumbered."""
        if not table.lines or "number" not in table.header.columns or len(seen.filled) != 1 or self.is_over:
            return False
        alone = seen.title and table.header.columns.get("title") == _first(texts)
        return bool(alone) and table.lines[-1].row == self.sheet.first_row + at - 1 and not _NOTE.match(seen.title)

    def _is_remark(self, seen: _Seen, texts: list[str], table: Table) -> bool:
        if not seen.title or self.is_over:
            return True
        if len(seen.filled) > 1:
            return False
        return bool(_NOTE.match(seen.filled[0])) or "number" in table.header.columns


@dataclass(slots=True)
class _Seen:
    """A row at a glance."""

    cells: dict[str, object]
    filled: list[str]

    @property
    def title(self) -> str:
        return text_of(self.cells.get("title")) or text_of(self.cells.get("problem"))

    @property
    def number(self) -> str:
        return text_of(self.cells.get("number"))

    @property
    def is_numbered(self) -> bool:
        return re.fullmatch(r"\d+\.?", self.number) is not None

    @property
    def is_priced(self) -> bool:
        return amount(self.cells.get("value")).status in ("ok", "uncertain")

    @property
    def is_bare(self) -> bool:
        """Nothing but a title, a number, or a word or two."""
        names = ("value", "volume", "unit_price", "village", "location", "agency")
        has_figures = any(text_of(self.cells.get(name)) for name in names)
        return not has_figures or (len(self.filled) <= 2 and not self.is_priced)


def _cells(raw: tuple[object, ...], header: Header) -> dict[str, object]:
    """Cells by field; a lone "Rp" gives way to the figure beside it."""
    cells = {name: raw[i] for name, i in header.columns.items() if i < len(raw)}
    for name in ("value", "unit_price"):
        at = header.columns.get(name, -1)
        if text_of(cells.get(name)).lower().rstrip(".") == "rp" and at + 1 < len(raw):
            cells[name] = raw[at + 1]
    return cells


def _is_total(seen: _Seen) -> bool:
    return any(_TOTAL.match(t) for t in seen.filled[:3]) and (
        not seen.title or _TOTAL.match(seen.title) is not None or len(seen.filled) <= 3
    )


def _is_signature(seen: _Seen) -> bool:
    if len(seen.filled) > 3 or seen.is_numbered or seen.is_priced:
        return False
    return any(_SIGNATURE.search(t) for t in seen.filled)


def _may_be_head(filled: list[str], current: Table | None) -> bool:
    if len(filled) < 2 or any(re.search(r"\d{5,}", t) for t in filled):
        return False
    if current is None:
        return True
    known = sum(bool(field_of(t)) for t in filled)
    return known * 5 >= len(filled) * 3 and not any(re.fullmatch(r"[\d.,]+", t) for t in filled)


def _is_new(header: Header, old: Header) -> bool:
    return header.score >= max(2, min(3, old.score - 1))


def _first(texts: list[str]) -> int:
    return next((i for i, t in enumerate(texts) if t), -1)


def _heading(seen: _Seen, sheet: RawSheet, at: int) -> str:
    """The row as a section heading: a village, roman or letter numbers, "Bidang …", one merged line; else empty."""
    if len(seen.filled) > 2:
        return ""
    text = " ".join(seen.filled)
    if _VILLAGE.match(text):
        return text
    if seen.is_numbered:
        return ""
    if _SECTION.match(text) or re.fullmatch(r"[IVX]{1,5}\.?|[A-Z]\.?", seen.filled[0]):
        return text
    merged = any(top == at and right - left >= 2 for top, left, _, right in sheet.merges)
    return text if merged and len(seen.filled) == 1 else ""


def _resolve_dittos(table: Table) -> None:
    """ "s.d.a." and its kin take the value above, column by column."""
    last: dict[str, object] = {}
    for line in table.lines:
        for name, cell in line.cells.items():
            if (
                isinstance(cell, str)
                and _DITTO.match(cell.strip())
                and name in last
                and name not in ("number", "priority")
            ):
                line.cells[name] = last[name]
            elif text_of(cell):
                last[name] = line.cells[name]


def _fill_villages(table: Table, sheet: RawSheet) -> None:
    """A village written once above its rows (merged, or the group's first row only) goes down over them."""
    column = table.header.columns.get("village")
    if column is None:
        return
    merged = {
        sheet.first_row + r: sheet.rows[top][left]
        for top, left, bottom, right in sheet.merges
        if left <= column <= right and bottom > top
        for r in range(top, bottom + 1)
        if top < len(sheet.rows) and left < len(sheet.rows[top])
    }
    named = [text_of(line.cells.get("village")) for line in table.lines]
    filled = [n for n in named if n]
    once = (
        bool(filled)
        and len(set(filled)) == len(filled)
        and len(filled) * 2 <= len(named)
        and bool(named[0])
        and "kecamatan" not in table.header.columns
    )
    last: object = None
    for line, name in zip(table.lines, named, strict=True):
        if name:
            last = line.cells["village"]
        elif line.row in merged:
            line.cells["village"] = merged[line.row]
        elif once and last is not None:
            line.cells["village"] = last


def all_texts(sheet: RawSheet, most: int = 12) -> Iterator[str]:
    """Texts of the first rows and of running text above, for a village named in a title block."""
    yield from sheet.above
    for row in sheet.rows[:most]:
        texts = [text_of(c) for c in row]
        joined = " ".join(t for t in texts if t)
        if joined:
            yield joined
