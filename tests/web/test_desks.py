"""Each role's desk through the year: the situation, the one next step, what waits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.slices.conftest import AT, GIRI, GRESIK, INDRO, KEBOMAS, SUKOREJO, office
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of

from mufakat.people.roles import LEVELS, Role

pytestmark = pytest.mark.django_db
DPUTR = "Dinas Pekerjaan Umum dan Tata Ruang"
MANY = tuple((v, f"Usulan saluran {i}", 1_000_000 * i, i) for v in (GIRI, INDRO, SUKOREJO) for i in range(5, 13))
MOST = 16
"""Queries of the dearest desk, those for session, account and office included."""


def client_of(role):
    """A browser of somebody who holds the role for Kebomas."""
    region = {2: GRESIK, 3: KEBOMAS, 4: GIRI}[LEVELS[role]]
    return browser(office(role, region, DPUTR if role is Role.OPD else ""))


def shown(role):
    """(heading, next step, its address) on the desk."""
    context = client_of(role).get("/").context
    step = context["desk"].step
    return context["desk"].heading, step.title, step.address


def test_before_the_year_is_open_everybody_is_told_who_moves(regency):
    assert shown(Role.BAPPEDA) == ("Siklus belum dibuka", "Buka siklus perencanaan", "/siklus/")
    assert shown(Role.KEPALA_DESA) == ("Siklus belum dibuka", "Menunggu Bappeda membuka siklus", "/publik/")


def test_while_proposals_are_examined(year, time_machine_at):
    year.opened().submitted()
    first = year.proposals[0]

    with time_machine_at(AT):
        assert shown(Role.VERIFIKATOR) == (
            f"{len(year.proposals)} usulan menunggu Anda",
            first.title,
            f"/verifikasi/{first.pk}/",
        )
        assert shown(Role.OPERATOR_DESA)[1:] == ("Tulis usulan baru", "/usulan/baru/")
        assert shown(Role.BAPPEDA) == ("Forum belum dijadwalkan", "Jadwalkan forum kecamatan", "/forum/jadwalkan/")
        assert shown(Role.CAMAT) == ("Forum belum dijadwalkan", "Menunggu Bappeda menjadwalkan forum", "/usulan/")


def test_on_the_day_and_after_the_lock(year, on_the_day, django_capture_on_commit_callbacks):
    year.opened().submitted().verified().scheduled().ready().started()
    forum = f"/forum/{year.forum.pk}/"
    n = len(year.proposals)

    assert shown(Role.PEMANDU) == (
        f"{n} usulan belum memiliki hasil",
        year.proposals[0].title,
        f"{forum}sidang/{year.proposals[0].pk}/",
    )
    assert shown(Role.NOTULIS)[1:] == ("Catat kehadiran dan jalannya sidang", f"{forum}kehadiran/")
    assert shown(Role.VERIFIKATOR)[1:] == ("Ikuti jalannya forum", f"{forum}sidang/")
    case = client_of(Role.VERIFIKATOR).get(f"{forum}sidang/{year.proposals[0].pk}/")
    assert "Hasil dicatat oleh admin kecamatan, camat, atau Tim Pemandu. Anda membacanya di sini." in page_of(case)

    with django_capture_on_commit_callbacks(execute=True):
        year.decided().elected().in_plenary().issued().locked()
    assert shown(Role.OPD) == ("3 usulan menunggu jawaban Anda", year.proposals[0].title, _item(year.proposals[0]))
    assert shown(Role.BAPPEDA)[0] == "3 usulan belum dijawab perangkat daerah"
    assert shown(Role.KEPALA_DESA)[1:] == ("Lihat hasil forum dan tindak lanjutnya", "/tindak-lanjut/")
    assert shown(Role.AUDITOR)[0] == f"{n} usulan diajukan tahun ini"
    assert shown(Role.CAMAT)[0] == "3 usulan menunggu jawaban perangkat daerah"


def _item(proposal):
    return f"/tindak-lanjut/{proposal.pk}/"


def test_feed_counts_equal_steps_and_names_offices_only(year, on_the_day):
    year.opened().submitted().verified().scheduled().ready().started().decided()

    page = page_of(client_of(Role.CAMAT).get("/"))

    assert "3 usulan: disepakati forum Tim Pemandu, Kecamatan Kebomas" in page
    assert "Siti Aminah" not in page


def test_desks_cost_the_same_however_many_proposals(year, on_the_day):
    year.opened().submitted().verified().scheduled().ready().started().submitted(MANY[:1])
    clients = {role: client_of(role) for role in Role}
    few = {role.value: _asked(client) for role, client in clients.items()}
    year.submitted(MANY[1:])

    assert {role.value: _asked(client) for role, client in clients.items()} == few
    assert {role: n for role, n in few.items() if n > MOST} == {}


def _asked(client):
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/").status_code == 200
    return len(captured)


@pytest.fixture
def time_machine_at():
    import time_machine

    return lambda at: time_machine.travel(at, tick=False)
