"""Goods for groups need a proof of the recipient by the cycle's day; those without are listed (rule 41)."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.slices.conftest import AT, GIRI, INDRO, KEBOMAS, MANYAR, SCAN, office
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post

from mufakat.audit.models import Line
from mufakat.cycles import commands as cycles
from mufakat.cycles.commands import WrongCycle
from mufakat.cycles.rules import Proof
from mufakat.documents.commands import WrongScan
from mufakat.people.roles import Role
from mufakat.proposals import permissions, queries
from mufakat.proposals.commands import proving
from mufakat.proposals.errors import WrongProof
from mufakat.proposals.models import Proposal
from mufakat.verification.commands import obstacles_of

pytestmark = pytest.mark.django_db
LATER = AT.replace(day=20)
ENTITY = {"proof": Proof.ENTITY, "number": "AHU-001/2026", "content": SCAN, "at": AT}


@pytest.fixture
def goods(year):
    """Three proposals of goods for groups, one of them refused; the others name no recipient."""
    year.opened().submitted()
    for proposal, state in zip(year.proposals, ("DIAJUKAN", "DIAJUKAN", "TIDAK_LAYAK"), strict=False):
        Proposal.objects.filter(pk=proposal.pk).update(
            title="Bantuan mesin jahit", recipient="Kelompok Melati, belum berbadan hukum", state=state
        )
    return [Proposal.objects.get(pk=p.pk) for p in year.proposals]


def adjusted(year, **given):
    cycle = year.cycle
    stands = {"theme": "", "opens_at": cycle.proposals_open_at, "returned_until": cycle.returned_until}
    stands |= {"regency_forum_day": None, "accepts_incomplete": False, "allows_direct": True}
    return cycles.adjust(actor=year.bappeda, cycle_id=cycle.pk, at=AT, **stands, **given)


def test_who_owes_a_proof_is_listed_until_it_is_there(year, goods, head_giri):
    actors = (head_giri, office(Role.KEPALA_DESA, INDRO), year.verifier, office(Role.VERIFIKATOR, MANYAR))
    listed = [[p.pk for p in queries.lacking_proof(a, year.cycle)] for a in actors]
    assert listed == [[goods[0].pk, goods[1].pk], [], [goods[0].pk, goods[1].pk], []]
    assert len(obstacles_of(goods[0])) == 1

    made = proving.attach_proof(actor=head_giri, proposal_id=goods[0].pk, **ENTITY)

    assert [p.pk for p in queries.lacking_proof(year.verifier, year.cycle)] == [goods[1].pk]
    assert obstacles_of(goods[0]) == ()
    assert (made.kind, made.number, made.added_by) == ("badan_hukum", "AHU-001/2026", head_giri.label)
    assert Line.objects.filter(action="proposal.proof_attached").count() == 1


def test_cycle_says_which_proofs_are_taken(year, goods, head_giri):
    with pytest.raises(WrongCycle):
        adjusted(year, proof_kinds=[])
    cycle = adjusted(year, proof_kinds=["diakui"], proof_until=date(2027, 1, 15))
    assert (cycle.proof_kinds, cycle.proof_until) == (["diakui"], date(2027, 1, 15))
    key = {"actor": head_giri, "proposal_id": goods[0].pk}

    for wrong, given in (
        (WrongProof, ENTITY),
        (WrongProof, ENTITY | {"proof": Proof.RECOGNISED, "number": " "}),
        (WrongScan, ENTITY | {"proof": Proof.RECOGNISED, "content": b"teks"}),
        (WrongProof, ENTITY | {"proof": Proof.RECOGNISED, "actor": office(Role.KEPALA_DESA, INDRO)}),
    ):
        with pytest.raises(wrong):
            proposal = goods[2] if "actor" in given else goods[0]
            Proposal.objects.filter(pk=goods[2].pk).update(recipient="")
            proving.attach_proof(**key | {"proposal_id": proposal.pk} | given)
    proving.attach_proof(**key, **ENTITY | {"proof": Proof.RECOGNISED})


@pytest.mark.parametrize(
    ("role", "region", "state", "may"),
    [
        (Role.OPERATOR_DESA, GIRI, "DRAF", True),
        (Role.KEPALA_DESA, GIRI, "DISEPAKATI", True),
        (Role.KEPALA_DESA, GIRI, "DITARIK", False),
        (Role.KEPALA_DESA, INDRO, "DIAJUKAN", False),
        (Role.VERIFIKATOR, KEBOMAS, "DIAJUKAN", True),
        (Role.VERIFIKATOR, KEBOMAS, "DRAF", False),
        (Role.VERIFIKATOR, MANYAR, "DIAJUKAN", False),
        (Role.CAMAT, KEBOMAS, "DIAJUKAN", False),
    ],
)
def test_village_or_verifier_attaches(db, regency, role, region, state, may):
    proposal = Proposal(kabupaten="35.25", kecamatan_id=KEBOMAS, village_id=GIRI, state=state, number=1)

    assert bool(permissions.can_prove(office(role, region), proposal)) is may


def test_overdue_stands_on_desk_queue_and_list(year, goods, head_giri):
    adjusted(year, proof_until=date(2027, 1, 15))
    at = f"/usulan/{goods[0].pk}/bukti-penerima/"
    with time_machine.travel(AT, tick=False):
        head = browser(head_giri)
        assert "2 usulan belum membuktikan penerimanya." in page_of(head.get("/"))
        assert "Lampirkan paling lambat Jumat, 15 Januari 2027" in page_of(head.get(at))
    with time_machine.travel(LATER, tick=False):
        head, verifier = browser(head_giri), browser(year.verifier)
        assert "2 usulan terlambat membuktikan penerimanya." in page_of(head.get("/"))
        queue = page_of(verifier.get("/verifikasi/"))
        assert "Bukti penerima terlambat Semua 2 usulan" in queue and "15 Januari 2027" in queue
        assert "2 usulan terlambat membuktikan penerimanya" in page_of(verifier.get("/usulan/bukti-penerima/"))
        post(head, at, {"kind": "terdaftar", "number": ""}, expect=422)
        post(browser(year.admin), at, {"kind": "terdaftar"}, expect=403)

        sent = {"kind": "terdaftar", "number": "SK 12/2026", "scan": SimpleUploadedFile("sk.pdf", SCAN)}
        assert "Terdaftar pada instansi SK 12/2026" in page_of(post(head, at, sent))
        proof = goods[0].proofs.get()
        assert verifier.get(f"{at}pindaian/?bukti={head_giri.user_id}").status_code == 404
        scan = verifier.get(f"{at}pindaian/?bukti={proof.pk}")
        assert (scan.content, scan["Content-Type"]) == (SCAN, "application/pdf")
        assert "1 usulan terlambat membuktikan penerimanya." in page_of(head.get("/"))
