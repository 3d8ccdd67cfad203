"""The day itself: who came, what was agreed first, every proposal's result, delegates, the hall."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.core.money import rupiah
from mufakat.cycles import commands as cycles
from mufakat.drafting.labels import RESULT_LABELS, Result
from mufakat.forums import permissions, queries, rules
from mufakat.forums.errors import DecidedMeanwhile, NotReady, Refused
from mufakat.forums.labels import AGREEMENTS
from mufakat.forums.models import (
    AgreementRecord,
    Attendee,
    Block,
    BlockMember,
    Decision,
    Delegate,
    Floor,
    Forum,
    VillageStanding,
)
from mufakat.forums.rules import Agreement, Element, Method, Verdict
from mufakat.forums.states import DelegateAction, ForumAction
from mufakat.forums.steps import take_step
from mufakat.proposals import commands as proposals
from mufakat.proposals.rules import Draft, missing_for_submission
from mufakat.proposals.states import Action
from mufakat.runtime import events

if TYPE_CHECKING:
    from mufakat.people.actors import Actor
    from mufakat.proposals.models import Proposal

RESULT_ACTIONS: Mapping[Result, Action] = {
    Result.DISEPAKATI: Action.AGREE,
    Result.CADANGAN: Action.RESERVE,
    Result.BELUM_DISEPAKATI: Action.NOT_AGREE,
    Result.KEWENANGAN_DESA: Action.TO_VILLAGE,
    Result.KEWENANGAN_KELURAHAN: Action.AGREE,
    Result.DITERUSKAN_SUPRA: Action.AGREE,
}


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the attendance list as it is filled in."""

    name: str
    gender: str
    element: Element
    institution: str = ""
    position: str = ""
    village: str | None = None
    is_voter: bool = True

    @property
    def key(self) -> str:
        """By which the same person is known again (rule 55); raises Refused where name or L/P is missing."""
        if not self.name.strip() or self.gender not in ("L", "P"):
            raise Refused("Nama dan L/P wajib diisi.")
        return rules.person_key(name=self.name, origin=self.village or self.institution)

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a row of the attendance list."""
        return {
            "name": self.name.strip(),
            "gender": self.gender,
            "element": self.element.value,
            "institution": self.institution.strip(),
            "position": self.position.strip(),
            "village_id": self.village,
            "is_voter": self.is_voter,
            "person": self.key,
        }


@transaction.atomic
def record_attendance(*, actor: Actor, forum_id: UUID, person: Person, at: datetime) -> Attendee:
    """Add a person; the same person counts once (rules 53, 55)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_record_attendance(actor, forum))
    if forum.attendance_opened_at is None:
        raise NotReady((rules.Missing(rules.Obstacle.ATTENDANCE_SHEET),))
    if forum.attendees.filter(person=person.key).exists():
        raise Refused(
            f"{person.name.strip()} sudah tercatat hadir. Satu orang dihitung satu kali.",
            f"{person.name.strip()} is on the list already. A person counts once.",
        )
    attendee = Attendee.objects.create(kabupaten=forum.kabupaten, forum=forum, arrived_at=at, **person.columns)
    who = audit.personal(attendee, *attendee.particulars)
    audit.record(actor, "forum.attended", forum, at=at, attendee=str(attendee.pk), who=who, element=attendee.element)
    events.publish(queries.ForumChanged(forum.pk))
    return attendee


@transaction.atomic
def agree(*, actor: Actor, forum_id: UUID, subject: Agreement, method: Method, at: datetime) -> AgreementRecord:
    """Mark principles, tata tertib, criteria or groups as agreed, with time and method (rule 57)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    record, _ = AgreementRecord.objects.get_or_create(
        kabupaten=forum.kabupaten,
        forum=forum,
        subject=subject.value,
        defaults={"method": method.value, "agreed_at": at},
    )
    if subject is Agreement.CRITERIA:
        cycles.freeze_criteria(cycle=forum.cycle, at=at)
    audit.record(actor, "forum.agreed", forum, at=at, subject=subject.value, method=method.value)
    return record


@transaction.atomic
def confirm_list(
    *, actor: Actor, forum_id: UUID, village: str, by: str, objection: str = "", at: datetime
) -> VillageStanding:
    """A village's delegate confirms that all its proposals are listed, or objects (rule 58)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_confirm_list(actor, forum, village))
    standing, _ = VillageStanding.objects.update_or_create(
        kabupaten=forum.kabupaten,
        forum=forum,
        village_id=village,
        defaults={"confirmed_at": at, "confirmed_by": by.strip(), "objection": objection.strip(), "answer": ""},
    )
    facts = {"village": village, "objects": bool(objection.strip()), "by": audit.personal(standing, by.strip())}
    audit.record(actor, "forum.list_confirmed", forum, at=at, **facts)
    return standing


