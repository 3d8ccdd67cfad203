"""The named baseline: one plain CP-SAT model, a Boolean per forum × day × session × team."""

from __future__ import annotations

from typing import Any, NamedTuple

from ortools.sat.python import cp_model


class PlainAnswer(NamedTuple):
    """What the plain model found: status name, objective and bound (None without a solution)."""

    status: str
    objective: int | None
    bound: int | None
    deterministic: float


def solve_plain(problem: dict[str, Any], *, limit: float, seed: int = 0) -> PlainAnswer:
    """Solve the core rules in one model with one worker, up to `limit` units of deterministic time."""
    model = cp_model.CpModel()
    x = _placements(model, problem)
    _one_each(model, problem, x)
    _sessions(model, problem, x)
    model.minimize(_preference(problem, x) + _load_range(model, problem, x) + _travel(model, problem, x))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = limit
    status = solver.status_name(solver.solve(model))
    found = status in ("OPTIMAL", "FEASIBLE")
    value = round(solver.objective_value) if found else None
    bound = round(solver.best_objective_bound) if found else None
    return PlainAnswer(status, value, bound, solver.response_proto.deterministic_time)


def _placements(model: Any, problem: dict[str, Any]) -> dict[tuple[int, int, int, int], Any]:
    sessions = len(problem["sessions"])
    x = {}
    for f, forum in enumerate(problem["forums"]):
        for d in range(len(problem["days"])):
            if d in forum["forbidden_days"]:
                continue
            for s in range(1 if forum["whole_day"] else sessions):
                for t, team in enumerate(problem["teams"]):
                    if d not in team["unavailable_days"]:
                        x[f, d, s, t] = model.new_bool_var("")
    return x


def _one_each(model: Any, problem: dict[str, Any], x: dict[tuple[int, int, int, int], Any]) -> None:
    for f in range(len(problem["forums"])):
        model.add_exactly_one(v for key, v in x.items() if key[0] == f)


def _occupied(problem: dict[str, Any], f: int, s: int) -> range:
    return range(len(problem["sessions"])) if problem["forums"][f]["whole_day"] else range(s, s + 1)


def _sessions(model: Any, problem: dict[str, Any], x: dict[tuple[int, int, int, int], Any]) -> None:
    capacity = {a["id"]: a["capacity"] for a in problem["agencies"]}
    team: dict[Any, list[Any]] = {}
    district: dict[Any, list[Any]] = {}
    agency: dict[Any, list[Any]] = {}
    for (f, d, s, t), v in x.items():
        forum = problem["forums"][f]
        for k in _occupied(problem, f, s):
            team.setdefault((t, d, k), []).append(v)
            district.setdefault((forum["district"], d, k), []).append(v)
            for a in forum["agencies"]:
                agency.setdefault((a, d, k), []).append(v)
    for group in (*team.values(), *district.values()):
        model.add_at_most_one(group)
    for (a, _, _), group in agency.items():
        model.add(sum(group) <= capacity[a])


def _preference(problem: dict[str, Any], x: dict[tuple[int, int, int, int], Any]) -> Any:
    return problem["weights"]["preference"] * sum(
        problem["forums"][f]["preference"][d] * v for (f, d, _, _), v in x.items()
    )


def _load_range(model: Any, problem: dict[str, Any], x: dict[tuple[int, int, int, int], Any]) -> Any:
    count = len(problem["forums"])
    most, fewest = model.new_int_var(0, count, ""), model.new_int_var(0, count, "")
    for t in range(len(problem["teams"])):
        load = sum(v for key, v in x.items() if key[3] == t)
        model.add(load <= most)
        model.add(load >= fewest)
    return problem["weights"]["load_range"] * (most - fewest)


def _travel(model: Any, problem: dict[str, Any], x: dict[tuple[int, int, int, int], Any]) -> Any:
    """Two sessions: the pair of a team's first and second forum of a day."""
    terms = []
    first = {key: v for key, v in x.items() if key[2] == 0 and not problem["forums"][key[0]]["whole_day"]}
    second: dict[Any, list[Any]] = {}
    for key, v in x.items():
        if key[2] == 1:
            second.setdefault((key[1], key[3]), []).append((key[0], v))
    for (f, d, _, t), v in first.items():
        for g, w in second.get((d, t), ()):
            minutes = _minutes(problem, f, g)
            if f == g:
                continue
            if minutes > problem["max_travel_minutes"]:
                model.add_bool_or(~v, ~w)
            elif minutes:
                both = model.new_bool_var("")
                model.add_bool_or(~v, ~w, both)
                terms.append(minutes * both)
    return problem["weights"]["travel"] * sum(terms)


def _minutes(problem: dict[str, Any], f: int, g: int) -> int:
    forums = problem["forums"]
    return int(problem["travel_minutes"][forums[f]["travel_index"]][forums[g]["travel_index"]])
