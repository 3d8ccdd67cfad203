"""Rule 16: a point outside the regency or the stated kecamatan is warned about; what cannot be judged is not."""

from decimal import Decimal

import pytest

from mufakat.regions import names
from mufakat.regions.rules import OUTSIDE_KECAMATAN, OUTSIDE_REGENCY, Bounds, misplaced

ATLAS = names.shipped()
KEBOMAS, GRESIK = (ATLAS.regions[code].bounds for code in ("35.25.14", "35.25"))


@pytest.mark.parametrize(
    ("point", "said"),
    [
        (("-7.168912", "112.635201"), ""),
        (("-7.101200", "112.594600"), OUTSIDE_KECAMATAN),
        (("-7.250445", "112.768845"), OUTSIDE_KECAMATAN),
        (("-6.200000", "106.816666"), OUTSIDE_REGENCY),
        (("1.126352", "107.168912"), OUTSIDE_REGENCY),
    ],
)
def test_points_around_kebomas(point, said):
    assert misplaced(*map(Decimal, point), kecamatan=KEBOMAS, regency=GRESIK) == said


def test_nothing_is_said_where_nothing_is_known():
    there = (Decimal("-6.2"), Decimal("106.8"))

    assert misplaced(None, None, kecamatan=KEBOMAS, regency=GRESIK) == ""
    assert misplaced(*there, kecamatan=None, regency=None) == ""
    assert misplaced(*there, kecamatan=KEBOMAS, regency=None) == OUTSIDE_KECAMATAN


def test_edges_belong_to_the_region():
    square = Bounds(*map(Decimal, ("-7", "112", "-6", "113")))

    assert [square.holds(Decimal(a), Decimal(b)) for a, b in (("-7", "112"), ("-6", "113"), ("-7.000001", "112"))] == [
        True, True, False,
    ]  # fmt: skip


def test_every_kecamatan_lies_within_its_regency_and_holds_its_centre():
    known = [r for r in ATLAS.regions.values() if r.bounds is not None]

    assert len(known) == 19
    for region in known:
        for latitude, longitude in (
            (region.bounds.south, region.bounds.west),
            (region.bounds.north, region.bounds.east),
        ):
            assert GRESIK.holds(latitude, longitude), region.name
        if region.latitude is not None:
            assert region.bounds.holds(region.latitude, region.longitude), region.name


def test_an_office_brings_its_own_bounds(tmp_path):
    listed = tmp_path / "wilayah.csv"
    listed.write_text(
        "kode;nama;selatan;barat;utara;timur\n35.24;Kabupaten Lamongan;-7,4;112,1;-6,8;112,6\n35.24.10;Laren;-7,1;;;\n"
    )

    regions = names.from_file(listed).regions

    assert regions["35.24"].bounds == Bounds(*map(Decimal, ("-7.4", "112.1", "-6.8", "112.6")))
    assert regions["35.24.10"].bounds is None
