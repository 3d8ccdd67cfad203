"""A forum of several days, and one that is called off and held anew in the same cycle (rule 116)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mufakat.core.decision import require
from mufakat.forums import permissions, queries
from mufakat.forums.errors import Refused
from mufakat.forums.models import Forum, Sitting
from mufakat.forums.states import ForumAction
from mufakat.forums.steps import take_step
from mufakat.proposals import commands as proposals

if TYPE_CHECKING:
    from mufakat.people.actors import Actor

SHORTEST_REASON = 10


@transaction.atomic
def suspend(*, actor: Actor, forum_id: UUID, reason: str, resumes_on: date | None = None, at: datetime) -> Forum:
    """Suspend the session, with the reason and the day it goes on, None while that is open."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    if not reason.strip():
        raise Refused("Skors memerlukan alasan. Tuliskan alasannya, misalnya “Waktu habis, 20 usulan tersisa”.")
    if resumes_on is not None and resumes_on < timezone.localdate(at):
        raise Refused("Hari lanjutan sudah lewat. Pilih hari ini atau sesudahnya, atau kosongkan.")
    sitting = queries.sittings_of(forum).last()
    if sitting is not None:
        sitting.suspended_at, sitting.reason, sitting.resumes_on = at, reason.strip(), resumes_on
        sitting.save(update_fields=["suspended_at", "reason", "resumes_on"])
    day = resumes_on.isoformat() if resumes_on else ""
    return take_step(actor, forum, ForumAction.SUSPEND, at, resumes_on=day)


@transaction.atomic
def resume(*, actor: Actor, forum_id: UUID, at: datetime) -> Forum:
    """Go on with a suspended session; the berita acara names the day."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_resume(actor, forum))
    Sitting.objects.create(kabupaten=forum.kabupaten, forum=forum, began_at=at)
    return take_step(actor, forum, ForumAction.RESUME, at)


@transaction.atomic
def cancel(*, actor: Actor, forum_id: UUID, reason: str, at: datetime) -> Forum:
    """Call a forum off. What it recorded stays with it; its proposals wait for a result again."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_cancel(actor, forum))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Pembatalan memerlukan alasan paling sedikit 10 huruf. Tuliskan alasannya.")
    for proposal_id in forum.decisions.order_by("proposal__number").values_list("proposal_id", flat=True):
        proposals.reopen(
            proposal=queries.lock_proposal(forum, proposal_id),
            office=actor.label,
            reason=f"Forum {forum.day:%d-%m-%Y} dibatalkan: {reason.strip()}",
            at=at,
        )
    forum.state_reason = reason.strip()
    return take_step(actor, forum, ForumAction.CANCEL, at, "state_reason")
