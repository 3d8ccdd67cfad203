"""Facts and scorers become one level per alternative and criterion; what nobody stated stays "tidak dinilai"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from mufakat.core.money import decimal_text
from mufakat.engines.ranking.criteria.problem import Alternative, Band, Criterion, Problem, Score


@dataclass(frozen=True, slots=True)
class Cell:
    """A level and the fact it rests on, in words; `level` None is "tidak dinilai"."""

    level: Fraction | None
    basis: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by alternative and criterion, in the order of the problem; `own` counts own-area scores left out."""

    cells: tuple[tuple[Cell, ...], ...]
    own: tuple[int, ...]


_NOTHING = Cell(None, "tidak dinilai")


def grid(problem: Problem, *, with_own: bool) -> Grid:
    """All cells; `with_own` also counts what scorers gave the alternatives of their own area (rule 62)."""
    given: dict[str, list[Score]] = defaultdict(list)
    for score in problem.scores:
        given[score.alternative].append(score)
    rows, own = [], []
    for alternative in problem.alternatives:
        all_scores = given.get(alternative.id, [])
        mine = [s for s in all_scores if s.area and s.area == alternative.village]
        kept = all_scores if with_own else [s for s in all_scores if s not in mine]
        rows.append(tuple(_cell(problem, alternative, criterion, kept) for criterion in problem.criteria))
        own.append(len(mine))
    return Grid(tuple(rows), tuple(own))


def counted_grid(problem: Problem) -> Grid:
    """The cells the order rests on."""
    return grid(problem, with_own=problem.own_area == "count")


def _cell(problem: Problem, alternative: Alternative, criterion: Criterion, scores: Sequence[Score]) -> Cell:
    if criterion.key in alternative.levels:
        return Cell(alternative.levels[criterion.key], "tingkat yang dinyatakan")
    levels = [s.levels[criterion.key] for s in scores if criterion.key in s.levels]
    if levels:
        return _combined(levels, problem.combine)
    fact = alternative.facts.get(criterion.key)
    return _NOTHING if fact is None else level_of(criterion, fact, alternative.groups.get("bidang", ""))


def _combined(levels: Sequence[Fraction], how: str) -> Cell:
    if how == "sum":
        return Cell(sum(levels, Fraction(0)), f"jumlah {len(levels)} penilai")
    if how == "median":
        return Cell(Fraction(median(levels)), f"median {len(levels)} penilai")
    return Cell(sum(levels, Fraction(0)) / len(levels), f"rata-rata {len(levels)} penilai")


def level_of(criterion: Criterion, fact: Fraction | str, bidang: str) -> Cell:
    """The level of a fact: by its word, by the bands of its bidang ("*" where it has none), else the number itself."""
    if isinstance(fact, str):
        level = criterion.values.get(fact.strip().lower())
        return Cell(level, f"“{fact.strip()}”") if level is not None else _NOTHING
    bands = criterion.bands.get(bidang.strip().lower()) or criterion.bands.get("*")
    if not bands:
        return Cell(fact, decimal_text(fact))
    for band in bands:
        if band.holds(fact):
            return Cell(band.level, f"{decimal_text(fact)} ({_span(bands, band)})")
    return _NOTHING


def _span(bands: Sequence[Band], band: Band) -> str:
    if band.bound is None:
        before = bands[-2].bound if len(bands) > 1 else None
        return "semua" if before is None else f"di atas {decimal_text(before)}"
    return f"{'sampai' if band.inclusive else 'di bawah'} {decimal_text(band.bound)}"


def as_levels(cells: Sequence[Cell], criteria: Sequence[Criterion]) -> Mapping[str, Fraction | None]:
    """Levels by criterion key."""
    return {criterion.key: cell.level for criterion, cell in zip(criteria, cells, strict=True)}
