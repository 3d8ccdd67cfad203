"""The exact model over a set of duties: cover every forum, keep the rows, share the work (OR-Tools CP-SAT).

Teams of one class differ only in their absences, so the model counts who works a single and who a double day; which
of them takes which duty follows afterwards. That keeps the symmetry between teams out of the search.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from mufakat.engines.timetable.duties import Duties
from mufakat.engines.timetable.loads import least_range
from mufakat.engines.timetable.problem import Placement
from mufakat.engines.timetable.spots import Spots


@dataclass(frozen=True, slots=True)
class Found:
    """`status` is CP-SAT's name; `used` deterministic time; without a solution `placements` is None."""

    status: str
    placements: tuple[Placement, ...] | None
    objective: int | None
    bound: int | None
    used: float


def run(model: Any, *, seed: int, limit: float) -> tuple[Any, str]:
    """Solve with one worker and deterministic time only, so that the clock decides nothing."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.random_seed = seed % (2**31)
    parameters.max_deterministic_time = max(limit, 0.001)
    parameters.linearization_level = 2
    return solver, solver.status_name(solver.solve(model))


def choose(spots: Spots, duties: Duties, *, least: int, below: int | None, seed: int, limit: float) -> Found:
    """The best choice among `duties`, never under `least` and, when given, strictly under `below`."""
    master = _Master(spots, duties)
    if not master.can_cover():
        return Found("INFEASIBLE", None, None, None, 0.0)
    master.build(least, below)
    solver, status = run(master.model, seed=seed, limit=limit)
    used = float(solver.response_proto.deterministic_time)
    if status not in ("OPTIMAL", "FEASIBLE"):
        return Found(status, None, None, None, used)
    bound = -(-round(solver.best_objective_bound * 1000) // 1000)
    return Found(status, master.placements(solver), round(solver.objective_value), bound, used)


class _Master:
    def __init__(self, spots: Spots, duties: Duties) -> None:
        from ortools.sat.python import cp_model

        self.spots, self.duties = spots, duties
        self.model = cp_model.CpModel()
        self.choice = [self.model.new_bool_var("") for _ in range(len(duties))]
        self.first, self.second = duties.first.tolist(), duties.second.tolist()
        self.at: dict[tuple[int, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i, place in enumerate(zip(duties.klass.tolist(), duties.day.tolist(), strict=True)):
            self.at[place][self.second[i] >= 0].append(i)
        self.on_spot: dict[int, list[Any]] = defaultdict(list)
        for chosen, a, b in zip(self.choice, self.first, self.second, strict=True):
            for spot in (a, b) if b >= 0 else (a,):
                self.on_spot[spot].append(chosen)

    def can_cover(self) -> bool:
        forums = {self.spots.spots[spot].forum for spot in self.on_spot}
        return len(forums) == len(self.spots.problem.forums)

    def build(self, least: int, below: int | None) -> None:
        self._cover()
        self._rows()
        spread = self._loads()
        cost = [int(c) for c in self.duties.cost]
        weight = self.spots.problem.weights["load_range"]
        objective = sum(c * v for c, v in zip(cost, self.choice, strict=True) if c) + weight * spread
        self.model.minimize(objective)
        self.model.add(objective >= least)
        if below is not None:
            self.model.add(objective <= below - 1)

    def _cover(self) -> None:
        duties_of: dict[int, list[Any]] = defaultdict(list)
        for spot, chosen in self.on_spot.items():
            duties_of[self.spots.spots[spot].forum] += chosen
        for forum in sorted(duties_of):
            self.model.add_exactly_one(duties_of[forum])

    def _rows(self) -> None:
        for row in self.spots.rows:
            terms = [(c, v) for spot, c in row.terms for v in self.on_spot.get(spot, ())]
            if row.bound == 1 and all(c == 1 for c, _ in terms):
                self.model.add_at_most_one(v for _, v in terms)
            elif terms:
                self.model.add(sum(c * v for c, v in terms) <= row.bound)

    def _loads(self) -> Any:
        """Tie duties to teams by counting, and return most − fewest."""
        problem, model = self.spots.problem, self.model
        self.single: dict[tuple[int, int], Any] = {}
        self.double: dict[tuple[int, int], Any] = {}
        for klass in range(len(self.spots.classes)):
            for day in range(len(problem.days)):
                self._share(klass, day)
        count, teams = len(problem.forums), len(problem.teams)
        most, fewest = model.new_int_var(-(-count // teams), count, ""), model.new_int_var(0, count // teams, "")
        for t in range(teams):
            load = sum(v for k, v in self.single.items() if k[0] == t)
            load += 2 * sum(v for k, v in self.double.items() if k[0] == t)
            model.add(load <= most)
            model.add(load >= fewest)
        spread = model.new_int_var(least_range(problem), count, "")
        model.add(spread == most - fewest)
        return spread

    def _share(self, klass: int, day: int) -> None:
        singles, doubles = self.at[klass, day]
        teams = self.spots.on_duty(klass, day)
        for t in teams:
            self.single[t, day], self.double[t, day] = self.model.new_bool_var(""), self.model.new_bool_var("")
            self.model.add_at_most_one(self.single[t, day], self.double[t, day])
        self.model.add(sum(self.single[t, day] for t in teams) == sum(self.choice[i] for i in singles))
        self.model.add(sum(self.double[t, day] for t in teams) == sum(self.choice[i] for i in doubles))

    def placements(self, solver: Any) -> tuple[Placement, ...]:
        """Hand the chosen duties of a class and day to its working teams, in order."""
        found: list[Placement] = []
        for (klass, day), (singles, doubles) in sorted(self.at.items()):
            for duties, working in ((singles, self.single), (doubles, self.double)):
                chosen = [i for i in duties if solver.value(self.choice[i])]
                teams = [t for t in self.spots.on_duty(klass, day) if solver.value(working[t, day])]
                for duty, team in zip(chosen, teams, strict=True):
                    found += [self._placed(spot, team) for spot in (self.first[duty], self.second[duty]) if spot >= 0]
        return tuple(sorted(found, key=lambda p: p.forum))

    def _placed(self, index: int, team: int) -> Placement:
        spot = self.spots.spots[index]
        return Placement(spot.forum, spot.day, spot.session, team, spot.hall)
