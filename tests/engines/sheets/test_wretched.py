"""Sheets as villages really keep them: whole answers, shape by shape."""

from decimal import Decimal

import openpyxl
import pytest
import xlwt
from docx import Document
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from mufakat.engines.sheets import read
from mufakat.engines.sheets.model import Gazetteer, Severity, Village

KEBOMAS = Gazetteer(
    villages=(
        Village("35.25.14.1010", "Kebomas", "kelurahan", "Kebomas"),
        Village("35.25.14.1011", "Kawis Anyar", "kelurahan", "Kebomas", ("Kawisanyar",)),
        Village("35.25.14.1019", "Indro", "kelurahan", "Kebomas"),
        Village("35.25.14.2002", "Kembangan", "desa", "Kebomas"),
        Village("35.25.14.2003", "Kedayang", "desa", "Kebomas", ("Kedanyang",)),
        Village("35.25.14.2009", "Giri", "desa", "Kebomas"),
    ),
    elsewhere=(Village("35.25.13.2001", "Sidojangkung", "desa", "Menganti"),),
    kecamatan="Kebomas",
)


def xlsx(path, rows, merges=(), tab="Sheet1", hidden=()):
    book = openpyxl.Workbook()
    page = book.active
    page.title = tab
    for row in rows:
        page.append(row)
    for area in merges:
        page.merge_cells(area)
    for number in hidden:
        page.row_dimensions[number].hidden = True
    book.save(path)
    return path


def rows_of(*paths):
    reading = read(paths=paths, gazetteer=KEBOMAS)
    return [
        (r.village.name if r.village else None, r.title, r.volume, r.unit, r.value, r.is_faulty) for r in reading.rows
    ]


PLAIN = [
    ("Kembangan", "Drainase", Decimal(120), "m", 90_000_000, False),
    ("Kembangan", "Pos kamling", Decimal(1), "unit", 25_000_000, False),
]


def test_two_header_rows_column_numbers_section_total_and_signatures(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [
            ["DAFTAR USULAN DESA KEMBANGAN"],
            ["KECAMATAN KEBOMAS TAHUN 2023"],
            [],
            ["No", "Uraian Usulan", "Lokasi", "Volume", None, "Biaya"],
            [None, None, None, "Jumlah", "Satuan", "(Rp)"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["I.", "FISIK"],
            [1, "Drainase", "RT 01", 120, "m", 90000000],
            ["II.", "NON FISIK"],
            [2, "Pos kamling", "RT 02", 1, "unit", 25000000],
            [None, "JUMLAH", None, None, None, 115000000],
            [],
            [None, None, None, None, "Kembangan, 24 Januari 2022"],
            [None, None, None, None, "Kepala Desa"],
            [None, None, None, None, "(................)"],
        ],
        merges=("D4:E4", "A1:F1"),
    )

    reading = read(paths=[path], gazetteer=KEBOMAS)

    assert rows_of(path) == PLAIN
    assert [(r.section, r.source.row, r.rt) for r in reading.rows] == [
        ("I. FISIK", 8, "01"),
        ("II. NON FISIK", 10, "02"),
    ]
    assert [p for p in reading.problems if p.severity is Severity.FAULT] == []


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "cp1252"), (",", "utf-8-sig"), ("\t", "utf-16"), ("|", "utf-8")]
)
def test_text_tables_in_any_separator_and_encoding(tmp_path, separator, encoding):
    lines = [
        ["no", "desa", "pekerjaan", "vol", "sat", "perkiraan biaya"],
        ["1", "Ds. Kembangan", "Drainase", "120", "m", '"Rp 90.000.000,-"'],
        ["2", "KEMBANGAN", "Pos kamling", "1", "unit", "25 juta"],
    ]
    path = tmp_path / "usulan.csv"
    path.write_bytes("\n".join(separator.join(line) for line in lines).encode(encoding))

    assert rows_of(path) == PLAIN


def test_village_in_file_name_tab_and_header_block(tmp_path):
    body = [
        ["Usulan", "Volume", "Satuan", "Anggaran"],
        ["Drainase", "120 m", None, "90 jt"],
        ["Pos kamling", 1, "unit", "25.000.000"],
    ]
    by_file = xlsx(tmp_path / "Usulan Desa Kembangan 2022.xlsx", body)
    by_tab = xlsx(tmp_path / "b.xlsx", body, tab="Ds. Kembangan")
    by_block = xlsx(tmp_path / "c.xlsx", [["Desa", ": Kembangan"], ["Kecamatan", ": Kebomas"], [], *body])

    assert rows_of(by_file) == rows_of(by_tab) == rows_of(by_block) == PLAIN


