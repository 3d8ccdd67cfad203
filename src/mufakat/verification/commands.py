"""Take up, pass, return, refuse, hand to the village. Requested figures stay as they are; verified ones stand beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
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
from mufakat.proposals.rules import COLUMNS, Part
from mufakat.proposals.states import Action, State
from mufakat.verification import permissions, rules
from mufakat.verification.labels import CHECKS
from mufakat.verification.models import Examination
from mufakat.verification.queries import advice_on
from mufakat.verification.rules import Check, Verdict

SHORTEST_OTHER = 20
SYSTEM = "Sistem"
"""Who acts when a due date does."""


class Unfounded(MufakatError):
    """A verdict lacks what it needs."""

    code = "putusan_belum_lengkap"

    def __init__(self, *sentences: str, sentence_en: str = "") -> None:
        super().__init__(" ".join(sentences), sentence_en=sentence_en)
        self._sentences = sentences

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each thing that is missing."""
        return self._sentences


def _open(actor: Actor, proposal_id: UUID) -> Proposal:
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_verify(actor, proposal))
    if proposal.standing is State.SUBMITTED:
        proposal.move(Action.TAKE_UP)
    return proposal


def _keep(actor: Actor, proposal: Proposal, verdict: Verdict, at: datetime, **found: object) -> None:
    Examination.objects.create(
        kabupaten=proposal.kabupaten,
        proposal=proposal,
        verdict=verdict.value,
        user_id=actor.user_id,
        office=actor.label,
        at=at,
        **found,
    )


@transaction.atomic
def verify(
    *,
    actor: Actor,
    proposal_id: UUID,
    authority: Authority,
    agency: str,
    volume: Decimal | None = None,
    value: int | None = None,
    clearance: str = "",
    checks: Mapping[Check, bool] | None = None,
    at: datetime,
) -> Proposal:
    """Pass a proposal to the forum's list with its authority and one agency (rules 33, 37).

    Land or a recipient that stands in the way needs `clearance`: the document or the exception with its reason (rules
    40, 41). Raises Unfounded with everything that is missing.
    """
    proposal = _open(actor, proposal_id)
    checks = checks or {}
    if missing := _missing_to_pass(proposal, agency, clearance, checks):
        raise Unfounded(*missing)
    proposal.authority = authority.value
    proposal.agency_final = agency.strip()
    proposal.volume_verified = volume if volume is not None else proposal.volume_requested
    proposal.value_verified = value if value is not None else proposal.value_requested
    proposal.is_cleared = bool(clearance.strip())
    proposal.refused_at = ""
    saved = ("authority", "agency_final", "volume_verified", "value_verified", "is_cleared", "refused_at")
    proposals.step(
        proposal=proposal, action=Action.VERIFY, office=actor.label, capacity=actor.capacity, at=at, save=saved
    )
    found = {check.value: is_fine for check, is_fine in checks.items()}
    _keep(actor, proposal, Verdict.ADMIT, at, checks=found, clearance=clearance.strip())
    audit.record(actor, "proposal.verified", proposal, at=at, authority=authority.value, value=proposal.value_verified)
    return proposal


def _missing_to_pass(proposal: Proposal, agency: str, clearance: str, checks: Mapping[Check, bool]) -> tuple[str, ...]:
    missing = [] if agency.strip() else ["Pilih satu perangkat daerah penanggung jawab."]
    if failed := [CHECKS[check] for check in Check if checks.get(check) is False]:
        missing.append(f"Yang dinyatakan tidak sesuai: {', '.join(failed)}. Kembalikan atau tolak, atau ubah tandanya.")
    if len(clearance.strip()) < rules.SHORTEST_CLEARANCE:
        missing += obstacles_of(proposal)
    return tuple(missing)


def obstacles_of(proposal: Proposal) -> tuple[str, ...]:
    """What land or recipient put in the way of passing this proposal."""
    needs_recipient = bool(proposal.recipient) and advice_on(proposal).needs_recipient
    return rules.obstacles(
        land_status=proposal.land_status, recipient=proposal.recipient, needs_recipient=needs_recipient
    )


