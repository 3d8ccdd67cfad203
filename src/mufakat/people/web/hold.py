"""The lock after repeated failure (rule 107), the same for passwords and for codes of the second step."""

from __future__ import annotations

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest


def username_of(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The sign-in name failures are counted under: in small letters, for the case does not matter at sign-in."""
    given = (credentials or {}).get("username") or request.POST.get("username") or ""
    return str(given).lower()[:255]


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; behind our own proxy (MUFAKAT_PROXY) the address the proxy saw."""
    passed_on = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    behind: bool = settings.IS_BEHIND_PROXY
    return passed_on if behind and passed_on else str(request.META.get("REMOTE_ADDR", ""))


def is_held(request: HttpRequest, username: str) -> bool:
    """Whether the account is held for this address; the answer becomes the page that says so."""
    held = not AxesProxyHandler.is_allowed(request, {"username": username})
    if held:
        request.axes_locked_out = True  # type: ignore[attr-defined]
    return held


def count(request: HttpRequest, username: str) -> None:
    """One more wrong password or code."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)
