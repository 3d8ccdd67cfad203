"""Django's name for this slice."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """See the package."""

    name = "mufakat.tracking"
    label = "tracking"
