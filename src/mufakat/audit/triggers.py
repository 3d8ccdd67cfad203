"""The database itself refuses UPDATE and DELETE on the chain's lines, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

_MESSAGE = "catatan audit tidak dapat diubah atau dihapus"


def create(apps: Any, schema_editor: Any) -> None:
    """Add the triggers, in place of those that stand."""
    drop(apps, schema_editor)
    for statement in _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql():
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Remove the triggers."""
    where = "" if schema_editor.connection.vendor == "sqlite" else " ON audit_line"
    for name in ("no_update", "no_delete", "no_replace", "no_change", "no_truncate"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS audit_line_{name}{where}")


def _sqlite() -> tuple[str, ...]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    known = "id = NEW.id OR (kabupaten = NEW.kabupaten AND sequence = NEW.sequence)"
    return (
        f"CREATE TRIGGER audit_line_no_update BEFORE UPDATE ON audit_line {refuse}",
        f"CREATE TRIGGER audit_line_no_delete BEFORE DELETE ON audit_line {refuse}",
        # INSERT OR REPLACE deletes without asking the trigger above.
        "CREATE TRIGGER audit_line_no_replace BEFORE INSERT ON audit_line "
        f"WHEN EXISTS (SELECT 1 FROM audit_line WHERE {known}) {refuse}",
    )


def _postgresql() -> tuple[str, ...]:
    refuse = "EXECUTE FUNCTION mufakat_audit_refuse()"
    return (
        "CREATE OR REPLACE FUNCTION mufakat_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
        f"CREATE TRIGGER audit_line_no_change BEFORE UPDATE OR DELETE ON audit_line FOR EACH ROW {refuse}",
        f"CREATE TRIGGER audit_line_no_truncate BEFORE TRUNCATE ON audit_line FOR EACH STATEMENT {refuse}",
    )
