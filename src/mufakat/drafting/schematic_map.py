"""A schematic map of villages from one point each: who lies beside whom, not where a border runs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mufakat.drafting.papers import Mark

FEWEST = 3
"""Points below which a map says nothing."""
STEPS = 5
"""Shades from few to many."""
REACH = 1.15
"""How far a cell reaches beyond the usual distance between neighbours."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One village on the map: its number, outline and label place in units of the map's width, its shade 0…4."""

    number: int
    outline: tuple[Point, ...]
    label: Point
    shade: int


@dataclass(frozen=True, slots=True)
class SchematicMap:
    """All cells; the map is 1 wide and `height` high."""

    cells: tuple[Cell, ...]
    height: float


def schematic_map(marks: Sequence[Mark]) -> SchematicMap | None:
    """Voronoi cells of the villages' points, each kept within reach of its point, shaded by number of proposals.

    `number` counts from one in the order of `marks`. Villages without coordinates, and repeated points, are left
    out; None when fewer than three remain.
    """
    places = _projected(marks)
    if len(places) < FEWEST:
        return None
    points = list(places.values())
    reach = REACH * _usual_distance(points)
    outlines = {index: _voronoi_cell(point, points, reach) for index, point in places.items()}
    return _scaled(marks, outlines)


def _projected(marks: Sequence[Mark]) -> dict[int, Point]:
    """Plane coordinates, south down, of the marks that have them; equirectangular about the mean latitude."""
    known = {
        index: (float(mark.longitude), float(mark.latitude))
        for index, mark in enumerate(marks)
        if mark.longitude is not None and mark.latitude is not None
    }
    if not known:
        return {}
    stretch = math.cos(math.radians(sum(latitude for _, latitude in known.values()) / len(known)))
    seen: dict[Point, int] = {}
    for index, (longitude, latitude) in known.items():
        seen.setdefault((longitude * stretch, -latitude), index)
    return {index: point for point, index in seen.items()}


def _usual_distance(points: Sequence[Point]) -> float:
    """Median distance to the third nearest neighbour (the farthest, among few)."""
    distances = sorted(sorted(math.dist(p, q) for q in points if q != p)[: min(3, len(points) - 1)][-1] for p in points)
    return distances[len(distances) // 2]


def _voronoi_cell(point: Point, points: Sequence[Point], reach: float) -> list[Point]:
    """A circle about the point, cut by the bisector towards every other point."""
    x, y = point
    turns = [2 * math.pi * step / 28 for step in range(28)]
    cell = [(x + reach * math.cos(turn), y + reach * math.sin(turn)) for turn in turns]
    for other in points:
        if other != point:
            cell = _cut(cell, point, other)
    return cell


def _cut(polygon: Sequence[Point], near: Point, far: Point) -> list[Point]:
    """The part of a convex polygon that is nearer to `near` than to `far` (Sutherland-Hodgman)."""
    a, b = far[0] - near[0], far[1] - near[1]
    c = (far[0] ** 2 - near[0] ** 2 + far[1] ** 2 - near[1] ** 2) / 2

    def side(p: Point) -> float:
        return a * p[0] + b * p[1] - c

    kept: list[Point] = []
    for start, end in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        here, there = side(start), side(end)
        if here <= 0:
            kept.append(start)
        if here * there < 0:
            share = here / (here - there)
            kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return kept


def _scaled(marks: Sequence[Mark], outlines: dict[int, list[Point]]) -> SchematicMap:
    corners = [point for outline in outlines.values() for point in outline]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    width = max(x for x, _ in corners) - left
    most = max(marks[index].count for index in outlines)

    def scaled(point: Point) -> Point:
        return round((point[0] - left) / width, 5), round((point[1] - top) / width, 5)

    cells = tuple(
        Cell(index + 1, tuple(map(scaled, outline)), scaled(_middle(outline)), _shade(marks[index], most))
        for index, outline in outlines.items()
    )
    return SchematicMap(cells, round((max(y for _, y in corners) - top) / width, 5))


def _middle(outline: Sequence[Point]) -> Point:
    """Centre of the corners: inside, for the cell is convex."""
    return sum(x for x, _ in outline) / len(outline), sum(y for _, y in outline) / len(outline)


def _shade(mark: Mark, most: int) -> int:
    """0 for none, then four equal steps up to the largest count."""
    return 0 if mark.count == 0 else 1 + min((mark.count - 1) * (STEPS - 1) // most, STEPS - 2)
