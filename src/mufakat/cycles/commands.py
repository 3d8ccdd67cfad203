"""Open and close the year; set its windows, pagu, kamus and criteria; move its deadline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mufakat import audit
from mufakat.core.decision import require
from mufakat.core.errors import MufakatError
from mufakat.cycles import permissions, queries, rules
from mufakat.cycles.kamus_sheet import KamusReading, KamusRow
from mufakat.cycles.models import Criterion, Cycle, Extension, KamusEntry, KamusPending, Pagu
from mufakat.cycles.rules import EffectKind, Proof, Weighed, Windows
from mufakat.cycles.states import CYCLE, CycleAction, CycleState
from mufakat.documents.rules import canonical, digest
from mufakat.drafting.criteria import house
from mufakat.people.actors import Actor
from mufakat.regions.models import Region

SHORTEST_REASON = 10
VILLAGES = ("desa", "kelurahan")
LARGEST = 10**15


class WrongCycle(MufakatError):
    """The cycle cannot be set so."""

    code = "siklus_ditolak"

    def __init__(self, *sentences: str, sentence_en: str = "") -> None:
        super().__init__(" ".join(sentences), sentence_en=sentence_en)
        self._sentences = sentences

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each fault."""
        return self._sentences


@transaction.atomic
def open_cycle(
    *,
    actor: Actor,
    plan_year: int,
    theme: str,
    opens_at: datetime,
    closes_at: datetime,
    returned_until: datetime,
    regency_forum_day: date | None,
    at: datetime,
    is_example: bool = False,
) -> Cycle:
    """Open the cycle of plan year n with the house's criteria; one per regency and year (rule 1)."""
    require(permissions.can_shape(actor))
    _check(plan_year, opens_at, closes_at, returned_until, regency_forum_day)
    if Cycle.objects.filter(kabupaten=actor.kabupaten, plan_year=plan_year).exists():
        raise WrongCycle(
            f"Siklus RKPD {plan_year} sudah ada. Buka siklus itu.",
            sentence_en=f"The cycle of RKPD {plan_year} already exists. Open that one.",
        )
    cycle = Cycle.objects.create(
        kabupaten=actor.kabupaten,
        plan_year=plan_year,
        theme=theme.strip(),
        state=CYCLE.next(CycleState.DRAFT, CycleAction.OPEN).value,
        proposals_open_at=opens_at,
        proposals_close_at=closes_at,
        returned_until=returned_until,
        regency_forum_day=regency_forum_day,
        is_example=is_example,
    )
    _put_criteria(cycle, house())
    audit.record(actor, "cycle.opened", cycle, at=at, plan_year=plan_year)
    return cycle


def _check(plan_year: int, opens: datetime, closes: datetime, returned: datetime, day: date | None) -> None:
    local = timezone.localtime
    windows = Windows(plan_year, local(opens), local(closes), local(returned), day)
    if faults := rules.faults_in(windows):
        raise WrongCycle(*faults)


@transaction.atomic
def adjust(
    *,
    actor: Actor,
    cycle_id: UUID,
    theme: str,
    opens_at: datetime,
    returned_until: datetime,
    regency_forum_day: date | None,
    accepts_incomplete: bool,
    allows_direct: bool,
    proof_until: date | None = None,
    proof_kinds: Sequence[str] = tuple(Proof),
    at: datetime,
) -> Cycle:
    """Change theme, dates and what is accepted; the deadline of submission moves by `extend` only (rule 7)."""
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    _check(cycle.plan_year, opens_at, cycle.proposals_close_at, returned_until, regency_forum_day)
    if not set(proof_kinds) & set(Proof):
        raise WrongCycle("Pilih paling sedikit satu jenis bukti penerima yang diterima.")
    given = {
        "theme": theme.strip(),
        "proposals_open_at": opens_at,
        "returned_until": returned_until,
        "regency_forum_day": regency_forum_day,
        "accepts_incomplete": accepts_incomplete,
        "allows_direct": allows_direct,
        "proof_until": proof_until,
        "proof_kinds": [kind.value for kind in Proof if kind in proof_kinds],
    }
    changed = {name: str(value) for name, value in given.items() if getattr(cycle, name) != value}
    for name, value in given.items():
        setattr(cycle, name, value)
    cycle.save(update_fields=list(given))
    audit.record(actor, "cycle.adjusted", cycle, at=at, **changed)
    return cycle


@transaction.atomic
def close(*, actor: Actor, cycle_id: UUID, at: datetime) -> Cycle:
    """Close the cycle: nothing is submitted any more, extensions included."""
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    cycle.state = CYCLE.next(CycleState(cycle.state), CycleAction.CLOSE).value
    cycle.save(update_fields=["state"])
    audit.record(actor, "cycle.closed", cycle, at=at)
    return cycle


@transaction.atomic
def announce_pagu(*, actor: Actor, cycle_id: UUID, kecamatan: str, amount: int, at: datetime) -> Pagu:
    """Announce the pagu of a kecamatan in whole rupiah; visible to all from now on (rule 51)."""
    require(permissions.can_shape(actor))
    return _announce(actor, _own(actor, cycle_id), kecamatan, amount, at)


