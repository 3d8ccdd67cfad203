"""Who may listen, and who may speak: a topic signed with the installation's key and a time to end."""

from __future__ import annotations

import hashlib
import hmac

LISTEN, SPEAK = "listen", "speak"
"""Purposes: a token for one is worth nothing for the other."""


def derived(secret: str) -> bytes:
    """The key of live updates, from the installation's secret."""
    return hmac.digest(secret.encode(), b"mufakat live updates", hashlib.sha256)


def sign(topic: str, *, purpose: str, until: int, key: bytes) -> str:
    """A token for `topic` (no dots) that is worth something before `until`, in seconds of the epoch."""
    said = f"{topic}.{until}"
    return f"{said}.{_seal(said, purpose, key)}"


def topic_of(token: str, *, purpose: str, now: float, key: bytes) -> str | None:
    """The topic of a token that holds now, else None."""
    said, _, seal = token.rpartition(".")
    topic, _, until = said.rpartition(".")
    if not hmac.compare_digest(seal.encode(), _seal(said, purpose, key).encode()):
        return None
    return topic if now < int(until) else None


def _seal(said: str, purpose: str, key: bytes) -> str:
    return hmac.digest(key, f"{purpose}:{said}".encode(), hashlib.sha256).hex()