@transaction.atomic
def answer_objection(*, actor: Actor, forum_id: UUID, village: str, answer: str, at: datetime) -> VillageStanding:
    """Answer a village's objection; closing waits for it (rule 58)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    standing = forum.villagestandings.filter(village_id=village).exclude(objection="").first()
    if standing is None or not answer.strip():
        raise Refused("Tidak ada keberatan dari desa atau kelurahan itu, atau jawaban masih kosong.")
    standing.answer = answer.strip()
    standing.save(update_fields=["answer"])
    audit.record(actor, "forum.objection_answered", forum, at=at, village=village)
    return standing


@transaction.atomic
def decide(
    *,
    actor: Actor,
    forum_id: UUID,
    proposal_id: UUID,
    verdict: Verdict,
    at: datetime,
    replaces: bool = False,
    seen: UUID | None = None,
) -> Decision:
    """Record the forum's result for one proposal; with `replaces` a result of this session is taken anew.

    `seen` is the result one means to replace; raises DecidedMeanwhile when another one stands by now (rule 102).
    Raises NotReady before the agreements of rule 57, Refused where the result is not whole (rules 37, 38, 69, 70).
    """
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    _require_agreements(forum)
    proposal = queries.lock_proposal(forum, proposal_id)
    if replaces and seen:
        _require_seen(forum, proposal, seen)
    decision = _record(actor, forum, proposal, verdict, at, replaces=replaces)
    audit.record(actor, "forum.decided", proposal, at=at, result=verdict.result.value, value=verdict.value)
    events.publish(queries.ForumChanged(forum.pk))
    return decision


def _require_seen(forum: Forum, proposal: Proposal, seen: UUID) -> None:
    standing = forum.decisions.filter(proposal=proposal).first()
    if standing is not None and standing.pk != seen:
        value = f", {rupiah(standing.value)}" if standing.value is not None else ""
        raise DecidedMeanwhile(RESULT_LABELS[Result(standing.result)].lower(), value)


def _require_agreements(forum: Forum) -> None:
    agreed = queries.agreements_of(forum)
    if missing := rules.missing_for_decisions(agreed=agreed, labels=AGREEMENTS):
        raise NotReady(missing)


def _record(
    actor: Actor,
    forum: Forum,
    proposal: Proposal,
    verdict: Verdict,
    at: datetime,
    *,
    replaces: bool = False,
    block: Block | None = None,
) -> Decision:
    fault = rules.decision_fault(verdict=verdict, voters_present=queries.voters_present(forum))
    if fault:
        raise Refused(fault)
    earlier = forum.decisions.filter(proposal=proposal).first()
    if earlier and not replaces:
        raise Refused(
            f"Usulan nomor {proposal.number} sudah memiliki hasil. Buka kembali bila forum mengubahnya.",
            f"Proposal {proposal.number} has a result already. Open it again if the forum changes it.",
        )
    if earlier:
        earlier.delete()
    proposals.take_result(
        proposal=proposal,
        action=RESULT_ACTIONS[verdict.result],
        value=verdict.value if verdict.result is Result.DISEPAKATI else None,
        agency=verdict.agency,
        reason_code=verdict.reason_code,
        reason=verdict.reason.strip(),
        office=actor.label,
        at=at,
    )
    return _keep_decision(forum, proposal, verdict, at, block)


def _keep_decision(forum: Forum, proposal: Proposal, verdict: Verdict, at: datetime, block: Block | None) -> Decision:
    votes = verdict.votes
    return Decision.objects.create(
        kabupaten=forum.kabupaten,
        forum=forum,
        proposal=proposal,
        result=verdict.result.value,
        value=verdict.value,
        agency=verdict.agency.strip(),
        reason_code=verdict.reason_code,
        reason=verdict.reason.strip(),
        method=verdict.method.value,
        votes_for=votes.for_ if votes else None,
        votes_against=votes.against if votes else None,
        votes_abstain=votes.abstain if votes else None,
        block=block,
        decided_at=at,
    )


@transaction.atomic
def read_block(*, actor: Actor, forum_id: UUID, name: str, proposals_read: Collection[UUID], at: datetime) -> Block:
    """Read out uncontested proposals as a named block; any village may then withdraw its own (rule 69)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    _require_agreements(forum)
    fault = rules.block_fault(
        name=name,
        is_read_out=True,
        members={str(p) for p in proposals_read},
        contested=set(),
        decided={str(p) for p in forum.decisions.values_list("proposal_id", flat=True)},
    )
    if fault:
        raise Refused(fault)
    if forum.blocks.filter(name=name.strip()).exists():
        raise Refused(
            f"Blok “{name.strip()}” sudah ada. Pakai nama lain.",
            f"There is a block “{name.strip()}” already. Use another name.",
        )
    block = Block.objects.create(kabupaten=forum.kabupaten, forum=forum, name=name.strip(), read_out_at=at)
    for proposal_id in proposals_read:
        proposal = queries.lock_proposal(forum, proposal_id)
        BlockMember.objects.create(kabupaten=forum.kabupaten, forum=forum, block=block, proposal=proposal)
    audit.record(actor, "forum.block_read", forum, at=at, name=block.name, proposals=len(proposals_read))
    return block


