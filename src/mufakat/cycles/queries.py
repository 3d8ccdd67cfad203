"""The cycle in force, its criteria as the drafting engine takes them, and what is set so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from mufakat.cycles.models import Cycle
from mufakat.cycles.rules import Windows
from mufakat.drafting.criteria import criteria_of
from mufakat.drafting.facts import CRITERIA
from mufakat.regions.models import Region
from mufakat.runtime.prepared import Prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mufakat.drafting.facts import Criterion


def latest_of(kabupaten: str) -> Cycle | None:
    """The regency's latest cycle."""
    return next(iter(_cycles(kabupaten)), None)


def _latest(kabupaten: str) -> QuerySet[Cycle]:
    return Cycle.objects.filter(kabupaten=kabupaten).order_by("-plan_year")[:1]


_cycles: Prepared[Cycle] = Prepared(_latest, str)
"""Asked for nearly every page of staff."""


def criteria_of_cycle(cycle: Cycle) -> tuple[Criterion, ...]:
    """The cycle's criteria for the provisional order; the house's own where a cycle holds none."""
    rows = preset_rows(cycle)
    return criteria_of({"criteria": rows}) if rows else CRITERIA


def preset_rows(cycle: Cycle) -> list[dict[str, Any]]:
    """The criteria in the form of the ranking engine's presets, as `mufakat draft --kriteria` reads them."""
    return [
        {"key": c.key, "name": c.name, "weight": c.weight, "anchors": c.anchors}
        | ({"bands": c.bands} if c.bands else {})
        for c in cycle.criteria.all()
    ]


def windows_of(cycle: Cycle) -> Windows:
    """The cycle's dates in the office's own time."""
    return Windows(
        plan_year=cycle.plan_year,
        opens_at=timezone.localtime(cycle.proposals_open_at),
        closes_at=timezone.localtime(cycle.proposals_close_at),
        returned_until=timezone.localtime(cycle.returned_until),
        regency_forum_day=cycle.regency_forum_day,
    )


def kecamatans_of(kabupaten: str) -> QuerySet[Region]:
    """The regency's kecamatan in order of code."""
    return Region.objects.filter(parent_id=kabupaten, kind="kecamatan").order_by("code")


def villages_of(kabupaten: str) -> QuerySet[Region]:
    """The regency's desa and kelurahan in order of code."""
    found = Region.objects.filter(code__startswith=f"{kabupaten}.", kind__in=("desa", "kelurahan"))
    return found.select_related("parent").order_by("code")
