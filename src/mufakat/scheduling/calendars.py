"""iCalendar files for every forum, team and person: stable UIDs, Asia/Jakarta, Indonesian text (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mufakat.scheduling.problem_layout import EXAMPLE
from mufakat.scheduling.views import Meeting, Timetable, attended_by, span_of

if TYPE_CHECKING:
    from icalendar import Event

ZONE = ZoneInfo("Asia/Jakarta")


def calendars_of(timetable: Timetable, *, at: datetime, is_example: bool = False) -> Mapping[str, bytes]:
    """File name → bytes. A meeting has the same UID in every file and in every later timetable of the same title.

    `at` (local time) is the only moment in them. Meetings without hours last the whole day.
    """
    meetings = timetable.meetings
    wanted: dict[str, tuple[str, tuple[Meeting, ...]]] = {"semua-forum.ics": (timetable.title, meetings)}
    for m in sorted(meetings, key=lambda meeting: meeting.forum_id):
        wanted[_name("forum", m.forum_id, wanted)] = (f"Musrenbang Kecamatan {m.name}", (m,))
    for team in timetable.problem.teams:
        own = tuple(m for m in meetings if m.team_id == team.id)
        wanted[_name("tim", team.id, wanted)] = (f"Jadwal {team.name}", own)
    for person in timetable.problem.people:
        wanted[_name("orang", person.id, wanted)] = (f"Jadwal {person.name}", attended_by(meetings, person.id))
    return {name: _file(label, own, timetable.title, at, is_example) for name, (label, own) in wanted.items()}


def _name(kind: str, key: str, taken: Mapping[str, object]) -> str:
    """A file name safe on every system: other characters become a dash, a clash gets part of a digest."""
    stem = f"{kind}-{re.sub(r'[^A-Za-z0-9.-]+', '-', key).strip('-.') or 'tanpa-nama'}"[:80]
    clashes = f"{stem}.ics".casefold() in {name.casefold() for name in taken}
    return f"{stem}-{sha256(key.encode()).hexdigest()[:8]}.ics" if clashes else f"{stem}.ics"


def _file(label: str, meetings: Iterable[Meeting], title: str, at: datetime, is_example: bool) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Mufakat//Jadwal Musrenbang//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", label)
    calendar.add("x-wr-timezone", str(ZONE))
    for meeting in meetings:
        calendar.add_component(_event(meeting, title, at, is_example))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(m: Meeting, title: str, at: datetime, is_example: bool) -> Event:
    from icalendar import Event as NewEvent

    event = NewEvent()
    mark = f"{EXAMPLE}: " if is_example else ""
    event.add("uid", f"{sha256(f'{title}|{m.forum_id}'.encode()).hexdigest()[:32]}@musrenbang.mufakat")
    event.add("dtstamp", at.replace(tzinfo=ZONE).astimezone(ZoneInfo("UTC")))
    event.add("summary", f"{mark}Musrenbang Kecamatan {m.name}")
    span = span_of(m)
    event.add("dtstart", m.day if span is None else span[0].replace(tzinfo=ZONE))
    event.add("dtend", m.day + timedelta(days=1) if span is None else span[1].replace(tzinfo=ZONE))
    if m.place:
        event.add("location", m.place)
    event.add("description", description(m, title))
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def description(m: Meeting, title: str) -> str:
    """What the calendar says below the name."""
    lines = [title, f"Sesi: {m.session}", f"Tim Pemandu: {m.team}"]
    if m.district:
        lines.append(f"Dapil: {m.district}")
    if m.officials:
        lines.append("Pejabat pendamping/perangkat daerah: " + ", ".join(m.officials))
    if m.council:
        lines.append("Anggota DPRD: " + ", ".join(m.council))
    return "\n".join(lines)
