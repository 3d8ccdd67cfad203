"""An election as counts: projects with whole costs, ballots of one kind, voters of equal ballots counted together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mufakat.core.errors import MufakatError

Ints = NDArray[np.int64]
Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Headings, and rows of cells."""


class ElectionFaulty(MufakatError):
    """An election file is broken; the sentence names file, line and remedy."""

    code = "pemilihan_keliru"


@dataclass(frozen=True)
class Election:
    """Projects and votes. `costs` and `budget` are whole units of 1/`scale` of the currency.

    `weight[t]` voters cast ballot t, which lists `project[start[t]:start[t + 1]]` with `amount` beside each: 1 for
    approval and choose-one, points in units of 1/`grain` for cumulative, Borda points for ordinal ballots (first of r
    listed gets r).
    """

    kind: str
    ids: tuple[str, ...]
    costs: tuple[int, ...]
    budget: int
    scale: int
    voters: int
    weight: Ints
    start: Ints
    project: Ints
    amount: Ints
    notes: tuple[str, ...] = ()
    grain: int = 1
    tabled_later: Callable[[], Table] = field(default=lambda: ((), ()), compare=False, repr=False)
    looked_later: Callable[[], tuple[str, ...]] = field(default=tuple, compare=False, repr=False)

    @classmethod
    def made(cls, **parts: object) -> Election:
        """An election of all its fields, and of what its reader knows besides: without the detour of a frozen one,
        which on a small file takes longer than the rule."""
        election = object.__new__(cls)
        election.__dict__.update(parts)
        return election

    @cached_property
    def table(self) -> Table:
        """The project table as the file writes it, for explanations only."""
        return self.tabled_later()

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """What is odd but readable; looks for voters with two ballots, which changes no outcome, when asked."""
        return self.notes + self.looked_later()

    @cached_property
    def rank(self) -> tuple[int, ...]:
        """Place of each project in the order of ids as text, the order that breaks ties."""
        order = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        places = [0] * len(order)
        for place, project in enumerate(order):
            places[project] = place
        return tuple(places)

    def unit(self, utility: str) -> int:
        """How many units of amount make one vote or point."""
        return self.grain if utility == "points" else 1

    def supporters(self, utility: str) -> list[tuple[Ints, Ints]]:
        """Per project the ballots that list it, and what one vote weighs: 1, or points for `points` and `borda`."""
        ballot = np.repeat(np.arange(len(self.weight)), np.diff(self.start))
        amount = self.amount if utility in ("points", "borda") else np.ones(len(self.amount), np.int64)
        kept = amount > 0
        order = np.argsort(self.project[kept], kind="stable")
        sizes = np.bincount(self.project[kept], minlength=len(self.ids))
        ends = np.cumsum(sizes)
        ballots, amounts = ballot[kept][order], amount[kept][order]
        return [(ballots[end - size : end], amounts[end - size : end]) for size, end in zip(sizes, ends, strict=True)]

    def votes(self, utility: str) -> list[int]:
        """Weighted votes per project in units of `unit`: voters, or the sum of their points."""
        each = np.repeat(self.weight, np.diff(self.start))
        if utility in ("points", "borda"):
            each = each * self.amount
        counted = np.zeros(len(self.ids), np.int64)
        np.add.at(counted, self.project, each)
        found: list[int] = counted.tolist()
        return found


def counted_otherwise(told: int | str, rows: int) -> str:
    """A sentence on a count of votes in META that is not what the file has."""
    return f"META menyebut {told} suara, terbaca {rows}."
