"""Tables that web pages export under the name .xls: HTML, and the XML spreadsheet of Excel 2003."""

from __future__ import annotations

import re
from typing import Any

from mufakat.engines.sheets.model import Limits
from mufakat.engines.sheets.refusals import Refused

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def parse_html(text: str, limits: Limits) -> list[dict[str, Any]]:
    """Every outermost table of a page, spans spread out. Nothing outside the text is ever fetched."""
    from lxml import html

    parser = html.HTMLParser(no_network=True, huge_tree=False, recover=True)
    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    tables = [t for t in root.iter("table") if next(t.iterancestors("table"), None) is None]
    return [_html_table(t, n, limits) for n, t in enumerate(tables, start=1)]


def _html_table(table: Any, number: int, limits: Limits) -> dict[str, Any]:
    grid: list[list[str]] = []
    merges: list[list[int]] = []
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(table.iter("tr")):
        texts: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while (at, len(texts)) in taken:
                texts.append("")
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            column = len(texts)
            if column + across > limits.columns or at > limits.rows:
                raise Refused("sel_terlalu_jauh", sheet=f"Tabel {number}", cell=f"kolom {column + across}")
            texts.extend([" ".join(cell.text_content().split()), *[""] * (across - 1)])
            if down > 1 or across > 1:
                merges.append([at, column, at + down - 1, column + across - 1])
                taken.update((r, c) for r in range(at + 1, at + down) for c in range(column, column + across))
        grid.append(texts)
    return {"name": f"Tabel {number}", "rows": grid, "merges": merges}


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(1, min(1000, int(text))) if text.isdigit() and len(text) < 6 else 1


def parse_xml2003(data: bytes, limits: Limits) -> list[dict[str, Any]]:
    """Every worksheet of an XML spreadsheet; a document type is refused."""
    from lxml import etree

    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", data, re.IGNORECASE):
        raise Refused("xml_berbahaya")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise Refused("berkas_rusak", detail="bukan XML yang utuh") from None
    return [_worksheet(s, limits) for s in root.iter(f"{_SS}Worksheet")]


def _worksheet(sheet: Any, limits: Limits) -> dict[str, Any]:
    name = sheet.get(f"{_SS}Name", "Lembar")
    rows: list[list[Any]] = []
    for row in sheet.iter(f"{_SS}Row"):
        index = _index(row, len(rows) + 1, limits.rows, name)
        rows.extend([] for _ in range(index - 1 - len(rows)))
        cells: list[Any] = []
        for cell in row.iterchildren(f"{_SS}Cell"):
            column = _index(cell, len(cells) + 1, limits.columns, name)
            cells.extend([None] * (column - 1 - len(cells)))
            cells.append(_value(cell.find(f"{_SS}Data")))
        rows.append(cells)
    return {"name": name, "rows": rows}


def _index(element: Any, default: int, most: int, sheet: str) -> int:
    text = element.get(f"{_SS}Index", "")
    index = int(text) if text.isdigit() and len(text) < 9 else default
    if index > most or index < default:
        raise Refused("sel_terlalu_jauh", sheet=sheet, cell=f"nomor {index}")
    return index


def _value(data: Any) -> Any:
    if data is None:
        return None
    text = "".join(data.itertext())
    if data.get(f"{_SS}Type") == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    return text
