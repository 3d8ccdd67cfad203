"""Figures and dates in templates as Indonesian documents write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from mufakat.core import dates, money

register = template.Library()


@register.filter
def rupiah(amount: int | None) -> str:
    """Rp10.500.000, or a dash where there is no amount."""
    return money.rupiah(amount) if amount is not None else "–"


@register.filter
def volume(quantity: Decimal | None) -> str:
    """1.234,5, or a dash."""
    return money.quantity(Decimal(quantity)) if quantity is not None else "–"


@register.filter
def long_date(day: date | None) -> str:
    """Kamis, 3 Februari 2022."""
    return dates.full_date(day) if day else "–"


@register.filter
def moment(at: datetime | None) -> str:
    """3 Februari 2022 pukul 14.05, in local time."""
    return dates.moment(timezone.localtime(at)) if at else "–"
