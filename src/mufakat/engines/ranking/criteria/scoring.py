"""Scores of many alternatives at once: arrays in, arrays out, one column per criterion.

Shapes: `levels` (n, m), `present` (n, m) of bool, `weights` (m,). A weighted sum of levels is decided in whole numbers;
TOPSIS, VIKOR and other normalisations are float64, every row by the same operations, so equal rows score equally.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[Any]
"""Integers: int64 where every sum is known to fit, else Python's own."""
_SAFE = 2**62


def whole(values: Any, largest: int) -> Whole:
    """An array of integers, int64 when numbers up to `largest` fit with room for the sums made of them."""
    return np.array(values, dtype=np.int64 if largest < _SAFE else object)


def weighted_sum(levels: Whole, present: Flags, weights: Whole, highest: int, digits: int = 2) -> tuple[Whole, Whole]:
    """Score and coverage in units of 10^-digits, 0 … 100 (rule 63: Σ weight × level ÷ highest).

    Criteria without a level are left out and the rest rescaled to 100; halves are rounded up. Integers throughout:
    `levels` and `highest` in the same unit, `weights` in any whole unit.
    """
    unit = 100 * 10**digits
    gained, covered = np.zeros(len(levels), levels.dtype), np.zeros(len(levels), levels.dtype)
    for column in range(levels.shape[1]):
        weight = np.where(present[:, column], weights[column], 0)
        gained = gained + weight * levels[:, column]
        covered = covered + weight
    whole_weight = int(weights.sum())
    base = highest * covered
    return _rounded(unit * gained, np.where(base == 0, 1, base)), _rounded(unit * covered, whole_weight or 1)


def _rounded(top: Whole, bottom: Any) -> Whole:
    """top ÷ bottom to the nearest whole, halves up."""
    result: Whole = (2 * top + bottom) // (2 * bottom)
    return result


def normalised(values: Floats, present: Flags, how: str, costs: Flags) -> Floats:
    """Every column on a common scale where more is better.

    "none" as given (a cost negated), "max" x ÷ max (cost: min ÷ x), "minmax" (x - min) ÷ (max - min), "sum" x ÷ Σx,
    "vector" x ÷ √Σx² (Hwang & Yoon 1981); for "sum" a cost is inverted first, for "vector" taken from 1. A constant
    column becomes 1 with "minmax": it tells nobody apart.
    """
    result = np.zeros_like(values)
    for column in range(values.shape[1]):
        known = present[:, column]
        if known.all():
            result[:, column] = _column(values[:, column], how, bool(costs[column]))
        elif known.any():
            result[known, column] = _column(values[known, column], how, bool(costs[column]))
    return result


def _column(x: Floats, how: str, cost: bool) -> Floats:
    if how == "minmax":
        low, high = x.min(), x.max()
        if high == low:
            return np.ones_like(x)
        spread: Floats = (high - x if cost else x - low) / (high - low)
        return spread
    if how == "none":
        return -x if cost else x
    if cost and how in ("max", "sum"):
        x = np.divide(1.0, x, out=np.zeros_like(x), where=x != 0)
    size = {"max": x.max(), "sum": x.sum(), "vector": np.sqrt((x * x).sum())}[how]
    scaled: Floats = x / size if size else np.zeros_like(x)
    return 1.0 - scaled if cost and how == "vector" else scaled


def additive(values: Floats, present: Flags, weights: Floats) -> Floats:
    """Simple additive weighting over what is known, 0 … 100 for normalised values."""
    gained, covered = np.zeros(len(values)), np.zeros(len(values))
    for column in range(values.shape[1]):
        gained += weights[column] * values[:, column]
        covered += weights[column] * present[:, column]
    return 100.0 * np.divide(gained, covered, out=np.zeros_like(gained), where=covered > 0)


def topsis(values: Floats, present: Flags, weights: Floats) -> Floats:
    """Closeness to the ideal, 0 … 1 (Hwang & Yoon 1981); `values` normalised, more is better.

    An unknown cell counts in neither distance.
    """
    far, near = np.zeros(len(values)), np.zeros(len(values))
    for column in range(values.shape[1]):
        known = present[:, column]
        if not known.any():
            continue
        x = values[:, column]
        seen = x if known.all() else x[known]
        for total, ideal in ((near, seen.max()), (far, seen.min())):
            apart = x - ideal
            apart *= weights[column]
            apart *= apart
            total += apart if seen is x else np.where(known, apart, 0.0)
    np.sqrt(near, out=near)
    np.sqrt(far, out=far)
    both = near + far
    return np.divide(far, both, out=np.ones_like(far), where=both > 0)


@dataclass(frozen=True, slots=True)
class Vikor:
    """S (group utility), R (greatest regret) and Q (their compromise); less is better in all three."""

    group: Floats
    regret: Floats
    compromise: Floats


def vikor(values: Floats, present: Flags, weights: Floats, costs: Flags, v: float) -> Vikor:
    """VIKOR (Opricovic & Tzeng 2004) over raw values; `v` weighs the majority against the greatest regret.

    A constant column adds nothing; S of an alternative with unknown cells is rescaled to the whole weight.
    """
    group, regret, covered = np.zeros(len(values)), np.zeros(len(values)), np.zeros(len(values))
    for column in range(values.shape[1]):
        known = present[:, column]
        if not known.any():
            continue
        x = values[:, column]
        seen = x if known.all() else x[known]
        low, high = seen.min(), seen.max()
        covered += weights[column] * known
        if high == low:
            continue
        loss = (x - low) / (high - low) if costs[column] else (high - x) / (high - low)
        loss = np.where(known, weights[column] * loss, 0.0)
        group += loss
        np.maximum(regret, loss, out=regret)
    group = np.divide(group * weights.sum(), covered, out=np.zeros_like(group), where=covered > 0)
    return Vikor(group, regret, v * _share(group) + (1 - v) * _share(regret))


def _share(x: Floats) -> Floats:
    """Place between the least and the greatest, 0 … 1; 0 for all when they are equal."""
    low, high = x.min(), x.max()
    if high == low:
        return np.zeros_like(x)
    share: Floats = (x - low) / (high - low)
    return share
