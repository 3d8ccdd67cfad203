"""One step of a forum's life: the machine, the row, the audit line and the word to every screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mufakat import audit
from mufakat.forums.queries import ForumChanged
from mufakat.forums.states import ForumAction
from mufakat.runtime import events

if TYPE_CHECKING:
    from mufakat.forums.models import Forum
    from mufakat.people.actors import Actor


def take_step(actor: Actor, forum: Forum, action: ForumAction, at: datetime, *fields: str, **facts: str) -> Forum:
    """Move a locked forum; `fields` are saved along, `facts` go into the audit line. Raises NotPossible."""
    before = forum.state
    forum.move(action)
    forum.save(update_fields=["state", "version", *fields])
    audit.record(actor, "forum." + action.name.lower(), forum, at=at, before=before, after=forum.state, **facts)
    events.publish(ForumChanged(forum.pk))
    return forum
