"""What a year's villages, or kecamatan, asked for and got; and the whole year in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from mufakat.cycles.models import Cycle
from mufakat.prioritisation.village_map import Share
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import HIDDEN, State
from mufakat.regions.models import Region

AGREED = Q(value_agreed__isnull=False)
"""The forum agreed it, whatever came later; what it passed to another authority holds no agreed value."""


def submitted(cycle: Cycle) -> QuerySet[Proposal]:
    """Submitted proposals of a cycle."""
    return Proposal.objects.filter(cycle=cycle, number__isnull=False).exclude(state__in=HIDDEN).order_by()


def shares(cycle: Cycle, *, kecamatan: str, kabupaten: str) -> list[Share]:
    """Villages of a kecamatan; without one the kecamatan of the regency, or the villages of the only one that has any.

    In order of code; regions that asked for nothing are there with zeros. Two or three queries.
    """
    one = kecamatan or _only_kecamatan(cycle)
    by = "village_id" if one else "kecamatan_id"
    found = submitted(cycle).filter(kecamatan_id=one) if one else submitted(cycle)
    rows = {
        row[by]: row
        for row in found.values(by).annotate(
            asked=Count("pk"),
            asked_value=Sum("value_requested"),
            agreed=Count("pk", filter=AGREED),
            agreed_value=Sum("value_agreed", filter=AGREED),
        )
    }
    regions = Region.objects.filter(parent_id=one or kabupaten).order_by("code")
    return [_share(region, rows.get(region.code, {})) for region in regions]


def _share(region: Region, row: dict[str, int | None]) -> Share:
    return Share(
        region,
        row.get("asked") or 0,
        row.get("asked_value") or 0,
        row.get("agreed") or 0,
        row.get("agreed_value") or 0,
    )


def _only_kecamatan(cycle: Cycle) -> str:
    codes = list(submitted(cycle).values_list("kecamatan_id", flat=True).distinct()[:2])
    return codes[0] if len(codes) == 1 else ""


@dataclass(frozen=True, slots=True)
class Situation:
    """The latest year in figures, as counted at one moment; rupiah are whole."""

    cycle: Cycle
    asked: int
    asked_value: int
    agreed: int
    agreed_value: int
    answered: int
    """Agreed items an agency or a later stage has answered."""
    budgeted: int
    budgeted_value: int
    shares: tuple[Share, ...]
    counted_at: datetime

    @property
    def is_decided(self) -> bool:
        """Whether any forum has agreed anything."""
        return self.agreed > 0


def situation(*, at: datetime) -> Situation | None:
    """The latest cycle that has submitted proposals, all regencies of this server; None before the first."""
    latest = Proposal.objects.filter(number__isnull=False).order_by("-cycle__plan_year").select_related("cycle").first()
    if latest is None:
        return None
    cycle = latest.cycle
    answered = AGREED & ~Q(state__in=[State.AGREED.value, State.FORWARDED.value])
    row = submitted(cycle).aggregate(
        asked=Count("pk"),
        asked_value=Sum("value_requested"),
        agreed=Count("pk", filter=AGREED),
        agreed_value=Sum("value_agreed"),
        answered=Count("pk", filter=answered),
        budgeted=Count("pk", filter=Q(value_budgeted__isnull=False)),
        budgeted_value=Sum("value_budgeted"),
    )
    held = tuple(shares(cycle, kecamatan="", kabupaten=cycle.kabupaten))
    return Situation(cycle, shares=held, counted_at=at, **{name: int(value or 0) for name, value in row.items()})
