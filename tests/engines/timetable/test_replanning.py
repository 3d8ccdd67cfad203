"""Why not that day, and what if: prices and repairs against a search over every timetable."""

from itertools import product

import pytest
from tests.engines.timetable import independent

from mufakat.engines.timetable import NotInProblem, answer_of, explain, move, read_problem, wish_of
from mufakat.engines.timetable.replanning import spoken

PROBLEM: dict = {
    "days": ["2022-02-02", "2022-02-03", "2022-02-04"],
    "sessions": ["pagi", "siang"],
    "forums": [
        {"id": "A", "name": "Kebomas", "district": "1", "preference": [0, 2, 1], "travel_index": 0},
        {"id": "B", "name": "Gresik", "district": "1", "preference": [1, 0, 0], "travel_index": 1, "whole_day": True},
        {"id": "C", "name": "Manyar", "district": "2", "preference": [0, 0, 3], "travel_index": 2,
         "forbidden_days": [0]},
        {"id": "D", "name": "Cerme", "district": "2", "preference": [2, 1, 0], "travel_index": 0},
    ],
    "teams": [{"id": "T1"}, {"id": "T2", "unavailable_days": [1]}],
    "agencies": [],
    "travel_minutes": [[0, 20, 70], [20, 0, 30], [70, 30, 0]],
    "max_travel_minutes": 60,
    "weights": {"preference": 10, "load_range": 30, "travel": 1},
}  # fmt: skip


def timetables() -> list[list[dict]]:
    """Every valid timetable of the problem."""
    ways = [
        [
            {"forum": forum["id"], "day": day, "session": session, "team": team["id"]}
            for day in range(3) for session in PROBLEM["sessions"] for team in PROBLEM["teams"]
        ]
        for forum in PROBLEM["forums"]
    ]  # fmt: skip
    return [list(w) for w in product(*ways) if not independent.violations(PROBLEM, list(w))]


def changed(old: list[dict], new: list[dict]) -> tuple[int, int]:
    """Forums that differ, and days, sessions and teams that differ."""
    before = {a["forum"]: a for a in old}
    differing = [
        (independent.day_of(PROBLEM, before[a["forum"]]["day"]) != independent.day_of(PROBLEM, a["day"]))
        + (before[a["forum"]]["session"] != a["session"])
        + (before[a["forum"]]["team"] != a["team"])
        for a in new
    ]
    return sum(map(bool, differing)), sum(differing)


@pytest.fixture(scope="module")
def every() -> list[list[dict]]:
    return timetables()


@pytest.mark.parametrize("forum", ["A", "B", "C", "D"])
@pytest.mark.parametrize("day", [0, 1, 2])
def test_a_day_costs_what_the_best_timetable_with_it_costs(forum: str, day: int, every: list[list[dict]]):
    problem = read_problem(PROBLEM)
    answer = answer_of(problem)
    there = [t for t in every if any(a["forum"] == forum and a["day"] == day for a in t)]

    told = explain(problem, wish_of(problem, forum=forum, day=str(day)), answer=answer)

    if not there:
        assert (told["possible"], told["extra_cost"]) == (False, None) and told["reasons"]
        return
    least = min(independent.cost(PROBLEM, t) for t in there)
    assert (told["possible"], told["extra_cost"]) == (True, least - answer["objective"])


@pytest.mark.parametrize("forum", ["A", "B", "D"])
@pytest.mark.parametrize("day", [0, 1, 2])
def test_a_move_changes_as_little_as_possible(forum: str, day: int, every: list[list[dict]]):
    problem = read_problem(PROBLEM)
    old = answer_of(problem)
    there = [t for t in every if any(a["forum"] == forum and a["day"] == day for a in t)]

    told = move(problem, wish_of(problem, forum=forum, day=str(day)), answer=old)

    if not there:
        assert (told["status"], told["assignments"]) == ("infeasible", []) and told["reasons"]
        return
    assert independent.violations(PROBLEM, told["assignments"]) == []
    fewest = min(changed(old["assignments"], t) for t in there)
    assert changed(old["assignments"], told["assignments"]) == fewest
    assert told["objective"] == min(
        independent.cost(PROBLEM, t) for t in there if changed(old["assignments"], t) == fewest
    )


def test_an_explanation_is_told_in_words():
    problem = read_problem(PROBLEM)
    answer = answer_of(problem)

    told = [
        spoken(problem, explain(problem, wish_of(problem, forum=forum, day=day), answer=answer))
        for forum, day in (("C", "2022-02-02"), ("B", "2022-02-02"))
    ]

    assert told == [
        "Forum Manyar pada Rabu, 2 Februari 2022 tidak mungkin: Forum Manyar tidak dapat pada Rabu, 2 Februari 2022.",
        "Forum Gresik pada Rabu, 2 Februari 2022 mungkin, dengan tambahan nilai 20 dan 2 perubahan. "
        "Keberatan hari: 0 menjadi 2 (bobot 10).",
    ]


def test_unknown_names_are_told():
    problem = read_problem(PROBLEM)

    with pytest.raises(NotInProblem) as unknown:
        wish_of(problem, forum="Z", day="0")

    assert str(unknown.value) == "Forum “Z” tidak ada dalam soal. Pilihannya: A, B, C, D."
