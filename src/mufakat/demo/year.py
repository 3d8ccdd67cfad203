"""A whole invented year of Kecamatan Kebomas in the database, opened at the stage one asks for.

Every step goes through the commands that people use, so that audit, documents and figures are what they would be.
Dates follow from today: windows are open, the forum is held in year n-1, and no person is named.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from mufakat.cycles import commands as cycles
from mufakat.cycles.models import Cycle
from mufakat.cycles.queries import kecamatans_of
from mufakat.demo import sheets
from mufakat.drafting.labels import Reason, Result
from mufakat.engines.nomenclature.classify import Authority
from mufakat.forums.commands import dividing, minutes, notes, preparation, session
from mufakat.forums.models import Forum
from mufakat.forums.papers import draft_of
from mufakat.forums.rules import REQUIRED_ELEMENTS, Agreement, Element, Method, Verdict
from mufakat.intake import commands as intake
from mufakat.intake import queries as intake_queries
from mufakat.intake.reading import reading_of
from mufakat.people.actors import Actor
from mufakat.people.models import Office, User
from mufakat.people.passwords import EXAMPLE_PASSWORD
from mufakat.people.queries import actor_for
from mufakat.people.roles import Role
from mufakat.prioritisation.queries import on_papers
from mufakat.proposals.models import Proposal
from mufakat.proposals.rules import Part
from mufakat.proposals.states import State
from mufakat.regions import names
from mufakat.regions.commands import load
from mufakat.regions.models import Region
from mufakat.tracking import commands as tracking
from mufakat.tracking.rules import Answer
from mufakat.tracking.states import Outcome
from mufakat.tracking.states import Stage as Later
from mufakat.verification import commands as verification
from mufakat.verification.queries import advice_on

KECAMATAN, REGENCY = "35.25.14", "35.25"
PAGU = 5_000_000_000
PASSWORD = EXAMPLE_PASSWORD
WORKS = "Dinas Pekerjaan Umum dan Tata Ruang"
"""The agency that has an account at every stage; the others follow when there is something to answer."""
NUMBER = "400.10.2.1/CONTOH"
SCAN = b"%PDF-1.7\n% CONTOH: pindaian Berita Acara bertanda tangan\n%%EOF\n"
KAMUS = (
    ("Paving jalan lingkungan", "m2", 165_000, "Dinas Cipta Karya, Perumahan dan Kawasan Permukiman"),
    ("Peningkatan jalan poros", "m", 3_200_000, "Dinas Pekerjaan Umum dan Tata Ruang"),
    ("Penerangan jalan lingkungan", "titik", 6_500_000, "Dinas Perhubungan"),
    ("Pelatihan keterampilan warga", "paket", 15_000_000, ""),
    ("Rehabilitasi gedung posyandu", "unit", 120_000_000, "Dinas Kesehatan"),
    ("Saluran U-ditch 40/60", "m", 950_000, "Dinas Pekerjaan Umum dan Tata Ruang"),
)
"""Invented prices; the agency as the demonstration's authority table names it, none where several may be right."""
PEOPLE = (
    ("Ketua LKMK se-Kecamatan Kebomas", "L", Element.LKMK),
    ("Ketua Tim Penggerak PKK Kecamatan", "P", Element.WOMEN),
    ("Ketua Pokja PKK Kelurahan Indro", "P", Element.WOMEN),
    ("Ketua Karang Taruna Kecamatan", "L", Element.YOUTH),
    ("Wakil Forum Penyandang Disabilitas", "P", Element.DISABILITY),
    ("Ketua BPD Desa Giri", "L", Element.BPD),
    ("Anggota DPRD Daerah Pemilihan 1", "L", Element.DPRD),
    ("Kepala Bidang pada Bappeda", "P", Element.BAPPEDA),
    ("Kepala UPT Pekerjaan Umum", "L", Element.AGENCIES),
    ("Kapolsek Kebomas", "L", Element.FORKOPIMCAM),
)


class Stage(StrEnum):
    """Where the demonstration opens."""

    DRAFTING = "drafting"
    VERIFICATION = "verification"
    HALL = "hall"
    TRACKING = "tracking"


