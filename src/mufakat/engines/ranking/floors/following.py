"""The list that follows the order as far as the demands allow: whoever stands higher goes first, whenever any
completion of the list still meets every demand under the pagu. Without demands it is the plain walk down the order.

Each item is one question: is there a full list with it? Yes is shown by such a list (the witness), no by a bound in whole
numbers (`shadow`); only where neither is found at once does the integer solver decide, over the few items the bound
leaves open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

from mufakat.engines.ranking.floors import model
from mufakat.engines.ranking.floors.demands import Demand, Flags, Ints, Item
from mufakat.engines.ranking.floors.shadow import Shadow

BLOCK = 40
"""Proposals decided by one question when only the best sum of points counts."""
_STEEP = 4
"""New prices are learnt whenever the room left has shrunk so many times."""
_WHOLE = 1e-6
_NEAR = 48
"""Open items, nearest to worth their price, among which a witness is sought first."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Positions chosen, best first; `questions` put to the integer solver."""

    chosen: tuple[int, ...]
    questions: int


def follow(
    items: Sequence[Item], demands: Sequence[Demand], pagu: int, objective: str = "order", *,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> Plan | None:  # fmt: skip
    """The list under the demands, or None when no list meets them.

    "order": the list that is first in lexicographic order: the first item if any list can hold it, then the second, ….
    "score": the greatest sum of points, and among those the first in that same order.
    """
    values = np.array([item.value for item in items], np.int64)
    if objective == "score":
        return _by_points(values, np.array([item.points for item in items], np.int64), demands, pagu)
    return Ground(values, demands, pagu).follow(range(len(items)), tell)


class Ground:
    """Values and demands laid out once; then they can be followed in any order, which costs far less than the layout."""

    def __init__(self, values: Ints, demands: Sequence[Demand], pagu: int) -> None:
        self.values, self.pagu = values, pagu
        rows = [_primitive(d) for d in demands]
        self.demands = tuple(Demand(d.floor, d.words, c, b) for d, (c, b) in zip(demands, rows, strict=True))
        self.table: Ints = np.array([c for c, _ in rows], np.int64).reshape(len(rows), len(values))
        self.bounds: Ints = np.array([b for _, b in rows], np.int64)
        self.shadow = Shadow(values, self.table, self.bounds, pagu)

    def follow(self, order: Sequence[int], tell: Callable[[int, int], None] = lambda done, of: None) -> Plan | None:
        """As the function `follow`, for items taken in this order; positions in the plan are places in the order."""
        return _Search(self, order).plan(tell)

    def completed(self, fixed: Flags, closed: Flags) -> Flags | None:
        """A full list with all fixed and no closed items, or None: proved that there is none."""
        search = _Search(self, range(len(self.values)))
        search.fixed, search.closed = fixed, closed
        return search.found()


class _Search:
    """One walk down the order. What is decided: `fixed` and `closed`; `witness` is a full list with all that is fixed."""

    def __init__(self, ground: Ground, order: Sequence[int]) -> None:
        self.values, self.pagu, self.demands = ground.values, ground.pagu, ground.demands
        self.table, self.bounds, self.shadow = ground.table, ground.bounds, ground.shadow
        self.order = list(order)
        self.place = np.empty(len(self.order), np.int64)
        self.place[self.order] = np.arange(len(self.order))
        self.fixed, self.closed, self.witness = (np.zeros(len(self.order), bool) for _ in range(3))
        self.questions = 0

    def plan(self, tell: Callable[[int, int], None]) -> Plan | None:
        """Decide item by item: on the bound alone while there is plenty of room, then with a full list in hand."""
        count = len(self.order)
        start = self._ventured()
        found = self.found()
        if found is None:
            start, found = self._retreated(start)
            if found is None:
                return None
        self._hold(found)
        self._weigh()
        for place in range(start, count):
            if place % 100 == 0:
                tell(place, count)
            i = self.order[place]
            if not self.closed[i] and not self.fixed[i]:
                self._decide(i, self._holds(i))
        return Plan(tuple(np.flatnonzero(self.fixed[self.order]).tolist()), self.questions)

    def meets(self, choice: Flags) -> bool:
        """Whether a choice meets every demand and the pagu."""
        return int(self.values[choice].sum()) <= self.pagu and bool(
            (self.table[:, choice].sum(axis=1) >= self.bounds).all()
        )

    def _weigh(self) -> None:
        """The room the bound leaves under the prices as they are; what they exclude is closed at once."""
        open_items = ~(self.fixed | self.closed)
        self.gap = self.shadow.unit * self.pagu - self.shadow.least(self.fixed, open_items)
        self.closed |= open_items & (self.shadow.reduced > self.gap)
        self.reduced: list[int] = self.shadow.reduced.tolist()
        self.left = self.pagu - int(self.values[self.fixed].sum())

    def _decide(self, i: int, is_held: bool) -> None:
        if is_held:
            self.fixed[i] = True
            self.left -= int(self.values[i])
            self.gap -= max(self.reduced[i], 0)
        else:
            self.closed[i] = True
            self.gap += min(self.reduced[i], 0)

    def _ventured(self) -> int:
        """Take what the bound allows while there is plenty of room; the position where that ends. Not proved yet."""
        self.shadow.learn(self.fixed, ~self.closed)
        self._weigh()
        last, dearest = self.gap, int(self.values.max(initial=0))
        for place, i in enumerate(self.order):
            if self.gap < dearest * self.shadow.unit:
                return place
            if _STEEP * self.gap < last:
                self.shadow.learn(self.fixed, ~(self.fixed | self.closed))
                self._weigh()
                last = self.gap
            if not self.closed[i]:
                self._decide(i, int(self.values[i]) <= self.left and self.reduced[i] <= self.gap)
        return len(self.order)

    def _retreated(self, reached: int) -> tuple[int, Flags | None]:
        """The bound was too hopeful: back to the last position whose decisions some full list holds, and that list.

        None when no list at all meets the demands.
        """
        ventured = self.fixed.copy()
        good, bad = 0, reached
        self._rewind(ventured, 0)
        witness = self.found()
        if witness is None:
            return 0, None
        while bad - good > 1:
            middle = (good + bad) // 2
            self._rewind(ventured, middle)
            found = self.found()
            if found is None:
                bad = middle
            else:
                good, witness = middle, found
        self._rewind(ventured, good)
        return good, witness

    def _rewind(self, ventured: Flags, position: int) -> None:
        before = self.place < position
        self.fixed, self.closed = ventured & before, ~ventured & before

    def _hold(self, witness: Flags) -> None:
        self.witness = witness
        self.spare = self.pagu - int(self.values[witness].sum())
        self.over: Ints = self.table[:, witness].sum(axis=1) - self.bounds

    def _holds(self, i: int) -> bool:
        """Whether some full list holds item i besides what is fixed; the witness then does."""
        if self.witness[i]:
            return True
        value = int(self.values[i])
        if value > self.left or self.reduced[i] > self.gap:
            return False
        if value <= self.spare and (self.over + self.table[:, i] >= 0).all():
            self.witness[i] = True
            self.spare -= value
            self.over = self.over + self.table[:, i]
            return True
        if (swapped := self._swapped(i)) is not None:
            self._hold(swapped)
            return True
        return self._asked(i)

    def _swapped(self, i: int) -> Flags | None:
        """The witness with item i in place of one or two that are not fixed."""
        loose = np.flatnonzero(self.witness & ~self.fixed)
        # Demands that hold whatever is taken out need no look.
        table = self.table[:, loose]
        over = self.over + self.table[:, i]
        live = over < np.maximum(table, 0).sum(axis=1)
        table, over = table[live], over[live]
        need, freed = int(self.values[i]) - self.spare, self.values[loose]
        kept = over[:, None] - table
        fit = np.flatnonzero((freed >= need) & (kept >= 0).all(axis=0))
        if len(fit):
            return self._without(i, [int(loose[fit[np.argmin(freed[fit])]])])
        if len(loose) < 2:
            return None
        pairs = freed[:, None] + freed >= need
        for d in range(len(over)):
            pairs &= kept[d][:, None] >= table[d]
        np.fill_diagonal(pairs, val=False)
        best = int(np.argmax(pairs))
        if not pairs.flat[best]:
            return None
        a, b = divmod(best, len(loose))
        return self._without(i, [int(loose[a]), int(loose[b])])

    def _without(self, i: int, gone: Sequence[int]) -> Flags:
        new = self.witness.copy()
        new[i] = True
        new[list(gone)] = False
        return new

    def _asked(self, i: int) -> bool:
        """The question put in full, with item i held."""
        self.fixed[i] = True
        found = self.found()
        self.fixed[i] = False
        if found is not None:
            self._hold(found)
        self._weigh()
        return found is not None

    def found(self) -> Flags | None:
        """A full list with all that is fixed and nothing closed, or None: proved that there is none."""
        open_items = ~(self.fixed | self.closed)
        self.shadow.learn(self.fixed, open_items)
        gap = self.shadow.unit * self.pagu - self.shadow.least(self.fixed, open_items)
        if gap < 0:
            return None
        reduced = self.shadow.reduced
        fixed, closed = self.fixed | (open_items & (reduced < -gap)), self.closed | (open_items & (reduced > gap))
        parts = self.shadow.parts(at := np.flatnonzero(open_items))
        if (rounded := self._rounded(at, parts)) is not None:
            return rounded
        if int((~(fixed | closed)).sum()) > 2 * _NEAR and (near := self._near(at, parts)) is not None:
            return near
        self.questions += 1
        return model.one(self.values, self.demands, self.pagu, fixed, closed)

    def _rounded(self, at: Ints, parts: NDArray[np.float64]) -> Flags | None:
        """The cheapest list in parts made whole: parts left out or taken in, then at most one item in and one out."""
        for least in (1 - _WHOLE, 0.5, _WHOLE):
            choice = self.fixed.copy()
            choice[at[parts > least]] = True
            if self.meets(choice):
                return choice
            if (mended := self._mended(choice, at)) is not None:
                return mended
        return None

    def _mended(self, choice: Flags, at: Ints) -> Flags | None:
        """A choice that fails, with one open item more, one fewer, or one for another, so that it meets all."""
        inside, outside = at[choice[at]], at[~choice[at]]
        if not len(inside) or not len(outside):
            return None
        rows = np.vstack([self.table, -self.values])
        over = rows[:, choice].sum(axis=1) - np.append(self.bounds, -self.pagu)
        # No item in, no item out: a column of noughts.
        less, more = (np.hstack([rows[:, side], np.zeros((len(rows), 1), np.int64)]) for side in (inside, outside))
        fits = np.ones((less.shape[1], more.shape[1]), bool)
        for d in np.flatnonzero(over - less.max(axis=1) + more.min(axis=1) < 0).tolist():
            fits &= (over[d] - less[d])[:, None] + more[d] >= 0
        best = int(np.argmax(fits))
        if not fits.flat[best]:
            return None
        out, into = divmod(best, fits.shape[1])
        new = choice.copy()
        new[inside[out : out + 1]] = False
        new[outside[into : into + 1]] = True
        return new

    def _near(self, at: Ints, parts: NDArray[np.float64]) -> Flags | None:
        """A full list like the cheapest one in parts, but for the items nearest to worth their price, in and out of it."""
        distance = np.abs(self.shadow.reduced[at])
        is_free = (parts > _WHOLE) & (parts < 1 - _WHOLE)
        for side in (parts <= 0.5, parts > 0.5):
            inside = np.flatnonzero(side)
            is_free[inside[np.argsort(distance[inside], kind="stable")[: _NEAR // 2]]] = True
        fixed, closed = self.fixed.copy(), self.closed.copy()
        fixed[at[~is_free & (parts > 0.5)]] = True
        closed[at[~is_free & (parts <= 0.5)]] = True
        self.questions += 1
        return model.one(self.values, self.demands, self.pagu, fixed, closed)


def _primitive(demand: Demand) -> tuple[Ints, int]:
    """The demand divided by what all its coefficients share."""
    shared = gcd(*demand.coefficients.tolist()) or 1
    return demand.coefficients // shared, -((-demand.bound) // shared)


def _by_points(values: Ints, points: Ints, demands: Sequence[Demand], pagu: int) -> Plan | None:
    """The best sum of points first, then the order, some items at a time."""
    fixed, closed = np.zeros(len(values), bool), np.zeros(len(values), bool)
    best = model.richest(points, values, demands, pagu, fixed, closed)
    questions = 1
    if best is None:
        return None
    demands = (*demands, Demand("", "jumlah skor", points, int(points[best].sum())))
    for start in range(0, len(values), BLOCK):
        stop = min(start + BLOCK, len(values))
        objective = np.zeros(len(values), np.int64)
        objective[start:stop] = 2 ** np.arange(stop - start - 1, -1, -1, dtype=np.int64)
        found = model.richest(objective, values, demands, pagu, fixed, closed)
        questions += 1
        assert found is not None
        fixed[start:stop] = found[start:stop]
        closed[start:stop] = ~found[start:stop]
    return Plan(tuple(np.flatnonzero(fixed).tolist()), questions)