@transaction.atomic
def announce_pagus(*, actor: Actor, cycle_id: UUID, amounts: Mapping[str, int], at: datetime) -> int:
    """Announce the pagu of several kecamatan (code → whole rupiah); unchanged ones stay as they were announced.

    Returns how many changed; all or none.
    """
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    before = dict(cycle.pagus.filter(announced_at__isnull=False).values_list("kecamatan_id", "amount"))
    changed = {code: amount for code, amount in sorted(amounts.items()) if before.get(code) != amount}
    for code, amount in changed.items():
        _announce(actor, cycle, code, amount, at)
    return len(changed)


def _announce(actor: Actor, cycle: Cycle, kecamatan: str, amount: int, at: datetime) -> Pagu:
    if not 0 <= amount < LARGEST:
        raise WrongCycle("Pagu tidak boleh kurang dari nol. Isi rupiah bulat.")
    if not Region.objects.filter(code=kecamatan, parent_id=cycle.kabupaten, kind="kecamatan").exists():
        raise WrongCycle("Kecamatan itu tidak ada di kabupaten Anda. Pilih dari daftar.")
    pagu, _ = Pagu.objects.update_or_create(
        kabupaten=cycle.kabupaten,
        cycle=cycle,
        kecamatan_id=kecamatan,
        defaults={"amount": amount, "announced_at": at},
    )
    audit.record(actor, "cycle.pagu_announced", pagu, at=at, kecamatan=kecamatan, amount=amount)
    return pagu


@transaction.atomic
def extend(*, actor: Actor, cycle_id: UUID, closes_at: datetime, at: datetime) -> Cycle:
    """Move the deadline of submission to a later moment for all villages (rule 7)."""
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    before = cycle.proposals_close_at
    if closes_at <= before:
        raise WrongCycle("Batas baru harus sesudah batas sekarang. Yang sudah diumumkan tidak dimajukan.")
    _check(
        cycle.plan_year,
        cycle.proposals_open_at,
        closes_at,
        max(closes_at, cycle.returned_until),
        cycle.regency_forum_day,
    )
    cycle.proposals_close_at = closes_at
    cycle.returned_until = max(closes_at, cycle.returned_until)
    cycle.save(update_fields=["proposals_close_at", "returned_until"])
    audit.record(actor, "cycle.extended", cycle, at=at, before=before.isoformat(), after=closes_at.isoformat())
    return cycle


