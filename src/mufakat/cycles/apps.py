"""Django's name for this slice."""

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """See the package."""

    name = "mufakat.cycles"
    label = "cycles"
