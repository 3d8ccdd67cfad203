"""Hand over to the agencies; answer; send on to another agency; record the later stages (rules 90-92)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.drafting.labels import Result
from mufakat.forums.models import Decision
from mufakat.proposals import commands as proposals
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import Action, State
from mufakat.tracking import permissions, queries, rules
from mufakat.tracking.errors import Unanswerable
from mufakat.tracking.models import FollowUp, HandOver
from mufakat.tracking.rules import Answer
from mufakat.tracking.states import Outcome, Stage

if TYPE_CHECKING:
    from mufakat.people.actors import Actor

STEPS: Mapping[tuple[Stage, Outcome], Action] = {
    (Stage.AGENCY_FORUM, Outcome.ACCOMMODATED): Action.ACCOMMODATE,
    (Stage.RKPD, Outcome.ACCOMMODATED): Action.ENTER_RKPD,
    (Stage.APBD, Outcome.ACCOMMODATED): Action.ENTER_APBD,
    **{
        (stage, Outcome.NOT_ACCOMMODATED): Action.NOT_ACCOMMODATE
        for stage in (Stage.AGENCY_FORUM, Stage.RKPD, Stage.APBD)
    },
}
"""Which answers move the proposal; the others are only recorded beside it."""
RECEIVED = (Result.DISEPAKATI.value, Result.KEWENANGAN_KELURAHAN.value)


@transaction.atomic
def hand_over(*, forum_id: UUID, at: datetime) -> int:
    """Open a hand-over for each proposal a locked forum passed to an agency; running it again adds nothing.

    Returns how many were opened. Called when a berita acara has been locked; the audit line is the lock's own.
    """
    decided = Decision.objects.filter(forum_id=forum_id, result__in=RECEIVED).values("proposal_id")
    waiting = Proposal.objects.filter(pk__in=decided, state=State.FORWARDED.value, hand_overs__isnull=True)
    opened = [
        HandOver(kabupaten=p.kabupaten, proposal=p, agency=p.agency_final, received_at=at)
        for p in waiting.order_by("number")
    ]
    HandOver.objects.bulk_create(opened)
    return len(opened)


@transaction.atomic
def answer(*, actor: Actor, proposal_id: UUID, answer: Answer, at: datetime) -> FollowUp:
    """The agency's word about one item: accommodated with sub-kegiatan, volume and value, or not, with a reason.

    Raises Unanswerable with everything that is missing (rule 90).
    """
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_answer(actor, proposal))
    return _keep(actor, proposal, Stage.AGENCY_FORUM, answer, at)


@transaction.atomic
def record(*, actor: Actor, proposal_id: UUID, stage: Stage, answer: Answer, at: datetime) -> FollowUp:
    """A later stage's result with value, reference and date; skipped stages stay visible (rule 92)."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_record(actor, proposal))
    if stage is Stage.AGENCY_FORUM:
        raise Unanswerable("Jawaban Forum Perangkat Daerah dicatat oleh perangkat daerahnya.")
    return _keep(actor, proposal, stage, answer, at)


def _keep(actor: Actor, proposal: Proposal, stage: Stage, answer: Answer, at: datetime) -> FollowUp:
    if missing := rules.faults(stage=stage, answer=answer):
        raise Unanswerable(" ".join(missing))
    is_accommodated = answer.outcome is Outcome.ACCOMMODATED
    made = FollowUp.objects.create(
        kabupaten=proposal.kabupaten,
        proposal=proposal,
        stage=stage.value,
        outcome=answer.outcome.value,
        value=answer.value if is_accommodated else None,
        volume=answer.volume if is_accommodated else None,
        sub_activity=answer.sub_activity.strip(),
        reference=answer.reference.strip(),
        reason_code="" if is_accommodated else answer.reason_code,
        reason=answer.reason.strip(),
        recorded_at=at,
        recorded_by=actor.label,
    )
    _move(actor, proposal, stage, answer, at)
    facts = {"stage": stage.value, "outcome": answer.outcome.value, "value": made.value}
    audit.record(actor, "proposal.followed_up", proposal, at=at, **facts)
    return made


def _move(actor: Actor, proposal: Proposal, stage: Stage, answer: Answer, at: datetime) -> None:
    """Take the step an answer means; the budgeted pair is what the APBD holds (rule 45)."""
    action = STEPS.get((stage, answer.outcome))
    if action is None:
        return
    saved: tuple[str, ...] = ()
    if action is Action.ENTER_APBD:
        proposal.value_budgeted = answer.value
        proposal.volume_budgeted = answer.volume or proposal.volume_agreed
        saved = ("value_budgeted", "volume_budgeted")
    is_refusal = action is Action.NOT_ACCOMMODATE
    if is_refusal:
        proposal.refused_at = stage.value
        saved = ("refused_at",)
    proposals.step(
        proposal=proposal,
        action=action,
        office=actor.label,
        at=at,
        reason_code=answer.reason_code if is_refusal else "",
        reason=answer.reason.strip(),
        save=saved,
    )


@transaction.atomic
def reroute(*, actor: Actor, proposal_id: UUID, agency: str, reason: str, at: datetime) -> HandOver:
    """Send an item on to another agency; the history stays and the clock starts anew (rules 37, 91)."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_reroute(actor, proposal))
    name = agency.strip()
    if not name or name == proposal.agency_final or not reason.strip():
        raise Unanswerable("Pilih perangkat daerah lain dan tuliskan alasannya.")
    HandOver.objects.filter(proposal=proposal, closed_at__isnull=True).update(
        closed_at=at, closed_reason=reason.strip()
    )
    made = HandOver.objects.create(kabupaten=proposal.kabupaten, proposal=proposal, agency=name, received_at=at)
    before, proposal.agency_final = proposal.agency_final, name
    proposals.step(
        proposal=proposal,
        action=Action.REROUTE,
        office=actor.label,
        at=at,
        reason=reason.strip(),
        save=("agency_final",),
    )
    audit.record(actor, "proposal.rerouted", proposal, at=at, before=before, after=name)
    return made
