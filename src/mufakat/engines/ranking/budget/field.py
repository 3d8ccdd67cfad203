"""What does not change while endowments grow: candidates with their supporters, factors and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mufakat.engines.ranking.budget import bounds, columns
from mufakat.engines.ranking.budget.election import Election, Ints
from mufakat.engines.ranking.budget.facts import (
    BALLOTS,
    BUDGET,
    ENTRIES,
    HEAD,
    PROJECTS,
    SCALE,
    VOTERS,
    Facts,
)  # fmt: skip

LARGEST = 1 << 62
"""Costs that the compiled loops hold as whole numbers."""


@dataclass(frozen=True)
class Field:
    """The candidates of Equal Shares as columns, and as exact lists where floats leave a doubt."""

    costs: tuple[int, ...]
    factor: tuple[int, ...]
    rank: tuple[int, ...]
    voters: int
    weight: Ints
    by_cost: bool
    plain: bool
    """All amounts are 1."""
    candidates: tuple[int, ...]
    ptr: Ints
    idx: NDArray[np.int32]
    amt: NDArray[np.float64]
    totals: Ints
    """Voters × amounts of each project."""
    columns: tuple[NDArray[np.generic], ...]
    """The same for the compiled loops."""
    alive: NDArray[np.int8]
    fits: bool
    """Whether all costs are whole numbers that the compiled loops can hold."""

    @cached_property
    def ballots(self) -> tuple[Ints, ...]:
        """Per project the ballots that list it."""
        whole = self.idx.astype(np.int64)
        return tuple(whole[a:b] for a, b in self._ends)

    @cached_property
    def amounts(self) -> tuple[Ints, ...]:
        """What they give it."""
        whole = self.amt.astype(np.int64)
        return tuple(whole[a:b] for a, b in self._ends)

    @cached_property
    def support(self) -> tuple[Ints, ...]:
        """Per project and supporting ballot: voters × amount."""
        return tuple(self.weight[b] * a for b, a in zip(self.ballots, self.amounts, strict=True))

    @cached_property
    def twins(self) -> tuple[int, ...]:
        """Projects of equal cost and equal supporters share a number: between them only the rank decides, ever."""
        kinds: dict[tuple[int, bytes, bytes], int] = {}
        return tuple(
            kinds.setdefault((cost, ballots.tobytes(), amounts.tobytes()), c)
            for c, (cost, ballots, amounts) in enumerate(zip(self.costs, self.ballots, self.amounts, strict=True))
        )

    @property
    def _ends(self) -> Sequence[tuple[int, int]]:
        ends = self.ptr.tolist()
        return list(pairwise(ends))


@dataclass(frozen=True, slots=True)
class Columns:
    """Votes by project, as reading leaves them: `idx` and `amt` of project c in `ptr[c]:ptr[c + 1]`."""

    ptr: Ints
    idx: NDArray[np.int32]
    amt: NDArray[np.float64]
    totals: Ints
    weight: NDArray[np.float64]
    costs: NDArray[np.float64]
    plain: bool


def facts_of(election: Election) -> Facts | None:
    """The election as flat arrays, every vote counting one, reckoned once; None for costs they cannot hold."""
    found = election.__dict__.get("_facts")
    if isinstance(found, Facts):
        return found
    if max(election.costs, default=0) >= LARGEST or election.budget >= LARGEST:
        return None
    votes, head = prepared(election), np.zeros(HEAD, np.int64)
    head[[PROJECTS, BALLOTS, ENTRIES, BUDGET, VOTERS, SCALE]] = (
        len(election.ids), len(election.weight), len(election.project), election.budget, election.voters, election.scale
    )  # fmt: skip
    costs, rank = np.array(election.costs, np.int64), np.array(election.rank, np.int64)
    whole = np.concatenate([
        head, costs, rank, votes.totals, votes.ptr, election.weight, election.start, election.project, election.amount
    ])  # fmt: skip
    found = Facts(whole, votes.idx, len(election.ids), len(election.weight))
    election.__dict__["_facts"] = found
    return found


def columns_of(election: Election, *, by_amount: bool) -> Columns:
    """The votes of an election by project; by amount, what got no points is left out."""
    count = len(election.ids)
    ptr, place, totals = np.zeros(count + 1, np.int64), np.empty(count, np.int64), np.zeros(count, np.int64)
    idx, amt = np.empty(len(election.project), np.int32), np.empty(len(election.project), np.float64)
    size = columns.transpose(
        by_amount, election.start, election.project, election.amount, election.weight, ptr, place, idx, amt, totals
    )  # fmt: skip
    amt = amt[:size]
    return Columns(
        ptr, idx[:size], amt, totals, election.weight.astype(np.float64), np.array(election.costs, np.float64),
        not by_amount or bool((amt == 1).all()),
    )  # fmt: skip


def field_of(election: Election, utility: str, rank: tuple[int, ...] | None = None) -> Field:
    """The field of an election. A project without supporters, or without utility, is no candidate.

    With the usual ties it is laid out once for an election, which never changes.
    """
    kept: dict[str, Field] = election.__dict__.setdefault("_fields", {})
    if rank is not None:
        return _laid_out(election, utility, rank)
    if utility not in kept:
        kept[utility] = _laid_out(election, utility, election.rank)
    return kept[utility]


def _laid_out(election: Election, utility: str, rank: tuple[int, ...]) -> Field:
    by_cost, count = utility == "cost", len(election.ids)
    votes = columns_of(election, by_amount=True) if utility in ("points", "borda") else prepared(election)
    fits = max(election.costs, default=0) < LARGEST
    whole = np.array(election.costs if fits else (0,) * count, np.int64)
    factor = votes.costs if by_cost else np.ones(count)
    alive = ((votes.totals == 0) | (factor == 0)).astype(np.int8)
    arrays = (votes.ptr, votes.idx, votes.amt, votes.weight, votes.costs, whole, votes.totals, factor,
               np.array(rank, np.int64))  # fmt: skip
    return Field(
        election.costs, election.costs if by_cost else (1,) * count, rank, election.voters, election.weight, by_cost,
        votes.plain, tuple(np.flatnonzero(alive == bounds.ALIVE).tolist()), votes.ptr, votes.idx, votes.amt,
        votes.totals, arrays, alive, fits,
    )  # fmt: skip


def prepared(election: Election) -> Columns:
    """The votes by project, reckoned once for an election: a part of reading it."""
    found = election.__dict__.get("_columns")
    if not isinstance(found, Columns):
        facts = election.__dict__.get("_facts")
        if isinstance(facts, Facts):
            found = Columns(
                facts.ptr, facts.idx, np.ones(len(facts.idx)), facts.votes, election.weight.astype(np.float64),
                np.array(election.costs, np.float64), plain=True,
            )  # fmt: skip
        else:
            found = columns_of(election, by_amount=False)
        election.__dict__["_columns"] = found
    return found
