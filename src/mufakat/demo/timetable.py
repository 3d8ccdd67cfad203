"""The example timetable: the 18 kecamatan of Gresik, 9 dapil, Bawean by ferry, February 2025 for RKPD 2026.

No person is named: teams and guests are offices. Travel minutes are invented from the distance between the middles of
the kecamatan (1.4 times the straight line, 35 km/h, 5 minutes to set off), to Bawean from the ferry's hours.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

AT = datetime(2025, 1, 20, 8)  # noqa: DTZ001  # the moment printed on the example
SHEET = "soal jadwal.xlsx"


def problem() -> dict[str, Any]:
    """The problem in the engine's JSON shape."""
    source = files("mufakat.demo").joinpath("data")
    facts = tomllib.loads(source.joinpath("jadwal.toml").read_text("utf-8"))
    first, *rows = csv.reader(source.joinpath("jadwal-perjalanan.csv").read_text("utf-8").splitlines())
    places = first[1:]
    days = _weekdays(facts["first_day"], facts["last_day"])
    forums = [_forum(item, days, places) for item in facts["forums"]]
    plain = ("title", "note", "sessions", "session_hours", "max_travel_minutes", "weights", "islands", "teams")
    return {
        **{key: facts[key] for key in plain},
        "days": [day.isoformat() for day in days],
        "legal_window": {"until": facts["legal_until"].isoformat()},
        "calendar": {"holidays": True, "collective_leave": True, "overrides": _closed(facts["closed"])},
        "forums": forums,
        "agencies": facts["agencies"],
        "people": [*facts["people"], *_council(facts["forums"])],
        "travel_minutes": [[int(minutes) for minutes in row[1:]] for row in rows],
    }


def write(out: Path, *, report: Callable[[str], None]) -> int:
    """Write the problem as XLSX and JSON, solve what the XLSX says, and leave every result in `out`, marked CONTOH."""
    from mufakat.scheduling.job import Request, run, write_bytes
    from mufakat.scheduling.problem_workbook import problem_bytes

    sheet = out / SHEET
    write_bytes(sheet, problem_bytes(problem(), at_moment=AT, is_example=True))
    return run(Request(problem=sheet, out=out, at=AT, is_example=True), report=report)


def _weekdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def _closed(items: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"date": item["date"].isoformat(), "holiday": True, "name": item["name"]} for item in items]


def _forum(item: Mapping[str, Any], days: list[date], places: list[str]) -> dict[str, Any]:
    avoided, dapil = item.get("avoid", {}), str(item["dapil"])
    found = {
        "id": item["code"], "name": item["name"], "district": dapil, "whole_day": item.get("whole_day", False),
        "agencies": item["agencies"], "travel_index": places.index(item["code"]),
        "place": f"Pendopo Kecamatan {item['name']}", "officials": [f"Camat {item['name']}"],
    }  # fmt: skip
    optional = {
        "forbidden_days": item.get("forbidden"),
        "preference": [avoided.get(day.isoformat(), 0) for day in days] if avoided else None,
        "earliest": item["earliest"].isoformat() if "earliest" in item else None,
        "island": item.get("island"),
    }
    return found | {key: value for key, value in optional.items() if value}


def _council(forums: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The council members of each dapil attend its forums."""
    dapils = sorted({item["dapil"] for item in forums})
    return [
        {
            "id": f"dprd-{dapil}",
            "name": f"Anggota DPRD Dapil {dapil}",
            "role": "Anggota DPRD",
            "forums": [item["code"] for item in forums if item["dapil"] == dapil],
        }
        for dapil in dapils
    ]
