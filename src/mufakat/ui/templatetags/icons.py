"""An icon of our sprite (Lucide), beside a word that says the same."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """The icon called `name` in ui/icons.svg, hidden from screen readers; `size` "s" is the small one."""
    small = " icon--s" if size == "s" else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>', small, static("ui/icons.svg"), name
    )
