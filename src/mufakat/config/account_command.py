"""`mufakat akun`: the first Bappeda account of an installation, and the way back in when a password is lost."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mufakat.config.installation import add_data_option, open_data
from mufakat.core.errors import MufakatError

if TYPE_CHECKING:
    from mufakat.people.commands.accounts import Given, Person
    from mufakat.regions.names import Atlas

FIRST, PASSWORD = "pertama", "sandi"  # words of the command line


def configure(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the options."""
    english = language == "en"
    parser.add_argument(
        "what",
        choices=[FIRST, PASSWORD],
        help="pertama: first Bappeda account; sandi: new password for an account"
        if english
        else "pertama: akun Bappeda pertama; sandi: kata sandi baru bagi satu akun",
    )
    parser.add_argument("username", metavar="USERNAME" if english else "NAMA_PENGGUNA")
    parser.add_argument("--nama", default="", help="the person's name" if english else "nama orangnya")
    parser.add_argument(
        "--kabupaten",
        default="",
        metavar="CODE" if english else "KODE",
        help="regency code such as 35.25; needed for pertama"
        if english
        else "kode kabupaten/kota, misalnya 35.25; wajib untuk pertama",
    )
    parser.add_argument(
        "--wilayah",
        type=Path,
        default=None,
        metavar="FILE" if english else "BERKAS",
        help="regions as CSV; without it Kabupaten Gresik" if english else "CSV wilayah; tanpa ini Kabupaten Gresik",
    )
    add_data_option(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Prepare the database, do it, and print the one-time password; 0 when done."""
    data = open_data(arguments.data)
    from django.core.management import call_command
    from django.utils import timezone

    (data / "static").mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    from mufakat.people.commands import founding

    if arguments.what == PASSWORD:
        given = founding.let_in_again(username=arguments.username, at=timezone.now())
    else:
        given = founding.found(
            atlas=_atlas(arguments), kabupaten=arguments.kabupaten, person=_person(arguments), at=timezone.now()
        )
    _say(given, arguments.language)
    return 0


def _person(arguments: argparse.Namespace) -> Person:
    from mufakat.people.commands import accounts

    return accounts.Person(arguments.username, arguments.nama)


def _atlas(arguments: argparse.Namespace) -> Atlas:
    from mufakat.regions import names

    if not arguments.kabupaten:
        raise MufakatError(
            "Kode kabupaten belum diisi. Tulis misalnya: mufakat akun pertama bappeda --kabupaten 35.25",
            sentence_en="The regency code is missing. Write for example: mufakat akun pertama bappeda --kabupaten 35.25",
        )
    return names.from_file(arguments.wilayah) if arguments.wilayah else names.shipped()


def _say(given: Given, language: str) -> None:
    words = (
        ("Sign-in name", "One-time password", "It is shown now only, and changed at the first sign-in.")
        if language == "en"
        else ("Nama pengguna", "Kata sandi awal", "Hanya tampil sekarang, dan diganti saat masuk pertama kali.")
    )
    name, password, note = words
    sys.stdout.write(f"{name}: {given.user.username}\n{password}: {given.password}\n{note}\n")
