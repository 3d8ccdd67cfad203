"""After the lock, as the agency, Bappeda and the village see it."""

import pytest
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked(year, on_the_day, django_capture_on_commit_callbacks):
    year.opened().submitted().verified().scheduled().ready().started().decided().elected().in_plenary().issued()
    with django_capture_on_commit_callbacks(execute=True):
        year.locked()
    return year


def test_agency_answers_one_item_and_the_village_sees_it(locked, opd_dputr, head_giri):
    agency, village = browser(opd_dputr), browser(head_giri)
    first, second, *_ = locked.proposals
    queue = page_of(agency.get("/tindak-lanjut/"))
    whole = {"outcome": "diakomodir", "value": "380.000.000", "volume": "110,5", "sub_activity": "1.03.10 Jalan"}

    incomplete = post(agency, f"/tindak-lanjut/{first.pk}/jawab/", whole | {"sub_activity": ""}, expect=422)
    after = post(agency, f"/tindak-lanjut/{first.pk}/jawab/", whole)
    post(
        agency,
        f"/tindak-lanjut/{second.pk}/jawab/",
        {"outcome": "tidak_diakomodir", "reason_code": "PAGU", "reason": "Pagu dinas terlampaui."},
    )

    assert "3 usulan menunggu jawaban Anda" in queue
    assert "Isi sub kegiatan yang menampung usulan ini." in page_of(incomplete)
    assert 'value="110,5"' in incomplete.content.decode()
    assert "2 usulan menunggu jawaban Anda" in page_of(after)
    seen = page_of(village.get("/tindak-lanjut/"))
    assert "Masuk rancangan Renja" in seen
    assert "Tidak diakomodir" in seen and "Pagu dinas terlampaui." in seen
    road = page_of(village.get(f"/tindak-lanjut/{first.pk}/"))
    assert "Rp380.000.000" in road and "Rp400.000.000" in road


def test_bappeda_sees_who_has_not_answered(locked):
    page = page_of(browser(locked.bappeda).get("/tindak-lanjut/perangkat-daerah/"))

    assert "3 usulan menunggu jawaban" in page
    assert "Dinas Pekerjaan Umum dan Tata Ruang 3 Rp1.000.000.000 3 0 0 0 hari" in page


def test_empty_supra_list_reads_nihil(locked):
    assert "NIHIL" in page_of(browser(locked.admin).get("/tindak-lanjut/supra/"))


@pytest.mark.parametrize("path", ["", "perangkat-daerah/", "supra/"])
def test_lists_take_the_same_queries_with_one_and_three_proposals(
    year, on_the_day, django_assert_num_queries, path, django_capture_on_commit_callbacks
):
    from tests.slices.conftest import ROWS

    year.opened().submitted(ROWS[:1]).verified()
    client = browser(year.bappeda)
    counted = _queries(client, f"/tindak-lanjut/{path}")
    year.submitted(ROWS[1:4])

    with django_assert_num_queries(counted):
        client.get(f"/tindak-lanjut/{path}")


def _queries(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)
