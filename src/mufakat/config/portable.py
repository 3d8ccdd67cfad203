"""All rows of an installation in one file that either database takes: a zip with a file of JSON lines per table.

`isi.json`, its last member, says what the rest holds: the SHA-256 and the columns of every table, the migrations they
belong to, and the figures that must be the same after a restore (`standing`).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from mufakat import __version__
from mufakat.core.errors import MufakatError

MANIFEST = "isi.json"
LEFT_OUT = frozenset({"admin", "auth", "axes", "contenttypes", "sessions"})
"""Framework tables without a word of the office's: sign-ins end with a restore, so that nobody stays in who left."""
BATCH = 500


class Damaged(MufakatError):
    """A file is not a whole backup; the sentence says why."""

    code = "cadangan_rusak"


def tables() -> list[Any]:
    """The models whose rows are kept, by name."""
    from django.apps import apps

    ours = (m for m in apps.get_models(include_auto_created=True) if m._meta.app_label not in LEFT_OUT)
    return sorted(ours, key=lambda m: m._meta.label_lower)


@contextlib.contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as it stood at one moment; writers go on meanwhile, on either database."""
    from django.db import connection as opened
    from django.db import transaction

    connection: Any = opened
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()
    before, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = before


def write(target: IO[bytes], *, standing: dict[str, Any]) -> dict[str, Any]:
    """Write every table and the manifest, which is returned; the caller holds the moment still."""
    kept = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in tables():
            name = model._meta.label_lower
            with archive.open(f"{name}.jsonl", "w", force_zip64=True) as member:
                kept[name] = {"columns": _columns(model), "sha256": _write_rows(model, member)}
        told = {"version": __version__, "migrations": migrations(), "tables": kept, "standing": standing}
        archive.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
    return told


def _columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _write_rows(model: Any, member: IO[bytes]) -> str:
    from django.db.models import BinaryField

    digest = hashlib.sha256()
    # Scans are large: few of them in memory at a time.
    at_once = 2 if any(isinstance(f, BinaryField) for f in model._meta.concrete_fields) else BATCH
    for row in model._base_manager.order_by("pk").values_list(*_columns(model)).iterator(chunk_size=at_once):
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain).encode() + b"\n"
        digest.update(line)
        member.write(line)
    return digest.hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(type(value).__name__)


def migrations() -> list[list[str]]:
    """Which migrations of the kept tables the database has had."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    labels = {m._meta.app_label for m in tables()}
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted([app, name] for app, name in applied if app in labels)


@contextlib.contextmanager
def opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """A backup whose every table has been read and has its hash; raises Damaged."""
    with contextlib.ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(source))
            told = json.loads(archive.read(MANIFEST))
            broken = [n for n, table in told["tables"].items() if _hash_of(archive, n) != table["sha256"]]
        except (OSError, KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise Damaged(f"{source} bukan cadangan Mufakat yang utuh. Periksa berkasnya.") from error
        if broken:
            raise Damaged(f"{source} rusak: sidik {broken[0]} tidak cocok. Pakai cadangan lain.")
        yield archive, told


def _hash_of(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(f"{name}.jsonl") as member:
        while piece := member.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def replace(archive: zipfile.ZipFile, told: dict[str, Any]) -> None:
    """Put a backup's rows in place of all that stand, inside the caller's transaction; triggers rest meanwhile."""
    from django.db import connection

    from mufakat.config import guards

    guards.take_down(connection)
    _empty(connection)
    for model in tables():
        _read_rows(model, archive, told["tables"][model._meta.label_lower]["columns"])
    # Every reference is checked now, so that a broken one is told as such; PostgreSQL also wants it before triggers.
    connection.check_constraints()
    with connection.cursor() as cursor:
        _advance_sequences(cursor)
    guards.put_up(connection)


def lock(connection: Any) -> None:
    """Keep everybody else from writing until the transaction ends. SQLite's own beginning has done so already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {_all_tables(connection)} IN ACCESS EXCLUSIVE MODE")


def _all_tables(connection: Any) -> str:
    from django.contrib.sessions.models import Session

    return ", ".join(connection.ops.quote_name(m._meta.db_table) for m in [*tables(), Session])


def _empty(connection: Any) -> None:
    from django.contrib.sessions.models import Session

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The sequences restart in the transaction too, and come back with it.
            cursor.execute(f"TRUNCATE {_all_tables(connection)} RESTART IDENTITY")
            return
        for model in [*tables(), Session]:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _read_rows(model: Any, archive: zipfile.ZipFile, columns: list[str]) -> None:
    from django.db.models import BinaryField

    fields = {f.attname: f for f in model._meta.concrete_fields}
    at_once = 2 if any(isinstance(f, BinaryField) for f in fields.values()) else BATCH
    with archive.open(f"{model._meta.label_lower}.jsonl") as member:
        while lines := list(islice(member, at_once)):
            rows = (dict(zip(columns, json.loads(line), strict=True)) for line in lines)
            model._base_manager.bulk_create(
                model(**{name: fields[name].to_python(value) for name, value in row.items()}) for row in rows
            )


def _advance_sequences(cursor: Any) -> None:
    from django.core.management.color import no_style
    from django.db import connection

    for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
        cursor.execute(statement)