def test_merged_village_cell_goes_down_and_misspelt_names_resolve(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [
            ["Desa/Kel", "Kegiatan", "Nilai (dalam ribuan)"],
            ["Kembangan", "Drainase", "90.000"],
            [None, "Pos kamling", 25000],
            ["Kawis anyer", "Taman", "10.500,5"],
            ["Kedanyang", "Pipa air", 1],
        ],
        merges=("A2:A3",),
    )

    assert [(v, t, n) for v, t, _, _, n, _ in rows_of(path)] == [
        ("Kembangan", "Drainase", 90_000_000),
        ("Kembangan", "Pos kamling", 25_000_000),
        ("Kawis Anyar", "Taman", 10_500_500),
        ("Kedayang", "Pipa air", 1000),
    ]


def test_xls_ods_and_word_tables(tmp_path):
    lines = [["Kelurahan", "Judul", "Volume", "Satuan", "Pagu"], ["Indro", "Talud", "140", "m", "259.000.000"]]
    old = xlwt.Workbook()
    page = old.add_sheet("Usulan")
    for r, line in enumerate(lines):
        for c, text in enumerate(line):
            page.write(r, c, text)
    old.save(str(tmp_path / "a.xls"))
    ods = OpenDocumentSpreadsheet()
    table = Table(name="Usulan")
    for line in lines:
        row = TableRow()
        for text in line:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    ods.spreadsheet.addElement(table)
    ods.save(str(tmp_path / "a.ods"))
    letter = Document()
    letter.add_paragraph("Bersama ini kami sampaikan usulan.")
    grid = letter.add_table(rows=0, cols=5)
    for line in lines:
        for cell, text in zip(grid.add_row().cells, line, strict=True):
            cell.text = text
    letter.save(str(tmp_path / "a.docx"))

    expected = [("Indro", "Talud", Decimal(140), "m", 259_000_000, False)]
    assert [rows_of(tmp_path / name) for name in ("a.xls", "a.ods", "a.docx")] == [expected] * 3


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("Kembangan", "", "90 juta"), "judul_kosong"),
        (("Kembangan", "Drainase", "±150 jt-an"), "nilai_tidak_pasti"),
        (("Kembangan", "Drainase", "100-150 juta"), "nilai_tidak_pasti"),
        (("Kembangan", "Drainase", "banyak"), "nilai_tidak_terbaca"),
        (("Kembangan", "Drainase", "0"), "nilai_nol"),
        (("Kembangan", "Drainase", "-5.000.000"), "nilai_nol"),
        (("Sidojangkung", "Drainase", "90 juta"), "desa_luar_kecamatan"),
        (("Antah Berantah", "Drainase", "90 juta"), "desa_tidak_dikenal"),
    ],
)
def test_only_what_cannot_be_used_is_a_fault(tmp_path, cells, code):
    path = xlsx(tmp_path / "a.xlsx", [["Desa", "Usulan", "Biaya"], list(cells), ["Giri", "Jembatan", "10 juta"]])

    reading = read(paths=[path], gazetteer=KEBOMAS)

    faults = [p for p in reading.problems if p.severity is Severity.FAULT]
    assert [(p.code, p.source.file, p.source.sheet, p.source.row) for p in faults] == [(code, "a.xlsx", "Sheet1", 2)]
    assert faults[0].what
    assert faults[0].remedy
    assert [r.is_faulty for r in reading.rows] == [True, False]


@pytest.mark.parametrize("blank", [None, "", "-", "Rp -", "belum dihitung", "menyusul"])
def test_a_blank_value_is_no_fault(tmp_path, blank):
    path = xlsx(tmp_path / "a.xlsx", [["Desa", "Usulan", "Lokasi", "Biaya"], ["Giri", "Jembatan", "RT 1", blank]])

    assert rows_of(path) == [("Giri", "Jembatan", None, "", None, False)]


def test_unit_price_products_dittos_and_differences(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [
            ["Desa", "Usulan", "Volume", "Satuan", "Harga Satuan", "Biaya", "SKPD"],
            ["Giri", "Kursi", 10, "buah", None, "@ Rp 7.500.000", "DPUTR"],
            ["s.d.a.", "Meja", 4, "buah", 500000, None, "sda"],
            ["idem", "Lampu", 3, "buah", 1000000, 5000000, "-"],
        ],
    )

    reading = read(paths=[path], gazetteer=KEBOMAS)

    assert [(r.village.name, r.value, r.unit_price, r.agency) for r in reading.rows] == [
        ("Giri", 75_000_000, 7_500_000, "DPUTR"),
        ("Giri", 2_000_000, 500_000, "DPUTR"),
        ("Giri", 5_000_000, 1_000_000, "-"),
    ]
    assert [(p.code, p.source.row) for p in reading.problems] == [("nilai_berbeda", 4)]


