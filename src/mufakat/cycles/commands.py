"""Open the year; set its pagu; add to its kamus; move its deadline."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.core.errors import MufakatError
from mufakat.cycles import permissions
from mufakat.cycles.models import Cycle, KamusEntry, Pagu
from mufakat.cycles.states import CYCLE, CycleAction, CycleState
from mufakat.people.actors import Actor


class WrongCycle(MufakatError):
    """The cycle cannot be set so."""

    code = "siklus_ditolak"


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
    """Open the cycle of plan year n; one per regency and year (rule 1)."""
    require(permissions.can_shape(actor))
    if closes_at <= opens_at:
        raise WrongCycle("Batas pengajuan harus sesudah pembukaan. Perbaiki tanggalnya.")
    if Cycle.objects.filter(kabupaten=actor.kabupaten, plan_year=plan_year).exists():
        raise WrongCycle(f"Siklus RKPD {plan_year} sudah ada. Buka siklus itu.")
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
    audit.record(actor, "cycle.opened", cycle, at=at, plan_year=plan_year)
    return cycle


@transaction.atomic
def announce_pagu(*, actor: Actor, cycle_id: UUID, kecamatan: str, amount: int, at: datetime) -> Pagu:
    """Announce the pagu of a kecamatan in whole rupiah; visible to all from now on (rule 51)."""
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    if amount < 0:
        raise WrongCycle("Pagu tidak boleh kurang dari nol. Isi rupiah bulat.")
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
    """Move the deadline of submission for all villages (rule 7)."""
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
    before = cycle.proposals_close_at
    cycle.proposals_close_at = closes_at
    cycle.save(update_fields=["proposals_close_at"])
    audit.record(actor, "cycle.extended", cycle, at=at, before=before.isoformat(), after=closes_at.isoformat())
    return cycle


@transaction.atomic
def add_kamus(
    *, actor: Actor, cycle_id: UUID, name: str, unit: str, unit_price: int | None, agency: str, at: datetime
) -> KamusEntry:
    """Add an entry to the kamus usulan."""
    require(permissions.can_shape(actor))
    cycle = _own(actor, cycle_id)
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


def _own(actor: Actor, cycle_id: UUID) -> Cycle:
    cycle = Cycle.objects.select_for_update().filter(pk=cycle_id, kabupaten=actor.kabupaten).first()
    if cycle is None:
        raise WrongCycle("Siklus tidak ditemukan di kabupaten Anda.")
    return cycle
