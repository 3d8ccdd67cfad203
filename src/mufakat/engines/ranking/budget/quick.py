"""The votes of a well-formed Pabulib file, read by the compiled scanner; anything unusual is left to the slow reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from mufakat.engines.ranking.budget import scan
from mufakat.engines.ranking.budget.election import Ints
from mufakat.engines.ranking.budget.words import LINE_FEED, RETURN, SEMICOLON

ENDS_FIELD = np.zeros(256, np.bool_)
ENDS_FIELD[[SEMICOLON, LINE_FEED, RETURN]] = True


@dataclass(frozen=True, slots=True)
class Votes:
    """Different ballots in the order they are met; `empty` lines had no cell filled and are not among `rows`."""

    weight: Ints
    start: Ints
    project: Ints
    amount: Ints
    rows: int
    empty: int


def quick_votes(body: bytes, vote: int, points: int, names: Sequence[bytes], *, is_ordinal: bool) -> Votes | None:
    """Votes from the lines under the heading; `vote` and `points` are their columns, or -1."""
    width = 4 if points >= 0 else 2
    lines = _lines(body)
    buf = np.frombuffer(body, np.uint8)
    spans, counts, told = np.empty(lines * width, np.int64), np.zeros(lines, np.int64), np.zeros(8, np.int64)
    none = told[7:8]
    count = scan.lines(
        buf, 0, vote, points, -1, width, ENDS_FIELD, _table(lines), spans, counts, none, none, none, told
    )  # fmt: skip
    if count < 0:
        return None
    entries, projects = len(body) + 1, len(names)
    start, project, amount = (np.empty(size, np.int64) for size in (count + 1, entries, entries))
    text = np.frombuffer(b"".join(names) or b" ", np.uint8)
    ends = np.array([0, *accumulate(map(len, names))], np.int64)
    size = _size(projects)
    table, short, keys = np.zeros(size, np.int64), np.zeros(size, np.int64), np.empty(size, np.int64)
    scan.enter(text, ends, table, short, keys)
    seen = np.full(projects, -1, np.int64)
    if scan.ballots(
        buf, spans, count, width, text, ends, table, short, keys, is_ordinal, seen, start, project, amount
    ) < 0:  # fmt: skip
        return None
    kept = scan.merge(count, start, project, amount, counts, _table(count))
    size = int(start[kept])
    return Votes(counts[:kept], start[: kept + 1], project[:size], amount[:size], int(told[scan.ROWS]),
                 int(told[scan.EMPTY]))  # fmt: skip


def repeated_voters(body: bytes, voter: int) -> tuple[int, str] | None:
    """How many voter ids stand on more than one line, and the first of them; None where the slow reader must look."""
    lines, told = _lines(body), np.zeros(8, np.int64)
    none = told[7:8]
    ids, met = np.empty(2 * lines, np.int64), np.empty(lines, np.int64)
    count = scan.lines(
        np.frombuffer(body, np.uint8), 0, -1, -1, voter, 2, ENDS_FIELD, none, none, none, _table(lines), ids, met, told
    )  # fmt: skip
    example = body[int(told[scan.FROM]) : int(told[scan.TO])].decode("utf-8", errors="replace")
    return None if count < 0 else (int(told[scan.REPEATED]), example)


def _lines(body: bytes) -> int:
    """No fewer than there are."""
    return 2 + body.count(b"\n") + (body.count(b"\r") if b"\r" in body[:4096] else 0)


def _size(entries: int) -> int:
    return 1 << max(4, (2 * entries).bit_length())


def _table(entries: int) -> Ints:
    return np.zeros(_size(entries), np.int64)
