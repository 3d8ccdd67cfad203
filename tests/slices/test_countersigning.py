"""A verifier's verdict on a proposal he entered counts once a second person has signed it (rule 43)."""

from datetime import timedelta

import pytest
from tests.slices.conftest import AT, KEBOMAS, MANYAR, office
from tests.web.conftest import browser, on_the_day  # noqa: F401
from tests.web.test_forum_day import page_of, post

from mufakat.audit.models import Line
from mufakat.core.decision import NotAllowed
from mufakat.drafting.labels import Reason
from mufakat.engines.nomenclature.classify import Authority
from mufakat.people.roles import Role
from mufakat.proposals.models import Proposal, Step
from mufakat.verification import commands, permissions, queries
from mufakat.verification.commands import Unfounded, Unprepared
from mufakat.verification.models import Examination, Prepared
from mufakat.verification.rules import Given, Verdict

pytestmark = pytest.mark.django_db
AGENCY = "Dinas Kesehatan"
PASS = Given(Verdict.ADMIT, Authority.KABUPATEN.value, AGENCY, value=5, checks=(("lokasi", True),))
RETURN = Given(Verdict.RETURN, reason="Lampirkan RAB.", parts=("volume",), due_at=AT + timedelta(days=3))
REFUSE = Given(Verdict.REFUSE, reason_code=Reason.SUDAH.value, reason="Sudah ada dalam APBD.")


@pytest.fixture
def entered(year):
    """A proposal that the verifier of Kebomas wrote while an operator."""
    proposal = year.opened().submitted().proposals[0]
    Proposal.objects.filter(pk=proposal.pk).update(entered_by=year.verifier.user_id)
    return proposal


@pytest.fixture
def prepared(year, entered):
    commands.prepare(actor=year.verifier, proposal_id=entered.pk, given=PASS, at=AT)
    return entered


@pytest.mark.parametrize(("given", "state"), [(PASS, "LOLOS_VERIF"), (RETURN, "DIKEMBALIKAN"), (REFUSE, "TIDAK_LAYAK")])
def test_every_verdict_takes_effect_with_the_second_signature(year, entered, camat_kebomas, given, state):
    key = {"proposal_id": entered.pk, "at": AT}
    with pytest.raises(NotAllowed):
        commands.decide(actor=year.verifier, given=given, **key)
    commands.prepare(actor=year.verifier, given=given, **key)
    assert Proposal.objects.get(pk=entered.pk).state == "DIAJUKAN"

    commands.countersign(actor=camat_kebomas, **key)

    assert Proposal.objects.get(pk=entered.pk).state == state
    assert Examination.objects.values_list("verdict", "user_id", "office", "second_user_id", "second_office").get() == (
        given.verdict.value, year.verifier.user_id, year.verifier.label, camat_kebomas.user_id, camat_kebomas.label,
    )  # fmt: skip
    road = Step.objects.filter(proposal=entered).last()
    assert road.office == f"{year.verifier.label}, bersama {camat_kebomas.label}"
    signed = Line.objects.get(action="proposal.countersigned")
    assert (signed.office, year.verifier.label in signed.facts) == (camat_kebomas.label, True)
    assert not Prepared.objects.exists()
    with pytest.raises(Unprepared):
        commands.countersign(actor=camat_kebomas, **key)


@pytest.mark.parametrize(
    ("role", "region", "refusal"),
    [
        (Role.VERIFIKATOR, KEBOMAS, None),
        (Role.CAMAT, KEBOMAS, None),
        (Role.ADMIN_KECAMATAN, KEBOMAS, None),
        (Role.PEMANDU, KEBOMAS, permissions.Refusal.SECOND),
        (Role.BAPPEDA, "35.25", permissions.Refusal.SECOND),
        (Role.VERIFIKATOR, MANYAR, permissions.Refusal.OTHER_KECAMATAN),
    ],
)
def test_second_person_is_of_the_kecamatan_and_another(year, prepared, role, region, refusal):
    by = {"prepared_by": year.verifier.user_id}
    assert permissions.can_countersign(office(role, region), prepared, **by).reason is refusal
    own = permissions.can_countersign(year.verifier, prepared, **by)
    assert own.reason is permissions.Refusal.SAME_PERSON


def test_only_what_one_entered_is_prepared_and_only_if_founded(year, entered):
    other = year.proposals[1]
    key = {"actor": year.verifier, "at": AT}

    assert permissions.can_prepare(year.verifier, other).reason is permissions.Refusal.ALONE
    with pytest.raises(Unfounded):
        commands.prepare(**key, proposal_id=entered.pk, given=Given(Verdict.ADMIT, "kabupaten", " "))
    entered.refresh_from_db()
    entered.appeals, entered.refused_by = 1, year.verifier.user_id
    assert permissions.can_prepare(year.verifier, entered).reason is permissions.Refusal.APPEAL


def test_declined_verdict_goes_back_and_another_verifier_may_decide(year, prepared, admin_kebomas):
    second = office(Role.VERIFIKATOR, KEBOMAS)
    key = {"proposal_id": prepared.pk, "at": AT}
    assert [p.proposal for p in queries.to_countersign(second)] == [prepared]
    assert queries.next_for(year.verifier) == year.proposals[1]
    with pytest.raises(Unfounded):
        commands.decline(actor=second, reason="tidak", **key)

    commands.decline(actor=second, reason="Lokasi belum didatangi.", **key)

    assert list(queries.to_countersign(second)) == [] and queries.next_for(year.verifier) == prepared
    assert Prepared.objects.values_list("declined", "declined_by").get() == ("Lokasi belum didatangi.", second.label)
    commands.decide(actor=second, given=PASS, **key)
    assert not Prepared.objects.exists()


def test_pages_of_both_persons(year, entered, on_the_day, camat_kebomas):  # noqa: F811
    first, at = browser(year.verifier), f"/verifikasi/{entered.pk}/"
    assert "Siapkan untuk tanda tangan kedua" in page_of(first.get(at))
    sent = {"verdict": "kembalikan", "reason": "Lampirkan RAB.", "parts": ["volume"], "due_at": "2027-02-20T12:00"}

    post(first, at, sent)

    assert "menunggu tanda tangan kedua" in page_of(first.get("/verifikasi/"))
    camat = browser(camat_kebomas)
    assert "1 putusan menunggu tanda tangan Anda sebagai orang kedua" in page_of(camat.get("/verifikasi/"))
    assert "1 putusan menunggu tanda tangan kedua" in page_of(camat.get("/"))
    shown = page_of(camat.get(at))
    assert "Putusan Kembalikan untuk dilengkapi Yang harus dilengkapi Volume dan nilai" in shown
    post(camat, f"{at}tidak-tandatangani/", {"reason": "kurang"}, expect=422)
    post(first, f"{at}tandatangani/", {}, expect=403)
    post(camat, f"{at}tandatangani/", {})
    assert "Ditandatangani bersama" in page_of(first.get(at))
    entered.refresh_from_db()
    assert entered.state == "DIKEMBALIKAN"