@dataclass(slots=True)
class Clock:
    """The moments of the year; each call is a little later, so that every line has its own time, and none is to come."""

    now: datetime
    step: timedelta

    @classmethod
    def until(cls, now: datetime) -> Clock:
        """A clock that began two hours ago, but not before today, and has steps enough for a year until now."""
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        start = max(now - timedelta(hours=2), midnight)
        return cls(start, max((now - start) / 2000, timedelta(microseconds=1)))

    def at(self, *, days: int = 0) -> datetime:
        """A moment `days` from today."""
        self.now += self.step
        return self.now + timedelta(days=days)


def build(*, stage: Stage, now: datetime) -> Forum:
    """Fill an empty database with the year as it stands at `stage`; returns the forum of Kebomas."""
    load(atlas=names.shipped())
    clock = Clock.until(now)
    offices = _offices(timezone.localdate(now))
    cycle = _cycle(offices["bappeda"], stage, clock)
    forum = _schedule(offices["bappeda"], cycle, _forum_day(stage, timezone.localdate(now)), clock.at(days=-38))
    _import(offices, cycle, stage, clock)
    if stage is Stage.VERIFICATION:
        _return_one(offices["verifikator"], cycle, clock)
    if stage in (Stage.HALL, Stage.TRACKING):
        _verify(offices["verifikator"], cycle, clock)
        _prepare(offices["admin"], forum, clock)
        _open_hall(offices["admin"], forum, clock)
        _decide(offices["pemandu"], forum, clock, leave=12 if stage is Stage.HALL else 0)
    if stage is Stage.TRACKING:
        _conclude(offices["admin"], forum, clock)
        _answer(offices["dputr"], cycle, clock)
        _budget(offices["bappeda"], cycle, clock)
    return forum


def _forum_day(stage: Stage, today: date) -> date:
    """Today on the forum day and after; else in some weeks, never past 31 December."""
    if stage in (Stage.HALL, Stage.TRACKING):
        return today
    return min(today + timedelta(days=25), date(today.year, 12, 31))


def _offices(today: date) -> dict[str, Actor]:
    """One account per role and per village, one agency's among them; offices only, all with the same password."""
    secret = make_password(PASSWORD)
    held = [
        ("bappeda", Role.BAPPEDA, REGENCY),
        ("inspektorat", Role.AUDITOR, REGENCY),
        ("admin", Role.ADMIN_KECAMATAN, KECAMATAN),
        ("camat", Role.CAMAT, KECAMATAN),
        ("verifikator", Role.VERIFIKATOR, KECAMATAN),
        ("pemandu", Role.PEMANDU, KECAMATAN),
        ("notulis", Role.NOTULIS, KECAMATAN),
    ]
    for village in Region.objects.filter(parent_id=KECAMATAN).order_by("code"):
        name = village.name.lower().replace(" ", "").replace("'", "")
        held += [
            (f"kades.{name}", Role.KEPALA_DESA, village.code),
            (f"operator.{name}", Role.OPERATOR_DESA, village.code),
        ]
    offices = {name: _office(name, role, region, secret, today) for name, role, region in held}
    offices["dputr"] = _office("dputr", Role.OPD, REGENCY, secret, today, WORKS)
    return offices


def _office(name: str, role: Role, region: str, secret: str, today: date, agency: str = "") -> Actor:
    user = User.objects.create(username=name, password=secret)
    office = Office.objects.create(
        kabupaten=REGENCY,
        user=user,
        role=role.value,
        region_id=region,
        agency=agency,
        starts_on=date(today.year - 1, 1, 1),
    )
    return actor_for(Office.objects.select_related("region").get(pk=office.pk))


