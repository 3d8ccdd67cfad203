"""The pages' side of live updates: say that a topic changed, and give a page the address to listen at."""

from __future__ import annotations

import contextlib
import socket
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from mufakat.runtime.live.tokens import LISTEN, SPEAK, derived, sign

VALID = 12 * 60 * 60
"""Seconds a page may listen with one token: a forum day."""


def tell(topic: str) -> None:
    """Say that `topic` changed. Never waits and never fails: who misses it asks by itself a little later."""
    if not settings.LIVE_PORT:
        return
    said = sign(topic, purpose=SPEAK, until=int(time.time()) + 30, key=derived(settings.SECRET_KEY))
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.sendto(said.encode(), ("127.0.0.1", settings.LIVE_PORT))


def address_for(request: HttpRequest, topic: str) -> str:
    """Where the page of this request listens to `topic`; empty when it cannot, and then it asks by itself.

    Behind a proxy that passes a path on to the live process, `MUFAKAT_LIVE_ADDRESS` names that path; without one the
    browser goes to the live process' own port on the same machine, which a page served over HTTPS may not.
    """
    base = settings.LIVE_ADDRESS
    is_secure = settings.SESSION_COOKIE_SECURE or request.is_secure()
    if not base and settings.LIVE_PORT and not is_secure:
        host = urlsplit(f"//{request.get_host()}").hostname or ""
        base = f"http://{f'[{host}]' if ':' in host else host}:{settings.LIVE_PORT}/"
    if not base:
        return ""
    return base + sign(topic, purpose=LISTEN, until=int(time.time()) + VALID, key=derived(settings.SECRET_KEY))


def source_of(address: str) -> list[str]:
    """What the page's policy must allow besides itself to listen there."""
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
