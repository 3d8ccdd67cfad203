"""Take up, pass, return, refuse, hand to the village. Requested figures stay as they are; verified ones stand beside."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mufakat import audit
from mufakat.core.dates import moment
from mufakat.core.decision import require
from mufakat.core.errors import MufakatError
from mufakat.drafting.labels import Reason
from mufakat.engines.nomenclature.classify import Authority
from mufakat.people.actors import Actor
from mufakat.proposals import commands as proposals
from mufakat.proposals import queries
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import Action, State
from mufakat.verification import permissions

SHORTEST_OTHER = 20
SYSTEM = "Sistem"
"""Who acts when a due date does."""


class Unfounded(MufakatError):
    """A verdict lacks what it needs."""

    code = "putusan_belum_lengkap"


def _open(actor: Actor, proposal_id: UUID) -> Proposal:
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_verify(actor, proposal))
    if proposal.standing is State.SUBMITTED:
        proposal.move(Action.TAKE_UP)
    return proposal


@transaction.atomic
def verify(
    *,
    actor: Actor,
    proposal_id: UUID,
    authority: Authority,
    agency: str,
    volume: Decimal | None = None,
    value: int | None = None,
    is_cleared: bool = False,
    at: datetime,
) -> Proposal:
    """Pass a proposal to the forum's list with its authority and one agency (rules 33, 37)."""
    proposal = _open(actor, proposal_id)
    if not agency.strip():
        raise Unfounded("Pilih satu perangkat daerah penanggung jawab.")
    proposal.authority = authority.value
    proposal.agency_final = agency.strip()
    proposal.volume_verified = volume if volume is not None else proposal.volume_requested
    proposal.value_verified = value if value is not None else proposal.value_requested
    proposal.is_cleared = is_cleared
    saved = ("authority", "agency_final", "volume_verified", "value_verified", "is_cleared")
    proposals.step(proposal=proposal, action=Action.VERIFY, office=actor.label, at=at, save=saved)
    audit.record(actor, "proposal.verified", proposal, at=at, authority=authority.value, value=proposal.value_verified)
    return proposal


@transaction.atomic
def return_to_village(*, actor: Actor, proposal_id: UUID, reason: str, at: datetime) -> Proposal:
    """Return a proposal to be completed, saying what is missing (rule 25)."""
    proposal = _open(actor, proposal_id)
    if not reason.strip():
        raise Unfounded("Tuliskan apa yang harus dilengkapi desa atau kelurahan.")
    code = Reason.DOK.value
    proposals.step(
        proposal=proposal, action=Action.RETURN, office=actor.label, at=at, reason_code=code, reason=reason.strip()
    )
    audit.record(actor, "proposal.returned", proposal, at=at)
    return proposal


@transaction.atomic
def refuse(*, actor: Actor, proposal_id: UUID, code: Reason, reason: str, at: datetime) -> Proposal:
    """Refuse before the forum with a reason code; the stage stays known (rules 38, 39)."""
    proposal = _open(actor, proposal_id)
    _check(code, reason)
    proposal.refused_at = State.IN_VERIFICATION.value
    is_village = code is Reason.KEW_DESA
    proposals.step(
        proposal=proposal,
        action=Action.TO_VILLAGE if is_village else Action.REFUSE,
        office=actor.label,
        at=at,
        reason_code=code.value,
        reason=reason.strip(),
        save=("refused_at",),
    )
    audit.record(actor, "proposal.refused", proposal, at=at, code=code.value)
    return proposal


def _check(code: Reason, reason: str) -> None:
    if code is Reason.LAIN and len(reason.strip()) < SHORTEST_OTHER:
        raise Unfounded(f"Alasan LAIN memerlukan penjelasan paling sedikit {SHORTEST_OTHER} huruf.")


def lapse_overdue(*, at: datetime) -> int:
    """Let every returned proposal lapse that was not completed by its due date (rule 42); how many lapsed.

    The system acts, not an office. Each proposal is a transaction of its own, and calling it again changes nothing.
    """
    overdue = Proposal.objects.filter(state=State.RETURNED.value, cycle__returned_until__lte=at)
    keys = list(overdue.order_by("kabupaten", "kecamatan_id", "number").values_list("pk", flat=True))
    return sum(_lapse(key, at) for key in keys)


@transaction.atomic
def _lapse(proposal_id: UUID, at: datetime) -> bool:
    """Look again under the lock: the village may have submitted it, or Bappeda extended the date, meanwhile."""
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("cycle")
    proposal = locked.filter(pk=proposal_id, state=State.RETURNED.value, cycle__returned_until__lte=at).first()
    if proposal is None:
        return False
    due = moment(timezone.localtime(proposal.cycle.returned_until))
    proposals.step(
        proposal=proposal,
        action=Action.LAPSE,
        office=SYSTEM,
        at=at,
        reason_code=Reason.DOK.value,
        reason=f"Tidak dilengkapi sampai {due}.",
    )
    audit.record(None, "proposal.lapsed", proposal, at=at, due=proposal.cycle.returned_until.isoformat())
    return True
