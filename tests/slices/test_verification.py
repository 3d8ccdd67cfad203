"""The verdict of the kecamatan and what it rests on (rules 29, 33, 37-44, 49)."""

from datetime import timedelta

import pytest
from django.utils import translation
from tests.slices.conftest import AT, GIRI, INDRO, KEBOMAS, ROWS, SUKOREJO, office

from mufakat.audit.models import Line
from mufakat.core.decision import NotAllowed
from mufakat.drafting.labels import Reason
from mufakat.engines.nomenclature.classify import Authority
from mufakat.people.roles import Role
from mufakat.proposals import commands as proposals
from mufakat.proposals.models import Proposal
from mufakat.ui.language import told
from mufakat.verification import commands
from mufakat.verification.commands import Unfounded
from mufakat.verification.models import Examination
from mufakat.verification.queries import likenesses_of, standings
from mufakat.verification.rules import Check

pytestmark = pytest.mark.django_db
AGENCY = "Dinas Kesehatan"


@pytest.fixture
def submitted(year):
    return year.opened().submitted()


@pytest.fixture
def first(submitted):
    return submitted.proposals[0]


def passing(year, proposal, **more):
    key = {"actor": year.verifier, "proposal_id": proposal.pk, "authority": Authority.KABUPATEN, "agency": AGENCY}
    return commands.verify(**key | {"at": AT} | more)


def test_verdict_keeps_the_first_agency_and_both_figures(submitted, first):
    passing(submitted, first, value=1, checks={Check.VOLUME: True})

    first.refresh_from_db()
    assert (first.agency_requested, first.agency_final) == ("Dinas Pekerjaan Umum dan Tata Ruang", AGENCY)
    assert (first.value_requested, first.value_verified, first.state) == (400_000_000, 1, "LOLOS_VERIF")
    assert Examination.objects.values_list("verdict", "checks", "office").get() == (
        "loloskan", {"volume": True}, submitted.verifier.label,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"agency": " "}, "Pilih satu perangkat daerah penanggung jawab."),
        ({"checks": {Check.PLACE: False, Check.DOUBLE: True}}, "Yang dinyatakan tidak sesuai: Lokasi. Kembalikan"),
    ],
)
def test_nothing_passes_without_an_agency_or_against_a_check(submitted, first, more, said):
    with pytest.raises(Unfounded) as refused:
        passing(submitted, first, **more)

    assert str(refused.value).startswith(said)
    first.refresh_from_db()
    assert (first.state, Examination.objects.count()) == ("DIAJUKAN", 0)


@pytest.mark.parametrize("land", ["milik perorangan", "dalam sengketa", "fasum belum diserahkan"])
def test_land_blocks_until_a_document_or_an_exception_is_named(submitted, first, land):
    Proposal.objects.filter(pk=first.pk).update(land_status=land)

    with pytest.raises(Unfounded) as refused:
        passing(submitted, first, clearance="surat")
    passing(submitted, first, clearance="Surat hibah lahan 12/2026.")

    first.refresh_from_db()
    assert str(refused.value).startswith("Status lahan menghalangi:")
    assert (first.is_cleared, first.state) == (True, "LOLOS_VERIF")


def test_goods_need_a_recipient_with_legal_standing(submitted, first):
    Proposal.objects.filter(pk=first.pk).update(
        title="Bantuan mesin jahit bagi kelompok", recipient="Kelompok Melati, belum berbadan hukum"
    )

    with pytest.raises(Unfounded) as refused:
        passing(submitted, first)

    assert str(refused.value).startswith("Penerima barang belum berbadan hukum")


def test_other_reason_needs_words_and_the_stage_stays(submitted, first):
    key = {"actor": submitted.verifier, "proposal_id": first.pk, "code": Reason.LAIN, "at": AT}

    with pytest.raises(Unfounded):
        commands.refuse(**key, reason="terlalu pendek")
    commands.refuse(**key, reason="Sudah dikerjakan sendiri oleh warga RT 02.")

    first.refresh_from_db()
    assert (first.state, first.refused_at, first.reason_code) == ("TIDAK_LAYAK", "VERIF_KEC", "LAIN")