@transaction.atomic
def withdraw_from_block(
    *, actor: Actor, forum_id: UUID, block_id: UUID, proposal_id: UUID, reason: str, at: datetime
) -> BlockMember:
    """Take a proposal out of a block that was read out; it is then decided on its own (rule 69)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_withdraw_from_block(actor, forum))
    member = BlockMember.objects.filter(forum=forum, block_id=block_id, proposal_id=proposal_id).first()
    if member is None or member.block.decided_at:
        raise Refused("Usulan itu tidak ada dalam blok yang masih terbuka.")
    member.withdrawn_reason = reason.strip() or f"Ditarik oleh {actor.label}"
    member.save(update_fields=["withdrawn_reason"])
    audit.record(actor, "forum.block_withdrawn", member.proposal, at=at, block=member.block.name)
    return member


@transaction.atomic
def decide_block(*, actor: Actor, forum_id: UUID, block_id: UUID, method: Method, at: datetime) -> Block:
    """Agree every proposal left in a block at its verified (else requested) value (rule 69)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    block = forum.blocks.filter(pk=block_id, decided_at__isnull=True).first()
    if block is None:
        raise Refused("Blok itu sudah diputuskan atau tidak ada.")
    members = [m.proposal_id for m in block.members.filter(withdrawn_reason="").order_by("proposal__number")]
    if not members:
        raise Refused(rules.BlockFault.EMPTY)
    for proposal_id in members:
        proposal = queries.lock_proposal(forum, proposal_id)
        verdict = Verdict(
            Result.DISEPAKATI, queries.value_in_hand(proposal), queries.agency_in_hand(proposal), "", "", method
        )
        _record(actor, forum, proposal, verdict, at, block=block)
    block.decided_at = at
    block.save(update_fields=["decided_at"])
    audit.record(actor, "forum.block_decided", forum, at=at, name=block.name, proposals=len(members))
    events.publish(queries.ForumChanged(forum.pk))
    return block


