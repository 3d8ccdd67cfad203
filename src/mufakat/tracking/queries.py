"""Reads after the forum; each starts from what this actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum

from mufakat.cycles.models import Cycle
from mufakat.drafting.labels import Result
from mufakat.forums.models import Decision
from mufakat.forums.states import ForumState
from mufakat.proposals import queries as proposals
from mufakat.proposals.models import Proposal, place_of
from mufakat.proposals.states import State
from mufakat.runtime.prepared import Prepared, summed
from mufakat.tracking.ledger import Pair, Rate
from mufakat.tracking.models import FollowUp, HandOver
from mufakat.tracking.permissions import AFTER_FORUM
from mufakat.tracking.states import Stage, skipped_before

if TYPE_CHECKING:
    from mufakat.people.actors import Actor


P = TypeVar("P", Proposal, "Followed")


def followed(actor: Actor, cycle: Cycle) -> QuerySet[Proposal]:
    """Submitted proposals of a cycle in this actor's sight, by kecamatan and number."""
    seen = proposals.visible_to(actor).filter(cycle=cycle, number__isnull=False).select_related("village", "kecamatan")
    return seen.order_by("kecamatan_id", "number")


def lock_for(actor: Actor, proposal_id: UUID) -> Proposal:
    """The proposal locked for a write; raises NoProposal when it is out of sight."""
    return proposals.lock_for(actor, proposal_id)


@dataclass(frozen=True, slots=True)
class AgencyTally:
    """What one agency received and answered (rule 90); values in whole rupiah, ages in whole days."""

    agency: str
    received: int
    value: int
    waiting: int
    accommodated: int
    refused: int
    oldest_days: int | None
    waiting_value: int = 0


def per_agency(actor: Actor, cycle: Cycle, *, at: datetime) -> list[AgencyTally]:
    """Every agency with what it received, by name; two queries whatever the number of proposals."""
    received = followed(actor, cycle).filter(state__in=AFTER_FORUM).exclude(pk__in=supra_ids(cycle)).order_by()
    waiting = Q(state=State.FORWARDED)
    refused = Q(state=State.NOT_ACCOMMODATED)
    rows = received.values("agency_final").annotate(
        received=Count("pk"),
        value=Sum("value_agreed"),
        waiting=Count("pk", filter=waiting),
        waiting_value=Sum("value_agreed", filter=waiting),
        refused=Count("pk", filter=refused),
    )
    since = _oldest(received.filter(waiting))
    return [
        AgencyTally(
            agency=row["agency_final"],
            received=row["received"],
            value=row["value"] or 0,
            waiting=row["waiting"],
            accommodated=row["received"] - row["waiting"] - row["refused"],
            refused=row["refused"],
            oldest_days=_days(since.get(row["agency_final"]), at),
            waiting_value=row["waiting_value"] or 0,
        )
        for row in rows.order_by("agency_final")
    ]


def _oldest(waiting: QuerySet[Proposal]) -> dict[str, datetime]:
    hand_overs = HandOver.objects.filter(closed_at__isnull=True, proposal__in=waiting)
    return {r["agency"]: r["since"] for r in hand_overs.order_by().values("agency").annotate(since=Min("received_at"))}


def _days(since: datetime | None, at: datetime) -> int | None:
    return None if since is None else (at - since).days


class Followed(NamedTuple):
    """A row of the ledger, read without the whole proposal."""

    pk: UUID
    number: int
    title: str
    kecamatan_id: str
    village_kind: str | None
    village_name: str | None
    agency_final: str
    state: str
    reason_code: str
    reason: str
    value_requested: int | None
    value_verified: int | None
    value_agreed: int | None
    value_budgeted: int | None

    @property
    def place_label(self) -> str:
        """The proposing village as lists name it."""
        return place_of(self.village_kind, self.village_name)


_COLUMNS = (
    "pk", "number", "title", "kecamatan_id", "village__kind", "village__name", "agency_final", "state", "reason_code",
    "reason", *(f"value_{pair}" for pair in Pair),
)  # fmt: skip
_GIVEN = (UUID, str | None, *proposals.SIGHT)
"""The cycle, the state asked for, and what the actor sees."""


def _followed_in(cycle: UUID, state: str | None, *sight: Any) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(proposals.in_sight(*sight), cycle_id=cycle, number__isnull=False)
    return (found.filter(state=state) if state is not None else found).order_by("kecamatan_id", "number")


def _summed_in(*given: Any) -> QuerySet[Any, tuple[Any, ...]]:
    return summed(_followed_in(*given), Count("pk"), *(Sum(f"value_{pair}") for pair in Pair))


def _counted_in(*given: Any) -> QuerySet[Any, tuple[Any, ...]]:
    return _followed_in(*given).order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")


_rows: Prepared[tuple[Any, ...]] = Prepared(lambda *given: _followed_in(*given).values_list(*_COLUMNS), *_GIVEN)
_sums: Prepared[tuple[Any, ...]] = Prepared(_summed_in, *_GIVEN)
_counts: Prepared[tuple[Any, ...]] = Prepared(_counted_in, *_GIVEN)