def test_nobody_verifies_what_he_entered(submitted, first):
    Proposal.objects.filter(pk=first.pk).update(entered_by=submitted.verifier.user_id)

    with pytest.raises(NotAllowed):
        passing(submitted, first)

    other = office(Role.VERIFIKATOR, KEBOMAS)
    assert passing(submitted, first, actor=other).state == "LOLOS_VERIF"


def test_one_appeal_decided_by_somebody_else(submitted, first):
    head = office(Role.KEPALA_DESA, GIRI)
    refuse = {"proposal_id": first.pk, "code": Reason.SUDAH, "reason": "", "at": AT}
    appeal = {"actor": head, "proposal_id": first.pk, "reason": "Yang dibangun ruas lain, bukan ruas ini.", "at": AT}
    other = office(Role.VERIFIKATOR, KEBOMAS)
    commands.refuse(actor=submitted.verifier, **refuse)

    proposals.appeal(**appeal)
    with pytest.raises(NotAllowed):
        passing(submitted, first)
    commands.refuse(actor=other, **refuse)
    with pytest.raises(NotAllowed):
        proposals.appeal(**appeal)

    assert list(Examination.objects.values_list("verdict", "user_id")) == [
        ("tolak", submitted.verifier.user_id), ("tolak", other.user_id),
    ]  # fmt: skip


def test_what_is_not_completed_lapses_once(submitted, first):
    second = submitted.proposals[1]
    due = AT + timedelta(days=3)
    key = {"actor": submitted.verifier, "reason": "Tulis jumlah KK.", "at": AT}
    commands.return_to_village(**key, proposal_id=first.pk, due_at=due)
    commands.return_to_village(**key, proposal_id=second.pk)
    with pytest.raises(Unfounded):
        commands.return_to_village(**key, proposal_id=submitted.proposals[2].pk, due_at=AT)

    counted = [commands.lapse_overdue(at=at) for at in (due - timedelta(seconds=1), due, due)]
    later = commands.lapse_overdue(at=submitted.cycle.returned_until)

    assert (counted, later) == ([0, 1, 0], 1)
    first.refresh_from_db()
    assert (first.state, first.reason) == ("GUGUR", "Tidak dilengkapi sampai 14 Januari 2027 pukul 09.00.")
    assert (
        list(Line.objects.order_by("-sequence").values_list("action", "office")[:2])
        == [("proposal.lapsed", "sistem")] * 2
    )


def test_every_village_stands_in_the_list_also_the_silent(submitted, first):
    passing(submitted, first)
    commands.return_to_village(
        actor=submitted.verifier, proposal_id=submitted.proposals[1].pk, reason="Tulis lokasi.", at=AT
    )

    found = {s.village.code: s for s in standings(submitted.cycle, KEBOMAS)}

    assert len(found) == 21 and sum(s.submitted for s in found.values()) == len(ROWS)
    giri, indro = found[GIRI], found[INDRO]
    assert (giri.submitted, giri.waiting, giri.returned, giri.passed, giri.out) == (2, 0, 1, 1, 0)
    assert (giri.value, indro.waiting, found[SUKOREJO].submitted) == (750_000_000, 1, 1)
    assert sum(s.submitted == 0 for s in found.values()) == 18


def test_case_shows_what_may_be_the_same_with_reasons(year):
    year.opened().submitted((
        (GIRI, "Perbaikan saluran drainase Jalan Veteran RT 02", 1, 1),
        (GIRI, "Perbaikan drainase Jalan Veteran RT 02", 2, 2),
        (INDRO, "Pelatihan menjahit", 3, 1),
    ))  # fmt: skip

    found = likenesses_of(year.proposals[0])

    assert [like.other.pk for like in found] == [year.proposals[1].pk]
    assert "desa/kelurahan sama" in found[0].sentence


def test_refusals_with_figures_are_told_in_english_too(submitted, first):
    with pytest.raises(Unfounded) as short:
        commands.refuse(actor=submitted.verifier, proposal_id=first.pk, code=Reason.LAIN, reason="x", at=AT)
    with pytest.raises(Unfounded) as unfit:
        passing(submitted, first, checks={Check.PLACE: False, Check.PRICE: False})

    with translation.override("en"):
        assert told(short.value) == ["The reason LAIN (other) needs an explanation of at least 20 letters."]
        assert told(unfit.value)[0].startswith("Found not in order: Location, Price.")
    assert told(short.value) == ["Alasan LAIN memerlukan penjelasan paling sedikit 20 huruf."]
