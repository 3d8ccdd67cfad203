"""One exact model with a Boolean per spot and team, for days of three or more sessions.

A team's forums of a day are linked in their order: travel counts between consecutive ones.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from mufakat.engines.timetable.loads import least_range
from mufakat.engines.timetable.master import Found, run
from mufakat.engines.timetable.problem import Placement
from mufakat.engines.timetable.rules import team_blockers
from mufakat.engines.timetable.spots import Spots


def solve_whole(spots: Spots, *, seed: int, limit: float) -> Found:
    """The best timetable of the whole model."""
    whole = _Whole(spots)
    if not whole.build():
        return Found("INFEASIBLE", None, None, None, 0.0)
    solver, status = run(whole.model, seed=seed, limit=limit)
    used = float(solver.response_proto.deterministic_time)
    if status not in ("OPTIMAL", "FEASIBLE"):
        return Found(status, None, None, None, used)
    bound = -(-round(solver.best_objective_bound * 1000) // 1000)
    return Found(status, whole.placements(solver), round(solver.objective_value), bound, used)


class _Whole:
    def __init__(self, spots: Spots) -> None:
        from ortools.sat.python import cp_model

        self.spots, self.problem = spots, spots.problem
        self.model = cp_model.CpModel()
        self.x: dict[tuple[int, int], Any] = {}
        self.cost: list[Any] = []

    def build(self) -> bool:
        """Fill the model; False when some forum has nowhere to go."""
        for index, spot in enumerate(self.spots.spots):
            for team in range(len(self.problem.teams)):
                if not team_blockers(self.problem, team, spot.forum, spot.day, spot.session):
                    self.x[index, team] = self.model.new_bool_var("")
        if not self._cover():
            return False
        self._rows()
        self._teams_once()
        self._travel()
        self.model.minimize(sum(self.cost) + self._own_cost() + self._spread())
        return True

    def _cover(self) -> bool:
        choices: dict[int, list[Any]] = defaultdict(list)
        for (index, _), chosen in self.x.items():
            choices[self.spots.spots[index].forum].append(chosen)
        for forum in sorted(choices):
            self.model.add_exactly_one(choices[forum])
        return len(choices) == len(self.problem.forums)

    def _rows(self) -> None:
        of_spot: dict[int, list[Any]] = defaultdict(list)
        for (index, _), chosen in self.x.items():
            of_spot[index].append(chosen)
        for row in self.spots.rows:
            terms = [coefficient * v for index, coefficient in row.terms for v in of_spot[index]]
            if terms:
                self.model.add(sum(terms) <= row.bound)

    def _teams_once(self) -> None:
        busy: dict[tuple[int, int, int], list[Any]] = defaultdict(list)
        for (index, team), chosen in self.x.items():
            spot = self.spots.spots[index]
            for session in self.problem.occupied(spot.forum, spot.session):
                busy[team, spot.day, session].append(chosen)
        for chosen in busy.values():
            self.model.add_at_most_one(chosen)

    def _travel(self) -> None:
        """A pair counts when nothing of the team lies in the sessions between."""
        at: dict[tuple[int, int, int], dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for (index, team), chosen in self.x.items():
            spot = self.spots.spots[index]
            if not self.problem.forums[spot.forum].whole_day:
                at[team, spot.day, spot.session][spot.forum].append(chosen)
        for (team, day, s), firsts in sorted(at.items()):
            for later in range(s + 1, len(self.problem.sessions)):
                between = [v for k in range(s + 1, later) for vs in at.get((team, day, k), {}).values() for v in vs]
                for f, ours in firsts.items():
                    for g, theirs in at.get((team, day, later), {}).items():
                        if f != g:
                            self._couple(f, g, ours, theirs, between)

    def _couple(self, f: int, g: int, ours: list[Any], theirs: list[Any], between: list[Any]) -> None:
        minutes = self.problem.weights["travel"] * self.problem.minutes(f, g)
        allowed = self.problem.may_follow(f, g)
        if allowed and not minutes:
            return
        total = sum(ours) + sum(theirs) - sum(between)
        if not allowed:
            self.model.add(total <= 1)
            return
        both = self.model.new_bool_var("")
        self.model.add(total <= 1 + both)
        self.cost.append(minutes * both)

    def _own_cost(self) -> Any:
        terms: list[Any] = []
        classes = {t: c for c in self.spots.classes for t in c.teams}
        for (index, team), chosen in self.x.items():
            spot, cost = self.spots.spots[index], classes[team].cost
            if full := spot.cost + (cost[index] if cost else 0):
                terms.append(full * chosen)
        return sum(terms)

    def _spread(self) -> Any:
        count = len(self.problem.forums)
        most, fewest = self.model.new_int_var(0, count, ""), self.model.new_int_var(0, count, "")
        for team in range(len(self.problem.teams)):
            load = sum(v for (_, t), v in self.x.items() if t == team)
            self.model.add(load <= most)
            self.model.add(load >= fewest)
        self.model.add(most - fewest >= least_range(self.problem))
        return self.problem.weights["load_range"] * (most - fewest)

    def placements(self, solver: Any) -> tuple[Placement, ...]:
        """The chosen spots, by forum."""
        chosen = [(self.spots.spots[i], t) for (i, t), v in self.x.items() if solver.value(v)]
        return tuple(
            sorted((Placement(s.forum, s.day, s.session, t, s.hall) for s, t in chosen), key=lambda p: p.forum)
        )
