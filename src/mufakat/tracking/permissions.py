"""Who answers and who records after the forum (domain §8.3, rules 90-92)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from mufakat.core.decision import Decision, no, yes
from mufakat.people.roles import Role
from mufakat.proposals.states import State

if TYPE_CHECKING:
    from mufakat.people.actors import Actor
    from mufakat.proposals.models import Proposal


class Refusal(StrEnum):
    """Why not."""

    AGENCY = "Usulan ini dijawab oleh perangkat daerah penanggung jawabnya."
    OTHER_AGENCY = "Usulan ini diteruskan kepada perangkat daerah lain."
    NOT_WAITING = "Usulan ini tidak sedang menunggu jawaban perangkat daerah."
    BAPPEDA = "Hasil tahap sesudah Forum Perangkat Daerah dicatat oleh Bappeda."
    OTHER_REGENCY = "Usulan ini milik kabupaten lain."
    NOT_FORWARDED = "Usulan ini belum diteruskan kepada perangkat daerah."


AFTER_FORUM = frozenset(
    {State.FORWARDED, State.IN_RENJA, State.IN_RKPD, State.IN_APBD, State.UNDER_WAY, State.DONE, State.NOT_ACCOMMODATED}
)


def can_answer(actor: Actor, proposal: Proposal) -> Decision:
    """The responsible agency, while the proposal waits for it."""
    if actor.role is not Role.OPD:
        return no(Refusal.AGENCY)
    if actor.kabupaten != proposal.kabupaten or actor.agency != proposal.agency_final:
        return no(Refusal.OTHER_AGENCY)
    return yes() if proposal.standing is State.FORWARDED else no(Refusal.NOT_WAITING)


def can_reroute(actor: Actor, proposal: Proposal) -> Decision:
    """The responsible agency or Bappeda, while the proposal waits."""
    if actor.role is Role.BAPPEDA and actor.kabupaten == proposal.kabupaten:
        return yes() if proposal.standing is State.FORWARDED else no(Refusal.NOT_WAITING)
    return can_answer(actor, proposal)


def can_record(actor: Actor, proposal: Proposal) -> Decision:
    """Later stages: Bappeda of the regency, once the proposal has been forwarded."""
    if actor.role is not Role.BAPPEDA:
        return no(Refusal.BAPPEDA)
    if actor.kabupaten != proposal.kabupaten:
        return no(Refusal.OTHER_REGENCY)
    return yes() if proposal.standing in AFTER_FORUM else no(Refusal.NOT_FORWARDED)
