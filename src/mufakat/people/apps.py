"""Django's name for this slice."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package."""

    name = "mufakat.people"
    label = "people"
