"""The database itself refuses UPDATE and DELETE on the chain's lines, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

_MESSAGE = "catatan audit tidak dapat diubah atau dihapus"


def create(apps: Any, schema_editor: Any) -> None:
    """Add the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER audit_line_no_{verb.lower()} BEFORE {verb} ON audit_line "
                f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
            )
        return
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION mufakat_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$"
    )
    schema_editor.execute(
        "CREATE TRIGGER audit_line_no_change BEFORE UPDATE OR DELETE ON audit_line "
        "FOR EACH ROW EXECUTE FUNCTION mufakat_audit_refuse()"
    )


def drop(apps: Any, schema_editor: Any) -> None:
    """Remove the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS audit_line_no_{verb}")
        return
    schema_editor.execute("DROP TRIGGER IF EXISTS audit_line_no_change ON audit_line")
