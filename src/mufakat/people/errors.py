"""Refusals about accounts and offices."""

from __future__ import annotations

from mufakat.core.errors import MufakatError


class WrongAccount(MufakatError):
    """The account or office cannot be kept so."""

    code = "akun_ditolak"


class NoAccount(MufakatError):
    """There is no such account or office, or it is not this person's to see."""

    code = "akun_tidak_ditemukan"

    def __init__(self) -> None:
        super().__init__("Akun atau jabatan ini tidak ditemukan.")


class WrongSecret(MufakatError):
    """A password or code that was typed is not the right one."""

    code = "sandi_keliru"


class WeakPassword(MufakatError):
    """A new password that is too easy."""

    code = "sandi_lemah"
