"""A well-formed Pabulib file of approval or choose-one ballots read in three compiled calls, straight to flat arrays."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

import numpy as np

from mufakat.engines.ranking.budget import approvals, sections
from mufakat.engines.ranking.budget.election import Election, Table, counted_otherwise
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
    buf, room = np.frombuffer(data, np.uint8), np.empty((5, max(data.find(b"VOTES"), 0) // SHORTEST + 1), np.int64)
    told = np.zeros(24, np.int64)
    if sections.head(buf, room, told) < 0:
        return None
    count, most = int(told[sections.COUNT]), int(told[sections.LINES])
    width, size = (count + 63) >> 6, 1 << max(4, (2 * count).bit_length())
    if width > WIDEST or not count:
        return None
    table = room[:, :count].copy()
    sets, counts = np.empty((most + 1) * width, np.uint64), np.empty(most, np.int64)
    slots, met = np.zeros(size, np.int64), np.zeros(1 << max(4, (2 * most).bit_length()), np.int64)
    if approvals.votes(buf, table, slots, np.empty(size, np.uint64), sets, counts, met, told) < 0:
        return None
    said: list[int] = told.tolist()
    ballots, entries = said[sections.BALLOTS], said[sections.ENTRIES]
    if said[sections.RETURNS] != said[sections.ALL_RETURNS] or not ballots:
        return None
    whole, idx = np.empty(size_of(count, ballots, entries), np.int64), np.empty(entries, np.int32)
    approvals.lay_out(table, sets, counts, told, whole, idx)
    return _election(data, table.tolist(), said, Facts(whole, idx, count, ballots), reader)


def _election(
    data: bytes, table: list[list[int]], said: list[int], facts: Facts, reader: Callable[[], Reader]
) -> Election:
    whole, rows, told = facts.whole, said[sections.ROWS], said[sections.TOLD_VOTES]
    weight = HEAD + 4 * facts.projects + 1
    start = weight + facts.ballots
    project = start + facts.ballots + 1
    amount = project + len(facts.idx)
    election = Election(
        KINDS[said[sections.KIND]],
        tuple([data[a:b].decode() for a, b in zip(table[sections.START], table[sections.END], strict=True)]),
        tuple(table[sections.COST]), said[sections.BUDGET], said[sections.SCALE], rows, whole[weight:start],
        whole[start:project], whole[project:amount], whole[amount:],
        () if told in (sections.UNUSUAL, rows) else (counted_otherwise(told, rows),), 1,
        lambda: reader().table_of_projects(), lambda: reader().repeated(),
    )  # fmt: skip
    election.__dict__["_facts"] = facts
    return election
