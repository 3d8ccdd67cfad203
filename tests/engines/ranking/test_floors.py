"""Floors and envelopes against every possible list."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mufakat.engines.ranking.criteria import read_problem
from mufakat.engines.ranking.criteria.answer import answer
from mufakat.engines.ranking.criteria.problem import Floor
from mufakat.engines.ranking.floors import Item, demands_of, enough_for, follow, prices_of, smallest_conflict

VILLAGES, FIELDS = ("Giri", "Indro", "Kembangan"), ("infrastruktur", "ekonomi")
items_drawn = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 20), st.sampled_from(VILLAGES), st.sampled_from(FIELDS), st.booleans()),
    min_size=1,
    max_size=9,
)
FLOORS = (
    Floor("desa", "Tiap desa", "village", {}, {}, "count", Fraction(1)),
    Floor("perempuan", "Perempuan", "", {"tag": ("perempuan",)}, {}, "count", Fraction(2)),
    Floor("lain", "Selain infrastruktur", "", {}, {"bidang": ("infrastruktur",)}, "share", Fraction(3, 10)),
    Floor("lain-pagu", "Selain infrastruktur", "", {"bidang": ("ekonomi",)}, {}, "share", Fraction(1, 4), of_pagu=True),
    Floor("nilai", "Giri", "", {"village": ("Giri",)}, {}, "value", Fraction(6)),
    Floor("amplop", "Amplop infrastruktur", "", {"bidang": ("infrastruktur",)}, {}, "at_most", Fraction(12)),
    Floor("paling", "Paling banyak", "village", {}, {}, "count_at_most", Fraction(2)),
)


def items_of(drawn):
    return [
        Item(
            f"P{n}", value, points,
            {"village": (village,), "bidang": (bidang,), "tag": ("perempuan",) if tagged else ()},
        )
        for n, (value, points, village, bidang, tagged) in enumerate(drawn)
    ]  # fmt: skip


def lists_meeting(items, demands, pagu):
    """Every choice under the pagu that meets the demands."""
    for bits in product((False, True), repeat=len(items)):
        choice = np.array(bits, bool)
        if sum(i.value for i, b in zip(items, bits, strict=True) if b) <= pagu and all(d.met(choice) for d in demands):
            yield bits


def positions(bits):
    return tuple(n for n, bit in enumerate(bits) if bit)


floors_drawn = st.lists(st.sampled_from(FLOORS), max_size=4, unique_by=lambda f: f.id)


@settings(max_examples=250, deadline=None)
@given(items_drawn, floors_drawn, st.integers(0, 40))
def test_the_list_is_the_first_of_all_lists_that_meet_the_floors(drawn, floors, pagu):
    items = items_of(drawn)
    demands = demands_of(floors, items, pagu)
    meeting = list(lists_meeting(items, demands, pagu))

    plan = follow(items, demands, pagu)

    assert (plan and plan.chosen) == (positions(max(meeting)) if meeting else None)


@settings(max_examples=80, deadline=None)
@given(items_drawn, floors_drawn, st.integers(0, 40))
def test_the_best_sum_of_points_and_then_the_order(drawn, floors, pagu):
    items = items_of(drawn)
    demands = demands_of(floors, items, pagu)
    meeting = list(lists_meeting(items, demands, pagu))

    plan = follow(items, demands, pagu, "score")

    best = max(
        meeting, key=lambda bits: (sum(i.points for i, b in zip(items, bits, strict=True) if b), bits), default=None
    )
    assert (plan and plan.chosen) == (None if best is None else positions(best))


@settings(max_examples=80, deadline=None)
@given(items_drawn, floors_drawn, st.integers(0, 25))
def test_a_conflict_is_as_small_as_can_be(drawn, floors, pagu):
    items = items_of(drawn)
    demands = demands_of(floors, items, pagu)

    found = smallest_conflict(items, demands, pagu)

    def fails(kept):
        return not any(True for _ in lists_meeting(items, [demands[k] for k in kept], pagu))

    if not found:
        assert not fails(range(len(demands)))
        return
    assert fails(found)
    assert not any(fails(kept) for size in range(len(found)) for kept in combinations(range(len(demands)), size))


@settings(max_examples=40, deadline=None)
@given(items_drawn, floors_drawn, st.integers(0, 40))
def test_the_price_of_a_floor_is_the_difference_it_makes(drawn, floors, pagu):
    items = items_of(drawn)
    demands = demands_of(floors, items, pagu)
    plan = follow(items, demands, pagu)
    if plan is None:
        return

    for price in prices_of(items, demands, pagu, plan):
        others = [d for d in demands if d.floor != price.floor]
        without = set(positions(max(lists_meeting(items, others, pagu))))
        assert set(price.entering) == set(plan.chosen) - without
        assert set(price.leaving) == without - set(plan.chosen)
        assert price.value == sum(items[i].value for i in without) - sum(items[i].value for i in plan.chosen)


@settings(max_examples=40, deadline=None)
@given(items_drawn, floors_drawn, st.integers(0, 40))
def test_what_would_have_sufficed_does_and_no_more_does(drawn, floors, pagu):
    items = items_of(drawn)
    demands = demands_of(floors, items, pagu)
    plan = follow(items, demands, pagu)
    if plan is None:
        return

    for i, enough in enough_for(items, demands, pagu, plan).items():
        is_chosen = {v: chosen_at_value(items, floors, pagu, i, v) for v in range(1, items[i].value)}
        if enough.value:
            assert is_chosen[enough.value]
        if all(d.coefficients[i] <= 0 for d in demands):
            assert max((v for v, chosen in is_chosen.items() if chosen), default=0) == (enough.value or 0)
        would_do = [place for place in range(i) if chosen_at_place(items, floors, pagu, i, place)]
        assert enough.place == max(would_do, default=None)


def chosen_at_value(items, floors, pagu, i, value):
    changed = [*items[:i], Item(items[i].id, value, items[i].points, items[i].groups), *items[i + 1 :]]
    again = follow(changed, demands_of(floors, changed, pagu), pagu)
    return again is not None and i in again.chosen


def chosen_at_place(items, floors, pagu, i, place):
    moved = [*items[:place], items[i], *items[place:i], *items[i + 1 :]]
    again = follow(moved, demands_of(floors, moved, pagu), pagu)
    return again is not None and place in again.chosen


def test_three_thousand_proposals_keep_their_floors():
    villages = [f"Desa {n:02d}" for n in range(30)]
    drawn = [(1 + n * 7 % 50, 0, villages[n * n % 30], FIELDS[n % 5 == 0], n % 11 == 0) for n in range(3000)]
    items = items_of(drawn)
    demands = demands_of(FLOORS[:3], items, 1500)

    plan = follow(items, demands, 1500)

    choice = np.zeros(len(items), bool)
    choice[list(plan.chosen)] = True
    assert all(d.met(choice) for d in demands)
    assert sum(items[i].value for i in plan.chosen) <= 1500


@pytest.mark.parametrize(
    ("floors", "sentence"),
    [
        (
            [{"id": "tiap-desa", "name": "Tiap desa", "each": "village", "count": 1}],
            "Ketentuan ini tidak dapat dipenuhi bersama dengan pagu Rp500: Tiap desa: Giri, sekurangnya 1 usulan; "
            "Tiap desa: Indro, sekurangnya 1 usulan. Lepaskan salah satu.",
        ),
        (
            [{"id": "anak", "name": "Usulan anak", "where": {"tag": "anak"}, "count": 1}],
            "Ketentuan ini tidak dapat dipenuhi dengan pagu Rp500: Usulan anak, sekurangnya 1 usulan. Ubah atau lepaskan.",
        ),
    ],
)
def test_floors_that_cannot_stand_are_named(floors, sentence):
    problem = {
        "criteria": [{"key": "a", "weight": 100}], "pagu": 500, "floors": floors,
        "alternatives": [
            {"id": "A", "village": "Giri", "value": 300, "levels": {"a": 5}},
            {"id": "B", "village": "Indro", "value": 400, "levels": {"a": 4}},
        ],
    }  # fmt: skip

    result = answer(read_problem(problem)[0])

    assert result["floors"]["sentence"] == sentence
    assert result["list"]["chosen"] == ["A"]
