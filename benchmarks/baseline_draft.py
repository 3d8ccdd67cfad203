"""What people would script: the same sheet read and its lists written with openpyxl, printed with WeasyPrint.

Called by `draft.py` as a process of its own. It writes the workbook of lists (all data, priorities, the rest, and
the worksheet) and two PDFs (the priorities and the rest as annexes; the plan's full list), and decides nothing.
"""

import sys
from html import escape
from pathlib import Path

from openpyxl import Workbook, load_workbook


def measure(sheet: str, out: str) -> None:
    """Read, write, print."""
    from weasyprint import HTML

    folder = Path(out)
    folder.mkdir(exist_ok=True)
    heads, *rows = load_workbook(sheet, read_only=True).active.iter_rows(values_only=True)
    agreed, rest = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    for name, tabs in (("lampiran", (agreed, rest, rows)), ("lembar-kerja", (rows,))):
        book = Workbook()
        for lines in tabs:
            page = book.create_sheet()
            page.append(heads)
            for line in lines:
                page.append(line)
        book.save(folder / f"{name}.xlsx")
    for name, tables in (("berita-acara", (agreed, rest)), ("rancangan", (rows,))):
        body = "".join(_table(heads, lines) for lines in tables)
        style = "@page { size: A4 landscape; @bottom-right { content: counter(page) ' dari ' counter(pages) } }"
        html = f"<style>{style} table {{ border-collapse: collapse; font-size: 8pt }}</style>{body}"
        HTML(string=html).write_pdf(folder / f"{name}.pdf")


def _table(heads: tuple, rows: list) -> str:
    head = "".join(f"<th>{escape(str(h))}</th>" for h in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(c))}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


if __name__ == "__main__":
    measure(*sys.argv[1:])
