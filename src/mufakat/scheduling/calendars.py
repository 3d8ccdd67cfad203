"""iCalendar files (RFC 5545) per forum, team and person: what a telephone takes in with one touch."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mufakat.scheduling.schedule import Line, Schedule, when

ZONE = ZoneInfo("Asia/Jakarta")
SPACE = uuid.UUID("5d1f0b52-7a0c-5a51-9d5e-3b1f6a1c7f10")
"""Names our events: the same forum of the same year keeps its identifier when its date changes."""
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")
_UNSAFE = re.compile(r"[^\w.-]+")


def calendar_files(schedule: Schedule) -> dict[str, bytes]:
    """File name → calendar: `semua.ics`, one per forum, team and person; the same bytes for the same timetable."""
    files = {"semua.ics": calendar(schedule, schedule.lines, f"Musrenbang kecamatan {schedule.title}")}
    for line in schedule.lines:
        files[f"forum-{_safe(line.id)}.ics"] = calendar(schedule, [line], f"Musrenbang Kecamatan {line.name}")
    for code, name in schedule.teams:
        theirs = [line for line in schedule.lines if line.team_id == code]
        if theirs:
            files[f"tim-{_safe(code)}.ics"] = calendar(schedule, theirs, f"Tim Pemandu {name}")
    people = {person.id: person.name for line in schedule.lines for person in line.people}
    for code, name in people.items():
        theirs = [line for line in schedule.lines if any(p.id == code for p in line.people)]
        files[f"pejabat-{_safe(code)}.ics"] = calendar(schedule, theirs, name)
    return files


def calendar(schedule: Schedule, lines: Iterable[Line], name: str) -> bytes:
    """One calendar of these forums, in Asia/Jakarta; without hours an event lasts the whole day."""
    from icalendar import Calendar, Timezone

    book = Calendar()
    book.add("prodid", "-//Mufakat//Jadwal musrenbang//ID")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", name)
    book.add("x-wr-timezone", "Asia/Jakarta")
    first, last = min(schedule.days), max(schedule.days)
    book.add_component(Timezone.from_tzid("Asia/Jakarta", first_date=first, last_date=last + timedelta(days=366)))
    for line in lines:
        book.add_component(_event(schedule, line))
    return bytes(book.to_ical())


def _event(schedule: Schedule, line: Line) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uuid.uuid5(SPACE, f'{schedule.title}/{line.day.year}/{line.id}')}")
    event.add("dtstamp", schedule.at.replace(tzinfo=ZONE))
    mark = "CONTOH – " if schedule.is_example else ""
    event.add("summary", f"{mark}Musrenbang Kecamatan {line.name}")
    clock = [time(int(h), int(m)) for h, m in _CLOCK.findall(line.hours)]
    if len(clock) == 2:
        event.add("dtstart", datetime.combine(line.day, clock[0], ZONE))
        event.add("dtend", datetime.combine(line.day, clock[1], ZONE))
    else:
        event.add("dtstart", line.day)
        event.add("dtend", line.day + timedelta(days=1))
    if line.place:
        event.add("location", line.place)
    event.add("description", "\n".join(_about(line)))
    return event


def _about(line: Line) -> list[str]:
    told = [f"Sesi: {when(line)}", f"Tim Pemandu: {line.team}"]
    told += [f"Perangkat daerah: {', '.join(line.agencies)}"] if line.agencies else []
    told += [f"Hadir: {', '.join(p.name for p in line.people)}"] if line.people else []
    return told + ([f"Dapil {line.district}"] if line.district else [])


def _safe(name: str) -> str:
    return _UNSAFE.sub("-", name).strip("-") or "tanpa-kode"
