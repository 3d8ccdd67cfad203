"""Characters our fonts lack: said where they stand, printed as "?", kept as they are in XLSX and JSON."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from mufakat.documents.render import printable, unsupported
from mufakat.engines.sheets.model import Problem, Severity

if TYPE_CHECKING:
    from mufakat.engines.sheets.model import SheetRow

Paper = TypeVar("Paper")


def legible(paper: Paper) -> Paper:
    """The same paper with every character that cannot be printed replaced by "?"."""
    return _legible(paper)  # type: ignore[no-any-return]


def _legible(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else printable(value)
    if isinstance(value, tuple):
        return tuple(_legible(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        old = {f.name: getattr(value, f.name) for f in fields(value)}
        changed = {name: new for name, item in old.items() if (new := _legible(item)) is not item and new != item}
        return replace(value, **changed) if changed else value
    return value


def illegible(row: SheetRow) -> tuple[Problem, ...]:
    """One warning for a row whose printed texts hold characters the document fonts lack."""
    text = f"{row.title} {row.location} {row.unit} {row.agency} {row.volume_text}"
    missing = sorted(unsupported(text)) if not text.isascii() else []
    if not missing:
        return ()
    shown = " ".join(f"U+{ord(c):04X}" for c in missing)
    what = f"Huruf {shown} tidak ada dalam huruf dokumen; pada PDF tercetak sebagai “?”."
    remedy = "Ganti huruf itu bila perlu; lembar kerja dan hasil.json tetap memuatnya."
    return (Problem(Severity.WARNING, "huruf_tidak_tersedia", row.source, "", row.title, what, remedy),)
