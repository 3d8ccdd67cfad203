"""An icon of our sprite (Lucide), beside a word that says the same."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """The icon called `name` in ui/icons.svg, hidden from screen readers; `size` "s" is the small one."""
    return _drawn(name, " icon--s" if size == "s" else "", _sprite())


@lru_cache(maxsize=1)
def _sprite() -> str:
    """Its address is looked up once: it holds the hash of the file, and stands on a page dozens of times."""
    return static("ui/icons.svg")


@lru_cache(maxsize=1000)
def _drawn(name: str, small: str, sprite: str) -> SafeString:
    return format_html('<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>', small, sprite, name)
