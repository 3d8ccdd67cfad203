"""Writes of proposals: the village's own, and the steps that later slices take with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from mufakat import audit
from mufakat.core.dates import moment
from mufakat.core.decision import require
from mufakat.core.errors import Sentence
from mufakat.cycles.models import Cycle
from mufakat.documents import commands as documents
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.proposals import permissions, photos, queries, rules
from mufakat.proposals.alike import unexplained_for
from mufakat.proposals.errors import (
    Conflict,
    FieldsClosed,
    Incomplete,
    LooksAlike,
    NoProposal,
    TooLate,
    Unexplained,
    WrongPhoto,
)
from mufakat.proposals.models import Photo, Proposal, ProposalPlace, Step, VillageMinutes, Word
from mufakat.proposals.rules import Draft
from mufakat.proposals.settling import settled
from mufakat.proposals.states import TAKEN_BACK, Action, State

_FIELDS = {
    "title": "title",
    "problem": "problem",
    "location": "location",
    "rt": "rt",
    "rw": "rw",
    "latitude": "latitude",
    "longitude": "longitude",
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
    "kamus_id": "kamus",
    "people": "people",
    "people_men": "men",
    "people_women": "women",
}
"""Column of the proposal → field of the village's draft."""
_EDITED = tuple(column for column in _FIELDS if column != "village_priority")
"""What an edit writes; the village's own order is set for the whole list at once."""
_FOLLOWING = {"kamus_id": ("unit", "unit_price", "agency_requested"), "location": ("latitude", "longitude")}
"""Columns that open with another: what a kamus entry fills, the point of a place; the sum follows from volume and price."""
MOST_PHOTOS = 4
SHORTEST_REASON = 10


@transaction.atomic
def draft(*, actor: Actor, cycle_id: UUID, content: Draft, form_key: UUID | None = None, at: datetime) -> Proposal:
    """Begin a proposal of the actor's own village; nobody else sees it until it is submitted.

    A form that comes again under its `form_key` makes no second proposal: what it says anew is saved in the first,
    or raises Conflict when that has changed since.
    """
    require(permissions.can_draft(actor))
    cycle = _cycle(actor, cycle_id)
    content = settled(cycle, content, before=None)
    values = {
        "kabupaten": actor.kabupaten,
        "cycle": cycle,
        "kecamatan_id": actor.kecamatan,
        "changed_at": at,
        "entered_by": actor.user_id,
        **columns_of(content),
        "village_priority": content.priority or _next_rank(cycle, actor.region_code),
    }
    proposal, is_new = _once(actor.region_code, form_key, values)
    if is_new:
        audit.record(actor, "proposal.drafted", proposal, at=at)
        return proposal
    stands = columns_of(content_of(proposal))
    if all(stands[column] == values[column] for column in _EDITED):
        return proposal
    return edit(actor=actor, proposal_id=proposal.pk, version=1, content=content, at=at)


def _once(village: str, form_key: UUID | None, values: dict[str, object]) -> tuple[Proposal, bool]:
    if form_key is None:
        return Proposal.objects.create(village_id=village, **values), True
    return Proposal.objects.get_or_create(village_id=village, form_key=form_key, defaults=values)


