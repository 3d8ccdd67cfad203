"""The cycle in force, its criteria as the drafting engine takes them, and what is set so far."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from mufakat.cycles.kamus_sheet import KamusReading, KamusRow
from mufakat.cycles.models import Cycle, KamusEntry, KamusPending
from mufakat.cycles.rules import EffectKind, Windows
from mufakat.documents.thaw import thaw
from mufakat.drafting.criteria import criteria_of
from mufakat.drafting.facts import CRITERIA
from mufakat.regions.models import Region
from mufakat.runtime.prepared import Prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mufakat.drafting.facts import Criterion
    from mufakat.people.actors import Actor


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


@dataclass(frozen=True, slots=True)
class Effect:
    """What a row of a sheet would do to the kamus; `before` is the entry that stands under that name."""

    row: KamusRow
    kind: EffectKind
    before: KamusEntry | None = None


def pending_kamus(actor: Actor, cycle: Cycle) -> KamusPending | None:
    """The sheet of the kamus that this office has read and not confirmed."""
    return KamusPending.objects.filter(cycle=cycle, office_id=actor.office_id).first()


def reading_in(held: KamusPending) -> KamusReading:
    """What was read, as the reader gave it."""
    return thaw(KamusReading, json.loads(held.reading))


def effects_of(cycle: Cycle, rows: Iterable[KamusRow]) -> list[Effect]:
    """What each row would do, in the order of the sheet; entries the sheet does not name stay. One query."""
    held = {entry.name.casefold(): entry for entry in cycle.kamus.all()}
    return [_effect(row, held.get(row.name.casefold())) for row in rows]


def _effect(row: KamusRow, before: KamusEntry | None) -> Effect:
    if before is None:
        return Effect(row, EffectKind.NEW)
    says = (row.name, row.unit, row.price, row.agency, row.is_withdrawn)
    stands = (before.name, before.unit, before.unit_price, before.agency, before.is_withdrawn)
    return Effect(row, EffectKind.SAME if says == stands else EffectKind.CHANGED, before)


def rows_in_kamus(cycle: Cycle) -> list[KamusRow]:
    """The kamus as rows of its sheet, those offered first, by name."""
    entries = cycle.kamus.order_by("is_withdrawn", "name", "pk")
    return [KamusRow(i, e.name, e.unit, e.unit_price, e.agency, e.is_withdrawn) for i, e in enumerate(entries, start=1)]


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
