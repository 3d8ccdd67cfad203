"""Shades of the map and its legend."""

from decimal import Decimal

from mufakat.prioritisation.village_map import Share, picture, shades_of, totals
from mufakat.regions.models import Region

PLACES = (("1", "Giri", 0, 0), ("2", "Indro", 1, 0), ("3", "Sukorejo", 0, 1), ("4", "Kebomas", 1, 1))
REGIONS = [
    Region(code=code, name=name, kind="desa", longitude=Decimal(x) / 100, latitude=Decimal(y) / 100)
    for code, name, x, y in PLACES
]


def test_few_amounts_have_a_shade_each():
    assert shades_of([0, 3, 4, 3]) == {0: 0, 3: 3, 4: 4}
    assert shades_of([7]) == {0: 0, 7: 4}


def test_many_amounts_are_quarters_of_the_largest():
    assert shades_of([100, 76, 75, 26, 25, 1]) == {0: 0, 100: 4, 76: 4, 75: 3, 26: 2, 25: 1, 1: 1}


def test_map_names_the_most_the_empty_and_what_each_shade_holds():
    drawn = picture(REGIONS, {"1": 5, "2": 2, "4": 2}, marked=("3",))

    assert [(a.name, a.amount, a.shade, a.is_marked) for a in drawn.areas] == [
        ("Giri", 5, 4, False),
        ("Indro", 2, 3, False),
        ("Kebomas", 2, 3, False),
        ("Sukorejo", 0, 0, True),
    ]
    assert [(b.shade, b.low, b.high) for b in drawn.bands] == [(0, 0, 0), (3, 2, 2), (4, 5, 5)]
    assert (drawn.most, drawn.empty) == (("Giri", "Indro", "Kebomas"), ("Sukorejo",))


def test_two_places_are_no_map():
    assert picture(REGIONS[:2], {}) is None


def test_totals_of_nothing_and_of_shares():
    assert totals([]) is None
    whole = totals([Share(REGIONS[0], 1, 10, 1, 9), Share(REGIONS[1], 2, 20, 0, 0)])
    assert (whole.asked, whole.asked_value, whole.agreed, whole.agreed_value) == (3, 30, 1, 9)
