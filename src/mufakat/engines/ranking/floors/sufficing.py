"""What would have put an item on the list that the floors and the pagu keep out: a lower value, or a higher place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mufakat.engines.ranking.floors import model
from mufakat.engines.ranking.floors.demands import Demand, Flags, Item
from mufakat.engines.ranking.floors.following import Ground, Plan, follow


@dataclass(frozen=True, slots=True)
class Enough:
    """For one item left out: the largest value at which it is chosen, and the last place (0 …) before which it would be
    chosen with its own value; None where nothing below its value, or no place, would do."""

    value: int | None
    place: int | None


def enough_for(
    items: Sequence[Item], demands: Sequence[Demand], pagu: int, plan: Plan,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> Mapping[int, Enough]:  # fmt: skip
    """`Enough` of every position left out by a plan that follows the order.

    The value is found by the integer solver with everything above as it was decided, then, where the item helps to meet
    a demand (so that others above it may come in), confirmed by a whole new run or not told.
    """
    ground = Ground(np.array([item.value for item in items], np.int64), demands, pagu)
    chosen = np.zeros(len(items), bool)
    chosen[list(plan.chosen)] = True
    found = {}
    for i in np.flatnonzero(~chosen).tolist():
        tell(i, len(items))
        value = _value(items, demands, pagu, chosen, i)
        found[i] = Enough(value, _place(ground, chosen, i))
    return found


def _value(items: Sequence[Item], demands: Sequence[Demand], pagu: int, chosen: Flags, i: int) -> int | None:
    above = np.arange(len(items)) < i
    values = np.array([item.value for item in items], np.int64)
    value = model.largest_value(values, demands, pagu, chosen & above, ~chosen & above, i)
    if value is None or value >= items[i].value:
        return None
    if all(d.coefficients[i] <= 0 for d in demands):
        return value
    changed = [*items[:i], Item(items[i].id, value, items[i].points, items[i].groups), *items[i + 1 :]]
    again = follow(changed, [d.at_value(i, value) for d in demands], pagu)
    return value if again is not None and i in again.chosen else None


def _place(ground: Ground, chosen: Flags, i: int) -> int | None:
    """The lower the place the less is open, so the last place that would do is found by halves."""
    good, bad = -1, i
    while bad - good > 1:
        middle = (good + bad) // 2
        above = np.arange(len(chosen)) < middle
        fixed = chosen & above
        fixed[i] = True
        if ground.completed(fixed, ~chosen & above) is None:
            bad = middle
        else:
            good = middle
    return None if good < 0 else good
