"""`mufakat timetable`: a problem in, the Jadwal se-kabupaten out; `explain` and `move` ask and change it afterwards.

Exit codes: 0 done, 1 no timetable exists or none was found in time, 2 wrong use, 3 the problem has faults.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mufakat.core.errors import MufakatError

if TYPE_CHECKING:
    from mufakat.scheduling.job import Loaded, Request

TEMPLATE_AT = datetime(2022, 1, 1)  # noqa: DTZ001  # the only moment in the empty form: the same bytes every time


class WrongUse(MufakatError):
    """The options do not fit together."""

    code = "pemakaian_salah"


def configure(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the options; help is Indonesian, or English with `--lang en`."""

    def say(indonesian: str, english: str) -> str:
        return english if language == "en" else indonesian

    parser.usage = "%(prog)s SOAL --out FOLDER | explain SOAL … | move SOAL … | --template FILE.xlsx"
    parser.add_argument(
        "words", nargs="*", metavar=say("SOAL", "PROBLEM"),
        help=say("soal jadwal: JSON atau XLSX; didahului explain atau move untuk bertanya atau memindahkan",
                 "the problem: JSON or XLSX; preceded by explain or move to ask or to change"),
    )  # fmt: skip
    parser.add_argument("--out", type=Path, help=say("folder hasil", "output folder"))
    parser.add_argument("--template", type=Path, metavar="FILE.xlsx", help=say("tulis formulir soal (terisi bila SOAL diberikan)", "write the form (filled in when PROBLEM is given)"))  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, metavar="N", help=say("bilangan acak awal", "random seed"))
    parser.add_argument("--limit", type=float, default=50.0, metavar="S", help=say("batas waktu deterministik, bawaan 50", "deterministic time limit, 50 by default"))  # fmt: skip
    parser.add_argument("--terbit", type=Path, metavar="JADWAL.json", help=say("jadwal yang sudah terbit: ubah sesedikit mungkin", "published timetable: change as little as the weights say"))  # fmt: skip
    parser.add_argument("--jadwal", type=Path, metavar="JADWAL.json", help=say("jadwal kini, bagi explain dan move", "present timetable, for explain and move"))  # fmt: skip
    parser.add_argument("--forum", help=say("kode forum, bagi explain dan move", "forum id, for explain and move"))
    parser.add_argument("--hari", help=say("tanggal, bagi explain dan move", "date, for explain and move"))
    parser.add_argument("--sesi", help=say("sesi, bagi explain dan move", "session, for explain and move"))
    parser.add_argument("--waktu", help=say("waktu cetak, bawaan tengah malam hari pertama", "the moment printed"))
    parser.add_argument("--kertas", choices=("a4", "f4"), default="a4", help=say("ukuran kertas", "paper size"))
    parser.add_argument("--contoh", action="store_true", help=say("tandai CONTOH, BUKAN DOKUMEN RESMI", "mark as an example"))  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Run what is asked; see the module for the exit codes."""
    words = list(arguments.words)
    question = words.pop(0) if words and words[0] in ("explain", "move") else ""
    if len(words) > 1:
        raise WrongUse(f"Hanya satu soal yang dihitung sekali jalan, tetapi ada {len(words)}: {', '.join(words)}.")
    problem = Path(words[0]) if words else None
    if arguments.template is not None:
        return _write_template(arguments, problem)
    if problem is None:
        raise WrongUse("Soal belum disebut. Tulis misalnya: mufakat timetable soal.xlsx --out hasil.")
    if question:
        return _ask(arguments, question, problem)
    from mufakat.scheduling import job

    return job.run(_request(arguments, problem), report=_report)


def _request(arguments: argparse.Namespace, problem: Path) -> Request:
    from mufakat.scheduling.job import Request

    if arguments.out is None:
        raise WrongUse("Folder hasil belum disebut. Tambahkan --out FOLDER.")
    if arguments.limit <= 0:
        raise WrongUse("--limit harus lebih dari 0.")
    return Request(
        problem=problem, out=arguments.out, seed=arguments.seed, limit=arguments.limit,
        at=_moment(arguments.waktu), published=arguments.terbit, is_example=arguments.contoh, paper=arguments.kertas,
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise WrongUse(f"--waktu “{text}” tidak terbaca. Tulis misalnya 2022-02-03T07:30.") from None


def _write_template(arguments: argparse.Namespace, problem: Path | None) -> int:
    from mufakat.scheduling.job import FAULTY, loaded_or_faults, write_bytes
    from mufakat.scheduling.problem_workbook import problem_bytes

    data: dict[str, object] = {}
    if problem is not None:
        loaded = loaded_or_faults(problem, None, report=_report)
        if loaded is None:
            return FAULTY
        data = loaded.data
    content = problem_bytes(data, at_moment=_moment(arguments.waktu) or TEMPLATE_AT, is_example=arguments.contoh)
    write_bytes(arguments.template, content)
    _report(f"Formulir soal ditulis ke {arguments.template}. Petunjuknya ada pada tab pertama.")
    return 0


def _ask(arguments: argparse.Namespace, question: str, path: Path) -> int:
    from mufakat.scheduling.job import FAULTY, loaded_or_faults

    missing = [name for name in ("forum", "hari") if getattr(arguments, name) is None]
    if question == "move":
        missing += [name for name in ("jadwal", "out") if getattr(arguments, name) is None]
    if missing:
        raise WrongUse(f"{question} memerlukan --{', --'.join(missing)}.")
    loaded = loaded_or_faults(path, arguments.out, report=_report)
    if loaded is None:
        return FAULTY
    return _explain(arguments, loaded) if question == "explain" else _move(arguments, loaded, path)


def _explain(arguments: argparse.Namespace, loaded: Loaded) -> int:
    from mufakat.core.json_file import load_json
    from mufakat.engines.timetable import explain, replanning, wish_of

    wish = wish_of(loaded.problem, forum=arguments.forum, day=arguments.hari, session=arguments.sesi)
    answer = load_json(arguments.jadwal) if arguments.jadwal else None
    told = explain(loaded.problem, wish, answer=answer, seed=arguments.seed, limit=arguments.limit)
    sys.stdout.write(replanning.spoken(loaded.problem, told) + "\n")
    return 0


def _move(arguments: argparse.Namespace, loaded: Loaded, path: Path) -> int:
    from mufakat.core.json_file import load_json
    from mufakat.engines.timetable import move, wish_of
    from mufakat.scheduling import job

    wish = wish_of(loaded.problem, forum=arguments.forum, day=arguments.hari, session=arguments.sesi)
    told = move(loaded.problem, wish, answer=load_json(arguments.jadwal), seed=arguments.seed, limit=arguments.limit)
    if not told["assignments"]:
        for sentence in ("Forum itu tidak dapat ditaruh di sana.", *told["reasons"]):
            _report(sentence)
        return job.NO_TIMETABLE
    names = {forum.id: forum.name for forum in loaded.problem.forums}
    moved = ", ".join(names[change["forum"]] for change in told["changes"]) or "tidak ada"
    code = job.write_results(_request(arguments, path), loaded, told, report=_report)
    _report(f"Yang berubah: {moved}.")
    return code


def _report(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
