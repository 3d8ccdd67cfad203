"""Villages write their own proposals; the head submits (rules 11, 22, 25)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mufakat.core.decision import Decision, no, yes
from mufakat.cycles.models import Cycle
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import EDITABLE, HIDDEN, State

VILLAGE = (Role.OPERATOR_DESA, Role.KEPALA_DESA)


class Refusal(StrEnum):
    """Why not."""

    ROLE = "Usulan ditulis oleh operator atau kepala desa/lurah. Masuk dengan jabatan itu."
    HEAD = "Usulan diajukan oleh kepala desa atau lurah. Mintalah kepala desa atau lurah mengajukannya."
    OTHER_VILLAGE = "Usulan ini milik desa atau kelurahan lain."
    SUBMITTED = "Usulan yang sudah diajukan tidak dapat diubah, kecuali dikembalikan oleh kecamatan."
    WINDOW = "Masa pengajuan sudah ditutup. Mintalah perpanjangan kepada Bappeda."


def can_draft(actor: Actor) -> Decision:
    """Begin a proposal of one's own village."""
    return yes() if actor.role in VILLAGE else no(Refusal.ROLE)


def can_edit(actor: Actor, proposal: Proposal) -> Decision:
    """Change a draft or a returned proposal of one's own village."""
    if actor.role not in VILLAGE:
        return no(Refusal.ROLE)
    if proposal.village_id != actor.region_code:
        return no(Refusal.OTHER_VILLAGE)
    return yes() if proposal.standing in EDITABLE else no(Refusal.SUBMITTED)


def can_submit(actor: Actor, proposal: Proposal, cycle: Cycle, at: datetime) -> Decision:
    """Submit: the head, while the window is open; a returned one until its own due date."""
    decision = can_edit(actor, proposal)
    if not decision:
        return decision
    if actor.role is not Role.KEPALA_DESA:
        return no(Refusal.HEAD)
    is_returned = proposal.standing is State.RETURNED and at < cycle.returned_until
    return yes() if is_returned or cycle.accepts_proposals(at) else no(Refusal.WINDOW)


def is_head_of(actor: Actor, proposal: Proposal) -> bool:
    """Whether this is the head of the proposing village."""
    return actor.role is Role.KEPALA_DESA and proposal.village_id == actor.region_code


def can_see(actor: Actor, proposal: Proposal) -> Decision:
    """Drafts only their own village; everything submitted every office above or beside it in the regency."""
    if proposal.standing in HIDDEN:
        is_own = actor.role in VILLAGE and proposal.village_id == actor.region_code
        return yes() if is_own else no(Refusal.OTHER_VILLAGE)
    is_near = actor.works_in(proposal.kecamatan_id) or proposal.kecamatan_id == actor.kecamatan
    return yes() if is_near else no(Refusal.OTHER_VILLAGE)
