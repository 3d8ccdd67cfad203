"""The speaking log: one tap a turn, taken back where it was a slip (rule 71)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.forums import permissions, queries, rules
from mufakat.forums.errors import Refused
from mufakat.forums.models import Forum, SpeakingTurn
from mufakat.forums.rules import Element

if TYPE_CHECKING:
    from mufakat.people.actors import Actor


@transaction.atomic
def record_turn(
    *, actor: Actor, forum_id: UUID, gender: str, element: Element, village: str | None = None, at: datetime
) -> SpeakingTurn:
    """Record that somebody spoke, by L/P, element and village."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_log_speaking(actor, forum))
    if gender not in ("L", "P") or (village and village not in {v.code for v in queries.villages_of(forum)}):
        raise Refused("Pilih L atau P, dan desa atau kelurahan dari kecamatan ini.")
    turn = SpeakingTurn.objects.create(
        kabupaten=forum.kabupaten, forum=forum, gender=gender, element=element.value, village_id=village or None, at=at
    )
    facts = {"gender": gender, "element": element.value, "village": village or ""}
    audit.record(actor, "forum.spoke", forum, at=at, **facts)
    return turn


@transaction.atomic
def take_back_turn(*, actor: Actor, forum_id: UUID, at: datetime) -> None:
    """Take the last turn off the log."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_log_speaking(actor, forum))
    last = forum.speakingturns.order_by("at", "pk").last()
    if last is None:
        raise Refused("Belum ada giliran bicara yang tercatat.")
    audit.record(actor, "forum.spoke_not", forum, at=at, gender=last.gender, element=last.element)
    last.delete()


@transaction.atomic
def set_speaking_limit(*, actor: Actor, forum_id: UUID, percent: int, at: datetime) -> Forum:
    """Set the share above which one party is pointed out to the facilitator."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    least, most = rules.SPEAKING_LIMITS
    if not least <= percent <= most:
        raise Refused("Batas bicara ditulis dalam persen, dari 10 sampai 100.")
    forum.speaking_limit = percent
    forum.save(update_fields=["speaking_limit"])
    audit.record(actor, "forum.speaking_limit_set", forum, at=at, percent=percent)
    return forum
