"""How a list spreads over villages and groups, beside their inhabitants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Share:
    """One village: rupiah and number chosen, its share of the value and of the inhabitants (None unknown)."""

    id: str
    value: int
    count: int
    asked: int
    share: Fraction
    population_share: Fraction | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Shares in order of id; `gini` of the value per inhabitant (per village where inhabitants are unknown); `excluded`
    villages asked and got nothing."""

    shares: tuple[Share, ...]
    gini: Fraction
    per_inhabitant: bool
    excluded: tuple[str, ...]


def spread(asked: Iterable[str], chosen: Sequence[tuple[str, int]], populations: dict[str, int | None]) -> Spread:
    """`asked` names the village of every proposal, `chosen` (village, whole rupiah) of those on the list."""
    values: dict[str, int] = defaultdict(int)
    counts: dict[str, int] = defaultdict(int)
    wanted: dict[str, int] = defaultdict(int)
    for village in asked:
        wanted[village] += 1
    for village, value in chosen:
        values[village] += value
        counts[village] += 1
    names = sorted({*wanted, *populations})
    known = [populations.get(name) for name in names]
    is_known = bool(names) and all(number for number in known)
    total, people = sum(values.values()), sum(number or 0 for number in known)
    shares = tuple(
        Share(
            name, values[name], counts[name], wanted[name], Fraction(values[name], total or 1),
            Fraction(number, people) if is_known and number else None,
        )
        for name, number in zip(names, known, strict=True)
    )  # fmt: skip
    weights = [number or 1 if is_known else 1 for number in known]
    excluded = tuple(name for name in names if wanted[name] and not counts[name])
    return Spread(shares, gini([values[name] for name in names], weights), is_known, excluded)


def gini(values: Sequence[int], weights: Sequence[int]) -> Fraction:
    """Gini coefficient of `values` spread over groups of `weights` inhabitants, 0 (equal) … 1, exact.

    Twice the area between the Lorenz curve and the diagonal (Gini 1912; Lorenz 1905), every inhabitant of a group having
    an equal part of its value.
    """
    total, people = sum(values), sum(weights)
    if not total or not people:
        return Fraction(0)
    groups = sorted(zip(values, weights, strict=True), key=lambda g: Fraction(g[0], g[1]))
    area, before = Fraction(0), 0
    for value, weight in groups:
        area += Fraction(weight * (2 * before + value), people * total)
        before += value
    return 1 - area
