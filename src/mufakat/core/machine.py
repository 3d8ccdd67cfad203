"""A state machine as one table: (state, action) → next state."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from mufakat.core.errors import MufakatError

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


class NotPossible(MufakatError):
    """The action does not exist in this state."""

    code = "langkah_tidak_tersedia"

    def __init__(self, state: StrEnum, action: StrEnum) -> None:
        super().__init__(
            "Langkah ini tidak tersedia lagi: keadaannya sudah berubah, mungkin oleh orang lain. Muat ulang halaman ini,"
            " lalu lihat keadaannya sekarang.",
            sentence_en="This step is no longer possible: things have moved on, perhaps by somebody else. Reload this"
            " page and look at how they stand now.",
        )
        self.state = state
        self.action = action


class Machine(Generic[S, A]):
    """The whole life of a thing; the table is the only place that knows it."""

    def __init__(self, table: Mapping[tuple[S, A], S]) -> None:
        self.table = dict(table)

    def next(self, state: S, action: A) -> S:
        """The state after `action`, or NotPossible."""
        try:
            return self.table[state, action]
        except KeyError:
            raise NotPossible(state, action) from None

    def actions(self, state: S) -> tuple[A, ...]:
        """Actions possible in `state`, in the order of the table."""
        return tuple(action for source, action in self.table if source == state)

    def states(self) -> tuple[S, ...]:
        """Every state named in the table, in order of first mention."""
        seen: dict[S, None] = {}
        for (source, _), target in self.table.items():
            seen.setdefault(source)
            seen.setdefault(target)
        return tuple(seen)
