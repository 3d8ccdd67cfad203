"""Files that would hang, crash or fill a machine end in one sentence, and the others are read all the same."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from mufakat.engines.sheets import kinds, read, refusals
from mufakat.engines.sheets.model import Gazetteer, Limits, Severity
from mufakat.engines.sheets.workbook import UnreadableFile, load

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def good() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Desa", "Usulan", "Biaya"])
    book.active.append(["Giri", "Jembatan", 1000000])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(name: str, text: bytes) -> bytes:
    """The good workbook with one part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, text if member == name else old.read(member))
    return target.getvalue()


def far_apart() -> bytes:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_part("xl/worksheets/sheet1.xml", SHEET.format(cells).encode())


def laughs() -> bytes:
    text = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + SHEET.format("&b;")
    return with_part("xl/worksheets/sheet1.xml", text.encode())


def zip_bomb() -> bytes:
    return with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + b" " * 300_000_000)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("kosong.xlsx", b"", "berkas_kosong"),
        ("terpotong.xlsx", good()[:2000], "berkas_rusak"),
        ("bersandi.xlsx", OLE2 + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"), "berkas_bersandi"),
        ("word.doc", OLE2 + b"\0" * 504 + "WordDocument".encode("utf-16-le"), "format_lama"),
        ("surat.xlsx", b"%PDF-1.7\n%...", "bukan_lembar_kerja"),
        ("gambar.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "bukan_lembar_kerja"),
        ("berjauhan.xlsx", far_apart(), "sel_terlalu_jauh"),
        ("entitas.xlsx", laughs(), "xml_berbahaya"),
    ],
)
def test_each_ends_in_one_sentence(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(UnreadableFile) as refused:
        load(path=path)

    assert refused.value.code == code
    assert refused.value.what.endswith(".")
    assert refused.value.remedy.endswith(".")
    assert refused.value.sentence_en.startswith(f"{name}: This file") or code == "sel_terlalu_jauh"


def test_every_refusal_and_every_kind_of_file_has_its_english():
    places = {code: set(re.findall(r"{(\w+)}", "".join(said))) for code, said in refusals.SENTENCES.items()}
    places_en = {code: set(re.findall(r"{(\w+)}", "".join(said))) for code, said in refusals.SENTENCES_EN.items()}
    source = "".join(path.read_text() for path in Path(refusals.__file__).parent.glob("*.py"))
    kinds_named = {actual for _, actual in kinds._SIGNATURES} | set(re.findall(r'actual="([^"]+)"', source))

    untold = {code: names - places_en[code] for code, names in places.items()}
    assert {code: names for code, names in untold.items() if names} == {
        "berkas_rusak": {"detail"},
        "pembaca_berhenti": {"detail"},
    }
    assert kinds_named - set(refusals._WHAT_IT_IS_EN) == set()
    assert refusals.sentences_en("sel_terlalu_jauh", {"sheet": "CSV", "cell": "kolom 900"})[0] == (
        "Sheet “CSV” has content as far as cell column 900, far outside any reasonable table."
    )


def test_what_unpacks_a_thousandfold_is_refused_before_parsing(tmp_path):
    path = tmp_path / "bom.xlsx"
    path.write_bytes(zip_bomb())

    with pytest.raises(UnreadableFile) as refused:
        load(path=path)

    assert refused.value.code == "berkas_mengembang"


def test_a_parser_out_of_memory_costs_only_its_file(tmp_path):
    big, small = tmp_path / "a.csv", tmp_path / "b.xlsx"
    big.write_text("Desa,Usulan\n" + "Giri,Jembatan panjang sekali\n" * 300_000)
    small.write_bytes(good())

    reading = read(
        paths=[big, small],
        gazetteer=Gazetteer(kecamatan="Kebomas"),
        limits=Limits(memory_bytes=110 * 1024 * 1024, rows=10**9, cells=10**9),
    )

    assert [(p.source.file, p.severity) for p in reading.problems if p.severity is Severity.FAULT] == [
        ("a.csv", Severity.FAULT)
    ]
    assert [r.title for r in reading.rows] == ["Jembatan"]


def test_a_renamed_csv_is_read_for_what_it_is(tmp_path):
    path = tmp_path / "usulan.xlsx"
    path.write_text("Desa;Usulan;Biaya\nGiri;Jembatan;1000000\n")

    assert load(path=path).kind == "csv"


def test_a_web_page_named_xls_is_read(tmp_path):
    path = tmp_path / "usulan.xls"
    path.write_text("<html><table><tr><th>Desa</th><th>Usulan</th></tr><tr><td>Giri</td><td>Jembatan</td></tr></table>")

    book = load(path=path)

    assert (book.kind, book.sheets[0].rows) == ("html", (("Desa", "Usulan"), ("Giri", "Jembatan")))


def test_missing_files_and_folders_are_said(tmp_path):
    for path, code in ((tmp_path / "tidak-ada.xlsx", "berkas_tidak_ada"), (tmp_path, "bukan_berkas")):
        with pytest.raises(UnreadableFile) as refused:
            load(path=Path(path))
        assert refused.value.code == code
