"""The command as an officer runs it: before the forum, the filled worksheet, the berita acara."""

import csv
import hashlib
import io
import json
from pathlib import Path

import jsonschema
import openpyxl
import pypdf
import pytest

from mufakat.cli import main

SCHEMA = Path(__file__).parents[3] / "docs/reference/hasil.schema.json"
FILES = {
    "berita-acara.pdf",
    "rancangan-rencana-pembangunan-kecamatan.pdf",
    "lembar-kerja.xlsx",
    "lampiran.xlsx",
    "impor.xlsx",
}
ROWS = (
    ("1", "Giri", "Pembangunan jembatan kali", "RW 02", "1", "unit", "Rp 450.000.000,-", "DPUTR"),
    ("2", "Giri", "Rehab UPT SD Negeri 3", "RW 01", "2", "ruang", "180 juta", "Dinkes"),
    ("1", "Indro", "Rumah pompa banjir", "RW 01", "1", "unit", "415000000", "DPUTR"),
    ("2", "Indro", "Paving jalan lingkungan", "RT 01 RW 01", "120", "m2", "36.000.000", "DCKPKP"),
    ("1", "Kembangan", "Pelebaran jalan provinsi", "Jl. Raya", "800", "m", "1,2 M", "DPUTR"),
    ("2", "Kembangan", "Puskesmas pembantu", "Dusun", "1", "unit", "", "Dinkes"),
    ("3", "Kembangan", "Kamera CCTV", "RW 3", "8", "titik", "±150 jt-an", "Kominfo"),
)


@pytest.fixture
def sheet(tmp_path):
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(("Prioritas", "Desa/Kelurahan", "Usulan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)", "OPD"))
    writer.writerows(ROWS)
    path = tmp_path / "usulan.csv"
    path.write_text(buffer.getvalue(), encoding="utf-8")
    return path


def draft(sheet, out, *more):
    return main(
        [
            "draft",
            str(sheet),
            "--kecamatan",
            "35.25.14",
            "--tahun",
            "2023",
            "--tanggal",
            "2022-02-03",
            "--out",
            str(out),
            *more,
        ]
    )


