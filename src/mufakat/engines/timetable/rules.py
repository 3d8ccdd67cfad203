"""The rules that can be named, dropped and explained one by one.

Three things are never dropped: every forum has one day and one starting session, one team leads it, and a team is in
one place at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import Any

from mufakat.engines.timetable.problem import Pin, Problem


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A rule of one problem: its kind, and the position or id of what it is about."""

    kind: str
    key: str = ""
    index: int = -1


def rules_of(problem: Problem) -> tuple[Rule, ...]:
    """Every rule the problem states, in a fixed order: the firmest first, the most negotiable last."""
    return (
        *_calendar_rules(problem),
        *_team_rules(problem),
        *_shared_rules(problem),
        *_forum_rules(problem),
        *(Rule("different_day", index=i) for i in range(len(problem.different_day))),
        *(Rule("same_day", index=i) for i in range(len(problem.same_day))),
        *(Rule("forbidden", index=i) for i in range(len(problem.forbidden))),
        *(Rule("fixed", index=i) for i in range(len(problem.fixed))),
    )


def _calendar_rules(problem: Problem) -> Iterator[Rule]:
    for day, closed in sorted(problem.closed.items()):
        if closed.sessions:
            yield Rule(closed.kind, index=day)
    for island in problem.islands.values():
        if len(island.ferry_days) < len(problem.days):
            yield Rule("ferry", island.id)


def _team_rules(problem: Problem) -> Iterator[Rule]:
    for t, team in enumerate(problem.teams):
        if team.unavailable_days:
            yield Rule("team_absent", team.id, t)
    if problem.max_travel is not None and problem.travel:
        yield Rule("travel")
    for t, team in enumerate(problem.teams):
        if team.home:
            yield Rule("neutral", team.id, t)


def _shared_rules(problem: Problem) -> Iterator[Rule]:
    for district in dict.fromkeys(f.district for f in problem.forums if f.district is not None):
        yield Rule("district", district)
    wanted = {a for f in problem.forums for a in f.agencies}
    yield from (Rule("agency", a) for a in problem.agencies if a in wanted)
    used = {h for f in problem.forums for h in f.halls}
    for hall in problem.halls.values():
        if hall.id in used:
            yield Rule("hall", hall.id)
            if hall.seats is not None:
                yield Rule("seats", hall.id)
            if hall.unavailable_days:
                yield Rule("hall_closed", hall.id)
    for i, person in enumerate(problem.people):
        if len(person.forums) > 1:
            yield Rule("person", person.id, i)
        if person.unavailable_days and person.forums:
            yield Rule("person_absent", person.id, i)


def _forum_rules(problem: Problem) -> Iterator[Rule]:
    for i, forum in enumerate(problem.forums):
        if forum.skills:
            yield Rule("skills", forum.id, i)
        if forum.earliest is not None and any(day < forum.earliest for day in problem.days):
            yield Rule("earliest", forum.id, i)
        if forum.whole_day and len(problem.sessions) > 1:
            yield Rule("whole_day", forum.id, i)
        if forum.forbidden_days:
            yield Rule("forbidden_days", forum.id, i)


def without(problem: Problem, dropped: Set[Rule]) -> Problem:
    """The same problem, less the dropped rules."""
    if not dropped:
        return problem
    return replace(
        problem,
        closed={d: c for d, c in problem.closed.items() if Rule(c.kind, index=d) not in dropped},
        islands=_islands(problem, dropped),
        teams=tuple(_team(problem, t, dropped) for t in range(len(problem.teams))),
        max_travel=None if Rule("travel") in dropped else problem.max_travel,
        agencies={a: v for a, v in problem.agencies.items() if Rule("agency", a) not in dropped},
        halls=_halls(problem, dropped),
        people=tuple(_person(problem, i, dropped) for i in range(len(problem.people))),
        forums=tuple(_forum(problem, i, dropped) for i in range(len(problem.forums))),
        **_lists(problem, dropped),
    )


def _lists(problem: Problem, dropped: Set[Rule]) -> dict[str, Any]:
    names = ("different_day", "same_day", "forbidden", "fixed")
    return {
        name: tuple(item for i, item in enumerate(getattr(problem, name)) if Rule(name, index=i) not in dropped)
        for name in names
    }


def _islands(problem: Problem, dropped: Set[Rule]) -> dict[str, Any]:
    every = frozenset(range(len(problem.days)))
    return {k: replace(v, ferry_days=every) if Rule("ferry", k) in dropped else v for k, v in problem.islands.items()}