def _next_rank(cycle: Cycle, village: str) -> int | None:
    """The place after the last, where the village has ranked all its proposals (rule 27)."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    ranks = list(_in_order(cycle, village).values_list("village_priority", flat=True))
    return None if None in ranks else max((r for r in ranks if r), default=0) + 1


def _in_order(cycle: Cycle, village: str) -> QuerySet[Proposal]:
    return queries.own_order(cycle, village)


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
    content = settled(proposal.cycle, content, before=proposal)
    given = {column: value for column, value in columns_of(content).items() if column in _EDITED}
    if proposal.version != version:
        theirs = {column: getattr(proposal, column) for column in _EDITED}
        raise Conflict(yours=given, theirs=theirs, version=proposal.version)
    _refuse_closed(proposal, given)
    for column, value in given.items():
        setattr(proposal, column, value)
    proposal.version += 1
    proposal.changed_at = at
    proposal.save(update_fields=[*_EDITED, "version", "changed_at"])
    audit.record(actor, "proposal.edited", proposal, at=at, version=proposal.version)
    return proposal


def _refuse_closed(proposal: Proposal, given: dict[str, object]) -> None:
    """A return opens only the fields it names; what follows from them may change with them (rule 25)."""
    if proposal.standing is not State.RETURNED or not proposal.returned_fields:
        return
    opened = {"value_requested"}  # computed from volume and price
    for column in proposal.returned_fields:
        opened |= {column, *_FOLLOWING.get(column, ())}
    if any(value != getattr(proposal, column) for column, value in given.items() if column not in opened):
        raise FieldsClosed


@transaction.atomic
def submit(*, actor: Actor, proposal_id: UUID, at: datetime) -> Proposal:
    """Hand a proposal to the kecamatan and give it its number; raises Incomplete, LooksAlike, or TooLate.

    The head submits, or the operator on the village's signed berita acara, which the step then names (rule 22).
    """
    proposal = queries.lock_for(actor, proposal_id)
    cycle = proposal.cycle
    minutes = queries.minutes_of(cycle, actor.region_code)
    _require_in_time(actor, proposal, at, has_minutes=minutes is not None)
    if missing := missing_of(proposal):
        raise Incomplete(missing)
    if alike := unexplained_for(proposal):
        raise LooksAlike([a.other.title for a in alike])
    proposal.number = proposal.number or _next_number(proposal.cycle_id, proposal.kecamatan_id)
    proposal.submitted_at = at
    basis = str(minutes) if minutes and actor.role is Role.OPERATOR_DESA else ""
    step(
        proposal=proposal,
        action=Action.SUBMIT,
        office=actor.label,
        capacity=actor.capacity,
        basis=basis,
        at=at,
        save=("number", "submitted_at"),
    )
    audit.record(actor, "proposal.submitted", proposal, at=at, number=proposal.number, basis=basis)
    return proposal


def _require_in_time(actor: Actor, proposal: Proposal, at: datetime, *, has_minutes: bool) -> None:
    decision = permissions.can_submit(actor, proposal, proposal.cycle, at, has_minutes=has_minutes)
    if decision.reason is permissions.Refusal.WINDOW:
        local = timezone.localtime(proposal.cycle.closes_for(actor.region_code))
        raise TooLate(
            decision.reason,
            f"Masa pengajuan sudah ditutup {moment(local)}. Mintalah perpanjangan kepada Bappeda.",
            f"Submission closed on {local:%d %B %Y at %H:%M}. Ask Bappeda for an extension.",
        )
    if decision.reason is permissions.Refusal.DUE:
        local = timezone.localtime(proposal.returned_until or proposal.cycle.returned_until)
        raise TooLate(
            decision.reason,
            f"Batas melengkapi usulan ini lewat pada {moment(local)}; usulan gugur. Hubungi kecamatan.",
            f"The time to complete this proposal ended on {local:%d %B %Y at %H:%M}; it lapses. Contact the kecamatan.",
        )
    require(decision)


def missing_of(proposal: Proposal) -> tuple[str, ...]:
    """What blocks submission in this cycle; the rest stays "belum lengkap" where the cycle accepts that (rule 15)."""
    cycle = proposal.cycle
    missing = rules.missing_for_submission(content_of(proposal), needs_kamus=not cycle.allows_direct)
    return tuple(m for m in missing if m in rules.ALWAYS_NEEDED) if cycle.accepts_incomplete else missing


@transaction.atomic
def delete(*, actor: Actor, proposal_id: UUID, at: datetime) -> Proposal:
    """Delete a draft; those behind it in the village's order move up."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_delete(actor, proposal))
    proposal.move(Action.DELETE)
    proposal.changed_at = at
    proposal.save(update_fields=["state", "version", "changed_at"])
    _close_gap(proposal)
    audit.record(actor, "proposal.deleted", proposal, at=at)
    return proposal


@transaction.atomic
def withdraw(*, actor: Actor, proposal_id: UUID, reason: str, at: datetime) -> Proposal:
    """Take back a submitted proposal nobody has taken up, with the reason; it stays public as withdrawn."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_withdraw(actor, proposal))
    _require_reason(reason, "Tuliskan alasan penarikan, paling sedikit 10 huruf.")
    step(
        proposal=proposal,
        action=Action.WITHDRAW,
        office=actor.label,
        capacity=actor.capacity,
        at=at,
        reason=reason.strip(),
    )
    _close_gap(proposal)
    audit.record(actor, "proposal.withdrawn", proposal, at=at)
    return proposal


@transaction.atomic
def appeal(*, actor: Actor, proposal_id: UUID, reason: str, at: datetime) -> Proposal:
    """Ask once for a second look at a refusal; somebody else decides (rule 44)."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_appeal(actor, proposal))
    _require_reason(reason, "Tuliskan alasan banding, paling sedikit 10 huruf.")
    proposal.appeals += 1
    step(
        proposal=proposal,
        action=Action.APPEAL,
        office=actor.label,
        capacity=actor.capacity,
        at=at,
        reason=reason.strip(),
        save=("appeals",),
    )
    audit.record(actor, "proposal.appealed", proposal, at=at)
    return proposal


