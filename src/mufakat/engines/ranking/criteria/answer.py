"""One run over criteria: order, explanation, own-area effect, list under the pagu, stability, spread; as one document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mufakat.engines.ranking.criteria import saying
from mufakat.engines.ranking.criteria.levels import Grid, grid
from mufakat.engines.ranking.criteria.listing import Chooser, Listing, listing
from mufakat.engines.ranking.criteria.outcome import listed_words, points_short, waiting_words
from mufakat.engines.ranking.criteria.problem import Criterion, Problem
from mufakat.engines.ranking.criteria.stability import STEP, Change, Stability, Swap, stability
from mufakat.engines.ranking.criteria.table import Standing, Table
from mufakat.engines.ranking.criteria.weights import Comparison, compared
from mufakat.engines.ranking.fairness.shares import spread

if TYPE_CHECKING:
    from mufakat.engines.ranking.floors.remedies import Price

Tell = Callable[[int, int], None]


def silent(done: int, of: int) -> None:
    """No progress wanted."""


def answer(problem: Problem, tell: Tell = silent) -> dict[str, Any]:
    """The result of a problem (docs/reference/ranking-result.schema.json); the same problem gives the same document."""
    problem, comparison = weighed(problem)
    without, with_own = grid(problem, with_own=False), grid(problem, with_own=True)
    counted = with_own if problem.own_area == "count" else without
    table = Table(problem, counted)
    weights = table.weights()
    standing = table.standing(weights)
    other = _other_standing(problem, without, with_own, weights)
    listed = listing(problem, standing, tell)
    firmness = _firmness(problem, table, weights, tell) if problem.details else None
    return {
        "method": problem.method,
        "normalisation": problem.normalisation,
        "digits": problem.digits,
        "lower_is_better": problem.method == "vikor",
        "exact": problem.is_exact,
        "weights": [
            {"key": c.key, "name": c.name, "weight": _number(c.weight)} for c in problem.criteria if not c.multiplies
        ],
        "comparison": None if comparison is None else _comparison(comparison),
        "ties": [*problem.ties, "id"],
        "order": [problem.alternatives[i].id for i in standing.order],
        "left_out": [problem.alternatives[i].id for i in standing.left_out],
        "alternatives": _alternatives(problem, table, counted, standing, other, listed),
        "list": _list(problem, listed),
        "floors": _floors(problem, listed),
        "stability": None if firmness is None else _stability(problem, table, firmness),
        "spread": _spread(problem, listed),
    }


def weighed(problem: Problem) -> tuple[Problem, Comparison | None]:
    """The problem with AHP's weights in place of the stated ones, where it asks for that."""
    if not problem.comparisons:
        return problem, None
    found = compared([c.key for c in problem.criteria], problem.comparisons)
    criteria = tuple(replace(c, weight=w) for c, w in zip(problem.criteria, found.weights, strict=True))
    return replace(problem, criteria=criteria), found


def _other_standing(problem: Problem, without: Grid, with_own: Grid, weights: Sequence[int]) -> Standing | None:
    """The standing with own-area scores the other way round; None when nobody scored an own area."""
    if problem.method == "borda":
        areas = {a.village for a in problem.alternatives}
        judging = {b.area for b in problem.rankings} | {s.area for s in problem.scores}
        if not areas & judging - {""}:
            return None
    elif not any(with_own.own):
        return None
    turned = replace(problem, own_area="exclude" if problem.own_area == "count" else "count")
    return Table(turned, without if problem.own_area == "count" else with_own).standing(weights)


def _firmness(problem: Problem, table: Table, weights: Sequence[int], tell: Tell) -> Stability:
    chooser = Chooser(problem)
    return stability(table, weights, lambda now: chooser.chosen(now)[0], tell)


