"""Floors and envelopes as linear demands in whole numbers: Σ coefficient × chosen ≥ bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mufakat.core.money import decimal_text, rupiah

if TYPE_CHECKING:
    from mufakat.engines.ranking.criteria.problem import Floor

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Item:
    """A proposal in the running, best first: its value in whole rupiah, its points, and the groups it belongs to."""

    id: str
    value: int
    points: int
    groups: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand of a floor: Σ `coefficients` over the chosen must reach `bound`; `words` says it plainly.

    `rates`, where the demand is about rupiah: the coefficient per rupiah of value.
    """

    floor: str
    words: str
    coefficients: Ints
    bound: int
    rates: Ints | None = None

    def at_value(self, i: int, value: int) -> Demand:
        """The same demand were item i worth so much."""
        if self.rates is None:
            return self
        changed = self.coefficients.copy()
        changed[i] = int(self.rates[i]) * value
        return replace(self, coefficients=changed)

    def met(self, chosen: Flags) -> bool:
        """Whether a choice meets it."""
        return int(self.coefficients[chosen].sum()) >= self.bound


def demands_of(floors: Sequence[Floor], items: Sequence[Item], pagu: int) -> tuple[Demand, ...]:
    """Every demand the floors make of these items; `each` repeats a floor for every value of its group."""
    values = np.array([item.value for item in items], np.int64)
    found = []
    for floor in floors:
        inside = np.array([_is_inside(item, floor) for item in items], bool)
        if not floor.each:
            found.append(_demand(floor, floor.name, inside, values, pagu))
            continue
        for name in sorted({name for item in items for name in item.groups.get(floor.each, ())}):
            part = inside & np.array([name in item.groups.get(floor.each, ()) for item in items], bool)
            found.append(_demand(floor, f"{floor.name}: {name}", part, values, pagu))
    return tuple(found)


def _is_inside(item: Item, floor: Floor) -> bool:
    return all(set(item.groups.get(key, ())) & set(names) for key, names in floor.where.items()) and not any(
        set(item.groups.get(key, ())) & set(names) for key, names in floor.outside.items()
    )


def _demand(floor: Floor, name: str, inside: Flags, values: Ints, pagu: int) -> Demand:
    counts = inside.astype(np.int64)
    amount = floor.amount
    if floor.kind == "count":
        return Demand(floor.id, f"{name}, sekurangnya {amount} usulan", counts, int(amount))
    if floor.kind == "count_at_most":
        return Demand(floor.id, f"{name}, paling banyak {amount} usulan", -counts, -int(amount))
    if floor.kind == "value":
        return _in_rupiah(floor, f"{name}, sekurangnya {rupiah(int(amount))}", counts, values, int(amount))
    if floor.kind == "at_most":
        return _in_rupiah(floor, f"{name}, paling banyak {rupiah(int(amount))}", -counts, values, -int(amount))
    percent = decimal_text(amount * 100)
    top, bottom = amount.numerator, amount.denominator
    if floor.of_pagu:
        bound = -((-top * pagu) // bottom)
        return _in_rupiah(floor, f"{name}, sekurangnya {percent} persen pagu", counts, values, bound)
    words = f"{name}, sekurangnya {percent} persen nilai yang dipilih"
    return _in_rupiah(floor, words, bottom * counts - top, values, 0)


def _in_rupiah(floor: Floor, words: str, rates: Ints, values: Ints, bound: int) -> Demand:
    return Demand(floor.id, words, rates * values, bound, rates)
