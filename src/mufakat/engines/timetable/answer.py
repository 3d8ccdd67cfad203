"""A timetable as JSON: the solver's answer, and an answer read back as placements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from mufakat import __version__
from mufakat.engines.timetable.checking import terms_of
from mufakat.engines.timetable.conflict import GROUND, conflict_of
from mufakat.engines.timetable.faults import NotInProblem
from mufakat.engines.timetable.problem import Placement, Problem
from mufakat.engines.timetable.remedies import remedies
from mufakat.engines.timetable.search import DEFAULT_LIMIT, Solution, solve
from mufakat.engines.timetable.words import ground, sentence

SHARE = 0.2
"""Of the limit, for finding the conflict, and again for trying ways out."""


def answer_of(problem: Problem, *, seed: int = 0, limit: float = DEFAULT_LIMIT) -> dict[str, Any]:
    """Solve and tell, as the JSON object of docs/reference/timetable-result.schema.json without `seconds`.

    `limit` is deterministic time (about seconds). The same problem, seed and limit give the same object. An infeasible
    problem also gets its conflict and the ways out, each within a fifth of `limit`.
    """
    solution = solve(problem=problem, seed=seed, limit=limit)
    told = told_of(problem, solution)
    if solution.status == "infeasible":
        told |= why_not(problem, seed=seed, limit=limit)
    return told | {"versions": versions()}


def told_of(problem: Problem, solution: Solution) -> dict[str, Any]:
    """Status, objective, bound, gap, terms and assignments. `terms` are weighted and add up to the objective."""
    measures = terms_of(problem, solution.placements) if solution.objective is not None else {}
    gap = None
    if solution.objective is not None and solution.bound is not None:
        gap = solution.objective - solution.bound
    return {
        "status": solution.status,
        "objective": solution.objective,
        "bound": None if solution.status == "infeasible" else solution.bound,
        "gap": gap,
        "terms": {name: problem.weights[name] * value for name, value in measures.items()},
        "measures": measures,
        "assignments": [_assignment(problem, placement) for placement in solution.placements],
    }


def why_not(problem: Problem, *, seed: int, limit: float) -> dict[str, Any]:
    """`conflict`: rules that exclude each other, in words; `relaxations`: ways out that were tried, cheapest first."""
    limit = limit * SHARE
    conflict = conflict_of(problem=problem, seed=seed, limit=limit)
    return {
        "conflict": {
            "minimal": conflict.minimal,
            "ground": ground(problem),
            "rules": [{"kind": rule.kind, "sentence": sentence(problem, rule)} for rule in conflict.rules],
        },
        "relaxations": [
            {"sentence": way.sentence, "changes": list(way.changes), "objective": way.objective}
            for way in remedies(problem, [r for r in conflict.rules if r != GROUND], seed=seed, limit=limit)
        ],
    }


def versions() -> dict[str, str]:
    """What computed it."""
    return {"mufakat": __version__, "ortools": version("ortools")}


def _assignment(problem: Problem, placement: Placement) -> dict[str, Any]:
    forum, team = problem.forums[placement.forum], problem.teams[placement.team]
    told: dict[str, Any] = {
        "forum": forum.id,
        "day": problem.days[placement.day].isoformat(),
        "session": problem.sessions[placement.session],
        "team": team.id,
        "day_index": placement.day,
        "session_index": placement.session,
    }
    return told | ({"hall": placement.hall} if placement.hall is not None else {})


def placements_of(problem: Problem, answer: object) -> tuple[Placement, ...]:
    """The placements of an answer for this problem. Raises NotInProblem for what the problem does not have."""
    rows = answer.get("assignments") if isinstance(answer, Mapping) else None
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        raise NotInProblem("Berkas jadwal tidak memuat assignments. Berikan hasil perhitungan dari soal yang sama.")
    forums = {forum.id: i for i, forum in enumerate(problem.forums)}
    teams = {team.id: i for i, team in enumerate(problem.teams)}
    days = {day.isoformat(): i for i, day in enumerate(problem.days)}
    sessions = {name: i for i, name in enumerate(problem.sessions)}
    found = []
    for number, row in enumerate(rows, start=1):
        at = []
        for key, known in (("forum", forums), ("day", days), ("session", sessions), ("team", teams)):
            value = row.get(key) if isinstance(row, Mapping) else None
            if value not in known:
                raise NotInProblem(
                    f"Baris ke-{number} jadwal: {key} “{value}” tidak ada dalam soal. Pakai soal dan jadwal yang cocok."
                )
            at.append(known[value])
        found.append(Placement(at[0], at[1], at[2], at[3], row.get("hall")))
    return tuple(sorted(found, key=lambda p: p.forum))
