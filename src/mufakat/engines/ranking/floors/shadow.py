"""Shadow prices of the demands: in whole numbers, why no list can hold an item.

With a price λ ≥ 0 on every demand, a list that meets them all is worth at least Σ λ × bound + Σ over its items of
(value - Σ λ × coefficient): Lagrangian duality (Geoffrion 1974). A linear programme proposes the prices in floating
point (GLOP, which starts where it last stopped); they are rounded to whole numbers over `unit`, and any prices, however
found, give a valid bound. So all that is excluded here is excluded exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mufakat.engines.ranking.floors.demands import Flags, Ints

FINEST = 2**24
_SAFE = 2**60
_PER_SHORTAGE = 8.0
_NOUGHT = 1e-4


class Shadow:
    """Prices learnt from one state, and the bound they give in every later one.

    `reduced` (per item) and `constant` are in rupiah over `unit`.
    """

    def __init__(self, values: Ints, table: Ints, bounds: Ints, pagu: int) -> None:
        self.values, self.table, self.bounds = values, table, bounds
        self.size = np.abs(table).max(axis=1, initial=1).astype(np.float64)
        self.scale = float(values.max(initial=1)) or 1.0
        self.unit, self.constant = 1, 0
        self.reduced: Ints = values
        self.weight = float(np.abs(values).sum()), np.abs(table).astype(np.float64).sum(axis=1)
        self._fixed, self._open = np.zeros(len(values), bool), np.ones(len(values), bool)
        self._build(_PER_SHORTAGE * max(pagu / self.scale, 1.0))

    def _build(self, dear: float) -> None:
        """The linear programme: least value under the demands. A shortage may be bought at a price no list would pay."""
        from ortools.linear_solver import pywraplp

        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.SetSolverSpecificParametersAsString("use_dual_simplex:true use_preprocessing:false")
        self._parts = [self._solver.NumVar(0, 1, "") for _ in self.values]
        objective = self._solver.Objective()
        for part, value in zip(self._parts, (self.values / self.scale).tolist(), strict=True):
            objective.SetCoefficient(part, value)
        self._rows = []
        for row, bound, size in zip(self.table, self.bounds.tolist(), self.size.tolist(), strict=True):
            shortage = self._solver.NumVar(0, self._solver.infinity(), "")
            objective.SetCoefficient(shortage, dear)
            constraint = self._solver.Constraint(bound / size, self._solver.infinity())
            constraint.SetCoefficient(shortage, 1.0)
            at = np.flatnonzero(row)
            for i, coefficient in zip(at.tolist(), (row[at] / size).tolist(), strict=True):
                constraint.SetCoefficient(self._parts[i], coefficient)
            self._rows.append(constraint)
        objective.SetMinimization()

    def learn(self, fixed: Flags, open_items: Flags) -> None:
        """Take the prices best for a state."""
        for i in np.flatnonzero((fixed != self._fixed) | (open_items != self._open)).tolist():
            self._parts[i].SetBounds(float(fixed[i]), float(fixed[i] or open_items[i]))
        self._fixed, self._open = fixed.copy(), open_items.copy()
        if self._rows and self._solver.Solve() == self._solver.OPTIMAL:
            prices = np.array([row.dual_value() for row in self._rows])
            self._take(np.maximum(prices, 0.0) * self.scale / self.size)

    def parts(self, at: Ints) -> NDArray[np.float64]:
        """How much of each of these items the cheapest list in parts holds, for the state learnt last."""
        found = (self.reduced[at] < 0).astype(np.float64)
        # Where the price tells (complementary slackness) nothing has to be asked.
        for k in np.flatnonzero(np.abs(self.reduced[at]) <= self.unit * self.scale * _NOUGHT).tolist():
            found[k] = self._parts[int(at[k])].solution_value()
        return found

    def _take(self, prices: NDArray[np.float64]) -> None:
        """Round the prices to whole numbers, as fine as 64 bits allow."""
        total = self.weight[0] + float(prices @ self.weight[1])
        unit = FINEST
        while unit > 1 and unit * total >= _SAFE:
            unit //= 2
        if unit * total >= _SAFE:
            return
        whole = np.floor(prices * unit + 0.5).astype(np.int64)
        self.unit = unit
        self.reduced = unit * self.values - whole @ self.table
        self.constant = sum(int(w) * int(b) for w, b in zip(whole, self.bounds, strict=True))

    def least(self, fixed: Flags, open_items: Flags) -> int:
        """No list that holds all fixed items and others only from the open ones is worth less; rupiah over `unit`."""
        return self.constant + int(self.reduced[fixed].sum()) + int(np.minimum(self.reduced[open_items], 0).sum())
