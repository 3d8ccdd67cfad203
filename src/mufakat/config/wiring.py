"""Who listens to which event: the only page that says so."""

from __future__ import annotations

from django.utils import timezone

from mufakat.runtime import events


def connect() -> None:
    """Register every listener; called once when Django starts."""
    from mufakat.forums.commands.minutes import MinutesLocked

    events.listen(MinutesLocked, _hand_over)


def _hand_over(event: object) -> None:
    """A locked berita acara reaches the agencies' lists."""
    from mufakat.forums.commands.minutes import MinutesLocked
    from mufakat.tracking import commands

    assert isinstance(event, MinutesLocked)
    commands.hand_over(forum_id=event.forum_id, at=timezone.now())
