"""The printed papers say what the dataclasses hold, on every page what they are, the same bytes every time."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest
from tests.factories.papers import berita_acara, district_plan

from mufakat.core.money import rupiah, rupiah_in_words, thousands
from mufakat.documents.render import typesetting
from mufakat.documents.render.shelf import Shelf
from mufakat.drafting import printing
from mufakat.drafting.paper_checks import TotalsDiffer
from mufakat.drafting.papers import BeritaAcara, Clause, DistrictPlan
from mufakat.drafting.printing import berita_acara_pdf, district_plan_pdf

EXAMPLE = "CONTOH, BUKAN DOKUMEN RESMI"
DRAFT = "RANCANGAN – bukan hasil musrenbang"
NOTHING = ("speeches", "materials", "elements", "attendees", "delegates", "objections", "signatories", "notes")


def pages_of(pdf: bytes) -> list[str]:
    """Text of each page, runs of white space made one space, break marks removed."""
    return [
        " ".join(page.extract_text().replace("\u200b", "").split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
    ]


def text_of(pdf: bytes) -> str:
    """All text of a PDF."""
    return " ".join(pages_of(pdf))


def page_with(pdf: bytes, words: str) -> str:
    """The first page that holds these words."""
    return next(page for page in pages_of(pdf) if words in page)


def empty_paper(*, is_draft: bool) -> BeritaAcara:
    """A berita acara without a single entry or proposal."""
    nothing = dict.fromkeys(NOTHING, ())
    return replace(berita_acara(0, is_draft=is_draft), invited=None, pagu=None, **nothing)


def test_berita_acara_same_paper_same_bytes(monkeypatch):
    monkeypatch.setattr(typesetting, "_SHELF", Shelf(room=0))
    assert berita_acara_pdf(berita_acara(12)) == berita_acara_pdf(berita_acara(12))


def test_berita_acara_prints_every_figure():
    paper = berita_acara(60)

    text = text_of(berita_acara_pdf(paper))

    lines = [*paper.priorities, *(line for group in paper.others for line in group.lines), *paper.supra]
    recaps = [*paper.results, *paper.per_agency, *paper.per_village]
    amounts = [line.value for line in lines] + [t.value for t in recaps] + [g.total for g in paper.others]
    wanted = {thousands(amount) for amount in amounts if amount is not None}
    wanted |= {rupiah(paper.agreed_total), rupiah(paper.proposals_total), f"{paper.agreed_count} (tiga puluh)"}
    assert {figure for figure in wanted if figure not in text} == set()


def test_berita_acara_opens_and_closes_as_the_law_has_it():
    text = text_of(berita_acara_pdf(berita_acara(4)))

    assert (
        "Pada hari ini, Kamis tanggal tiga bulan Februari tahun dua ribu dua puluh dua, bertempat di Aula Kantor "
        "Kecamatan Kebomas, telah diselenggarakan Musyawarah Perencanaan Pembangunan (Musrenbang) Rencana Kerja "
        "Pemerintah Daerah (RKPD) Kabupaten Gresik Tahun 2023 di Kecamatan Kebomas"
    ) in text
    assert "94 (sembilan puluh empat) orang, terdiri atas 53 (lima puluh tiga) laki-laki" in text
    assert "Nomor: 050/014/437.106/2022" in text
    assert "merupakan bahan penyusunan RKPD Kabupaten Gresik Tahun 2023, bukan jaminan penganggaran." in text
    assert "Demikian berita acara ini dibuat dan ditandatangani bersama untuk digunakan sebagaimana mestinya." in text
    assert [word for word in ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "MENYEPAKATI") if word not in text] == []


def test_clause_that_says_it_is_no_promise_is_not_doubled():
    clause = Clause("KESATU", "Bahan penyusunan RKPD, bukan jaminan penganggaran.")

    text = text_of(berita_acara_pdf(replace(berita_acara(2), clauses=(clause,))))

    assert text.count("bukan jaminan penganggaran") == 1


def test_total_in_words_follows_the_figures():
    paper = berita_acara(10)

    assert f"{rupiah(paper.agreed_total)} ({rupiah_in_words(paper.agreed_total)})" in text_of(berita_acara_pdf(paper))


@pytest.mark.parametrize("kind", ["berita acara", "rencana"])
@pytest.mark.parametrize("is_draft", [True, False])
def test_every_page_says_what_it_is_and_which(kind: str, is_draft: bool):
    if kind == "rencana":
        pages = pages_of(district_plan_pdf(district_plan(40, is_draft=is_draft)))
    else:
        pages = pages_of(berita_acara_pdf(berita_acara(40, is_draft=is_draft)))

    last = len(pages)
    forum = "Musrenbang Kecamatan Kebomas Tahun 2022 untuk RKPD Kabupaten Gresik Tahun 2023"
    assert [EXAMPLE in page for page in pages] == [True] * last
    assert [DRAFT in page for page in pages] == [is_draft] * last
    assert [forum in page and "isusun 3 Februari 2022 pukul 00.00" in page for page in pages] == [True] * last
    assert [f"Halaman {n} dari {last}" in page for n, page in enumerate(pages, 1)] == [True] * last


def test_real_paper_carries_no_example_mark():
    paper = berita_acara(2)

    assert EXAMPLE not in text_of(berita_acara_pdf(replace(paper, standing=replace(paper.standing, is_example=False))))


def test_draft_has_no_number_and_says_that_nothing_is_decided():
    text = text_of(berita_acara_pdf(replace(berita_acara(6, is_draft=True), number="050/1")))

    assert "Nomor" not in text.replace("Undang-Undang Nomor 25", "").replace("Negeri Nomor 86", "").replace(
        "(contoh) Nomor 1,", ""
    )
    assert "RANCANGAN BERITA ACARA" in text
    assert "bukan hasil musrenbang, dan tidak bernomor" in text
    assert "telah diselenggarakan" not in text


def test_draft_without_entries_has_blank_forms_and_lists_say_nihil():
    pdf = berita_acara_pdf(empty_paper(is_draft=True))

    attendance, delegates = page_with(pdf, "LAMPIRAN I "), page_with(pdf, "LAMPIRAN IV")
    assert [str(n) + "." in attendance for n in (1, 25)] == [True, True]
    assert "NIHIL" not in attendance + delegates
    assert [("NIHIL" in page_with(pdf, label)) for label in ("LAMPIRAN II ", "LAMPIRAN III ", "BAGIAN SUPRA")] == [
        True
    ] * 3


def test_agreed_value_stands_beside_the_requested_one():
    paper = berita_acara(10)
    changed = [line for line in paper.priorities if line.value != line.requested_value]

    page = page_with(berita_acara_pdf(paper), "LAMPIRAN II ")

    assert len(changed) == 1
    assert f"{thousands(changed[0].value or 0)} diusulkan {thousands(changed[0].requested_value or 0)}" in page
    assert page.count("diusulkan") == 1


def test_ten_columns_stand_in_order_and_repeat_on_each_page():
    pages = [page for page in pages_of(berita_acara_pdf(berita_acara(60))) if "Sasaran daerah" in page]

    assert len(pages) > 2
    assert all("(1) (2) (3) (4) (5) (6) (7) (8) (9) (10)" in page for page in pages)


def test_signature_notes_and_numbers_of_servants_only():
    text = text_of(berita_acara_pdf(berita_acara(2)))

    assert "tidak menandatangani" in text
    assert text.count("NIP ") == 2
    assert "Plt. Lurah Sidomoro" in text


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 595, 842), ("f4", 612, 936)])
def test_paper_size_and_landscape_annexes(paper: str, width: int, height: int):
    boxes = [
        page.mediabox for page in pypdf.PdfReader(io.BytesIO(berita_acara_pdf(berita_acara(6, paper=paper)))).pages
    ]

    sizes = {(round(float(box.width)), round(float(box.height))) for box in boxes}
    assert sizes == {(width, height), (height, width)}


def test_parts_print_the_same_lists_as_one_process(monkeypatch: pytest.MonkeyPatch):
    paper = berita_acara(60)
    whole = text_of(berita_acara_pdf(paper))

    monkeypatch.setattr(printing, "ROWS_AT_ONCE", 25)
    parts = text_of(berita_acara_pdf(paper))

    for line in paper.priorities:
        assert parts.count(f" {line.number} ") >= 1
    assert parts.count("Jumlah seluruhnya, 30 usulan") == whole.count("Jumlah seluruhnya, 30 usulan") == 1
    assert "LAMPIRAN II (LANJUTAN)" in parts


def test_figures_that_disagree_are_refused():
    paper = berita_acara(10)

    with pytest.raises(TotalsDiffer, match="nilai daftar prioritas"):
        berita_acara_pdf(replace(paper, agreed_total=paper.agreed_total + 1))
    with pytest.raises(TotalsDiffer, match="daftar lengkap usulan"):
        district_plan_pdf(replace(district_plan(5), proposals_count=6))


def test_plan_lists_every_proposal_once_with_its_figures():
    plan = district_plan(50)

    text = text_of(district_plan_pdf(plan))

    amounts = {thousands(line.value) for line in plan.lines if line.value is not None}
    amounts |= {thousands(t.value) for t in (*plan.per_village, *plan.per_agency, *plan.results)}
    assert {amount for amount in amounts if amount not in text} == set()
    assert text.count("Jumlah, 50 usulan") == 1
    assert f"{rupiah(plan.proposals_total)} ({rupiah_in_words(plan.proposals_total)})" in text


def sentences(plan: DistrictPlan) -> str:
    """All text of a plan."""
    return text_of(district_plan_pdf(plan))


def test_plan_without_proposals_claims_nothing():
    text = sentences(replace(district_plan(0), pagu=None, basis=(), criteria=()))

    assert "Belum ada usulan yang masuk." in text
    assert "Tidak ada temuan pada lembar usulan." in text
    assert "Pagu indikatif belum dimasukkan, sehingga tidak ada usulan yang dibatasi oleh pagu." in text
    assert "Tidak ada usulan yang menjadi kewenangan provinsi atau pusat." in text
    assert "Dasar hukum dilengkapi oleh kecamatan." in text
    assert "telah menyampaikan usulan" not in text


def test_plan_of_one_proposal_names_the_silent_villages():
    text = sentences(district_plan(1))

    assert "Usulan yang masuk berjumlah 1 (satu), senilai Rp462.000.000" in text
    assert "Desa/kelurahan yang belum menyampaikan usulan: Kelurahan Sidomukti, Kelurahan Kebomas" in text


def test_plan_counts_proposals_without_value():
    assert "Di antaranya 1 (satu) usulan belum mempunyai nilai" in sentences(district_plan(6))


def test_plan_without_places_has_a_table_instead_of_a_map():
    placed, unplaced = sentences(district_plan(6)), sentences(district_plan(6, placed=False))

    assert ("Peta skematis" in placed, "Peta skematis" in unplaced) == (True, False)
    assert "Kelurahan Gulomantung" in unplaced


def test_plan_over_and_under_pagu():
    plan = district_plan(10)
    agreed = sum(t.agreed_value for t in plan.per_village)

    assert f"pagu terlampaui {rupiah(agreed - 1)}" in sentences(replace(plan, pagu=1))
    assert "pagu tersisa Rp1." in sentences(replace(plan, pagu=agreed + 1))
