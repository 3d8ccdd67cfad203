"""A day in the language of the screen, for sentences made in Python; templates have the filters."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.dateformat import format as written

from mufakat.core import dates


def told_date(day: date) -> str:
    """ "Kamis, 3 Februari 2022", or "Thursday, 3 February 2022" for who reads English."""
    return written(day, "l, j F Y") if translation.get_language() == "en" else dates.full_date(day)
