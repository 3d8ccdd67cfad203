"""Django's name for this slice."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """See the package."""

    name = "mufakat.portal"
    label = "portal"
