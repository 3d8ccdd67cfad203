"""A question about criteria: what is judged, by whom, on which scale, and how an order comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

METHODS = ("weighted_sum", "points", "topsis", "vikor", "borda")
NORMALISATIONS = ("levels", "none", "max", "minmax", "sum", "vector")
MISSING = ("skip", "zero", "lowest", "refuse")
OWN_AREA = ("exclude", "apart", "count")
COMBINE = ("mean", "median", "sum")
EXACT = ("weighted_sum", "points", "borda")
"""Methods decided in whole numbers (the weighted sum with normalisation "levels")."""


@dataclass(frozen=True, slots=True)
class Band:
    """A fact up to `bound` (itself included when `inclusive`; no bound: everything above) has `level`."""

    bound: Fraction | None
    inclusive: bool
    level: Fraction

    def holds(self, fact: Fraction) -> bool:
        """Whether the fact lies at or below the bound."""
        return self.bound is None or fact < self.bound or (self.inclusive and fact == self.bound)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion.

    `bands` per bidang ("*" for the rest) turn a number into a level, `values` a word. `multiplies` makes it the
    multiplier of a points scheme. `direction` "cost" means less is better.
    """

    key: str
    name: str
    weight: Fraction
    direction: str = "benefit"
    bands: Mapping[str, tuple[Band, ...]] = field(default_factory=dict)
    values: Mapping[str, Fraction] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)
    multiplies: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """A proposal: whose list it stands on and at which rank there, its value in rupiah, what is known of it."""

    id: str
    title: str = ""
    village: str = ""
    list: str = ""
    own_rank: int | None = None
    value: int | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    facts: Mapping[str, Fraction | str] = field(default_factory=dict)
    levels: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """What one scorer of `area` (a village, or "") gave one alternative: a level per criterion."""

    scorer: str
    area: str
    alternative: str
    levels: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Ballot:
    """One scorer's own order of alternatives, best first."""

    scorer: str
    area: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Village:
    """A village or ward and its inhabitants (None unknown)."""

    id: str
    name: str
    population: int | None


@dataclass(frozen=True, slots=True)
class Floor:
    """What the list must hold: `each` repeats it for every value of a group.

    `where` narrows it: group → values; "tag" → tags. Exactly one of `count`, `value`, `share`, `at_most`, `count_at_most`.
    `share` is of the value chosen, or of the pagu when `of_pagu`.
    """

    id: str
    name: str
    each: str
    where: Mapping[str, tuple[str, ...]]
    outside: Mapping[str, tuple[str, ...]]
    kind: str
    amount: Fraction
    of_pagu: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything one run needs. `weights` are those of the criteria unless `comparisons` (AHP) stand in."""

    criteria: tuple[Criterion, ...]
    alternatives: tuple[Alternative, ...]
    method: str = "weighted_sum"
    normalisation: str = "levels"
    lowest: Fraction = Fraction(1)
    highest: Fraction = Fraction(5)
    combine: str = "mean"
    missing: str = "skip"
    own_area: str = "exclude"
    keep_own_order: bool = True
    digits: int = 2
    ties: tuple[str, ...] = ()
    compromise: Fraction = Fraction(1, 2)
    comparisons: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()
    rankings: tuple[Ballot, ...] = ()
    classes: tuple[tuple[Fraction, str], ...] = ()
    pagu: int | None = None
    stops_at_line: bool = False
    floors: tuple[Floor, ...] = ()
    objective: str = "order"
    details: bool = True
    villages: tuple[Village, ...] = ()
    source: Any = None

    @property
    def is_exact(self) -> bool:
        """Whether scores are decided in whole numbers."""
        return self.method in EXACT and (self.method != "weighted_sum" or self.normalisation == "levels")
