"""Django's name for the user interface."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """See the package."""

    name = "mufakat.ui"
    label = "ui"
