"""What the compiled templates of rows know besides what they are given: words, figures, dates and icons (ADR 0023)."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext
from jinja2 import Environment, StrictUndefined

from mufakat.config.templatetags import figures
from mufakat.ui.templatetags.icons import icon


def environment(**options: Any) -> Environment:
    """Escapes whatever it prints, and refuses a name that the page did not give."""
    made = Environment(**{**options, "autoescape": True, "undefined": StrictUndefined})  # noqa: S701
    made.filters.update(figures.register.filters, floatformat=floatformat)
    made.globals.update(_=gettext, icon=icon)
    return made
