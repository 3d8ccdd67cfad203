"""Django's name for this slice."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """See the package."""

    name = "mufakat.audit"
    label = "audit"
