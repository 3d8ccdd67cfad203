"""Questions after the timetable: why not on that day, and what if we put it there?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mufakat.engines.timetable.answer import placements_of, told_of, versions
from mufakat.engines.timetable.checking import objective_of, terms_of
from mufakat.engines.timetable.conflict import Conflict, conflict_of
from mufakat.engines.timetable.faults import NotInProblem
from mufakat.engines.timetable.problem import Pin, Placement, Problem
from mufakat.engines.timetable.rules import Rule, blockers, rules_of
from mufakat.engines.timetable.search import DEFAULT_LIMIT, Solution, solve
from mufakat.engines.timetable.words import long_day, sentence


@dataclass(frozen=True, slots=True)
class Wish:
    """A forum on a day, perhaps in a session (indices)."""

    forum: int
    day: int
    session: int | None = None


def wish_of(problem: Problem, *, forum: str, day: str, session: str | None = None) -> Wish:
    """A wish by ids: forum id, ISO date or position of the day, session name. Raises NotInProblem."""
    forums = {f.id: i for i, f in enumerate(problem.forums)}
    days = {d.isoformat(): i for i, d in enumerate(problem.days)} | {str(i): i for i in range(len(problem.days))}
    sessions = {name: i for i, name in enumerate(problem.sessions)}
    for what, value, known in (("Forum", forum, forums), ("Hari", day, days), ("Sesi", session, sessions)):
        if value is not None and value not in known:
            raise NotInProblem(f"{what} “{value}” tidak ada dalam soal. Pilihannya: {_choices(known)}.")
    return Wish(forums[forum], days[day], None if session is None else sessions[session])


def _choices(known: dict[str, int]) -> str:
    names = list(known)
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")


def explain(
    problem: Problem, wish: Wish, *, answer: object = None, seed: int = 0, limit: float = DEFAULT_LIMIT
) -> dict[str, Any]:
    """Why a forum is not on that day, and what the day would cost.

    `answer` is the timetable asked about; without it the problem is solved first. Returns `possible`, `reasons`
    (sentences), `extra_cost` against the best timetable and `changes` (assignments that then differ).
    """
    best = _best(problem, answer, seed, limit)
    told = _asked(problem, wish)
    if any(p.forum == wish.forum and _stands(p, wish) for p in best.placements):
        return told | {"possible": True, "extra_cost": 0, "changes": [], "reasons": ["Forum ini memang di sana."]}
    pinned = _pinned(problem, wish)
    solution = _nearest(pinned, best.placements, seed, limit)
    if solution.objective is None:
        return told | {"possible": False if solution.status == "infeasible" else None, "extra_cost": None,
                       "changes": [], "reasons": _reasons(problem, pinned, wish, solution, seed, limit)}  # fmt: skip
    extra = None if best.objective is None else _cost(problem, solution) - best.objective
    changes = _changes(problem, best.placements, solution.placements)
    reasons = _dearer(problem, best, solution) if best.objective is not None else []
    return told | {"possible": True, "extra_cost": extra, "changes": changes, "reasons": reasons}


def move(
    problem: Problem, wish: Wish, *, answer: object, seed: int = 0, limit: float = DEFAULT_LIMIT
) -> dict[str, Any]:
    """Put a forum there and repair the timetable: fewest forums changed, then fewest changes, then the best of those.

    Returns the result object of the repaired timetable (objective, terms and bound of the problem as stated, the bound
    being that of the fewest changes only) with `changes`; infeasible with its reasons when the wish cannot be met.
    """
    old = placements_of(problem, answer)
    pinned = _pinned(problem, wish)
    heavy = 1 + _ceiling(problem)
    weights = {**problem.weights, "change_day": heavy, "change_session": heavy, "change_team": heavy}
    weights["change_forum"] = heavy * (1 + 3 * len(problem.forums))
    near = replace(pinned, published={p.forum: p for p in old}, weights=weights)
    solution = solve(problem=near, seed=seed, limit=limit)
    told = _asked(problem, wish)
    if solution.objective is None:
        blank = told_of(problem, Solution(solution.status, (), None, None, solution.used))
        reasons = _reasons(problem, pinned, wish, solution, seed, limit)
        return told | blank | {"changes": [], "reasons": reasons, "versions": versions()}
    repaired = Solution(solution.status, solution.placements, _cost(problem, solution), None, solution.used)
    changes = _changes(problem, old, solution.placements)
    return told | told_of(problem, repaired) | {"changes": changes, "reasons": [], "versions": versions()}


def _nearest(problem: Problem, old: Sequence[Placement], seed: int, limit: float) -> Solution:
    """The best timetable, and of those the one that changes fewest days, sessions and teams."""
    if not old:
        return solve(problem=problem, seed=seed, limit=limit)
    count = len(problem.forums)
    light = {"change_day": 1, "change_session": 1, "change_team": 1, "change_forum": 1 + 3 * count}
    heavy = 1 + sum(light.values()) * count
    weights = {name: weight * heavy for name, weight in problem.weights.items()} | light
    if problem.published:
        weights = {name: weight * heavy for name, weight in problem.weights.items()}
        return solve(problem=replace(problem, weights=weights), seed=seed, limit=limit)
    near = replace(problem, published={p.forum: p for p in old}, weights=weights)
    return solve(problem=near, seed=seed, limit=limit)


def _cost(problem: Problem, solution: Solution) -> int:
    """What a timetable costs in the problem as stated."""
    return objective_of(problem, terms_of(problem, solution.placements))


def _ceiling(problem: Problem) -> int:
    """More than any timetable costs: so that one change always outweighs everything else."""
    w, forums = problem.weights, len(problem.forums)
    preference = sum(max(f.preference, default=0) for f in problem.forums)
    minutes = max((m for row in problem.travel for m in row), default=0)
    total = w["preference"] * preference + w["load_range"] * forums + w["travel"] * minutes * forums
    return total + w["legal_window"] * forums


def _best(problem: Problem, answer: object, seed: int, limit: float) -> Solution:
    if answer is None:
        return solve(problem=problem, seed=seed, limit=limit)
    placements = placements_of(problem, answer)
    objective = objective_of(problem, terms_of(problem, placements))
    return Solution("feasible", placements, objective, None, 0.0)


def _asked(problem: Problem, wish: Wish) -> dict[str, Any]:
    session = None if wish.session is None else problem.sessions[wish.session]
    return {
        "forum": problem.forums[wish.forum].id,
        "day": problem.days[wish.day].isoformat(),
        "session": session,
    }


def _stands(placement: Placement, wish: Wish) -> bool:
    return placement.day == wish.day and wish.session in (None, placement.session)


def _pinned(problem: Problem, wish: Wish) -> Problem:
    return replace(problem, fixed=(*problem.fixed, Pin(wish.forum, wish.day, wish.session)))


def _reasons(problem: Problem, pinned: Problem, wish: Wish, solution: Solution, seed: int, limit: float) -> list[str]:
    """The forum's own rules when they already forbid the day, else the smallest conflict with the others."""
    if solution.status != "infeasible":
        return ["Batas waktu habis sebelum ada jawaban. Naikkan --limit lalu tanyakan lagi."]
    halls = problem.forums[wish.forum].halls or (None,)
    sessions = range(len(problem.sessions)) if wish.session is None else (wish.session,)
    own = [blockers(problem, wish.forum, wish.day, s, hall) for s in sessions for hall in halls]
    if all(own):
        return list(dict.fromkeys(sentence(problem, rule) for found in own for rule in found))
    asked = Rule("fixed", index=len(problem.fixed))
    conflict: Conflict = conflict_of(problem=pinned, seed=seed, limit=limit)
    known = set(rules_of(problem))
    return [sentence(pinned, rule) for rule in conflict.rules if rule != asked and rule in known]