def test_private_numbers_enter_nothing(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [
            ["Desa", "Usulan", "Lokasi", "Biaya", "NIK", "Keterangan", "No HP"],
            [
                "Giri",
                "Jembatan (hub. 0812-3456-7890)",
                "RT 1",
                "1999888777666",
                "3525141234567890",
                "NIK 3525 1412 3456 7890",
                "+62 812 3456 7890",
            ],
            ["Giri", "Selokan 3525141234567890", "RT 2", "085711112222 tanya", "x", "", ""],
        ],
    )

    reading = read(paths=[path], gazetteer=KEBOMAS)

    text = repr((reading.rows, reading.problems))
    assert "3456" not in text
    assert "11112222" not in text
    assert reading.rows[0].value == 1_999_888_777_666


def test_hidden_rows_are_read_and_hidden_sheets_are_not(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [["Desa", "Usulan", "Biaya"], ["Giri", "Jembatan", 1000000], ["Giri", "Talud", 2000000]],
        hidden=(3,),
    )
    book = openpyxl.load_workbook(path)
    secret = book.create_sheet("Lama")
    secret.append(["Desa", "Usulan", "Biaya"])
    secret.append(["Giri", "Rahasia", 5])
    secret.sheet_state = "hidden"
    book.save(path)

    reading = read(paths=[path], gazetteer=KEBOMAS)

    assert [r.title for r in reading.rows] == ["Jembatan", "Talud"]
    assert [p.code for p in reading.problems] == ["lembar_tersembunyi", "baris_tersembunyi"]


def test_a_recap_tab_does_not_count_twice_and_repeated_heads_are_no_rows(tmp_path):
    head = ["Desa", "Usulan", "Biaya"]
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Giri"
    for line in (head, ["Giri", "Jembatan", 1000000], head, ["Giri", "Talud", 2000000]):
        page.append(line)
    recap = book.create_sheet("Rekap")
    for line in (head, ["Giri", "Jembatan", 1000000], ["Giri", "Talud", 2000000], ["TOTAL", None, 3000000]):
        recap.append(line)
    book.save(tmp_path / "a.xlsx")

    reading = read(paths=[tmp_path / "a.xlsx"], gazetteer=KEBOMAS)

    assert [r.title for r in reading.rows] == ["Jembatan", "Talud"]
    assert [p.code for p in reading.problems] == ["rekap_dilewati"]


def test_the_sipd_order_with_coordinates_in_the_address(tmp_path):
    heads = [
        "No",
        "ID Usulan",
        "Tanggal Usul",
        "Pengusul",
        "Profil",
        "Usulan",
        "Masalah",
        "Alamat",
        "Kab/Kota",
        "Kecamatan",
        "Kelurahan/Desa",
        "Usulan Ke",
        "OPD Tujuan Awal",
        "OPD Tujuan Akhir",
        "Status",
        "Catatan",
        "Rekom Mitra",
        "Rekom Kelurahan",
        "Rekom Kecamatan",
        "Rekom SKPD",
        "Rekom TAPD",
        "Volume",
        "Satuan",
        "Anggaran",
        "Jenis Belanja",
        "Sub Kegiatan",
    ]
    line = [
        1,
        "00123",
        "2022-01-10",
        "Desa Kembangan",
        "",
        "Drainase",
        "Banjir",
        "Jl. Raya, -7.17010, 112.60720",
        "Gresik",
        "Kebomas",
        "Kembangan",
        2,
        "DLH",
        "DPUTR",
        "Diteruskan",
        "",
        "",
        "",
        "",
        "",
        "",
        "420 m",
        "m",
        "378.000.000",
        "",
        "",
    ]
    path = xlsx(tmp_path / "sipd.xlsx", [heads, line])

    (row,) = read(paths=[path], gazetteer=KEBOMAS).rows

    assert (row.village.name, row.title, row.problem, row.sipd_id, row.agency, row.priority) == (
        "Kembangan",
        "Drainase",
        "Banjir",
        "00123",
        "DPUTR",
        2,
    )
    assert (row.volume, row.unit, row.value, row.latitude, row.longitude) == (
        Decimal(420),
        "m",
        378_000_000,
        Decimal("-7.17010"),
        Decimal("112.60720"),
    )


def test_without_a_list_the_villages_come_from_the_sheet(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [
            ["Kelurahan", "Usulan", "Lokasi", "Biaya"],
            ["KAUMAN", "Rabat", "Kelurahan Kauman", 5],
            ["Kauman", "Taman", "RT 1", 6],
        ],
    )

    reading = read(paths=[path], gazetteer=Gazetteer(kecamatan="Klojen"))

    assert reading.villages_from_sheets
    assert [(v.name, v.kind) for v in reading.villages] == [("Kauman", "kelurahan")]
    assert {r.village for r in reading.rows} == set(reading.villages)
    assert [p.code for p in reading.problems] == ["desa_dari_lembar"]


