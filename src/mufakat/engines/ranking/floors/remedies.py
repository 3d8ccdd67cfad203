"""What each floor costs, and which floors cannot stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mufakat.engines.ranking.floors import model
from mufakat.engines.ranking.floors.demands import Demand, Item
from mufakat.engines.ranking.floors.following import Plan, follow


@dataclass(frozen=True, slots=True)
class Price:
    """What one floor changes: positions in the list only with it, only without it, and the sums it costs.

    `points` and `value`: sum without the floor less the sum with it (negative: the floor adds).
    """

    floor: str
    entering: tuple[int, ...]
    leaving: tuple[int, ...]
    points: int
    value: int


def prices_of(
    items: Sequence[Item], demands: Sequence[Demand], pagu: int, plan: Plan, objective: str = "order"
) -> tuple[Price, ...]:
    """The price of every floor: the list beside the one all other floors alone would give."""
    found = []
    for floor in dict.fromkeys(d.floor for d in demands):
        without = follow(items, [d for d in demands if d.floor != floor], pagu, objective)
        assert without is not None  # fewer demands than a plan meets
        here, there = set(plan.chosen), set(without.chosen)
        points = sum(items[i].points for i in there) - sum(items[i].points for i in here)
        value = sum(items[i].value for i in there) - sum(items[i].value for i in here)
        found.append(Price(floor, tuple(sorted(here - there)), tuple(sorted(there - here)), points, value))
    return tuple(found)


def smallest_conflict(items: Sequence[Item], demands: Sequence[Demand], pagu: int) -> tuple[int, ...]:
    """The fewest demands (positions) that no list under the pagu can meet together; () when all can be met.

    Implicit hitting sets (Ignatiev, Previti, Liffiton & Marques-Silva 2015): what every conflict must touch is learnt
    from lists that meet as much as possible; the smallest set touching all of it that still fails is a smallest conflict.
    """
    values = np.array([item.value for item in items], np.int64)
    nothing = np.zeros(len(items), bool)

    def satisfied(kept: Sequence[int]) -> set[int] | None:
        choice = model.cheapest(values, [demands[k] for k in kept], pagu, nothing, nothing)
        return None if choice is None else {k for k, d in enumerate(demands) if d.met(choice)}

    if satisfied(range(len(demands))) is not None:
        return ()
    to_touch: list[list[int]] = []
    while True:
        candidate = _smallest_touching(to_touch, len(demands))
        met = satisfied(candidate)
        if met is None:
            return tuple(candidate)
        for k in range(len(demands)):
            if k not in met and (wider := satisfied([*sorted(met), k])) is not None:
                met |= wider
        to_touch.append([k for k in range(len(demands)) if k not in met])


def _smallest_touching(groups: Sequence[Sequence[int]], count: int) -> list[int]:
    """The fewest of `count` numbers that hold one of every group; the first such set in order."""
    if not groups:
        return []
    cover = [Demand("", "", np.array([int(k in set(group)) for k in range(count)], np.int64), 1) for group in groups]
    # One more number costs more than any difference in their places.
    values = np.arange(count, dtype=np.int64) + count * count + 1
    nothing = np.zeros(count, bool)
    choice = model.cheapest(values, cover, int(values.sum()), nothing, nothing)
    assert choice is not None
    return [int(k) for k in np.flatnonzero(choice)]
