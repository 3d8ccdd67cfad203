"""Move a proposal with a reason; keep an engine run as it came out."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mufakat import __version__, audit
from mufakat.core.decision import require
from mufakat.cycles.models import Cycle
from mufakat.documents.rules import canonical, digest
from mufakat.drafting.outcome import outcome
from mufakat.people.actors import Actor
from mufakat.prioritisation import papers, permissions, queries, rules
from mufakat.prioritisation.models import Move, Run
from mufakat.prioritisation.rules import Ranked
from mufakat.proposals.errors import NoProposal
from mufakat.proposals.models import Proposal
from mufakat.regions.models import Region


@transaction.atomic
def move(
    *,
    actor: Actor,
    cycle_id: UUID,
    kecamatan: str,
    proposal_id: UUID,
    to: int,
    reason: str,
    accepts_inversion: bool,
    is_frozen: bool,
    at: datetime,
) -> Move:
    """Put a proposal at place `to` of the board; raises MoveRefused (rules 61, 64).

    `is_frozen` is whether the forum's berita acara is out, as the slice above knows.
    """
    require(permissions.can_move(actor, kecamatan, is_frozen=is_frozen))
    cycle = Cycle.objects.select_for_update().filter(pk=cycle_id, kabupaten=actor.kabupaten).first()
    proposal = Proposal.objects.filter(pk=proposal_id, cycle=cycle, kecamatan_id=kecamatan).first()
    if cycle is None or proposal is None:
        raise NoProposal
    sheet = papers.sheet_of(cycle=cycle, kecamatan=Region.objects.get(code=kecamatan), day=at.date(), at=at)
    order, items = _board(sheet)
    key = str(proposal.number)
    after = rules.move(order=order, items=items, key=key, to=to, reason=reason, accepts_inversion=accepts_inversion)
    turned = set(rules.inversions(order=after, items=items)) - set(rules.inversions(order=order, items=items))
    made = Move.objects.create(
        kabupaten=cycle.kabupaten,
        cycle=cycle,
        kecamatan_id=kecamatan,
        sequence=len(queries.moves_of(cycle=cycle, kecamatan=kecamatan)) + 1,
        proposal=proposal,
        place_before=order.index(key) + 1,
        place_after=to,
        reason=reason.strip(),
        inverts_village_order=bool(turned),
        moved_at=at,
        moved_by=actor.label,
    )
    audit.record(actor, "board.moved", proposal, at=at, before=made.place_before, after=to, inverts=bool(turned))
    return made


def _board(sheet: papers.Sheet) -> tuple[list[str], dict[str, Ranked]]:
    """The order in public numbers, and each proposal's village with its own rank."""
    numbers = {i: str(p.number) for i, p in enumerate(sheet.proposals, start=1)}
    items = {str(p.number): Ranked(str(p.number), p.place_label, p.village_priority) for p in sheet.proposals}
    return [numbers[i] for i in papers.running(sheet.draft)], items


@transaction.atomic
def keep_run(*, actor: Actor, cycle_id: UUID, kecamatan: str, day: date, at: datetime) -> Run:
    """Store one run of the engine with its input's hash and its outcome."""
    cycle = Cycle.objects.filter(pk=cycle_id, kabupaten=actor.kabupaten).first()
    if cycle is None:
        raise NoProposal
    require(permissions.can_see(actor, kecamatan))
    sheet = papers.sheet_of(cycle=cycle, kecamatan=Region.objects.get(code=kecamatan), day=day, at=at)
    rows = canonical({"rows": [e.row for e in sheet.draft.entries]})
    run = Run.objects.create(
        kabupaten=cycle.kabupaten,
        cycle=cycle,
        kecamatan_id=kecamatan,
        engine_version=__version__,
        input_sha256=digest(rows),
        outcome=canonical(outcome(sheet.draft, files={})),
        made_at=at,
        made_by=actor.label,
    )
    audit.record(actor, "board.run_kept", run, at=at, input=run.input_sha256)
    return run
