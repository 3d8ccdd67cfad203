"""From scores to a total order that turns no village's own order round (rules 61, 64)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


def ranked(columns: Sequence[NDArray[Any]]) -> Places:
    """Place 0 … n-1 of every alternative by the first column (least first), equals by the next, last by position."""
    count = len(columns[0])
    order = np.lexsort((np.arange(count), *reversed(columns)))
    places = np.empty(count, np.int64)
    places[order] = np.arange(count)
    return places


def merged(places: Places, lists: NDArray[np.int64], own_ranks: NDArray[np.int64]) -> Places:
    """Alternatives in the order "always the best of the lists' next": positions, best first.

    `places` are unique. Within a list (equal numbers in `lists`) the smaller own rank goes first, equals by place. So an
    alternative waits until all before it on its list are out: it goes by the worst place among itself and those.
    """
    inside = np.lexsort((places, own_ranks, lists))
    held = places[inside].copy()
    starts = np.flatnonzero(np.diff(lists[inside], prepend=-1))
    sizes = np.diff(np.append(starts, len(held)))
    if (sizes > 1).any():
        # One running maximum over all lists: each list is lifted above those before it.
        lift = np.repeat(np.arange(len(starts)), sizes) * len(held)
        held = np.maximum.accumulate(held + lift) - lift
    steps = np.arange(len(held)) - np.repeat(starts, sizes)
    result: Places = inside[np.lexsort((steps, held))]
    return result


def numbered(names: Sequence[Hashable]) -> NDArray[np.int64]:
    """A number per distinct name, in order of first appearance."""
    seen: dict[Hashable, int] = {}
    return np.array([seen.setdefault(name, len(seen)) for name in names], np.int64)
