"""What waits, what the engines advise, and how every village stands before the forum."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from mufakat.documents.thaw import thaw
from mufakat.proposals import alike, queries
from mufakat.proposals.models import Proposal, place_of
from mufakat.proposals.states import HIDDEN, TAKEN_BACK, State
from mufakat.regions.models import Region
from mufakat.runtime.prepared import Asked, summed
from mufakat.runtime.prepared import Prepared as Question
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
    return _waiting(queries.visible_to(actor)).order_by("changed_at", "number")


def _waiting(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return found.filter(state__in=WAITING)


class Queued(NamedTuple):
    """A row of the queue, read without the whole proposal."""

    id: UUID
    number: int | None
    title: str
    village_kind: str | None
    village_name: str | None
    value_requested: int | None
    changed_at: datetime
    declined: str | None
    """Why a prepared verdict was not signed, empty while it waits for the signature; None where none is prepared."""


_ROW = ("pk", "number", "title", "village__kind", "village__name")


def _queued_in(*sight: Any) -> QuerySet[Any, tuple[Any, ...]]:
    found = _waiting(Proposal.objects.filter(queries.in_sight(*sight))).order_by("changed_at", "number")
    return found.values_list(*_ROW, "value_requested", "changed_at", "prepared__declined")


def _queue_counted_in(late: datetime, *sight: Any) -> QuerySet[Any, tuple[Any, ...]]:
    found = _waiting(Proposal.objects.filter(queries.in_sight(*sight)))
    return summed(found, Count("pk"), Count("pk", filter=Q(changed_at__lte=late)))


_queued: Question[tuple[Any, ...]] = Question(_queued_in, *queries.SIGHT)
_queue_counted: Question[tuple[Any, ...]] = Question(_queue_counted_in, datetime, *queries.SIGHT)


def queue_of(actor: Actor, *, start: int, stop: int) -> list[Queued]:
    """A part of `waiting_for`, as the queue shows it."""
    return [Queued(*row) for row in _queued(*queries.sight_of(actor), part=(start, stop))]


def queue_counts(actor: Actor, *, late: datetime) -> tuple[int, int]:
    """How many wait, and how many of them since `late` or longer; one query."""
    [(count, late_ones)] = _queue_counted(late, *queries.sight_of(actor))
    return count, late_ones


class Returned(NamedTuple):
    """A proposal that its village is completing, read without the rest of it."""

    id: UUID
    number: int | None
    title: str
    village_kind: str | None
    village_name: str | None
    reason: str
    returned_until: datetime | None

    @property
    def place(self) -> str:
        """The village as lists name it."""
        return place_of(self.village_kind, self.village_name)


def _returned_in(*sight: Any) -> QuerySet[Proposal]:
    return Proposal.objects.filter(queries.in_sight(*sight), state=State.RETURNED.value)


def _returned_rows_in(*sight: Any) -> QuerySet[Any, tuple[Any, ...]]:
    found = _returned_in(*sight).order_by("returned_until", "number", "pk")
    return found.values_list(*_ROW, "reason", "returned_until")


_returned: Question[tuple[Any, ...]] = Question(_returned_rows_in, *queries.SIGHT)


def returned_for(actor: Actor, *, start: int, stop: int) -> list[Returned]:
    """A part of the proposals that villages are completing, the nearest date first."""
    return [Returned(*row) for row in _returned(*queries.sight_of(actor), part=(start, stop))]


def next_for(actor: Actor) -> Proposal | None:
    """What has waited longest and does not wait for somebody's second signature (rule 43)."""
    return waiting_for(actor).exclude(pk__in=_unsigned().values("proposal")).first()


def _unsigned() -> QuerySet[Prepared]:
    return Prepared.objects.filter(declined="", proposal__state__in=WAITING)


def given_in(prepared: Prepared) -> Given:
    """The verdict that was prepared."""
    return thaw(Given, json.loads(prepared.given))


def _unsigned_in(kecamatan: str, user: UUID) -> QuerySet[Prepared]:
    found = (
        _unsigned().filter(proposal__kecamatan_id=kecamatan).exclude(user_id=user).exclude(proposal__entered_by=user)
    )
    return found.select_related("proposal__village").order_by("at", "pk")


_to_countersign: Question[Prepared] = Question(_unsigned_in, str, UUID)


def to_countersign(actor: Actor) -> Asked[Prepared] | list[Prepared]:
    """Prepared verdicts that wait for a second person and may be signed by this one, oldest first (rule 43)."""
    return _to_countersign.of(actor.region_code, actor.user_id) if actor.role in COUNTERSIGNERS else []


_to_countersign_counted: Question[tuple[Any, ...]] = Question(
    lambda *values: summed(_unsigned_in(*values), Count("pk")), str, UUID
)


def count_to_countersign(actor: Actor) -> int:
    """How many `to_countersign` has."""
    if actor.role not in COUNTERSIGNERS:
        return 0
    [(n,)] = _to_countersign_counted(actor.region_code, actor.user_id)
    return int(n)


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
