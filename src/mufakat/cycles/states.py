"""The life of a cycle (domain §8.2)."""

from __future__ import annotations

from enum import StrEnum

from mufakat.core.machine import Machine


class CycleState(StrEnum):
    """Phase of the planning year."""

    DRAFT = "draf"
    OPEN = "dibuka"
    CLOSED = "ditutup"


class CycleAction(StrEnum):
    """What Bappeda may do with a cycle."""

    OPEN = "buka"
    CLOSE = "tutup"


CYCLE: Machine[CycleState, CycleAction] = Machine(
    {
        (CycleState.DRAFT, CycleAction.OPEN): CycleState.OPEN,
        (CycleState.OPEN, CycleAction.CLOSE): CycleState.CLOSED,
    }
)
