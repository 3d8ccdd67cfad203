"""A timetable problem: the 18 kecamatan of Kabupaten Gresik, invented but for codes, names, dapil and the lie of the land.

Teams, halls and absences are invented, offices only. Travel follows the distance between the middles of the kecamatan.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

from mufakat.regions.names import shipped

FIRST, LAST = date(2022, 1, 31), date(2022, 2, 14)
KEBOMAS = "35.25.14"
ISLAND = "bawean"
MIDDLES = {
    "35.25.01": (-6.988, 112.460), "35.25.02": (-7.275, 112.431), "35.25.03": (-6.933, 112.458),
    "35.25.04": (-7.244, 112.492), "35.25.05": (-7.148, 112.519), "35.25.06": (-7.377, 112.516),
    "35.25.07": (-6.917, 112.556), "35.25.08": (-7.314, 112.527), "35.25.09": (-6.974, 112.557),
    "35.25.10": (-7.100, 112.612), "35.25.11": (-7.220, 112.559), "35.25.12": (-7.042, 112.588),
    "35.25.13": (-7.262, 112.581), "35.25.14": (-7.177, 112.625), "35.25.15": (-7.338, 112.612),
    "35.25.16": (-7.162, 112.655), "35.25.17": (-5.811, 112.650), "35.25.18": (-5.762, 112.672),
}  # fmt: skip
"""Latitude and longitude of the middle of each kecamatan, degrees."""
DAPIL = {
    "35.25.16": "1", "35.25.14": "1", "35.25.05": "2", "35.25.11": "2", "35.25.08": "3", "35.25.13": "3",
    "35.25.06": "4", "35.25.15": "4", "35.25.02": "5", "35.25.04": "5", "35.25.01": "6", "35.25.03": "6",
    "35.25.07": "7", "35.25.09": "7", "35.25.17": "8", "35.25.18": "8", "35.25.10": "9", "35.25.12": "9",
}  # fmt: skip
"""Electoral districts of the DPRD (PKPU 6/2023)."""
ISLANDERS = ("35.25.17", "35.25.18")
LARGE = ("35.25.13", "35.25.15", "35.25.14", "35.25.10", "35.25.17", "35.25.18")
WANTED = {
    "dputr": ("35.25.13", "35.25.15", "35.25.14", "35.25.11", "35.25.04", "35.25.02", "35.25.17"),
    "dpkp": ("35.25.02", "35.25.04", "35.25.05", "35.25.01", "35.25.03", "35.25.08", "35.25.06"),
    "dinkes": ("35.25.16", "35.25.14", "35.25.12", "35.25.09", "35.25.18"),
    "dishub": ("35.25.15", "35.25.13", "35.25.06", "35.25.10", "35.25.16"),
    "dkp": ("35.25.07", "35.25.03", "35.25.09", "35.25.17", "35.25.18"),
}
AGENCIES = (
    ("dputr", "Dinas Pekerjaan Umum dan Tata Ruang", 2), ("dpkp", "Dinas Pertanian", 2), ("dinkes", "Dinas Kesehatan", 2),
    ("dishub", "Dinas Perhubungan", 1), ("dkp", "Dinas Perikanan", 1),
)  # fmt: skip


def problem() -> dict[str, Any]:
    """The problem as the JSON object the engine reads; the same every time."""
    names = {region.code: region.name for region in shipped().children("35.25")}
    codes = sorted(MIDDLES)
    days = [d for n in range((LAST - FIRST).days + 1) if (d := FIRST + timedelta(n)).weekday() < 5]
    ferry = [day.isoformat() for day in days if day.weekday() in (0, 2, 4)]
    return {
        "title": "Kabupaten Gresik",
        "days": [day.isoformat() for day in days],
        "sessions": ["pagi", "siang"],
        "session_hours": ["08.00–12.00", "13.00–16.00"],
        "forums": [_forum(code, names[code], index, len(days)) for index, code in enumerate(codes)],
        "teams": [
            {"id": "T1", "name": "Tim I", "unavailable_days": ["2022-02-02"], "home": ["35.25.16"]},
            {"id": "T2", "name": "Tim II", "unavailable_days": ["2022-02-08", "2022-02-09"], "home": ["35.25.10"]},
            {"id": "T3", "name": "Tim III", "unavailable_days": [], "home": ["35.25.13"]},
        ],
        "agencies": [{"id": i, "name": name, "capacity": capacity} for i, name, capacity in AGENCIES],
        "people": [
            {"id": "bupati", "name": "Bupati", "role": "pembuka", "forums": [KEBOMAS, "35.25.17", "35.25.15"],
             "unavailable_days": ["2022-02-04", "2022-02-10"]},
            {"id": "dprd-1", "name": "Wakil DPRD dapil 1", "role": "DPRD", "forums": [KEBOMAS, "35.25.16"],
             "unavailable_days": []},
            {"id": "dprd-8", "name": "Wakil DPRD dapil 8", "role": "DPRD", "forums": list(ISLANDERS),
             "unavailable_days": ["2022-02-09"]},
        ],
        "islands": [{"id": ISLAND, "name": "Bawean", "ferry_days": ferry}],
        "calendar": {"holidays": True, "overrides": [
            {"date": "2022-02-01", "holiday": True, "name": "Tahun Baru Imlek 2573 Kongzili"}]},
        "fixed": [{"forum": KEBOMAS, "day": "2022-02-03", "session": "pagi"}],
        "legal_window": {"until": "2022-02-11"},
        "travel_minutes": [[_minutes(a, b) for b in codes] for a in codes],
        "max_travel_minutes": 60,
        "weights": {"preference": 10, "load_range": 30, "travel": 1, "legal_window": 20},
    }  # fmt: skip


def _forum(code: str, name: str, index: int, days: int) -> dict[str, Any]:
    forum: dict[str, Any] = {
        "id": code,
        "name": name,
        "district": DAPIL[code],
        "whole_day": code in LARGE,
        "preference": [0 if code == KEBOMAS else (index * 5 + day * 3) % 5 for day in range(days)],
        "forbidden_days": [] if code == KEBOMAS else sorted({(index * 7) % days, (index * 3 + 5) % days}),
        "agencies": [agency for agency, codes in WANTED.items() if code in codes],
        "travel_index": index,
        "place": f"Pendopo Kecamatan {name}",
    }
    return forum | ({"island": ISLAND} if code in ISLANDERS else {})


def _minutes(a: str, b: str) -> int:
    """Road minutes at 35 km/h over 1.3 times the straight line; ten hours where the sea lies between."""
    if a == b:
        return 0
    if (a in ISLANDERS) != (b in ISLANDERS):
        return 600
    (north, east), (other_north, other_east) = MIDDLES[a], MIDDLES[b]
    kilometres = math.hypot((north - other_north) * 110.6, (east - other_east) * 110.4)
    return round(kilometres * 1.3 / 35 * 60)
