"""The line of the pagu through an order: what fits, what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cut:
    """By position in the order: whether it fits, and the rupiah that were left when its turn came."""

    fits: tuple[bool, ...]
    left: tuple[int, ...]


def cut(values: Sequence[int | None], pagu: int | None, *, stops_at_line: bool) -> Cut:
    """Take values in order while the pagu lasts; one without a value never fits.

    A value that does not fit is passed over and the next is tried; with `stops_at_line` all after it are out too.
    """
    left, is_closed, fits, lefts = pagu, False, [], []
    for value in values:
        lefts.append(0 if left is None or is_closed else left)
        fit = value is not None and not is_closed and (left is None or value <= left)
        if fit and left is not None and value is not None:
            left -= value
        is_closed = is_closed or (stops_at_line and not fit and value is not None)
        fits.append(fit)
    return Cut(tuple(fits), tuple(lefts))
