"""Who may not do a thing on a forum's pages is told so before anything typed is looked at."""

import json

import pytest
from tests.slices.conftest import KEBOMAS, office
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of

from mufakat.audit.models import Line
from mufakat.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(year, on_the_day):
    return year.opened().submitted().verified().scheduled().ready().started()


def test_empty_form_of_somebody_who_may_not_is_refused_and_not_corrected(running):
    notulis = browser(office(Role.NOTULIS, KEBOMAS))
    opd = browser(office(Role.OPD, "35.25", agency="Dinas Contoh"))
    at = f"/forum/{running.forum.pk}/"
    first = running.proposals[0].pk
    forms = ["persiapan/tim/", "persiapan/acara/", "persiapan/undangan/", "mulai/", "pimpinan/", f"sidang/{first}/"]
    forms += ["sidang/lintas/", "berita-acara/koreksi/", "papan/"]

    answers = {path: notulis.post(at + path, {}).status_code for path in forms}
    people = {path: opd.post(at + path, {}).status_code for path in ("kehadiran/",)}

    assert answers | people == dict.fromkeys([*forms, "kehadiran/"], 403)


def test_entry_of_the_attendance_list_opens_for_the_desk_alone(running):
    siti = running.forum.attendees.get(name="Siti Aminah")
    at = f"/forum/{running.forum.pk}/kehadiran/{siti.pk}/"
    desk, guest = browser(office(Role.NOTULIS, KEBOMAS)), browser(office(Role.AUDITOR, "35.25"))

    shown, refused, removed = desk.get(at), guest.get(at), guest.post(f"{at}keluarkan/")

    assert (shown.status_code, refused.status_code, removed.status_code) == (200, 403, 403)
    assert "Siti Aminah" in page_of(shown) and "Siti Aminah" not in page_of(refused)
    assert "Jabatan Anda tidak mengerjakan langkah ini." in page_of(refused)


def test_start_records_who_took_the_chair_as_a_digest(running):
    line = Line.objects.get(action="forum.start")

    assert sorted(json.loads(line.facts)) == ["after", "before", "who"]
    assert "Ketua Sidang" not in line.facts