def _alternatives(
    problem: Problem, table: Table, counted: Grid, standing: Standing, other: Standing | None, listed: Listing
) -> list[dict[str, Any]]:
    place = standing.place()
    other_place = {} if other is None else other.place()
    chosen, ids = set(listed.chosen), [a.id for a in problem.alternatives]
    rows = []
    for i in (*standing.order, *standing.left_out):
        a, cells = problem.alternatives[i], counted.cells[i]
        parts = _parts(problem, table, i)
        score = saying.shown(standing.units[i], problem.digits)
        own = _own(problem, counted, standing, other, other_place, i)
        points = points_short(problem, table, standing, listed, i)
        rows.append(
            {
                "id": a.id,
                "rank": place.get(i),
                "score": _score(standing.units[i], problem.digits),
                "coverage": standing.coverage[i] / 100,
                "levels": {
                    c.key: {
                        "level": None if cell.level is None else _number(cell.level),
                        "basis": cell.basis,
                        "points": None if part is None else round(float(part), 4),
                    }
                    for c, cell, part in zip(problem.criteria, cells, parts, strict=True)
                },
                "own_area": own,
                "class": _class(problem, standing.units[i]),
                "chosen": i in chosen,
                "sufficient_value": listed.values.get(i),
                "sufficient_points": None if points is None else _score(points, problem.digits),
                "above": None if place.get(i, 1) == 1 else ids[standing.order[place[i] - 2]],
                "why": [
                    sentence
                    for sentence in (
                        f"Urutan {place[i]} dengan skor {score}."
                        if i in place
                        else "Belum diurutkan: ada kriteria yang belum dinilai.",
                        saying.carried(problem.criteria, cells, parts),
                        saying.unrated(problem.criteria, cells),
                        own["sentence"] if own else "",
                        waiting_words(problem, table, standing, i),
                        _tie_words(problem, table, standing, place.get(i)),
                        listed_words(problem, table, standing, listed, i),
                    )
                    if sentence
                ],
            }
        )
    return rows


def _parts(problem: Problem, table: Table, i: int) -> list[Fraction | None]:
    """What each criterion adds to the score; None where it has no level or the method does not add up."""
    parts: list[Fraction | None] = [None] * len(problem.criteria)
    if not problem.is_exact or problem.method == "borda":
        return parts
    weights = [problem.criteria[j].weight for j in table.summed]
    known = table.present[i].tolist()
    covered = sum((w for w, k in zip(weights, known, strict=True) if k), Fraction(0))
    for n, j in enumerate(table.summed):
        if known[n]:
            part = weights[n] * table.exact[i][n]
            is_sum = problem.method == "weighted_sum"
            parts[j] = part * 100 / (problem.highest * covered) if is_sum and covered else part * table.factor[i]
    return parts


def _own(
    problem: Problem, counted: Grid, standing: Standing, other: Standing | None, other_place: Mapping[int, int], i: int
) -> dict[str, Any] | None:
    """The effect of own-area scores on one alternative; None where there are none."""
    if other is None:
        return None
    is_counted = problem.own_area == "count"
    here, there = (saying.shown(s.units[i], problem.digits) for s in (standing, other))
    without, with_own = (there, here) if is_counted else (here, there)
    return {
        "scores": counted.own[i],
        "counted": is_counted,
        "rank_otherwise": other_place.get(i),
        "score_otherwise": _score(other.units[i], problem.digits),
        "sentence": saying.own_area(counted.own[i], without, with_own),
    }


def _tie_words(problem: Problem, table: Table, standing: Standing, place: int | None) -> str:
    """Which rule of ties put an alternative below the one above it."""
    if place is None or place == 1:
        return ""
    above, here = standing.order[place - 2], standing.order[place - 1]
    if standing.units[above] != standing.units[here]:
        return ""
    if table.lists[above] == table.lists[here] and table.own_ranks[above] != table.own_ranks[here]:
        return ""
    specs = [*problem.ties, "id"]
    spec = next((s for s, c in zip(specs, table.ties, strict=True) if c[above] != c[here]), "letak dalam berkas")
    return saying.tied(place, problem.alternatives[above], spec)


def _list(problem: Problem, listed: Listing) -> dict[str, Any] | None:
    if problem.pagu is None:
        return None
    used = sum(problem.alternatives[i].value or 0 for i in listed.chosen)
    return {
        "pagu": problem.pagu, "used": used, "left": problem.pagu - used, "objective": problem.objective,
        "chosen": [problem.alternatives[i].id for i in listed.chosen],
    }  # fmt: skip


