"""Clauses under MENYEPAKATI: added, moved, switched off but for the compulsory ones; locked ones stay (rule 78)."""

import io
import json
import re

import pypdf
import pytest
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post

from mufakat.documents.models import Document
from mufakat.drafting.papers import CLAUSES
from mufakat.forums.models import ClauseRow

pytestmark = pytest.mark.django_db
OWN = "Setiap desa dan kelurahan menerima salinan berita acara ini."


@pytest.fixture
def plenary(year, on_the_day):
    return year.opened().submitted().verified().scheduled().ready().started().decided().elected().in_plenary()


def printed(client, at):
    """Ordinals and first words of the clauses as the draft prints them."""
    content = client.get(at.removesuffix("klausul/") + "rancangan/").content
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"\s+", " ", text)


def test_clauses_are_added_moved_and_switched_off_and_the_paper_follows(plenary):
    desk, at = browser(plenary.admin), f"/forum/{plenary.forum.pk}/berita-acara/klausul/"

    post(desk, at + "tambah/", {"text": OWN})
    own = str(ClauseRow.objects.get(key="").pk)
    post(desk, f"{at}{own}/", {"do": "pindah", "place": "1"})
    post(desk, f"{at}syarat/", {"do": "mati"})
    after = post(desk, f"{at}{own}/", {"do": "ubah", "text": OWN + " Segera."})
    draft = printed(desk, at)
    post(desk, at.removesuffix("klausul/") + "terbitkan/", {"number": "400.10/12/437.114/2027"})

    rows = list(ClauseRow.objects.order_by("order").values_list("key", "is_on"))
    assert rows == [("", True), *((key, key != "syarat") for key in CLAUSES)]
    clauses = json.loads(Document.objects.get().snapshot)["clauses"]
    assert (clauses[0], len(clauses)) == ({"ordinal": "KESATU", "text": OWN + " Segera."}, 7)
    assert not any("lahan, aset" in c["text"] for c in clauses)
    assert f"KESATU : {OWN} Segera. KEDUA : Kegiatan prioritas" in draft
    assert "7 klausul di bawah MENYEPAKATI" in page_of(after) and "Dimatikan" in page_of(after)


@pytest.mark.parametrize(
    ("clause", "data", "sentence"),
    [
        ("prioritas", {"do": "mati"}, "Klausul ini wajib"),
        ("prioritas", {"do": "ubah", "text": OWN}, "tidak diubah. Tambahkan klausul sendiri."),
        ("syarat", {"do": "hapus"}, "Klausul bawaan tidak dihapus"),
        ("tidak-ada", {"do": "mati"}, "Klausul itu tidak ada."),
        ("tambah", {"text": "Pendek"}, "paling sedikit 10 huruf"),
    ],
)
def test_what_a_clause_does_not_allow_is_refused_and_nothing_is_kept(plenary, clause, data, sentence):
    path = f"/forum/{plenary.forum.pk}/berita-acara/klausul/{clause}/"

    answer = post(browser(plenary.admin), path, data, expect=422)

    assert sentence in page_of(answer)
    assert ClauseRow.objects.count() == 0


def test_issued_clauses_stay_as_they_were_printed(plenary):
    desk, at = browser(plenary.admin), f"/forum/{plenary.forum.pk}/berita-acara/klausul/"
    post(desk, at + "tambah/", {"text": OWN})
    own = str(ClauseRow.objects.get(key="").pk)
    plenary.issued().locked()
    before = Document.objects.get().snapshot

    late = post(desk, f"{at}{own}/", {"do": "hapus"}, expect=403)
    post(desk, f"{at}tambah/", {"text": OWN}, expect=403)

    shown = page_of(late)
    assert "klausulnya beku seperti tercetak" in shown and f"KEDELAPAN {OWN}" in shown
    assert Document.objects.get().snapshot == before and ClauseRow.objects.count() == 8


def test_usual_clauses_leave_no_row_and_print_as_mufakat_draft_prints_them(plenary):
    page = browser(plenary.admin).get(f"/forum/{plenary.forum.pk}/berita-acara/klausul/")

    assert "KETUJUH Berita acara ini menjadi bahan penyusunan RKPD" in page_of(page)
    assert ClauseRow.objects.count() == 0
