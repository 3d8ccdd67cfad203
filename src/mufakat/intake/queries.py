"""Imports in sight, the gazetteer of a kecamatan, and rows as they were read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from mufakat.cycles.models import Cycle
from mufakat.documents.thaw import thaw
from mufakat.engines.sheets.model import Gazetteer, SheetRow, Village
from mufakat.intake.models import ImportedRow, SheetImport
from mufakat.intake.rules import Fate
from mufakat.proposals.permissions import VILLAGE
from mufakat.regions import names
from mufakat.regions.models import Region

if TYPE_CHECKING:
    from mufakat.people.actors import Actor
    from mufakat.proposals.models import Proposal


def cycle_of(actor: Actor) -> Cycle | None:
    """The regency's latest cycle."""
    return Cycle.objects.filter(kabupaten=actor.kabupaten).order_by("-plan_year").first()


def imports_for(actor: Actor) -> QuerySet[SheetImport]:
    """Imports this actor may see: a village its own, a kecamatan those of its villages, the regency all."""
    found = SheetImport.objects.filter(kabupaten=actor.kabupaten).select_related("village", "kecamatan", "cycle")
    if actor.role in VILLAGE:
        return found.filter(village_id=actor.region_code)
    return found.filter(kecamatan_id=actor.kecamatan) if actor.kecamatan else found


def counts(sheet_import: SheetImport) -> dict[str, int]:
    """Rows by fate."""
    found = Counter(sheet_import.rows.values_list("fate", flat=True))
    return {fate.name.lower(): found.get(fate.value, 0) for fate in Fate} | {"all": sum(found.values())}


def villages_of(actor: Actor) -> tuple[str, ...]:
    """Codes of the villages an office imports for."""
    if actor.role in VILLAGE:
        return (actor.region_code,)
    return tuple(Region.objects.filter(parent_id=actor.kecamatan).order_by("code").values_list("code", flat=True))


def gazetteer(kecamatan: str) -> Gazetteer:
    """The kecamatan's villages with their other spellings, and the regency's others that mean "elsewhere"."""
    regions = list(Region.objects.filter(code__startswith=kecamatan[:5]).order_by("code"))
    parents = {r.code: r.name for r in regions if r.code.count(".") == 2}
    atlas = names.shipped()
    known = {r.code: r.aliases for r in atlas.regions.values()}
    villages = [
        Village(r.code, r.name, r.kind, parents.get(r.parent_id or "", ""), known.get(r.code, ()))
        for r in regions
        if r.code.count(".") == 3
    ]
    own = tuple(v for v in villages if v.code.startswith(kecamatan + "."))
    elsewhere = tuple(v for v in villages if not v.code.startswith(kecamatan + "."))
    return Gazetteer(villages=own, elsewhere=elsewhere, kecamatan=parents.get(kecamatan, ""))


def rows_of(proposals: Iterable[Proposal]) -> dict[UUID, SheetRow]:
    """The row each imported proposal was read from, by proposal; one query."""
    keys = [p.pk for p in proposals]
    if not keys:
        return {}
    rows = ImportedRow.objects.filter(proposal__in=keys, fate=Fate.TAKEN.value)
    return {pk: thaw(SheetRow, json.loads(data)) for pk, data in rows.values_list("proposal_id", "data") if pk}
