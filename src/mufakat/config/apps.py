"""Wires the slices when Django starts."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Listeners are registered here, once."""

    name = "mufakat.config"
    label = "config"

    def ready(self) -> None:
        """Connect events with their listeners, and put the database's triggers up after migrations."""
        from django.apps import apps
        from django.db.models.signals import post_migrate

        from mufakat.config import guards, wiring

        wiring.connect()
        post_migrate.connect(guards.after_migration, sender=apps.get_app_config("proposals"))
