"""What everybody may read. Nothing here knows an account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Sum

from mufakat.proposals import queries as proposals
from mufakat.proposals.models import Proposal, Tally, place_of
from mufakat.proposals.states import HIDDEN
from mufakat.regions.models import Region, label_of
from mufakat.runtime.prepared import Prepared
from mufakat.tracking.models import FollowUp

PAGE = 25


def public() -> QuerySet[Proposal]:
    """Every submitted proposal; drafts and deleted ones are nobody's business."""
    return Proposal.objects.exclude(state__in=HIDDEN).filter(position__isnull=False)


class Listed(NamedTuple):
    """A row of the register, read without the whole proposal: a page of models costs several times as much."""

    id: UUID
    position: int
    number: int
    title: str
    kecamatan: str
    village_kind: str | None
    village_name: str | None
    plan_year: int
    value_requested: int | None
    value_agreed: int | None
    state: str
    reason_code: str
    reason: str

    @property
    def place(self) -> str:
        """Its village and kecamatan as lists name them."""
        return f"{place_of(self.village_kind, self.village_name)}, {label_of('kecamatan', self.kecamatan)}"


_COLUMNS = (
    "pk", "position", "number", "title", "kecamatan__name", "village__kind", "village__name", "cycle__plan_year",
    "value_requested", "value_agreed", "state", "reason_code", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One page of proposals. `after` is where it begins; `next` where the following one does, None at the end."""

    rows: tuple[Listed, ...]
    after: int
    next: int | None


def search(*, words: str = "", village: str = "", state: str = "", after: int = 0) -> Found:
    """Proposals whose title or location has the words, by kecamatan and number, from a position on."""
    if words:
        listed: Iterable[tuple[Any, ...]] = _from(
            proposals.saying(public(), words), after, village or None, state or None
        )[: PAGE + 1]
    else:
        listed = _register(after, village or None, state or None, part=(0, PAGE + 1))
    rows = [Listed(*row) for row in listed]
    return Found(tuple(rows[:PAGE]), after, rows[PAGE - 1].position if len(rows) > PAGE else None)


def _from(
    found: QuerySet[Proposal], after: int, village: str | None, state: str | None
) -> QuerySet[Proposal, tuple[Any, ...]]:
    if village is not None:
        found = found.filter(village_id=village)
    if state is not None:
        found = found.filter(state=state)
    return found.filter(position__gt=after).order_by("position").values_list(*_COLUMNS)


_register: Prepared[tuple[Any, ...]] = Prepared(lambda *given: _from(public(), *given), int, str | None, str | None)


def villages() -> list[Region]:
    """Villages that have submitted something, in order of name."""
    some = public().filter(village_id=OuterRef("code"))
    return list(Region.objects.filter(Exists(some), kind__in=("desa", "kelurahan")).order_by("name", "code"))


def tallies() -> dict[str, int]:
    """How many submitted proposals stand in each state."""
    return {state: n for state, n in _tallied() if n}


def _tallied_in() -> QuerySet[Tally, tuple[Any, ...]]:
    rows = Tally.objects.exclude(state__in=HIDDEN).order_by().values("state").annotate(n=Sum("number"))
    return rows.values_list("state", "n")


_tallied: Prepared[tuple[Any, ...]] = Prepared(_tallied_in)


def proposal(proposal_id: UUID) -> Proposal | None:
    """One submitted proposal with its road, or None."""
    found = public().select_related("village", "kecamatan", "cycle").prefetch_related("steps", "places__village")
    return found.filter(pk=proposal_id).first()


def answers(proposal: Proposal) -> list[FollowUp]:
    """What later stages said about a proposal, oldest first."""
    return list(FollowUp.objects.filter(proposal=proposal).order_by("recorded_at", "pk"))
