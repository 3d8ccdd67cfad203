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
from mufakat.core.errors import MufakatError, Sentence
from mufakat.documents.rules import canonical
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
from mufakat.verification.models import Examination, Prepared
from mufakat.verification.queries import WAITING, advice_on, given_in
from mufakat.verification.rules import Check, Given, Hand, Verdict

SHORTEST_OTHER = 20
SYSTEM = "Sistem"
"""Who acts when a due date does."""
NOBODY = UUID(int=0)


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


class Unprepared(MufakatError):
    """No verdict waits for a second person's signature."""

    code = "putusan_tidak_menunggu"

    def __init__(self) -> None:
        super().__init__("Tidak ada putusan yang menunggu tanda tangan kedua. Kembali ke antrean.")


@transaction.atomic
def decide(*, actor: Actor, proposal_id: UUID, given: Given, at: datetime) -> Proposal:
    """Give a whole verdict as its only person; raises Unfounded with everything it lacks."""
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_verify(actor, proposal))
    return _carry_out(actor, Hand(actor.user_id, actor.label, actor.capacity), proposal, given, at)


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
    marks = tuple((check.value, is_fine) for check, is_fine in (checks or {}).items())
    given = Given(Verdict.ADMIT, authority.value, agency, volume, value, clearance, marks)
    return decide(actor=actor, proposal_id=proposal_id, given=given, at=at)


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
    opened = tuple(part.value for part in Part if part in parts)
    given = Given(Verdict.RETURN, reason=reason, parts=opened, due_at=due_at)
    return decide(actor=actor, proposal_id=proposal_id, given=given, at=at)


@transaction.atomic
def refuse(*, actor: Actor, proposal_id: UUID, code: Reason, reason: str, at: datetime) -> Proposal:
    """Refuse before the forum with a reason code; the stage stays known (rules 38, 39)."""
    given = Given(Verdict.REFUSE, reason_code=code.value, reason=reason)
    return decide(actor=actor, proposal_id=proposal_id, given=given, at=at)


@transaction.atomic
def prepare(*, actor: Actor, proposal_id: UUID, given: Given, at: datetime) -> Prepared:
    """Write the verdict on a proposal one entered oneself; it counts once a second person signs (rule 43).

    Raises Unfounded as the verdict itself would, so that the second person only reads and signs.
    """
    proposal = queries.lock_for(actor, proposal_id)
    require(permissions.can_prepare(actor, proposal))
    if proposal.state not in WAITING:
        raise Unprepared
    _require_founded(proposal, given, at)
    values = {"given": canonical(given), "user_id": actor.user_id, "office": actor.label, "capacity": actor.capacity}
    kept, _ = Prepared.objects.update_or_create(
        kabupaten=proposal.kabupaten,
        proposal=proposal,
        defaults={**values, "at": at, "declined": "", "declined_by": ""},
    )
    audit.record(actor, "proposal.verdict_prepared", proposal, at=at, verdict=given.verdict.value)
    return kept


@transaction.atomic
def countersign(*, actor: Actor, proposal_id: UUID, at: datetime) -> Proposal:
    """Make a prepared verdict valid as its second person; road, examination and audit name both (rule 43)."""
    proposal, prepared = _prepared(actor, proposal_id)
    hand = Hand(prepared.user_id, prepared.office, prepared.capacity, actor.user_id, actor.label)
    given = given_in(prepared)
    audit.record(
        actor, "proposal.countersigned", proposal, at=at, prepared_by=prepared.office, first=str(prepared.user_id)
    )
    return _carry_out(actor, hand, proposal, given, at)


@transaction.atomic
def decline(*, actor: Actor, proposal_id: UUID, reason: str, at: datetime) -> Prepared:
    """Do not sign a prepared verdict, with the reason; it goes back to who prepared it. Raises Unfounded."""
    proposal, prepared = _prepared(actor, proposal_id)
    if len(reason.strip()) < rules.SHORTEST_CLEARANCE:
        raise Unfounded("Tuliskan mengapa putusan ini tidak ditandatangani, paling sedikit 10 huruf.")
    prepared.declined, prepared.declined_by = reason.strip(), actor.label
    prepared.save(update_fields=["declined", "declined_by"])
    audit.record(actor, "proposal.verdict_declined", proposal, at=at, prepared_by=prepared.office)
    return prepared


def _prepared(actor: Actor, proposal_id: UUID) -> tuple[Proposal, Prepared]:
    """A verdict that waits for its second person, with its proposal locked; raises Unprepared."""
    proposal = queries.lock_for(actor, proposal_id)
    prepared = Prepared.objects.filter(proposal=proposal, declined="").first()
    require(permissions.can_countersign(actor, proposal, prepared_by=prepared.user_id if prepared else NOBODY))
    if prepared is None or proposal.state not in WAITING:
        raise Unprepared
    return proposal, prepared


def _carry_out(actor: Actor, hand: Hand, proposal: Proposal, given: Given, at: datetime) -> Proposal:
    """Take the verdict and keep it; a prepared one that stood is thereby settled."""
    _require_founded(proposal, given, at)
    if proposal.standing is State.SUBMITTED:
        proposal.move(Action.TAKE_UP)
    doing = {Verdict.ADMIT: _admit, Verdict.RETURN: _send_back, Verdict.REFUSE: _turn_down}[given.verdict]
    doing(actor, hand, proposal, given, at)
    Prepared.objects.filter(proposal=proposal).delete()
    return proposal


