"""Only Bappeda shapes the year."""

from __future__ import annotations

from enum import StrEnum

from mufakat.core.decision import Decision, no, yes
from mufakat.people.actors import Actor
from mufakat.people.roles import Role


class Refusal(StrEnum):
    """Why not."""

    ROLE = "Siklus perencanaan diatur oleh Bappeda. Hubungi Bappeda bila ada yang perlu diubah."


def can_shape(actor: Actor) -> Decision:
    """Open a cycle, set windows, pagu and kamus."""
    return yes() if actor.role is Role.BAPPEDA else no(Refusal.ROLE)
