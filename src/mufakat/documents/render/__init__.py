"""Pure rendering: frozen data in, bytes out; no database, no clock.

`compile_pdf` sets one typst template into a PDF/A, `print_pdf` does the same for a paper of several parts and joins
them; `Table`, `Annex` and `Sum` are the tables all papers share. `unsupported`, `printable` and `clean` deal with
characters our fonts lack. `workbook` writes described `Sheet`s as XLSX.
"""

from mufakat.documents.render.glyphs import MissingGlyph, clean, printable, unsupported
from mufakat.documents.render.sheets import Band, Column, Sheet, Value
from mufakat.documents.render.tables import Annex, Cell, Sum, Table, TableGroup, cell, in_parts
from mufakat.documents.render.typesetting import RenderFailed, compile_parts, compile_pdf, print_pdf
from mufakat.documents.render.workbook import workbook

__all__ = [
    "Annex",
    "Band",
    "Cell",
    "Column",
    "MissingGlyph",
    "RenderFailed",
    "Sheet",
    "Sum",
    "Table",
    "TableGroup",
    "Value",
    "cell",
    "clean",
    "compile_parts",
    "compile_pdf",
    "in_parts",
    "print_pdf",
    "printable",
    "unsupported",
    "workbook",
]
