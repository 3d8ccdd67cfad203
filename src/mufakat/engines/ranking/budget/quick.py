"""The votes of a well-formed Pabulib file, read by the compiled scanner; anything unusual is left to the slow reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mufakat.engines.ranking.budget import scan
from mufakat.engines.ranking.budget.election import Ints

SMALLEST_TABLE = 16


@dataclass(frozen=True, slots=True)
class Votes:
    """Different ballots in the order they are met; `empty` lines had no cell filled and are not among `rows`."""

    weight: Ints
    start: Ints
    project: Ints
    amount: Ints
    rows: int
    empty: int
    repeated: int
    example: str


def quick_votes(
    body: bytes, columns: tuple[int, int, int], names: Sequence[bytes], *, is_ordinal: bool
) -> Votes | None:
    """Votes from the lines under the heading; `columns` are those of vote, points and voter_id, or -1."""
    vote, points, voter = columns
    width = 4 if points >= 0 else 2
    lines = 2 + max(body.count(b"\n"), body.count(b"\r") if b"\r" in body[:4096] else 0)
    buf = np.frombuffer(body, np.uint8)
    spans, counts = np.empty(lines * width, np.int64), np.zeros(lines, np.int64)
    persons = lines if voter >= 0 else 0
    id_spans, met, told = np.empty(2 * persons + 2, np.int64), np.empty(persons + 1, np.int64), np.zeros(8, np.int64)
    ids = _table(persons)
    count = scan.lines(
        buf, 0, vote, points, voter, width, _table(lines), spans, counts, ids, id_spans, met, told
    )  # fmt: skip
    if count < 0:
        return None
    start, project, amount = np.empty(count + 1, np.int64), np.empty(len(body) + 1, np.int64), np.empty(0, np.int64)
    amount = np.empty(len(body) + 1, np.int64)
    joined, table = b"".join(names), _table(len(names))
    ends = np.zeros(len(names) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, names), np.int64, len(names)), out=ends[1:])
    text = np.frombuffer(joined or b"\0", np.uint8)
    scan.enter(text, ends, table)
    seen = np.full(len(names), -1, np.int64)
    size = scan.ballots(buf, spans, count, width, text, ends, table, is_ordinal, seen, start, project, amount)
    if size < 0:
        return None
    kept = scan.merge(count, start, project, amount, counts, _table(count))
    size = int(start[kept])
    return Votes(
        counts[:kept].copy(), start[: kept + 1].copy(), project[:size].copy(), amount[:size].copy(),
        int(told[scan.ROWS]), int(told[scan.EMPTY]), int(told[scan.REPEATED]),
        body[int(told[scan.FROM]) : int(told[scan.TO])].decode("utf-8", errors="replace"),
    )  # fmt: skip


def _table(entries: int) -> Ints:
    size = SMALLEST_TABLE
    while size < 2 * entries:
        size *= 2
    return np.zeros(size, np.int64)
