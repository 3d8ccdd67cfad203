"""XLSX from described sheets: the same bytes for the same input, safe to open, ready to print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from mufakat.documents.render.sheets import Band, Column, Sheet, Value

FORMATS = {"money": "#,##0", "number": "#,##0.###", "int": "0", "date": "dd/mm/yyyy", "code": "@"}
RISKY = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 32_767
PAPERS = {"a4": 9, "f4": 14}
LISTS = "_daftar"
INK, WASH, WRITE, HAIR = "#0F3C42", "#E4EEED", "#FFF8E6", "#BDB8AE"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def workbook(*, sheets: Sequence[Sheet], at: datetime, title: str = "", subject: str = "") -> bytes:
    """One XLSX file. `at` is the only moment in it.

    Text is always written as text: what begins with = + - @, a tab or a carriage return gets the quote prefix that a
    spreadsheet itself gives to text typed with an apostrophe. It stays text when edited and saved again, and the
    value that programs read back is unchanged (rule 100). Characters XML forbids are dropped; a text beyond 32.767
    characters, the format's limit, ends in "…".
    """
    from xlsxwriter import Workbook

    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "subject": subject, "created": at.replace(tzinfo=None), "author": "Mufakat"})
    writer = _Writer(book)
    for sheet in sheets:
        writer.write(sheet)
    writer.write_lists()
    book.close()
    return target.getvalue()


@dataclass(slots=True)
class _Writer:
    book: Any
    formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    def style(self, **properties: object) -> Any:
        """A format, made once; the order of first use is the order in the file."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"font_name": "Arial", "font_size": 10, "valign": "top", **properties}
            )
        return self.formats[key]

    def write(self, sheet: Sheet) -> None:
        """One worksheet from top to bottom."""
        page = self.book.add_worksheet(sheet.name)
        head_row = self._write_title(page, sheet)
        first = self._write_heads(page, sheet, head_row)
        end = self._write_rows(page, sheet, first)
        if sheet.totals is not None:
            self._write_band(page, sheet, end, Band(sheet.totals, is_sum=True))
        self._write_notes(page, sheet, end + (sheet.totals is not None) + 1)
        self._validate(page, sheet, first, end - 1)
        self._set_up(page, sheet, head_row, first, end)

    def write_lists(self) -> None:
        """The hidden sheet that holds the lists to choose from."""
        if not self.lists:
            return
        page = self.book.add_worksheet(LISTS)
        for column, choices in enumerate(self.lists):
            for row, choice in enumerate(choices):
                page.write_string(row, column, choice)
        page.hide()
        page.protect()

    def _write_title(self, page: Any, sheet: Sheet) -> int:
        for row, line in enumerate(sheet.title):
            style = (
                self.style(bold=True, font_size=13, font_color=INK) if row == 0 else self.style(font_color="#55524A")
            )
            page.write_string(row, 0, _text(line), style)
        return len(sheet.title) + bool(sheet.title)

    def _write_heads(self, page: Any, sheet: Sheet, row: int) -> int:
        style = self.style(
            bold=True, font_color="#FFFFFF", bg_color=INK, text_wrap=True, valign="vcenter", border=1, border_color=HAIR
        )
        for column, spec in enumerate(sheet.columns):
            page.write_string(row, column, spec.head, style)
        page.set_row(row, 15 * max((_lines(spec) for spec in sheet.columns), default=1) + 3)
        if not sheet.numbered:
            return row + 1
        small = self.style(font_size=8, align="center", font_color="#55524A", border=1, border_color=HAIR)
        for column in range(len(sheet.columns)):
            page.write_string(row + 1, column, f"({column + 1})", small)
        return row + 2

    def _write_rows(self, page: Any, sheet: Sheet, first: int) -> int:
        puts = [self._put(page, spec, sheet.protected) for spec in sheet.columns]
        row = first
        for values in sheet.rows:
            if isinstance(values, Band):
                self._write_band(page, sheet, row, values)
            else:
                for column, (put, value) in enumerate(zip(puts, values, strict=False)):
                    if not sheet.sparse or (value is not None and value != ""):
                        put(row, column, value)
            row += 1
        open_puts = [
            self._put(page, replace(spec, locked=spec.kind == "code"), sheet.protected) for spec in sheet.columns
        ]
        for row_of_form in range(row, row + sheet.blank_rows):
            for column, put in enumerate(open_puts):
                put(row_of_form, column, None)
        return row + sheet.blank_rows

    def _put(self, page: Any, spec: Column, protected: bool) -> Callable[[int, int, Value], object]:
        """The function that writes a value of this column, its formats decided once."""
        style, quoted = self._cell_style(spec, protected), self._cell_style(spec, protected, quote_prefix=True)
        string, number, empty, day = page.write_string, page.write_number, page.write_blank, page.write_datetime

        def put(row: int, column: int, value: Value) -> object:
            if value is None or value == "":
                return empty(row, column, None, style)
            if isinstance(value, str):
                return string(row, column, _text(value), quoted if value.startswith(RISKY) else style)
            if isinstance(value, date):
                return day(row, column, value, style)
            return number(row, column, value, style)

        return put

    def _cell_style(self, spec: Column, protected: bool, **more: object) -> Any:
        look: dict[str, object] = {"border": 1, "border_color": HAIR, **more}
        if spec.kind in FORMATS:
            look["num_format"] = FORMATS[spec.kind]
        if spec.kind in ("text", "choice"):
            look["text_wrap"] = True
        if protected and not spec.locked:
            look |= {"locked": False, "bg_color": WRITE}
        return self.style(**look)

    def _write_band(self, page: Any, sheet: Sheet, row: int, band: Band) -> None:
        for column, spec in enumerate(sheet.columns):
            value = band.values[column] if column < len(band.values) else None
            look: dict[str, object] = {"bold": True, "bg_color": WASH, "font_color": INK}
            look |= {"top": 1, "bottom": 1} if band.is_sum else {}
            if spec.kind in FORMATS and not isinstance(value, str):
                look["num_format"] = FORMATS[spec.kind]
            self._put_plain(page, row, column, value, self.style(**look))

    def _put_plain(self, page: Any, row: int, column: int, value: Value, style: Any) -> None:
        if value is None:
            page.write_blank(row, column, None, style)
        elif isinstance(value, str):
            page.write_string(row, column, _text(value), style)
        else:
            page.write_number(row, column, value, style)

    def _write_notes(self, page: Any, sheet: Sheet, row: int) -> None:
        for offset, line in enumerate(sheet.notes):
            page.write_string(row + offset, 0, _text(line), self.style(font_color="#55524A"))

    def _validate(self, page: Any, sheet: Sheet, first: int, last: int) -> None:
        if last < first:
            return
        for column, spec in enumerate(sheet.columns):
            if rule := self._rule(spec, is_open=not spec.locked):
                page.data_validation(first, column, last, column, rule)

    def _rule(self, spec: Column, *, is_open: bool) -> dict[str, object] | None:
        """What may be typed into a column: an item of its list, or a number that is not negative."""
        rule: dict[str, object] = {"validate": "any"}
        if spec.choices:
            message = "Pilih salah satu isi daftar."
            rule = {"validate": "list", "source": self._list(spec.choices), "error_message": message}
        elif is_open and spec.kind in ("money", "int", "number"):
            message = "Isi dengan angka saja, tidak negatif."
            kind = "decimal" if spec.kind == "number" else "integer"
            rule = {"validate": kind, "criteria": ">=", "value": 0, "error_message": message}
        elif not spec.help:
            return None
        if spec.help:
            rule |= {"input_title": spec.head[:32], "input_message": spec.help[:255]}
        return rule | {"error_title": "Isian tidak sesuai"}

    def _list(self, choices: tuple[str, ...]) -> str:
        """Reference to the list on the hidden sheet; lists in the rule itself end at 255 characters."""
        if choices not in self.lists:
            from xlsxwriter.utility import xl_col_to_name

            name = xl_col_to_name(len(self.lists))
            self.lists[choices] = f"={LISTS}!${name}$1:${name}${len(choices)}"
        return self.lists[choices]

    def _set_up(self, page: Any, sheet: Sheet, head_row: int, first: int, end: int) -> None:
        """Widths, frozen heads, filter, print and protection."""
        for column, spec in enumerate(sheet.columns):
            page.set_column(column, column, spec.width, None, {"hidden": True} if spec.hidden else {})
        page.freeze_panes(first, sheet.frozen_columns)
        last = len(sheet.columns) - 1
        if sheet.filtered and end > first:
            page.autofilter(first - 1, 0, end - 1, last)
        _print_set_up(page, sheet, head_row, first)
        if sheet.protected:
            page.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
        if sheet.hidden:
            page.hide()


def _print_set_up(page: Any, sheet: Sheet, head_row: int, first: int) -> None:
    if sheet.landscape:
        page.set_landscape()
    page.set_paper(PAPERS[sheet.paper])
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head_row, first - 1)
    footer = sheet.footer.replace("&", "&&")[:180]
    page.set_footer(f"&L&8{footer}&R&8Halaman &P dari &N")


def _text(value: str) -> str:
    """A text the format can hold."""
    value = _ILLEGAL.sub("", value)
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"


def _lines(spec: Column) -> int:
    """Lines a head takes in its column's width."""
    room = max(int(spec.width * 0.9), 4)
    return sum(1 for _ in _wrapped(spec.head.split(), room)) or 1


def _wrapped(words: Iterable[str], room: int) -> Iterable[str]:
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > room:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line
