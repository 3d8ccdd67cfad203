"""Score over the stated facts, and an order that inverts no list (rules 61-64)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.sheet_rows import GIRI, INDRO, KEMBANGAN, row

from mufakat.drafting.facts import CRITERIA
from mufakat.drafting.ordering import Item, own_rank, provisional_order, scores


def test_weights_total_one_hundred():
    assert sum(c.weight for c in CRITERIA) == 100


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({}, ("0.00", "0.00")),
        ({"lintas": 1}, ("20.00", "10.00")),
        ({"mendesak": 5, "penerima": 2}, ("73.33", "45.00")),
        ({c.key: 5 for c in CRITERIA}, ("100.00", "100.00")),
        ({c.key: 1 for c in CRITERIA}, ("20.00", "100.00")),
    ],
)
def test_score_is_rescaled_to_the_criteria_with_facts(levels, expected):
    assert scores([levels])[0] == (Decimal(expected[0]), Decimal(expected[1]))


def test_order_takes_the_best_next_of_every_list():
    items = [
        Item(1, row(village=GIRI, priority=1, at=1), Decimal(40)),
        Item(2, row(village=GIRI, priority=2, at=2), Decimal(90)),
        Item(3, row(village=KEMBANGAN, priority=1, at=3), Decimal(60)),
        Item(4, row(village=INDRO, at=4), Decimal(50)),
    ]

    assert provisional_order(items) == {3: 1, 4: 2, 1: 3, 2: 4}


def test_ties_go_by_village_rank_beneficiaries_code_and_row():
    items = [
        Item(1, row(village=KEMBANGAN, priority=2, at=1), Decimal(20)),
        Item(2, row(village=GIRI, priority=1, households=10, at=2), Decimal(20)),
        Item(3, row(village=INDRO, priority=1, households=50, at=3), Decimal(20)),
        Item(4, row(village=KEMBANGAN, priority=1, households=10, at=4), Decimal(20)),
    ]

    assert provisional_order(items) == {3: 1, 4: 2, 2: 3, 1: 4}


villages = st.sampled_from([GIRI, KEMBANGAN, INDRO, None])
drawn = st.tuples(villages, st.none() | st.integers(1, 6), st.sampled_from(["", "RW 1", "RW 2"]), st.integers(0, 100))


@given(st.lists(drawn, max_size=25), st.randoms())
def test_order_is_whole_inverts_no_list_and_ignores_input_order(entries, random):
    items = [
        Item(n, row(village=v, priority=p, proposer=who, at=n), Decimal(s))
        for n, (v, p, who, s) in enumerate(entries, start=1)
    ]
    shuffled = items[:]
    random.shuffle(shuffled)

    places = provisional_order(items)

    assert sorted(places.values()) == list(range(1, len(items) + 1))
    assert provisional_order(shuffled) == places
    for a in items:
        for b in items:
            same_list = (a.row.village_text, a.row.proposer) == (b.row.village_text, b.row.proposer)
            if same_list and (own_rank(a.row) or 99) < (own_rank(b.row) or 0):
                assert places[a.number] < places[b.number]
