"""The best timetable, against an exhaustive search and a plain model, with every rule checked apart."""

import json

import pytest
from benchmarks.timetable_instances import REFERENCE, instance
from benchmarks.timetable_plain import solve_plain
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.timetable import independent

from mufakat.engines.timetable import answer_of, read_problem

DAYS = ["2022-01-24", "2022-01-25", "2022-01-26"]


@st.composite
def tiny(draw) -> dict:
    """A problem of at most four forums, two teams and three days, with any of the optional keys."""
    days = DAYS[: draw(st.integers(1, 3))]
    sessions = ["pagi", "siang"][: draw(st.integers(1, 2))]
    some_days = st.lists(st.integers(0, len(days) - 1), max_size=1)
    count, agencies = draw(st.integers(1, 4)), ["dputr", "dinkes"]
    teams = [
        {"id": f"T{t}", "unavailable_days": draw(some_days)}
        | draw(st.sampled_from([{}, {}, {"home": ["F0"]}, {"skills": ["inklusi"]}]))
        for t in range(draw(st.integers(1, 2)))
    ]
    forums = [
        {
            "id": f"F{f}",
            "district": draw(st.sampled_from(["1", "2", None])),
            "whole_day": draw(st.booleans()),
            "forbidden_days": draw(some_days),
            "preference": draw(st.lists(st.integers(0, 3), min_size=len(days), max_size=len(days))),
            "agencies": draw(st.lists(st.sampled_from(agencies), unique=True)),
            "travel_index": f,
        }
        | draw(st.sampled_from([{}, {}, {}, {"skills": ["inklusi"]}, {"earliest": DAYS[1]}, {"island": "bawean"}]))
        for f in range(count)
    ]
    problem = {
        "days": days,
        "sessions": sessions,
        "forums": forums,
        "teams": teams,
        "agencies": [{"id": a, "capacity": draw(st.integers(0, 2))} for a in agencies],
        "travel_minutes": [[0 if f == g else draw(st.integers(5, 90)) for g in range(count)] for f in range(count)],
        "max_travel_minutes": draw(st.sampled_from([60, 30, None])),
        "weights": {
            "preference": 10,
            "load_range": draw(st.sampled_from([30, 0])),
            "travel": 1,
            "change_forum": draw(st.sampled_from([0, 50])),
        },
        "islands": [{"id": "bawean", "ferry_days": draw(st.lists(st.integers(0, len(days) - 1), max_size=2))}],
    }
    return problem | draw(extras(problem))


@st.composite
def extras(draw, problem: dict) -> dict:
    """One or two of the optional keys that couple forums."""
    names = [f["id"] for f in problem["forums"]]
    forum, day = st.sampled_from(names), st.integers(0, len(problem["days"]) - 1)
    team = st.sampled_from([t["id"] for t in problem["teams"]])
    two = st.lists(forum, min_size=2, max_size=2, unique=True) if len(names) > 1 else st.nothing()
    published = st.fixed_dictionaries(
        {"forum": forum, "day": day, "session": st.sampled_from(problem["sessions"]), "team": team}
    )
    kinds = {
        "people": st.fixed_dictionaries(
            {"id": st.just("bupati"), "forums": st.lists(forum, unique=True), "unavailable_days": st.lists(day, max_size=1)}
        ).map(lambda person: {"people": [person]}),
        "fixed": st.fixed_dictionaries({"forum": forum, "day": day}).map(lambda pin: {"fixed": [pin]}),
        "forbidden": st.fixed_dictionaries({"forum": forum, "team": team, "day": day}).map(
            lambda pin: {"forbidden": [pin]}
        ),
        "legal": st.just({"legal_window": {"until": problem["days"][0]}}),
        "published": st.lists(published, max_size=4, unique_by=lambda a: a["forum"]).map(
            lambda rows: {"published": {"assignments": rows}} if rows else {}
        ),
    }  # fmt: skip
    if len(names) > 1:
        kinds["same"] = two.map(lambda pair: {"same_day": [pair]})
        kinds["different"] = two.map(lambda pair: {"different_day": [pair]})
    chosen = draw(st.lists(st.sampled_from(sorted(kinds)), max_size=2, unique=True))
    found: dict = {}
    for name in chosen:
        found |= draw(kinds[name])
    return found


@settings(max_examples=120, deadline=None)
@given(tiny())
def test_the_answer_is_the_best_of_all(problem: dict):
    wanted = independent.best(problem)

    answer = answer_of(read_problem(problem))

    if wanted is None:
        assert (answer["status"], answer["assignments"]) == ("infeasible", [])
        assert answer["conflict"]["minimal"]
        return
    assert independent.violations(problem, answer["assignments"]) == []
    assert (answer["status"], answer["objective"], answer["bound"]) == ("optimal", wanted, wanted)
    assert independent.cost(problem, answer["assignments"]) == wanted == sum(answer["terms"].values())


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_answer_equals_a_plain_models(seed: int):
    problem = instance(REFERENCE["18"], seed)

    answer, plain = answer_of(read_problem(problem)), solve_plain(problem, limit=60)

    assert plain.status == "OPTIMAL"
    assert (answer["status"], answer["objective"]) == ("optimal", plain.objective)
    assert independent.violations(problem, answer["assignments"]) == []
    assert independent.cost(problem, answer["assignments"]) == plain.objective


@pytest.mark.parametrize("shape", ["60", "60t", "60u"])
def test_sixty_forums_are_proved_best_and_valid(shape: str):
    problem = instance(REFERENCE[shape], 2)

    answer = answer_of(read_problem(problem))

    assert independent.violations(problem, answer["assignments"]) == []
    assert independent.cost(problem, answer["assignments"]) == answer["objective"] == answer["bound"]


def test_halls_are_shared_as_far_as_they_hold():
    problem = instance(REFERENCE["18"], 4)
    problem["halls"] = [
        {"id": "pendopo", "seats": 120, "simultaneous": 1, "unavailable_days": [0]},
        {"id": "gedung", "seats": 60, "simultaneous": 2},
    ]
    for number, forum in enumerate(problem["forums"]):
        forum |= {"halls": ["pendopo", "gedung"], "participants": 100 if number % 3 == 0 else 40}

    answer = answer_of(read_problem(problem))

    assert answer["status"] == "optimal"
    assert independent.violations(problem, answer["assignments"]) == []
    assert all(a["day"] != "2022-01-24" for a in answer["assignments"] if a["hall"] == "pendopo")


def test_three_sessions_a_day():
    problem = instance(REFERENCE["18"], 6)
    problem |= {"sessions": ["pagi", "siang", "malam"]}
    problem["forums"], problem["teams"] = problem["forums"][:5], problem["teams"][:2]

    answer = answer_of(read_problem(problem))

    assert answer["status"] == "optimal"
    assert independent.violations(problem, answer["assignments"]) == []
    assert independent.cost(problem, answer["assignments"]) == answer["objective"]


def test_same_input_and_seed_same_output():
    problem = instance(REFERENCE["30"], 3)

    first, second = (json.dumps(answer_of(read_problem(problem), seed=7)) for _ in range(2))

    assert first == second


def test_the_limit_gives_what_was_found_with_bound_and_gap():
    problem = instance(REFERENCE["60u"], 4)

    answer = answer_of(read_problem(problem), limit=0.6)

    assert answer["status"] == "feasible"
    assert independent.violations(problem, answer["assignments"]) == []
    assert answer["objective"] - answer["bound"] == answer["gap"] > 0
