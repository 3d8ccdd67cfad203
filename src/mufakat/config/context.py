"""What every page knows: who is signed in, what waits for that office, and whether this is a demonstration."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from mufakat.portal.desk import waiting_count


def page(request: HttpRequest) -> dict[str, object]:
    """The actor of the request with the office in two lines, the count beside the menu (asked when shown), the demo."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "office_lines": actor.label.partition(", ") if actor else ("", "", ""),
        "waiting_count": lambda: waiting_count(actor) if actor else 0,
        "is_demo": settings.IS_DEMO,
    }