@transaction.atomic
def return_to_village(
    *,
    actor: Actor,
    proposal_id: UUID,
    reason: str,
    parts: Collection[Part] = (),
    due_at: datetime | None = None,
    at: datetime,
) -> Proposal:
    """Return a proposal: what is missing, which parts open again (none named: all), and by when (rule 25).

    Without `due_at` the cycle's own date holds.
    """
    proposal = _open(actor, proposal_id)
    if not reason.strip():
        raise Unfounded("Tuliskan apa yang harus dilengkapi desa atau kelurahan.")
    due = due_at or proposal.cycle.returned_until
    if due <= at:
        raise Unfounded("Batas melengkapi harus sesudah sekarang. Pilih tanggal dan jam yang lebih lambat.")
    opened = [part for part in Part if part in parts]
    proposal.returned_until = due
    proposal.returned_fields = [column for part in opened for column in COLUMNS[part]]
    code = Reason.DOK.value
    proposals.step(
        proposal=proposal,
        action=Action.RETURN,
        office=actor.label,
        capacity=actor.capacity,
        at=at,
        reason_code=code,
        reason=reason.strip(),
        save=("returned_until", "returned_fields"),
    )
    parts_kept = [part.value for part in opened]
    _keep(actor, proposal, Verdict.RETURN, at, parts=parts_kept, due_at=due, reason_code=code, reason=reason.strip())
    audit.record(actor, "proposal.returned", proposal, at=at, parts=parts_kept, due=due.isoformat())
    return proposal


@transaction.atomic
def refuse(*, actor: Actor, proposal_id: UUID, code: Reason, reason: str, at: datetime) -> Proposal:
    """Refuse before the forum with a reason code; the stage stays known (rules 38, 39)."""
    proposal = _open(actor, proposal_id)
    _check(code, reason)
    proposal.refused_at = State.IN_VERIFICATION.value
    proposal.refused_by = actor.user_id
    is_village = code is Reason.KEW_DESA
    proposals.step(
        proposal=proposal,
        action=Action.TO_VILLAGE if is_village else Action.REFUSE,
        office=actor.label,
        capacity=actor.capacity,
        at=at,
        reason_code=code.value,
        reason=reason.strip(),
        save=("refused_at", "refused_by"),
    )
    _keep(actor, proposal, Verdict.REFUSE, at, reason_code=code.value, reason=reason.strip())
    audit.record(actor, "proposal.refused", proposal, at=at, code=code.value)
    return proposal


def _check(code: Reason, reason: str) -> None:
    if code is Reason.LAIN and len(reason.strip()) < SHORTEST_OTHER:
        raise Unfounded(f"Alasan LAIN memerlukan penjelasan paling sedikit {SHORTEST_OTHER} huruf.")


def lapse_overdue(*, at: datetime) -> int:
    """Let every returned proposal lapse that was not completed by its due date (rule 42); how many lapsed.

    The system acts, not an office. Each proposal is a transaction of its own, and calling it again changes nothing.
    """
    overdue = Proposal.objects.filter(_is_overdue(at), state=State.RETURNED.value)
    keys = list(overdue.order_by("kabupaten", "kecamatan_id", "number").values_list("pk", flat=True))
    return sum(_lapse(key, at) for key in keys)


def _is_overdue(at: datetime) -> Q:
    """Past its own date, or the cycle's where it has none."""
    return Q(returned_until__lte=at) | Q(returned_until__isnull=True, cycle__returned_until__lte=at)


@transaction.atomic
def _lapse(proposal_id: UUID, at: datetime) -> bool:
    """Look again under the lock: the village may have submitted it meanwhile."""
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("cycle")
    proposal = locked.filter(_is_overdue(at), pk=proposal_id, state=State.RETURNED.value).first()
    if proposal is None:
        return False
    due = proposal.returned_until or proposal.cycle.returned_until
    proposals.step(
        proposal=proposal,
        action=Action.LAPSE,
        office=SYSTEM,
        at=at,
        reason_code=Reason.DOK.value,
        reason=f"Tidak dilengkapi sampai {moment(timezone.localtime(due))}.",
    )
    audit.record(None, "proposal.lapsed", proposal, at=at, due=due.isoformat())
    return True
