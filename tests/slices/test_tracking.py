"""After the lock: hand-over, answers, re-routing, later stages."""

from decimal import Decimal

import pytest
from tests.slices.conftest import GRESIK, ON_THE_DAY, office

from mufakat.audit.commands import verify
from mufakat.audit.models import Line
from mufakat.core.decision import NotAllowed
from mufakat.people.roles import Role
from mufakat.proposals.errors import NoProposal
from mufakat.tracking import commands, queries
from mufakat.tracking.errors import Unanswerable
from mufakat.tracking.models import FollowUp, HandOver
from mufakat.tracking.rules import Answer
from mufakat.tracking.states import Outcome, Stage

DPUTR = "Dinas Pekerjaan Umum dan Tata Ruang"
YES = Answer(Outcome.ACCOMMODATED, 380_000_000, Decimal("110"), "1.03.10.2.01.0005 Rehabilitasi Jalan")
NO = Answer(Outcome.NOT_ACCOMMODATED, reason_code="PAGU", reason="Pagu dinas terlampaui.")


@pytest.fixture
def locked(year, django_capture_on_commit_callbacks):
    year.opened().submitted().verified().scheduled().ready().started().decided().elected().in_plenary().issued()
    with django_capture_on_commit_callbacks(execute=True):
        year.locked()
    return year


def test_locked_forum_reaches_the_agency_once(locked):
    again = commands.hand_over(forum_id=locked.forum.pk, at=ON_THE_DAY)

    assert again == 0
    assert sorted(HandOver.objects.values_list("proposal__number", "agency")) == [(1, DPUTR), (2, DPUTR), (3, DPUTR)]


def test_agency_accommodates_one_and_refuses_another(locked, opd_dputr):
    first, second, *_ = locked.proposals

    commands.answer(actor=opd_dputr, proposal_id=first.pk, answer=YES, at=ON_THE_DAY)
    commands.answer(actor=opd_dputr, proposal_id=second.pk, answer=NO, at=ON_THE_DAY)

    first.refresh_from_db()
    second.refresh_from_db()
    tally = queries.per_agency(locked.bappeda, locked.cycle, at=ON_THE_DAY)
    assert (first.state, first.value_requested, first.value_agreed, first.value_budgeted) == (
        "DIAKOMODIR_RENJA", 400_000_000, 400_000_000, None,
    )  # fmt: skip
    assert (second.state, second.refused_at, second.reason_code) == ("TIDAK_DIAKOMODIR", "forum_pd", "PAGU")
    assert [(t.agency, t.received, t.value, t.waiting, t.accommodated, t.refused) for t in tally] == [
        (DPUTR, 3, 1_000_000_000, 1, 1, 1)
    ]
    assert Line.objects.filter(action="proposal.followed_up").count() == 2
    assert verify(kabupaten=GRESIK) == ()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(Outcome.ACCOMMODATED, 1, Decimal(1)), "Isi sub kegiatan yang menampung usulan ini."),
        (Answer(Outcome.ACCOMMODATED, None, Decimal(1), "x"), "Isi nilai dalam rupiah bulat, lebih dari 0."),
        (Answer(Outcome.ACCOMMODATED, 1, None, "x"), "Isi volume, lebih dari 0."),
        (Answer(Outcome.NOT_ACCOMMODATED), "Pilih kode alasannya."),
        (
            Answer(Outcome.NOT_ACCOMMODATED, reason_code="LAIN", reason="pendek"),
            "Alasan LAIN memerlukan penjelasan paling sedikit 20 huruf.",
        ),
    ],
)
def test_answer_that_is_not_whole_is_refused(locked, opd_dputr, answer, sentence):
    with pytest.raises(Unanswerable) as refusal:
        commands.answer(actor=opd_dputr, proposal_id=locked.proposals[0].pk, answer=answer, at=ON_THE_DAY)

    assert str(refusal.value) == sentence
    assert FollowUp.objects.count() == 0


def test_other_agency_does_not_see_the_item_until_it_is_sent_on(locked, opd_dputr):
    health = office(Role.OPD, GRESIK, agency="Dinas Kesehatan")
    first = locked.proposals[0]
    with pytest.raises(NoProposal):
        commands.answer(actor=health, proposal_id=first.pk, answer=YES, at=ON_THE_DAY)

    commands.reroute(
        actor=opd_dputr, proposal_id=first.pk, agency="Dinas Kesehatan", reason="Gedung posyandu.", at=ON_THE_DAY
    )
    commands.answer(actor=health, proposal_id=first.pk, answer=YES, at=ON_THE_DAY)

    first.refresh_from_db()
    road = list(first.hand_overs.order_by("received_at", "id").values_list("agency", "closed_reason"))
    assert road == [(DPUTR, "Gedung posyandu."), ("Dinas Kesehatan", "")]
    assert (first.state, first.agency_requested, first.agency_final) == ("DIAKOMODIR_RENJA", DPUTR, "Dinas Kesehatan")


def test_later_stages_keep_four_pairs_apart_and_show_what_was_skipped(locked, opd_dputr):
    first = locked.proposals[0]
    commands.answer(actor=opd_dputr, proposal_id=first.pk, answer=YES, at=ON_THE_DAY)
    key = {"actor": locked.bappeda, "proposal_id": first.pk, "at": ON_THE_DAY}

    commands.record(
        **key, stage=Stage.RKPD, answer=Answer(Outcome.ACCOMMODATED, 375_000_000, reference="Perbup 20/2027")
    )
    commands.record(**key, stage=Stage.APBD, answer=Answer(Outcome.ACCOMMODATED, 360_000_000, reference="Perda 9/2027"))

    first.refresh_from_db()
    pairs = (first.value_requested, first.value_verified, first.value_agreed, first.value_budgeted)
    assert pairs == (400_000_000, 400_000_000, 400_000_000, 360_000_000)
    assert first.state == "MASUK_APBD"
    answers = queries.items([first], at=ON_THE_DAY)[0].answers
    assert queries.skipped(answers) == (Stage.REGENCY_FORUM, Stage.KUA_PPAS)


def test_nobody_else_answers_or_records(locked, opd_dputr, head_giri):
    first = locked.proposals[0]
    for actor in (locked.bappeda, locked.admin, locked.verifier, head_giri):
        with pytest.raises(NotAllowed):
            commands.answer(actor=actor, proposal_id=first.pk, answer=YES, at=ON_THE_DAY)
    for actor in (opd_dputr, locked.admin, head_giri):
        with pytest.raises(NotAllowed):
            commands.record(actor=actor, proposal_id=first.pk, stage=Stage.RKPD, answer=YES, at=ON_THE_DAY)
