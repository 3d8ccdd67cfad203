"""Who listens to which event: the only page that says so."""

from __future__ import annotations

from django.utils import timezone

from mufakat.runtime import events


def connect() -> None:
    """Register every listener; called once when Django starts."""
    from mufakat.forums.commands.minutes import MinutesLocked
    from mufakat.forums.queries import ForumChanged

    events.listen(MinutesLocked, _hand_over)
    events.listen(ForumChanged, _tell_the_hall)


def _hand_over(event: object) -> None:
    """A locked berita acara reaches the agencies' lists."""
    from mufakat.forums.commands.minutes import MinutesLocked
    from mufakat.tracking import commands

    assert isinstance(event, MinutesLocked)
    commands.hand_over(forum_id=event.forum_id, at=timezone.now())


def _tell_the_hall(event: object) -> None:
    """Screens of a forum learn that something changed."""
    from mufakat.forums.queries import ForumChanged, live_topic
    from mufakat.runtime.live.telling import tell

    assert isinstance(event, ForumChanged)
    tell(live_topic(event.forum_id))
