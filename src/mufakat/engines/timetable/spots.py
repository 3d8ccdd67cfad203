"""From rules to arithmetic: every allowed spot of every forum, the rows that couple them, the classes of teams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mufakat.engines.timetable.problem import Problem
from mufakat.engines.timetable.rules import blockers, team_blockers


@dataclass(frozen=True, slots=True)
class Spot:
    """A forum's day, starting session and hall, and what that costs whoever leads it."""

    forum: int
    day: int
    session: int
    hall: str | None
    cost: int


@dataclass(frozen=True, slots=True)
class Row:
    """Σ coefficient × spot ≤ bound."""

    terms: tuple[tuple[int, int], ...]
    bound: int


@dataclass(frozen=True, slots=True)
class TeamClass:
    """Teams that differ in nothing but their absences: the spots they may not serve, their cost per spot."""

    teams: tuple[int, ...]
    banned: frozenset[int]
    cost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spots:
    """The arithmetic of one problem."""

    problem: Problem
    spots: tuple[Spot, ...]
    rows: tuple[Row, ...]
    classes: tuple[TeamClass, ...]

    def on_duty(self, klass: int, day: int) -> tuple[int, ...]:
        """Teams of a class that are present on a day."""
        teams = self.problem.teams
        return tuple(t for t in self.classes[klass].teams if day not in teams[t].unavailable_days)


def spots_of(problem: Problem) -> Spots:
    """Lay the problem out. A forum without any spot shows here first: no spot has its index."""
    spots = tuple(_spots(problem))
    return Spots(problem, spots, tuple(_rows(problem, spots)), _classes(problem, spots))


def _spots(problem: Problem) -> Iterable[Spot]:
    for f, forum in enumerate(problem.forums):
        for day in range(len(problem.days)):
            for session in range(len(problem.sessions)):
                for hall in forum.halls or (None,):
                    if not blockers(problem, f, day, session, hall):
                        yield Spot(f, day, session, hall, spot_cost(problem, f, day, session))


def spot_cost(problem: Problem, forum: int, day: int, session: int) -> int:
    """Weighted preference, legal window (rule 5: a preference, never a block) and distance from what was published."""
    w, old = problem.weights, problem.published.get(forum)
    late = problem.legal_until is not None and problem.days[day] > problem.legal_until
    cost = w["preference"] * problem.preference(forum, day) + w["legal_window"] * late
    if old is not None:
        cost += w["change_day"] * (old.day != day) + w["change_session"] * (old.session != session)
        cost += w["change_forum"] * ((old.day, old.session) != (day, session))
    return cost


def _rows(problem: Problem, spots: tuple[Spot, ...]) -> Iterable[Row]:
    groups: dict[tuple[str, object, int, int], list[tuple[int, int]]] = {}
    bounds: dict[tuple[str, object, int, int], int] = {}
    for index, spot in enumerate(spots):
        for kind, name, bound in _users(problem, spot):
            for session in problem.occupied(spot.forum, spot.session):
                key = (kind, name, spot.day, session)
                groups.setdefault(key, []).append((index, 1))
                bounds[key] = bound
    for key, terms in groups.items():
        if len({spots[i].forum for i, _ in terms}) > bounds[key]:
            yield Row(tuple(terms), bounds[key])
    yield from _person_travel(problem, spots)
    yield from _day_couples(problem, spots)


def _users(problem: Problem, spot: Spot) -> Iterable[tuple[str, object, int]]:
    """What a forum takes from a session, and how often that may be taken: dapil, agencies, hall, people."""
    forum = problem.forums[spot.forum]
    if forum.district is not None:
        yield "district", forum.district, 1
    for name in forum.agencies:
        if name in problem.agencies:
            yield "agency", name, problem.agencies[name].capacity
    if spot.hall is not None:
        yield "hall", spot.hall, problem.halls[spot.hall].simultaneous
    for index, person in enumerate(problem.people):
        if person.apart and spot.forum in person.forums:
            yield "person", index, 1


def _person_travel(problem: Problem, spots: tuple[Spot, ...]) -> Iterable[Row]:
    """A person too cannot travel longer than the limit between two neighbouring sessions of a day."""
    at: dict[tuple[int, int, int], list[int]] = {}
    for index, spot in enumerate(spots):
        at.setdefault((spot.forum, spot.day, spot.session), []).append(index)
    pairs = {
        (f, g) for p in problem.people if p.apart for f in p.forums for g in p.forums
        if f != g and not problem.may_follow(f, g) and not problem.forums[f].whole_day
    }  # fmt: skip
    for f, g in sorted(pairs):
        for day in range(len(problem.days)):
            for session in range(len(problem.sessions) - 1):
                first, second = at.get((f, day, session)), at.get((g, day, session + 1))
                if first and second:
                    yield Row(tuple((i, 1) for i in first + second), 1)


def _day_couples(problem: Problem, spots: tuple[Spot, ...]) -> Iterable[Row]:
    on: dict[tuple[int, int], list[int]] = {}
    for index, spot in enumerate(spots):
        on.setdefault((spot.forum, spot.day), []).append(index)
    for day in range(len(problem.days)):
        for f, g in problem.different_day:
            yield Row(tuple((i, 1) for i in on.get((f, day), []) + on.get((g, day), [])), 1)
        for f, g in problem.same_day:
            ours, theirs = on.get((f, day), []), on.get((g, day), [])
            yield Row((*((i, 1) for i in ours), *((i, -1) for i in theirs)), 0)
            yield Row((*((i, -1) for i in ours), *((i, 1) for i in theirs)), 0)


def _classes(problem: Problem, spots: tuple[Spot, ...]) -> tuple[TeamClass, ...]:
    groups: dict[tuple[frozenset[int], tuple[int, ...]], list[int]] = {}
    for t in range(len(problem.teams)):
        groups.setdefault((_banned(problem, spots, t), _team_cost(problem, spots, t)), []).append(t)
    return tuple(TeamClass(tuple(teams), *key) for key, teams in groups.items())


def _banned(problem: Problem, spots: tuple[Spot, ...], team: int) -> frozenset[int]:
    """Spots a team may never serve; its absences are counted apart."""
    pinned = any(pin.team is not None for pin in (*problem.fixed, *problem.forbidden))
    if not (pinned or problem.teams[team].home or any(f.skills for f in problem.forums)):
        return frozenset()
    return frozenset(
        i for i, s in enumerate(spots)
        if any(r.kind != "team_absent" for r in team_blockers(problem, team, s.forum, s.day, s.session))
    )  # fmt: skip


def _team_cost(problem: Problem, spots: tuple[Spot, ...], team: int) -> tuple[int, ...]:
    """What another team than published costs; a forum that moves anyway is not counted as changed twice."""
    if not problem.published:
        return ()
    own, whole = problem.weights["change_team"], problem.weights["change_forum"]
    costs = []
    for spot in spots:
        old = problem.published.get(spot.forum)
        differs = old is not None and old.team != team
        stays = old is not None and (old.day, old.session) == (spot.day, spot.session)
        costs.append(own * differs + whole * (differs and stays))
    return tuple(costs)
