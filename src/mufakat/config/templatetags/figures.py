"""Figures and dates in templates as Indonesian documents write them; dates and words follow the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone, translation
from django.utils.dateformat import format as written
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from mufakat.core import dates, money

register = template.Library()


def _is_english() -> bool:
    return translation.get_language() == "en"


@register.filter
def rupiah(amount: int | None) -> str:
    """Rp10.500.000, or a dash where there is no amount."""
    return money.rupiah(amount) if amount is not None else "–"


@register.filter
def breaking(number: str) -> SafeString:
    """A number of the agenda book, which on a narrow screen goes on in the next line after a slash and nowhere else."""
    return format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in number.split("/")))


@register.filter
def volume(quantity: Decimal | None) -> str:
    """1.234,5, or a dash."""
    return money.quantity(Decimal(quantity)) if quantity is not None else "–"


@register.filter
def long_date(day: date | None) -> str:
    """Kamis, 3 Februari 2022 (Thursday, 3 February 2022); of a moment the day it is here."""
    if not day:
        return "–"
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return written(day, "l, j F Y") if _is_english() else dates.full_date(day)


@register.filter
def moment(at: datetime | None) -> str:
    """3 Februari 2022 pukul 14.05 (3 February 2022, 14:05), in local time."""
    if not at:
        return "–"
    local = timezone.localtime(at)
    return written(local, "j F Y, H:i") if _is_english() else dates.moment(local)


@register.filter
def short_date(day: date | datetime | None) -> str:
    """3 Februari 2022 (3 February 2022), of a moment its local day."""
    if not day:
        return "–"
    local = timezone.localtime(day).date() if isinstance(day, datetime) else day
    return written(local, "j F Y") if _is_english() else dates.long_date(local)


@register.filter
def lately(at: datetime) -> str:
    """Of a moment of today its time ("pukul 14.05", "at 14:05"), else its day as in `short_date`; for narrow places."""
    local = timezone.localtime(at)
    if local.date() != timezone.localdate():
        return short_date(local.date())
    return f"at {local:%H:%M}" if _is_english() else f"pukul {local:%H.%M}"


@register.filter
def juta(amount: int | None) -> str:
    """Rp250 juta (Rp250 million), rounded to whole millions; for legends, never for sums."""
    if amount is None:
        return "–"
    word = "million" if _is_english() else "juta"
    return f"{money.rupiah(max(1, round(amount / 1_000_000)))} {word}" if amount else "Rp0"
