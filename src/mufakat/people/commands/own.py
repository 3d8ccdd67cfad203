"""What a person does about the own account: the password, and a second step at sign-in for those who want it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from mufakat import audit
from mufakat.people import queries, rules
from mufakat.people.actors import Actor
from mufakat.people.errors import WeakPassword, WrongSecret
from mufakat.people.models import User

CODES = 8
"""Recovery codes given at once."""


def _own(actor: Actor) -> User:
    return User.objects.select_for_update().get(pk=actor.user_id)


def _require_password(user: User, password: str) -> None:
    if not user.check_password(password):
        raise WrongSecret("Kata sandi sekarang tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.")


@transaction.atomic
def change_password(*, actor: Actor, current: str, new: str, at: datetime) -> User:
    """Choose a new password; other sessions of the account end. Raises WrongSecret, WeakPassword."""
    user = _own(actor)
    _require_password(user, current)
    if new == current:
        raise WeakPassword("Kata sandi baru sama dengan yang sekarang. Pilih yang lain.")
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    audit.record(actor, "account.password_changed", user, at=at)
    return user


@transaction.atomic
def begin_second_factor(*, actor: Actor, at: datetime) -> TOTPDevice:
    """A device that counts once its first code has been typed; one begun before is replaced."""
    user = _own(actor)
    if queries.has_second_factor(user.pk):
        raise WrongSecret("Kode masuk sudah terpasang. Lepaskan dahulu bila hendak memakai perangkat lain.")
    queries.devices_of(user.pk).delete()
    device: TOTPDevice = TOTPDevice.objects.create(user=user, name="aplikasi", confirmed=False)
    audit.record(actor, "account.second_factor_begun", user, at=at)
    return device


@transaction.atomic
def confirm_second_factor(*, actor: Actor, code: str, at: datetime) -> tuple[str, ...]:
    """Put the second step into force with a code of the device; answers the recovery codes, shown once."""
    user = _own(actor)
    device = queries.devices_of(user.pk).select_for_update().filter(confirmed=False).first()
    if device is None:
        raise WrongSecret("Belum ada perangkat yang disiapkan. Mulai lagi dari halaman akun Anda.")
    if not device.verify_token(_digits(code)):
        raise WrongSecret("Kode tidak cocok. Tunggu kode berikutnya di aplikasi, lalu ketik keenam angkanya.")
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    audit.record(actor, "account.second_factor_set", user, at=at)
    return _new_codes(user)


def _digits(code: str) -> str:
    return code.replace(" ", "").replace("-", "").strip()


def _new_codes(user: User) -> tuple[str, ...]:
    """Fresh recovery codes instead of the old; the database keeps a keyed digest of each, not the code."""
    queries.recovery_of(user.pk).delete()
    box = StaticDevice.objects.create(user=user, name="cadangan")
    codes = tuple(rules.recovery_code() for _ in range(CODES))
    StaticToken.objects.bulk_create(StaticToken(device=box, token=_mark(code)) for code in codes)
    return codes


def _mark(code: str) -> str:
    """Sixteen signs of a keyed digest of a recovery code, however it was typed."""
    return salted_hmac("mufakat.recovery", _digits(code).lower(), algorithm="sha256").hexdigest()[:16]


@transaction.atomic
def renew_recovery_codes(*, actor: Actor, password: str, at: datetime) -> tuple[str, ...]:
    """New recovery codes; the old ones no longer count. Raises WrongSecret."""
    user = _own(actor)
    _require_password(user, password)
    if not queries.has_second_factor(user.pk):
        raise WrongSecret("Kode masuk belum terpasang pada akun ini.")
    audit.record(actor, "account.recovery_codes_renewed", user, at=at)
    return _new_codes(user)


@transaction.atomic
def drop_second_factor(*, actor: Actor, password: str, at: datetime) -> User:
    """Sign in with the password alone again. Raises WrongSecret."""
    user = _own(actor)
    _require_password(user, password)
    queries.devices_of(user.pk).delete()
    queries.recovery_of(user.pk).delete()
    audit.record(actor, "account.second_factor_dropped", user, at=at)
    return user


@transaction.atomic
def take_code(*, user_id: UUID, code: str, at: datetime) -> bool:
    """Whether a code of the device, or a recovery code, lets the account in; either is good once.

    The library behind it slows repeated wrong codes down; the lock of the sign-in page counts them too.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    typed = _digits(code)
    if typed.isascii() and typed.isdigit():
        device = queries.devices_of(user_id).select_for_update().filter(confirmed=True).first()
        return bool(device and len(typed) == device.digits and device.verify_token(typed))
    box = queries.recovery_of(user_id).select_for_update().first()
    if box is None or not box.verify_token(_mark(code)):
        return False
    audit.record(None, "account.recovery_code_used", user, at=at, account=str(user.pk))
    return True
