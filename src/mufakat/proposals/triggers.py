"""The database itself counts proposals by cycle, kecamatan and state, whatever made or moved them.

So a page says how many there are without reading them all. On PostgreSQL one kecamatan's counts are taken in turn.
"""

from __future__ import annotations

from typing import Any

_TABLE = "proposals_tally"
_PLACE = "cycle_id = {row}.cycle_id AND kecamatan_id = {row}.kecamatan_id AND state = {row}.state"
_ADD = (
    f"INSERT INTO {_TABLE} (kabupaten, cycle_id, kecamatan_id, state, number) "
    "VALUES (NEW.kabupaten, NEW.cycle_id, NEW.kecamatan_id, NEW.state, 1) "
    f"ON CONFLICT (cycle_id, kecamatan_id, state) DO UPDATE SET number = {_TABLE}.number + 1;"
)
_TAKE = f"UPDATE {_TABLE} SET number = number - 1 WHERE {_PLACE.format(row='OLD')};"
_EVENTS = (("added", "INSERT", _ADD), ("moved", "UPDATE OF state", _TAKE + _ADD), ("removed", "DELETE", _TAKE))


def create(apps: Any, schema_editor: Any) -> None:
    """Add the triggers, in place of those that stand."""
    drop(apps, schema_editor)
    for name, event, body in _EVENTS:
        when = "WHEN (OLD.state <> NEW.state) " if name == "moved" else ""
        head = f"CREATE TRIGGER proposal_{name} AFTER {event} ON proposals_proposal FOR EACH ROW {when}"
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"{head} BEGIN {body} END")
            continue
        row = "OLD" if name == "removed" else "NEW"
        turn = f"PERFORM pg_advisory_xact_lock(hashtext({row}.cycle_id::text || {row}.kecamatan_id));"
        function = f"mufakat_proposal_{name}()"
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {turn} {body} RETURN NULL; END $$"
        )
        schema_editor.execute(f"{head} EXECUTE FUNCTION {function}")


def drop(apps: Any, schema_editor: Any) -> None:
    """Remove the triggers."""
    where = "" if schema_editor.connection.vendor == "sqlite" else " ON proposals_proposal"
    for name, _, _ in _EVENTS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS proposal_{name}{where}")