def rows_of(actor: Actor, cycle: Cycle, state: State | None, *, start: int, stop: int) -> list[Followed]:
    """A part of `followed`, of one state where it is given."""
    given = (cycle.pk, state.value if state else None, *proposals.sight_of(actor))
    return [Followed(*row) for row in _rows(*given, part=(start, stop))]


def sums(actor: Actor, cycle: Cycle, state: State | None) -> dict[str, int]:
    """How many, and requested, verified, agreed, budgeted of all of them; one query, whole rupiah."""
    [told] = _sums(cycle.pk, state.value if state else None, *proposals.sight_of(actor))
    return {name: int(value or 0) for name, value in zip(("count", *Pair), told, strict=True)}


def counts(actor: Actor, cycle: Cycle) -> dict[str, int]:
    """How many of `followed` stand in each state; one query."""
    return dict(_counts(cycle.pk, None, *proposals.sight_of(actor)))


@dataclass(frozen=True, slots=True)
class Item(Generic[P]):
    """A proposal, or a row of one, with what was last said about it."""

    proposal: P
    since: datetime | None
    days: int | None
    answers: tuple[FollowUp, ...]

    @property
    def last(self) -> FollowUp | None:
        """The latest answer, None while nothing was said."""
        return self.answers[-1] if self.answers else None


def items(found: Iterable[P], *, at: datetime) -> list[Item[P]]:
    """Proposals with their open hand-over and answers, in three queries in all."""
    listed = list(found)
    keys = [p.pk for p in listed]
    since = dict(
        HandOver.objects.filter(proposal_id__in=keys, closed_at__isnull=True).values_list("proposal_id", "received_at")
    )
    answers: dict[UUID, list[FollowUp]] = {}
    for answer in FollowUp.objects.filter(proposal_id__in=keys).order_by("recorded_at", "pk"):
        answers.setdefault(answer.proposal_id, []).append(answer)
    return [Item(p, since.get(p.pk), _days(since.get(p.pk), at), tuple(answers.get(p.pk, ()))) for p in listed]


def received_by(actor: Actor, cycle: Cycle, agency: str) -> QuerySet[Proposal]:
    """What one agency received, waiting ones first, then by kecamatan and number."""
    received = followed(actor, cycle).filter(state__in=AFTER_FORUM, agency_final=agency)
    return received.exclude(pk__in=supra_ids(cycle))


def rates(actor: Actor, cycle: Cycle, *, by: str) -> list[Rate]:
    """Realisation per village ("village") or per agency ("agency"), groups with something agreed, by name (rule 93).

    Agreed means that the forum agreed it; budgeted that the APBD holds it. One query.
    """
    key = {"village": "village__name", "agency": "agency_final"}[by]
    label = {"village": ("village__kind", "village__name"), "agency": ("agency_final",)}[by]
    agreed = followed(actor, cycle).filter(value_agreed__isnull=False).order_by()
    budgeted = Q(value_budgeted__isnull=False)
    rows = agreed.values(*label).annotate(
        n=Count("pk"),
        agreed=Sum("value_agreed"),
        n_budgeted=Count("pk", filter=budgeted),
        budgeted=Sum("value_budgeted", filter=budgeted),
        still=Sum("value_agreed", filter=~budgeted & ~Q(state=State.NOT_ACCOMMODATED)),
    )
    return [
        Rate(
            " ".join((row[name] or "").capitalize() if name == "village__kind" else row[name] or "" for name in label),
            row["n"],
            row["agreed"] or 0,
            row["n_budgeted"],
            row["budgeted"] or 0,
            row["still"] or 0,
        )
        for row in rows.order_by(key)
    ]


def hand_overs(proposal: Proposal) -> list[HandOver]:
    """Every agency a proposal was handed to, oldest first, with why it went on (rule 91)."""
    return list(HandOver.objects.filter(proposal=proposal).order_by("received_at", "pk"))


def supra_ids(cycle: Cycle) -> QuerySet[Decision]:
    """Proposals the forums passed on above the regency (rule 36)."""
    supra = Decision.objects.filter(forum__cycle=cycle, result=Result.DITERUSKAN_SUPRA.value)
    supra = supra.exclude(forum__state=ForumState.CANCELLED.value)
    return supra.order_by().values("proposal_id")  # type: ignore[return-value]


def supra(actor: Actor, cycle: Cycle) -> QuerySet[Proposal]:
    """The supra list: what the delegates escort above the regency (rules 36, 75)."""
    return followed(actor, cycle).filter(pk__in=supra_ids(cycle))


def skipped(answers: Iterable[FollowUp]) -> tuple[Stage, ...]:
    """Stages without a record before the latest recorded one (rule 92)."""
    recorded = frozenset(Stage(a.stage) for a in answers)
    if not recorded:
        return ()
    return skipped_before(max(recorded, key=list(Stage).index), recorded)
