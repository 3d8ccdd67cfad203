"""What a timetable costs, term by term, and whether it keeps every rule; written apart from the search."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from mufakat.engines.timetable.problem import Placement, Problem
from mufakat.engines.timetable.rules import Rule, blockers, team_blockers


def terms_of(problem: Problem, placements: Sequence[Placement]) -> dict[str, int]:
    """The unweighted terms: points, forums, minutes. Terms of optional keys appear when their key is used."""
    loads = Counter(p.team for p in placements)
    counts = [loads[t] for t in range(len(problem.teams))]
    terms = {
        "preference": sum(problem.preference(p.forum, p.day) for p in placements),
        "load_range": max(counts, default=0) - min(counts, default=0),
        "travel": sum(problem.minutes(f.forum, g.forum) for f, g in consecutive(placements)),
    }
    if problem.legal_until is not None:
        terms["legal_window"] = sum(problem.days[p.day] > problem.legal_until for p in placements)
    if problem.published:
        terms |= {f"change_{name}": _changed(problem, placements, name) for name in ("day", "session", "team")}
        terms["change_forum"] = sum(_moved(problem, p) for p in placements)
    return terms


def objective_of(problem: Problem, terms: Mapping[str, int]) -> int:
    """Σ weight × term."""
    return sum(problem.weights[name] * value for name, value in terms.items())


def consecutive(placements: Sequence[Placement]) -> Iterable[tuple[Placement, Placement]]:
    """Consecutive forums of one team on one day, in the order of the sessions."""
    days: dict[tuple[int, int], list[Placement]] = defaultdict(list)
    for placement in placements:
        days[placement.team, placement.day].append(placement)
    for _, served in sorted(days.items()):
        yield from pairwise(sorted(served, key=lambda p: p.session))


def _changed(problem: Problem, placements: Sequence[Placement], name: str) -> int:
    old = problem.published
    return sum(p.forum in old and getattr(old[p.forum], name) != getattr(p, name) for p in placements)


def _moved(problem: Problem, p: Placement) -> bool:
    """Whether day, session or team of a published forum differ."""
    old = problem.published.get(p.forum)
    return old is not None and (old.day, old.session, old.team) != (p.day, p.session, p.team)


def broken(problem: Problem, placements: Sequence[Placement]) -> list[tuple[Rule, tuple[int, ...]]]:
    """Every broken rule with the forums concerned; empty for a valid timetable."""
    return [
        *_alone(problem, placements),
        *_together(problem, placements),
        *(
            (Rule("travel"), (f.forum, g.forum))
            for f, g in consecutive(placements)
            if not problem.may_follow(f.forum, g.forum)
        ),
        *_couples(problem, placements),
    ]


def _alone(problem: Problem, placements: Sequence[Placement]) -> Iterable[tuple[Rule, tuple[int, ...]]]:
    times = Counter(p.forum for p in placements)
    yield from ((Rule("once", f.id, i), (i,)) for i, f in enumerate(problem.forums) if times[i] != 1)
    for p in placements:
        found = blockers(problem, p.forum, p.day, p.session, p.hall)
        found += team_blockers(problem, p.team, p.forum, p.day, p.session)
        if p.hall not in (problem.forums[p.forum].halls or (None,)):
            found.append(Rule("hall_choice", problem.forums[p.forum].id, p.forum))
        yield from ((rule, (p.forum,)) for rule in found)


def _together(problem: Problem, placements: Sequence[Placement]) -> Iterable[tuple[Rule, tuple[int, ...]]]:
    users: dict[tuple[Rule, int, int], list[int]] = defaultdict(list)
    room: dict[Rule, int] = {}
    for p in placements:
        for rule, capacity in _taken(problem, p):
            room[rule] = capacity
            for session in problem.occupied(p.forum, p.session):
                users[rule, p.day, session].append(p.forum)
    yield from ((key[0], tuple(forums)) for key, forums in users.items() if len(forums) > room[key[0]])
    yield from _people_travel(problem, placements)


def _taken(problem: Problem, p: Placement) -> Iterable[tuple[Rule, int]]:
    forum = problem.forums[p.forum]
    yield Rule("team", problem.teams[p.team].id, p.team), 1
    if forum.district is not None:
        yield Rule("district", forum.district), 1
    for name in forum.agencies:
        if name in problem.agencies:
            yield Rule("agency", name), problem.agencies[name].capacity
    if p.hall is not None:
        yield Rule("hall", p.hall), problem.halls[p.hall].simultaneous
    for i, person in enumerate(problem.people):
        if person.apart and p.forum in person.forums:
            yield Rule("person", person.id, i), 1


def _people_travel(problem: Problem, placements: Sequence[Placement]) -> Iterable[tuple[Rule, tuple[int, ...]]]:
    for i, person in enumerate(problem.people):
        theirs = [p for p in placements if p.forum in person.forums and person.apart]
        for a in theirs:
            for b in theirs:
                if a.day == b.day and a.session + 1 == b.session and not problem.may_follow(a.forum, b.forum):
                    yield Rule("person", person.id, i), (a.forum, b.forum)


def _couples(problem: Problem, placements: Sequence[Placement]) -> Iterable[tuple[Rule, tuple[int, ...]]]:
    day = {p.forum: p.day for p in placements}
    for kind, couples, same in (
        ("same_day", problem.same_day, True),
        ("different_day", problem.different_day, False),
    ):
        for i, (f, g) in enumerate(couples):
            if f in day and g in day and (day[f] == day[g]) != same:
                yield Rule(kind, index=i), (f, g)
