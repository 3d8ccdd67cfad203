"""CSV and TSV: encoding and separator found from the content."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from typing import Any

from mufakat.engines.sheets.model import Limits
from mufakat.engines.sheets.refusals import Refused

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_LINES = 400


def decode(data: bytes) -> str:
    """Text of a file: byte order mark, UTF-16 without one, UTF-8, else Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, encoding)
    if guessed := _bare_utf16(data[:4096]):
        return _strict(data, guessed)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return _only_text(text)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _only_text(data.decode(encoding))
    except UnicodeDecodeError:
        raise Refused("berkas_rusak", detail="huruf tidak dapat dibaca") from None


def _bare_utf16(head: bytes) -> str:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    if len(head) < 4 or b"\0" not in head:
        return ""
    pairs = max(1, len(head) // 2)
    if head[1::2].count(0) > 0.7 * pairs:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * pairs:
        return "utf-16-be"
    return ""


def _only_text(text: str) -> str:
    """Refuse what is not writing at all: control characters in number."""
    head = text[:20_000]
    odd = sum(1 for letter in head if (letter < " " and letter not in "\t\r\n\f\v") or letter == "\ufffd")
    if odd > max(3, len(head) // 50) or "\0" in head:
        raise Refused("bukan_lembar_kerja", actual="data biner yang tidak dikenal")
    return text


def parse(text: str, limits: Limits) -> list[dict[str, Any]]:
    """One sheet; a record is a row, also where a quoted cell holds several lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if not text.strip():
        raise Refused("berkas_kosong")
    stated, text, skipped = _stated_separator(text)
    separator = stated or find_separator(text)
    rows: list[list[str]] = [[] for _ in range(skipped)]
    cells = 0
    for record in _records(text, separator):
        rows.append(record)
        cells += len(record)
        if cells > limits.cells or len(rows) > limits.rows:
            raise Refused("terlalu_banyak_sel", limit=str(limits.cells))
        if len(record) > limits.columns:
            raise Refused("sel_terlalu_jauh", sheet="CSV", cell=f"kolom {len(record)}")
    return [{"name": "CSV", "rows": rows}]


def _stated_separator(text: str) -> tuple[str, str, int]:
    """Excel's first line `sep=;`: the separator, the rest, and how many rows it took."""
    first, _, rest = text.partition("\n")
    line = first.strip().strip('"')
    if line.lower().startswith("sep=") and len(line) == 5:
        return line[4], rest, 1
    return "", text, 0


def _records(text: str, separator: str) -> list[list[str]]:
    """Records of the whole text. A stray quote mark (a ditto, an inch) must not swallow the lines after it."""
    csv.field_size_limit(10_000_000)
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    try:
        records = list(csv.reader((line + "\n" for line in lines), delimiter=separator, strict=True))
        if not _swallowed(records):
            return [[cell.rstrip("\n") for cell in record] for record in records]
    except csv.Error:
        pass
    return [_plain_record(line, separator) for line in lines]


def _swallowed(records: list[list[str]]) -> bool:
    """Whether a quoted cell ran over more lines than a person writes in one cell."""
    return any(cell.count("\n") > 25 for record in records for cell in record)


def _plain_record(line: str, separator: str) -> list[str]:
    """One line on its own: quoted where the quotes close, else split as it stands."""
    try:
        return next(iter(csv.reader([line], delimiter=separator, strict=True)), [])
    except csv.Error:
        return line.split(separator)


def find_separator(text: str) -> str:
    """The separator that cuts most lines into the same number of cells, more than one."""
    lines = [line for line in text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        try:
            widths = [len(record) for record in csv.reader(lines, delimiter=separator) if record]
        except csv.Error:
            widths = [line.count(separator) + 1 for line in lines]
        score = _evenness(widths)
        if score > best_score:
            best, best_score = separator, score
    return best


def _evenness(widths: list[int]) -> tuple[float, int]:
    """(share of records with the commonest width above one, that width)."""
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return (0.0, 0)
    width, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return (count / len(widths), width)
