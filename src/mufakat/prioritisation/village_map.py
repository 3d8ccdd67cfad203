"""Regions on a schematic map, shaded by an amount, with the same figures as a table: who asked and who got."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from mufakat.drafting.papers import Mark
from mufakat.drafting.schematic_map import Cell, SchematicMap, schematic_map
from mufakat.regions.models import Region

WIDTH = 640
SHADES = 4
Spot = tuple[str, str, Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Share:
    """What one region asked for and what was agreed: numbers of proposals and whole rupiah."""

    region: Region
    asked: int = 0
    asked_value: int = 0
    agreed: int = 0
    agreed_value: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """A region as an SVG path in a drawing 640 units wide; shade 0 (nothing) to 4 (most)."""

    name: str
    path: str
    x: int
    y: int
    amount: int
    shade: int
    is_marked: bool
    top: int

    @property
    def label_x(self) -> int:
        """Where the name's middle stands: over the region, within the drawing."""
        room = 11 * len(self.name)
        return min(max(self.x, room), WIDTH - room)

    @property
    def label_y(self) -> int:
        """Above the region, or inside it at the drawing's upper edge."""
        return self.top - 22 if self.top > 44 else self.y


@dataclass(frozen=True, slots=True)
class Band:
    """A shade of the legend with the amounts it really holds, from `low` to `high`."""

    shade: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The map, its legend, and the regions with the most, for those who do not see it."""

    areas: tuple[Area, ...]
    height: int
    bands: tuple[Band, ...]
    most: tuple[str, ...]
    empty: tuple[str, ...]


def picture(regions: Sequence[Region], amounts: Mapping[str, int], *, marked: Collection[str] = ()) -> Picture | None:
    """The map of regions by amount per code; None where fewer than three have a known place.

    Up to four different amounts have a shade each; more are shaded by quarters of the largest, so that twice as dark
    is about twice as much. The legend names what each shade holds. Marked regions come last, so that their outline lies on top.
    """
    shape = _shape(tuple((r.code, r.name, r.longitude, r.latitude) for r in regions))
    if shape is None:
        return None
    shades = shades_of(amounts.get(r.code, 0) for r in regions)
    areas = [_area(cell, regions[cell.number - 1], amounts, shades, marked) for cell in shape.cells]
    areas.sort(key=lambda a: (a.is_marked, a.name))
    return Picture(
        tuple(areas),
        round(shape.height * WIDTH),
        _bands(areas),
        tuple(a.name for a in sorted(areas, key=lambda a: (-a.amount, a.name))[:3] if a.amount),
        tuple(r.name for r in regions if not amounts.get(r.code, 0)),
    )


def shades_of(amounts: Iterable[int]) -> dict[int, int]:
    """The shade of each amount: 0 for nothing, then 1 to 4."""
    some = sorted({amount for amount in amounts if amount > 0})
    if len(some) <= SHADES:
        return {0: 0} | {amount: SHADES - len(some) + place for place, amount in enumerate(some, start=1)}
    return {0: 0} | {amount: -(-amount * SHADES // some[-1]) for amount in some}


def totals(shares: Iterable[Share]) -> Share | None:
    """The sum of all shares under the first one's region; None for none."""
    found = list(shares)
    if not found:
        return None
    return Share(
        found[0].region,
        sum(s.asked for s in found),
        sum(s.asked_value for s in found),
        sum(s.agreed for s in found),
        sum(s.agreed_value for s in found),
    )


@lru_cache(maxsize=64)
def _shape(spots: tuple[Spot, ...]) -> SchematicMap | None:
    """Cells of regions at their places; drawn once, for places do not move."""
    return schematic_map([Mark(name, "", longitude, latitude, 0, 0, 0, 0) for _, name, longitude, latitude in spots])


def _area(
    cell: Cell, region: Region, amounts: Mapping[str, int], shades: Mapping[int, int], marked: Collection[str]
) -> Area:
    points = " ".join(f"{x * WIDTH:.0f},{y * WIDTH:.0f}" for x, y in cell.outline)
    amount = amounts.get(region.code, 0)
    x, y = round(cell.label[0] * WIDTH), round(cell.label[1] * WIDTH)
    top = round(min(y for _, y in cell.outline) * WIDTH)
    return Area(region.name, f"M{points}Z", x, y, amount, shades[max(0, amount)], region.code in marked, top)


def _bands(areas: Iterable[Area]) -> tuple[Band, ...]:
    held: dict[int, list[int]] = {}
    for area in areas:
        held.setdefault(area.shade, []).append(area.amount)
    return tuple(Band(shade, min(found), max(found)) for shade, found in sorted(held.items()))
