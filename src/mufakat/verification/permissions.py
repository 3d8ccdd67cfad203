"""Who verifies (rules 12, 43)."""

from __future__ import annotations

from enum import StrEnum

from mufakat.core.decision import Decision, no, yes
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.proposals.models import Proposal


class Refusal(StrEnum):
    """Why not."""

    ROLE = "Pemeriksaan usulan dikerjakan oleh verifikator kecamatan."
    OTHER_KECAMATAN = "Usulan ini milik kecamatan lain."


def can_verify(actor: Actor, proposal: Proposal) -> Decision:
    """Take up, pass, return, refuse: the verifier of the proposal's kecamatan."""
    if actor.role is not Role.VERIFIKATOR:
        return no(Refusal.ROLE)
    return yes() if actor.region_code == proposal.kecamatan_id else no(Refusal.OTHER_KECAMATAN)
