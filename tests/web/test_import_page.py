"""A village uploads its sheet and sees what became of every row."""

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.slices.conftest import AT
from tests.slices.test_intake import CSV
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post

from mufakat.intake.models import PendingReading
from mufakat.proposals.models import Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_window():
    with time_machine.travel(AT, tick=False):
        yield


def sheet(content=CSV):
    return SimpleUploadedFile("usulan giri.csv", content)


def test_rows_are_named_with_their_place(year, head_giri, open_window):
    year.opened()

    page = page_of(post(browser(head_giri), "/impor/", {"files": sheet(), "faults": "tetap"}))

    assert "2 dari 4 baris masuk" in page
    assert "baris 3 (tanpa judul)" in page and "Judul usulan tidak tertulis." in page
    assert Proposal.objects.filter(state="DRAF").count() == 2


def test_own_rows_to_repair_come_first_and_those_of_other_villages_last_whatever_their_faults(
    year, head_giri, open_window
):
    year.opened()
    foreign = b"5;Indro;;RT 03;10;m;9.000.000\n"

    answer = browser(head_giri).post("/impor/", {"files": sheet(CSV + foreign), "go": "periksa"}, follow=True)

    assert [(row["row"], str(fate)) for row, fate, _ in answer.context["rows"]] == [
        (3, "Perlu diperbaiki"),
        (2, "Masuk"),
        (5, "Masuk"),
        (4, "Desa/kelurahan lain"),
        (6, "Desa/kelurahan lain"),
    ]


def test_what_would_come_in_is_shown_first_and_then_confirmed(year, head_giri, open_window):
    year.opened()
    client = browser(head_giri)

    answer = client.post("/impor/", {"files": sheet(), "go": "periksa"})
    preview = client.get(answer["Location"])
    before = Proposal.objects.count()
    confirmed = post(client, answer["Location"] + "masukkan/")

    assert "2 dari 4 baris akan masuk" in page_of(preview) and "Judul usulan tidak tertulis." in page_of(preview)
    assert (before, Proposal.objects.filter(state="DRAF").count()) == (0, 2)
    assert "2 dari 4 baris masuk" in page_of(confirmed)
    assert client.get(answer["Location"]).status_code == 404


def test_file_that_cannot_be_read_is_named_in_both_languages_and_nothing_is_taken(year, head_giri, open_window):
    year.opened()
    client = browser(head_giri)
    sent = lambda: {"files": [sheet(), SimpleUploadedFile("surat.xlsx", b"%PDF-1.7\n")], "go": "periksa"}  # noqa: E731

    page = page_of(post(client, "/impor/", sent(), expect=422))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = page_of(post(client, "/impor/", sent(), expect=422))

    assert (
        "Belum ada yang dibaca. surat.xlsx: Isi berkas ini sebenarnya dokumen PDF, bukan lembar kerja atau tabel. Minta "
        "tabelnya sebagai .xlsx, .ods, .csv, atau tabel di .docx. Pilih lagi berkas yang lain bersamanya, atau tanpa berkas itu."
    ) in page
    assert (
        "Nothing was read yet. surat.xlsx: This file is really a PDF document, not a spreadsheet or a table. Ask for the "
        "table as .xlsx, .ods, .csv, or as a table in a .docx. Choose the other files again with it, or without it."
    ) in english
    assert not PendingReading.objects.exists()


def test_sheet_without_a_table_is_told_of_before_and_after(year, head_giri, open_window):
    year.opened()
    client = browser(head_giri)
    note = "usulan giri.csv, CSV: Tidak ada tabel usulan yang dikenali pada lembar ini. Beri judul kolom"

    looked_at = client.post("/impor/", {"files": sheet(b"a;b\n1;2\n"), "go": "periksa"}, follow=True)
    taken = client.post("/impor/", {"files": sheet(b"a;b\n1;2\n")}, follow=True)

    assert [note in page_of(answer) for answer in (looked_at, taken)] == [True, True]


def test_other_offices_are_refused(year, opd_dputr, open_window):
    year.opened()

    answer = post(browser(opd_dputr), "/impor/", {"files": sheet()}, expect=403)

    assert "Lembar usulan diimpor oleh desa/kelurahan atau admin kecamatan." in page_of(answer)
