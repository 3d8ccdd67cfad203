"""The list under the pagu: the walk down the order, or the list that meets the floors; and why each is in or out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from mufakat.engines.ranking.criteria.cut import cut

if TYPE_CHECKING:
    from mufakat.engines.ranking.criteria.problem import Alternative, Problem
    from mufakat.engines.ranking.criteria.table import Standing
    from mufakat.engines.ranking.floors import Demand, Ground, Item, Plan
    from mufakat.engines.ranking.floors.remedies import Price


@dataclass(frozen=True, slots=True)
class Listing:
    """The list under the pagu, explained.

    `chosen` positions in order; per position left out `values` that would have sufficed (largest first rupiah that fits)
    and `rivals`: the lowest one to stand above with its own value (None: nothing would do). `lifted` and `displaced` name
    the floors that bring a position in or keep it out; `left` is what remained of the pagu at the turn of each in the
    plain walk. Prices of the floors, or the demands that conflict (then the list is the plain walk).
    """

    chosen: tuple[int, ...]
    values: Mapping[int, int | None]
    rivals: Mapping[int, int | None]
    left: Mapping[int, int] = field(default_factory=dict)
    lifted: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    displaced: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
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


class Chooser:
    """Which positions are on the list under a standing; floors are laid out once for all standings."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._ground: Ground | None = None
        self._at: dict[int, int] = {}

    def chosen(self, standing: Standing) -> tuple[tuple[int, ...], bool]:
        """Positions on the list in order, and whether the floors are met; the plain walk where they cannot be."""
        p, order = self.problem, standing.order
        if p.floors and p.pagu is not None:
            kept = [i for i in order if p.alternatives[i].value is not None]
            plan = self._plan(standing, kept)
            if plan is not None:
                return tuple(kept[k] for k in plan.chosen), True
        walked = cut([p.alternatives[i].value for i in order], p.pagu, stops_at_line=p.stops_at_line)
        return tuple(i for i, fit in zip(order, walked.fits, strict=True) if fit), not p.floors

    def _plan(self, standing: Standing, kept: list[int]) -> Plan | None:
        from mufakat.engines.ranking.floors import Ground, demands_of, follow

        p = self.problem
        assert p.pagu is not None
        if p.objective == "score":
            _, items = items_of(p, standing, kept)
            return follow(items, demands_of(p.floors, items, p.pagu), p.pagu, p.objective)
        if self._ground is None:
            # Who is ranked does not depend on the weights, so the layout stays.
            positions, items = items_of(p, standing, sorted(kept))
            self._at = {i: n for n, i in enumerate(positions)}
            values = np.array([item.value for item in items], np.int64)
            self._ground = Ground(values, demands_of(p.floors, items, p.pagu), p.pagu)
        return self._ground.follow([self._at[i] for i in kept])


def listing(problem: Problem, standing: Standing, tell: Callable[[int, int], None]) -> Listing:
    """The list of a standing, explained."""
    if problem.floors and problem.pagu is not None:
        return _with_floors(problem, standing, problem.pagu, tell)
    return _walked(problem, standing)


def _walked(problem: Problem, standing: Standing) -> Listing:
    order, alternatives = standing.order, problem.alternatives
    walked = cut([alternatives[i].value for i in order], problem.pagu, stops_at_line=problem.stops_at_line)
    values: dict[int, int | None] = {}
    rivals: dict[int, int | None] = {}
    for n, i in enumerate(order):
        value = alternatives[i].value
        if problem.pagu is not None and value is not None and not walked.fits[n]:
            higher = next((m for m in range(n - 1, -1, -1) if walked.left[m] >= value), None)
            values[i] = walked.left[n] or None
            rivals[i] = None if higher is None else order[higher]
    chosen = tuple(i for i, fit in zip(order, walked.fits, strict=True) if fit)
    return Listing(chosen, values, rivals, dict(zip(order, walked.left, strict=True)))


def _with_floors(problem: Problem, standing: Standing, pagu: int, tell: Callable[[int, int], None]) -> Listing:
    from mufakat.engines.ranking.floors import demands_of, enough_for, follow, prices_of, smallest_conflict

    kept, items = items_of(problem, standing, standing.order)
    demands = demands_of(problem.floors, items, pagu)
    plan = follow(items, demands, pagu, problem.objective, tell=tell)
    if plan is None:
        failing = smallest_conflict(items, demands, pagu)
        return replace(_walked(problem, standing), conflict=tuple(demands[k] for k in failing), demands=demands)
    chosen = tuple(kept[k] for k in plan.chosen)
    if not problem.details:
        return Listing(chosen, {}, {}, demands=demands)
    prices = tuple(
        replace(p, entering=tuple(kept[k] for k in p.entering), leaving=tuple(kept[k] for k in p.leaving))
        for p in prices_of(items, demands, pagu, plan, problem.objective)
    )
    by_order = problem.objective == "order"
    enough = enough_for(items, demands, pagu, plan, tell) if by_order else {}
    names = {floor.id: floor.name for floor in problem.floors}
    return Listing(
        chosen,
        {kept[k]: e.value for k, e in enough.items()},
        {kept[k]: None if e.place is None else kept[e.place] for k, e in enough.items()},
        lifted=_floors_at(prices, names, entering=True),
        displaced=_floors_at(prices, names, entering=False),
        prices=prices,
        demands=demands,
    )


def _floors_at(prices: Sequence[Price], names: Mapping[str, str], *, entering: bool) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for price in prices:
        for k in price.entering if entering else price.leaving:
            found[k] = (*found.get(k, ()), names[price.floor])
    return found
