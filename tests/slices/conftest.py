"""A regency with one kecamatan in its forum year; fixtures are named after the office they hold."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from inspect import signature
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from tests.factories.replay import TAPE, replayed, replayed_on

from mufakat.cycles import commands as cycles
from mufakat.drafting.labels import Result
from mufakat.engines.nomenclature.classify import Authority
from mufakat.forums import grouping
from mufakat.forums.commands import minutes, preparation, session
from mufakat.forums.rules import REQUIRED_ELEMENTS, Agreement, Element, Method, Verdict
from mufakat.people.models import Office, User
from mufakat.people.queries import actor_for
from mufakat.people.roles import Role
from mufakat.prioritisation import papers
from mufakat.proposals import commands as proposals
from mufakat.proposals.alike import unexplained_for
from mufakat.proposals.commands import resembling
from mufakat.proposals.rules import Draft
from mufakat.regions import names
from mufakat.regions.commands import load
from mufakat.regions.models import Region
from mufakat.verification import commands as verification

WIB = ZoneInfo("Asia/Jakarta")
KEBOMAS, MANYAR, GRESIK = "35.25.14", "35.25.10", "35.25"
GIRI, INDRO, SUKOREJO = "35.25.14.2009", "35.25.14.1019", "35.25.14.2007"
VILLAGES = (GIRI, INDRO, SUKOREJO)
FORUM_DAY = date(2027, 2, 3)
AT = datetime(2027, 1, 11, 9, tzinfo=WIB)
ON_THE_DAY = datetime(2027, 2, 3, 8, tzinfo=WIB)
SCAN = b"%PDF-1.7\n% pindaian bertanda tangan\n"
_serial = count(1)


@replayed
def office(role, region, agency=""):
    """An actor holding an office all year."""
    user = User(username=f"{role}-{next(_serial)}")
    user.set_unusable_password()
    user.save()
    held = Office.objects.create(
        kabupaten=region[:5], user=user, role=role.value, region_id=region, agency=agency, starts_on=date(2026, 1, 1)
    )
    return actor_for(Office.objects.select_related("region").get(pk=held.pk))


@pytest.fixture
def regency(request, db):
    """Kabupaten Gresik with all its regions."""
    for kept in (papers._KEPT, grouping._KEPT):
        kept.clear()  # what one test saw of a cycle is not what the next puts back under the same id
    with nullcontext() if "monkeypatch" in signature(request.function).parameters else TAPE.running():
        TAPE.take("regions", lambda: load(atlas=names.shipped()))
        yield


@pytest.fixture
def bappeda_gresik(regency):
    return office(Role.BAPPEDA, GRESIK)


@pytest.fixture
def admin_kebomas(regency):
    return office(Role.ADMIN_KECAMATAN, KEBOMAS)


@pytest.fixture
def camat_kebomas(regency):
    return office(Role.CAMAT, KEBOMAS)


@pytest.fixture
def verifier_kebomas(regency):
    return office(Role.VERIFIKATOR, KEBOMAS)


@pytest.fixture
def pemandu_kebomas(regency):
    return office(Role.PEMANDU, KEBOMAS)


@pytest.fixture
def head_giri(regency):
    return office(Role.KEPALA_DESA, GIRI)


@pytest.fixture
def opd_dputr(regency):
    return office(Role.OPD, GRESIK, agency="Dinas Pekerjaan Umum dan Tata Ruang")


@dataclass
class Year:
    """A whole forum year, taken as far as a test needs; every step goes through the commands."""

    bappeda: object
    admin: object
    verifier: object
    pemandu: object
    cycle: object = None
    forum: object = None
    proposals: list = field(default_factory=list)
    document: object = None

    @replayed_on("cycle")
    def opened(self, pagu=1_000_000_000):
        self.cycle = cycles.open_cycle(
            actor=self.bappeda,
            plan_year=2028,
            theme="Pemerataan infrastruktur",
            opens_at=AT - timedelta(days=5),
            closes_at=AT + timedelta(days=10),
            returned_until=AT + timedelta(days=15),
            regency_forum_day=date(2027, 3, 18),
            at=AT,
            is_example=True,
        )
        cycles.announce_pagu(actor=self.bappeda, cycle_id=self.cycle.pk, kecamatan=KEBOMAS, amount=pagu, at=AT)
        return self

    def forum_kecamatan(self):
        """The kecamatan of this year's forum."""
        return Region.objects.get(code=KEBOMAS)

    @replayed_on("proposals")
    def submitted(self, rows=None):
        """Every village submits; rows are (village, title, value, rank)."""
        rows = rows or ROWS
        heads = {village: office(Role.KEPALA_DESA, village) for village in dict.fromkeys(r[0] for r in rows)}
        for village, title, value, rank in rows:
            content = Draft(
                title=title,
                problem="Warga terganggu sejak musim hujan yang lalu.",
                location=f"RT {len(self.proposals) + 1:02} RW 03",
                volume=Decimal("120.5"),
                unit="meter",
                value=value,
                households=40,
                land_status="milik pemda",
                priority=rank,
                agency="Dinas Pekerjaan Umum dan Tata Ruang",
            )
            head = heads[village]
            drafted = proposals.draft(actor=head, cycle_id=self.cycle.pk, content=content, at=AT)
            for alike in unexplained_for(drafted):
                resembling.tell_apart(
                    actor=head, proposal_id=drafted.pk, other_id=alike.other.pk, reason="Letaknya berbeda.", at=AT
                )
            self.proposals.append(proposals.submit(actor=head, proposal_id=drafted.pk, at=AT))
        return self

    @replayed_on()
    def verified(self):
        for proposal in self.proposals:
            verification.verify(
                actor=self.verifier,
                proposal_id=proposal.pk,
                authority=Authority.KABUPATEN,
                agency="Dinas Pekerjaan Umum dan Tata Ruang",
                at=AT,
            )
        return self

    @replayed_on("forum")
    def scheduled(self):
        self.forum = preparation.schedule(
            actor=self.bappeda,
            cycle_id=self.cycle.pk,
            kecamatan=KEBOMAS,
            day=FORUM_DAY,
            starts_at=time(8),
            ends_at=time(15),
            place="Aula Kantor Kecamatan Kebomas",
            pemandu=[("Pemandu Satu", "P"), ("Pemandu Dua", "L")],
            at=AT,
        )
        return self

    @replayed_on()
    def ready(self):
        key = {"actor": self.admin, "forum_id": self.forum.pk, "at": AT}
        preparation.prepare(**key)
        preparation.set_team(
            **key, number="188/21/2027", day=date(2027, 1, 5), members=[("Ketua Tim", "Sekcam", "Ketua", "L")]
        )
        preparation.invite(**key, day=date(2027, 1, 20), elements=dict.fromkeys(REQUIRED_ELEMENTS, 5))
        preparation.declare_ready(**key, override_reason="Desa lain mengajukan tertulis tahun ini.")
        return self

    @replayed_on()
    def started(self):
        key = {"actor": self.admin, "forum_id": self.forum.pk, "at": ON_THE_DAY}
        preparation.open_attendance(**key)
        people = (
            ("Siti Aminah", "P", Element.WOMEN, GIRI),
            ("Budi Santoso", "L", Element.VILLAGE_DELEGATES, GIRI),
            ("Ahmad Fauzi", "L", Element.BPD, SUKOREJO),
            ("Dewi Lestari", "P", Element.VILLAGE_HEADS, INDRO),
        )
        for name, gender, element, village in people:
            session.record_attendance(**key, person=session.Person(name, gender, element, village=village))
        preparation.start(**key, chair={"name": "Ketua Sidang", "position": "Camat Kebomas"})
        for subject in Agreement:
            session.agree(**key, subject=subject, method=Method.CONSENSUS)
        for village in VILLAGES:
            session.confirm_list(**key, village=village, by="Delegasi")
        return self

    @replayed_on()
    def decided(self):
        """Agree in order while the pagu lasts; the rest are reserves."""
        left = self.cycle.pagu_of(KEBOMAS)
        for proposal in self.proposals:
            fits = proposal.value_requested <= left
            left -= proposal.value_requested if fits else 0
            verdict = agreed(proposal.value_requested) if fits else RESERVE
            session.decide(
                actor=self.pemandu, forum_id=self.forum.pk, proposal_id=proposal.pk, verdict=verdict, at=ON_THE_DAY
            )
        return self

    @replayed_on()
    def elected(self):
        people = list(self.forum.attendees.order_by("arrived_at", "pk")[:3])
        for person in people:
            key = {"actor": self.pemandu, "forum_id": self.forum.pk, "at": ON_THE_DAY}
            delegate = session.nominate(**key, attendee_id=person.pk)
            session.elect(**key, delegate_id=delegate.pk, method=Method.CONSENSUS)
        return self

    @replayed_on()
    def in_plenary(self):
        session.open_plenary(actor=self.admin, forum_id=self.forum.pk, at=ON_THE_DAY)
        return self

    @replayed_on("document")
    def issued(self, number="400.10/12/437.114/2027"):
        self.document = minutes.issue(actor=self.admin, forum_id=self.forum.pk, number=number, at=ON_THE_DAY)
        return self

    @replayed_on("forum", "document")
    def locked(self):
        key = {"actor": self.admin, "forum_id": self.forum.pk, "at": ON_THE_DAY}
        minutes.attach_scan(**key, content=SCAN)
        minutes.lock(**key)
        self.document.refresh_from_db()
        self.forum.refresh_from_db()
        return self


ROWS = (
    (GIRI, "Perbaikan jalan lingkungan RT 02", 400_000_000, 1),
    (GIRI, "Saluran drainase jalan poros", 350_000_000, 2),
    (INDRO, "Plengsengan saluran pembuang", 250_000_000, 1),
    (SUKOREJO, "Pembangunan jembatan jalan kabupaten", 300_000_000, 1),
)
RESERVE = Verdict(Result.CADANGAN, None, "", "PAGU", "", Method.CONSENSUS)


def agreed(value, agency="Dinas Pekerjaan Umum dan Tata Ruang"):
    return Verdict(Result.DISEPAKATI, value, agency, "", "", Method.CONSENSUS)


@pytest.fixture
def year(bappeda_gresik, admin_kebomas, verifier_kebomas, pemandu_kebomas):
    return Year(bappeda_gresik, admin_kebomas, verifier_kebomas, pemandu_kebomas)
