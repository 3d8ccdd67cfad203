"""A well-formed Pabulib file of approval or choose-one ballots read in three compiled calls, straight to flat arrays."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mufakat.engines.ranking.budget import approvals, sections
from mufakat.engines.ranking.budget.election import Election, Ints, Table, counted_otherwise
from mufakat.engines.ranking.budget.facts import HEAD, Facts, size_of

KINDS = {sections.APPROVAL: "approval", sections.CHOOSE_ONE: "choose-1"}
MARK, UTF16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
SHORTEST = 4
"""Bytes of the shortest line of a project."""
WIDEST = 64
"""Words of a set of projects; elections of more projects than fit in are left to the other readers."""


class Reader(Protocol):
    """What the slow reader tells when somebody asks for more than the winners."""

    def table_of_projects(self) -> Table:
        """Headings and rows of PROJECTS."""

    def repeated(self) -> tuple[str, ...]:
        """A sentence on voters with two ballots."""


def swift_election(data: bytes, reader: Callable[[], Reader]) -> Election | None:
    """The election in a file's content; None where anything is unusual, which the slow reader knows how to tell."""
    if data.startswith(UTF16) or sys.byteorder != "little":
        return None
    if data.startswith(MARK):
        data = data[len(MARK) :]
    buf, table = np.frombuffer(data, np.uint8), np.empty((5, max(data.find(b"VOTES"), 0) // SHORTEST + 1), np.int64)
    told = np.zeros(24, np.int64)
    if sections.head(buf, table, told) < 0:
        return None
    count = int(told[sections.COUNT])
    if count > 64 * WIDEST or not count:
        return None
    returns, sets = told[sections.RETURNS], _counted(buf, table, told)
    if sets is None and told[sections.LINES] < (lines := data.count(b"\n") + 2):
        told[sections.LINES], told[sections.RETURNS] = lines, returns
        sets = _counted(buf, table, told)
    said: list[int] = told.tolist()
    ballots, entries = said[sections.BALLOTS], said[sections.ENTRIES]
    if sets is None or not ballots or (b"\r" in data and said[sections.RETURNS] != sections.returns(buf)):
        return None
    whole, idx = np.empty(size_of(count, ballots, entries), np.int64), np.empty(entries, np.int32)
    approvals.lay_out(table, *sets, told, whole, idx)
    return _election(data, table[:, :count], said, Facts(whole, idx, count, ballots), reader)


def _counted(buf: NDArray[np.uint8], table: Ints, told: Ints) -> tuple[NDArray[np.uint64], Ints] | None:
    """Different ballots and their voters; None where anything is unusual, or lines are more than was guessed."""
    count, most = int(told[sections.COUNT]), int(told[sections.LINES])
    size = 1 << max(4, (2 * count).bit_length())
    sets, counts = np.empty((most + 1) * ((count + 63) >> 6), np.uint64), np.empty(most, np.int64)
    slots, met = np.zeros(size, np.int64), np.zeros(1 << max(4, (2 * most).bit_length()), np.int64)
    found = approvals.votes(buf, table, slots, np.empty(size, np.uint64), sets, counts, met, told)
    return None if found < 0 else (sets, counts)


def _election(data: bytes, table: Ints, said: list[int], facts: Facts, reader: Callable[[], Reader]) -> Election:
    whole, rows, told = facts.whole, said[sections.ROWS], said[sections.TOLD_VOTES]
    weight = HEAD + 4 * facts.projects + 1
    start = weight + facts.ballots
    project = start + facts.ballots + 1
    amount = project + len(facts.idx)
    text = data[: said[sections.BODY]].decode("latin-1")  # a sign per byte; ids are of plain signs
    ids = [text[a:b] for a, b in zip(table[sections.START].tolist(), table[sections.END].tolist(), strict=True)]
    return Election.made(
        kind=KINDS[said[sections.KIND]], ids=tuple(ids), costs=tuple(table[sections.COST].tolist()),
        budget=said[sections.BUDGET], scale=said[sections.SCALE], voters=rows, weight=whole[weight:start],
        start=whole[start:project], project=whole[project:amount], amount=whole[amount:],
        notes=() if told in (sections.UNUSUAL, rows) else (counted_otherwise(told, rows),), grain=1,
        tabled_later=lambda: reader().table_of_projects(), looked_later=lambda: reader().repeated(), _facts=facts,
    )  # fmt: skip