def _require_reason(reason: str, sentence: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Unexplained(sentence)


def _close_gap(proposal: Proposal) -> None:
    """Those behind a proposal that left the village's order move up by one (rule 27)."""
    if proposal.village_id is None or proposal.village_priority is None:
        return
    behind = _in_order(proposal.cycle, proposal.village_id).filter(village_priority__gt=proposal.village_priority)
    if _in_order(proposal.cycle, proposal.village_id).filter(village_priority=proposal.village_priority).exists():
        return
    behind.update(village_priority=F("village_priority") - 1)


@transaction.atomic
def put_at(*, actor: Actor, proposal_id: UUID, place: int, at: datetime) -> Proposal:
    """Put a proposal at a place of the village's own order, which then counts 1…k without gaps or ties (rule 27)."""
    proposal = queries.lock_for(actor, proposal_id)
    if proposal.village_id != actor.region_code or proposal.standing in TAKEN_BACK:
        raise NoProposal
    require(permissions.can_order(actor, proposal.cycle, at))
    Cycle.objects.select_for_update().get(pk=proposal.cycle_id)
    listed = list(_in_order(proposal.cycle, actor.region_code))
    order = rules.moved([p.pk for p in listed], proposal.pk, place)
    rank = {pk: number for number, pk in enumerate(order, start=1)}
    changed = [p for p in listed if p.village_priority != rank[p.pk]]
    for p in changed:
        p.village_priority = rank[p.pk]
    Proposal.objects.bulk_update(changed, ["village_priority"])
    audit.record(actor, "proposal.ranked", proposal, at=at, place=rank[proposal.pk])
    return proposal


@transaction.atomic
def attach_minutes(
    *, actor: Actor, cycle_id: UUID, number: str, day: date, content: bytes, at: datetime
) -> VillageMinutes:
    """Keep the village forum's signed berita acara, scanned; on it the operator may submit (rule 22). Raises WrongScan."""
    require(permissions.can_draft(actor))
    cycle = _cycle(actor, cycle_id)
    made = VillageMinutes.objects.create(
        kabupaten=actor.kabupaten,
        cycle=cycle,
        village_id=actor.region_code,
        number=number.strip(),
        day=day,
        scan=documents.keep_scan(kabupaten=actor.kabupaten, content=content),
        added_at=at,
        added_by=actor.label,
    )
    audit.record(actor, "village.minutes_attached", made, at=at, number=made.number, sha256=made.scan_id)
    return made


@transaction.atomic
def add_photo(*, actor: Actor, proposal_id: UUID, content: bytes, caption: str, at: datetime) -> Photo:
    """Keep a picture of the place, without the data a camera writes into it (rule 103). Raises WrongPhoto."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_edit(actor, proposal))
    if proposal.photos.count() >= MOST_PHOTOS:
        raise WrongPhoto(Sentence("Paling banyak %(n)s foto. Hapus satu sebelum menambah yang lain.", n=MOST_PHOTOS))
    image = documents.keep(kabupaten=actor.kabupaten, media_type="image/jpeg", content=photos.cleaned(content))
    photo, _ = Photo.objects.get_or_create(
        kabupaten=actor.kabupaten,
        proposal=proposal,
        image=image,
        defaults={"caption": caption.strip()[:120], "added_at": at},
    )
    audit.record(actor, "proposal.photo_added", photo, at=at, proposal=str(proposal.pk), sha256=image.sha256)
    return photo


@transaction.atomic
def remove_photo(*, actor: Actor, proposal_id: UUID, photo_id: UUID, at: datetime) -> None:
    """Take a picture off a proposal that may still be changed."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_edit(actor, proposal))
    photo = proposal.photos.filter(pk=photo_id).first()
    if photo is None:
        raise NoProposal
    audit.record(actor, "proposal.photo_removed", photo, at=at, proposal=str(proposal.pk), sha256=photo.image_id)
    photo.delete()


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
    capacity: str = "",
    basis: str = "",
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
        capacity=capacity,
        basis=basis[:240],
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


def reopen(*, proposal: Proposal, office: str, reason: str, at: datetime) -> None:
    """Take the forum's result off a proposal, so that another forum may decide it; the step says why (rule 116)."""
    proposal.value_agreed = proposal.volume_agreed = None
    columns = ("value_agreed", "volume_agreed")
    step(proposal=proposal, action=Action.REOPEN, office=office, at=at, reason=reason, save=columns)


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
