"""Tables of a Word document (.docx) as sheets: spans, vertical merges, nested tables, the text above each."""

from __future__ import annotations

import zipfile
from typing import Any

from mufakat.engines.sheets import guard
from mufakat.engines.sheets.model import Limits
from mufakat.engines.sheets.refusals import Refused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ABOVE = 12


def parse(archive: zipfile.ZipFile, limits: Limits) -> list[dict[str, Any]]:
    """Every table in order of the document, named "Tabel 1"…; the last lines of text before it are its `above`."""
    from lxml import etree

    part = next(n for n in sorted(archive.namelist()) if n.startswith("word/document") and n.endswith(".xml"))
    guard.check_xml(archive, part, limits, cell=":tc")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    body = etree.fromstring(archive.read(part), parser).find(f"{_W}body")
    if body is None:
        raise Refused("berkas_rusak", detail="dokumen Word tanpa isi")
    sheets: list[dict[str, Any]] = []
    above: list[str] = []
    for child in body.iter(f"{_W}p", f"{_W}tbl"):
        if child.tag == f"{_W}tbl":
            sheets.append(_sheet(child, len(sheets) + 1, above[-_ABOVE:], limits))
            above = []
        elif not _inside_table(child):
            text = _paragraph(child)
            if text:
                above.append(text)
    return sheets or [{"name": "Dokumen", "rows": [], "above": above[-_ABOVE:]}]


def _inside_table(element: Any) -> bool:
    return any(a.tag == f"{_W}tbl" for a in element.iterancestors())


def _sheet(table: Any, number: int, above: list[str], limits: Limits) -> dict[str, Any]:
    rows: list[list[str]] = []
    merges: list[list[int]] = []
    open_merges: dict[int, list[int]] = {}
    for at, row in enumerate(table.findall(f"{_W}tr")):
        texts: list[str] = []
        for cell in row.iterfind(f".//{_W}tc"):
            if next(a for a in cell.iterancestors() if a.tag == f"{_W}tbl") is not table:
                continue
            span = _number(cell, "gridSpan")
            column = len(texts)
            if len(texts) + span > limits.columns:
                raise Refused("sel_terlalu_jauh", sheet=f"Tabel {number}", cell=f"kolom {len(texts) + span}")
            texts.extend([_cell(cell), *[""] * (span - 1)])
            _merge(cell, at, column, span, merges, open_merges)
        rows.append(texts)
    return {"name": f"Tabel {number}", "rows": rows, "merges": merges, "above": above}


def _merge(cell: Any, at: int, column: int, span: int, merges: list[list[int]], opened: dict[int, list[int]]) -> None:
    mark = cell.find(f"{_W}tcPr/{_W}vMerge")
    if mark is not None and mark.get(f"{_W}val") != "restart" and column in opened:
        opened[column][2] = at
        return
    opened.pop(column, None)
    if span > 1 or mark is not None:
        area = [at, column, at, column + span - 1]
        merges.append(area)
        if mark is not None:
            opened[column] = area


def _number(cell: Any, name: str) -> int:
    found = cell.find(f"{_W}tcPr/{_W}{name}")
    text = found.get(f"{_W}val", "1") if found is not None else "1"
    return max(1, int(text)) if text.isdigit() and len(text) < 5 else 1


def _cell(cell: Any) -> str:
    return "\n".join(filter(None, (_paragraph(p) for p in cell.findall(f"{_W}p"))))


def _paragraph(paragraph: Any) -> str:
    nodes = paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
    return "".join((node.text or "") if node.tag == f"{_W}t" else " " for node in nodes).strip()