@transaction.atomic
def propose_across(
    *, actor: Actor, forum_id: UUID, content: Draft, villages: Collection[str], initiator_id: UUID, at: datetime
) -> Proposal:
    """Add a cross-village proposal to the session's list (rule 66)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    initiator = forum.attendees.filter(pk=initiator_id).first()
    fault = rules.cross_village_fault(
        villages=villages,
        is_initiator_present=initiator is not None,
        has_required_fields=not missing_for_submission(content),
    )
    if fault:
        raise Refused(fault)
    assert initiator is not None
    proposal = proposals.add_from_session(
        cycle_id=forum.cycle_id,
        kecamatan=forum.kecamatan_id,
        villages=sorted(set(villages)),
        initiator=initiator.name,
        content=content,
        office=actor.label,
        at=at,
    )
    facts = {"villages": sorted(set(villages)), "initiator": audit.personal(initiator, initiator.name)}
    audit.record(actor, "forum.cross_village_added", proposal, at=at, **facts)
    events.publish(queries.ForumChanged(forum.pk))
    return proposal


@transaction.atomic
def nominate(*, actor: Actor, forum_id: UUID, attendee_id: UUID, at: datetime) -> Delegate:
    """Nominate an attendee as delegate (rule 74)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    attendee = forum.attendees.filter(pk=attendee_id).first()
    if attendee is None:
        raise Refused("Delegasi harus tercatat dalam daftar hadir. Catat kehadirannya lebih dahulu.")
    if forum.delegates.filter(attendee=attendee).exists():
        raise Refused(f"{attendee.name} sudah dicalonkan.", f"{attendee.name} has been nominated already.")
    order = forum.delegates.count() + 1
    delegate = Delegate.objects.create(kabupaten=forum.kabupaten, forum=forum, attendee=attendee, order=order)
    audit.record(actor, "forum.delegate_nominated", forum, at=at, delegate=str(delegate.pk))
    return delegate


@transaction.atomic
def elect(
    *, actor: Actor, forum_id: UUID, delegate_id: UUID, method: Method, votes: int | None = None, at: datetime
) -> Delegate:
    """Record a nominee's consent and election."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    delegate = forum.delegates.filter(pk=delegate_id).first()
    if delegate is None:
        raise Refused("Calon itu tidak ada dalam daftar delegasi.")
    delegate.move(DelegateAction.CONSENT)
    delegate.move(DelegateAction.ELECT)
    delegate.method, delegate.votes = method.value, votes
    delegate.save(update_fields=["state", "method", "votes"])
    audit.record(actor, "forum.delegate_elected", forum, at=at, delegate=str(delegate.pk), method=method.value)
    return delegate


@transaction.atomic
def explain_delegation(*, actor: Actor, forum_id: UUID, reason: str, at: datetime) -> Forum:
    """Record why number or women's share of the delegates is not met (rule 73)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    forum.delegates_reason = reason.strip()
    forum.save(update_fields=["delegates_reason"])
    audit.record(actor, "forum.delegation_explained", forum, at=at)
    return forum


@transaction.atomic
def show(
    *, actor: Actor, forum_id: UUID, proposal_id: UUID | None, speaker: str = "", heading: str = "", at: datetime
) -> Floor:
    """Put a proposal and a speaker on the hall screen."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    proposal = queries.lock_proposal(forum, proposal_id) if proposal_id else None
    floor, _ = Floor.objects.update_or_create(
        forum=forum,
        defaults={
            "kabupaten": forum.kabupaten,
            "proposal": proposal,
            "speaker": speaker.strip(),
            "heading": heading.strip(),
            "changed_at": at,
        },
    )
    audit.record(actor, "forum.shown", forum, at=at, proposal=str(proposal_id or ""))
    events.publish(queries.ForumChanged(forum.pk))
    return floor


@transaction.atomic
def open_plenary(*, actor: Actor, forum_id: UUID, at: datetime) -> Forum:
    """Go to the plenary once every proposal has a result and every objection an answer (rules 57, 58, 69)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    facts = queries.session_of(forum)
    if missing := rules.missing_for_plenary(facts=facts, labels=AGREEMENTS):
        raise NotReady(missing)
    return take_step(actor, forum, ForumAction.OPEN_PLENARY, at)


@transaction.atomic
def return_to_session(*, actor: Actor, forum_id: UUID, at: datetime) -> Forum:
    """Go back from the plenary to the session, for what came up."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    return take_step(actor, forum, ForumAction.BACK_TO_SESSION, at)
