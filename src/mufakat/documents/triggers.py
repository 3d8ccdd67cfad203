"""What the database itself refuses about issued documents, on SQLite and PostgreSQL (rules 79, 86)."""

from __future__ import annotations

from typing import Any

FROZEN = (
    "kabupaten", "kind", "subject", "register", "number", "version", "title", "snapshot", "snapshot_sha256",
    "issued_at", "issued_by",
)  # fmt: skip
_MESSAGE = "dokumen yang terbit tidak dapat diubah atau dihapus"


def _changed(columns: tuple[str, ...], vendor: str) -> str:
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return " OR ".join(f'NEW."{c}" {differs} OLD."{c}"' for c in columns)


def _same(*columns: str) -> str:
    return " AND ".join(f"{c} = NEW.{c}" for c in ("kabupaten", "kind", "version", *columns))


def _refusals(vendor: str) -> str:
    """The condition under which an UPDATE of a document is refused."""
    locked = "OLD.state IN ('dikunci', 'direvisi', 'dibatalkan')"
    moves = "NOT (OLD.state = 'dikunci' AND NEW.state = 'direvisi') AND NEW.state <> OLD.state"
    kept = _changed(("scan_id", "locked_at", "signed_at", "reason"), vendor)
    refiled = f"OLD.file_id IS NOT NULL AND ({_changed(('file_id',), vendor)})"
    return f"({_changed(FROZEN, vendor)}) OR ({refiled}) OR ({locked} AND (({moves}) OR {kept}))"


def create(apps: Any, schema_editor: Any) -> None:
    """Add the triggers, in place of those that stand."""
    drop(apps, schema_editor)
    vendor = schema_editor.connection.vendor
    for statement in _sqlite() if vendor == "sqlite" else _postgresql():
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Remove the triggers."""
    vendor = schema_editor.connection.vendor
    for name, table in _NAMES:
        where = "" if vendor == "sqlite" else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")


_NAMES = (
    ("document_frozen", "documents_document"),
    ("document_kept", "documents_document"),
    ("blob_frozen", "documents_blob"),
    ("blob_kept", "documents_blob"),
    ("document_not_replaced", "documents_document"),
    ("blob_not_replaced", "documents_blob"),
    ("document_not_truncated", "documents_document"),
    ("blob_not_truncated", "documents_blob"),
)


def _sqlite() -> tuple[str, ...]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    return (
        f"CREATE TRIGGER document_frozen BEFORE UPDATE ON documents_document WHEN {_refusals('sqlite')} {refuse}",
        f"CREATE TRIGGER document_kept BEFORE DELETE ON documents_document {refuse}",
        f"CREATE TRIGGER blob_frozen BEFORE UPDATE ON documents_blob {refuse}",
        f"CREATE TRIGGER blob_kept BEFORE DELETE ON documents_blob {refuse}",
        # INSERT OR REPLACE deletes without asking the triggers above.
        "CREATE TRIGGER document_not_replaced BEFORE INSERT ON documents_document "
        f"WHEN EXISTS (SELECT 1 FROM documents_document WHERE id = NEW.id OR ({_same('number', 'register')}) "
        f"OR ({_same('subject')} AND state <> 'dibatalkan' AND NEW.state <> 'dibatalkan')) {refuse}",
        "CREATE TRIGGER blob_not_replaced BEFORE INSERT ON documents_blob "
        f"WHEN EXISTS (SELECT 1 FROM documents_blob WHERE sha256 = NEW.sha256) {refuse}",
    )


def _postgresql() -> tuple[str, ...]:
    function = (
        "CREATE OR REPLACE FUNCTION mufakat_document_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$"
    )
    call = "FOR EACH ROW {when} EXECUTE FUNCTION mufakat_document_refuse()"
    always = call.format(when="")
    whole = always.replace("ROW", "STATEMENT")
    return (
        function,
        "CREATE TRIGGER document_frozen BEFORE UPDATE ON documents_document "
        + call.format(when=f"WHEN ({_refusals('postgresql')})"),
        f"CREATE TRIGGER document_kept BEFORE DELETE ON documents_document {always}",
        f"CREATE TRIGGER blob_frozen BEFORE UPDATE ON documents_blob {always}",
        f"CREATE TRIGGER blob_kept BEFORE DELETE ON documents_blob {always}",
        f"CREATE TRIGGER document_not_truncated BEFORE TRUNCATE ON documents_document {whole}",
        f"CREATE TRIGGER blob_not_truncated BEFORE TRUNCATE ON documents_blob {whole}",
    )
