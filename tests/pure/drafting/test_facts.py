"""Levels come only from what a sheet states."""

import pytest
from tests.factories.sheet_rows import row

from mufakat.drafting import facts

NAMES = ("Giri", "Kembangan", "Indro")


@pytest.mark.parametrize(
    ("fields", "bidang", "expected"),
    [
        ({}, "infrastruktur", {"lintas": 1}),
        ({"village": None}, "infrastruktur", {}),
        ({"households": 9}, "infrastruktur", {"lintas": 1, "penerima": 1}),
        ({"households": 10}, "infrastruktur", {"lintas": 1, "penerima": 2}),
        ({"households": 41}, "infrastruktur", {"lintas": 1, "penerima": 5}),
        ({"households": 41}, "manusia", {"lintas": 1, "penerima": 3}),
        ({"groups": "perempuan, keluarga miskin"}, "", {"lintas": 1, "keberpihakan": 5}),
        ({"groups": "lansia"}, "", {"lintas": 1, "keberpihakan": 4}),
        ({"groups": "umum"}, "", {"lintas": 1, "keberpihakan": 1}),
        ({"groups": "petani"}, "", {"lintas": 1}),
        ({"target_priority": "Infrastruktur"}, "", {"lintas": 1, "kesesuaian": 5}),
        ({"land_status": "aset daerah", "documents": "RAB ada"}, "", {"lintas": 1, "kesiapan": 5}),
        ({"land_status": "sengketa"}, "", {"lintas": 1, "kesiapan": 1}),
        ({"swadaya": "gotong royong warga"}, "", {"lintas": 1, "swadaya": 4}),
        ({"levels": (("Tingkat urgensi", 5), ("Lintas wilayah", 3))}, "", {"lintas": 3, "mendesak": 5}),
        ({"title": "Drainase Giri - Kembangan"}, "", {"lintas": 5}),
    ],
)
def test_levels(fields, bidang, expected):
    assert facts.levels(row=row(**fields), bidang=bidang, villages=NAMES) == expected


def test_villages_named_counts_the_own_village_once():
    assert facts.villages_named(row("Jalan Desa Giri menuju Desa Kembangan"), NAMES) == ("Giri", "Kembangan")
    assert facts.villages_named(row("Paving Girian"), NAMES) == ("Giri",)
