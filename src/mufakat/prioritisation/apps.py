"""Django's name for this slice."""

from django.apps import AppConfig


class PrioritisationConfig(AppConfig):
    """See the package."""

    name = "mufakat.prioritisation"
    label = "prioritisation"
