"""Writes of proposals: the village's own, and the steps that later slices take with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from mufakat import audit
from mufakat.core.decision import require
from mufakat.cycles.models import Cycle
from mufakat.people.actors import Actor
from mufakat.proposals import permissions, queries, rules
from mufakat.proposals.errors import Conflict, Incomplete, NoProposal
from mufakat.proposals.models import Proposal, ProposalPlace, Step, Word
from mufakat.proposals.rules import Draft
from mufakat.proposals.states import Action, State

_FIELDS = {
    "title": "title",
    "problem": "problem",
    "location": "location",
    "rt": "rt",
    "rw": "rw",
    "unit": "unit",
    "unit_price": "unit_price",
    "volume_requested": "volume",
    "value_requested": "worth",
    "households": "households",
    "groups": "groups",
    "land_status": "land_status",
    "recipient": "recipient",
    "agency_requested": "agency",
    "village_priority": "priority",
}
"""Column of the proposal → field of the village's draft."""


@transaction.atomic
def draft(*, actor: Actor, cycle_id: UUID, content: Draft, form_key: UUID | None = None, at: datetime) -> Proposal:
    """Begin a proposal of the actor's own village; nobody else sees it until it is submitted.

    A form that comes again under its `form_key` makes no second proposal: what it says anew is saved in the first,
    or raises Conflict when that has changed since.
    """
    require(permissions.can_draft(actor))
    cycle = _cycle(actor, cycle_id)
    values = {
        "kabupaten": actor.kabupaten,
        "cycle": cycle,
        "kecamatan_id": actor.kecamatan,
        "changed_at": at,
        **columns_of(content),
    }
    proposal, is_new = _once(actor.region_code, form_key, values)
    if is_new:
        audit.record(actor, "proposal.drafted", proposal, at=at)
        return proposal
    if columns_of(content_of(proposal)) == columns_of(content):
        return proposal
    return edit(actor=actor, proposal_id=proposal.pk, version=1, content=content, at=at)


def _once(village: str, form_key: UUID | None, values: dict[str, object]) -> tuple[Proposal, bool]:
    if form_key is None:
        return Proposal.objects.create(village_id=village, **values), True
    return Proposal.objects.get_or_create(village_id=village, form_key=form_key, defaults=values)


def _cycle(actor: Actor, cycle_id: UUID) -> Cycle:
    cycle = Cycle.objects.filter(pk=cycle_id, kabupaten=actor.kabupaten).first()
    if cycle is None:
        raise NoProposal
    return cycle


@transaction.atomic
def edit(*, actor: Actor, proposal_id: UUID, version: int, content: Draft, at: datetime) -> Proposal:
    """Save a draft; raises Conflict with both versions when somebody saved since `version` (rule 102)."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_edit(actor, proposal))
    if proposal.version != version:
        yours = {column: getattr(content, field) for column, field in _FIELDS.items()}
        theirs = {column: getattr(proposal, column) for column in _FIELDS}
        raise Conflict(yours=yours, theirs=theirs, version=proposal.version)
    for column, field in _FIELDS.items():
        setattr(proposal, column, getattr(content, field))
    proposal.version += 1
    proposal.changed_at = at
    proposal.save(update_fields=[*_FIELDS, "version", "changed_at"])
    audit.record(actor, "proposal.edited", proposal, at=at, version=proposal.version)
    return proposal


@transaction.atomic
def submit(*, actor: Actor, proposal_id: UUID, at: datetime) -> Proposal:
    """Hand a proposal to the kecamatan and give it its number; raises Incomplete."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_submit(actor, proposal, proposal.cycle, at))
    if missing := rules.missing_for_submission(content_of(proposal)):
        raise Incomplete(missing)
    proposal.number = proposal.number or _next_number(proposal.cycle_id, proposal.kecamatan_id)
    proposal.submitted_at = at
    step(proposal=proposal, action=Action.SUBMIT, office=actor.label, at=at, save=("number", "submitted_at"))
    audit.record(actor, "proposal.submitted", proposal, at=at, number=proposal.number)
    return proposal


def content_of(proposal: Proposal) -> Draft:
    """What the village wrote, as the rules read it."""
    values = {field: getattr(proposal, column) for column, field in _FIELDS.items() if field != "worth"}
    return Draft(**values, value=proposal.value_requested)


