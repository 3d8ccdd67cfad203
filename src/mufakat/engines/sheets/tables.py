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
    found: list[Table] = []
    rows = sheet.rows
    at, current, section = 0, None, ""
    above: list[str] = list(sheet.above)
    while at < len(rows):
        texts = [text_of(c) for c in rows[at]]
        filled = [t for t in texts if t]
        if not filled:
            at += 1
            continue
        header = header_at(rows, at, sheet.merges) if _may_be_head(filled, current) else None
        if header is not None and (current is None or _is_new(header, current.header)):
            if current is None or header.columns != current.header.columns:
                current = Table(header, tuple(above))
                found.append(current)
            section, above = "", []
            at = header.first
            continue
        if current is None:
            above.extend(filled)
        else:
            section = _take(sheet, at, texts, current, section, above)
        at += 1
    for table in found:
        _resolve_dittos(table)
        _fill_villages(table, sheet)
    return [t for t in found if t.lines]


def _may_be_head(filled: list[str], current: Table | None) -> bool:
    if len(filled) < 2 or any(re.search(r"\d{5,}", t) for t in filled):
        return False
    if current is None:
        return True
    known = sum(bool(field_of(t)) for t in filled)
    return known * 5 >= len(filled) * 3 and not any(re.fullmatch(r"[\d.,]+", t) for t in filled)


def _is_new(header: Header, old: Header) -> bool:
    return header.score >= max(2, min(3, old.score - 1))


def _take(sheet: RawSheet, at: int, texts: list[str], table: Table, section: str, above: list[str]) -> str:
    header = table.header
    row = sheet.first_row + at
    filled = [t for t in texts if t]
    if is_column_numbers(texts):
        return section
    cells: dict[str, object] = {
        name: sheet.rows[at][i] for name, i in header.columns.items() if i < len(sheet.rows[at])
    }
    has_figures = any(
        text_of(cells.get(name)) for name in ("value", "volume", "unit_price", "village", "location", "agency")
    )
    is_priced = amount(cells.get("value")).status in ("ok", "uncertain")
    title = text_of(cells.get("title")) or text_of(cells.get("problem"))
    number = text_of(cells.get("number"))
    if any(_TOTAL.match(t) for t in filled[:3]) and (not title or _TOTAL.match(title) or len(filled) <= 3):
        return section
    if (
        len(filled) <= 3
        and not re.fullmatch(r"\d+\.?", number)
        and any(_SIGNATURE.search(t) for t in filled)
        and not text_of(cells.get("value"))
    ):
        above.append(" ")
        return section
    if not has_figures or (len(filled) <= 2 and not is_priced):
        heading = _heading(filled, number, title, sheet, at)
        if heading:
            return heading
        if (
            title
            and not number
            and len(filled) == 1
            and table.lines
            and "number" in header.columns
            and header.columns["title"] == _first(texts)
        ):
            last = table.lines[-1]
            if not _NOTE.match(title) and last.row == row - 1 and (above[-1] if above else "") != " ":
                last.extra = f"{last.extra} {title}".strip()
            return section
        if not title and not has_figures:
            return section
        if len(filled) == 1 and (_NOTE.match(filled[0]) or not title):
            return section
    if not is_priced and len(filled) <= 2 and (not title or (above and above[-1] == " ")):
        return section
    levels = {name: text_of(sheet.rows[at][i]) for i, name in header.levels.items() if i < len(sheet.rows[at])}
    table.lines.append(Line(row, cells, header, section, levels, row in sheet.hidden_rows))
    return section


def _first(texts: list[str]) -> int:
    return next((i for i, t in enumerate(texts) if t), -1)


def _heading(filled: list[str], number: str, title: str, sheet: RawSheet, at: int) -> str:
    """The row as a section heading: roman or letter numbers, "Bidang …", or one merged or capital line; else empty."""
    if len(filled) > 2 or re.fullmatch(r"\d+\.?", number or ""):
        return ""
    text = " ".join(filled)
    if _SECTION.match(text) or re.fullmatch(r"[IVX]{1,5}\.?|[A-Z]\.?", filled[0]):
        return text
    merged = any(top == at and right - left >= 2 for top, left, _, right in sheet.merges)
    return text if merged and len(filled) == 1 else ""


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
