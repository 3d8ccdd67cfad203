"""Villages write their own proposals; the head submits (rules 11, 22, 25)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mufakat.core.decision import Decision, no, yes
from mufakat.cycles.models import Cycle
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import EDITABLE, HIDDEN, TAKEN_BACK, State

VILLAGE = (Role.OPERATOR_DESA, Role.KEPALA_DESA)


class Refusal(StrEnum):
    """Why not."""

    ROLE = "Usulan ditulis oleh operator atau kepala desa/lurah. Masuk dengan jabatan itu."
    HEAD = "Usulan diajukan oleh kepala desa atau lurah. Mintalah kepala desa atau lurah mengajukannya."
    OTHER_VILLAGE = "Usulan ini milik desa atau kelurahan lain."
    SUBMITTED = "Usulan yang sudah diajukan tidak dapat diubah, kecuali dikembalikan oleh kecamatan."
    WINDOW = "Masa pengajuan sudah ditutup. Mintalah perpanjangan kepada Bappeda."
    DUE = "Batas melengkapi usulan ini sudah lewat."
    NOT_DRAFT = "Hanya draf yang dapat dihapus; yang sudah diajukan dapat ditarik oleh kepala desa atau lurah."
    TAKEN_UP = "Usulan ini sudah diperiksa kecamatan, sehingga tidak dapat ditarik lagi."
    OVER = "Usulan ini sudah ditarik atau dihapus."
    NOT_REFUSED = "Banding hanya untuk usulan yang dinyatakan tidak layak dalam pemeriksaan."
    APPEALED = "Usulan ini sudah satu kali dibanding; putusan kedua berlaku."


def can_draft(actor: Actor) -> Decision:
    """Begin a proposal of one's own village."""
    return yes() if actor.role in VILLAGE else no(Refusal.ROLE)


def can_edit(actor: Actor, proposal: Proposal) -> Decision:
    """Change a draft or a returned proposal of one's own village."""
    decision = is_own(actor, proposal)
    if not decision:
        return decision
    return yes() if proposal.standing in EDITABLE else no(Refusal.SUBMITTED)


def can_submit(actor: Actor, proposal: Proposal, cycle: Cycle, at: datetime, *, has_minutes: bool = False) -> Decision:
    """Submit while the window is open, a returned one until its own due date: the head, or the operator on the
    signed berita acara of the village's forum (`has_minutes`, rule 22)."""
    decision = can_edit(actor, proposal)
    if not decision:
        return decision
    if actor.role is not Role.KEPALA_DESA and not has_minutes:
        return no(Refusal.HEAD)
    if proposal.standing is State.RETURNED:
        return yes() if at < (proposal.returned_until or cycle.returned_until) else no(Refusal.DUE)
    return yes() if cycle.accepts_from(actor.region_code, at) else no(Refusal.WINDOW)


def can_delete(actor: Actor, proposal: Proposal) -> Decision:
    """Delete a draft of one's own village."""
    decision = can_edit(actor, proposal)
    if not decision:
        return decision
    return yes() if proposal.standing is State.DRAFT else no(Refusal.NOT_DRAFT)


def can_withdraw(actor: Actor, proposal: Proposal) -> Decision:
    """Take back what was submitted and nobody has taken up yet: the head of the own village."""
    decision = _as_head(actor, proposal)
    if not decision:
        return decision
    return yes() if proposal.standing is State.SUBMITTED else no(Refusal.TAKEN_UP)


def can_appeal(actor: Actor, proposal: Proposal) -> Decision:
    """Appeal once against a refusal before the forum: the head of the own village (rule 44)."""
    decision = _as_head(actor, proposal)
    if not decision:
        return decision
    if proposal.standing is not State.NOT_ELIGIBLE:
        return no(Refusal.NOT_REFUSED)
    return no(Refusal.APPEALED) if proposal.appeals else yes()


def _as_head(actor: Actor, proposal: Proposal) -> Decision:
    if actor.role is not Role.KEPALA_DESA:
        return no(Refusal.HEAD if actor.role in VILLAGE else Refusal.ROLE)
    return yes() if proposal.village_id == actor.region_code else no(Refusal.OTHER_VILLAGE)


def can_order(actor: Actor, cycle: Cycle, at: datetime) -> Decision:
    """Set the order of the own village's proposals while it may still submit (rule 27)."""
    if actor.role not in VILLAGE:
        return no(Refusal.ROLE)
    return yes() if cycle.accepts_from(actor.region_code, at) else no(Refusal.WINDOW)


def is_own(actor: Actor, proposal: Proposal) -> Decision:
    """Whether a proposal is of the actor's own village, whatever its state."""
    if actor.role not in VILLAGE:
        return no(Refusal.ROLE)
    return yes() if proposal.village_id == actor.region_code else no(Refusal.OTHER_VILLAGE)


def can_prove(actor: Actor, proposal: Proposal) -> Decision:
    """Attach the proof of the recipient of goods: the own village, or the verifier of the kecamatan (rule 41)."""
    if actor.role is Role.VERIFIKATOR:
        is_near = actor.region_code == proposal.kecamatan_id and proposal.standing not in HIDDEN
        return yes() if is_near else no(Refusal.OTHER_VILLAGE)
    decision = is_own(actor, proposal)
    return decision if not decision or proposal.standing not in TAKEN_BACK else no(Refusal.OVER)


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
