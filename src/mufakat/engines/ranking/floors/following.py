"""The list that follows the order as far as the demands allow: whoever stands higher goes first, whenever any
completion of the list still meets every demand under the pagu. Without demands it is the plain walk down the order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from mufakat.engines.ranking.floors import model
from mufakat.engines.ranking.floors.demands import Demand, Ints, Item
from mufakat.engines.ranking.floors.model import Flags

BLOCK = 40
"""Proposals decided by one question when only the best sum of points counts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Positions chosen, best first; `questions` put to the solver; per position left out, when asked, a value up to
    which it is certain to be chosen: the largest there is, unless it helps to meet a demand and so makes room for others
    above it (None: it stands in a demand about rupiah, or no value would do)."""

    chosen: tuple[int, ...]
    questions: int
    sufficient: Mapping[int, int | None] = field(default_factory=dict)


def follow(
    items: Sequence[Item], demands: Sequence[Demand], pagu: int, objective: str = "order", *, explains: bool = False,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> Plan | None:  # fmt: skip
    """The list under the demands, or None when no list meets them.

    "order": the list that is first in lexicographic order: the first item if any list can hold it, then the second, ….
    "score": the greatest sum of points, and among those the first in that same order.
    """
    search = _Search(items, demands, pagu, explains=explains)
    if objective == "score":
        return search.by_points()
    return search.by_order(tell)


class _Search:
    def __init__(self, items: Sequence[Item], demands: Sequence[Demand], pagu: int, *, explains: bool) -> None:
        self.explains, self.sufficient = explains, dict[int, int | None]()
        self.values: Ints = np.array([item.value for item in items], np.int64)
        self.points: Ints = np.array([item.points for item in items], np.int64)
        self.demands, self.pagu = tuple(demands), pagu
        count = len(items)
        self.fixed, self.closed = np.zeros(count, bool), np.zeros(count, bool)
        self.questions = 0
        table = [d.coefficients for d in self.demands]
        self.table: Ints = np.array(table, np.int64).reshape(len(table), count)
        self.bounds = np.array([d.bound for d in self.demands], np.int64)
        self.only_helps = (self.table >= 0).all(axis=1)

    def meets(self, choice: Flags) -> bool:
        """Whether a choice meets every demand and the pagu."""
        return int(self.values[choice].sum()) <= self.pagu and bool(
            (self.table[:, choice].sum(axis=1) >= self.bounds).all()
        )

    def by_order(self, tell: Callable[[int, int], None]) -> Plan | None:
        """Decide item by item with a witness: some full list that holds all that is decided."""
        count = len(self.values)
        witness = self._cheapest()
        if witness is None:
            return None
        for i in range(count):
            if i % 100 == 0:
                tell(i, count)
            witness = self._decided(i, witness)
        return Plan(tuple(np.flatnonzero(self.fixed).tolist()), self.questions, self.sufficient)

    def _decided(self, i: int, witness: Flags) -> Flags:
        """Fix or close item i; a witness of what is decided then."""
        tried = witness.copy()
        tried[i] = True
        if witness[i] or self.meets(tried):
            self.fixed[i] = True
            return tried
        if self._cannot_hold(i):
            self._close(i)
            return witness
        self.fixed[i] = True
        found = self._completed()
        if found is None:
            found = self._cheapest()
        if found is not None:
            return found
        self.fixed[i] = False
        self._close(i)
        return witness

    def _close(self, i: int) -> None:
        """Leave item i out; when asked, find the value that would have sufficed: the pagu less all the rest needs."""
        if self.explains:
            self.sufficient[i] = self._room_for(i)
        self.closed[i] = True

    def _room_for(self, i: int) -> int | None:
        if any(abs(int(c)) > 1 for c in self.table[:, i]):
            return None
        value = self.values[i]
        self.values[i], self.fixed[i] = 0, True
        found = self._cheapest_exactly()
        self.values[i], self.fixed[i] = value, False
        return None if found is None else self.pagu - int(self.values[found].sum()) + int(value)

    def _cannot_hold(self, i: int) -> bool:
        """Quick proof that no list holds item i besides what is fixed: pagu, envelopes, what is still owed."""
        held = self.fixed.copy()
        held[i] = True
        left = self.pagu - int(self.values[held].sum())
        if left < 0:
            return True
        open_items = ~(held | self.closed)
        reached = self.table[:, held].sum(axis=1)
        could = reached + np.maximum(self.table[:, open_items], 0).sum(axis=1)
        if (could < self.bounds).any():
            return True
        return self._owed(reached, open_items) > left

    def _owed(self, reached: Ints, open_items: Flags) -> int:
        """A value the rest of the list needs at least: the dearest floor, each by its cheapest items."""
        owed: dict[str, int] = {}
        for row in np.flatnonzero(self.only_helps & (reached < self.bounds)).tolist():
            at = np.flatnonzero(open_items & (self.table[row] > 0))
            need = int(self.bounds[row] - reached[row])
            floor = self.demands[row].floor
            owed[floor] = self._joined(owed, floor, self._least(at, row, need), row)
        return max(owed.values(), default=0)

    def _joined(self, owed: dict[str, int], floor: str, least: int, row: int) -> int:
        """Demands of one floor add up when no item serves two of them."""
        before = owed.get(floor, 0)
        same = [r for r, d in enumerate(self.demands) if d.floor == floor]
        is_apart = int((self.table[same] != 0).sum(axis=0).max(initial=0)) <= 1
        return before + least if is_apart else max(before, least)

    def _least(self, at: Ints, row: int, need: int) -> int:
        """A lower bound on the value that reaches `need` from items `at`: cheapest per unit first, the last in part."""
        units, values = self.table[row, at], self.values[at]
        order = np.argsort(values / units, kind="stable")
        total = 0
        for k in order.tolist():
            if units[k] >= need:
                return total + int(values[k]) * need // int(units[k])
            need -= int(units[k])
            total += int(values[k])
        return self.pagu + 1

    def _completed(self) -> Flags | None:
        """A quick try at a full list: the cheapest open items for each demand that is still owed."""
        choice = self.fixed.copy()
        left = self.pagu - int(self.values[choice].sum())
        for row in range(len(self.demands)):
            reached = int(self.table[row, choice].sum())
            if reached >= self.bounds[row]:
                continue
            at = np.flatnonzero(~choice & ~self.closed & (self.table[row] > 0))
            for k in at[np.argsort(self.values[at] / self.table[row, at], kind="stable")].tolist():
                if reached >= self.bounds[row]:
                    break
                choice[k] = True
                left -= int(self.values[k])
                reached += int(self.table[row, k])
            if left < 0 or reached < self.bounds[row]:
                return None
        return choice if self.meets(choice) else None

    def _cheapest(self) -> Flags | None:
        found = self._completed()
        return self._cheapest_exactly() if found is None else found

    def _cheapest_exactly(self) -> Flags | None:
        if self.meets(self.fixed):
            return self.fixed.copy()
        self.questions += 1
        return model.cheapest(self.values, self.demands, self.pagu, self.fixed, self.closed)

    def by_points(self) -> Plan | None:
        """The best sum of points first, then the order, some items at a time."""
        best = model.richest(self.points, self.values, self.demands, self.pagu, self.fixed, self.closed)
        self.questions += 1
        if best is None:
            return None
        total = int(self.points[best].sum())
        self.demands = (*self.demands, Demand("", "jumlah skor", self.points, total))
        count = len(self.values)
        for start in range(0, count, BLOCK):
            stop = min(start + BLOCK, count)
            objective = np.zeros(count, np.int64)
            objective[start:stop] = 2 ** np.arange(stop - start - 1, -1, -1, dtype=np.int64)
            found = model.richest(objective, self.values, self.demands, self.pagu, self.fixed, self.closed)
            self.questions += 1
            assert found is not None
            self.fixed[start:stop] = found[start:stop]
            self.closed[start:stop] = ~found[start:stop]
        return Plan(tuple(np.flatnonzero(self.fixed).tolist()), self.questions)
