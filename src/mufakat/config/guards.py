"""What the database itself refuses or counts: every slice's triggers, put up after each migration.

A migration that remakes a table on SQLite drops its triggers without a word; so they are not left to migrations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mufakat.audit import triggers as audit
from mufakat.documents import triggers as documents
from mufakat.proposals import triggers as proposals

GUARDS = (audit, documents, proposals)


@dataclass(frozen=True, slots=True)
class Editor:
    """As much of a schema editor as the triggers need; unlike Django's it works inside a transaction."""

    connection: Any

    def execute(self, statement: str) -> None:
        """Run one statement."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement)


def put_up(connection: Any) -> None:
    """Create every trigger, in place of those that stand."""
    for guard in GUARDS:
        guard.create(None, Editor(connection))


def take_down(connection: Any) -> None:
    """Remove every trigger: for a restore, inside its transaction."""
    for guard in GUARDS:
        guard.drop(None, Editor(connection))


def after_migration(sender: Any, **told: Any) -> None:
    """Django's word that the tables have been brought up to date."""
    from django.db import connections

    put_up(connections[told["using"]])
