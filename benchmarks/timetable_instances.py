"""Random timetable problems with seeds, shaped as the engine's reference case asks.

20 % forbidden days, 30 % whole-day forums, six agencies, teams absent on 7 % of the days.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Shape:
    """How large and how tight a random problem is."""

    forums: int
    days: int
    teams: int
    districts: int
    forbidden: float = 0.20
    whole_day: float = 0.30
    absent: float = 0.07
    agencies: int = 6
    capacity: tuple[int, int] = (2, 3)
    needs: tuple[int, int] = (0, 2)
    square: float = 70.0


REFERENCE = {
    "18": Shape(18, 8, 3, 5),
    "18b": Shape(18, 12, 2, 5),
    "30": Shape(30, 10, 4, 6),
    "60": Shape(60, 15, 5, 8),
    "60t": Shape(60, 12, 5, 8),
    "60u": Shape(60, 10, 5, 8),
    "500": Shape(500, 40, 18, 60, capacity=(6, 9)),
}


def working_days(first: date, count: int) -> list[str]:
    """The next `count` weekdays from `first`, as ISO dates."""
    days: list[str] = []
    while len(days) < count:
        if first.weekday() < 5:
            days.append(first.isoformat())
        first += timedelta(days=1)
    return days


def instance(shape: Shape, seed: int) -> dict[str, Any]:
    """One random problem as the JSON object the engine reads."""
    rng = random.Random(seed)
    agencies = [f"A{i + 1}" for i in range(shape.agencies)]
    return {
        "days": working_days(date(2022, 1, 24), shape.days),
        "sessions": ["pagi", "siang"],
        "forums": [_forum(rng, shape, agencies, index) for index in range(shape.forums)],
        "teams": [
            {"id": f"T{t + 1}", "unavailable_days": _some_days(rng, shape.days, shape.absent)}
            for t in range(shape.teams)
        ],
        "agencies": [{"id": a, "capacity": rng.randint(*shape.capacity)} for a in agencies],
        "travel_minutes": _travel(rng, shape),
        "max_travel_minutes": 60,
        "weights": {"preference": 10, "load_range": 30, "travel": 1},
    }


def _forum(rng: random.Random, shape: Shape, agencies: list[str], index: int) -> dict[str, Any]:
    return {
        "id": f"F{index + 1:03d}",
        "district": str(rng.randrange(shape.districts) + 1),
        "whole_day": rng.random() < shape.whole_day,
        "forbidden_days": _some_days(rng, shape.days, shape.forbidden),
        "preference": [rng.choice((0, 0, 1, 2, 3)) for _ in range(shape.days)],
        "agencies": sorted(rng.sample(agencies, min(len(agencies), rng.randint(*shape.needs)))),
        "travel_index": index,
    }


def _some_days(rng: random.Random, days: int, share: float) -> list[int]:
    return [day for day in range(days) if rng.random() < share]


def _travel(rng: random.Random, shape: Shape) -> list[list[int]]:
    places = [(rng.random() * shape.square, rng.random() * shape.square) for _ in range(shape.forums)]
    return [[round(math.dist(a, b) * 1.4) for b in places] for a in places]
