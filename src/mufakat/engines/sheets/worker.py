"""The child process: limits itself, then turns one file after another into plain values.

Nothing here is trusted by the parent but JSON of strings, numbers and lists.
"""

from __future__ import annotations

import json
import math
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from mufakat.engines.sheets import kinds, refusals
from mufakat.engines.sheets.model import Limits
from mufakat.engines.sheets.refusals import Refused

CELL_CHARACTERS = 32_767  # Excel's own limit
TEXT_CHARACTERS = 128 * 1024 * 1024


def main() -> None:
    """Answer questions on standard input until it closes."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    for line in source:
        question = json.loads(line)
        answer = _answer(Path(question["path"]), Limits(**question["limits"]))
        body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        _send(sink, body)


def _send(sink: BinaryIO, body: bytes) -> None:
    sink.write(len(body).to_bytes(8, "big"))
    sink.write(body)
    sink.flush()


def _answer(path: Path, limits: Limits) -> dict[str, Any]:
    try:
        _limit(limits)
        kind, sheets = kinds.parse(path.read_bytes(), limits)
        return {"kind": kind, "sheets": [_plain(sheet, limits) for sheet in sheets]}
    except Refused as refusal:
        return {"refused": refusal.code, "details": refusal.details}
    except MemoryError:
        return {"refused": "memori_habis", "details": {"limit": refusals.megabytes(limits.memory_bytes)}}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a Rust panic is a BaseException; a parser's surprise must become a sentence
        return {"refused": "berkas_rusak", "details": {"detail": type(error).__name__}}


def _limit(limits: Limits) -> None:
    """Bound this process: address space, CPU from now on, no core file, nothing written."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock and the size checks are what there is
        return
    _lower(resource.RLIMIT_AS, limits.memory_bytes)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + limits.cpu_seconds)


def _lower(which: int, value: int) -> None:
    """Set the soft limit, never above the hard one."""
    import resource

    _, hard = resource.getrlimit(which)
    soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(which, (soft, hard))
    except (OSError, ValueError):
        return  # a system that does not know this limit


def _plain(sheet: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Cells as JSON values, each row cut after its last filled cell, empty rows at the end dropped."""
    rows: list[list[Any]] = []
    characters = 0
    for row in sheet["rows"]:
        cells = [_value(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        characters += sum(len(cell) for cell in cells if type(cell) is str)
        if characters > TEXT_CHARACTERS:
            raise Refused("terlalu_banyak_sel", limit=str(limits.cells))
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return {**sheet, "rows": rows}


def _value(cell: Any) -> Any:
    kind = type(cell)
    if kind is str:
        return cell[:CELL_CHARACTERS] if cell and not cell.isspace() else None
    if kind is float:
        return _number(cell)
    if cell is None or kind is bool or kind is int:
        return cell
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 86400
    if isinstance(cell, date | datetime | time):
        return {"t": cell.isoformat()}
    return str(cell)


def _number(cell: float) -> float | int | str:
    if not math.isfinite(cell):
        return "#NUM!"
    return int(cell) if cell.is_integer() and abs(cell) < 2**53 else cell
