"""The year as a line of stages with today on it, from the cycle's and the forums' dates. No database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PLACES = (10, 25, 40, 50, 60, 75, 90)
"""Where within a stage today may stand, in hundredths; the design's classes know these."""


class Stop(StrEnum):
    """A stage of the year."""

    PROPOSALS = "usulan"
    VERIFICATION = "verifikasi"
    FORUM = "forum"
    AGENCIES = "forum_pd"
    REGENCY = "musrenbang_kabupaten"
    RKPD = "rkpd"
    APBD = "apbd"


@dataclass(frozen=True, slots=True)
class Dates:
    """What is set: the windows of the villages, the forums' days, the regency's day, whether all forums are locked."""

    plan_year: int
    opens: date
    closes: date
    returned_until: date
    first_forum: date | None = None
    last_forum: date | None = None
    regency: date | None = None
    is_locked: bool = False

    @property
    def budget_by(self) -> date:
        """The APBD is agreed by 30 November of the year before (PP 12/2019)."""
        return date(self.plan_year - 1, 11, 30)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stop with its dates where they are known; `at` is today's place within it, in hundredths, when it is here."""

    stop: Stop
    first: date | None
    last: date | None
    is_done: bool
    is_here: bool
    at: int


def line(*, dates: Dates, today: date) -> tuple[Stage, ...]:
    """All seven stages; at most one is here, none while the villages' window has not opened."""
    here, share = _here(dates, today)
    order = list(Stop)
    place = order.index(here) if here else -1
    spans = _spans(dates)
    return tuple(
        Stage(stop, *spans[stop], is_done=index < place, is_here=index == place, at=_nearest(share))
        for index, stop in enumerate(order)
    )


def _spans(dates: Dates) -> dict[Stop, tuple[date | None, date | None]]:
    after_forum = dates.last_forum is None or dates.budget_by > dates.last_forum
    return {
        Stop.PROPOSALS: (dates.opens, dates.closes),
        Stop.VERIFICATION: (None, dates.returned_until),
        Stop.FORUM: (dates.first_forum, dates.last_forum),
        Stop.AGENCIES: (None, None),
        Stop.REGENCY: (dates.regency, dates.regency),
        Stop.RKPD: (None, None),
        Stop.APBD: (None, dates.budget_by if after_forum else None),
    }


def _here(dates: Dates, today: date) -> tuple[Stop | None, int]:
    if today.year >= dates.plan_year:
        return Stop.APBD, 90
    if dates.is_locked:
        return _after_forum(dates, today)
    if dates.first_forum is not None and today >= dates.first_forum:
        # A forum lasts until its minutes are locked, whatever the clock says.
        return Stop.FORUM, 90 if dates.last_forum is not None and today > dates.last_forum else 50
    if today > dates.closes:
        return Stop.VERIFICATION, _share(dates.closes, dates.first_forum or dates.returned_until, today)
    return (Stop.PROPOSALS, _share(dates.opens, dates.closes, today)) if today >= dates.opens else (None, 0)


def _after_forum(dates: Dates, today: date) -> tuple[Stop, int]:
    if dates.regency is None or today < dates.regency:
        return Stop.AGENCIES, _share(dates.last_forum or today, dates.regency, today) if dates.regency else 10
    return (Stop.REGENCY, 50) if today == dates.regency else (Stop.RKPD, 40)


def _share(start: date, end: date | None, today: date) -> int:
    """How far today lies between two days, in hundredths."""
    whole = (end - start).days if end else 0
    return 50 if whole <= 0 else max(0, min(100, (today - start).days * 100 // whole))


def _nearest(share: int) -> int:
    return min(PLACES, key=lambda place: (abs(place - share), place))
