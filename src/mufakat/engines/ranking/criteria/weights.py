"""Weights by pairwise comparison: Saaty's Analytic Hierarchy Process (Saaty 1980)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import floor, log

import numpy as np

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
"""Mean consistency index of random matrices of 1 … 15 criteria (Saaty 1980, table of random consistency)."""
LIMIT = 0.10
"""Above this ratio the comparisons contradict themselves too much to be used (Saaty 1980)."""
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Comparison:
    """Weights in hundredths that sum to 100, their consistency, and the triple that contradicts itself most.

    `triple` is (a, b, c, a/b × b/c, a/c): the direct comparison beside what the other two imply.
    """

    weights: tuple[Fraction, ...]
    exact: tuple[float, ...]
    largest_eigenvalue: float
    ratio: float
    triple: tuple[str, str, str, Fraction, Fraction] | None

    @property
    def is_consistent(self) -> bool:
        """Whether the ratio stays within Saaty's limit."""
        return self.ratio <= LIMIT


def compared(keys: Sequence[str], pairs: Mapping[tuple[str, str], Fraction]) -> Comparison:
    """Weights of `keys` from how many times each outweighs each other; both directions of a pair must be in `pairs`."""
    size = len(keys)
    matrix = np.array([[1.0 if a == b else float(pairs[a, b]) for b in keys] for a in keys])
    vector = np.full(size, 1.0 / size)
    for _ in range(10_000):
        new = matrix @ vector
        new /= new.sum()
        if np.abs(new - vector).max() < 1e-15:
            break
        vector = new
    largest = float(np.mean((matrix @ vector) / vector))
    index = max(0.0, (largest - size) / (size - 1)) if size > 2 else 0.0
    ratio = index / RANDOM_INDEX[size - 1] if size > 2 else 0.0
    return Comparison(to_hundred(vector.tolist()), tuple(vector.tolist()), largest, ratio, _worst(keys, pairs))


def to_hundred(shares: Sequence[float]) -> tuple[Fraction, ...]:
    """Shares that sum to 1 as hundredths of a point that sum to exactly 100 (largest remainder)."""
    total = HUNDRED * HUNDRED
    parts = [floor(share * total) for share in shares]
    rest = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i] * total, i))
    for i in rest[: total - sum(parts)]:
        parts[i] += 1
    return tuple(Fraction(part, HUNDRED) for part in parts)


def _worst(
    keys: Sequence[str], pairs: Mapping[tuple[str, str], Fraction]
) -> tuple[str, str, str, Fraction, Fraction] | None:
    """The three criteria whose comparisons contradict one another most (Koczkodaj 1993), or None when none do."""
    worst, found = 1e-12, None
    for a, b, c in combinations(keys, 3):
        implied, direct = pairs[a, b] * pairs[b, c], pairs[a, c]
        gap = abs(log(implied / direct))
        if gap > worst:
            worst, found = gap, (a, b, c, implied, direct)
    return found
