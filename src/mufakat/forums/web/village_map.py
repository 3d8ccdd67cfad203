"""The kecamatan's villages as a schematic map for the hall: who lies beside whom, the case's villages marked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mufakat.drafting.papers import Mark
from mufakat.drafting.schematic_map import SchematicMap, schematic_map
from mufakat.regions.models import Region

WIDTH = 640


@dataclass(frozen=True, slots=True)
class Drawn:
    """A village as an SVG path in a drawing 640 units wide."""

    code: str
    label: str
    path: str
    x: int
    y: int
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole map; `height` in the same units."""

    villages: tuple[Drawn, ...]
    height: int
    words: str
    """What the map shows, for those who do not see it."""


def drawing_of(kecamatan: str, marked: Collection[str]) -> Drawing | None:
    """The map with some villages marked; None where too few villages have a known place."""
    codes, labels, shape = _shape(kecamatan)
    if shape is None:
        return None
    drawn = []
    for cell in shape.cells:
        code = codes[cell.number - 1]
        points = " ".join(f"{px * WIDTH:.0f},{py * WIDTH:.0f}" for px, py in cell.outline)
        # The name stands above its cell, so that a small one stays visible.
        x, y = round(cell.label[0] * WIDTH), round(min(y for _, y in cell.outline) * WIDTH) - 20
        drawn.append(Drawn(code, labels[cell.number - 1], f"M{points}Z", x, y, code in marked))
    # Marked ones last, so that their outline lies on top.
    drawn.sort(key=lambda d: (d.is_marked, d.code))
    names = ", ".join(d.label for d in drawn if d.is_marked)
    words = f"Peta skematis, {names} ditandai" if names else "Peta skematis desa dan kelurahan"
    return Drawing(tuple(drawn), round(shape.height * WIDTH), words)


def _shape(kecamatan: str) -> tuple[tuple[str, ...], tuple[str, ...], SchematicMap | None]:
    """Codes, names and cells of a kecamatan's villages, in order of code."""
    villages = list(Region.objects.filter(parent_id=kecamatan).order_by("code"))
    marks = [Mark(v.name, v.kind, v.longitude, v.latitude, 0, 0, 0, 0) for v in villages]
    return tuple(v.code for v in villages), tuple(v.name for v in villages), schematic_map(marks)