def _floors(problem: Problem, listed: Listing) -> dict[str, Any] | None:
    if not problem.floors or problem.pagu is None:
        return None
    names = {floor.id: floor.name for floor in problem.floors}
    if listed.conflict:
        words = [demand.words for demand in listed.conflict]
        return {"met": False, "conflict": words, "sentence": saying.conflict(words, problem.pagu), "prices": []}
    prices = [_price(problem, names[p.floor], p) for p in listed.prices]
    return {"met": True, "conflict": [], "sentence": "", "prices": prices, "demands": [d.words for d in listed.demands]}


def _price(problem: Problem, name: str, p: Price) -> dict[str, Any]:
    entering, leaving = ([problem.alternatives[i].id for i in side] for side in (p.entering, p.leaving))
    return {
        "id": p.floor, "name": name, "entering": entering, "leaving": leaving,
        "score": _score(p.points, problem.digits), "value": p.value,
        "sentence": saying.price(name, entering, leaving, p.points, problem.digits, p.value),
    }  # fmt: skip


def _stability(problem: Problem, table: Table, found: Stability) -> dict[str, Any]:
    ids = [a.id for a in problem.alternatives]
    criteria = [problem.criteria[j] for j in table.summed]
    return {
        "step": _number(STEP),
        "shares": {c.key: _number(share) for c, share in zip(criteria, found.shares, strict=True)},
        "pairs": [_pair(ids, criteria, pair) for pair in found.pairs],
        "decides_the_list": [_change(ids, criteria[c.criterion], c) for c in found.changes],
    }


def _pair(ids: Sequence[str], criteria: Sequence[Criterion], pair: Swap) -> dict[str, Any]:
    above, below = ids[pair.above], ids[pair.below]
    words = saying.pair(above, below, [c.name for c in criteria], pair.ranges)
    return {
        "above": above, "below": below, "held_by": pair.reason,
        "stays": {
            c.key: [None if end is None else _number(end) for end in ends]
            for c, ends in zip(criteria, pair.ranges, strict=True)
        },
        "sentence": words if pair.reason == "skor" else saying.held(above, below),
    }  # fmt: skip


def _change(ids: Sequence[str], criterion: Criterion, c: Change) -> dict[str, Any]:
    entering, leaving = ([ids[i] for i in side] for side in (c.entering, c.leaving))
    return {
        "criterion": criterion.key, "share": _number(c.share), "entering": entering, "leaving": leaving,
        "sentence": saying.change(criterion.name, c.share, entering, leaving),
    }  # fmt: skip


def _spread(problem: Problem, listed: Listing) -> dict[str, Any] | None:
    if problem.pagu is None:
        return None
    a = problem.alternatives
    found = spread(
        [x.village for x in a if x.village],
        [(a[i].village, a[i].value or 0) for i in listed.chosen if a[i].village],
        {v.id: v.population for v in problem.villages},
    )
    per = "penduduk" if found.per_inhabitant else "desa"
    return {
        "villages": [
            {
                "id": s.id, "asked": s.asked, "chosen": s.count, "value": s.value, "share": _number(s.share),
                "population_share": None if s.population_share is None else _number(s.population_share),
            }
            for s in found.shares
        ],
        "gini": _number(found.gini),
        "per": per,
        "excluded": list(found.excluded),
        "sentence": saying.spread(found.gini, per, found.excluded),
    }  # fmt: skip


def _comparison(found: Comparison) -> dict[str, Any]:
    return {
        "consistency_ratio": round(found.ratio, 6), "largest_eigenvalue": round(found.largest_eigenvalue, 6),
        "consistent": found.is_consistent,
        "triple": None if found.triple is None else list(found.triple[:3]),
        "sentence": saying.comparison(found),
    }  # fmt: skip


def _class(problem: Problem, units: int) -> str | None:
    score = Fraction(units, 10**problem.digits)
    return next((name for least, name in problem.classes if score >= least), None)


def _score(units: int, digits: int) -> float | int:
    return _number(Fraction(units, 10**digits))


def _number(value: Fraction) -> float | int:
    return value.numerator if value.denominator == 1 else round(float(value), 6)
