"""Django's name for this slice."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """See the package."""

    name = "mufakat.intake"
    label = "intake"