def _next_number(cycle_id: UUID, kecamatan: str) -> int:
    Cycle.objects.select_for_update().get(pk=cycle_id)
    proposals = Proposal.objects.filter(cycle_id=cycle_id, kecamatan_id=kecamatan)
    return (proposals.aggregate(last=Max("number"))["last"] or 0) + 1


def _position(proposal: Proposal) -> int:
    assert proposal.number is not None
    plan_year = proposal.cycle.plan_year
    return rules.position(plan_year=plan_year, kecamatan=proposal.kecamatan_id, number=proposal.number)


def _index(proposal: Proposal) -> None:
    """Make a submitted proposal findable by what it says now."""
    assert proposal.position is not None
    proposal.words.all().delete()
    stems = rules.stems(f"{proposal.title} {proposal.location}")
    Word.objects.bulk_create(Word(stem=s, position=proposal.position, proposal=proposal) for s in stems)


def step(
    *,
    proposal: Proposal,
    action: Action,
    office: str,
    at: datetime,
    reason_code: str = "",
    reason: str = "",
    save: Sequence[str] = (),
) -> None:
    """Take one step with its line on the proposal's road. The command above has decided who may, and audits."""
    proposal.move(action)
    proposal.changed_at = at
    proposal.reason_code, proposal.reason = reason_code, reason
    fields = {"state", "version", "changed_at", "reason_code", "reason", *save}
    if action is Action.SUBMIT:
        proposal.position = _position(proposal)
        fields.add("position")
    proposal.save(update_fields=sorted(fields))
    if action is Action.SUBMIT:
        _index(proposal)
    Step.objects.create(
        kabupaten=proposal.kabupaten,
        proposal=proposal,
        state=proposal.state,
        reason_code=reason_code,
        reason=reason,
        office=office,
        at=at,
    )


def take_result(
    *,
    proposal: Proposal,
    action: Action,
    value: int | None,
    agency: str,
    reason_code: str,
    reason: str,
    office: str,
    at: datetime,
) -> None:
    """Put the forum's result on a proposal beside what was requested and verified; a result may be taken anew."""
    if proposal.standing in (State.AGREED, State.RESERVE, State.NOT_AGREED, State.TO_VILLAGE):
        proposal.move(Action.REOPEN)
    elif proposal.standing is not State.DISCUSSED:
        proposal.move(Action.DISCUSS)
    proposal.value_agreed = value
    proposal.volume_agreed = (proposal.volume_verified or proposal.volume_requested) if value is not None else None
    proposal.agency_final = agency.strip() or proposal.agency_final
    step(
        proposal=proposal,
        action=action,
        office=office,
        at=at,
        reason_code=reason_code,
        reason=reason,
        save=("value_agreed", "volume_agreed", "agency_final"),
    )


def add_from_session(
    *,
    cycle_id: UUID,
    kecamatan: str,
    villages: Sequence[str],
    initiator: str,
    content: Draft,
    office: str,
    at: datetime,
) -> Proposal:
    """Add a cross-village proposal made in the session; it stands on the list at once (rule 66)."""
    number, plan_year = _next_number(cycle_id, kecamatan), Cycle.objects.get(pk=cycle_id).plan_year
    proposal = Proposal.objects.create(
        kabupaten=kecamatan[:5],
        cycle_id=cycle_id,
        kecamatan_id=kecamatan,
        number=number,
        position=rules.position(plan_year=plan_year, kecamatan=kecamatan, number=number),
        initiator=initiator,
        authority="kabupaten",
        agency_final=content.agency,
        state=State.VERIFIED.value,
        submitted_at=at,
        changed_at=at,
        **{column: getattr(content, field) for column, field in _FIELDS.items()},
    )
    for village in sorted(set(villages)):
        ProposalPlace.objects.create(kabupaten=proposal.kabupaten, proposal=proposal, village_id=village)
    Step.objects.create(kabupaten=proposal.kabupaten, proposal=proposal, state=proposal.state, office=office, at=at)
    _index(proposal)
    return proposal


def columns_of(content: Draft) -> dict[str, object]:
    """What a village wrote as columns of its proposal, for slices that make proposals from other sources."""
    return {column: getattr(content, field) for column, field in _FIELDS.items()}
