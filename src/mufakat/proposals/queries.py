"""Reads of proposals; each starts from what this actor may see."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet

from mufakat.people.roles import Role
from mufakat.proposals.errors import NoProposal
from mufakat.proposals.models import Proposal, VillageMinutes
from mufakat.proposals.states import HIDDEN, TAKEN_BACK

if TYPE_CHECKING:
    from mufakat.cycles.models import Cycle
    from mufakat.people.actors import Actor


def visible_to(actor: Actor) -> QuerySet[Proposal]:
    """Proposals an actor may see: drafts of the own village, submitted ones of the own kecamatan or regency."""
    submitted = Q(kabupaten=actor.kabupaten) & ~Q(state__in=HIDDEN)
    if actor.kecamatan:
        submitted &= Q(kecamatan_id=actor.kecamatan)
    if actor.role is Role.OPD:
        submitted &= Q(agency_final=actor.agency)
    own = Q(village_id=actor.region_code) if actor.role in (Role.OPERATOR_DESA, Role.KEPALA_DESA) else Q(pk=None)
    return Proposal.objects.filter(own | submitted).select_related("village", "cycle", "kamus")


def own_order(cycle: Cycle, village: str) -> QuerySet[Proposal]:
    """A village's own proposals in its order; those it has not ranked follow by number, then by their age."""
    alive = Proposal.objects.filter(cycle=cycle, village_id=village).exclude(state__in=TAKEN_BACK)
    return alive.order_by(F("village_priority").asc(nulls_last=True), F("number").asc(nulls_last=True), "pk")


def minutes_of(cycle: Cycle, village: str) -> VillageMinutes | None:
    """The latest signed berita acara of a village's own forum, or None."""
    return VillageMinutes.objects.filter(cycle=cycle, village_id=village).select_related("village").first()


def proposal_for(actor: Actor, proposal_id: UUID) -> Proposal:
    """One proposal; raises NoProposal when this actor may not see it."""
    proposal = visible_to(actor).filter(pk=proposal_id).first()
    if proposal is None:
        raise NoProposal
    return proposal


def lock_for(actor: Actor, proposal_id: UUID) -> Proposal:
    """The proposal locked for a write; raises NoProposal."""
    proposal_for(actor, proposal_id)
    return Proposal.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=proposal_id)
