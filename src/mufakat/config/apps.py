"""Wires the slices when Django starts."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Listeners are registered here, once."""

    name = "mufakat.config"
    label = "config"

    def ready(self) -> None:
        """Connect events with their listeners."""
        from mufakat.config import wiring

        wiring.connect()
