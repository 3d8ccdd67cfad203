"""Pure rendering: frozen data in, bytes out; no database, no clock.

`compile_pdf` sets one typst template into a PDF/A, `print_pdf` does the same for a paper of several parts and joins
them; `Table`, `Annex` and `Sum` are the tables all papers share. `unsupported`, `printable` and `clean` deal with
characters our fonts lack.
"""

from mufakat.documents.render.glyphs import MissingGlyph, clean, printable, unsupported
from mufakat.documents.render.tables import Annex, Cell, Sum, Table, TableGroup, cell, in_parts
from mufakat.documents.render.typesetting import RenderFailed, compile_parts, compile_pdf

__all__ = [
    "Annex",
    "Cell",
    "MissingGlyph",
    "RenderFailed",
    "Sum",
    "Table",
    "TableGroup",
    "cell",
    "clean",
    "compile_parts",
    "compile_pdf",
    "in_parts",
    "printable",
    "unsupported",
]
