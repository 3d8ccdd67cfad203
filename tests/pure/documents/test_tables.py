"""Long tables are cut without losing, doubling or reordering anything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mufakat.documents.render import Annex, Sum, Table, TableGroup, cell, in_parts

TOTAL = Sum("Jumlah", 1, ("9",))
sizes = st.lists(st.integers(0, 12), max_size=6)


def table(counts: list[int]) -> Table:
    """A table with groups of these sizes, every row different."""
    groups = tuple(
        TableGroup([(f"{g}.{r}",) for r in range(count)], title=f"G{g}", sum=Sum("Jumlah", 1, (str(count),)))
        for g, count in enumerate(counts)
    )
    return Table(heads=("No",), widths=("1fr",), align="l", groups=groups, total=TOTAL)


@given(sizes, st.integers(1, 7))
def test_cut_table_keeps_every_row_in_order(counts: list[int], limit: int):
    whole = table(counts)

    pieces = whole.cut(limit)

    assert [row for piece in pieces for group in piece.groups for row in group.rows] == [
        row for group in whole.groups for row in group.rows
    ]
    assert all(piece.row_count <= limit for piece in pieces)


@given(sizes, st.integers(1, 7))
def test_cut_table_has_each_sum_once_and_last(counts: list[int], limit: int):
    pieces = table(counts).cut(limit)

    assert [g.sum.figures for piece in pieces for g in piece.groups if g.sum] == [(str(count),) for count in counts]
    assert [piece.total for piece in pieces] == [None] * (len(pieces) - 1) + [TOTAL]


@given(st.lists(sizes, min_size=1, max_size=4), st.integers(1, 9))
def test_parts_hold_all_annexes_in_order_within_the_limit(annexes: list[list[int]], limit: int):
    given_annexes = [Annex(f"L{n}", "", table(counts)) for n, counts in enumerate(annexes)]

    parts = list(in_parts(given_annexes, limit))

    assert all(sum(annex.table.row_count for annex in part) <= limit for part in parts)
    flat = [annex for part in parts for annex in part]
    assert [annex.label for annex in flat if not annex.continued] == [annex.label for annex in given_annexes]
    assert sum(annex.table.row_count for annex in flat) == sum(map(sum, annexes))


def test_long_words_may_break_and_short_ones_stay():
    assert cell("Penyelenggaraan jalan") == "Penyelenggaraan jalan"
    assert cell("Jl.Veteran/Gg.II/RT.01") == "Jl.\u200bVeteran/\u200bGg.\u200bII/\u200bRT.\u200b01"
    assert cell("mempertanggungjawabkannya"[:24]) == "mempertanggungjawabkanny"
    assert cell("x" * 40).replace("\u200b", "") == "x" * 40
    assert max(map(len, cell("x" * 400).split("\u200b"))) <= 19
