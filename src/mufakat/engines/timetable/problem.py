"""What a timetable problem is: forums, teams, agencies, halls, people, days and the rules between them.

All positions are indices into `days`, `sessions`, `forums` and `teams`. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

DEFAULT_WEIGHTS: Mapping[str, int] = {
    "preference": 10,
    "load_range": 30,
    "travel": 1,
    "legal_window": 20,
    "change_day": 100,
    "change_session": 40,
    "change_team": 20,
    "change_forum": 0,
}


@dataclass(frozen=True, slots=True)
class Forum:
    """One kecamatan's forum. `preference` costs are per day; `halls` are the halls it may use (empty: its own)."""

    id: str
    name: str
    district: str | None = None
    whole_day: bool = False
    forbidden_days: frozenset[int] = frozenset()
    preference: tuple[int, ...] = ()
    agencies: tuple[str, ...] = ()
    travel_index: int | None = None
    region: str = ""
    island: str | None = None
    earliest: date | None = None
    halls: tuple[str, ...] = ()
    participants: int = 0
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """A Tim Pemandu. `home` are the regions its members come from: it does not facilitate there."""

    id: str
    name: str
    unavailable_days: frozenset[int] = frozenset()
    skills: frozenset[str] = frozenset()
    home: frozenset[str] = frozenset()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """A perangkat daerah that can send people to `capacity` forums in one session."""

    id: str
    name: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall with `seats` (None: not limited) that holds `simultaneous` forums in one session."""

    id: str
    name: str
    seats: int | None = None
    simultaneous: int = 1
    unavailable_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """A named person who must attend the given forums (indices); `apart`: is in one place at a time."""

    id: str
    name: str
    role: str
    forums: tuple[int, ...]
    unavailable_days: frozenset[int] = frozenset()
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Island:
    """An island whose forums take place only on days with a ferry."""

    id: str
    name: str
    ferry_days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Pin:
    """A combination fixed or forbidden; None stands for any."""

    forum: int
    day: int | None = None
    session: int | None = None
    team: int | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """Sessions in which nothing is held on a day, and why (a holiday, Ramadan hours)."""

    sessions: frozenset[int]
    reason: str
    kind: str = "holiday"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a forum stands in a timetable (indices)."""

    forum: int
    day: int
    session: int
    team: int
    hall: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """The whole problem, read and checked. `travel[i][j]` are minutes from place i to place j."""

    days: tuple[date, ...]
    sessions: tuple[str, ...]
    forums: tuple[Forum, ...]
    teams: tuple[Team, ...]
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    travel: tuple[tuple[int, ...], ...] = ()
    max_travel: int | None = None
    weights: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    halls: Mapping[str, Hall] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    islands: Mapping[str, Island] = field(default_factory=dict)
    closed: Mapping[int, Closed] = field(default_factory=dict)
    fixed: tuple[Pin, ...] = ()
    forbidden: tuple[Pin, ...] = ()
    same_day: tuple[tuple[int, int], ...] = ()
    different_day: tuple[tuple[int, int], ...] = ()
    legal_until: date | None = None
    published: Mapping[int, Placement] = field(default_factory=dict)
    session_hours: tuple[str, ...] = ()
    ramadan_hours: tuple[str, ...] = ()

    def occupied(self, forum: int, session: int) -> range:
        """The sessions a forum takes when it starts in `session`: a whole-day forum takes all."""
        return range(len(self.sessions)) if self.forums[forum].whole_day else range(session, session + 1)

    def minutes(self, first: int, second: int) -> int:
        """Travel from the first forum to the second, `travel[first][second]`; 0 without a table."""
        a, b = self.forums[first].travel_index, self.forums[second].travel_index
        return 0 if not self.travel or a is None or b is None else self.travel[a][b]

    def may_follow(self, first: int, second: int) -> bool:
        """Whether one team may serve `first` and then `second` on one day."""
        return self.max_travel is None or self.minutes(first, second) <= self.max_travel

    def preference(self, forum: int, day: int) -> int:
        """The cost of a forum on a day, in preference points."""
        costs = self.forums[forum].preference
        return costs[day] if costs else 0
