"""Infeasible problems: a smallest conflict in words, and ways out that were tried."""

import pytest
from benchmarks.timetable_instances import REFERENCE, instance
from hypothesis import given, settings
from tests.engines.timetable.test_answers import tiny

from mufakat.engines.timetable import answer_of, read_problem
from mufakat.engines.timetable.conflict import conflict_of
from mufakat.engines.timetable.rules import rules_of, without
from mufakat.engines.timetable.search import solve


def problem_of(**changes: object) -> dict:
    """Two kecamatan of one dapil, one team, one day, two sessions."""
    base: dict = {
        "days": ["2022-02-03"],
        "sessions": ["pagi", "siang"],
        "forums": [
            {"id": "35.25.14", "name": "Kebomas", "district": "1", "travel_index": 0},
            {"id": "35.25.16", "name": "Gresik", "district": "1", "travel_index": 1},
        ],
        "teams": [{"id": "T1", "name": "Mawar"}],
        "agencies": [{"id": "dputr", "name": "Dinas PUTR", "capacity": 1}],
        "travel_minutes": [[0, 75], [75, 0]],
        "max_travel_minutes": 60,
        "weights": {"preference": 10, "load_range": 30, "travel": 1},
    }
    return base | changes


def test_the_conflict_is_told_with_names_dates_and_ways_out():
    answer = answer_of(read_problem(problem_of()))

    assert answer["status"] == "infeasible"
    assert answer["conflict"] == {
        "minimal": True,
        "ground": "Setiap forum (2 forum) mendapat satu hari, satu sesi mulai, dan satu tim; satu tim hanya di satu "
        "tempat pada satu sesi. Tersedia 1 tim, 1 hari, 2 sesi sehari: 2 kesempatan.",
        "rules": [
            {
                "kind": "travel",
                "sentence": "Satu tim dapat memandu dua forum sehari hanya bila perjalanannya paling lama 60 menit.",
            }
        ],
    }
    assert answer["relaxations"] == [
        {
            "sentence": "Bila Jumat, 4 Februari 2022 ditambahkan sebagai hari forum, jadwal ada dengan nilai 0.",
            "changes": ["Jumat, 4 Februari 2022 ditambahkan sebagai hari forum"],
            "objective": 0,
        },
        {
            "sentence": "Bila satu Tim Pemandu ditambahkan, jadwal ada dengan nilai 0.",
            "changes": ["satu Tim Pemandu ditambahkan"],
            "objective": 0,
        },
        {
            "sentence": "Bila satu tim boleh menempuh perjalanan antara Kebomas dan Gresik pada Kamis, 3 Februari 2022, "
            "jadwal ada dengan nilai 75.",
            "changes": ["satu tim boleh menempuh perjalanan antara Kebomas dan Gresik pada Kamis, 3 Februari 2022"],
            "objective": 75,
        },
    ]


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"max_travel_minutes": None, "forums": [{"id": "A", "forbidden_days": [0]}]}, ["forbidden_days"]),
        ({"forums": [{"id": "A", "earliest": "2022-02-10"}]}, ["earliest"]),
        ({"calendar": {"overrides": [{"date": "2022-02-03", "holiday": True, "name": "libur"}]}}, ["holiday"]),
        ({"forums": [{"id": "A", "skills": ["inklusi"]}]}, ["skills"]),
        ({"forums": [{"id": "A"}], "teams": [{"id": "T", "home": ["A"]}]}, ["neutral"]),
        ({"forums": [{"id": "A", "agencies": ["dputr"]}], "agencies": [{"id": "dputr", "capacity": 0}]}, ["agency"]),
        (
            {
                "forums": [{"id": "A", "island": "bawean"}],
                "islands": [{"id": "bawean", "name": "Pulau Bawean", "ferry_days": []}],
            },
            ["ferry"],
        ),
        (
            {
                "forums": [{"id": "A", "district": "1"}, {"id": "B", "district": "1"}],
                "sessions": ["pagi"],
                "teams": [{"id": "T"}, {"id": "U"}],
                "travel_minutes": [],
            },
            ["district"],
        ),
        (
            {"forums": [{"id": "A"}], "people": [{"id": "bupati", "forums": ["A"], "unavailable_days": [0]}]},
            ["person_absent"],
        ),
    ],
)
def test_one_guilty_rule_is_found(changes: dict, kinds: list[str]):
    if "forums" in changes:
        changes = {"travel_minutes": []} | changes

    answer = answer_of(read_problem(problem_of(**changes)))

    assert [rule["kind"] for rule in answer["conflict"]["rules"]] == kinds


@settings(max_examples=60, deadline=None)
@given(tiny())
def test_a_conflict_excludes_and_each_of_its_rules_is_needed(data: dict):
    problem = read_problem(data)
    if solve(problem=problem).status != "infeasible":
        return

    conflict = conflict_of(problem=problem, seed=0, limit=50)

    if [rule.kind for rule in conflict.rules] == ["ground"]:
        assert solve(problem=without(problem, frozenset(rules_of(problem)))).status == "infeasible"
        return
    others = frozenset(rules_of(problem)) - set(conflict.rules)
    assert solve(problem=without(problem, others)).status == "infeasible"
    for rule in conflict.rules:
        assert solve(problem=without(problem, others | {rule})).status == "optimal"


def test_every_way_out_is_a_timetable():
    data = instance(REFERENCE["18"], 3)
    data["forums"][3]["forbidden_days"] = list(range(8))
    data["forums"][7]["forbidden_days"] = list(range(8))

    answer = answer_of(read_problem(data))

    assert answer["conflict"]["rules"][0]["kind"] == "forbidden_days"
    assert [way["changes"] for way in answer["relaxations"]] != []
    assert all(way["objective"] >= 0 and way["sentence"].startswith("Bila ") for way in answer["relaxations"])