def _team(problem: Problem, t: int, dropped: Set[Rule]) -> Any:
    team = problem.teams[t]
    if Rule("team_absent", team.id, t) in dropped:
        team = replace(team, unavailable_days=frozenset())
    return replace(team, home=frozenset()) if Rule("neutral", team.id, t) in dropped else team


def _halls(problem: Problem, dropped: Set[Rule]) -> dict[str, Any]:
    halls = dict(problem.halls)
    for name in halls:
        if Rule("hall", name) in dropped:
            halls[name] = replace(halls[name], simultaneous=len(problem.forums))
        if Rule("seats", name) in dropped:
            halls[name] = replace(halls[name], seats=None)
        if Rule("hall_closed", name) in dropped:
            halls[name] = replace(halls[name], unavailable_days=frozenset())
    return halls


def _person(problem: Problem, i: int, dropped: Set[Rule]) -> Any:
    """Being in one place is dropped by keeping the person's absences but not the shared presence."""
    person = problem.people[i]
    if Rule("person_absent", person.id, i) in dropped:
        person = replace(person, unavailable_days=frozenset())
    return replace(person, apart=False) if Rule("person", person.id, i) in dropped else person


def _forum(problem: Problem, i: int, dropped: Set[Rule]) -> Any:
    forum = problem.forums[i]
    changes: dict[str, Any] = {}
    if forum.district is not None and Rule("district", forum.district) in dropped:
        changes["district"] = None
    empty: dict[str, Any] = {"skills": (), "earliest": None, "whole_day": False, "forbidden_days": frozenset()}
    changes |= {name: value for name, value in empty.items() if Rule(name, forum.id, i) in dropped}
    return replace(forum, **changes) if changes else forum


def blockers(problem: Problem, forum: int, day: int, session: int, hall: str | None = None) -> list[Rule]:
    """The rules that by themselves keep a forum from starting in this session of this day (in this hall)."""
    f, index = problem.forums[forum], forum
    closed = problem.closed.get(day)
    occupied = problem.occupied(forum, session)
    checks = [
        (Rule(closed.kind, index=day), bool(closed.sessions & set(occupied))) if closed else None,
        (Rule("ferry", f.island), day not in problem.islands[f.island].ferry_days) if f.island else None,
        (Rule("earliest", f.id, index), f.earliest is not None and problem.days[day] < f.earliest),
        (Rule("whole_day", f.id, index), f.whole_day and session > 0),
        (Rule("forbidden_days", f.id, index), day in f.forbidden_days),
    ]
    found = [check[0] for check in checks if check and check[1]]
    found += [
        Rule("person_absent", p.id, i)
        for i, p in enumerate(problem.people)
        if day in p.unavailable_days and forum in p.forums
    ]
    return found + _hall_blockers(problem, forum, day, hall) + _pin_blockers(problem, forum, day, session)


def _hall_blockers(problem: Problem, forum: int, day: int, name: str | None) -> list[Rule]:
    if name is None:
        return []
    hall = problem.halls[name]
    too_small = hall.seats is not None and hall.seats < problem.forums[forum].participants
    found = [Rule("seats", name)] if too_small else []
    return found + ([Rule("hall_closed", name)] if day in hall.unavailable_days else [])


def _pin_blockers(problem: Problem, forum: int, day: int, session: int) -> list[Rule]:
    fixed = [
        Rule("fixed", index=i)
        for i, pin in enumerate(problem.fixed)
        if pin.forum == forum and not _fits(pin, day, session)
    ]
    return fixed + [
        Rule("forbidden", index=i)
        for i, pin in enumerate(problem.forbidden)
        if pin.forum == forum and pin.team is None and _fits(pin, day, session)
    ]


def _fits(pin: Pin, day: int, session: int) -> bool:
    return pin.day in (None, day) and pin.session in (None, session)


def team_blockers(problem: Problem, team: int, forum: int, day: int, session: int) -> list[Rule]:
    """The rules that keep a team from a forum at this time."""
    t, f = problem.teams[team], problem.forums[forum]
    found = [Rule("team_absent", t.id, team)] if day in t.unavailable_days else []
    found += [Rule("neutral", t.id, team)] if f.region in t.home else []
    found += [Rule("skills", f.id, forum)] if not t.skills.issuperset(f.skills) else []
    found += [
        Rule("fixed", index=i)
        for i, pin in enumerate(problem.fixed)
        if pin.forum == forum and pin.team is not None and pin.team != team
    ]
    return found + [
        Rule("forbidden", index=i)
        for i, pin in enumerate(problem.forbidden)
        if pin.forum == forum and pin.team == team and _fits(pin, day, session)
    ]