@transaction.atomic
def extend_for(
    *, actor: Actor, cycle_id: UUID, village: str, closes_at: datetime, reason: str, at: datetime
) -> Extension:
    """Give one village a later deadline, with the reason (rule 7)."""
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    if not Region.objects.filter(code=village, code__startswith=f"{cycle.kabupaten}.", kind__in=VILLAGES).exists():
        raise WrongCycle("Desa atau kelurahan itu tidak ada di kabupaten Anda. Pilih dari daftar.")
    if closes_at <= cycle.closes_for(village):
        raise WrongCycle("Batas baru harus sesudah batas sekarang. Yang sudah diumumkan tidak dimajukan.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise WrongCycle("Tuliskan alasan perpanjangan, paling sedikit 10 huruf.")
    given = Extension.objects.create(
        kabupaten=cycle.kabupaten,
        cycle=cycle,
        village_id=village,
        closes_at=closes_at,
        reason=reason.strip()[:240],
        granted_at=at,
        granted_by=actor.label,
    )
    audit.record(actor, "cycle.extended_for", given, at=at, village=village, after=closes_at.isoformat())
    return given


@transaction.atomic
def add_kamus(
    *, actor: Actor, cycle_id: UUID, name: str, unit: str, unit_price: int | None, agency: str, at: datetime
) -> KamusEntry:
    """Add an entry to the kamus usulan."""
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    _refuse_second(cycle, name)
    entry = KamusEntry.objects.create(
        kabupaten=cycle.kabupaten,
        cycle=cycle,
        name=name.strip(),
        unit=unit.strip(),
        unit_price=unit_price,
        agency=agency.strip(),
    )
    audit.record(actor, "cycle.kamus_added", entry, at=at, name=entry.name)
    return entry


@transaction.atomic
def change_kamus(
    *,
    actor: Actor,
    entry_id: UUID,
    name: str,
    unit: str,
    unit_price: int | None,
    agency: str,
    is_withdrawn: bool,
    at: datetime,
) -> KamusEntry:
    """Change an entry or withdraw it from the choice; proposals that chose it keep unit and price of that time."""
    require(permissions.can_shape(actor))
    entry = KamusEntry.objects.select_for_update().filter(pk=entry_id, kabupaten=actor.kabupaten).first()
    if entry is None:
        raise WrongCycle("Entri kamus tidak ditemukan. Kembali ke daftar kamus.")
    _refuse_second(entry.cycle, name, but=entry)
    entry.name, entry.unit, entry.agency = name.strip(), unit.strip(), agency.strip()
    entry.unit_price, entry.is_withdrawn = unit_price, is_withdrawn
    entry.save(update_fields=["name", "unit", "agency", "unit_price", "is_withdrawn"])
    audit.record(actor, "cycle.kamus_changed", entry, at=at, name=entry.name, price=unit_price, withdrawn=is_withdrawn)
    return entry


@transaction.atomic
def hold_kamus(*, actor: Actor, cycle_id: UUID, name: str, reading: KamusReading, at: datetime) -> KamusPending:
    """Keep what a sheet of the kamus says until this office has looked at it; an earlier one is dropped."""
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    KamusPending.objects.filter(office_id=actor.office_id).delete()
    held = KamusPending.objects.create(
        kabupaten=cycle.kabupaten,
        cycle=cycle,
        office_id=actor.office_id,
        file=name[-200:],
        reading=canonical(reading),
        read_at=at,
    )
    audit.record(actor, "cycle.kamus_read", held, at=at, rows=len(reading.rows), faults=len(reading.faults))
    return held


@transaction.atomic
def import_kamus(*, actor: Actor, cycle_id: UUID, at: datetime) -> tuple[int, int]:
    """Take the sheet this office has read and looked at, whole or not at all; how many are new and how many changed.

    Proposals that chose an entry keep unit and price of that time. Raises WrongCycle where nothing was read or the
    sheet has faults.
    """
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    held = queries.pending_kamus(actor, cycle)
    if held is None:
        raise WrongCycle("Lembar kamus itu sudah tidak ada. Pilih lembarnya dan baca lagi.")
    reading = queries.reading_in(held)
    if reading.faults:
        raise WrongCycle(
            "Lembar kamus masih memuat kesalahan, sehingga belum ada yang dimasukkan. Perbaiki, lalu baca lagi."
        )
    effects = queries.effects_of(cycle, reading.rows)
    new = [e for e in effects if e.kind is EffectKind.NEW]
    changed = [e for e in effects if e.kind is EffectKind.CHANGED]
    KamusEntry.objects.bulk_create(_filled(KamusEntry(kabupaten=cycle.kabupaten, cycle=cycle), e.row) for e in new)
    KamusEntry.objects.bulk_update(
        [_filled(e.before, e.row) for e in changed if e.before],
        ["name", "unit", "unit_price", "agency", "is_withdrawn"],
    )
    held.delete()
    audit.record(
        actor, "cycle.kamus_imported", cycle, at=at, new=len(new), changed=len(changed), sha256=digest(held.reading)
    )
    return len(new), len(changed)


def _filled(entry: KamusEntry, row: KamusRow) -> KamusEntry:
    entry.name, entry.unit, entry.unit_price = row.name, row.unit, row.price
    entry.agency, entry.is_withdrawn = row.agency, row.is_withdrawn
    return entry


def _refuse_second(cycle: Cycle, name: str, *, but: KamusEntry | None = None) -> None:
    same = cycle.kamus.filter(name__iexact=name.strip())
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise WrongCycle("Kamus sudah memuat nama itu. Ubah entri yang ada.")


@transaction.atomic
def set_criteria(*, actor: Actor, cycle_id: UUID, criteria: Sequence[Weighed], at: datetime) -> Cycle:
    """Set the criteria of the provisional order; raises CriteriaRefused or, once a forum agreed on them, WrongCycle.

    Weights total 100 and each of the five levels has its words (rules 57, 60).
    """
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    if cycle.criteria_agreed_at is not None:
        raise WrongCycle("Kriteria sudah disepakati forum; bobot dan tingkatnya tidak dapat diubah lagi.")
    bands = dict(cycle.criteria.values_list("key", "bands"))
    rows = rules.rows_of(criteria, bands)
    cycle.criteria.all().delete()
    _put_criteria(cycle, rows)
    audit.record(actor, "cycle.criteria_set", cycle, at=at, weights={row["key"]: row["weight"] for row in rows})
    return cycle


def _put_criteria(cycle: Cycle, rows: Sequence[Mapping[str, Any]]) -> None:
    Criterion.objects.bulk_create(
        Criterion(
            kabupaten=cycle.kabupaten,
            cycle=cycle,
            order=order,
            key=row["key"],
            name=row["name"],
            weight=row["weight"],
            anchors=row["anchors"],
            bands=row.get("bands", {}),
        )
        for order, row in enumerate(rows, start=1)
    )


def freeze_criteria(*, cycle: Cycle, at: datetime) -> None:
    """From the first forum's agreement on, the criteria stand; its command has decided who may, and audits."""
    Cycle.objects.filter(pk=cycle.pk, criteria_agreed_at__isnull=True).update(criteria_agreed_at=at)


def _own(actor: Actor, cycle_id: UUID) -> Cycle:
    cycle = Cycle.objects.select_for_update().filter(pk=cycle_id, kabupaten=actor.kabupaten).first()
    if cycle is None:
        raise WrongCycle("Siklus tidak ditemukan di kabupaten Anda.")
    return cycle
