"""Django's name for this slice."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package."""

    name = "mufakat.people"
    label = "people"

    def ready(self) -> None:
        """Stamp every session when it begins."""
        from django.contrib.auth.signals import user_logged_in

        from mufakat.people.web.actor import stamp

        user_logged_in.connect(stamp, dispatch_uid="people.stamp")
