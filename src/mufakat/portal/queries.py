"""What everybody may read. Nothing here knows an account."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from mufakat.proposals.models import Proposal
from mufakat.proposals.states import HIDDEN
from mufakat.regions.models import Region
from mufakat.tracking.models import FollowUp

PAGE = 50


def public() -> QuerySet[Proposal]:
    """Every submitted proposal; drafts and deleted ones are nobody's business."""
    return Proposal.objects.exclude(state__in=HIDDEN).filter(number__isnull=False)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of proposals; the number of all is counted up to a bound, so that the page costs the same at any size."""

    rows: tuple[Proposal, ...]
    page: int
    has_more: bool


def search(*, words: str = "", village: str = "", state: str = "", page: int = 1) -> Found:
    """Proposals whose title or location holds the words, by kecamatan and number; one query."""
    found = public().select_related("village", "kecamatan", "cycle")
    for word in words.split()[:6]:
        found = found.filter(Q(title__icontains=word) | Q(location__icontains=word))
    if village:
        found = found.filter(village_id=village)
    if state:
        found = found.filter(state=state)
    start = (page - 1) * PAGE
    rows = list(found.order_by("-cycle__plan_year", "kecamatan_id", "number", "pk")[start : start + PAGE + 1])
    return Found(tuple(rows[:PAGE]), page, len(rows) > PAGE)


def villages() -> list[Region]:
    """Villages that have submitted something, in order of name."""
    with_some = public().exclude(village=None).order_by().values("village_id").distinct()
    return list(Region.objects.filter(pk__in=with_some).order_by("name", "code"))


def tallies() -> dict[str, int]:
    """How many submitted proposals stand in each state."""
    rows = public().order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")
    return dict(rows)


def proposal(proposal_id: UUID) -> Proposal | None:
    """One submitted proposal with its road, or None."""
    found = public().select_related("village", "kecamatan", "cycle").prefetch_related("steps", "places__village")
    return found.filter(pk=proposal_id).first()


def answers(proposal: Proposal) -> list[FollowUp]:
    """What later stages said about a proposal, oldest first."""
    return list(FollowUp.objects.filter(proposal=proposal).order_by("recorded_at", "pk"))
