"""The speaking log: a tap a turn, shares, and a prompt for the facilitator alone (rule 71)."""

import json

import pytest
from tests.slices.conftest import GIRI, KEBOMAS, office
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post

from mufakat.audit.models import Line
from mufakat.forums.models import SpeakingTurn
from mufakat.forums.speaking_queries import SpeakingShare, speaking_of
from mufakat.people.roles import Role

pytestmark = pytest.mark.django_db
WOMEN = f"P|pkk_perempuan|{GIRI}"
MEN = f"L|delegasi_desa_kelurahan|{GIRI}"


@pytest.fixture
def running(year, on_the_day):
    return year.opened().submitted().verified().scheduled().ready().started()


def tap(client, year, *who):
    for one in who:
        post(client, f"/forum/{year.forum.pk}/bicara/catat/", {"who": one})


def test_shares_stand_beside_who_is_present_and_a_slip_is_taken_back(running):
    notulis = browser(office(Role.NOTULIS, KEBOMAS))
    tap(notulis, running, WOMEN, MEN, MEN, "L|bappeda|")

    post(notulis, f"/forum/{running.forum.pk}/bicara/batal/")

    found = speaking_of(running.forum)
    assert found.by_gender == (SpeakingShare("Laki-laki", 2, 67, 50), SpeakingShare("Perempuan", 1, 33, 50))
    assert found.by_village == (
        SpeakingShare("Giri", 3, 100, 50), SpeakingShare("Indro", 0, 0, 25), SpeakingShare("Sukorejo", 0, 0, 25),
    )  # fmt: skip
    lines = Line.objects.filter(action__startswith="forum.spoke").order_by("sequence")
    assert [json.loads(line.facts).get("village", "-") for line in lines] == [GIRI, GIRI, GIRI, "", "-"]


def test_only_who_leads_is_told_that_one_party_speaks_too_much(running):
    notulis, pemandu = browser(office(Role.NOTULIS, KEBOMAS)), browser(running.pemandu)
    at, hall = f"/forum/{running.forum.pk}/bicara/", f"/aula/{running.forum.pk}/"
    prompt = "Lebih dari 40 persen giliran: Delegasi desa/kelurahan, Giri."
    tap(notulis, running, *[MEN] * 5, WOMEN, "P|kepala_desa_lurah|35.25.14.1019", "L|bpd|35.25.14.2007")

    told, untold, screen = (page_of(c.get(path)) for c, path in ((pemandu, at), (notulis, at), (pemandu, hall)))
    post(pemandu, at + "batas/", {"percent": "80"})

    assert prompt in told and "persen giliran:" not in untold and "persen giliran" not in screen
    assert "persen giliran:" not in page_of(pemandu.get(at))


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("catat/", {"who": "X|bpd|"}, 422),
        ("catat/", {"who": "P|bpd|35.25.10.2001"}, 422),
        ("catat/", {"who": "P|presiden|"}, 404),
        ("batal/", {}, 422),
        ("batas/", {"percent": "5"}, 422),
    ],
)
def test_what_cannot_be_recorded_is_refused(running, path, data, code):
    post(browser(running.admin), f"/forum/{running.forum.pk}/bicara/{path}", data, expect=code)

    running.forum.refresh_from_db()
    assert (SpeakingTurn.objects.count(), running.forum.speaking_limit) == (0, 40)
