"""Who verifies (rules 12, 43, 44)."""

from __future__ import annotations

from enum import StrEnum

from mufakat.core.decision import Decision, no, yes
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.proposals.models import Proposal
from mufakat.proposals.permissions import VILLAGE


class Refusal(StrEnum):
    """Why not."""

    ROLE = "Pemeriksaan usulan dikerjakan oleh verifikator kecamatan."
    OTHER_KECAMATAN = "Usulan ini milik kecamatan lain."
    OWN = "Usulan ini Anda masukkan sendiri. Mintalah verifikator lain memeriksanya."
    APPEAL = "Usulan ini Anda tolak sebelumnya. Bandingnya diputus oleh verifikator lain."
    OFFICE = "Daftar ini milik kantor kecamatan."


def can_verify(actor: Actor, proposal: Proposal) -> Decision:
    """Take up, pass, return, refuse: the verifier of the proposal's kecamatan."""
    if actor.role is not Role.VERIFIKATOR:
        return no(Refusal.ROLE)
    if actor.region_code != proposal.kecamatan_id:
        return no(Refusal.OTHER_KECAMATAN)
    if proposal.entered_by == actor.user_id:
        return no(Refusal.OWN)
    return no(Refusal.APPEAL) if proposal.appeals and proposal.refused_by == actor.user_id else yes()


def can_see_list(actor: Actor, kecamatan: str) -> Decision:
    """The list of the forum with every village's standing: offices of the kecamatan and of its regency."""
    is_office = actor.role not in VILLAGE and actor.role is not Role.OPD
    return yes() if is_office and actor.works_in(kecamatan) else no(Refusal.OFFICE)
