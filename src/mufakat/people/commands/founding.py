"""The first account of an installation, and the way back in; called from the machine's own command line only."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mufakat import audit
from mufakat.people.commands.accounts import Given, Person, appoint, open_account, renew_password
from mufakat.people.errors import NoAccount, WrongAccount
from mufakat.people.models import Office, User
from mufakat.people.queries import devices_of, recovery_of
from mufakat.people.roles import Role
from mufakat.people.rules import Post
from mufakat.regions.commands import load
from mufakat.regions.names import Atlas


@transaction.atomic
def found(*, atlas: Atlas, kabupaten: str, person: Person, at: datetime) -> Given:
    """Load a regency's regions and open its first Bappeda account. Raises WrongAccount where one is open already."""
    region = atlas.get(kabupaten)
    if region is None or region.level != 2:
        raise WrongAccount("Kode kabupaten ini tidak ada dalam daftar wilayah. Periksa kodenya, misalnya 35.25.")
    today = timezone.localdate(at)
    held = Office.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), kabupaten=kabupaten)
    if held.filter(role=Role.BAPPEDA.value, user__is_active=True).exists():
        raise WrongAccount(
            "Kabupaten ini sudah memiliki akun Bappeda. Masuk dengan akun itu, atau buatkan kata sandi baru dengan: mufakat akun sandi."
        )
    load(atlas=_of(atlas, kabupaten))
    user, password = open_account(person)
    office = appoint(user, Post(Role.BAPPEDA, kabupaten, today), today=today)
    audit.record(None, "account.founded", office, at=at, account=str(user.pk))
    return Given(user, office, password)


def _of(atlas: Atlas, kabupaten: str) -> Atlas:
    """The regency, its province and everything below it."""
    province = kabupaten.partition(".")[0]
    is_wanted = {c: c in (province, kabupaten) or c.startswith(kabupaten + ".") for c in atlas.regions}
    return Atlas({code: region for code, region in atlas.regions.items() if is_wanted[code]})


@transaction.atomic
def let_in_again(*, username: str, at: datetime) -> Given:
    """A one-time password for an account nobody can reset from a page; takes its hold and second step off too."""
    user = User.objects.select_for_update().filter(username__iexact=username.strip()).first()
    if user is None:
        raise NoAccount
    password = renew_password(user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    devices_of(user.pk).delete()
    recovery_of(user.pk).delete()
    if user.kabupaten:
        audit.record(None, "account.let_in_again", user, at=at)
    return Given(user, None, password)
