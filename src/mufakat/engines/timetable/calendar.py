"""Which days and sessions are closed: weekends, holidays with the yearly decree on top, Ramadan hours.

The `holidays` package knows the dates that are known; the decree (SKB Tiga Menteri) of the year decides, so the
`overrides` table always wins. The fasting month is given by its dates, as the Minister of Religion sets them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mufakat.core.dates import DAYS
from mufakat.core.fields import Fields
from mufakat.engines.timetable.problem import Closed

KEYS = ["holidays", "collective_leave", "closed_weekdays", "overrides", "ramadan", "note"]


def closed_days(
    fields: Fields | None, days: Sequence[date], sessions: Sequence[str]
) -> tuple[dict[int, Closed], tuple[str, ...]]:
    """Closed sessions per day index, and the hours printed for sessions in Ramadan."""
    if fields is None:
        return {}, ()
    fields.only(KEYS)
    names = _holiday_names(fields, days) | _weekday_names(fields, days)
    for item in fields.children("overrides"):
        item.only(["date", "holiday", "name"])
        day = item.date("date", required=True)
        if day is not None and item.flag("holiday"):
            names[day] = item.text("name") or "hari libur"
        elif day is not None:
            names.pop(day, None)
    every = frozenset(range(len(sessions)))
    closed, hours = _ramadan(fields.child("ramadan"), days, sessions)
    return closed | {i: Closed(every, names[day]) for i, day in enumerate(days) if day in names}, hours


def _holiday_names(fields: Fields, days: Sequence[date]) -> dict[date, str]:
    categories = [n for n, key in (("public", "holidays"), ("government", "collective_leave")) if fields.flag(key)]
    if not categories or not days:
        return {}
    import holidays

    years = {day.year for day in days}
    table = holidays.country_holidays("ID", years=years, categories=tuple(categories), language="id")
    return {day: name for day, name in table.items() if day in days}


def _weekday_names(fields: Fields, days: Sequence[date]) -> dict[date, str]:
    """`closed_weekdays` counts from 0 (Senin) to 6 (Minggu)."""
    closed = fields.integers("closed_weekdays")
    for index, weekday in enumerate(closed):
        if weekday > 6:
            fields.fault(f"closed_weekdays[{index}]", f"berisi {weekday}.", "Isi 0 (Senin) sampai 6 (Minggu).")
    return {day: f"hari {DAYS[day.weekday()]}" for day in days if day.weekday() in closed}


def _ramadan(
    fields: Fields | None, days: Sequence[date], sessions: Sequence[str]
) -> tuple[dict[int, Closed], tuple[str, ...]]:
    if fields is None:
        return {}, ()
    fields.only(["from", "to", "closed_sessions", "session_hours"])
    first, last = fields.date("from", required=True), fields.date("to", required=True)
    names = [s for s in fields.texts("closed_sessions") if fields.known("closed_sessions", s, sessions, "sessions")]
    hours = tuple(fields.texts("session_hours"))
    if hours and len(hours) != len(sessions):
        fields.fault("session_hours", "jumlahnya tidak sama dengan sessions.", "Isi satu jam untuk tiap sesi.")
    if first is None or last is None:
        return {}, hours
    shut = Closed(frozenset(list(sessions).index(name) for name in names), "jam kerja Ramadan", "ramadan")
    return {i: shut for i, day in enumerate(days) if first <= day <= last}, hours