def _require_founded(proposal: Proposal, given: Given, at: datetime) -> None:
    """Raise Unfounded with everything that a verdict lacks."""
    if missing := _MISSING[given.verdict](proposal, given, at):
        raise Unfounded(*missing)


def _missing_to_admit(proposal: Proposal, given: Given, at: datetime) -> tuple[str, ...]:
    checks = {Check(name): is_fine for name, is_fine in given.checks}
    return _missing_to_pass(proposal, given.agency, given.clearance, checks)


def _missing_to_return(proposal: Proposal, given: Given, at: datetime) -> tuple[str, ...]:
    if not given.reason.strip():
        return ("Tuliskan apa yang harus dilengkapi desa atau kelurahan.",)
    is_late = (given.due_at or proposal.cycle.returned_until) <= at
    return ("Batas melengkapi harus sesudah sekarang. Pilih tanggal dan jam yang lebih lambat.",) if is_late else ()


def _missing_to_refuse(proposal: Proposal, given: Given, at: datetime) -> tuple[str, ...]:
    is_short = given.reason_code == Reason.LAIN and len(given.reason.strip()) < SHORTEST_OTHER
    return (
        (Sentence("Alasan LAIN memerlukan penjelasan paling sedikit %(n)s huruf.", n=SHORTEST_OTHER),)
        if is_short
        else ()
    )


_MISSING = {
    Verdict.ADMIT: _missing_to_admit,
    Verdict.RETURN: _missing_to_return,
    Verdict.REFUSE: _missing_to_refuse,
}


def _admit(actor: Actor, hand: Hand, proposal: Proposal, given: Given, at: datetime) -> None:
    proposal.authority = given.authority
    proposal.agency_final = given.agency.strip()
    proposal.volume_verified = given.volume if given.volume is not None else proposal.volume_requested
    proposal.value_verified = given.value if given.value is not None else proposal.value_requested
    proposal.is_cleared = bool(given.clearance.strip())
    proposal.refused_at = ""
    saved = ("authority", "agency_final", "volume_verified", "value_verified", "is_cleared", "refused_at")
    _step(hand, proposal, Action.VERIFY, at, saved)
    _keep(hand, proposal, Verdict.ADMIT, at, checks=dict(given.checks), clearance=given.clearance.strip())
    value = proposal.value_verified
    audit.record(actor, "proposal.verified", proposal, at=at, authority=given.authority, value=value)


def _send_back(actor: Actor, hand: Hand, proposal: Proposal, given: Given, at: datetime) -> None:
    due, reason = given.due_at or proposal.cycle.returned_until, given.reason.strip()
    code, parts = Reason.DOK.value, list(given.parts)
    proposal.returned_until = due
    proposal.returned_fields = [column for part in given.parts for column in COLUMNS[Part(part)]]
    _step(hand, proposal, Action.RETURN, at, ("returned_until", "returned_fields"), code, reason)
    _keep(hand, proposal, Verdict.RETURN, at, parts=parts, due_at=due, reason_code=code, reason=reason)
    audit.record(actor, "proposal.returned", proposal, at=at, parts=parts, due=due.isoformat())


def _turn_down(actor: Actor, hand: Hand, proposal: Proposal, given: Given, at: datetime) -> None:
    code, reason = given.reason_code, given.reason.strip()
    proposal.refused_at = State.IN_VERIFICATION.value
    proposal.refused_by = hand.user_id
    action = Action.TO_VILLAGE if code == Reason.KEW_DESA else Action.REFUSE
    _step(hand, proposal, action, at, ("refused_at", "refused_by"), code, reason)
    _keep(hand, proposal, Verdict.REFUSE, at, reason_code=code, reason=reason)
    audit.record(actor, "proposal.refused", proposal, at=at, code=code)


def _step(
    hand: Hand,
    proposal: Proposal,
    action: Action,
    at: datetime,
    save: tuple[str, ...],
    reason_code: str = "",
    reason: str = "",
) -> None:
    told = {"reason_code": reason_code, "reason": reason, "capacity": hand.capacity}
    proposals.step(proposal=proposal, action=action, office=hand.label, at=at, save=save, **told)


def _keep(hand: Hand, proposal: Proposal, verdict: Verdict, at: datetime, **found: object) -> None:
    Examination.objects.create(
        kabupaten=proposal.kabupaten,
        proposal=proposal,
        verdict=verdict.value,
        user_id=hand.user_id,
        office=hand.office,
        second_user_id=hand.second_user_id,
        second_office=hand.second_office,
        at=at,
        **found,
    )


def _missing_to_pass(proposal: Proposal, agency: str, clearance: str, checks: Mapping[Check, bool]) -> tuple[str, ...]:
    missing = [] if agency.strip() else ["Pilih satu perangkat daerah penanggung jawab."]
    if failed := [CHECKS[check] for check in Check if checks.get(check) is False]:
        missing.append(
            Sentence(
                "Yang dinyatakan tidak sesuai: %(checks)s. Kembalikan atau tolak, atau ubah tandanya.",
                checks=tuple(failed),
            )
        )
    if len(clearance.strip()) < rules.SHORTEST_CLEARANCE:
        missing += obstacles_of(proposal)
    return tuple(missing)


def obstacles_of(proposal: Proposal) -> tuple[str, ...]:
    """What land or recipient put in the way of passing this proposal."""
    needs_recipient = bool(proposal.recipient) and advice_on(proposal).needs_recipient
    needs_recipient = needs_recipient and not proposal.proofs.exists()
    return rules.obstacles(
        land_status=proposal.land_status, recipient=proposal.recipient, needs_recipient=needs_recipient
    )


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
