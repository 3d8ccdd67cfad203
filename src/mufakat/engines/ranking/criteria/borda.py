"""Borda points over several scorers' orders, exact; own-area alternatives are taken out of a scorer's order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from mufakat.engines.ranking.criteria.problem import Ballot, Problem


def borda_points(problem: Problem, weights: Sequence[int], summed: Sequence[int]) -> list[Fraction | None]:
    """Mean share of the alternatives a proposal beats, 0 … 1, over the scorers who judged it; None where nobody did.

    Within one order of k the first gets (k - 1) ÷ (k - 1), the last 0, equals their mean, those not listed the mean of
    the places left (Borda 1781; ties after Black 1976). With `own_area` other than "count" a scorer's own village is
    taken out first, so that judging it neither helps nor harms anyone.
    """
    orders = [_of_ballot(b) for b in problem.rankings] or _of_scores(problem, weights, summed)
    village = {a.id: a.village for a in problem.alternatives}
    sums: dict[str, Fraction] = defaultdict(Fraction)
    counts: dict[str, int] = defaultdict(int)
    for area, tiers in orders:
        is_out = problem.own_area != "count" and bool(area)
        field = [a.id for a in problem.alternatives if not (is_out and village[a.id] == area)]
        for name, share in _shares(tiers, field).items():
            sums[name] += share
            counts[name] += 1
    return [sums[a.id] / counts[a.id] if counts[a.id] else None for a in problem.alternatives]


def _shares(tiers: list[list[str]], field: list[str]) -> dict[str, Fraction]:
    """Share beaten of every alternative in the field."""
    inside = set(field)
    kept = [[name for name in tier if name in inside] for tier in tiers]
    listed = {name for tier in kept for name in tier}
    kept.append([name for name in field if name not in listed])
    if len(field) < 2:
        return {}
    shares, above = {}, 0
    for tier in kept:
        beaten = Fraction(2 * (len(field) - above) - len(tier) - 1, 2)
        shares.update(dict.fromkeys(tier, beaten / (len(field) - 1)))
        above += len(tier)
    return shares


def _of_ballot(ballot: Ballot) -> tuple[str, list[list[str]]]:
    return ballot.area, [[name] for name in ballot.order]


def _of_scores(problem: Problem, weights: Sequence[int], summed: Sequence[int]) -> list[tuple[str, list[list[str]]]]:
    """Each scorer's order by the weighted mean of the levels that scorer gave."""
    weight = {problem.criteria[j].key: w for j, w in zip(summed, weights, strict=True)}
    mirrored = {problem.criteria[j].key for j in summed if problem.criteria[j].direction == "cost"}
    ends = problem.lowest + problem.highest
    by_scorer: dict[tuple[str, str], dict[Fraction, list[str]]] = defaultdict(lambda: defaultdict(list))
    for score in problem.scores:
        known = [
            (weight[key], ends - level if key in mirrored else level)
            for key, level in score.levels.items()
            if weight.get(key)
        ]
        if known:
            mean = sum((w * x for w, x in known), Fraction(0)) / sum(w for w, _ in known)
            by_scorer[score.scorer, score.area][mean].append(score.alternative)
    return [(area, [tiers[mean] for mean in sorted(tiers, reverse=True)]) for (_, area), tiers in by_scorer.items()]
