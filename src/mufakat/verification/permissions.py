"""Who verifies (rules 12, 43, 44)."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from mufakat.core.decision import Decision, no, yes
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.proposals.models import Proposal
from mufakat.proposals.permissions import VILLAGE


class Refusal(StrEnum):
    """Why not."""

    ROLE = "Pemeriksaan usulan dikerjakan oleh verifikator kecamatan."
    OTHER_KECAMATAN = "Usulan ini milik kecamatan lain."
    OWN = "Usulan ini Anda masukkan sendiri. Putusan Anda berlaku setelah ditandatangani orang kedua."
    APPEAL = "Usulan ini Anda tolak sebelumnya. Bandingnya diputus oleh verifikator lain."
    OFFICE = "Daftar ini milik kantor kecamatan."
    ALONE = "Usulan ini dapat Anda putus sendiri."
    SECOND = "Tanda tangan kedua diberikan verifikator lain, camat, atau admin kecamatan itu."
    SAME_PERSON = "Tanda tangan kedua harus dari orang lain, bukan yang memasukkan usulan atau menyiapkan putusannya."


def can_verify(actor: Actor, proposal: Proposal) -> Decision:
    """Take up, pass, return, refuse: the verifier of the proposal's kecamatan."""
    if actor.role is not Role.VERIFIKATOR:
        return no(Refusal.ROLE)
    if actor.region_code != proposal.kecamatan_id:
        return no(Refusal.OTHER_KECAMATAN)
    if proposal.entered_by == actor.user_id:
        return no(Refusal.OWN)
    return no(Refusal.APPEAL) if _refused_before(actor, proposal) else yes()


COUNTERSIGNERS = (Role.VERIFIKATOR, Role.CAMAT, Role.ADMIN_KECAMATAN)
"""Offices that countersign: where there is one verifier, the office must not be stuck (rule 43)."""


def can_prepare(actor: Actor, proposal: Proposal) -> Decision:
    """Write the verdict on a proposal one entered oneself, for a second person to countersign (rule 43)."""
    decision = can_verify(actor, proposal)
    if decision:
        return no(Refusal.ALONE)
    if decision.reason is not Refusal.OWN:
        return decision
    return no(Refusal.APPEAL) if _refused_before(actor, proposal) else yes()


def can_countersign(actor: Actor, proposal: Proposal, *, prepared_by: UUID) -> Decision:
    """Make a prepared verdict valid, or decline it: somebody of the kecamatan who neither entered nor prepared it."""
    if actor.role not in COUNTERSIGNERS:
        return no(Refusal.SECOND)
    if actor.region_code != proposal.kecamatan_id:
        return no(Refusal.OTHER_KECAMATAN)
    if actor.user_id in (prepared_by, proposal.entered_by):
        return no(Refusal.SAME_PERSON)
    return no(Refusal.APPEAL) if _refused_before(actor, proposal) else yes()


def _refused_before(actor: Actor, proposal: Proposal) -> bool:
    return bool(proposal.appeals) and proposal.refused_by == actor.user_id


def can_see_list(actor: Actor, kecamatan: str) -> Decision:
    """The list of the forum with every village's standing: offices of the kecamatan and of its regency."""
    is_office = actor.role not in VILLAGE and actor.role is not Role.OPD
    return yes() if is_office and actor.works_in(kecamatan) else no(Refusal.OFFICE)
