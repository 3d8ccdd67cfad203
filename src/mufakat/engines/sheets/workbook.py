"""A file as typed cells, read safely: the child process parses, this side only sees plain values."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from mufakat.core.errors import MufakatError
from mufakat.engines.sheets import refusals
from mufakat.engines.sheets.model import Limits
from mufakat.engines.sheets.refusals import Refused
from mufakat.engines.sheets.sandbox import Sandbox

Cell = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One tab or table. `rows[0][0]` is cell A1 (row `first_row`); rows are as long as their last filled cell."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False
    first_row: int = 1
    hidden_rows: frozenset[int] = frozenset()
    """Row numbers (1…) that the spreadsheet hides; known for XLSX and ODS."""
    merges: tuple[tuple[int, int, int, int], ...] = ()
    """Merged areas as (top, left, bottom, right), zero-based, within `rows`."""
    above: tuple[str, ...] = ()
    """Lines of running text before the table (Word and HTML only)."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """One file: its name, what it really is, the SHA-256 of its bytes, and its sheets in order."""

    name: str
    kind: str
    """`xlsx`, `xls`, `ods`, `csv`, `docx`, `html` or `xml2003`: by content, whatever the name says."""
    sha256: str
    sheets: tuple[RawSheet, ...]


class UnreadableFile(MufakatError):
    """A file that cannot be read at all. `what` and `remedy` are finished Indonesian sentences, `code` is stable."""

    code = "berkas_tidak_terbaca"

    def __init__(self, *, name: str, code: str, details: Mapping[str, str], sha256: str = "") -> None:
        self.what, self.remedy = refusals.sentences(code, details)
        english = " ".join(refusals.sentences_en(code, details))
        super().__init__(f"{name}: {self.what} {self.remedy}", sentence_en=f"{name}: {english}")
        self.name = name
        self.code = code
        self.sha256 = sha256


def load(*, path: Path, limits: Limits | None = None) -> Workbook:
    """Read every sheet of one file as typed cells, untouched (private numbers are NOT masked here).

    Any kind that `Workbook.kind` lists. Parsing runs in a child process bounded by `limits` (default `Limits()`).
    Raises UnreadableFile with one finished sentence, in Indonesian and in English.
    """
    outcome = next(load_all(paths=[path], limits=limits or Limits()))
    if isinstance(outcome, UnreadableFile):
        raise outcome
    return outcome


def load_all(*, paths: Sequence[Path], limits: Limits) -> Iterator[Workbook | UnreadableFile]:
    """Read several files with one child process, in order; an unreadable one is yielded, not raised."""
    with Sandbox() as sandbox:
        for path in paths:
            yield _load_one(path, limits, sandbox)


def _load_one(path: Path, limits: Limits, sandbox: Sandbox) -> Workbook | UnreadableFile:
    digest = ""
    try:
        digest = _digest(path, limits)
        answer = sandbox.parse(path, limits)
        if not answer["sheets"]:
            raise Refused("tanpa_lembar")
        sheets = tuple(_sheet(raw) for raw in answer["sheets"])
    except Refused as refusal:
        return UnreadableFile(name=path.name, code=refusal.code, details=refusal.details, sha256=digest)
    return Workbook(path.name, answer["kind"], digest, sheets)


def _digest(path: Path, limits: Limits) -> str:
    """SHA-256 of a regular file within the size limit."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused("bukan_berkas")
        if status.st_size == 0:
            raise Refused("berkas_kosong")
        if status.st_size > limits.file_bytes:
            size, limit = refusals.megabytes(status.st_size), refusals.megabytes(limits.file_bytes)
            raise Refused("berkas_terlalu_besar", size=size, limit=limit)
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except FileNotFoundError:
        raise Refused("berkas_tidak_ada") from None
    except PermissionError:
        raise Refused("berkas_terkunci") from None
    except (OSError, ValueError) as error:
        raise Refused("berkas_rusak", detail=type(error).__name__) from None


def _sheet(raw: dict[str, Any]) -> RawSheet:
    return RawSheet(
        name=raw["name"],
        rows=tuple(tuple(map(_cell, row)) for row in raw["rows"]),
        hidden=raw.get("hidden", False),
        hidden_rows=frozenset(raw.get("hidden_rows", ())),
        merges=tuple((top, left, bottom, right) for top, left, bottom, right in raw.get("merges", ())),
        above=tuple(raw.get("above", ())),
    )


def _cell(value: Any) -> Cell:
    """Dates travel as {"t": ISO text}; everything else is plain JSON."""
    if type(value) is not dict:
        return value  # type: ignore[no-any-return]
    text = value["t"]
    for kind in (date, datetime, time):
        try:
            return kind.fromisoformat(text)
        except ValueError:
            continue
    return str(text)
