"""Django's name for this slice."""

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """See the package."""

    name = "mufakat.forums"
    label = "forums"
