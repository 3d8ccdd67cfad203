"""A permission's answer: yes, or no with the reason the screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mufakat.core.errors import MufakatError


@dataclass(frozen=True, slots=True)
class Decision:
    """Answer of a `can_…` predicate; truthy when allowed, else it carries the reason."""

    allowed: bool
    reason: StrEnum | None = None

    def __bool__(self) -> bool:
        return self.allowed


class NotAllowed(MufakatError):
    """A required decision was no. `reason` says why."""

    code = "tidak_berwenang"

    def __init__(self, reason: StrEnum | None) -> None:
        super().__init__(str(reason) if reason is not None else "Tindakan ini tidak diizinkan.")
        self.reason = reason


def yes() -> Decision:
    """Allowed."""
    return Decision(True)


def no(reason: StrEnum) -> Decision:
    """Not allowed, because of `reason`."""
    return Decision(False, reason)


def require(decision: Decision) -> None:
    """Go on when allowed, else raise NotAllowed with the decision's reason."""
    if not decision:
        raise NotAllowed(decision.reason)
