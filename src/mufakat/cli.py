"""The `mufakat` command: one thin door. Each subcommand imports its own machinery when it is called."""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from mufakat import __version__
from mufakat.core.errors import MufakatError


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its module offers `configure(parser, language)` and `run(arguments) -> int`."""

    name: str
    module: str
    summary: str
    summary_en: str


COMMANDS: tuple[Command, ...] = (
    Command(
        "draft",
        "mufakat.drafting.draft_command",
        "Dari lembar usulan desa menjadi rancangan, lembar kerja, dan berita acara",
        "From the villages' sheets to drafts, worksheet and berita acara",
    ),
    Command(
        "replay",
        "mufakat.engines.ranking.replay_command",
        "Mengulang perhitungan yang tersimpan dan membuktikan hasilnya sama",
        "Repeat a stored computation and prove that it agrees",
    ),
    Command(
        "timetable",
        "mufakat.scheduling.timetable_command",
        "Jadwal semua forum kecamatan se-kabupaten, terbukti terbaik",
        "The timetable of all forums of a regency, proved the best",
    ),
    Command(
        "demo",
        "mufakat.demo.demo_command",
        "Menjalankan pekerjaan utama pada contoh Kecamatan Kebomas",
        "Run the main job on the example of Kecamatan Kebomas",
    ),
    Command(
        "serve",
        "mufakat.config.serve_command",
        "Menjalankan Mufakat di peramban; --contoh dengan data contoh",
        "Run Mufakat in the browser; --contoh with invented data",
    ),
    Command(
        "akun",
        "mufakat.config.account_command",
        "Membuat akun Bappeda pertama; memulihkan kata sandi",
        "Make the first Bappeda account; restore a password",
    ),
    Command(
        "audit",
        "mufakat.config.audit_command",
        "Memeriksa rantai audit dan dokumen: audit verify",
        "Check the audit chains and documents: audit verify",
    ),
    Command(
        "backup",
        "mufakat.config.backup_command",
        "Mencadangkan seluruh data, selagi server berjalan",
        "Back up all data while the server runs",
    ),
    Command(
        "restore",
        "mufakat.config.restore_command",
        "Memulihkan data dari cadangan",
        "Restore data from a backup",
    ),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand. Exit codes: 0 done, 2 wrong use; others are the subcommand's own."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = _take_language(arguments)
    if arguments and arguments[0] == "--version":
        sys.stdout.write(f"mufakat {__version__}\n")
        return 0
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.stdout.write(_overview(language))
        return 0
    command = next((c for c in COMMANDS if c.name == arguments[0]), None)
    if command is None:
        sys.stderr.write(_unknown(arguments[0], language))
        return 2
    return _dispatch(command, arguments[1:], language)


def _dispatch(command: Command, arguments: list[str], language: str) -> int:
    module = importlib.import_module(command.module)
    summary = command.summary_en if language == "en" else command.summary
    parser = _Parser(language, prog=f"mufakat {command.name}", description=summary, add_help=False, allow_abbrev=False)
    parser.add_argument(
        "-h", "--help", action="help", help="show this help" if language == "en" else "tampilkan bantuan ini"
    )
    module.configure(parser, language)
    try:
        parsed = parser.parse_args(arguments)
        parsed.language = language
        return int(module.run(parsed))
    except MufakatError as error:
        sys.stderr.write(error.in_language(language) + "\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("Dihentikan.\n" if language != "en" else "Stopped.\n")
        return 130


class _Parser(argparse.ArgumentParser):
    """An argument parser whose headings and complaints are Indonesian unless English is asked for."""

    def __init__(self, language: str, **options: Any) -> None:
        super().__init__(**options)
        self._language = language
        if language != "en":
            self._positionals.title, self._optionals.title = "isian", "pilihan"

    def format_usage(self) -> str:
        """The usage line with its Indonesian label."""
        return self._relabelled(super().format_usage())

    def format_help(self) -> str:
        """The help with its Indonesian label."""
        return self._relabelled(super().format_help())

    def _relabelled(self, text: str) -> str:
        return text if self._language == "en" else text.replace("usage:", "Pemakaian:", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is, then leave with code 2."""
        if self._language == "en":
            super().error(message)
        self.exit(2, f"{_complaint(message)} Bantuan: {self.prog} --help\n")


def _complaint(message: str) -> str:
    """An argparse message as an Indonesian sentence."""
    for pattern, sentence in _COMPLAINTS:
        found = re.search(pattern, message)
        if found:
            return sentence.format(*found.groups())
    return f"Perintah tidak lengkap atau salah: {message}."


_COMPLAINTS = (
    (r"the following arguments are required: (.*)", "Belum diisi: {0}."),
    (r"unrecognized arguments: (.*)", "Pilihan tidak dikenal: {0}."),
    (r"argument (\S+): expected (?:one|at least one) argument", "Pilihan {0} memerlukan isian."),
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", "Isian {1} untuk {0} tidak ada; pilihannya: {2}."),
    (r"argument (\S+): invalid int value: (.*)", "Isian {1} untuk {0} harus bilangan bulat."),
    (r"argument (\S+): invalid \w+ value: (.*)", "Isian {1} untuk {0} tidak terbaca."),
    (r"argument (\S+): ignored explicit argument (.*)", "Pilihan {0} tidak memerlukan isian {1}."),
)


def _take_language(arguments: list[str]) -> str:
    for index, word in enumerate(arguments):
        if word == "--lang" and index + 1 < len(arguments):
            language = arguments[index + 1]
            del arguments[index : index + 2]
            return language
        if word.startswith("--lang="):
            del arguments[index]
            return word.removeprefix("--lang=")
    return "id"


def _overview(language: str) -> str:
    english = language == "en"
    head = "Usage: mufakat COMMAND [OPTIONS]" if english else "Pemakaian: mufakat PERINTAH [PILIHAN]"
    rows = [f"  {c.name:<12}{c.summary_en if english else c.summary}" for c in COMMANDS]
    tail = (
        "Help for one command: mufakat COMMAND --help. Bahasa Indonesia: without --lang en."
        if english
        else "Bantuan satu perintah: mufakat PERINTAH --help. English: mufakat --lang en --help."
    )
    return "\n".join([head, "", *rows, "", tail, ""])


def _unknown(word: str, language: str) -> str:
    names = ", ".join(c.name for c in COMMANDS)
    if language == "en":
        return f"There is no command '{word}'. Available: {names}.\n"
    return f"Perintah '{word}' tidak ada. Yang tersedia: {names}.\n"
