"""Django's name for this slice."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """See the package."""

    name = "mufakat.verification"
    label = "verification"
