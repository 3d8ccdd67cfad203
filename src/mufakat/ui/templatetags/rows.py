"""Tables with many rows, drawn by compiled templates: a page's own template takes most of its time for them."""

from __future__ import annotations

from django import template
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def rows(name: str, **given: object) -> SafeString:
    """The table `name` (a file under a slice's `jinja2/`) of what is given here; it sees nothing else of the page."""
    backend: Jinja2 = engines["rows"]  # type: ignore[assignment]
    # The environment escapes everything that it prints (config/rows.py).
    drawn: str = backend.env.get_template(name).render(given)
    return mark_safe(drawn)  # noqa: S308
