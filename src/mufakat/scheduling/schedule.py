"""A timetable as officers read it: one line per forum, frozen, for every kind of paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mufakat.core.dates import full_date
from mufakat.engines.timetable import Placement, Problem, placements_of


@dataclass(frozen=True, slots=True)
class Person:
    """Who must attend: code, name, role."""

    id: str
    name: str
    role: str

    @property
    def sits_in_council(self) -> bool:
        """A member of the DPRD has a column of their own."""
        return "dprd" in f"{self.role} {self.name}".casefold()


@dataclass(frozen=True, slots=True)
class Line:
    """One forum of the timetable. `hours` are as printed, "08.00–12.00"; `late` is past the legal window (rule 5)."""

    id: str
    name: str
    district: str
    day: date
    session: str
    session_index: int
    whole_day: bool
    hours: str
    place: str
    team_id: str
    team: str
    agencies: tuple[str, ...]
    people: tuple[Person, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """The timetable of a regency with its proof. `lines` follow day, session, name."""

    title: str
    status: str
    objective: int | None
    bound: int | None
    measures: tuple[tuple[str, int], ...]
    days: tuple[date, ...]
    sessions: tuple[str, ...]
    teams: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    conflict: tuple[str, ...]
    ground: str
    relaxations: tuple[str, ...]
    at: datetime
    is_example: bool


def schedule_of(
    *, data: Mapping[str, Any], problem: Problem, answer: Mapping[str, Any], at: datetime, is_example: bool
) -> Schedule:
    """The timetable of an answer; `data` is the problem's JSON object, which also holds what is only printed."""
    placed = placements_of(problem, answer) if answer["assignments"] else ()
    lines = [_line(data, problem, p) for p in placed]
    conflict = answer.get("conflict", {})
    return Schedule(
        title=str(data.get("title") or "Kabupaten"),
        status=str(answer["status"]),
        objective=answer["objective"],
        bound=answer["bound"],
        measures=tuple(answer["measures"].items()),
        days=problem.days,
        sessions=problem.sessions,
        teams=tuple((team.id, team.name) for team in problem.teams),
        lines=tuple(sorted(lines, key=lambda line: (line.day, line.session_index, line.name))),
        conflict=tuple(rule["sentence"] for rule in conflict.get("rules", ())),
        ground=str(conflict.get("ground", "")),
        relaxations=tuple(way["sentence"] for way in answer.get("relaxations", ())),
        at=at,
        is_example=is_example,
    )


def _line(data: Mapping[str, Any], problem: Problem, p: Placement) -> Line:
    forum, team, day = problem.forums[p.forum], problem.teams[p.team], problem.days[p.day]
    people = tuple(Person(q.id, q.name, q.role) for q in problem.people if p.forum in q.forums)
    hall = problem.halls[p.hall].name if p.hall is not None else ""
    agencies = tuple(problem.agencies[a].name if a in problem.agencies else a for a in forum.agencies)
    return Line(
        id=forum.id, name=forum.name, district=forum.district or "", day=day, session=problem.sessions[p.session],
        session_index=p.session, whole_day=forum.whole_day, hours=_hours(problem, p), team_id=team.id, team=team.name,
        place=hall or str(data["forums"][p.forum].get("place") or ""), agencies=agencies, people=people,
        late=problem.legal_until is not None and day > problem.legal_until,
    )  # fmt: skip


def _hours(problem: Problem, p: Placement) -> str:
    """Printed hours of a forum; those of Ramadan on its days; from first to last for a whole day."""
    closed = problem.closed.get(p.day)
    fasting = closed is not None and closed.kind == "ramadan"
    hours = problem.ramadan_hours if fasting and problem.ramadan_hours else problem.session_hours
    if not hours:
        return ""
    first, last = hours[p.session], hours[-1 if problem.forums[p.forum].whole_day else p.session]
    return first if first == last else f"{first.partition('–')[0]}–{last.rpartition('–')[2]}"


def when(line: Line) -> str:
    """The session in words: "pagi", "sehari penuh"."""
    return "sehari penuh" if line.whole_day else line.session


def proof(schedule: Schedule) -> str:
    """What is known about the timetable's quality, in one sentence."""
    if schedule.status == "optimal":
        return f"Terbukti terbaik: tidak ada jadwal lain yang nilainya di bawah {schedule.objective}."
    if schedule.status == "feasible":
        return (
            f"Nilai {schedule.objective}; belum terbukti terbaik, batas bawahnya {schedule.bound}. "
            "Jalankan lagi dengan --limit lebih besar bila perlu."
        )
    if schedule.status == "infeasible":
        return "Tidak ada jadwal yang memenuhi semua ketentuan."
    return "Batas waktu habis sebelum ditemukan jadwal."


def late_days(schedule: Schedule) -> str:
    """The warning of rule 5, empty when nothing is late."""
    late = [line for line in schedule.lines if line.late]
    if not late:
        return ""
    names = ", ".join(f"{line.name} ({full_date(line.day)})" for line in late)
    return f"Di luar jendela waktu, dicatat sebagai peringatan: {names}."


WORDS = {
    "preference": "Keberatan hari",
    "load_range": "Selisih beban tim",
    "travel": "Menit perjalanan tim",
    "legal_window": "Forum di luar jendela waktu",
    "change_day": "Hari berubah",
    "change_session": "Sesi berubah",
    "change_team": "Tim berubah",
    "change_forum": "Forum berubah",
}
