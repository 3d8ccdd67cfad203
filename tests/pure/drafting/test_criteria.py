"""Criteria an office sets: weights that total 100, anchors for every level, and the order that follows (rules 57, 60)."""

import json
from decimal import Decimal

import pytest
from tests.factories.sheet_rows import row

from mufakat.drafting.criteria import CriteriaRefused, criteria_of, from_file, house
from mufakat.drafting.facts import CRITERIA, levels
from mufakat.drafting.ordering import scores

ANCHORS = {str(level): f"tingkat {level}" for level in range(1, 6)}


def test_preset_is_the_set_the_papers_use_without_a_file():
    assert criteria_of({"preset": "mufakat"}) == CRITERIA == criteria_of({"criteria": list(house())})


def test_own_criterion_speaks_through_a_column_with_levels():
    criteria = criteria_of({"criteria": [
        {"key": "mendesak", "name": "Mendesak", "weight": 60, "anchors": ANCHORS},
        {"key": "warisan", "name": "Warisan budaya", "weight": 40, "anchors": ANCHORS},
    ]})  # fmt: skip
    stated = row(levels=(("Urgensi", 5), ("Warisan budaya", 2)), groups="lansia")

    found = levels(row=stated, bidang="", villages=(), criteria=criteria)

    assert found == {"mendesak": 5, "warisan": 2}
    assert scores([found, {"warisan": 5}], criteria) == [
        (Decimal("76.00"), Decimal("100.00")),
        (Decimal("100.00"), Decimal("40.00")),
    ]


def test_bands_of_a_file_count_households():
    bands = {"*": [{"below": 5, "level": 1}, {"to": 50, "level": 3}, {"level": 5}]}
    criteria = criteria_of({"criteria": [{"key": "penerima", "weight": 100, "bands": bands}]})

    found = [levels(row=row(households=n), bidang="manusia", villages=(), criteria=criteria) for n in (4, 5, 50, 51)]

    assert found == [{"penerima": 1}, {"penerima": 3}, {"penerima": 3}, {"penerima": 5}]
    assert criteria[0].basis == "jumlah KK menurut pita yang ditetapkan"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "Kriteria harus berupa objek JSON"),
        ({"preset": "asahan"}, "preset tidak dapat dipakai"),
        ({"preset": "mufakat", "floors": []}, "floors tidak dapat dipakai"),
        ({"preset": "mufakat", "method": "topsis"}, "method tidak dapat dipakai"),
        ({"criteria": [{"key": "a", "weight": 99}]}, "jumlah bobot 99, bukan 100"),
        ({"criteria": [{"key": "a", "weight": 50.5}, {"key": "b", "weight": 49.5}]}, "Bobot harus bilangan bulat"),
        ({"criteria": [{"key": "a", "weight": 100, "anchors": {"1": "x"}}]}, "criteria[0].anchors.2: tidak ada."),
        ({"criteria": [{"key": "a", "weight": 100, "direction": "cost"}]}, "Kriteria a: pengali, nilai kata"),
        ({"criteria": [{"key": "a", "weight": 100, "bands": {"*": [{"level": 5}]}}]}, "pita hanya dikenal pada"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(data, said):
    with pytest.raises(CriteriaRefused) as refused:
        criteria_of(data)

    assert said in str(refused.value)


def test_file_is_named_in_the_refusal(tmp_path):
    path = tmp_path / "kriteria.json"
    path.write_text(json.dumps({"criteria": [{"key": "a", "weight": 7}]}), encoding="utf-8")

    with pytest.raises(CriteriaRefused) as refused:
        from_file(path)

    assert str(refused.value).startswith("kriteria.json: criteria: jumlah bobot 7, bukan 100.")
