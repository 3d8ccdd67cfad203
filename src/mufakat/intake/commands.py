"""Import a reading into the path: a village its drafts, the kecamatan the villages' signed lists (rules 22, 24)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from mufakat import audit
from mufakat.core.decision import require
from mufakat.cycles.models import Cycle
from mufakat.documents.rules import canonical
from mufakat.intake import permissions, queries, rules
from mufakat.intake.errors import ImportRefused
from mufakat.intake.models import ImportedRow, PendingReading, SheetImport
from mufakat.intake.rules import Fate
from mufakat.people.roles import Role
from mufakat.proposals import commands as proposals
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import Action, State

if TYPE_CHECKING:
    from mufakat.engines.sheets.model import Reading, SheetRow
    from mufakat.people.actors import Actor


@transaction.atomic
def import_sheets(
    *, actor: Actor, cycle_id: UUID, reading: Reading, basis: str = "", only_if_clean: bool = False, at: datetime
) -> SheetImport:
    """Take every usable row of the actor's villages as a proposal and keep all rows with what became of them.

    A village's rows become drafts that its head submits; the kecamatan's compilation is submitted at once on the
    `basis` of the villages' berita acara. With `only_if_clean` one fault keeps everything out. Rows that are
    already in the cycle are not taken twice. Raises ImportRefused.
    """
    cycle = _cycle(actor, cycle_id)
    require(permissions.can_import(actor, cycle, at))
    is_compilation = _require_basis(actor, basis)
    made = SheetImport.objects.create(
        kabupaten=actor.kabupaten,
        cycle=cycle,
        kecamatan_id=actor.kecamatan,
        village_id=None if is_compilation else actor.region_code,
        files="\n".join(f"{f.name} {f.sha256}" for f in reading.files),
        basis=basis.strip()[:200],
        imported_at=at,
        imported_by=actor.label,
    )
    taken = _take(actor, made, reading, only_if_clean=only_if_clean)
    # Not the files' names: people put names of people there.
    hashes = [f.sha256 for f in reading.files]
    audit.record(actor, "sheets.imported", made, at=at, rows=len(reading.rows), taken=taken, files=hashes)
    return made


def _cycle(actor: Actor, cycle_id: UUID) -> Cycle:
    cycle = Cycle.objects.select_for_update().filter(pk=cycle_id, kabupaten=actor.kabupaten).first()
    if cycle is None:
        raise ImportRefused("Siklus tidak ditemukan di kabupaten Anda.")
    return cycle


def _require_basis(actor: Actor, basis: str) -> bool:
    """Whether this is the kecamatan's compilation, which needs the villages' berita acara (rule 22)."""
    is_compilation = actor.role is Role.ADMIN_KECAMATAN
    if is_compilation and not basis.strip():
        raise ImportRefused("Tuliskan berita acara musrenbang desa/kelurahan yang menjadi dasar daftar ini.")
    return is_compilation


def _take(actor: Actor, made: SheetImport, reading: Reading, *, only_if_clean: bool) -> int:
    number = _last_number(made)
    taken = 0
    fated = queries.fates_of(actor, made.cycle, reading, only_if_clean=only_if_clean)
    for position, row in enumerate(fated, start=1):
        proposal = row.proposal
        if row.fate is Fate.TAKEN:
            taken += 1
            proposal = _propose(actor, made, row.row, row.mark, number + taken)
        _keep(made, position, row.row, row.fate, proposal)
    return taken


def _last_number(made: SheetImport) -> int:
    numbered = Proposal.objects.filter(cycle=made.cycle, kecamatan_id=made.kecamatan_id)
    return numbered.aggregate(last=Max("number"))["last"] or 0


@transaction.atomic
def hold(
    *, actor: Actor, cycle_id: UUID, reading: Reading, basis: str = "", only_if_clean: bool = False, at: datetime
) -> PendingReading:
    """Keep what was read until this office has looked at it; nothing enters the path before `confirm`.

    Private numbers are masked already; an office's earlier reading that it did not confirm is dropped.
    """
    cycle = _cycle(actor, cycle_id)
    require(permissions.can_import(actor, cycle, at))
    _require_basis(actor, basis)
    PendingReading.objects.filter(office_id=actor.office_id).delete()
    held = PendingReading.objects.create(
        kabupaten=actor.kabupaten,
        cycle=cycle,
        office_id=actor.office_id,
        reading=canonical(reading),
        basis=basis.strip()[:200],
        only_if_clean=only_if_clean,
        read_at=at,
    )
    audit.record(actor, "sheets.read", held, at=at, rows=len(reading.rows))
    return held


@transaction.atomic
def confirm(*, actor: Actor, pending_id: UUID, at: datetime) -> SheetImport:
    """Import what this office has read and looked at; raises ImportRefused when it is no longer there."""
    held = queries.pending_of(actor, pending_id, lock=True)
    made = import_sheets(
        actor=actor,
        cycle_id=held.cycle_id,
        reading=queries.reading_in(held),
        basis=held.basis,
        only_if_clean=held.only_if_clean,
        at=at,
    )
    held.delete()
    return made


def _propose(actor: Actor, made: SheetImport, row: SheetRow, mark: str, number: int) -> Proposal:
    assert row.village is not None
    proposal = Proposal.objects.create(
        kabupaten=made.kabupaten,
        cycle=made.cycle,
        kecamatan_id=made.kecamatan_id,
        village_id=row.village.code,
        source_file=made.kecamatan_id,
        source_row=mark,
        changed_at=made.imported_at,
        state=State.DRAFT.value,
        entered_by=actor.user_id,
        **proposals.columns_of(rules.draft_of(row)),
    )
    if made.village_id is None:
        proposal.number, proposal.submitted_at = number, made.imported_at
        proposals.step(
            proposal=proposal,
            action=Action.SUBMIT,
            office=actor.label,
            at=made.imported_at,
            save=("number", "submitted_at"),
        )
    return proposal


def _keep(made: SheetImport, position: int, row: SheetRow, fate: Fate, proposal: Proposal | None) -> None:
    ImportedRow.objects.create(
        kabupaten=made.kabupaten,
        sheet_import=made,
        position=position,
        file=row.source.file[:255],
        sheet=row.source.sheet[:255],
        row=max(row.source.row, 0),
        title=row.title,
        village_text=row.village.name if row.village else row.village_text,
        problems=rules.problems_text(row),
        data=canonical(row),
        fate=fate.value,
        proposal=proposal,
    )
