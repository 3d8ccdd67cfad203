"""A timetable as rows an officer reads: the printed list, the calendar grid, the teams' loads, each person's days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from mufakat.engines.timetable.answer import placements_of
from mufakat.engines.timetable.problem import Placement, Problem

DASH = "–"
_HOURS = re.compile(r"(\d{1,2})[.:](\d{2})\D+(\d{1,2})[.:](\d{2})")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One forum in the timetable, in words: a row of the Jadwal se-kabupaten (domain 3.3)."""

    number: int
    forum_id: str
    name: str
    district: str
    day: date
    session: str
    hours: str
    """ "08.00-12.00", or "" when the problem gives no hours."""
    whole_day: bool
    place: str
    team_id: str
    team: str
    members: tuple[str, ...]
    officials: tuple[str, ...]
    council: tuple[str, ...]
    attendees: tuple[str, ...]
    """Ids of the people who must attend."""
    minutes_from_previous: int | None
    """Travel of the team from its earlier forum that day, None when it is the first."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one team does."""

    team_id: str
    team: str
    forums: tuple[str, ...]
    days: int
    minutes: int
    absences: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Everything the papers print. `title` names the forums' year and the plan year as the problem does."""

    title: str
    problem: Problem
    answer: Mapping[str, Any]
    meetings: tuple[Meeting, ...]
    loads: tuple[Load, ...]
    note: str = ""

    @property
    def late(self) -> tuple[Meeting, ...]:
        """Forums after the legal window: accepted, with a warning (rule 5)."""
        until = self.problem.legal_until
        return tuple(m for m in self.meetings if until is not None and m.day > until)


def timetable_of(*, data: Mapping[str, Any], problem: Problem, answer: Mapping[str, Any]) -> Timetable:
    """The views of an answer to a problem; `data` is the problem's JSON, for what the engine passes over."""
    placements = placements_of(problem, answer) if answer["assignments"] else ()
    extra = {str(f.get("id")): f for f in data["forums"]}
    ordered = sorted(placements, key=lambda p: (problem.days[p.day], p.session, problem.forums[p.forum].id))
    meetings = tuple(
        _meeting(number, placement, problem, extra[problem.forums[placement.forum].id], placements)
        for number, placement in enumerate(ordered, start=1)
    )
    title = str(data.get("title") or "Musrenbang Kecamatan")
    return Timetable(title, problem, answer, meetings, _loads(problem, meetings), str(data.get("note") or ""))


def _meeting(
    number: int, p: Placement, problem: Problem, extra: Mapping[str, Any], placements: Sequence[Placement]
) -> Meeting:
    forum, team = problem.forums[p.forum], problem.teams[p.team]
    people = [person for person in problem.people if p.forum in person.forums]
    council = [person.name for person in people if "DPRD" in person.role]
    guests = [person.name for person in people if "DPRD" not in person.role]
    agencies = [problem.agencies[key].name if key in problem.agencies else key for key in forum.agencies]
    hall = problem.halls[p.hall].name if p.hall is not None and p.hall in problem.halls else ""
    return Meeting(
        number=number, forum_id=forum.id, name=forum.name, district=forum.district or "", day=problem.days[p.day],
        session="sehari penuh" if forum.whole_day else problem.sessions[p.session], hours=_hours(problem, p),
        whole_day=forum.whole_day, place=hall or str(extra.get("place") or ""), team_id=team.id, team=team.name,
        members=team.members,
        officials=(*guests, *_texts(extra.get("officials")), *agencies),
        council=(*council, *_texts(extra.get("council"))), attendees=tuple(person.id for person in people),
        minutes_from_previous=_minutes(problem, p, placements),
    )  # fmt: skip


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(str(item) for item in value)
    return (str(value),) if value else ()


def _hours(problem: Problem, p: Placement) -> str:
    """Of the sessions the forum takes: from the start of the first to the end of the last."""
    closed = problem.closed.get(p.day)
    fasting = closed is not None and closed.kind == "ramadan" and problem.ramadan_hours
    hours = problem.ramadan_hours if fasting else problem.session_hours
    if not hours:
        return ""
    taken = [hours[s] for s in problem.occupied(p.forum, p.session)]
    first, last = _HOURS.search(taken[0]), _HOURS.search(taken[-1])
    if first is None or last is None:
        return ", ".join(dict.fromkeys(taken))
    return f"{int(first[1]):02}.{first[2]}-{int(last[3]):02}.{last[4]}"


def _minutes(problem: Problem, p: Placement, placements: Sequence[Placement]) -> int | None:
    earlier = [q for q in placements if (q.team, q.day) == (p.team, p.day) and q.session < p.session]
    last = max(earlier, key=lambda q: q.session, default=None)
    return None if last is None else problem.minutes(last.forum, p.forum)


def _loads(problem: Problem, meetings: Sequence[Meeting]) -> tuple[Load, ...]:
    loads = []
    for team in problem.teams:
        own = [m for m in meetings if m.team_id == team.id]
        absences = tuple(sorted(problem.days[i] for i in team.unavailable_days))
        minutes = sum(m.minutes_from_previous or 0 for m in own)
        names = tuple(m.name for m in own)
        loads.append(Load(team.id, team.name, names, len({m.day for m in own}), minutes, absences))
    return tuple(loads)


def span_of(meeting: Meeting) -> tuple[datetime, datetime] | None:
    """Start and end in local time (without a zone), or None when no hours are given."""
    found = _HOURS.search(meeting.hours)
    if found is None:
        return None
    first, last = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    return datetime.combine(meeting.day, first), datetime.combine(meeting.day, last)


def attended_by(meetings: Iterable[Meeting], person: str) -> tuple[Meeting, ...]:
    """The meetings a person must attend."""
    return tuple(m for m in meetings if person in m.attendees)
