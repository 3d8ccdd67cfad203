"""A problem as arrays: levels, lists and ties are laid out once, then any weights give scores and an order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mufakat.engines.ranking.criteria import scoring
from mufakat.engines.ranking.criteria.borda import borda_points
from mufakat.engines.ranking.criteria.levels import Grid
from mufakat.engines.ranking.criteria.ordering import Places, merged, numbered, ranked
from mufakat.engines.ranking.criteria.problem import Alternative, Problem

_LAST = 2**60


@dataclass(frozen=True, slots=True)
class Standing:
    """Scores and the order they give.

    `units` are scores in 10^-digits (rounded as shown; a VIKOR Q is less-is-better), `coverage` in hundredths of a
    percent of the weight, `order` positions of the ranked alternatives, best first; `left_out` those that "refuse"
    keeps out because a criterion has no level.
    """

    units: tuple[int, ...]
    coverage: tuple[int, ...]
    order: tuple[int, ...]
    left_out: tuple[int, ...]

    def place(self) -> dict[int, int]:
        """Place 1 … k by position."""
        return {position: place for place, position in enumerate(self.order, 1)}


class Table:
    """The arrays of one problem and one grid of levels."""

    def __init__(self, problem: Problem, grid: Grid) -> None:
        self.problem = problem
        self.summed = [j for j, c in enumerate(problem.criteria) if not c.multiplies]
        self.factors = [j for j, c in enumerate(problem.criteria) if c.multiplies]
        cells = [[row[j].level for j in self.summed] for row in grid.cells]
        self.present = np.array([[level is not None for level in row] for row in cells], bool).reshape(
            len(cells), len(self.summed)
        )
        known = np.array([all(cell.level is not None for cell in row) for row in grid.cells], bool)
        if problem.missing in ("zero", "lowest"):
            fill = Fraction(0) if problem.missing == "zero" else problem.lowest
            cells = [[fill if level is None else level for level in row] for row in cells]
            self.present = np.ones_like(self.present)
        self.known = known
        self.exact = [self._turned(row) for row in cells] if problem.is_exact else []
        self.raw = np.array(
            [[0.0 if level is None else float(level) for level in row] for row in cells], np.float64
        ).reshape(len(cells), len(self.summed))
        self.costs = np.array([problem.criteria[j].direction == "cost" for j in self.summed], bool)
        self.factor = [prod((_factor(row[j].level) for j in self.factors), start=Fraction(1)) for row in grid.cells]
        self._lay_out(grid)
        self.unit = lcm(1, *(level.denominator for row in self.exact for level in row))
        largest = max((abs(level) for row in self.exact for level in row), default=Fraction(0))
        self.levels = scoring.whole(
            [[int(level * self.unit) for level in row] for row in self.exact], int(largest * self.unit)
        ).reshape(len(self.exact), len(self.summed))

    def _turned(self, row: Sequence[Fraction | None]) -> list[Fraction]:
        """Levels where more is better: a cost is mirrored on the scale; unknown cells are 0 and not present."""
        p = self.problem
        turned = []
        for j, level in zip(self.summed, row, strict=True):
            value = Fraction(0) if level is None else level
            is_cost = p.criteria[j].direction == "cost" and level is not None
            turned.append(p.lowest + p.highest - value if is_cost else value)
        return turned

    def _lay_out(self, grid: Grid) -> None:
        alternatives = self.problem.alternatives
        stated = self.problem.keep_own_order
        self.own_ranks = np.array([_LAST if a.own_rank is None else a.own_rank for a in alternatives], np.int64)
        self.lists = numbered(
            [
                (a.list or a.village,) if stated and a.own_rank is not None else (a.list, a.id, n)
                for n, a in enumerate(alternatives)
            ]
        )
        self.ties = [_tie_column(self.problem, grid, spec) for spec in (*self.problem.ties, "id")]

    def weights(self) -> tuple[int, ...]:
        """The problem's weights of the summed criteria as whole numbers in one unit."""
        weights = [self.problem.criteria[j].weight for j in self.summed]
        unit = lcm(1, *(w.denominator for w in weights))
        return tuple(int(w * unit) for w in weights)

    def reweighted(self, weights: Mapping[str, Fraction]) -> Table:
        """The same arrays under other weights, by key."""
        criteria = tuple(replace(c, weight=weights.get(c.key, c.weight)) for c in self.problem.criteria)
        other = copy(self)
        other.problem = replace(self.problem, criteria=criteria)
        return other

    def standing(self, weights: Sequence[int]) -> Standing:
        """Scores, coverage and order under these weights (whole numbers in any unit)."""
        units, coverage = self.scored(weights)
        first = units if self.problem.method == "vikor" else [-unit for unit in units]
        left_out = np.flatnonzero(~self.known).tolist() if self.problem.missing == "refuse" else []
        kept = [i for i in range(len(units)) if i not in set(left_out)] if left_out else list(range(len(units)))
        order = self.order_of(first, kept)
        return Standing(tuple(units), tuple(coverage), order, tuple(left_out))

    def order_of(self, first: Sequence[int], kept: Sequence[int]) -> tuple[int, ...]:
        """Positions of `kept`, best first: least of `first`, ties as stated, no village's list turned round."""
        if not kept:
            return ()
        at = np.array(kept)
        columns = [_ranks(first)[at], *(column[at] for column in self.ties)]
        places: Places = ranked(columns)
        return tuple(at[merged(places, self.lists[at], self.own_ranks[at])].tolist())

    def scored(self, weights: Sequence[int]) -> tuple[list[int], list[int]]:
        """Rounded scores in 10^-digits and coverage in hundredths of a percent."""
        if not self.problem.alternatives:
            return [], []
        return _SCORERS[self.problem.method](self, weights)

    def covered(self, weights: Sequence[int]) -> list[int]:
        """Share of the weight that has levels, in hundredths of a percent."""
        total = sum(weights) or 1
        known: list[int] = (self.present @ np.array(weights, object)).tolist()
        return [(2 * 10_000 * int(part) + total) // (2 * total) for part in known]


def _sum_of_levels(table: Table, weights: Sequence[int]) -> tuple[list[int], list[int]]:
    p = table.problem
    if not p.is_exact:
        values = scoring.normalised(table.raw, table.present, p.normalisation, table.costs)
        scores = scoring.additive(values, table.present, np.array(weights, np.float64))
        return _rounded(scores, p.digits), table.covered(weights)
    greatest = max(int(abs(table.levels).max(initial=0)), int(p.highest * table.unit), 1)
    fits = table.levels.dtype == np.int64 and 800 * 10**p.digits * greatest * (sum(weights) or 1) < 2**62
    wide = table.levels if fits else table.levels.astype(object)
    total = np.array(weights, np.int64 if fits else object)
    score, _ = scoring.weighted_sum(wide, table.present, total, int(p.highest * table.unit), p.digits)
    return [int(s) for s in score], table.covered(weights)


def _points(table: Table, weights: Sequence[int]) -> tuple[list[int], list[int]]:
    # Weights in any unit count as many points together as the problem's own.
    stated = sum((table.problem.criteria[j].weight for j in table.summed), Fraction(0))
    unit = Fraction(sum(weights)) / stated if stated and any(weights) else Fraction(1)
    scores = []
    for row, known, factor in zip(table.exact, table.present.tolist(), table.factor, strict=True):
        gained = sum((w * x for w, x, k in zip(weights, row, known, strict=True) if k), Fraction(0))
        scores.append(_half_up(gained * factor / unit, table.problem.digits))
    return scores, table.covered(weights)


def _borda(table: Table, weights: Sequence[int]) -> tuple[list[int], list[int]]:
    points = borda_points(table.problem, weights, table.summed)
    counted = [0 if share is None else 10_000 for share in points]
    return [_half_up((share or Fraction(0)) * 100, table.problem.digits) for share in points], counted


def _topsis(table: Table, weights: Sequence[int]) -> tuple[list[int], list[int]]:
    values = scoring.normalised(table.raw, table.present, table.problem.normalisation, table.costs)
    shares = np.array(weights, np.float64) / (sum(weights) or 1)
    return _rounded(scoring.topsis(values, table.present, shares), table.problem.digits), table.covered(weights)


def _vikor(table: Table, weights: Sequence[int]) -> tuple[list[int], list[int]]:
    shares = np.array(weights, np.float64) / (sum(weights) or 1)
    answer = scoring.vikor(table.raw, table.present, shares, table.costs, float(table.problem.compromise))
    return _rounded(answer.compromise, table.problem.digits), table.covered(weights)


_SCORERS: dict[str, Callable[[Table, Sequence[int]], tuple[list[int], list[int]]]] = {
    "weighted_sum": _sum_of_levels, "points": _points, "borda": _borda, "topsis": _topsis, "vikor": _vikor,
}  # fmt: skip


def _factor(level: Fraction | None) -> Fraction:
    """A multiplier nobody stated changes nothing."""
    return Fraction(1) if level is None else level


def _half_up(value: Fraction, digits: int) -> int:
    return int((2 * value * 10**digits + 1) // 2)


def _rounded(scores: NDArray[np.float64], digits: int) -> list[int]:
    return [int(x) for x in np.floor(scores * 10.0**digits + 0.5)]


def _ranks(values: Sequence[Any]) -> NDArray[np.int64]:
    """Dense ranks of values that can be compared, least 0."""
    try:
        inverse = np.unique(np.array(values, np.int64), return_inverse=True)[1]
        return np.asarray(inverse, np.int64)
    except (OverflowError, TypeError, ValueError):
        places = {value: place for place, value in enumerate(sorted(set(values)))}
        return np.array([places[value] for value in values], np.int64)


def _tie_column(problem: Problem, grid: Grid, spec: str) -> NDArray[np.int64]:
    """Ranks of one tie rule; what is unknown comes last in either direction."""
    is_most_first, name = spec.startswith("-"), spec.removeprefix("-")
    kind, _, key = name.partition(":")
    at = {c.key: j for j, c in enumerate(problem.criteria)}
    found: list[Any] = []
    for a, cells in zip(problem.alternatives, grid.cells, strict=True):
        found.append(cells[at[key]].level if kind == "level" else _plain(a, kind, key))
    groups: dict[bool, list[Any]] = defaultdict(list)
    for value in {v for v in found if v is not None and v != ""}:
        groups[isinstance(value, str)].append(value)
    known = [value for is_text in (False, True) for value in sorted(groups[is_text], reverse=is_most_first)]
    places = {value: place for place, value in enumerate(known)}
    return np.array([places.get(value, len(known)) for value in found], np.int64)


def _plain(a: Alternative, kind: str, key: str) -> Any:
    if kind == "fact":
        return a.facts.get(key)
    if kind == "group":
        return a.groups.get(key)
    return {"own_rank": a.own_rank, "village": a.village, "value": a.value, "id": a.id}[kind]
