"""The XLSX writer: text stays text, money is a number, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from mufakat.documents.render import Band, Column, Sheet, workbook

AT = datetime(2022, 2, 3)
COLUMNS = (
    Column("Kode", "code", 10),
    Column("Usulan", "text", 40),
    Column("Nilai (Rp)", "money", 16),
    Column("Volume", "number", 10),
    Column("Hasil", "choice", 18, ("disepakati", "cadangan, bersyarat"), locked=False, help="Pilih hasil forum."),
    Column("Nilai disepakati", "money", 16, locked=False),
    Column("Tanggal", "date", 12),
)
ROWS = (
    ("01.0020", "=1+1", 10_500_000, Decimal("1.125"), "disepakati", None, date(2022, 2, 3)),
    ("00", "Saluran\nkedua", 2**53 - 1, Decimal(3), None, 5, None),
)


def sheet(**changes: Any) -> Sheet:
    """A worksheet to fill in."""
    return Sheet(**({"name": "Lembar kerja", "columns": COLUMNS, "rows": ROWS} | changes))


def opened(*sheets: Sheet) -> openpyxl.Workbook:
    """What openpyxl reads of the written file."""
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets=sheets, at=AT)))


def test_workbook_same_input_same_bytes():
    assert workbook(sheets=[sheet()], at=AT, title="x") == workbook(sheets=[sheet()], at=AT, title="x")


def test_workbook_holds_no_other_moment():
    core = zipfile.ZipFile(io.BytesIO(workbook(sheets=[sheet()], at=AT))).read("docProps/core.xml").decode()

    assert core.count("2022-02-03T00:00:00Z") == 2


def test_workbook_reads_back_what_was_written():
    page = opened(sheet(title=("Judul",), totals=("Jumlah", None, 12)))["Lembar kerja"]

    assert [[c.value for c in row] for row in page.iter_rows(min_row=3)] == [
        [c.head for c in COLUMNS],
        ["01.0020", "=1+1", 10_500_000, 1.125, "disepakati", None, datetime(2022, 2, 3)],
        ["00", "Saluran\nkedua", 2**53 - 1, 3, None, 5, None],
        ["Jumlah", None, 12, None, None, None, None],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@x", "\t=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")'])
def test_risky_text_is_quoted_text_and_reads_back_unchanged(text: str):
    written = workbook(sheets=[sheet(rows=[("1", text)])], at=AT)

    cell = openpyxl.load_workbook(io.BytesIO(written)).active["B2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_index(0).to_python()[1][1] == text
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(written)).read("xl/worksheets/sheet1.xml")


def test_codes_are_text_and_money_is_a_number_with_separators():
    page = opened(sheet()).active

    assert [(c.data_type, c.number_format) for c in page[2]][:4] == [
        ("s", "@"), ("s", "General"), ("n", "#,##0"), ("n", "#,##0.###"),
    ]  # fmt: skip


def test_protected_sheet_opens_only_what_is_to_be_filled_in():
    page = opened(sheet(protected=True)).active

    assert page.protection.sheet
    assert [c.head for c, cell in zip(COLUMNS, page[2], strict=True) if not cell.protection.locked] == [
        "Hasil", "Nilai disepakati",
    ]  # fmt: skip


def test_choices_stand_on_a_hidden_list_that_rules_refer_to():
    book = opened(sheet(), sheet(name="Kedua"))

    rules = {str(r.sqref): (r.type, r.formula1) for r in book["Kedua"].data_validations.dataValidation}
    assert rules == {"E2:E3": ("list", "_daftar!$A$1:$A$2"), "F2:F3": ("whole", "0")}
    assert [c.value for c in book["_daftar"]["A"]] == ["disepakati", "cadangan, bersyarat"]
    assert book["_daftar"].sheet_state == "hidden"


def test_page_is_set_up_for_printing():
    page = opened(sheet(title=("Judul", "Baris kedua"), numbered=True, paper="f4", frozen_columns=2)).active

    assert (page.print_title_rows, page.freeze_panes) == ("$4:$5", "C6")
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 14, 0)
    assert page.auto_filter.ref == "A5:G7"


def test_bands_stand_between_rows():
    page = opened(sheet(rows=[Band(("Dinas A",)), ROWS[0], Band(("Jumlah", None, 7), is_sum=True)])).active

    assert [row[0].value for row in page.iter_rows(min_row=2)] == ["Dinas A", "01.0020", "Jumlah"]
    assert (page["C4"].value, page["C4"].number_format, page["C4"].font.bold) == (7, "#,##0", True)


def test_texts_the_format_cannot_hold_are_cut_and_cleaned():
    page = opened(sheet(rows=[("1", "a\x00b\ud800c"), ("2", "x" * 40_000)])).active

    assert page["B2"].value == "abc"
    assert page["B3"].value == "x" * 32_766 + "…"


def test_sheet_without_rows_still_has_its_heads():
    page = opened(sheet(rows=())).active

    assert [c.value for c in page[1]] == [c.head for c in COLUMNS]
    assert page.max_row == 1