def _cycle(bappeda: Actor, stage: Stage, clock: Clock) -> Cycle:
    """The cycle with windows that fit the stage, its pagu and a few entries of the kamus."""
    opens, closes, returned = {
        Stage.DRAFTING: (-21, 14, 19),
        Stage.VERIFICATION: (-35, -1, 10),
    }.get(stage, (-40, -20, -12))
    at = clock.at(days=-42)
    year = timezone.localdate(clock.now).year
    last = timezone.localtime(clock.now).replace(month=12, day=31, hour=23, minute=59)
    cycle = cycles.open_cycle(
        actor=bappeda,
        plan_year=year + 1,
        theme="Pemerataan infrastruktur dan layanan dasar (contoh)",
        opens_at=timezone.localtime(clock.at(days=opens)).replace(hour=8, minute=0, second=0, microsecond=0),
        closes_at=min(_end_of_day(clock.at(days=closes)), last - timedelta(minutes=1)),
        returned_until=min(_end_of_day(clock.at(days=returned)), last),
        regency_forum_day=None,
        at=at,
        is_example=True,
    )
    kecamatans = kecamatans_of(REGENCY).values_list("code", flat=True)
    amounts = {code: PAGU - 50_000_000 * n for n, code in enumerate(kecamatans)} | {KECAMATAN: PAGU}
    cycles.announce_pagus(actor=bappeda, cycle_id=cycle.pk, amounts=amounts, at=clock.at(days=-41))
    for name, unit, price, agency in KAMUS:
        key: dict[str, Any] = {"name": name, "unit": unit, "unit_price": price, "agency": agency}
        cycles.add_kamus(actor=bappeda, cycle_id=cycle.pk, **key, at=clock.at(days=-41))
    return cycle


def _end_of_day(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=23, minute=59, second=0, microsecond=0)


def _schedule(bappeda: Actor, cycle: Cycle, day: date, at: datetime) -> Forum:
    return preparation.schedule(
        actor=bappeda,
        cycle_id=cycle.pk,
        kecamatan=KECAMATAN,
        day=day,
        starts_at=time(8),
        ends_at=time(15),
        place="Aula Kantor Kecamatan Kebomas",
        pemandu=[("Pemandu 1, Bappeda", "P"), ("Pemandu 2, Bappeda", "L")],
        at=at,
    )


def _import(offices: dict[str, Actor], cycle: Cycle, stage: Stage, clock: Clock) -> None:
    """The invented sheets: drafts of each village while drafting, else the kecamatan's compilation."""
    with tempfile.TemporaryDirectory(prefix="mufakat-contoh-") as folder:
        files = [(path.name, path.read_bytes()) for path in sheets.write(Path(folder))]
    reading = reading_of(files=files, gazetteer=intake_queries.gazetteer(KECAMATAN))
    days = {Stage.DRAFTING: -3, Stage.VERIFICATION: -2}.get(stage, -30)
    if stage is not Stage.DRAFTING:
        intake.import_sheets(
            actor=offices["admin"],
            cycle_id=cycle.pk,
            reading=reading,
            basis="Berita acara musrenbang 21 desa dan kelurahan (contoh)",
            at=clock.at(days=days),
        )
        return
    for name, actor in offices.items():
        if name.startswith("operator."):
            intake.import_sheets(actor=actor, cycle_id=cycle.pk, reading=reading, at=clock.at(days=days))


def _verify(verifier: Actor, cycle: Cycle, clock: Clock) -> None:
    """Follow the engine's advice; what is the desa's own goes back to it, a few are refused with a reason."""
    for proposal in _on_list(cycle):
        advice = advice_on(proposal)
        key: dict[str, Any] = {"actor": verifier, "proposal_id": proposal.pk}
        at = clock.at(days=-16)
        if advice.authority is Authority.DESA:
            verification.refuse(**key, code=Reason.KEW_DESA, reason="Kewenangan desa; diteruskan ke RKP Desa.", at=at)
        elif (proposal.number or 0) % 23 == 0:
            verification.refuse(**key, code=Reason.SUDAH, reason="Sudah tercantum dalam APBD tahun berjalan.", at=at)
        else:
            agency = advice.agency or "Kecamatan Kebomas"
            clearance = "Surat hibah lahan dan akta penerima diperiksa (contoh)."
            verification.verify(**key, authority=advice.authority, agency=agency, clearance=clearance, at=at)


def _return_one(verifier: Actor, cycle: Cycle, clock: Clock) -> None:
    """The first proposal of the village whose accounts the demonstration names waits to be completed."""
    village = Region.objects.get(parent_id=KECAMATAN, name="Gulomantung")
    proposal = Proposal.objects.filter(cycle=cycle, village=village).order_by("number").first()
    if proposal is not None:
        verification.return_to_village(
            actor=verifier,
            proposal_id=proposal.pk,
            reason="Tulis jumlah jiwa yang menerima manfaat, laki-laki dan perempuan.",
            parts=[Part.PEOPLE],
            at=clock.at(days=-1),
        )


