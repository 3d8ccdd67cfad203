"""`python -m mufakat.engines.duplicates INPUT.csv --out pairs.csv [--adjacency adjacent.csv] [--explain]`."""

from __future__ import annotations

import argparse
import csv
import io
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from mufakat.engines.duplicates.dictionary import Dictionary, extended, shipped
from mufakat.engines.duplicates.model import InputError, Pair
from mufakat.engines.duplicates.pairs import Search
from mufakat.engines.duplicates.reading import open_text, read_adjacency, read_proposals

HEADER = ("id_a", "id_b", "score", "verdict", "reasons")
LONG = 50_000  # rows from which progress is told


def build_parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m mufakat.engines.duplicates",
        description="Mencari usulan yang sama atau tumpang tindih, dengan alasan per unsur.",
    )
    parser.add_argument("input", type=Path, metavar="INPUT.csv", help="kolom id,kecamatan,desa,text (wajib)")
    parser.add_argument("--out", type=Path, required=True, metavar="PAIRS.csv", help="berkas hasil")
    parser.add_argument("--adjacency", type=Path, metavar="ADJ.csv", help="kecamatan bertetangga, kolom a,b")
    parser.add_argument("--dictionary", type=Path, metavar="KAMUS.csv", help="kamus tambahan dari kantor")
    parser.add_argument("--explain", action="store_true", help="cetak penjelasan setiap pasangan per unsur")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 with one sentence on the error stream when the input is at fault."""
    arguments = build_parser().parse_args(argv)
    try:
        run(arguments)
    except InputError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 2
    return 0


def run(arguments: argparse.Namespace) -> None:
    """Read, search, write and, if asked, explain."""
    columns = read_proposals(arguments.input)
    adjacency = read_adjacency(arguments.adjacency) if arguments.adjacency else []
    progress = Progress(len(columns.id))
    progress.tell("dibaca")
    search = Search(columns, adjacency, load_dictionary(arguments.dictionary), tell=progress.tell)
    progress.tell(f"dibandingkan, {len(search.found):,} pasangan ditemukan".replace(",", "."))
    write(arguments.out, search.lines())
    if arguments.explain:
        for pair in search.pairs():
            sys.stdout.write(explained(pair))


def load_dictionary(path: Path | None) -> Dictionary:
    """The shipped dictionary, with the office's own file before it when given."""
    return extended(extra=open_text(path), origin=path.name) if path else shipped()


def write(path: Path, lines: Iterable[tuple[str, str, int, str, str]]) -> None:
    """The pairs as CSV in UTF-8."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(lines)
    try:
        path.write_text(buffer.getvalue(), encoding="utf-8", newline="")
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"Hasil tidak dapat ditulis ke {path}: {reason}. Pilih folder lain.") from None


def explained(pair: Pair) -> str:
    """One pair as a small table, field by field."""
    lines = [f"{pair.id_a} – {pair.id_b}: {pair.sentence.partition(':')[0]}"]
    lines += [f"    {r.field:<26}{r.finding} [{r.bits:+.1f}]" for r in pair.reasons]
    return "\n".join(lines) + "\n\n"


class Progress:
    """Lines on the error stream during long runs only."""

    def __init__(self, rows: int) -> None:
        self.rows, self.started = rows, time.monotonic()

    def tell(self, done: str) -> None:
        """Say what was just finished."""
        if self.rows >= LONG:
            seconds = time.monotonic() - self.started
            sys.stderr.write(f"{self.rows:,} usulan ".replace(",", ".") + f"{done} ({seconds:.0f} detik)\n")
            sys.stderr.flush()
