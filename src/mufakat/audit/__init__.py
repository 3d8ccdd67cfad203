"""Append-only, hash-chained record of every command. `audit.record` is the only way in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


def record(actor: Any, action: str, subject: Any, /, *, at: datetime, **facts: Any) -> None:
    """Write one line about `subject` in the current transaction; the chain's head of the regency is locked last.

    `facts` are plain values without personal data; a personal value goes in as what `audit.personal` makes of it.
    """
    from mufakat.audit import commands

    commands.append(
        kabupaten=subject.kabupaten,
        actor=str(actor.user_id) if actor else "",
        office=actor.label if actor else "sistem",
        action=action,
        subject=name_of(subject),
        facts=facts,
        at=at,
    )


def personal(person: Any, /, *values: str) -> str:
    """Personal values of a row that stands for a person, as they may enter the chain: a digest under its own key.

    The digest proves what was recorded for as long as the key stands; `audit.commands.erase` ends that.
    """
    from mufakat.audit import commands

    return commands.personal(kabupaten=person.kabupaten, person=name_of(person), value="\n".join(values))


def name_of(row: Any) -> str:
    """A row as the chain names it: "forums.attendee:<id>"."""
    return f"{row._meta.label_lower}:{row.pk}"
