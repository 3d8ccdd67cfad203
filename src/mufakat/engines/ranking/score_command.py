"""`python -m mufakat.engines.ranking score PROBLEM.json [--json] [--run RUN.json]`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mufakat import __version__
from mufakat.core.json_file import JsonFileFaulty, load_json
from mufakat.core.money import decimal_text, rupiah

KIND = "mufakat-criteria-run"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", type=Path, metavar="PROBLEM.json")
    parser.add_argument("--json", action="store_true", help="hasil sebagai satu objek JSON")
    parser.add_argument("--run", type=Path, metavar="RUN.json", help="menyimpan jalannya untuk diulang (replay)")


def run(arguments: argparse.Namespace) -> int:
    """Read, decide, tell; 0 when answered (also when floors conflict). Raises MufakatError."""
    from mufakat.engines.ranking.criteria.reading import read_problem

    started = time.process_time()
    data = load_json(arguments.file)
    _, notices = read_problem(data)
    for notice in notices:
        sys.stderr.write(f"Catatan: {notice}\n")
    document = run_of(data, tell=progress("Menghitung"))
    seconds = time.process_time() - started
    if arguments.run is not None:
        from mufakat.engines.ranking.replay import written

        try:
            arguments.run.write_bytes(written(document))
        except OSError as error:
            raise JsonFileFaulty(
                f"Hasil tidak dapat ditulis ke {arguments.run}: {error.strerror}. Pilih tempat lain."
            ) from None
    if arguments.json:
        told = {**document["result"], "seconds": round(seconds, 6), "version": document["version"]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(spoken(document["result"]) + "\n")
    return 0


def run_of(data: object, tell: Callable[[int, int], None] = lambda done, of: None) -> dict[str, Any]:
    """The document of a run: the problem as given, and its result. Nothing in it depends on the clock or the machine."""
    from mufakat.engines.ranking.criteria.answer import answer
    from mufakat.engines.ranking.criteria.reading import read_problem

    problem, _ = read_problem(data)
    return {"kind": KIND, "version": __version__, "input": data, "result": answer(problem, tell)}


def spoken(result: dict[str, Any]) -> str:
    """The result for a person at a terminal: one line per proposal, then the list."""
    lines = []
    if result["comparison"]:
        lines.append(result["comparison"]["sentence"])
    for row in result["alternatives"]:
        mark = "✓" if row["chosen"] and result["list"] else " "
        place = row["rank"] or "–"
        lines.append(f"{place:>4} {mark} {row['id']}  {decimal_text(_exact(row['score']), result['digits'])}")
    if result["list"]:
        listed = result["list"]
        lines.append(
            f"Termuat {len(listed['chosen'])} usulan, {rupiah(listed['used'])} dari pagu {rupiah(listed['pagu'])}."
        )
    if result["floors"] and result["floors"]["sentence"]:
        lines.append(result["floors"]["sentence"])
    return "\n".join(lines)


def _exact(number: float) -> Any:
    from mufakat.core.fields import exact_number

    return exact_number(number)


def progress(what: str) -> Callable[[int, int], None]:
    """A line every few seconds of a long run."""
    told = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal told
        if time.monotonic() - told > 3:
            told = time.monotonic()
            sys.stderr.write(f"{what}: {done} dari {of} …\n")
            sys.stderr.flush()

    return tell
