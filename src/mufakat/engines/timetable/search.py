"""The search: bound by the relaxation, a good timetable from the cheapest duties, proof from the few that remain."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mufakat.engines.timetable.checking import broken, objective_of, terms_of
from mufakat.engines.timetable.duties import NEVER, SCALE, Duties, Pool
from mufakat.engines.timetable.loads import least_range
from mufakat.engines.timetable.master import Found, choose
from mufakat.engines.timetable.monolith import solve_whole
from mufakat.engines.timetable.problem import Placement, Problem
from mufakat.engines.timetable.relaxation import Relaxed, relax
from mufakat.engines.timetable.spots import Spots, spots_of

DEFAULT_LIMIT = 50.0
EVERY = NEVER // SCALE // 2
LAYING = 3e-5
"""Deterministic time that laying one duty into a model counts for; it takes about as many seconds."""


@dataclass(frozen=True, slots=True)
class Solution:
    """`status` optimal, feasible, infeasible or unknown (limit reached before any answer); `used` is
    deterministic time."""

    status: str
    placements: tuple[Placement, ...]
    objective: int | None
    bound: int | None
    used: float


def solve(*, problem: Problem, seed: int = 0, limit: float = DEFAULT_LIMIT) -> Solution:
    """The best timetable, with proof unless `limit` (deterministic time, about seconds) ends the search."""
    if not problem.forums:
        return Solution("optimal", (), 0, 0, 0.0)
    spots = spots_of(problem)
    if not problem.teams or len({s.forum for s in spots.spots}) < len(problem.forums):
        return Solution("infeasible", (), None, None, 0.0)
    search = _Search(spots, seed, limit)
    found = search.whole() if len(problem.sessions) > 2 else search.by_duties()
    if found.placements is not None:
        assert not broken(problem, found.placements)
        assert objective_of(problem, terms_of(problem, found.placements)) == found.objective
    names = {"OPTIMAL": "optimal", "FEASIBLE": "feasible", "INFEASIBLE": "infeasible"}
    return Solution(
        names.get(found.status, "unknown"), found.placements or (), found.objective, found.bound, search.used
    )


class _Search:
    def __init__(self, spots: Spots, seed: int, limit: float) -> None:
        self.spots, self.seed, self.limit = spots, seed, limit
        self.used = 0.0

    def whole(self) -> Found:
        found = solve_whole(self.spots, seed=self.seed, limit=self.limit)
        self.used += found.used
        return found

    def by_duties(self) -> Found:
        """A first timetable from cheap duties; then only duties that could still improve on it, for the proof."""
        pool = Pool(self.spots)
        relaxed = relax(self.spots, pool)
        problem = self.spots.problem
        floor = relaxed.prices.bound + problem.weights["load_range"] * least_range(problem) * SCALE
        least = -(-floor // SCALE)
        first, gap = self._first(pool, relaxed, least)
        if first.placements is None or first.objective is None:
            return replace(first, bound=least)
        # A better timetable costs at most objective − 1, so each of its duties has at most this reduced cost.
        room = (first.objective - 1) * SCALE - floor
        if first.objective == least or (first.status == "OPTIMAL" and room <= gap):
            return replace(first, status="OPTIMAL", bound=first.objective)
        return self._prove(first, pool.below(relaxed.prices, room), least)

    def _first(self, pool: Pool, relaxed: Relaxed, least: int) -> tuple[Found, int]:
        """The best of the duties within a gap that widens until a timetable is found; (found, gap × SCALE)."""
        unit = self._unit()
        gaps = [EVERY] if relaxed.uncovered > 1e-6 else [*(unit * widening for widening in (1, 4, 20, 60, 200)), EVERY]
        found = Found("UNKNOWN", None, None, None, 0.0)
        size = -1
        for gap in gaps:
            duties = pool.below(relaxed.prices, gap * SCALE)
            if size >= 0 and self.used + len(duties) * LAYING > self.limit:
                break
            if len(duties) > size:
                size = len(duties)
                found = self._choose(duties, least, None, last=gap == EVERY)
            if found.placements is not None or self.used >= self.limit:
                break
        if found.status == "INFEASIBLE" and gap != EVERY:
            found = replace(found, status="UNKNOWN")
        return found, gap * SCALE

    def _unit(self) -> int:
        """The first gap: one point of preference, at least an hour's travel at a quarter."""
        weights = self.spots.problem.weights
        return max(weights["preference"], 15 * weights["travel"], 1)

    def _prove(self, best: Found, duties: Duties, least: int) -> Found:
        assert best.objective is not None
        if self.used + len(duties) * LAYING > self.limit:
            return replace(best, status="FEASIBLE", bound=least)
        better = self._choose(duties, least, best.objective, last=True)
        if better.status == "INFEASIBLE":
            return replace(best, status="OPTIMAL", bound=best.objective)
        if better.placements is None:
            return replace(best, status="FEASIBLE", bound=least)
        return replace(better, bound=max(least, better.bound or least))

    def _choose(self, duties: Duties, least: int, below: int | None, *, last: bool) -> Found:
        rest = self.limit - self.used
        share = rest if last else rest / 2
        laying = len(duties) * LAYING
        found = choose(self.spots, duties, least=least, below=below, seed=self.seed, limit=max(share - laying, 0.001))
        self.used += found.used + laying
        return found


def possible(*, problem: Problem, seed: int, limit: float) -> tuple[bool | None, float]:
    """Whether any timetable exists (None: the limit came first), and the deterministic time it took."""
    plain = replace(problem, weights=dict.fromkeys(problem.weights, 0), published={})
    found = solve(problem=plain, seed=seed, limit=limit)
    return {"infeasible": False, "unknown": None}.get(found.status, True), found.used
