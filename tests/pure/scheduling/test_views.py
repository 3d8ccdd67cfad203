"""Rows of the timetable: hours, Ramadan, the legal window, travel of a team; calendars without hours."""

from datetime import date, datetime

from icalendar import Calendar

from mufakat.engines.timetable import read_problem
from mufakat.scheduling.calendars import calendars_of
from mufakat.scheduling.views import timetable_of

DATA = {
    "title": "Musrenbang 2025 untuk RKPD 2026",
    "days": ["2025-02-28", "2025-03-03"],
    "sessions": ["pagi", "siang"],
    "session_hours": ["08.00-12.00", "13.00-16.00"],
    "forums": [
        {
            "id": "a b",
            "name": "Alas",
            "travel_index": 0,
            "place": "Balai",
            "officials": "Camat Alas",
            "agencies": ["pu"],
        },
        {"id": "a/b", "name": "Barat", "travel_index": 1, "district": "2"},
        {"id": "c", "name": "Cermin", "travel_index": 0, "whole_day": True},
    ],
    "teams": [{"id": "T1", "name": "Tim Satu"}],
    "agencies": [{"id": "pu", "name": "Dinas PU", "capacity": 1}],
    "people": [
        {"id": "x", "name": "Bupati", "role": "Kepala daerah", "forums": ["a b"]},
        {"id": "y", "name": "Wakil rakyat", "role": "Anggota DPRD", "forums": ["a b", "a/b"]},
    ],
    "travel_minutes": [[0, 35], [40, 0]],
    "legal_window": {"until": "2025-02-28"},
    "calendar": {
        "ramadan": {"from": "2025-03-01", "to": "2025-03-30", "session_hours": ["08.00-11.30", "12.30-14.00"]}
    },
}
ANSWER = {
    "status": "optimal", "objective": 0, "bound": 0, "terms": {}, "measures": {},
    "assignments": [
        {"forum": "a b", "day": "2025-02-28", "session": "pagi", "team": "T1"},
        {"forum": "a/b", "day": "2025-02-28", "session": "siang", "team": "T1"},
        {"forum": "c", "day": "2025-03-03", "session": "pagi", "team": "T1"},
    ],
}  # fmt: skip
AT = datetime(2025, 1, 20, 8)


def _timetable(data=DATA):
    return timetable_of(data=data, problem=read_problem(data), answer=ANSWER)


def test_a_row_holds_every_column_of_the_list():
    rows = _timetable().meetings

    assert [(m.number, m.name, m.day, m.hours, m.session, m.place, m.officials, m.council) for m in rows] == [
        (1, "Alas", date(2025, 2, 28), "08.00-12.00", "pagi", "Balai", ("Bupati", "Camat Alas", "Dinas PU"), ("Wakil rakyat",)),
        (2, "Barat", date(2025, 2, 28), "13.00-16.00", "siang", "", (), ("Wakil rakyat",)),
        (3, "Cermin", date(2025, 3, 3), "08.00-14.00", "sehari penuh", "", (), ()),
    ]  # fmt: skip


def test_loads_count_days_and_minutes_on_the_road():
    load = _timetable().loads[0]

    assert (load.forums, load.days, load.minutes) == (("Alas", "Barat", "Cermin"), 2, 35)


def test_a_date_after_the_window_is_accepted_and_listed():
    assert [m.name for m in _timetable().late] == ["Cermin"]


def test_names_that_clash_on_disk_stay_apart_and_uids_stay():
    files = calendars_of(_timetable(), at=AT)
    again = calendars_of(_timetable(), at=datetime(2025, 1, 21, 9))

    def uids(content):
        return [str(event["uid"]) for event in Calendar.from_ical(content).walk("VEVENT")]

    assert sorted(files) == [
        "forum-a-b-c14cddc0.ics", "forum-a-b.ics", "forum-c.ics", "orang-x.ics", "orang-y.ics", "semua-forum.ics",
        "tim-T1.ics",
    ]  # fmt: skip
    assert {name: uids(content) for name, content in files.items()} == {name: uids(c) for name, c in again.items()}
    assert len(set(uids(files["semua-forum.ics"]))) == 3
    assert uids(files["orang-y.ics"]) == uids(files["semua-forum.ics"])[:2]


def test_a_meeting_without_hours_lasts_the_whole_day():
    data = {key: value for key, value in DATA.items() if key not in ("session_hours", "calendar")}

    event = Calendar.from_ical(calendars_of(_timetable(data), at=AT)["forum-c.ics"]).walk("VEVENT")[0]

    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2025, 3, 3), date(2025, 3, 4))
