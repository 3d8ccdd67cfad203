"""The rows of all tables as the database keeps them, and putting a change of them back, on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

Rows = dict[Any, tuple[Any, ...]]
"""One table: each row by its primary key, in the order the database gives them."""
Content = dict[str, Rows]
COUNTED = "proposals_tally"
"""Written by triggers, which on SQLite also run while rows are put back; so it is put back whole and last."""

LEFT_OUT = ("django_session", "axes_", "last_login")
"""Tables and columns that tell who is signed in."""


@dataclass(frozen=True, slots=True)
class Change:
    """What made one content of the tables out of another."""

    gone: dict[str, list[Any]]
    changed: dict[str, Rows]
    new: dict[str, Rows]
    counted: Rows


@cache
def columns(table: str) -> tuple[str, ...]:
    """The columns of a table, its primary key first."""
    (model,) = (m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table)
    own = [field.column for field in model._meta.concrete_fields if field.column not in LEFT_OUT]
    return (model._meta.pk.column, *(name for name in own if name != model._meta.pk.column))


@cache
def names() -> tuple[str, ...]:
    """Every table of ours and of the packages, but for those that tell who is signed in."""
    found = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return tuple(sorted(name for name in found if not name.startswith(LEFT_OUT)))


def content() -> Content:
    """All rows, in the database's own values."""
    return {table: {row[0]: row for row in _read(table)} for table in names()}


def are_empty() -> bool:
    """Whether no table holds a row, but for those that Django fills itself when it migrates."""
    ours = [name for name in names() if not name.startswith(("django_", "auth_"))]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " OR ".join(f'EXISTS (SELECT 1 FROM "{name}")' for name in ours))
        return not cursor.fetchone()[0]


def _read(table: str) -> list[tuple[Any, ...]]:
    raw = connection.connection
    quoted = [f'"{name}"' for name in columns(table)]
    if connection.vendor == "sqlite":
        # The sign takes the declared type away, and with it the conversion to dates that the driver would make.
        return raw.execute(f'SELECT {", ".join("+" + name for name in quoted)} FROM "{table}"').fetchall()
    with raw.cursor() as cursor, cursor.copy(f'COPY (SELECT {", ".join(quoted)} FROM "{table}") TO STDOUT') as told:
        return list(told.rows())


def change(before: Content, after: Content) -> Change:
    """What happened between two contents."""
    gone, changed, new = {}, {}, {}
    for table, rows in after.items():
        old = before[table]
        gone[table] = [key for key in old if key not in rows]
        changed[table] = {key: row for key, row in rows.items() if key in old and old[key] != row}
        new[table] = {key: row for key, row in rows.items() if key not in old}
    return Change(
        {table: keys for table, keys in gone.items() if keys and table != COUNTED},
        {table: rows for table, rows in changed.items() if rows and table != COUNTED},
        {table: rows for table, rows in new.items() if rows and table != COUNTED},
        after[COUNTED],
    )


@cache
def can_be_put_back() -> bool:
    """Whether this account may silence triggers, as PostgreSQL asks for; on SQLite they may run."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        return bool(cursor.fetchone()[0])


def apply(change: Change) -> None:
    """Make the change again, inside the transaction that is open."""
    put = _apply_on_sqlite if connection.vendor == "sqlite" else _apply_on_postgresql
    put(change)


def _apply_on_sqlite(change: Change) -> None:
    raw = connection.connection
    for table, keys in change.gone.items():
        raw.executemany(f'DELETE FROM "{table}" WHERE "{columns(table)[0]}" = ?', [(key,) for key in keys])
    for table, rows in change.changed.items():
        key, *others = columns(table)
        values = ", ".join(f'"{name}" = ?' for name in others)
        raw.executemany(
            f'UPDATE "{table}" SET {values} WHERE "{key}" = ?', [(*row[1:], row[0]) for row in rows.values()]
        )
    for table, rows in change.new.items():
        _insert_on_sqlite(table, rows)
    raw.execute(f'DELETE FROM "{COUNTED}"')
    _insert_on_sqlite(COUNTED, change.counted)


def _insert_on_sqlite(table: str, rows: Rows) -> None:
    names = columns(table)
    listed, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    connection.connection.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({places})', list(rows.values()))


def _apply_on_postgresql(change: Change) -> None:
    with connection.connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f'DELETE FROM "{COUNTED}"')
        for table in change.gone.keys() | change.changed.keys():
            keys = [*change.gone.get(table, ()), *change.changed.get(table, ())]
            cursor.execute(f'DELETE FROM "{table}" WHERE "{columns(table)[0]}"::text = ANY(%s)', [keys])
        for put in (change.changed, change.new, {COUNTED: change.counted}):
            for table, rows in put.items():
                listed = ", ".join(f'"{name}"' for name in columns(table))
                with cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as given:
                    for row in rows.values():
                        given.write_row(row)
        cursor.execute("SET LOCAL session_replication_role = origin")
