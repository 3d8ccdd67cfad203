"""Append-only, hash-chained record of every command. `audit.record` is the only way in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


def record(actor: Any, action: str, subject: Any, /, *, at: datetime, **facts: Any) -> None:
    """Write one line about `subject` in the current transaction; the chain's head of the regency is locked last.

    `facts` are plain values without personal data; personal values go in through `audit.commands.personal`.
    """
    from mufakat.audit import commands

    commands.append(
        kabupaten=subject.kabupaten,
        actor=str(actor.user_id) if actor else "",
        office=actor.label if actor else "sistem",
        action=action,
        subject=f"{subject._meta.label_lower}:{subject.pk}",
        facts=facts,
        at=at,
    )
