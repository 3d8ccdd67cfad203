"""The line of the year: where today stands, day by day."""

from dataclasses import replace
from datetime import date

import pytest

from mufakat.portal.year import Dates, Stop, line

DATES = Dates(
    plan_year=2028,
    opens=date(2027, 1, 4),
    closes=date(2027, 1, 22),
    returned_until=date(2027, 1, 28),
    first_forum=date(2027, 2, 3),
    last_forum=date(2027, 2, 10),
    regency=date(2027, 3, 18),
)


def here(day, dates=DATES):
    """The stage that is here with today's place in it; nothing before the window opens."""
    return next(((s.stop, s.at) for s in line(dates=dates, today=day) if s.is_here), None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 1, 3), None),
        (date(2027, 1, 4), (Stop.PROPOSALS, 10)),
        (date(2027, 1, 13), (Stop.PROPOSALS, 50)),
        (date(2027, 1, 22), (Stop.PROPOSALS, 90)),
        (date(2027, 1, 23), (Stop.VERIFICATION, 10)),
        (date(2027, 2, 2), (Stop.VERIFICATION, 90)),
        (date(2027, 2, 3), (Stop.FORUM, 50)),
        (date(2027, 2, 10), (Stop.FORUM, 50)),
        (date(2027, 2, 11), (Stop.FORUM, 90)),
        (date(2028, 1, 1), (Stop.APBD, 90)),
    ],
)
def test_today_stands_where_the_dates_put_it(day, expected):
    assert here(day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 2, 3), (Stop.AGENCIES, 10)),
        (date(2027, 2, 28), (Stop.AGENCIES, 50)),
        (date(2027, 3, 18), (Stop.REGENCY, 50)),
        (date(2027, 3, 19), (Stop.RKPD, 40)),
    ],
)
def test_once_the_minutes_are_locked_the_year_goes_on(day, expected):
    assert here(day, replace(DATES, is_locked=True)) == expected


def test_what_is_before_today_is_done_and_the_dates_are_those_set():
    made = line(dates=DATES, today=date(2027, 2, 3))

    assert [(s.stop, s.first, s.last, s.is_done) for s in made] == [
        (Stop.PROPOSALS, date(2027, 1, 4), date(2027, 1, 22), True),
        (Stop.VERIFICATION, None, date(2027, 1, 28), True),
        (Stop.FORUM, date(2027, 2, 3), date(2027, 2, 10), False),
        (Stop.AGENCIES, None, None, False),
        (Stop.REGENCY, date(2027, 3, 18), date(2027, 3, 18), False),
        (Stop.RKPD, None, None, False),
        (Stop.APBD, None, date(2027, 11, 30), False),
    ]


def test_without_dates_nothing_is_made_up():
    bare = replace(DATES, first_forum=None, last_forum=None, regency=None)

    assert here(date(2027, 1, 25), bare) == (Stop.VERIFICATION, 50)
    assert [s.first for s in line(dates=bare, today=date(2027, 1, 25)) if s.stop in (Stop.FORUM, Stop.REGENCY)] == [
        None,
        None,
    ]
