"""A berita acara goes into its snapshot and comes back the same."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from mufakat.documents.rules import canonical
from mufakat.documents.thaw import thaw


@dataclass(frozen=True)
class Line:
    name: str
    value: int | None
    volume: Decimal | None = None


@dataclass(frozen=True)
class Paper:
    day: date
    at: datetime
    pairs: tuple[tuple[str, int, str], ...]
    lines: tuple[Line, ...]
    head: Line
    note: str = ""


def test_thaw_returns_what_was_frozen():
    paper = Paper(
        day=date(2027, 2, 3),
        at=datetime(2027, 2, 3, 15, 30, tzinfo=UTC),
        pairs=(("bobot", 25, "dasar"),),
        lines=(Line("Ima'an", None), Line("Giri", 5, Decimal("1.50"))),
        head=Line("kop", 0),
    )

    assert thaw(Paper, json.loads(canonical(paper))) == paper
