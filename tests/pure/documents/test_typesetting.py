"""Typst in a child process: the same bytes, our fonts only, and every failure a sentence."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdf
import pytest

from mufakat.documents.render import (
    Annex,
    MissingGlyph,
    RenderFailed,
    Sum,
    Table,
    TableGroup,
    compile_pdf,
    print_pdf,
)
from mufakat.documents.render.joining import _elements

AT = datetime(2022, 2, 3, 8, 30)
TEMPLATE = Path(__file__).with_name("template.typ")
RUN: dict[str, object] = {
    "document": "Daftar uji",
    "keywords": ["uji"],
    "title": "Daftar uji",
    "mark": "",
    "example": "",
    "foot": "Kaki",
    "paper": "a4",
    "stamped": False,
}


def annex(rows: int, label: str = "Lampiran I") -> Annex:
    """A list of `rows` rows in two groups."""
    every = [(str(n), f"Usulan nomor {n}", f"{n}.000") for n in range(1, rows + 1)]
    half = rows // 2
    groups = (TableGroup(every[:half], title="Awal"), TableGroup(every[half:], title="Akhir"))
    return Annex(
        label,
        "Daftar usulan",
        Table(("No", "Usulan", "Nilai"), ("10mm", "1fr", "30mm"), "rlr", groups, Sum("Jumlah", 2, ("1",))),
        landscape=True,
    )


def one(text: str, **options: object) -> bytes:
    """A page with one text."""
    section = Annex("L", text, Table(("a",), ("1fr",), "l", (TableGroup([("x",)]),))).data()
    return compile_pdf(template=TEMPLATE, data={"run": RUN, "sections": [section]}, at=AT, **options)  # type: ignore[arg-type]


def parted(rows: int, limit: int) -> bytes:
    """A list printed in parts of at most `limit` rows."""
    sections = [[piece.data()] for piece in annex(rows).cut(limit)]
    return print_pdf(template=TEMPLATE, run=RUN, parts=sections, at=AT)


def words_of(pdf: bytes) -> list[str]:
    """Every word of the table's rows, page by page."""
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return [word for word in text.split() if word.endswith(".000")]


def test_same_data_same_bytes_in_other_processes():
    code = (
        "import hashlib, sys; sys.path[:0] = ['src', '.'];"
        "from tests.pure.documents.test_typesetting import one, parted;"
        "print(hashlib.sha256(one('Judul') + parted(40, 15)).hexdigest())"
    )
    here = Path(__file__).parents[3]

    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=here,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed, zone in (("1", "Asia/Jakarta"), ("2", "America/New_York"))
    }

    assert digests == {hashlib.sha256(one("Judul") + parted(40, 15)).hexdigest()}


@pytest.mark.parametrize("pdf", [one("Judul"), parted(40, 15)], ids=["one part", "three parts"])
def test_paper_is_tagged_archival_and_titled(pdf: bytes):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        metadata = bytes(opened.Root.Metadata.read_bytes()).decode()
        root = opened.Root

        assert opened.check_pdf_syntax() == []
        assert (str(root.Lang), bool(root.MarkInfo.Marked), bool(root.ViewerPreferences.DisplayDocTitle)) == (
            "id-ID", True, True,
        )  # fmt: skip
        assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert f"<xmpTPg:NPages>{len(opened.pages)}</xmpTPg:NPages>" in metadata
        assert str(root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert str(opened.docinfo.Title) == "Daftar uji"
        assert {str(opened.docinfo[key])[:16] for key in ("/CreationDate", "/ModDate")} == {"D:20220203083000"}


def test_only_our_fonts_are_used_and_all_are_embedded():
    names, embedded = set(), set()
    with pikepdf.open(io.BytesIO(parted(40, 15))) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                names.add(str(item.FontName).split("+")[1].split("-")[0])
                embedded.add("/FontFile2" in item or "/FontFile3" in item)

    assert (names, embedded) == ({"SourceSans3"}, {True})


def test_parts_hold_the_same_rows_as_one_paper():
    wanted = [f"{n}.000" for n in range(1, 101)]

    assert words_of(parted(100, 1000)) == wanted
    assert words_of(parted(100, 33)) == wanted


def test_parts_are_numbered_through():
    pages = pypdf.PdfReader(io.BytesIO(parted(100, 33))).pages

    assert [page.extract_text().split("\n")[-1] for page in pages] == [
        f"Halaman {n} dari {len(pages)}" for n in range(1, len(pages) + 1)
    ]


def test_joined_tags_belong_to_the_joined_pages():
    with pikepdf.open(io.BytesIO(parted(100, 33))) as opened:
        root = opened.Root.StructTreeRoot
        pages = {page.obj.objgen for page in opened.pages}
        nums = list(root.ParentTree.Nums)
        names = [str(name) for name in list(root.IDTree.Names)[::2]]
        elements = list(_elements(root))
        headers = {str(h) for e in elements for a in e.get("/A", ()) for h in a.get("/Headers", ())}

        assert [int(n) for n in nums[::2]] == list(range(len(nums) // 2)) == list(range(int(root.ParentTreeNextKey)))
        assert [int(page.StructParents) for page in opened.pages] == list(range(len(pages)))
        assert {e.Pg.objgen for e in elements if "/Pg" in e} == pages
        assert sum(str(e.S) == "/Document" for e in elements) == 1
        assert sum(str(e.S) == "/TR" for e in elements) >= 100
        assert names == sorted(set(names)) and headers <= set(names)
        for page in opened.pages:
            marked = nums[2 * int(page.StructParents) + 1]
            assert all(e.get("/Pg", page.obj).objgen == page.obj.objgen for e in marked if str(e.S) in ("/TD", "/TH"))


def test_joined_outline_has_every_heading():
    sections = [[annex(5, "Lampiran I").data()], [annex(5, "Lampiran II").data()]]

    outline = pypdf.PdfReader(io.BytesIO(print_pdf(template=TEMPLATE, run=RUN, parts=sections, at=AT))).outline

    assert [entry["/Title"] for entry in outline] == ["Daftar usulan", "Daftar usulan"]


def test_markup_prints_as_it_was_written():
    text = '#let x = 1 $a^2$ *b* _c_ `d` @e <f> \\ [g] {h} ~ // i /* j */ = "k" -- ...'

    page = pypdf.PdfReader(io.BytesIO(one(text))).pages[0].extract_text()

    assert text in page.replace("\n", " ")


def test_character_without_glyph_is_refused_by_name():
    with pytest.raises(MissingGlyph, match=r"U\+1F6A7 .*“Jalan 🚧”"):
        one("Jalan 🚧")


def test_template_fault_is_a_sentence(tmp_path: Path):
    broken = tmp_path / "rusak.typ"
    broken.write_text("#tidak-ada()")

    with pytest.raises(RenderFailed, match=r"^Dokumen rusak.typ tidak dapat disusun: unknown variable: tidak-ada"):
        compile_pdf(template=broken, data={}, at=AT)


def test_font_that_is_not_ours_is_a_fault(tmp_path: Path):
    other = tmp_path / "lain.typ"
    other.write_text('#set document(title: "x")\n#set text(font: "Arial")\nJudul')

    with pytest.raises(RenderFailed, match="unknown font family: arial"):
        compile_pdf(template=other, data={}, at=AT)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tidak mengenal batas memori per proses ini")
def test_memory_has_a_limit():
    with pytest.raises(RenderFailed, match="proses berhenti dengan kode"):
        one("Judul", memory=60 << 20)
