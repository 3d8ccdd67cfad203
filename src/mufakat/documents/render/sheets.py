"""A workbook described as frozen data; `workbook.py` writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "code", "money", "number", "int", "date", "choice"]
Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind` decides format and alignment.

    text wraps; code is text that must keep its zeros and dots; money is whole rupiah; number has up to three
    decimals; choice offers `choices` as a list. `help` appears beside the cell when it is selected.
    """

    head: str
    kind: Kind = "text"
    width: float = 14
    """In characters, as spreadsheets count them."""
    choices: tuple[str, ...] = ()
    locked: bool = True
    """Only matters on a protected sheet; columns that are not locked are tinted as places to write."""
    help: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A row between the rows: a group heading or a subtotal, set apart from the data."""

    values: Sequence[Value]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: title lines, heads, rows, a row of totals, notes below.

    Each row has one value per column (or fewer). Totals are numbers, never formulas, so that every reader and
    every program sees them. `blank_rows` adds that many empty rows to fill in, with lists and formats.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value] | Band] = ()
    title: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    totals: Sequence[Value] | None = None
    numbered: bool = False
    """With a row of column numbers (1), (2), … under the heads, as official forms have."""
    frozen_columns: int = 0
    filtered: bool = True
    protected: bool = False
    """Without a password: it guards against slips, not against people."""
    paper: Literal["a4", "f4"] = "a4"
    landscape: bool = True
    footer: str = ""
    blank_rows: int = 0
    sparse: bool = False
    """Leave empty cells out of the file: for long tables of data that nobody prints."""
    hidden: bool = False