def _on_list(cycle: Cycle) -> Iterator[Proposal]:
    waiting = Proposal.objects.filter(cycle=cycle, state=State.SUBMITTED.value)
    yield from waiting.select_related("village", "kecamatan").order_by("number")


def _prepare(admin: Actor, forum: Forum, clock: Clock) -> None:
    """SK, invitations, ready: everything the gate asks for."""
    preparation.prepare(actor=admin, forum_id=forum.pk, at=clock.at(days=-14))
    preparation.set_team(
        actor=admin,
        forum_id=forum.pk,
        number="188.4/CONTOH",
        day=forum.day - timedelta(days=14),
        members=[
            ("Sekretaris Kecamatan", "Sekretaris Kecamatan", "Ketua", "L"),
            ("Kasi PMD", "Kasi PMD", "Sekretaris", "P"),
        ],
        at=clock.at(days=-13),
    )
    elements = dict.fromkeys(REQUIRED_ELEMENTS, 4) | {Element.VILLAGE_HEADS: 21}
    day = forum.day - timedelta(days=9)
    preparation.invite(actor=admin, forum_id=forum.pk, day=day, elements=elements, at=clock.at(days=-9))
    preparation.declare_ready(
        actor=admin,
        forum_id=forum.pk,
        override_reason="Seluruh daftar desa dan kelurahan sudah diterima.",
        at=clock.at(days=-1),
    )


def _open_hall(admin: Actor, forum: Forum, clock: Clock) -> None:
    """Attendance of offices, the chair, what is agreed first, every village's word on its list."""
    key: dict[str, Any] = {"actor": admin, "forum_id": forum.pk}
    preparation.open_attendance(**key, at=clock.at())
    villages = list(Region.objects.filter(parent_id=KECAMATAN).order_by("code"))
    heads = [
        (f"{'Lurah' if v.kind == 'kelurahan' else 'Kepala Desa'} {v.name}", "P" if i % 4 == 0 else "L", v.code)
        for i, v in enumerate(villages)
    ]
    for name, gender, code in heads:
        person = session.Person(name, gender, Element.VILLAGE_HEADS, village=code, position=name.split()[0])
        session.record_attendance(**key, person=person, at=clock.at())
    for name, gender, element in PEOPLE:
        session.record_attendance(**key, person=session.Person(name, gender, element), at=clock.at())
    preparation.start(**key, chair={"name": "Camat Kebomas (contoh)", "position": "Camat Kebomas"}, at=clock.at())
    for subject in Agreement:
        session.agree(**key, subject=subject, method=Method.CONSENSUS, at=clock.at())
    for village in villages:
        session.confirm_list(**key, village=village.code, by="Delegasi", at=clock.at())


def _decide(pemandu: Actor, forum: Forum, clock: Clock, *, leave: int) -> None:
    """Give each proposal the result the draft recommends, but leave the last ones open for whoever tries the hall."""
    from mufakat.forums.queries import undecided

    draft = draft_of(forum, at=clock.at())
    advised = dict(zip((p.pk for p in on_papers(cycle=forum.cycle, kecamatan=KECAMATAN)), draft.entries, strict=True))
    waiting = list(undecided(forum))
    for proposal in waiting[: len(waiting) - leave]:
        entry = advised[proposal.pk]
        is_agreed = entry.result is Result.DISEPAKATI
        verdict = Verdict(
            result=entry.result,
            value=entry.value if is_agreed else None,
            agency=entry.agency or "Kecamatan Kebomas",
            reason_code="" if is_agreed else entry.reason_code or Reason.PAGU.value,
            reason="" if is_agreed else entry.reason,
            method=Method.CONSENSUS,
        )
        session.decide(actor=pemandu, forum_id=forum.pk, proposal_id=proposal.pk, verdict=verdict, at=clock.at())
    if leave:
        session.show(
            actor=pemandu, forum_id=forum.pk, proposal_id=waiting[-leave].pk, speaker="LPMD setempat", at=clock.at()
        )