def test_ranks_in_titles_belong_to_the_proposers(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [["Kelurahan", "Usulan", "Biaya"], ["Indro", "Rabat (RW 01 P2)", 5], ["Indro", "Taman (RW 02 P1)", 6]],
    )

    reading = read(paths=[path], gazetteer=KEBOMAS)

    assert [(r.proposer, r.proposer_rank, r.priority) for r in reading.rows] == [("RW 01", 2, None), ("RW 02", 1, None)]


def test_an_empty_template_yields_no_row(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [["No", "Usulan", "Biaya"], [1, None, None], [2, None, None], ["", "JUMLAH", 0]])

    assert rows_of(path) == []


def test_villages_as_section_headings(tmp_path):
    path = xlsx(
        tmp_path / "rekap.xlsx",
        [
            ["REKAP USULAN KECAMATAN KEBOMAS"],
            ["No", "Usulan", "Lokasi", "Jumlah (Rp)"],
            ["A", "DESA KEMBANGAN"],
            [1, "Drainase", "RT 1", 90000000],
            [None, "JUMLAH DESA", None, 90000000],
            ["B", "KELURAHAN INDRO"],
            [1, "Talud", "RW 1", 50000000],
            ["2", "Pompa", "RW 2", "75 jt"],
            [None, "TOTAL", None, 215000000],
        ],
    )

    assert [(v, t, n) for v, t, _, _, n, _ in rows_of(path)] == [
        ("Kembangan", "Drainase", 90_000_000),
        ("Indro", "Talud", 50_000_000),
        ("Indro", "Pompa", 75_000_000),
    ]


def test_several_tables_with_the_village_between(tmp_path):
    head = ["No", "Kegiatan", "Volume", "Satuan", "Jumlah"]
    path = xlsx(
        tmp_path / "a.xlsx",
        [
            ["Desa : Kembangan"],
            head,
            [1, "Drainase", 120, "m", 90000000],
            [],
            ["Desa : Giri"],
            head,
            [1, "Jembatan", 1, "unit", 5000000],
        ],
    )

    assert rows_of(path) == [
        ("Kembangan", "Drainase", Decimal(120), "m", 90_000_000, False),
        ("Giri", "Jembatan", Decimal(1), "unit", 5_000_000, False),
    ]


def test_rp_in_a_column_of_its_own_words_in_brackets_and_roman_ranks(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [
            ["Prioritas", "Desa", "Usulan", "Biaya", None],
            ["I", "Giri", "Jembatan", "Rp", "5.000.000"],
            ["II", "Giri", "Talud", "Rp 7.000.000,- (tujuh juta rupiah)", None],
        ],
        merges=("D1:E1",),
    )

    reading = read(paths=[path], gazetteer=KEBOMAS)

    assert [(r.priority, r.title, r.value) for r in reading.rows] == [
        (1, "Jembatan", 5_000_000),
        (2, "Talud", 7_000_000),
    ]


def test_without_headings_the_columns_are_guessed_and_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("1;Kembangan;Drainase tepi jalan;120;m;90.000.000\n2;Giri;Jembatan gantung;1;unit;5.000.000\n")

    reading = read(paths=[path], gazetteer=KEBOMAS)

    assert [(r.village.name, r.title, r.volume, r.unit, r.value) for r in reading.rows] == [
        ("Kembangan", "Drainase tepi jalan", Decimal(120), "m", 90_000_000),
        ("Giri", "Jembatan gantung", Decimal(1), "unit", 5_000_000),
    ]
    assert [p.code for p in reading.problems] == ["kolom_ditebak"]


def test_two_header_rows_over_place_and_money(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [
            ["NO", "JENIS KEGIATAN", "LOKASI", None, None, "VOLUME", "PERKIRAAN BIAYA", None, "KET"],
            [None, None, "DESA", "RT", "RW", None, "JUMLAH (Rp)", "SUMBER", None],
            [1, "Drainase", "Kembangan", 1, 2, "120 m", 90000000, "APBD", "x"],
        ],
        merges=("C1:E1", "G1:H1", "A1:A2", "B1:B2", "F1:F2", "I1:I2"),
    )

    (row,) = read(paths=[path], gazetteer=KEBOMAS).rows

    assert (row.village.name, row.rt, row.rw, row.volume, row.unit, row.value, row.note) == (
        "Kembangan",
        "01",
        "02",
        Decimal(120),
        "m",
        90_000_000,
        "x",
    )
