"""Import a reading into the path: a village its drafts, the kecamatan the villages' signed lists (rules 22, 24)."""

from __future__ import annotations

from collections import Counter
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
from mufakat.intake.models import ImportedRow, SheetImport
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
    cycle = Cycle.objects.select_for_update().filter(pk=cycle_id, kabupaten=actor.kabupaten).first()
    if cycle is None:
        raise ImportRefused("Siklus tidak ditemukan di kabupaten Anda.")
    require(permissions.can_import(actor, cycle, at))
    is_compilation = actor.role is Role.ADMIN_KECAMATAN
    if is_compilation and not basis.strip():
        raise ImportRefused("Tuliskan berita acara musrenbang desa/kelurahan yang menjadi dasar daftar ini.")
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
    audit.record(actor, "sheets.imported", made, at=at, rows=len(reading.rows), taken=taken, files=made.files)
    return made


def _take(actor: Actor, made: SheetImport, reading: Reading, *, only_if_clean: bool) -> int:
    villages = frozenset(queries.villages_of(actor))
    fates = [rules.fate(row, villages=villages) for row in reading.rows]
    is_held = only_if_clean and Fate.FAULTY in fates
    known = _known(made)
    number = _last_number(made)
    seen: Counter[str] = Counter()
    taken = 0
    for position, (row, fate) in enumerate(zip(reading.rows, fates, strict=True), start=1):
        proposal = None
        if fate is Fate.TAKEN:
            key = rules.content_key(row)
            seen[key] += 1
            mark = f"{key}:{seen[key]}"
            proposal = known.get(mark)
            fate = Fate.KNOWN if proposal else Fate.HELD if is_held else Fate.TAKEN
            if fate is Fate.TAKEN:
                taken += 1
                proposal = _propose(actor, made, row, mark, number + taken)
        _keep(made, position, row, fate, proposal)
    return taken


def _known(made: SheetImport) -> dict[str, Proposal]:
    """Proposals of the cycle that came from a sheet, by the mark of what it said; withdrawn ones may come again."""
    found = Proposal.objects.filter(cycle=made.cycle, source_file=made.kecamatan_id).exclude(source_row="")
    return {p.source_row: p for p in found}


def _last_number(made: SheetImport) -> int:
    numbered = Proposal.objects.filter(cycle=made.cycle, kecamatan_id=made.kecamatan_id)
    return numbered.aggregate(last=Max("number"))["last"] or 0


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
        problems="\n".join(_sentence(p) for p in row.problems),
        data=canonical(row),
        fate=fate.value,
        proposal=proposal,
    )


def _sentence(problem: object) -> str:
    column, what, remedy = (getattr(problem, name) for name in ("column", "what", "remedy"))
    place = f"Kolom {column}: " if column else ""
    return f"{place}{what} {remedy}".strip()
