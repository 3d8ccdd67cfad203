"""What a village does with a proposal that looks like another of its own: say the difference, or make one of two (rule 29)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.people.actors import Actor
from mufakat.proposals import permissions, queries, rules
from mufakat.proposals.commands import MOST_PHOTOS, SHORTEST_REASON, columns_of, content_of, delete
from mufakat.proposals.errors import CannotJoin, Unexplained
from mufakat.proposals.models import Distinction, Proposal
from mufakat.proposals.states import State


@transaction.atomic
def tell_apart(*, actor: Actor, proposal_id: UUID, other_id: UUID, reason: str, at: datetime) -> Distinction:
    """Keep why a proposal is not the same as another of the village; the verifier reads it. Raises Unexplained."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_edit(actor, proposal))
    other = _own(actor, other_id)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Unexplained("Tuliskan mengapa usulan ini berbeda, paling sedikit 10 huruf.")
    said = {"reason": reason.strip(), "said_at": at, "said_by": actor.label}
    made, _ = Distinction.objects.update_or_create(
        kabupaten=proposal.kabupaten, proposal=proposal, other=other, defaults=said
    )
    audit.record(actor, "proposal.told_apart", proposal, at=at, other=str(other.pk))
    return made


@transaction.atomic
def join(*, actor: Actor, proposal_id: UUID, other_id: UUID, at: datetime) -> Proposal:
    """Lay one draft into another of the same village and delete it (`rules.joined`); its photos go along.

    Returns the one that remains. Raises CannotJoin unless both are drafts of one cycle.
    """
    first, second = sorted([proposal_id, other_id])
    locked = {pk: queries.lock_for(actor, pk) for pk in (first, second)}
    gone, into = locked[proposal_id], locked[other_id]
    require(permissions.can_edit(actor, gone))
    require(permissions.can_edit(actor, into))
    is_pair = gone.pk != into.pk and gone.cycle_id == into.cycle_id
    if not is_pair or {gone.standing, into.standing} != {State.DRAFT}:
        raise CannotJoin
    laid = columns_of(rules.joined(content_of(into), content_of(gone)))
    for column, value in laid.items():
        setattr(into, column, value)
    into.version += 1
    into.changed_at = at
    into.save(update_fields=[*laid, "version", "changed_at"])
    held = set(into.photos.values_list("image_id", flat=True))
    for photo in list(gone.photos.all())[: max(MOST_PHOTOS - len(held), 0)]:
        if photo.image_id not in held:
            photo.proposal = into
            photo.save(update_fields=["proposal"])
    audit.record(actor, "proposal.joined", into, at=at, gone=str(gone.pk))
    delete(actor=actor, proposal_id=gone.pk, at=at)
    return into


def _own(actor: Actor, proposal_id: UUID) -> Proposal:
    """Another proposal of the actor's own village; raises NoProposal or NotAllowed."""
    other = queries.proposal_for(actor, proposal_id)
    require(permissions.is_own(actor, other))
    return other
