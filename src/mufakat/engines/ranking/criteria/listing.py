"""The list under the pagu: the walk down the order, or the list that meets the floors; and why each is in or out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mufakat.engines.ranking.criteria import saying
from mufakat.engines.ranking.criteria.cut import cut

if TYPE_CHECKING:
    from mufakat.engines.ranking.criteria.problem import Alternative, Problem
    from mufakat.engines.ranking.criteria.table import Standing
    from mufakat.engines.ranking.floors import Demand, Item
    from mufakat.engines.ranking.floors.remedies import Price


@dataclass(frozen=True, slots=True)
class Listing:
    """Positions on the list, a sentence per ranked position, the value that would have sufficed per position left out;
    prices of the floors, or the words of those that conflict (then the list is the plain walk)."""

    chosen: tuple[int, ...]
    why: Mapping[int, str]
    sufficient: Mapping[int, int | None]
    prices: tuple[Price, ...] = ()
    conflict: tuple[Demand, ...] = ()
    demands: tuple[Demand, ...] = ()


def items_of(problem: Problem, standing: Standing, order: Sequence[int]) -> tuple[list[int], list[Item]]:
    """The ranked positions that have a value, and what the floors see of them."""
    from mufakat.engines.ranking.floors import Item

    kept = [i for i in order if problem.alternatives[i].value is not None]
    sign = -1 if problem.method == "vikor" else 1
    return kept, [
        Item(a.id, a.value or 0, sign * standing.units[i], groups_of(a))
        for i, a in ((i, problem.alternatives[i]) for i in kept)
    ]


def groups_of(alternative: Alternative) -> dict[str, tuple[str, ...]]:
    """All groups a floor may speak of."""
    own = {key: (value,) for key, value in alternative.groups.items()}
    return {
        "village": (alternative.village,), "list": (alternative.list or alternative.village,),
        "tag": alternative.tags, **own,
    }  # fmt: skip


def chosen_by(problem: Problem, standing: Standing) -> tuple[tuple[int, ...], bool]:
    """Only the positions on the list, and whether the floors are met; the plain walk where they cannot be."""
    order = standing.order
    if problem.floors and problem.pagu is not None:
        from mufakat.engines.ranking.floors import demands_of, follow

        kept, items = items_of(problem, standing, order)
        plan = follow(items, demands_of(problem.floors, items, problem.pagu), problem.pagu, problem.objective)
        if plan is not None:
            return tuple(kept[k] for k in plan.chosen), True
    walked = cut([problem.alternatives[i].value for i in order], problem.pagu, stops_at_line=problem.stops_at_line)
    return tuple(i for i, fit in zip(order, walked.fits, strict=True) if fit), not problem.floors


def listing(problem: Problem, standing: Standing, tell: Callable[[int, int], None]) -> Listing:
    """The list of a standing, explained."""
    if problem.floors and problem.pagu is not None:
        return _with_floors(problem, standing, problem.pagu, tell)
    return _walked(problem, standing)


def _walked(problem: Problem, standing: Standing) -> Listing:
    order, alternatives = standing.order, problem.alternatives
    walked = cut([alternatives[i].value for i in order], problem.pagu, stops_at_line=problem.stops_at_line)
    why: dict[int, str] = {}
    sufficient: dict[int, int | None] = {}
    for n, i in enumerate(order):
        value = alternatives[i].value
        if value is None:
            why[i] = saying.no_value()
        elif problem.pagu is not None and walked.fits[n]:
            why[i] = saying.fits(walked.left[n])
        elif problem.pagu is not None:
            higher = next((m for m in range(n - 1, -1, -1) if walked.left[m] >= value), None)
            needed = None if higher is None else alternatives[order[higher]]
            score = "" if higher is None else saying.shown(standing.units[order[higher]], problem.digits)
            above = alternatives[order[n - 1]] if n else None
            why[i] = saying.misses(value, walked.left[n], above, needed, score)
            sufficient[i] = walked.left[n]
    chosen = tuple(i for i, fit in zip(order, walked.fits, strict=True) if fit)
    return Listing(chosen, why, sufficient)


def _with_floors(problem: Problem, standing: Standing, pagu: int, tell: Callable[[int, int], None]) -> Listing:
    from mufakat.engines.ranking.floors import demands_of, follow, prices_of, smallest_conflict

    kept, items = items_of(problem, standing, standing.order)
    demands = demands_of(problem.floors, items, pagu)
    plan = follow(items, demands, pagu, problem.objective, explains=problem.details, tell=tell)
    if plan is None:
        failing = smallest_conflict(items, demands, pagu)
        return replace(_walked(problem, standing), conflict=tuple(demands[k] for k in failing), demands=demands)
    prices = prices_of(items, demands, pagu, plan, problem.objective) if problem.details else ()
    names = {floor.id: floor.name for floor in problem.floors}
    lifting = _floors_at(prices, names, entering=True)
    displacing = _floors_at(prices, names, entering=False)
    why: dict[int, str] = {i: saying.no_value() for i in standing.order if problem.alternatives[i].value is None}
    place = {i: n for n, i in enumerate(standing.order)}
    chosen = set(plan.chosen)
    for k, i in enumerate(kept):
        if k in chosen:
            why[i] = saying.lifted(lifting[k]) if k in lifting else "Termuat."
            continue
        above = problem.alternatives[standing.order[place[i] - 1]] if place[i] else None
        why[i] = saying.displaced(items[k].value, plan.sufficient.get(k), displacing.get(k, ()), above)
    sufficient = {kept[k]: value for k, value in plan.sufficient.items()}
    moved = tuple(
        type(p)(p.floor, tuple(kept[k] for k in p.entering), tuple(kept[k] for k in p.leaving), p.points, p.value)
        for p in prices
    )
    return Listing(tuple(kept[k] for k in plan.chosen), why, sufficient, moved, (), demands)


def _floors_at(prices: Sequence[Price], names: Mapping[str, str], *, entering: bool) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for price in prices:
        for k in price.entering if entering else price.leaving:
            found[k] = (*found.get(k, ()), names[price.floor])
    return found
