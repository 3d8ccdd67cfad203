"""What does not change while endowments grow: candidates with their supporters, factors and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mufakat.engines.ranking.budget import kernels
from mufakat.engines.ranking.budget.election import Election, Ints

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
        return list(zip(ends, ends[1:], strict=False))


def field_of(election: Election, utility: str, rank: tuple[int, ...] | None = None) -> Field:
    """The field of an election. A project without supporters, or without utility, is no candidate."""
    count = len(election.ids)
    by_amount, by_cost = utility in ("points", "borda"), utility == "cost"
    ptr, place = np.zeros(count + 1, np.int64), np.empty(count, np.int64)
    idx, amt = np.empty(len(election.project), np.int32), np.empty(len(election.project), np.float64)
    size = kernels.transpose(by_amount, election.start, election.project, election.amount, ptr, place, idx, amt)
    idx, amt = idx[:size], amt[:size]
    totals = np.array(election.votes(utility), np.int64)
    factor = election.costs if by_cost else (1,) * count
    candidates = tuple(c for c, total in enumerate(totals.tolist()) if total and factor[c])
    return Field(
        election.costs, factor, rank or election.rank, election.voters, election.weight, by_cost,
        not by_amount or bool((amt == 1).all()), candidates, ptr, idx, amt, totals,
    )  # fmt: skip
