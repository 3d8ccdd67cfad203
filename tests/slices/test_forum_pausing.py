"""A forum of several days, and one called off and held anew in the same cycle (rule 116)."""

import json
from datetime import date, time, timedelta

import pytest
from tests.slices.conftest import KEBOMAS, ON_THE_DAY, RESERVE, agreed

from mufakat.audit.models import Line
from mufakat.core.decision import NotAllowed
from mufakat.documents.rules import canonical
from mufakat.documents.thaw import thaw
from mufakat.drafting.berita_acara_pages import body
from mufakat.drafting.papers import BeritaAcara
from mufakat.forums import papers, permissions, queries
from mufakat.forums.commands import pausing, preparation, session
from mufakat.forums.errors import Refused
from mufakat.forums.models import Forum
from mufakat.forums.rules import Element

pytestmark = pytest.mark.django_db
NEXT_DAY = ON_THE_DAY + timedelta(days=1)


@pytest.fixture
def running(year):
    return year.opened().submitted().verified().scheduled().ready().started()


def suspend(year, **more):
    given = {"reason": "Waktu habis", "resumes_on": NEXT_DAY.date(), "at": ON_THE_DAY} | more
    return pausing.suspend(actor=year.pemandu, forum_id=year.forum.pk, **given)


def resume(year):
    return pausing.resume(actor=year.pemandu, forum_id=year.forum.pk, at=NEXT_DAY)


def cancel(year, reason="Listrik padam di seluruh kecamatan"):
    return pausing.cancel(actor=year.bappeda, forum_id=year.forum.pk, reason=reason, at=ON_THE_DAY)


def test_suspended_forum_decides_nothing_and_still_takes_who_arrives(running):
    key = {"actor": running.admin, "forum_id": running.forum.pk, "at": NEXT_DAY}
    suspend(running)

    with pytest.raises(NotAllowed) as refused:
        session.decide(**key, proposal_id=running.proposals[0].pk, verdict=agreed(1))
    session.record_attendance(**key, person=session.Person("Rina", "P", Element.WOMEN))

    forum = Forum.objects.get()
    pause = queries.pause_of(forum)
    assert refused.value.reason is permissions.Refusal.SUSPENDED
    assert (forum.state, forum.attendees.count(), forum.decisions.count()) == ("diskors", 5, 0)
    assert (pause.reason, pause.resumes_on, pause.since) == ("Waktu habis", date(2027, 2, 4), ON_THE_DAY)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": " "}, "Skors memerlukan alasan."),
        ({"resumes_on": date(2027, 2, 2)}, "Hari lanjutan sudah lewat."),
    ],
)
def test_suspension_without_reason_or_with_a_day_gone_by_is_refused(running, given, sentence):
    with pytest.raises(Refused) as refused:
        suspend(running, **given)

    assert str(refused.value).startswith(sentence)
    assert Forum.objects.get().state == "berlangsung"


def test_berita_acara_names_every_day_the_forum_sat(running):
    suspend(running)
    resume(running)
    running.decided().elected().in_plenary().issued()

    paper = thaw(BeritaAcara, json.loads(running.document.snapshot))
    text = body(paper)

    assert paper.forum.resumed == (date(2027, 2, 4),)
    assert text["facts"][0] == ["Hari, tanggal", "Rabu, 3 Februari 2027; dilanjutkan Kamis, 4 Februari 2027"]
    assert (
        "Rabu tanggal tiga bulan Februari tahun dua ribu dua puluh tujuh, dilanjutkan pada hari Kamis tanggal empat "
        "bulan Februari tahun dua ribu dua puluh tujuh, bertempat di"
    ) in text["opening"]


def test_snapshot_from_before_several_days_were_kept_prints_as_it_did(running):
    running.decided().elected().in_plenary().issued()
    plain = json.loads(running.document.snapshot)
    del plain["forum"]["resumed"]

    paper = thaw(BeritaAcara, plain)

    assert canonical(paper) == running.document.snapshot


def test_rest_on_the_same_day_is_no_second_day(running):
    suspend(running, resumes_on=None)
    pausing.resume(actor=running.admin, forum_id=running.forum.pk, at=ON_THE_DAY + timedelta(hours=1))

    assert queries.days_of(running.forum) == (date(2027, 2, 3),)
    assert queries.sittings_of(running.forum).count() == 2


def test_plenary_that_was_suspended_opens_anew_through_its_gate(running):
    running.decided().in_plenary()
    suspend(running)

    assert resume(running).state == "berlangsung"
    session.open_plenary(actor=running.admin, forum_id=running.forum.pk, at=NEXT_DAY)
    assert Forum.objects.get().state == "pleno"


def test_cancelled_forum_keeps_its_record_and_another_decides_anew(running):
    first, second, *_ = running.proposals
    key = {"actor": running.pemandu, "forum_id": running.forum.pk, "at": ON_THE_DAY}
    session.decide(**key, proposal_id=first.pk, verdict=agreed(390_000_000))
    session.decide(**key, proposal_id=second.pk, verdict=RESERVE)

    cancel(running)

    old = running.forum
    running.forum = None
    again = preparation.schedule(
        actor=running.bappeda, cycle_id=running.cycle.pk, kecamatan=KEBOMAS, day=date(2027, 2, 10), starts_at=time(8),
        ends_at=time(15), place="Aula", pemandu=[("Pemandu", "P")], at=ON_THE_DAY,
    )  # fmt: skip
    old.refresh_from_db()
    first.refresh_from_db()
    assert (old.state, old.state_reason, old.decisions.count(), old.attendees.count()) == (
        "dibatalkan", "Listrik padam di seluruh kecamatan", 2, 4,
    )  # fmt: skip
    assert (first.state, first.value_agreed) == ("DIBAHAS", None)
    assert [p.number for p in queries.listed(old)] == [1, 2]
    assert [p.number for p in queries.undecided(again)] == [1, 2, 3, 4]
    assert queries.pause_of(old).successor == again and list(queries.cancelled_before(again)) == [old]
    assert first.steps.order_by("at", "pk").last().reason == (
        "Forum 03-02-2027 dibatalkan: Listrik padam di seluruh kecamatan"
    )
    assert [line.action for line in Line.objects.filter(action="forum.cancel")] == ["forum.cancel"]


def test_replacement_runs_to_the_lock(running, monkeypatch):
    running.decided()
    cancel(running)

    running.scheduled().ready().started().decided().elected().in_plenary().issued().locked()

    assert sorted(Forum.objects.values_list("state", flat=True)) == ["dibatalkan", "dikunci"]
    running.proposals[0].refresh_from_db()
    assert (running.proposals[0].state, running.proposals[0].value_agreed) == ("DITERUSKAN_PD", 400_000_000)
    assert [row.number for row in papers.minutes(running.forum, number="1", at=ON_THE_DAY)[0].priorities] == [1, 2, 3]


def test_issued_forum_is_not_cancelled(running):
    running.decided().elected().in_plenary().issued()

    with pytest.raises(NotAllowed) as refused:
        cancel(running)

    assert refused.value.reason is permissions.Refusal.CONCLUDED


def test_cancellation_needs_a_reason(running):
    with pytest.raises(Refused) as refused:
        cancel(running, reason="batal")

    assert str(refused.value).startswith("Pembatalan memerlukan alasan paling sedikit 10 huruf.")
