"""Django's name for this slice."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Issued documents."""

    name = "mufakat.documents"
    label = "documents"
