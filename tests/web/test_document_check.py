"""The QR on a berita acara carries its snapshot's hash, and anybody may check paper, data and scan against it."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.slices.conftest import SCAN
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked(year, on_the_day):
    year.opened().submitted().verified().scheduled().ready().started().decided().elected().in_plenary().issued()
    return year.locked()


def printed(year):
    client = browser(year.admin)
    return client.get(f"/forum/{year.forum.pk}/berita-acara/{year.document.pk}/berkas/").content


def test_printed_paper_names_its_hash_and_where_to_check_it(locked, settings):
    settings.PUBLIC_ADDRESS = "https://musrenbang.example"

    reader = pypdf.PdfReader(io.BytesIO(printed(locked)))

    text = "".join("".join(p.extract_text() for p in reader.pages).split())
    assert locked.document.snapshot_sha256 in text
    assert f"https://musrenbang.example/periksa/{locked.document.snapshot_sha256}/" in text


def test_draft_prints_the_local_time(year, on_the_day):
    year.opened().submitted().verified().scheduled().ready()

    paper = browser(year.admin).get(f"/forum/{year.forum.pk}/berita-acara/rancangan/").content

    text = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(paper)).pages)
    assert "3 Februari 2027 pukul 08.00" in text and "RANCANGAN" in text


def test_paper_data_and_scan_are_known_and_anything_else_is_not(locked, client):
    paper = printed(locked)
    files = {"Berkas cetak": paper, "Data yang dibekukan": locked.document.snapshot.encode(), "Pindaian": SCAN}

    for what, content in files.items():
        answer = client.post("/periksa/", {"file": SimpleUploadedFile("x", content)}, follow=True)
        assert answer.status_code == 200, what
        assert "Dokumen ini terbit di sini" in page_of(answer) and what in page_of(answer)
    other = client.post("/periksa/", {"file": SimpleUploadedFile("x", paper + b" ")}, follow=True)

    assert other.status_code == 404 and "Tidak ada dokumen dengan sidik itu" in page_of(other)
    assert client.post("/periksa/", {"sha256": "bukan sidik"}).status_code == 422


def test_mandate_letter_names_delegates_forums_and_supra_items_from_the_locked_snapshot(locked):
    pdf = browser(locked.admin).get(f"/forum/{locked.forum.pk}/delegasi/mandat/").content
    letter = " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())

    for words in ("Siti Aminah", "Budi Santoso", "Ahmad Fauzi", "Forum Perangkat Daerah", "NIHIL"):
        assert words in letter
    assert f"nomor {locked.document.number} versi 1" in letter and locked.document.snapshot_sha256 in letter.replace(
        " ", ""
    )


def test_there_is_no_mandate_before_the_lock(year, on_the_day):
    year.opened().submitted().verified().scheduled().ready().started()

    assert browser(year.admin).get(f"/forum/{year.forum.pk}/delegasi/mandat/").status_code == 404
