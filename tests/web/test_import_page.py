"""A village uploads its sheet and sees what became of every row."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.slices.conftest import AT
from tests.slices.test_intake import CSV
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post

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


def test_file_that_is_no_sheet_is_told_of_and_takes_nothing(year, head_giri, open_window):
    year.opened()

    page = page_of(post(browser(head_giri), "/impor/", {"files": sheet(b"\x00\x01\x02")}))

    assert "0 dari 0 baris masuk" in page
    assert Proposal.objects.count() == 0


def test_other_offices_are_refused(year, opd_dputr, open_window):
    year.opened()

    answer = post(browser(opd_dputr), "/impor/", {"files": sheet()}, expect=403)

    assert "Lembar usulan diimpor oleh desa/kelurahan atau admin kecamatan." in page_of(answer)
