"""Django's name for this slice."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """See the package."""

    name = "mufakat.proposals"
    label = "proposals"