NOTES = notes.Notes(
    secretary="Notulis (contoh)",
    speeches="Camat Kebomas (contoh)\nKepala Bappeda (contoh)",
    materials="Arah RKPD dan pagu indikatif; Bappeda\nTindak lanjut usulan tahun lalu; Perangkat daerah",
    discussion="Pemandu membacakan usulan menurut urutan; setiap desa dan kelurahan menanggapi usulannya.",
    follow_ups="Mengirim hasil kepada perangkat daerah; Kecamatan Kebomas; tujuh hari kerja",
    closing="Forum ditutup setelah Berita Acara dibacakan.",
)


def _conclude(admin: Actor, forum: Forum, clock: Clock) -> None:
    """Plenary, three delegates, the berita acara issued, signed and locked, handed over to the agencies."""
    key: dict[str, Any] = {"actor": admin, "forum_id": forum.pk}
    session.open_plenary(**key, at=clock.at())
    for group in forum.workgroups.order_by("order"):
        dividing.report_group(**key, group_id=group.pk, report="Dilaporkan pemandu kelompok (contoh).", at=clock.at())
    notes.take_notes(**key, notes=NOTES, at=clock.at())
    for name, _, _ in PEOPLE[:3]:
        person = forum.attendees.get(name=name)
        delegate = session.nominate(**key, attendee_id=person.pk, at=clock.at())
        session.elect(**key, delegate_id=delegate.pk, method=Method.CONSENSUS, at=clock.at())
    number = f"{NUMBER}/{forum.day.year}"
    minutes.print_file(document=minutes.issue(**key, number=number, at=clock.at()))
    minutes.attach_scan(**key, content=SCAN, at=clock.at())
    minutes.lock(**key, at=clock.at())
    tracking.hand_over(forum_id=forum.pk, at=clock.at())


def _answer(works: Actor, cycle: Cycle, clock: Clock) -> None:
    """Every agency gets an account; some of what they received is answered, some still waits."""
    secret, today = make_password(PASSWORD), timezone.localdate(clock.now)
    received = Proposal.objects.filter(cycle=cycle, state=State.FORWARDED.value, hand_overs__isnull=False)
    agencies = sorted(set(received.values_list("agency_final", flat=True)) - {WORKS})
    actors = {a: _office(f"opd{i}", Role.OPD, REGENCY, secret, today, a) for i, a in enumerate(agencies, start=1)}
    actors[WORKS] = works
    for index, proposal in enumerate(received.order_by("number")):
        answer = _said(proposal, index)
        if answer is not None:
            actor = actors[proposal.agency_final]
            tracking.answer(actor=actor, proposal_id=proposal.pk, answer=answer, at=clock.at())


def _budget(bappeda: Actor, cycle: Cycle, clock: Clock) -> None:
    """Half of what the agencies took up goes on: most of it whole, a third cut in the RKPD, and one never reaches it."""
    planned = list(Proposal.objects.filter(cycle=cycle, state=State.IN_RENJA.value).order_by("number"))
    for index, proposal in enumerate(planned[: len(planned) // 2]):
        value, volume = proposal.value_agreed or 0, proposal.volume_agreed
        key: dict[str, Any] = {"actor": bappeda, "proposal_id": proposal.pk}
        if index == 3:
            reason = "Dikeluarkan dari RKPD: pagu kabupaten turun (contoh)."
            refused = Answer(Outcome.NOT_ACCOMMODATED, reason_code=Reason.PAGU.value, reason=reason)
            tracking.record(**key, stage=Later.RKPD, answer=refused, at=clock.at())
            continue
        kept = value * 4 // 5 if index % 3 == 1 else value
        for stage, paper in ((Later.RKPD, "Perbup RKPD (contoh)"), (Later.APBD, "Perda APBD (contoh)")):
            said = Answer(Outcome.ACCOMMODATED, kept, volume, reference=paper)
            tracking.record(**key, stage=stage, answer=said, at=clock.at())


def _said(proposal: Proposal, index: int) -> Answer | None:
    """Three in five accommodated, one refused, one still waiting."""
    if index % 5 == 3:
        return Answer(
            Outcome.NOT_ACCOMMODATED, reason_code=Reason.PAGU.value, reason="Pagu perangkat daerah terlampaui."
        )
    if index % 5 == 4 or not proposal.volume_agreed or not proposal.value_agreed:
        return None
    return Answer(
        Outcome.ACCOMMODATED, proposal.value_agreed, proposal.volume_agreed, "Sub kegiatan menurut Renja (contoh)"
    )
