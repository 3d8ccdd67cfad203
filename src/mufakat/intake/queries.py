"""Imports in sight, the gazetteer of a kecamatan, and rows as they were read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from mufakat.cycles.models import Cycle
from mufakat.documents.thaw import thaw
from mufakat.engines.sheets.model import Gazetteer, Reading, SheetRow, Village
from mufakat.intake import rules
from mufakat.intake.errors import NoReading
from mufakat.intake.models import ImportedRow, PendingReading, SheetImport
from mufakat.intake.rules import Fate
from mufakat.proposals.models import Proposal
from mufakat.proposals.permissions import VILLAGE
from mufakat.regions import names
from mufakat.regions.models import Region

if TYPE_CHECKING:
    from mufakat.people.actors import Actor


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


@dataclass(frozen=True, slots=True)
class Fated:
    """A row with what becomes of it, the mark of what it says, and the proposal it already is."""

    row: SheetRow
    fate: Fate
    mark: str = ""
    proposal: Proposal | None = None


def fates_of(actor: Actor, cycle: Cycle, reading: Reading, *, only_if_clean: bool) -> list[Fated]:
    """What would become of every row if it were imported now, in the order of reading; nothing is written."""
    villages = frozenset(villages_of(actor))
    fates = [rules.fate(row, villages=villages) for row in reading.rows]
    is_held = only_if_clean and Fate.FAULTY in fates
    known = _known(cycle, actor.kecamatan)
    seen: Counter[str] = Counter()
    found = []
    for row, fate in zip(reading.rows, fates, strict=True):
        if fate is not Fate.TAKEN:
            found.append(Fated(row, fate))
            continue
        key = rules.content_key(row)
        seen[key] += 1
        mark = f"{key}:{seen[key]}"
        proposal = known.get(mark)
        found.append(Fated(row, Fate.KNOWN if proposal else Fate.HELD if is_held else fate, mark, proposal))
    return found


def _known(cycle: Cycle, kecamatan: str) -> dict[str, Proposal]:
    """Proposals of the cycle that came from a sheet, by the mark of what it said; withdrawn ones may come again."""
    found = Proposal.objects.filter(cycle=cycle, source_file=kecamatan).exclude(source_row="")
    return {p.source_row: p for p in found}


def pending_of(actor: Actor, pending_id: UUID, *, lock: bool = False) -> PendingReading:
    """The reading this office has not confirmed yet; raises ImportRefused when it is not there."""
    readings = PendingReading.objects.select_for_update() if lock else PendingReading.objects.select_related("cycle")
    held = readings.filter(pk=pending_id, office_id=actor.office_id).first()
    if held is None:
        raise NoReading
    return held


def reading_in(held: PendingReading) -> Reading:
    """What was read, as the reader gave it."""
    return thaw(Reading, json.loads(held.reading))
