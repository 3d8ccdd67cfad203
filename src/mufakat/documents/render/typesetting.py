"""Typst in a child process: templates and data in, PDF bytes out, the same bytes for the same input."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from mufakat.core.errors import MufakatError
from mufakat.documents.render.glyphs import FONTS, MissingGlyph, printable_characters
from mufakat.documents.render.joining import join_pdf, page_sizes
from mufakat.documents.render.shelf import Shelf

LIBRARY = Path(__file__).parent / "typst"
CHILD = Path(__file__).with_name("_child.py")
STANDARDS = ("a-2a", "ua-1")
MEMORY = 2 << 30
SECONDS = 300
AT_ONCE = 2
_PLACES = BoundedSemaphore(AT_ONCE)
_SHELF = Shelf(room=32 << 20)


class RenderFailed(MufakatError):
    """Typst refused the document, ran out of memory or time, or warned about a font."""

    code = "dokumen_gagal_disusun"

    def __init__(self, template: str, detail: str) -> None:
        super().__init__(
            f"Dokumen {template} tidak dapat disusun: {detail}. Tidak ada berkas yang ditulis; laporkan pesan ini.",
            sentence_en=f"Document {template} could not be typeset: {detail}.",
        )
        self.detail = detail


def compile_pdf(
    *,
    template: Path,
    data: Mapping[str, object],
    at: datetime,
    assets: Mapping[str, bytes] | None = None,
    standards: Sequence[str] = STANDARDS,
    memory: int = MEMORY,
) -> bytes:
    """One PDF from one typst template.

    `template` is a .typ file that may import "office.typ" (our library, `typst/office.typ`) and reads its data
    with `json("data.json")`; `data` is JSON-serialisable. `assets` are further files by name, such as "logo.svg".
    `at` is the only moment in the file. `standards` are typst's names; by default PDF/A-2a and PDF/UA-1, so the
    template sets a document title and gives every picture an alternative text. `memory` caps the child, in bytes.
    Raises MissingGlyph for a character our fonts lack (`printable` replaces it beforehand) and RenderFailed for
    anything typst objects to. What this process has typeset lately is not typeset again.
    """
    _require_glyphs(data)
    files = _files(template, data, assets or {})
    request = _request(files, at=at, standards=standards, memory=memory)
    return _SHELF.get(hashlib.sha256(request).digest(), lambda: _typeset(template, request))


def _typeset(template: Path, request: bytes) -> bytes:
    head, pdf = _ask(template.name, request)
    if problems := head["warnings"] or head.get("error"):
        raise RenderFailed(template.name, problems if isinstance(problems, str) else "; ".join(problems))
    if len(pdf) != head["pdf"]:
        raise RenderFailed(template.name, "hasil terpotong")
    return pdf


def compile_parts(
    *, template: Path, parts: Sequence[Mapping[str, object]], at: datetime, assets: Mapping[str, bytes] | None = None
) -> list[bytes]:
    """One PDF per part, each in a process of its own, at most two at once of all papers; see `compile_pdf`."""
    with ThreadPoolExecutor(max_workers=min(AT_ONCE, os.cpu_count() or 1)) as pool:
        return list(pool.map(lambda data: compile_pdf(template=template, data=data, at=at, assets=assets), parts))


def print_pdf(
    *,
    template: Path,
    run: Mapping[str, object],
    parts: Sequence[Sequence[Mapping[str, object]]],
    at: datetime,
    assets: Mapping[str, bytes] | None = None,
) -> bytes:
    """One paper whose sections come in parts, each typeset in a process of its own, joined into one PDF/A.

    The template reads `run` (see office.typ) and `sections`. A single part numbers its own pages; several are
    numbered together once their pages are counted. Raises as `compile_pdf` does.
    """
    run = {**run, "stamped": len(parts) > 1}
    pieces = compile_parts(
        template=template, parts=[{"run": run, "sections": list(part)} for part in parts], at=at, assets=assets
    )
    stamps = None
    if len(pieces) > 1:
        pages = [width > height for piece in pieces for width, height in page_sizes(piece)]
        data = {"pages": pages, "paper": run["paper"]}
        stamps = compile_pdf(template=LIBRARY / "nomor.typ", data=data, at=at)
    return join_pdf(pieces, stamps=stamps)


def _files(template: Path, data: Mapping[str, object], assets: Mapping[str, bytes]) -> dict[str, bytes]:
    shared = {path.name: path.read_bytes() for path in sorted(LIBRARY.glob("*.typ"))}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    return {"main": template.read_bytes(), **shared, "data.json": text, **assets}


def _request(files: Mapping[str, bytes], *, at: datetime, standards: Sequence[str], memory: int) -> bytes:
    head = {
        "files": {name: len(content) for name, content in files.items()},
        "fonts": str(FONTS),
        "packages": _packages(),
        "standards": list(standards),
        "timestamp": int(at.replace(tzinfo=at.tzinfo or UTC).timestamp()),
        "memory": memory,
    }
    return json.dumps(head).encode() + b"\n" + b"".join(files.values())


@cache
def _packages() -> str:
    """The folder that holds typst; the child sees no other package."""
    spec = find_spec("typst")
    if spec is None or spec.origin is None:
        raise RenderFailed("", "paket typst tidak terpasang")
    return str(Path(spec.origin).parent.parent)


def _ask(name: str, request: bytes) -> tuple[dict[str, Any], bytes]:
    """Run the child; its own failures, memory and time become a sentence."""
    # One thread and one arena: less memory, no address space lost on machines with many cores.
    values = {**os.environ, "RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2", "PYTHONUTF8": "1"}
    command = [sys.executable, "-I", "-S", str(CHILD)]
    try:
        with _PLACES:
            run = subprocess.run(command, input=request, capture_output=True, timeout=SECONDS, env=values, check=False)
    except subprocess.TimeoutExpired:
        raise RenderFailed(name, f"penyusunan melampaui {SECONDS} detik") from None
    line, _, pdf = run.stdout.partition(b"\n")
    if run.returncode or not line:
        detail = run.stderr.decode(errors="replace").strip().splitlines() or ["tanpa keterangan"]
        raise RenderFailed(name, f"proses berhenti dengan kode {run.returncode} ({detail[-1]})")
    return json.loads(line), pdf


def _require_glyphs(data: object) -> None:
    """Every text in the data must be printable, else MissingGlyph names the first that is not."""
    known = printable_characters()
    for text in _texts(data):
        if not (text.isascii() and text.isprintable()) and (missing := set(text) - known):
            raise MissingGlyph(min(missing), text)


def _texts(data: object) -> list[str]:
    """All strings of a JSON-like value."""
    found: list[str] = []
    rest = [data]
    while rest:
        value = rest.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, Mapping):
            rest.extend(value.values())
        elif isinstance(value, (list, tuple)):
            rest.extend(value)
    return found
