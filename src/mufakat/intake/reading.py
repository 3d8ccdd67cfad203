"""Uploaded sheets through the reader that `mufakat draft` uses; parsed in a child process with limits."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mufakat.core.errors import Sentence
from mufakat.drafting.legibility import illegible
from mufakat.engines.sheets import read
from mufakat.engines.sheets.model import Limits
from mufakat.intake.errors import ImportRefused, Unreadable

if TYPE_CHECKING:
    from mufakat.engines.sheets import UnreadableFile
    from mufakat.engines.sheets.model import Gazetteer, Reading

LARGEST = 16 * 1024 * 1024
MOST_FILES = 40


def reading_of(*, files: Sequence[tuple[str, bytes]], gazetteer: Gazetteer) -> Reading:
    """Rows and located problems of uploaded files (name, bytes), in order of name as `mufakat draft` takes a folder.

    Raises ImportRefused without files, with too many or with one that is too large, and Unreadable with any that cannot
    be read at all: a village whose sheet is left out would be missing in the forum.
    """
    if not files:
        raise ImportRefused("Pilih paling sedikit satu berkas lembar usulan.")
    if len(files) > MOST_FILES or any(len(content) > LARGEST for _, content in files):
        raise ImportRefused(
            Sentence(
                "Paling banyak %(n)s berkas, masing-masing paling besar 16 MB. Bagi menjadi beberapa impor.",
                n=MOST_FILES,
            )
        )
    with tempfile.TemporaryDirectory(prefix="mufakat-impor-") as folder:
        paths = [_put(Path(folder), name, content) for name, content in sorted(files)]
        if len(set(paths)) != len(paths):
            raise ImportRefused("Dua berkas bernama sama. Ganti salah satu namanya, lalu impor lagi.")
        refused: list[UnreadableFile] = []
        limits = Limits(file_bytes=LARGEST)
        reading = read(paths=paths, gazetteer=gazetteer, limits=limits, refused=refused.append)
    if refused:
        raise Unreadable(refused)
    unprintable = {r.source: problems for r in reading.rows if (problems := illegible(r))}
    rows = tuple(replace(r, problems=r.problems + unprintable.get(r.source, ())) for r in reading.rows)
    added = tuple(p for problems in unprintable.values() for p in problems)
    return replace(reading, rows=rows, problems=reading.problems + added)


def _put(folder: Path, name: str, content: bytes) -> Path:
    """Write one upload under its own last name; nothing of a path in it leaves the folder."""
    last = PurePosixPath(name.replace("\\", "/")).name.lstrip(".")[-180:] or "lembar"
    path = folder / last
    path.write_bytes(content)
    return path
