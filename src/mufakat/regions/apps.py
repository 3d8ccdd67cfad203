"""Django's name for this slice."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """See the package."""

    name = "mufakat.regions"
    label = "regions"
