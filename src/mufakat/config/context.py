"""What every page knows: who is signed in, and whether this is a demonstration."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    """The actor of the request and the demo flag."""
    return {"actor": getattr(request, "actor", None), "is_demo": settings.IS_DEMO}
