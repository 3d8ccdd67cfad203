"""Who listens to which event: the only page that says so."""

from __future__ import annotations


def connect() -> None:
    """Register every listener; called once when Django starts."""
