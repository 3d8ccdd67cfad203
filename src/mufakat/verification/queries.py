"""What waits, what the engines advise, and how every village stands before the forum."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum

from mufakat.documents.thaw import thaw
from mufakat.proposals import alike, queries
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import HIDDEN, TAKEN_BACK, State
from mufakat.regions.models import Region
from mufakat.verification.models import Examination, Prepared
from mufakat.verification.permissions import COUNTERSIGNERS
from mufakat.verification.rules import Given

if TYPE_CHECKING:
    from mufakat.cycles.models import Cycle
    from mufakat.engines.nomenclature.classify import Ruling
    from mufakat.people.actors import Actor
    from mufakat.proposals.alike import Likeness

WAITING = (State.SUBMITTED.value, State.IN_VERIFICATION.value)
BEFORE_LIST = (*WAITING, State.RETURNED.value)
OUT = (State.NOT_ELIGIBLE.value, State.TO_VILLAGE.value, State.LAPSED.value)
COMPARED = 300
"""With how many proposals of other villages a case is compared, in order of number; the own village's always all."""


def waiting_for(actor: Actor) -> QuerySet[Proposal]:
    """Proposals that wait for this kecamatan's verifier, oldest first."""
    found = queries.visible_to(actor).filter(state__in=WAITING).select_related("prepared")
    return found.order_by("changed_at", "number")


def returned_for(actor: Actor) -> QuerySet[Proposal]:
    """Proposals that villages are completing, the nearest date first."""
    found = queries.visible_to(actor).filter(state=State.RETURNED.value)
    return found.order_by("returned_until", "number", "pk")


def next_for(actor: Actor) -> Proposal | None:
    """What has waited longest and does not wait for somebody's second signature (rule 43)."""
    return waiting_for(actor).exclude(pk__in=_unsigned().values("proposal")).first()


def _unsigned() -> QuerySet[Prepared]:
    return Prepared.objects.filter(declined="", proposal__state__in=WAITING)


def given_in(prepared: Prepared) -> Given:
    """The verdict that was prepared."""
    return thaw(Given, json.loads(prepared.given))


def to_countersign(actor: Actor) -> QuerySet[Prepared]:
    """Prepared verdicts that wait for a second person and may be signed by this one, oldest first (rule 43)."""
    if actor.role not in COUNTERSIGNERS:
        return Prepared.objects.none()
    found = _unsigned().filter(proposal__kecamatan_id=actor.region_code).exclude(user_id=actor.user_id)
    found = found.exclude(proposal__entered_by=actor.user_id)
    return found.select_related("proposal__village").order_by("at", "pk")


def advice_on(proposal: Proposal) -> Ruling:
    """Authority and agency as the engine reads the proposal; the verifier decides."""
    from mufakat.engines.nomenclature.classify import Setting, classify
    from mufakat.engines.nomenclature.table import shipped

    kecamatan, village = proposal.kecamatan, proposal.village
    return classify(
        title=proposal.title,
        details=f"{proposal.location} rt {proposal.rt} rw {proposal.rw}",
        village_kind=village.kind if village else "",
        village=village.name if village else "",
        stated_agency=proposal.agency_requested,
        table=shipped(),
        setting=Setting(kecamatan.name, proposal.kabupaten, "Kecamatan"),
        villages=(village.name,) if village else (),
    )


def agencies_of(proposal: Proposal) -> list[str]:
    """Agencies to choose from: the table's, and those the cycle's kamus names."""
    from mufakat.engines.nomenclature.table import shipped

    table = {agency.name for agency in shipped().agencies}
    named = proposal.cycle.kamus.exclude(agency="").values_list("agency", flat=True)
    return sorted(table | set(named) | {f"Kecamatan {proposal.kecamatan.name}"})


def likenesses_of(proposal: Proposal) -> list[Likeness]:
    """Possible duplicates in the same cycle and kecamatan, strongest first (rule 29)."""
    alive = Proposal.objects.filter(cycle_id=proposal.cycle_id, kecamatan_id=proposal.kecamatan_id)
    alive = alive.exclude(state__in=[*HIDDEN, *TAKEN_BACK]).exclude(pk=proposal.pk).select_related("village")
    own = list(alive.filter(village_id=proposal.village_id).order_by("number"))
    others = list(alive.exclude(village_id=proposal.village_id).order_by("number")[:COMPARED])
    found = alike.likenesses(proposal, [*own, *others])
    told = {a.other.pk for a in found}
    missed = [a for a in alike.by_rule(proposal, own) if a.other.pk not in told]
    return alike.with_distinctions(proposal, [*missed, *found][: alike.SHOWN])


@dataclass(frozen=True, slots=True)
class Standing:
    """A village before the forum: what it submitted and what became of it so far."""

    village: Region
    submitted: int
    waiting: int
    returned: int
    passed: int
    out: int
    value: int


def standings(cycle: Cycle, kecamatan: str) -> list[Standing]:
    """Every village of a kecamatan in order of code; those that submitted nothing are in it with noughts (rule 49)."""
    counted = Proposal.objects.filter(cycle=cycle, kecamatan_id=kecamatan, village__isnull=False)
    counted = counted.exclude(state__in=[*HIDDEN, *TAKEN_BACK])
    is_passed = ~Q(state__in=[*BEFORE_LIST, *OUT])
    rows = counted.values("village_id").annotate(
        submitted=Count("pk"),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        returned=Count("pk", filter=Q(state=State.RETURNED.value)),
        passed=Count("pk", filter=is_passed),
        out=Count("pk", filter=Q(state__in=OUT)),
        value=Sum("value_requested"),
    )
    found: dict[str, dict[str, Any]] = {str(row["village_id"]): dict(row) for row in rows.order_by("village_id")}
    villages = Region.objects.filter(parent_id=kecamatan).order_by("code")
    return [_standing(village, found.get(village.code, {})) for village in villages]


def _standing(village: Region, row: dict[str, Any]) -> Standing:
    submitted, waiting, returned, passed, out, value = (row.get(name) or 0 for name in _COUNTED)
    return Standing(village, submitted, waiting, returned, passed, out, value)


_COUNTED = ("submitted", "waiting", "returned", "passed", "out", "value")


def examinations_of(proposal: Proposal) -> QuerySet[Examination]:
    """Every verdict on a proposal, in order of time."""
    return Examination.objects.filter(proposal=proposal).order_by("at", "id")