def outcome(folder):
    data = json.loads((folder / "hasil.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return data


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split())


def fill(worksheet, changes, **tabs):
    """Write into a copy of the worksheet what a hall would: {number: {heading: value}}, and rows of other tabs."""
    book = openpyxl.load_workbook(worksheet)
    page = book["Usulan"]
    head = next(row for row in page.iter_rows() if any(c.value == "Hasil forum" for c in row))
    columns = {c.value: c.column for c in head}
    for row in page.iter_rows(min_row=head[0].row + 1):
        number = row[columns["No"] - 1].value
        for name, value in changes.get(number, {}).items():
            page.cell(row[0].row, columns[name]).value = value
    for tab, lines in tabs.items():
        page = book[tab]
        first = next(row[0].row for row in page.iter_rows() if row[1].value in ("Nama", "Dari")) + 1
        for offset, line in enumerate(lines):
            for column, value in enumerate(line, start=1):
                page.cell(first + offset, column, value)
    target = worksheet.with_name("terisi.xlsx")
    book.save(target)
    return target


def test_before_the_forum_everything_is_a_draft(sheet, tmp_path):
    out = tmp_path / "hasil"

    assert draft(sheet, out, "--pagu", "900000000") == 0

    data = outcome(out)
    assert {p.name for p in out.iterdir()} == FILES | {"hasil.json"}
    assert data["files"] == {n: hashlib.sha256((out / n).read_bytes()).hexdigest() for n in sorted(FILES)}
    assert [(r["number"], r["result"], r["rank"], r["value"]) for r in data["rows"]] == [
        (1, "disepakati", 2, 450_000_000),
        (2, "cadangan", None, 180_000_000),
        (3, "disepakati", 1, 415_000_000),
        (4, "kewenangan_kelurahan", None, 36_000_000),
        (5, "diteruskan_supra", None, 1_200_000_000),
        (6, "cadangan", None, None),
        (7, "tertolak_impor", None, None),
    ]
    assert data["rows"][1]["agency"] == "Dinas Pendidikan"
    assert data["totals"]["agreed_value"] == 865_000_000
    minutes = text_of(out / "berita-acara.pdf")
    assert "RANCANGAN" in minutes
    assert "Rp865.000.000" in minutes
    assert "delapan ratus enam puluh lima juta rupiah" in minutes


def test_same_input_gives_the_same_bytes(sheet, tmp_path):
    for name in ("a", "b"):
        assert draft(sheet, tmp_path / name) == 0

    for file in sorted(FILES | {"hasil.json"}):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file


def test_the_whole_circle_ends_in_a_final_berita_acara(sheet, tmp_path):
    before, after = tmp_path / "sebelum", tmp_path / "sesudah"
    draft(sheet, before, "--pagu", "900000000")
    filled = fill(
        before / "lembar-kerja.xlsx",
        {
            1: {"Urutan forum": 1, "Nilai disepakati (Rp)": 400_000_000},
            2: {"Hasil forum": "Disepakati", "Urutan forum": 2, "Nilai disepakati (Rp)": 170_000_000},
            3: {"Hasil forum": "Belum disepakati", "Kode alasan": "DOK"},
        },
        Kehadiran=[
            (1, "Lurah Indro", "L", "Kepala desa/lurah", "Kelurahan Indro", "Lurah", "Kelurahan Indro"),
            (2, "Ketua TP PKK", "P", "PKK dan kelompok perempuan", "TP PKK", "Ketua", ""),
        ],
        Delegasi=[
            (1, "Lurah Indro", "L", "Kepala desa/lurah", "Kelurahan Indro"),
            (2, "Ketua TP PKK", "P", "PKK dan kelompok perempuan", "TP PKK"),
            (3, "Ketua LKMK", "L", "LKMK/LKMD/LPM", "LKMK"),
        ],
    )

    assert draft(sheet, after, "--pagu", "900000000", "--keputusan", str(filled)) == 0

    data = outcome(after)
    assert data["parameters"]["final"] is True
    assert [(r["number"], r["result"], r["rank"], r["value"], r["reason_code"]) for r in data["rows"][:3]] == [
        (1, "disepakati", 1, 400_000_000, ""),
        (2, "disepakati", 2, 170_000_000, ""),
        (3, "belum_disepakati", None, 415_000_000, "DOK"),
    ]
    assert [r["recommended"]["result"] for r in data["rows"][:3]] == ["disepakati", "cadangan", "disepakati"]
    assert data["totals"]["agreed_value"] == 570_000_000
    minutes = text_of(after / "berita-acara.pdf")
    assert "RANCANGAN BERITA" not in minutes.upper()
    for words in (
        "Kamis tanggal tiga bulan Februari tahun dua ribu dua puluh dua",
        "Rp570.000.000",
        "Ketua TP PKK",
        "lima ratus tujuh puluh juta rupiah",
        "bukan jaminan penganggaran",
    ):
        assert words in minutes


def test_a_row_left_open_keeps_the_berita_acara_a_draft(sheet, tmp_path, capsys):
    before, after = tmp_path / "sebelum", tmp_path / "sesudah"
    draft(sheet, before)
    filled = fill(before / "lembar-kerja.xlsx", {1: {"Hasil forum": None}})

    assert draft(sheet, after, "--keputusan", str(filled)) == 0

    assert outcome(after)["parameters"]["final"] is False
    assert "RANCANGAN" in text_of(after / "berita-acara.pdf")
    assert "tetap RANCANGAN" in capsys.readouterr().err


def test_strict_writes_no_documents_while_a_row_is_faulty(sheet, tmp_path, capsys):
    out = tmp_path / "hasil"

    assert draft(sheet, out, "--strict") == 1

    assert sorted(p.name for p in out.iterdir()) == ["hasil.json", "impor.xlsx"]
    assert list(outcome(out)["files"]) == ["impor.xlsx"]
    assert "±150 jt-an" in capsys.readouterr().err


def test_nothing_usable_is_said(tmp_path, capsys):
    path = tmp_path / "kosong.csv"
    path.write_text("Desa,Usulan,Biaya\n", encoding="utf-8")

    assert draft(path, tmp_path / "hasil") == 3
    assert outcome(tmp_path / "hasil")["rows"] == []
    assert "Tidak ada usulan yang dapat dipakai" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--tahun", "2022"], "diadakan pada tahun 2021"),
        (["--tanggal", "3 Februari"], "bukan tanggal"),
        (["--kecamatan", "Kebomas"], "bukan kode kecamatan"),
        (["--kecamatan", "35.73.02"], "Tambahkan --nama-kecamatan dan --nama-kabupaten"),
        (["--pagu", "banyak"], "bukan jumlah rupiah"),
        (["--waktu", "pagi"], "tidak terbaca"),
        (["--instansi", "tidak-ada.toml"], "tidak dapat dibaca"),
    ],
)
def test_wrong_use_is_said_in_one_sentence(sheet, tmp_path, capsys, more, sentence):
    assert draft(sheet, tmp_path / "hasil", *more) == 2
    assert sentence in capsys.readouterr().err


def test_a_missing_sheet_is_wrong_use(tmp_path, capsys):
    assert draft(tmp_path / "tidak-ada.xlsx", tmp_path / "hasil") == 2
    assert "tidak-ada.xlsx. Periksa nama dan foldernya." in capsys.readouterr().err


def test_a_filled_worksheet_is_never_overwritten(sheet, tmp_path):
    out = tmp_path / "hasil"
    draft(sheet, out)
    filled = fill(out / "lembar-kerja.xlsx", {1: {"Catatan forum": "dibahas"}})
    filled.replace(out / "lembar-kerja.xlsx")
    kept = (out / "lembar-kerja.xlsx").read_bytes()

    draft(sheet, out, "--keputusan", str(out / "lembar-kerja.xlsx"))
    assert (out / "lembar-kerja.xlsx").read_bytes() == kept

    (out / "hasil.json").unlink()
    draft(sheet, out)
    assert (out / "lembar-kerja (isian lama 1).xlsx").read_bytes() == kept
