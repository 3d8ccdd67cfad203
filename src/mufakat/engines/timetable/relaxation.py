"""The linear relaxation over duties by column generation, and a lower bound in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mufakat.engines.timetable.duties import ROUNDS, SCALE, Duties, Ints, Pool, Prices
from mufakat.engines.timetable.spots import Spots


@dataclass(frozen=True, slots=True)
class Relaxed:
    """`prices` with the bound on everything but the load range; `uncovered` > 0 hints at an infeasible problem."""

    prices: Prices
    uncovered: float
    drawn: Duties


def relax(spots: Spots, pool: Pool) -> Relaxed:
    """Solve the relaxation. Every forum has a spot, at least one duty exists."""
    matrix = _Rows(spots)
    drawn = pool.below(None, 0)
    for _ in range(ROUNDS):
        prices, uncovered = matrix.solve(drawn)
        more = pool.improving(prices)
        if not len(more):
            break
        size, drawn = len(drawn), drawn.joined(more)
        if len(drawn) == size:
            break
    return Relaxed(_repaired(matrix, pool, prices), uncovered, drawn)


class _Rows:
    """Coefficients of every row on every spot, and the bounds."""

    def __init__(self, spots: Spots) -> None:
        from scipy import sparse

        self.spots = spots
        days, classes = len(spots.problem.days), len(spots.classes)
        entries = [(r, i, c) for r, row in enumerate(spots.rows) for i, c in row.terms]
        r, i, c = (list(part) for part in zip(*entries, strict=True)) if entries else ([], [], [])
        self.matrix = sparse.csc_matrix((c, (r, i)), shape=(len(spots.rows), len(spots.spots)), dtype=np.int64)
        self.bounds = np.array([row.bound for row in spots.rows], dtype=np.int64)
        self.present = np.array([[len(spots.on_duty(k, d)) for d in range(days)] for k in range(classes)], np.int64)
        self.forum = np.array([s.forum for s in spots.spots], dtype=np.int64)
        self.cost = np.array([s.cost for s in spots.spots], dtype=np.int64)
        self.uncovered_cost = 10 * int(np.abs(self.cost).max(initial=0)) + 1000

    def solve(self, duties: Duties) -> tuple[Prices, float]:
        """Prices of the relaxation restricted to `duties`; what cannot be covered is paid for."""
        from scipy import sparse
        from scipy.optimize import linprog

        forums = len(self.spots.problem.forums)
        cover, limits = self._cover(duties), self._limits(duties)
        idle = sparse.identity(forums, format="csc")
        answer = linprog(
            np.concatenate([duties.cost, np.full(forums, self.uncovered_cost)]).astype(float),
            A_ub=sparse.hstack([limits, sparse.csc_matrix((limits.shape[0], forums))], format="csc"),
            b_ub=np.concatenate([self.bounds, self.present.ravel()]).astype(float),
            A_eq=sparse.hstack([cover, idle], format="csc"), b_eq=np.ones(forums), method="highs-ds",
        )  # fmt: skip
        if answer.status != 0:
            raise ArithmeticError(f"linear relaxation ended with status {answer.status}: {answer.message}")
        below = np.minimum(0, np.rint(answer.ineqlin.marginals * SCALE)).astype(np.int64)
        paid = np.rint(answer.eqlin.marginals * SCALE).astype(np.int64)
        return self.prices(paid, below), float(answer.x[len(duties) :].sum())

    def prices(self, paid: Ints, below: Ints) -> Prices:
        """Reduced prices from what covering pays and what the rows cost, all × SCALE."""
        rows = len(self.bounds)
        spot = self.cost * SCALE - paid[self.forum] - self.matrix.T @ below[:rows]
        bound = int(paid.sum()) + int(self.bounds @ below[:rows]) + int(self.present.ravel() @ below[rows:])
        return Prices(np.asarray(spot, np.int64), below[rows:].reshape(self.present.shape), bound)

    def _cover(self, duties: Duties) -> Any:
        from scipy import sparse

        number = np.arange(len(duties))
        pairs = duties.second >= 0
        rows = np.concatenate([self.forum[duties.first], self.forum[duties.second[pairs]]])
        columns = np.concatenate([number, number[pairs]])
        shape = (len(self.spots.problem.forums), len(duties))
        return sparse.csc_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)

    def _limits(self, duties: Duties) -> Any:
        from scipy import sparse

        used = sparse.hstack([self.matrix, sparse.csc_matrix((self.matrix.shape[0], 1), dtype=np.int64)], format="csc")
        number = np.arange(len(duties))
        place = duties.klass * self.present.shape[1] + duties.day
        shape = (self.present.size, len(duties))
        presence = sparse.csc_matrix((np.ones(len(duties)), (place, number)), shape=shape)
        return sparse.vstack([used[:, duties.first] + used[:, duties.second], presence], format="csc")


def _repaired(matrix: _Rows, pool: Pool, prices: Prices) -> Prices:
    """Lower every forum's price by the worst negative reduced cost: then no duty is negative and the bound holds."""
    lack = -pool.worst(prices)
    forums = len(matrix.spots.problem.forums)
    return Prices(prices.spot + lack, prices.duty, prices.bound - forums * lack)