def _dearer(problem: Problem, best: Solution, other: Solution) -> list[str]:
    """Which terms grow, in words."""
    before, after = terms_of(problem, best.placements), terms_of(problem, other.placements)
    names = {
        "preference": "keberatan hari",
        "load_range": "selisih beban tim",
        "travel": "menit perjalanan tim",
        "legal_window": "forum di luar jendela waktu",
        "change_day": "hari yang berubah",
        "change_session": "sesi yang berubah",
        "change_team": "tim yang berubah",
        "change_forum": "forum yang berubah",
    }
    return [
        f"{names[name].capitalize()}: {before[name]} menjadi {after[name]} (bobot {problem.weights[name]})."
        for name in before
        if before[name] != after[name]
    ]


def _changes(problem: Problem, old: Sequence[Placement], new: Sequence[Placement]) -> list[dict[str, Any]]:
    """Forums whose day, session, team or hall differs, with both."""
    at = {p.forum: p for p in old}
    return [
        {
            "forum": problem.forums[p.forum].id,
            "from": _where(problem, at[p.forum]) if p.forum in at else None,
            "to": _where(problem, p),
        }
        for p in new
        if at.get(p.forum) != p
    ]


def _where(problem: Problem, p: Placement) -> dict[str, Any]:
    told = {
        "day": problem.days[p.day].isoformat(),
        "session": problem.sessions[p.session],
        "team": problem.teams[p.team].id,
    }
    return told | ({"hall": p.hall} if p.hall is not None else {})


def spoken(problem: Problem, told: dict[str, Any]) -> str:
    """An explanation in one paragraph of formal Indonesian."""
    names = {f.id: f.name for f in problem.forums}
    days = {d.isoformat(): long_day(d) for d in problem.days}
    asked = f"Forum {names[told['forum']]} pada {days[told['day']]}"
    if told["session"]:
        asked += f" sesi {told['session']}"
    reasons = " ".join(told["reasons"])
    if told["possible"] is None:
        return f"{asked}: {reasons}"
    if not told["possible"]:
        return f"{asked} tidak mungkin: {reasons}"
    if not told["changes"]:
        return f"{asked}: {reasons}"
    moved = len(told["changes"])
    return f"{asked} mungkin, dengan tambahan nilai {told['extra_cost']} dan {moved} perubahan. {reasons}".strip()
