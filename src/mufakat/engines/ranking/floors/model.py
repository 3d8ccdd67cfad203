"""The exact questions about a set of demands, put to an integer solver (OR-Tools CP-SAT works in whole numbers)."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import Any

import numpy as np

from mufakat.core.errors import MufakatError
from mufakat.engines.ranking.floors.demands import Demand, Flags, Ints

SECONDS = 60.0
"""Deterministic seconds one question may take."""
NEARLY = 0.02


class FloorsUndecided(MufakatError):
    """The solver could not decide within its limit; no answer is given rather than a guess."""

    code = "ketentuan_belum_terputus"


def cheapest(values: Ints, demands: Sequence[Demand], pagu: int, fixed: Flags, closed: Flags) -> Flags | None:
    """A choice of least value that holds all `fixed`, none `closed`, meets the demands and the pagu; None: there is none."""
    return _solved(values, demands, pagu, fixed, closed, objective=-values)


def one(values: Ints, demands: Sequence[Demand], pagu: int, fixed: Flags, closed: Flags) -> Flags | None:
    """Like `cheapest`, but the first that is nearly so will do; None still means proved: there is none."""
    return _solved(values, demands, pagu, fixed, closed, objective=-values, gap=NEARLY)


def richest(
    points: Ints, values: Ints, demands: Sequence[Demand], pagu: int, fixed: Flags, closed: Flags
) -> Flags | None:
    """A choice of most points under the same conditions; None: there is none."""
    return _solved(values, demands, pagu, fixed, closed, objective=points)


def largest_value(
    values: Ints, demands: Sequence[Demand], pagu: int, fixed: Flags, closed: Flags, item: int
) -> int | None:
    """The largest value, up to its own, at which some list holds the item under the same conditions; None: no value."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    held = fixed.copy()
    held[item] = False
    at = np.flatnonzero(~(fixed | closed))
    at = at[at != item]
    bits = [model.new_bool_var("") for _ in at]
    worth = model.new_int_var(0, int(values[item]), "")
    both = [*bits, worth]
    _add(model, both, np.append(-values[at], -1), int(values[held].sum()) - pagu, int(values[item]))
    for demand in demands:
        rate = 0 if demand.rates is None else int(demand.rates[item])
        owed = demand.bound - int(demand.coefficients[held].sum())
        owed -= int(demand.coefficients[item]) if demand.rates is None else 0
        _add(model, both, np.append(demand.coefficients[at], rate), owed, int(values[item]))
    model.maximize(worth)
    solver = _solver()
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    _refuse_undecided(status)
    return int(solver.value(worth))


def _solver() -> Any:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = SECONDS
    return solver


def _refuse_undecided(status: Any) -> None:
    from ortools.sat.python import cp_model

    if status != cp_model.OPTIMAL:
        raise FloorsUndecided(
            "Ketentuan pemerataan terlalu rumit untuk diputus dalam batas waktu. Kurangi ketentuan atau usulan."
        )


def _solved(
    values: Ints,
    demands: Sequence[Demand],
    pagu: int,
    fixed: Flags,
    closed: Flags,
    *,
    objective: Ints,
    gap: float = 0.0,
) -> Flags | None:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    at = np.flatnonzero(~(fixed | closed))
    bits = [model.new_bool_var("") for _ in at]
    _add(model, bits, -values[at], int(values[fixed].sum()) - pagu)
    for demand in demands:
        _add(model, bits, demand.coefficients[at], demand.bound - int(demand.coefficients[fixed].sum()))
    model.maximize(cp_model.LinearExpr.weighted_sum(bits, objective[at].tolist()))
    solver = _solver()
    solver.parameters.relative_gap_limit = gap
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    _refuse_undecided(status)
    found = fixed.copy()
    found[at] = [solver.boolean_value(bit) for bit in bits]
    return found


def _add(model: Any, bits: Sequence[Any], coefficients: Ints, bound: int, most: int = 1) -> None:
    """Σ coefficients × bits ≥ bound, divided by what all coefficients share; left out when it always holds.

    The last of `bits` may be a number up to `most`.
    """
    from ortools.sat.python import cp_model

    lowest = np.minimum(coefficients, 0)
    if len(lowest) and int(lowest[:-1].sum()) + most * int(lowest[-1]) >= bound:
        return
    at = np.flatnonzero(coefficients).tolist()
    if not at:
        model.add_bool_or([])
        return
    numbers = [int(coefficients[i]) for i in at]
    shared = gcd(*numbers)
    expression = cp_model.LinearExpr.weighted_sum([bits[i] for i in at], [n // shared for n in numbers])
    model.add(expression >= -((-bound) // shared))
