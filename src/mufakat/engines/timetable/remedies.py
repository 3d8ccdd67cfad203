"""Ways out of a conflict: each is tried, and told with what it changes and what the timetable then costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from mufakat.core.words import number_in_words
from mufakat.engines.timetable.checking import broken
from mufakat.engines.timetable.problem import Problem, Team
from mufakat.engines.timetable.rules import Rule, without
from mufakat.engines.timetable.search import Solution, solve
from mufakat.engines.timetable.words import concession, listed, long_day

DEEPEST = 3
MOST = 8
MORE = 5


@dataclass(frozen=True, slots=True)
class Remedy:
    """`changes` say one by one what must be granted; `objective` is the cost of the timetable found then."""

    sentence: str
    changes: tuple[str, ...]
    objective: int


def remedies(problem: Problem, conflict: Sequence[Rule], *, seed: int, limit: float) -> tuple[Remedy, ...]:
    """At most MOST ways out: granting one rule of the conflict, up to DEEPEST together, another day, another team.

    Fewest concessions first, then the cheapest timetable. Only ways that were solved are told. Each try gets an equal
    share of `limit`, deterministic time.
    """
    finder = _Finder(problem, seed, limit)
    found = [remedy for remedy in finder.granted(conflict) if remedy is not None]
    found += [remedy for remedy in (finder.longer(), finder.staffed()) if remedy is not None]
    unique = {remedy.changes: remedy for remedy in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda r: (len(r.changes), r.objective, r.sentence)))[:MOST]


class _Finder:
    def __init__(self, problem: Problem, seed: int, limit: float) -> None:
        self.problem, self.seed, self.limit, self.rest = problem, seed, limit, limit

    def granted(self, conflict: Sequence[Rule]) -> Iterator[Remedy | None]:
        """Every rule by itself; where none suffices, the same with the next conflict that then shows."""
        yield from self._granted(frozenset(), tuple(conflict))

    def _granted(self, dropped: frozenset[Rule], conflict: tuple[Rule, ...]) -> Iterator[Remedy | None]:
        from mufakat.engines.timetable.conflict import conflict_of

        failed = []
        for rule in conflict:
            answer = self._tried(without(self.problem, dropped | {rule}))
            if answer is None:
                failed.append(rule)
            else:
                yield self._told(dropped | {rule}, answer)
        if len(dropped) + 1 >= DEEPEST or len(failed) < len(conflict):
            return
        for rule in failed[:2]:
            if self.rest <= 0:
                return
            deeper = without(self.problem, dropped | {rule})
            following = conflict_of(problem=deeper, seed=self.seed, limit=self.rest)
            yield from self._granted(dropped | {rule}, tuple(r for r in following.rules if r.kind != "ground"))

    def longer(self) -> Remedy | None:
        """More weekdays at the end, free of everybody's absences: as few as suffice, at most MORE."""
        problem, names = self.problem, list[str]()
        for _ in range(MORE):
            problem, name = _with_another_day(problem)
            names.append(name)
            answer = self._tried(problem)
            if answer is not None and answer.objective is not None:
                change = f"{listed(names)} ditambahkan sebagai hari forum"
                return Remedy(
                    f"Bila {change}, jadwal ada dengan nilai {answer.objective}.", (change,), answer.objective
                )
        return None

    def staffed(self) -> Remedy | None:
        """More teams, always present and with every skill: as few as suffice, at most MORE."""
        problem = self.problem
        skills = frozenset(skill for forum in problem.forums for skill in forum.skills)
        for count in range(1, MORE + 1):
            extra = tuple(Team(f"+{n}", "tambahan", skills=skills) for n in range(count))
            answer = self._tried(replace(problem, teams=(*problem.teams, *extra)))
            if answer is not None and answer.objective is not None:
                change = f"{number_in_words(count)} Tim Pemandu ditambahkan"
                return Remedy(
                    f"Bila {change}, jadwal ada dengan nilai {answer.objective}.", (change,), answer.objective
                )
        return None

    def _tried(self, problem: Problem) -> Solution | None:
        if self.rest <= 0:
            return None
        answer = solve(problem=problem, seed=self.seed, limit=min(self.rest, self.limit / 4))
        self.rest -= answer.used + 0.002
        return answer if answer.objective is not None else None

    def _told(self, dropped: frozenset[Rule], answer: Solution) -> Remedy | None:
        """What the timetable found breaks of the dropped rules is what must be granted."""
        if answer.objective is None:
            return None
        problem, changes = self.problem, dict[str, None]()
        for rule, forums in broken(problem, answer.placements):
            if rule in dropped and rule.kind != "whole_day":
                changes[concession(problem, rule, [p for p in answer.placements if p.forum in forums])] = None
        for rule in sorted(dropped):
            if rule.kind == "whole_day":
                changes[concession(problem, rule, [p for p in answer.placements if p.forum == rule.index])] = None
        words = "; ".join(changes)
        return Remedy(f"Bila {words}, jadwal ada dengan nilai {answer.objective}.", tuple(changes), answer.objective)


def _with_another_day(problem: Problem) -> tuple[Problem, str]:
    """The problem with the next weekday after its last, and that day in words."""
    day = max(problem.days) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    forums = tuple(replace(f, preference=(*f.preference, 0) if f.preference else ()) for f in problem.forums)
    number = len(problem.days)
    islands = {name: replace(i, ferry_days=i.ferry_days | {number}) for name, i in problem.islands.items()}
    return replace(problem, days=(*problem.days, day), forums=forums, islands=islands), long_day(day)
