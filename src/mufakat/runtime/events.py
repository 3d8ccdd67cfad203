"""Events are delivered after the transaction has committed; `config/wiring.py` says who listens."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import transaction

log = logging.getLogger(__name__)
Listener = Callable[[Any], None]
_listeners: dict[type, list[Listener]] = defaultdict(list)


def listen(event: type, listener: Listener) -> None:
    """Register a listener once; called from config/wiring.py only."""
    if listener not in _listeners[event]:
        _listeners[event].append(listener)


def publish(event: object) -> None:
    """Deliver `event` to its listeners when the current transaction has committed; a rollback drops it."""
    transaction.on_commit(lambda: _deliver(event))


def _deliver(event: object) -> None:
    for listener in _listeners[type(event)]:
        try:
            listener(event)
        except Exception:
            log.exception("listener of %s failed", type(event).__name__)
