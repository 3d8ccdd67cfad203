"""`mufakat timetable`: from a problem, JSON or workbook, to the schedule of a regency in one folder.

Exit codes: 0 a timetable was written, 1 there is none (the folder tells why), 2 wrong use or a problem with faults.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mufakat.core.errors import MufakatError

if TYPE_CHECKING:
    from mufakat.engines.timetable import Problem

DONE, WITHOUT = 0, 1
RESULT, PAPER, BOOK, PROBLEM, CALENDARS = "jadwal.json", "jadwal.pdf", "jadwal.xlsx", "soal.json", "kalender"


class WrongUse(MufakatError):
    """An option is missing or cannot be read."""

    code = "penggunaan_keliru"


@dataclass(frozen=True, slots=True)
class Request:
    """One run: the problem's file, the folder, the moment printed, the search."""

    problem: Path
    out: Path
    at: datetime | None = None
    seed: int = 0
    limit: float = 50.0
    is_example: bool = False


def configure(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the options."""
    english = language == "en"

    def text(indonesian: str, translated: str) -> str:
        return translated if english else indonesian

    parser.add_argument(
        "problem", nargs="?", type=Path, metavar="SOAL", help=text("soal JSON atau XLSX", "problem, JSON or XLSX")
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help=text("folder hasil", "output folder"))
    parser.add_argument("--template", type=Path, metavar="SOAL.xlsx", help=text(
        "menulis formulir soal (berisi contoh bila SOAL diberikan)", "write the problem as a form (filled when SOAL is given)"))  # fmt: skip
    parser.add_argument("--explain", nargs=2, metavar=("FORUM", "HARI"), help=text(
        "mengapa forum tidak pada hari itu, dan berapa tambahan nilainya", "why a forum is not on that day, and its price"))  # fmt: skip
    parser.add_argument("--move", nargs=2, metavar=("FORUM", "HARI"), help=text(
        "menaruh forum pada hari itu dengan perubahan paling sedikit", "put a forum there with the fewest changes"))  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, metavar="N", help=text("bilangan acak awal", "random seed"))
    parser.add_argument("--limit", type=float, default=50.0, metavar="DETIK", help=text(
        "batas waktu deterministik (bawaan 50)", "deterministic time limit (50)"))  # fmt: skip
    parser.add_argument("--waktu", metavar="2022-01-10T08:00", help=text("saat yang tercetak", "moment printed"))
    parser.add_argument("--contoh", action="store_true", help=text("menandai CONTOH", "mark as example"))


def run(arguments: argparse.Namespace) -> int:
    """Write the form, or the timetable, or answer a question about it."""
    data: Mapping[str, Any] = {}
    if arguments.problem is not None:
        data, problem = load(arguments.problem)
    if arguments.template is not None:
        return _template(arguments.template, data)
    if arguments.problem is None or arguments.out is None:
        raise WrongUse("Sebutkan soal dan --out FOLDER, atau --template SOAL.xlsx untuk menulis formulir.")
    if arguments.explain:
        return _explain(arguments, problem)
    request = Request(
        arguments.problem, arguments.out, _moment(arguments.waktu), arguments.seed, arguments.limit, arguments.contoh
    )
    if arguments.move:
        return _move(arguments, request, data, problem)
    return solve_and_write(request, data=data, problem=problem, report=_report)


def load(path: Path) -> tuple[dict[str, Any], Problem]:
    """The problem's JSON object and the problem, from JSON or from any spreadsheet. Raises MufakatError."""
    from mufakat.engines.timetable import read_with_notices
    from mufakat.engines.timetable.command import load_json

    if path.suffix.lower() != ".json":
        from mufakat.scheduling.workbook_reading import read_workbook

        return read_workbook(path)
    data = load_json(path)
    problem, notices = read_with_notices(data)
    for notice in notices:
        _report(f"Catatan: {notice}")
    assert isinstance(data, dict)
    return data, problem


def solve_and_write(request: Request, *, data: Mapping[str, Any], problem: Problem, report: Any) -> int:
    """Compute the timetable and write the folder. Returns DONE or WITHOUT."""
    from mufakat.engines.timetable import answer_of

    report(f"Menyusun jadwal {len(problem.forums)} forum, {len(problem.days)} hari, {len(problem.teams)} tim …")
    answer = answer_of(problem, seed=request.seed, limit=request.limit)
    return write(request, data=data, problem=problem, answer=answer, report=report)


def write(request: Request, *, data: Mapping[str, Any], problem: Problem, answer: dict[str, Any], report: Any) -> int:
    """Every file of a computed timetable."""
    from mufakat.engines.timetable.command import summary
    from mufakat.scheduling.calendars import calendar_files
    from mufakat.scheduling.printing import schedule_pdf
    from mufakat.scheduling.schedule import schedule_of
    from mufakat.scheduling.views import schedule_workbook

    at = request.at or datetime.combine(min(problem.days), time())
    schedule = schedule_of(data=data, problem=problem, answer=answer, at=at, is_example=request.is_example)
    files = {RESULT: _json(answer), PROBLEM: _json(dict(data)), BOOK: schedule_workbook(schedule)}
    files[PAPER] = schedule_pdf(schedule)
    if schedule.lines:
        files |= {f"{CALENDARS}/{name}": content for name, content in calendar_files(schedule).items()}
    _write(request.out, files)
    report(summary(answer))
    for line in (*schedule.conflict, *schedule.relaxations):
        report(f"  {line}")
    report(f"Hasil: {request.out}")
    return DONE if schedule.lines else WITHOUT


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    """Write the folder; calendars of an earlier run are removed, so that nobody takes in an old date."""
    try:
        (out / CALENDARS).mkdir(parents=True, exist_ok=True)
        for old in (out / CALENDARS).glob("*.ics"):
            old.unlink()
        for name, content in files.items():
            part = out / (name + ".part")
            part.write_bytes(content)
            part.replace(out / name)
    except OSError as error:
        raise WrongUse(f"Hasil tidak dapat ditulis ke {out}: {error.strerror}. Pilih folder lain.") from None


def _json(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _template(path: Path, data: Mapping[str, Any]) -> int:
    from mufakat.scheduling.workbook_problem import problem_workbook

    try:
        path.write_bytes(problem_workbook(data, at_moment=datetime(2022, 1, 1)))  # noqa: DTZ001  # no clock in files
    except OSError as error:
        raise WrongUse(f"Formulir tidak dapat ditulis ke {path}: {error.strerror}. Pilih tempat lain.") from None
    _report(f"Formulir soal: {path}")
    return DONE


def _asked(arguments: argparse.Namespace, problem: Problem, forum: str, day: str) -> tuple[Any, object]:
    """The wish and the timetable it is about."""
    from mufakat.engines.timetable import wish_of
    from mufakat.engines.timetable.command import load_json
    from mufakat.scheduling.workbook_reading import day_of

    code = next((f.id for f in problem.forums if forum.casefold() in (f.id.casefold(), f.name.casefold())), forum)
    parsed = day_of(day)
    wish = wish_of(problem, forum=code, day=parsed.isoformat() if parsed else day)
    kept = arguments.out / RESULT
    return wish, load_json(kept) if kept.exists() else None


def _explain(arguments: argparse.Namespace, problem: Problem) -> int:
    from mufakat.engines.timetable import explain
    from mufakat.engines.timetable.replanning import spoken

    wish, answer = _asked(arguments, problem, *arguments.explain)
    told = explain(problem, wish, answer=answer, seed=arguments.seed, limit=arguments.limit)
    sys.stdout.write(spoken(problem, told) + "\n")
    return DONE


def _move(arguments: argparse.Namespace, request: Request, data: Mapping[str, Any], problem: Problem) -> int:
    from mufakat.engines.timetable import move

    wish, answer = _asked(arguments, problem, *arguments.move)
    if answer is None:
        raise WrongUse(f"Belum ada {RESULT} di {arguments.out}. Susun jadwalnya dahulu tanpa --move.")
    told = move(problem, wish, answer=answer, seed=request.seed, limit=request.limit)
    if not told["assignments"]:
        for reason in told["reasons"]:
            _report(reason)
        _report("Jadwal tidak diubah.")
        return WITHOUT
    for change in told["changes"]:
        _report(f"  {change['forum']}: {_where(change['from'])} menjadi {_where(change['to'])}")
    return write(request, data=data, problem=problem, answer=told, report=_report)


def _where(place: Mapping[str, str]) -> str:
    return f"{place['day']} {place['session']} ({place['team']})"


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise WrongUse(f"--waktu “{text}” tidak terbaca. Tulis misalnya 2022-01-10T08:00.") from None


def _report(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
