"""`python -m mufakat.engines.timetable PROBLEM.json --out TIMETABLE.json [--seed N] [--limit SECONDS]`.

Also `explain PROBLEM.json --forum F --day D [--session S] [--timetable T.json]` and
`move PROBLEM.json --timetable T.json --forum F --day D [--session S] --out NEW.json`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mufakat.core.errors import MufakatError
from mufakat.core.json_file import load_json, write_json
from mufakat.engines.timetable.problem import Problem

LIMIT = 50.0


def build_parser() -> argparse.ArgumentParser:
    """Arguments of the main call."""
    parser = argparse.ArgumentParser(
        prog="python -m mufakat.engines.timetable",
        description="Menyusun jadwal semua forum se-kabupaten, dengan bukti bahwa tidak ada yang lebih baik.",
        epilog="Pertanyaan sesudahnya: python -m mufakat.engines.timetable explain|move --help",
    )
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json", help="soal (docs/reference/timetable.md)")
    parser.add_argument("--out", type=Path, required=True, metavar="TIMETABLE.json", help="berkas hasil")
    _add_search(parser)
    return parser


def build_wish_parser(name: str) -> argparse.ArgumentParser:
    """Arguments of `explain` and `move`."""
    summaries = {
        "explain": "Mengapa sebuah forum tidak pada hari itu, dan berapa tambahan nilainya.",
        "move": "Menaruh sebuah forum pada hari itu dan memperbaiki jadwal dengan perubahan paling sedikit.",
    }
    parser = argparse.ArgumentParser(prog=f"python -m mufakat.engines.timetable {name}", description=summaries[name])
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
    parser.add_argument("--timetable", type=Path, required=name == "move", metavar="TIMETABLE.json", help="jadwal kini")
    parser.add_argument("--forum", required=True, help="id forum")
    parser.add_argument("--day", required=True, help="tanggal (2022-02-03) atau nomor hari mulai 0")
    parser.add_argument("--session", help="nama sesi")
    parser.add_argument("--out", type=Path, required=name == "move", metavar="HASIL.json")
    _add_search(parser)
    return parser


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="bilangan acak awal (bawaan 0)")
    parser.add_argument(
        "--limit", type=float, default=LIMIT, metavar="DETIK", help="batas waktu deterministik (bawaan 50)"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when answered (also: infeasible), 2 with a sentence when the input is at fault."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if arguments[:1] in (["explain"], ["move"]):
            return _wish(arguments[0], build_wish_parser(arguments[0]).parse_args(arguments[1:]))
        return _solve(build_parser().parse_args(arguments))
    except MufakatError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 2


def _solve(arguments: argparse.Namespace) -> int:
    from mufakat.engines.timetable.answer import answer_of

    started = time.perf_counter()
    problem = load_problem(arguments.problem)
    answer = answer_of(problem, seed=arguments.seed, limit=arguments.limit)
    write_json(arguments.out, answer | {"seconds": round(time.perf_counter() - started, 3)})
    sys.stdout.write(summary(answer) + "\n")
    return 0


def _wish(name: str, arguments: argparse.Namespace) -> int:
    from mufakat.engines.timetable import replanning

    problem = load_problem(arguments.problem)
    wish = replanning.wish_of(problem, forum=arguments.forum, day=arguments.day, session=arguments.session)
    answer = load_json(arguments.timetable) if arguments.timetable else None
    options: dict[str, Any] = {"answer": answer, "seed": arguments.seed, "limit": arguments.limit}
    if name == "explain":
        told = replanning.explain(problem, wish, **options)
        words = replanning.spoken(problem, told)
    else:
        told = replanning.move(problem, wish, **options)
        words = f"{summary(told)} Perubahan: {len(told['changes'])}. {' '.join(told['reasons'])}".rstrip()
    if arguments.out:
        write_json(arguments.out, told)
    sys.stdout.write(words + "\n")
    return 0


def summary(answer: dict[str, Any]) -> str:
    """The outcome in one sentence."""
    count = len(answer["assignments"])
    if answer["status"] == "optimal":
        return f"Jadwal {count} forum tersusun, nilai {answer['objective']}, terbukti terbaik."
    if answer["status"] == "feasible":
        return (
            f"Jadwal {count} forum tersusun, nilai {answer['objective']}; batas waktu habis sebelum terbukti terbaik "
            f"(batas bawah {answer['bound']})."
        )
    if answer["status"] == "infeasible":
        return "Tidak ada jadwal yang memenuhi semua ketentuan; lihat conflict dan relaxations dalam hasil."
    return "Batas waktu habis sebelum ditemukan jadwal. Naikkan --limit."


def load_problem(path: Path) -> Problem:
    """The problem in a JSON file; what is passed over in it goes to the error stream. Raises MufakatError."""
    from mufakat.engines.timetable.reading import read_with_notices

    problem, notices = read_with_notices(load_json(path))
    for notice in notices:
        sys.stderr.write(f"Catatan: {notice}\n")
    return problem
