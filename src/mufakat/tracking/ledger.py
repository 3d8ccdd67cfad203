"""What became of an amount from stage to stage: bars against the largest, a loss between two stages with its amount."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Pair(StrEnum):
    """The four pairs of volume and value, none of which overwrites another (rule 45)."""

    REQUESTED = "requested"
    VERIFIED = "verified"
    AGREED = "agreed"
    BUDGETED = "budgeted"


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: value in whole rupiah, None while nothing is known; widths in hundredths of the largest value.

    `lost` is what the value fell short of the last known stage before it, `gained` what it went beyond.
    """

    pair: Pair
    value: int | None
    volume: Decimal | None
    width: Decimal
    lost: int
    lost_width: Decimal
    gained: int
    is_same: bool


def columns(stated: Iterable[tuple[Pair, int | None, Decimal | None]]) -> tuple[Column, ...]:
    """Columns of stages in their order; a stage without value leaves the comparison to the next one that has one."""
    listed = list(stated)
    largest = max((value for _, value, _ in listed if value is not None), default=0)
    made, before = [], None
    for pair, value, volume in listed:
        difference = 0 if value is None or before is None else value - before
        made.append(
            Column(
                pair,
                value,
                volume,
                _percent(value or 0, largest),
                max(0, -difference),
                _percent(max(0, -difference), largest),
                max(0, difference),
                value is not None and before is not None and difference == 0,
            )
        )
        before = value if value is not None else before
    return tuple(made)


def _percent(part: int, whole: int) -> Decimal:
    """Hundredths with one decimal, as an SVG width takes them."""
    return round(Decimal(part) * 100 / whole, 1) if whole else Decimal(0)


def of_proposal(proposal: object) -> tuple[Column, ...]:
    """The columns of one proposal."""
    return columns((p, getattr(proposal, f"value_{p}"), getattr(proposal, f"volume_{p}")) for p in Pair)


@dataclass(frozen=True, slots=True)
class Rate:
    """The realisation rate of a group (rule 93): items in the APBD over items agreed, by number and by rupiah.

    `agreed` and `budgeted` count items; `agreed_value` is what the forum agreed for them, `budgeted_value` what the
    APBD holds, `open_value` what was agreed for items nobody has refused or budgeted yet. Shares are hundredths, None
    where nothing was agreed.
    """

    label: str
    agreed: int
    agreed_value: int
    budgeted: int
    budgeted_value: int
    open_value: int = 0

    @property
    def by_number(self) -> Decimal | None:
        """Budgeted items per hundred agreed ones."""
        return _percent(self.budgeted, self.agreed) if self.agreed else None

    @property
    def by_value(self) -> Decimal | None:
        """Budgeted rupiah per hundred agreed ones."""
        return _percent(self.budgeted_value, self.agreed_value) if self.agreed_value else None

    @property
    def lost_value(self) -> int:
        """Agreed rupiah that was refused or cut on the way; never negative."""
        return max(0, self.agreed_value - self.budgeted_value - self.open_value)

    @property
    def lost_width(self) -> Decimal:
        """The loss in hundredths of what was agreed."""
        return _percent(self.lost_value, self.agreed_value)


def total(rates: Iterable[Rate], *, label: str) -> Rate:
    """The sum of groups; its shares follow from the sums, not from the groups' shares."""
    found = list(rates)
    return Rate(
        label,
        sum(r.agreed for r in found),
        sum(r.agreed_value for r in found),
        sum(r.budgeted for r in found),
        sum(r.budgeted_value for r in found),
        sum(r.open_value for r in found),
    )
