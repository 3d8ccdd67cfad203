"""The map beside the sign-in: the villages of the kecamatan at work, or the kecamatan of the regency."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mufakat.drafting.papers import Mark
from mufakat.drafting.schematic_map import schematic_map
from mufakat.people.models import Office
from mufakat.people.roles import LEVELS, Role
from mufakat.regions.models import Region

WIDTH = 640
FEWEST = 6
"""Cells below which a map beside the sign-in would show a blot."""
KECAMATAN_ROLES = [role.value for role in Role if LEVELS[role] == 3]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Outlines as SVG paths in a box of WIDTH by `height`, and the place they show."""

    paths: tuple[str, ...]
    height: int
    place: str
    count: int


def drawn() -> Drawn | None:
    """The kecamatan where offices are held, when it is the only one; else the regency's kecamatan; else nothing."""
    places = Office.objects.filter(role__in=KECAMATAN_ROLES).order_by("region_id").values_list("region_id", flat=True)
    kecamatans = list(places.distinct()[:2])
    if len(kecamatans) == 1:
        return _drawn(kecamatans[0])
    first = Office.objects.order_by("kabupaten").values_list("kabupaten", flat=True).first()
    return _drawn(first) if first else None


@lru_cache(maxsize=64)
def _drawn(code: str) -> Drawn | None:
    region = Region.objects.filter(pk=code).select_related("parent").first()
    below = list(Region.objects.filter(parent_id=code).order_by("code"))
    marks = [Mark(r.name, r.kind, r.longitude, r.latitude, 0, 0, 0, 0) for r in below]
    found = schematic_map(marks)
    if region is None or found is None or len(found.cells) < FEWEST:
        return None
    place = f"{region.label}, {region.parent.label}" if region.kind == "kecamatan" and region.parent else region.label
    paths = tuple(_path(cell.outline) for cell in found.cells)
    return Drawn(paths, round(found.height * WIDTH), place, len(below))


def _path(outline: tuple[tuple[float, float], ...]) -> str:
    return "M" + "L".join(f"{x * WIDTH:.0f},{y * WIDTH:.0f}" for x, y in outline) + "Z"
