"""`mufakat backup FILE` and `mufakat restore FILE`: a verified copy while the server runs, and its way back (rule 108).

A backup is one moment of the database, in a form that SQLite and PostgreSQL both take. A restore replaces all rows in
one transaction: whoever reads meanwhile sees the old state or the new one, and whatever interrupts it leaves the old.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from mufakat.config import portable
from mufakat.config.installation import add_data_option, open_data
from mufakat.config.pausing import alone_with
from mufakat.core.errors import MufakatError


class BackupFailed(MufakatError):
    """A backup cannot be made or restored; the sentence says why."""

    code = "cadangan_gagal"


def configure(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the options of both commands."""
    parser.add_argument("file", type=Path, metavar="FILE" if language == "en" else "BERKAS")
    add_data_option(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Make the backup; 0 when it was read back and found whole."""
    open_data(arguments.data)
    target: Path = arguments.file
    from django.db import Error

    try:
        _require_tables()
        with portable.one_moment():
            told = _save(target)
    except Error as error:
        raise BackupFailed(f"Data tidak dapat dibaca, dan data tidak berubah: {_reason(error)}.") from error
    _say(f"Cadangan {target}: {_in_short(told)}")
    return 0


def _require_tables() -> None:
    """An installation that was never started has nothing to back up."""
    from django.db import connection

    if "audit_line" not in connection.introspection.table_names():
        raise BackupFailed("Belum ada data di folder ini. Periksa --data, atau jalankan mufakat serve lebih dahulu.")


def _save(target: Path) -> dict[str, Any]:
    """Write what stands into a file, read it back, and only then give it its name; raises BackupFailed."""
    from mufakat.config.standing import faults, standing

    _require_sound()
    if found := faults():
        raise BackupFailed(f"Data tidak utuh: {found[0]} Jalankan mufakat audit verify untuk seluruh daftarnya.")
    with _named_when_whole(target) as file:
        return portable.write(file, standing=standing())


@contextlib.contextmanager
def _named_when_whole(target: Path) -> Iterator[IO[bytes]]:
    """A file beside the target, for this account alone; it becomes the target when it is on the disk and whole."""
    unfinished = target.with_name(f".{target.name}.belum-selesai")
    try:
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with portable.opened(unfinished):
            unfinished.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BackupFailed(
            f"{target} tidak dapat ditulis: {reason}. Sediakan ruang atau pilih folder lain; data tidak berubah."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _require_sound() -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answer = cursor.fetchone()
        cursor.execute("PRAGMA foreign_key_check")
        if answer != ("ok",) or cursor.fetchone():
            raise BackupFailed("Basis data rusak: pemeriksaan keutuhan SQLite gagal. Simpan berkas yang lama.")


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup in place of all that stands, which is kept in a file; 0 when it holds what it held.

    A running server pauses for that moment and goes on with what was restored.
    """
    source: Path = arguments.file
    data = open_data(arguments.data)
    with portable.opened(source) as (archive, told):
        _bring_up_to_date()
        if told["migrations"] != portable.migrations():
            raise BackupFailed(
                f"Cadangan ini dari Mufakat {told['version']} dengan susunan data lain. Pasang versi itu, pulihkan, "
                "lalu perbarui."
            )
        with alone_with(data):
            kept = _undone_when_interrupted(data, lambda: portable.replace(archive, told), told["standing"])
    _say(f"Dipulihkan dari {source}: {_in_short(told)}")
    if kept:
        _say(f"Keadaan sebelumnya disimpan di {kept}.")
    _say("Semua orang perlu masuk lagi.")
    return 0


def _bring_up_to_date() -> None:
    """Make or update the tables where that is still to be done; a running server's are left in peace."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def _undone_when_interrupted(data: Path, work: Callable[[], None], expected: dict[str, Any]) -> Path | None:
    """Keep what stands, replace it, compare; all in one transaction. Returns where the old state is kept."""
    from django.db import Error, connection, transaction

    from mufakat.config.standing import faults, standing

    kept: Path | None = None
    try:
        with transaction.atomic():
            portable.lock(connection)
            kept = _kept(data)
            work()
            if standing() != expected or faults():
                raise BackupFailed("Isi cadangan berbeda dari catatannya. Data tidak berubah. Pakai cadangan lain.")
    except BaseException as error:
        if kept:
            kept.unlink(missing_ok=True)
        if isinstance(error, Error):
            raise BackupFailed(f"Pemulihan dibatalkan, data tidak berubah: {_reason(error)}.") from error
        raise
    return kept


def _reason(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _kept(data: Path) -> Path | None:
    """The state before, in a file of the data folder; None when there was nothing."""
    from mufakat.audit.models import Line
    from mufakat.config.standing import standing

    if not Line.objects.exists():
        return None
    target = data / f"sebelum-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.zip"
    with _named_when_whole(target) as file:
        portable.write(file, standing=standing())
    return target


def _in_short(told: dict[str, Any]) -> str:
    standing = told["standing"]
    rows = sum(standing["rows"].values())
    lines = sum(sequence for _, sequence, _ in standing["chains"])
    return f"{rows} baris, {len(standing['documents'])} dokumen, {lines} baris audit, semuanya cocok."


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
