"""JSON becomes a Problem, or every fault is named with its place and the way to mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mufakat.core.faults import Fault
from mufakat.core.fields import Fields
from mufakat.engines.timetable.calendar import closed_days
from mufakat.engines.timetable.faults import ProblemFaulty
from mufakat.engines.timetable.problem import (
    DEFAULT_WEIGHTS,
    Agency,
    Forum,
    Hall,
    Island,
    Person,
    Pin,
    Placement,
    Problem,
    Team,
)

KEYS = [
    "days",
    "sessions",
    "forums",
    "teams",
    "agencies",
    "travel_minutes",
    "max_travel_minutes",
    "weights",
    "halls",
    "people",
    "islands",
    "calendar",
    "fixed",
    "forbidden",
    "same_day",
    "different_day",
    "legal_window",
    "published",
    "session_hours",
    "title",
    "note",
]


def read_problem(data: object) -> Problem:
    """Check and read a problem (see docs/reference/timetable.md). Raises ProblemFaulty with all faults."""
    return read_with_notices(data)[0]


def read_with_notices(data: object) -> tuple[Problem, tuple[Fault, ...]]:
    """The problem, and what was passed over in it. Raises as `read_problem` does."""
    faults: list[Fault] = []
    if not isinstance(data, Mapping):
        raise ProblemFaulty((Fault("(berkas)", "isinya bukan objek JSON.", "Mulai dengan { dan kunci days."),))
    top = Fields(data, "", faults)
    top.only(KEYS)
    problem = _Reading(top).problem()
    if problem is None:
        raise ProblemFaulty(tuple(fault for fault in faults if fault.is_fatal))
    return problem, tuple(faults)


class _Reading:
    """One pass over the file; what comes later may refer to what came before."""

    def __init__(self, top: Fields) -> None:
        self.top = top
        self.days = top.dates("days")
        self.sessions = tuple(top.texts("sessions", required=True))
        self._refuse_repeated("sessions", self.sessions)
        if "sessions" in top.data and not self.sessions:
            top.fault("sessions", "kosong.", 'Isi sekurangnya satu sesi, misalnya ["pagi"].')
        self.travel = self._travel()

    def problem(self) -> Problem | None:
        top, faults = self.top, self.top.faults
        islands = {i.id: i for i in self._all("islands", self._island)}
        halls = {h.id: h for h in self._all("halls", self._hall)}
        agencies = {a.id: a for a in self._all("agencies", self._agency)}
        forums = tuple(self._all("forums", lambda f: self._forum(f, islands, halls), required=True))
        teams = tuple(self._all("teams", self._team, required=True))
        self.forum_index = {f.id: i for i, f in enumerate(forums)}
        self.team_index = {t.id: i for i, t in enumerate(teams)}
        limit = top.integer("max_travel_minutes", None)
        people = tuple(self._all("people", self._person))
        published = self._published()
        rest = self._rest()
        if any(fault.is_fatal for fault in faults):
            return None
        return Problem(
            days=self.days, sessions=self.sessions, forums=forums, teams=teams, agencies=agencies,
            travel=self.travel, max_travel=limit, weights=rest["weights"], halls=halls, people=people,
            islands=islands, closed=rest["closed"][0], fixed=rest["fixed"], forbidden=rest["forbidden"],
            same_day=rest["same_day"], different_day=rest["different_day"], legal_until=rest["legal"],
            published=published, session_hours=rest["hours"], ramadan_hours=rest["closed"][1],
        )  # fmt: skip

    def _rest(self) -> dict[str, Any]:
        return {
            "weights": self._weights(),
            "closed": closed_days(self.top.child("calendar"), self.days, self.sessions),
            "fixed": self._pins("fixed"),
            "forbidden": self._pins("forbidden"),
            "same_day": self._couples("same_day"),
            "different_day": self._couples("different_day"),
            "legal": self._legal(),
            "hours": self._hours(),
        }

    def _all(self, key: str, read: Any, *, required: bool = False) -> list[Any]:
        """Read a list of objects; ids are unique within it."""
        items = [read(fields) for fields in self.top.children(key, required=required)]
        self._refuse_repeated(key, [item.id for item in items])
        return items

    def _refuse_repeated(self, key: str, names: Sequence[str]) -> None:
        for index, name in enumerate(names):
            if name and name in names[:index]:
                self.top.fault(f"{key}[{index}]", f"“{name}” sudah dipakai.", "Beri nama atau kode yang berbeda.")

    def _forum(self, f: Fields, islands: Mapping[str, Island], halls: Mapping[str, Hall]) -> Forum:
        f.only(
            [
                "id",
                "name",
                "district",
                "whole_day",
                "forbidden_days",
                "preference",
                "agencies",
                "travel_index",
                "region",
                "island",
                "earliest",
                "halls",
                "participants",
                "skills",
                "officials",
                "council",
                "place",
                "note",
            ]
        )
        name = f.text("name") or f.text("id")
        wanted = tuple(dict.fromkeys(f.texts("halls")))
        for hall in wanted:
            f.known("halls", hall, halls, "gedung di halls")
        if island := f.text("island"):
            f.known("island", island, islands, "pulau di islands")
        return Forum(
            id=f.text("id", required=True), name=name, district=f.text("district") or None,
            whole_day=f.flag("whole_day"), forbidden_days=f.day_set("forbidden_days", self.days),
            preference=self._preference(f), agencies=tuple(dict.fromkeys(f.texts("agencies"))),
            travel_index=self._place(f), region=f.text("region") or f.text("id"), island=island or None,
            earliest=f.date("earliest"), halls=wanted, participants=f.integer("participants", 0) or 0,
            skills=tuple(f.texts("skills")),
        )  # fmt: skip

    def _preference(self, f: Fields) -> tuple[int, ...]:
        costs = f.integers("preference", least=None)
        if costs and len(costs) != len(self.days):
            what = f"berisi {len(costs)} angka, padahal ada {len(self.days)} hari."
            f.fault("preference", what, "Isi satu angka untuk tiap hari, 0 bila tidak keberatan.")
        return costs

    def _place(self, f: Fields) -> int | None:
        place = f.integer("travel_index", None)
        if not self.travel:
            return place
        if place is None:
            f.fault("travel_index", "tidak ada, padahal travel_minutes diisi.", "Isi nomor barisnya, mulai dari 0.")
        elif place >= len(self.travel):
            what = f"{place} tidak ada di travel_minutes ({len(self.travel)} baris)."
            f.fault("travel_index", what, f"Isi 0 sampai {len(self.travel) - 1}.")
        return place

    def _team(self, f: Fields) -> Team:
        f.only(["id", "name", "unavailable_days", "skills", "home", "members", "note"])
        return Team(
            id=f.text("id", required=True), name=f.text("name") or f.text("id"),
            unavailable_days=f.day_set("unavailable_days", self.days), skills=frozenset(f.texts("skills")),
            home=frozenset(f.texts("home")), members=tuple(f.texts("members")),
        )  # fmt: skip

    def _agency(self, f: Fields) -> Agency:
        f.only(["id", "name", "capacity", "note"])
        capacity = f.integer("capacity", None, required=True)
        return Agency(f.text("id", required=True), f.text("name") or f.text("id"), capacity or 0)

    def _hall(self, f: Fields) -> Hall:
        f.only(["id", "name", "seats", "simultaneous", "unavailable_days", "note"])
        at_once = f.integer("simultaneous", 1)
        return Hall(
            id=f.text("id", required=True), name=f.text("name") or f.text("id"), seats=f.integer("seats", None),
            simultaneous=1 if at_once is None else at_once,
            unavailable_days=f.day_set("unavailable_days", self.days),
        )  # fmt: skip

    def _person(self, f: Fields) -> Person:
        f.only(["id", "name", "role", "forums", "unavailable_days", "note"])
        forums = [
            self.forum_index[name]
            for name in dict.fromkeys(f.texts("forums"))
            if f.known("forums", name, self.forum_index, "forum di forums")
        ]
        return Person(
            id=f.text("id", required=True), name=f.text("name") or f.text("id"), role=f.text("role"),
            forums=tuple(forums), unavailable_days=f.day_set("unavailable_days", self.days),
        )  # fmt: skip

    def _island(self, f: Fields) -> Island:
        f.only(["id", "name", "ferry_days", "note"])
        days = f.day_set("ferry_days", self.days)
        return Island(f.text("id", required=True), f.text("name") or f.text("id"), days)

    def _travel(self) -> tuple[tuple[int, ...], ...]:
        rows = self.top.matrix("travel_minutes")
        for index, row in enumerate(rows):
            if len(row) != len(rows):
                what = f"berisi {len(row)} angka, padahal ada {len(rows)} baris."
                self.top.fault(f"travel_minutes[{index}]", what, "Buat tabel sama sisi: satu angka ke tiap tempat.")
        return rows

    def _weights(self) -> dict[str, int]:
        fields = self.top.child("weights")
        if fields is None:
            return dict(DEFAULT_WEIGHTS)
        fields.only(list(DEFAULT_WEIGHTS))
        return {name: fields.integer(name, default) or 0 for name, default in DEFAULT_WEIGHTS.items()}

    def _pins(self, key: str) -> tuple[Pin, ...]:
        return tuple(pin for f in self.top.children(key) if (pin := self._pin(f)) is not None)

    def _pin(self, f: Fields) -> Pin | None:
        f.only(["forum", "day", "session", "team", "note"])
        forum = self._index(f, "forum", self.forum_index, "forum di forums", required=True)
        team = self._index(f, "team", self.team_index, "tim di teams")
        session = self._index(f, "session", {s: i for i, s in enumerate(self.sessions)}, "sesi di sessions")
        day = f.day("day", self.days) if f.data.get("day") is not None else None
        if (team, session, day) == (None, None, None):
            f.fault("", "tidak menyebut hari, sesi, maupun tim.", "Isi sekurangnya satu dari day, session, team.")
        return None if forum is None else Pin(forum, day, session, team)

    def _index(self, f: Fields, key: str, index: Mapping[str, int], what: str, *, required: bool = False) -> int | None:
        name = f.text(key, required=required)
        return index[name] if name and f.known(key, name, index, what) else None

    def _couples(self, key: str) -> tuple[tuple[int, int], ...]:
        couples: list[tuple[int, int]] = []
        for place, names in self.top.lists(key):
            known = [n for n in names if self.top.known(place, n, self.forum_index, "forum di forums")]
            if len(names) != 2 or len(set(names)) != 2:
                self.top.fault(place, "bukan pasangan dua forum.", "Isi dua kode forum yang berbeda.")
            elif len(known) == 2:
                couples.append((self.forum_index[names[0]], self.forum_index[names[1]]))
        return tuple(couples)

    def _legal(self) -> date | None:
        fields = self.top.child("legal_window")
        if fields is None:
            return None
        fields.only(["until", "note"])
        return fields.date("until", required=True)

    def _hours(self) -> tuple[str, ...]:
        hours = tuple(self.top.texts("session_hours"))
        if hours and len(hours) != len(self.sessions):
            self.top.fault("session_hours", "jumlahnya tidak sama dengan sessions.", "Isi satu jam untuk tiap sesi.")
        return hours

    def _published(self) -> dict[int, Placement]:
        """An earlier timetable, in the engine's own output shape."""
        found: dict[int, Placement] = {}
        fields = self.top.child("published")
        for f in fields.children("assignments", required=True) if fields else ():
            forum = self._index(f, "forum", self.forum_index, "forum di forums", required=True)
            session = self._index(f, "session", {s: i for i, s in enumerate(self.sessions)}, "sesi", required=True)
            team, day = self._index(f, "team", self.team_index, "tim", required=True), f.day("day", self.days)
            if None not in (forum, session, team, day):
                assert forum is not None and session is not None and team is not None and day is not None
                found[forum] = Placement(forum, day, session, team, f.text("hall") or None)
        return found
