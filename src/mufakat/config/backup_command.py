"""`mufakat backup FILE` and `mufakat restore FILE`: a verified copy while the server runs, and its way back (rule 108)."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from mufakat import __version__
from mufakat.config.installation import add_data_option, open_data
from mufakat.config.pausing import alone_with
from mufakat.core.errors import MufakatError

DATABASE, MANIFEST = "mufakat.sqlite3", "isi.json"


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
    _require_sqlite()
    target: Path = arguments.file
    with tempfile.TemporaryDirectory(prefix="mufakat-cadangan-", dir=target.resolve().parent) as folder:
        copy = Path(folder) / DATABASE
        _copy_to(copy)
        told = _told_of(copy)
        whole = Path(folder) / "cadangan.zip"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, DATABASE)
            archive.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        whole.replace(target)
    _say(f"Cadangan {target}: {_in_short(told)}")
    return 0


def _require_sqlite() -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        raise BackupFailed("Basis data PostgreSQL dicadangkan dengan pg_dump; perintah ini untuk SQLite.")


def _copy_to(copy: Path) -> None:
    """One consistent copy of the whole database at one moment; writers go on meanwhile."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])


def _told_of(copy: Path) -> dict[str, Any]:
    """What a copy holds, read from the copy itself; raises BackupFailed when it is not whole."""
    from django.db import connections

    from mufakat.config.standing import faults, standing

    settings = connections.settings["default"]
    before = settings["NAME"]
    try:
        _use(str(copy))
        _require_sound()
        if found := faults():
            raise BackupFailed(f"Salinan tidak utuh: {found[0]}")
        told = standing()
    finally:
        _use(before)
    digest = hashlib.sha256(copy.read_bytes()).hexdigest()
    return {"sha256": digest, "version": __version__, "standing": told}


def _use(name: str) -> None:
    """Look at another database file."""
    from django.db import connections

    connections["default"].close()
    connections.settings["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def _require_sound() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=DELETE")
        cursor.execute("PRAGMA integrity_check")
        answer = cursor.fetchone()
        cursor.execute("PRAGMA foreign_key_check")
        if answer != ("ok",) or cursor.fetchone():
            raise BackupFailed("Basis data rusak: pemeriksaan keutuhan SQLite gagal. Simpan berkas yang lama.")


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup in place of the data folder's database, which is set aside; 0 when it holds what it held.

    A running server pauses for the moment of the exchange and goes on with what was restored.
    """
    source: Path = arguments.file
    data = open_data(arguments.data)
    _require_sqlite()
    with tempfile.TemporaryDirectory(prefix="mufakat-pulih-", dir=data) as folder:
        copy, told = _unpacked(source, Path(folder))
        if _told_of(copy)["standing"] != told["standing"]:
            raise BackupFailed("Isi cadangan berbeda dari catatannya. Pakai cadangan lain.")
        with alone_with(data):
            _set_aside(data)
            copy.replace(data / DATABASE)
    _say(f"Dipulihkan dari {source}: {_in_short(told)}")
    return 0


def _unpacked(source: Path, folder: Path) -> tuple[Path, dict[str, Any]]:
    try:
        with zipfile.ZipFile(source) as archive:
            told = json.loads(archive.read(MANIFEST))
            copy = folder / DATABASE
            copy.write_bytes(archive.read(DATABASE))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BackupFailed(f"{source} bukan cadangan Mufakat yang utuh. Periksa berkasnya.") from error
    if hashlib.sha256(copy.read_bytes()).hexdigest() != told.get("sha256"):
        raise BackupFailed(f"{source} rusak: sidiknya tidak cocok. Pakai cadangan lain.")
    return copy, told


def _set_aside(data: Path) -> None:
    """Keep what was there; nothing is overwritten."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    for suffix in ("", "-wal", "-shm"):
        old = data / (DATABASE + suffix)
        if old.exists():
            old.rename(data / f"sebelum-{stamp}-{old.name}")


def _in_short(told: dict[str, Any]) -> str:
    standing = told["standing"]
    rows = sum(standing["rows"].values())
    lines = sum(sequence for _, sequence, _ in standing["chains"])
    return f"{rows} baris, {len(standing['documents'])} dokumen, {lines} baris audit, semuanya cocok."


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
