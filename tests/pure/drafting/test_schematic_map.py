"""The schematic map: convex cells that hold their own village and share no ground."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.factories.papers import district_plan

from mufakat.drafting.papers import Mark
from mufakat.drafting.schematic_map import Point, schematic_map

degrees = st.tuples(st.integers(0, 60), st.integers(0, 60))


def mark(name: str, x: int | None, y: int | None, count: int = 1) -> Mark:
    """A village at thousandths of a degree."""
    place = (None, None) if x is None or y is None else (Decimal(x) / 1000 + 112, Decimal(y) / 1000 - 7)
    return Mark(name, "desa", *place, count, count * 10, 0, 0)


def area(outline: tuple[Point, ...]) -> float:
    """Area of a polygon (shoelace)."""
    turned = (*outline[1:], outline[0])
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(outline, turned, strict=True))) / 2


def holds(outline: tuple[Point, ...], point: Point) -> bool:
    """Whether a convex polygon holds a point, its border included."""
    turned = (*outline[1:], outline[0])
    sides = [
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
        for a, b in zip(outline, turned, strict=True)
    ]
    return min(sides) >= -1e-4 or max(sides) <= 1e-4


@given(st.lists(degrees, min_size=3, max_size=25, unique=True))
def test_cells_hold_their_labels_and_stay_on_the_map(points: list[tuple[int, int]]):
    drawn = schematic_map([mark(str(n), *point) for n, point in enumerate(points)])

    assert drawn is not None
    assert [cell.number for cell in drawn.cells] == list(range(1, len(points) + 1))
    for cell in drawn.cells:
        assert holds(cell.outline, cell.label)
        assert all(0 <= x <= 1 and 0 <= y <= drawn.height for x, y in cell.outline)


@given(st.lists(degrees, min_size=3, max_size=12, unique=True))
def test_no_label_lies_in_a_cell_of_another(points: list[tuple[int, int]]):
    drawn = schematic_map([mark(str(n), *point) for n, point in enumerate(points)])

    assert drawn is not None
    assert sum(area(cell.outline) for cell in drawn.cells) <= drawn.height + 1e-3


def test_places_unknown_repeated_or_too_few():
    three = [mark("a", 0, 0), mark("b", 10, 0), mark("c", 0, 10)]

    assert schematic_map([]) is None
    assert schematic_map(three[:2]) is None
    assert schematic_map([*three[:2], mark("d", 10, 0), mark("e", None, None)]) is None
    drawn = schematic_map([mark("e", None, None), *three, mark("f", 0, 0)])
    assert drawn is not None and [cell.number for cell in drawn.cells] == [2, 3, 4]


def test_shades_grow_with_the_count():
    marks = [mark(str(n), n * 10, n % 2 * 10, count) for n, count in enumerate((0, 1, 25, 50, 75, 100))]

    drawn = schematic_map(marks)

    assert drawn is not None and [cell.shade for cell in drawn.cells] == [0, 1, 1, 2, 3, 4]


def test_map_of_kebomas_is_the_same_whatever_its_counts():
    marks = district_plan(80).marks

    drawn, other = schematic_map(marks), schematic_map([replace(m, count=1) for m in marks])

    assert drawn is not None and other is not None
    assert [cell.outline for cell in drawn.cells] == [cell.outline for cell in other.cells]
