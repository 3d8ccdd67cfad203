"""Who imports (rules 22, 24)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mufakat.core.decision import Decision, no, yes
from mufakat.cycles.models import Cycle
from mufakat.cycles.states import CycleState
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.proposals.permissions import VILLAGE


class Refusal(StrEnum):
    """Why not."""

    ROLE = "Lembar usulan diimpor oleh desa/kelurahan atau admin kecamatan."
    WINDOW = "Masa pengajuan sudah ditutup. Mintalah perpanjangan kepada Bappeda."


def can_import(actor: Actor, cycle: Cycle, at: datetime) -> Decision:
    """A village its own sheet while the window is open; the kecamatan's staff until returned ones are due."""
    if actor.role in VILLAGE:
        return yes() if cycle.accepts_from(actor.region_code, at) else no(Refusal.WINDOW)
    if actor.role is not Role.ADMIN_KECAMATAN:
        return no(Refusal.ROLE)
    is_open = cycle.state == CycleState.OPEN.value and cycle.proposals_open_at <= at < cycle.returned_until
    return yes() if is_open else no(Refusal.WINDOW)
