"""One run: a problem as JSON or XLSX in, a folder with the timetable in every form out."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from datetime import time as clock
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mufakat.core.errors import MufakatError

if TYPE_CHECKING:
    from mufakat.core.faults import Fault
    from mufakat.engines.timetable.problem import Problem
    from mufakat.scheduling.views import Timetable

DONE, NO_TIMETABLE, FAULTY = 0, 1, 3
JSON_NAME, PDF_NAME, XLSX_NAME, FAULTS_NAME, CALENDARS = (
    "jadwal.json", "jadwal.pdf", "jadwal.xlsx", "kesalahan.txt", "kalender",
)  # fmt: skip
Report = Callable[[str], None]


class NotWritten(MufakatError):
    """A file of the result cannot be written."""

    code = "jadwal_tidak_tertulis"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. `at` is the moment printed; without it the first day's midnight. `limit` is deterministic time."""

    problem: Path
    out: Path
    seed: int = 0
    limit: float = 50.0
    at: datetime | None = None
    published: Path | None = None
    is_example: bool = False
    paper: str = "a4"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A problem as its JSON and as the engine reads it."""

    data: dict[str, Any]
    problem: Problem
    notices: tuple[Fault, ...]


def run(request: Request, *, report: Report) -> int:
    """Solve and write. 0: a timetable; 1: none, with a page that says why; 3: the problem has faults, all listed."""
    from mufakat.engines.timetable.answer import answer_of

    started = time.perf_counter()
    loaded = loaded_or_faults(request.problem, request.out, published=request.published, report=report)
    if loaded is None:
        return FAULTY
    answer = answer_of(loaded.problem, seed=request.seed, limit=request.limit)
    answer["seconds"] = round(time.perf_counter() - started, 3)
    return write_results(request, loaded, answer, report=report)


def loaded_or_faults(path: Path, out: Path | None, *, published: Path | None = None, report: Report) -> Loaded | None:
    """The problem; or None, with every fault told and, given a folder, written to kesalahan.txt. An unreadable file is one."""
    from mufakat.engines.sheets import UnreadableFile
    from mufakat.engines.timetable.faults import ProblemFaulty

    try:
        loaded = load(path, published=published)
    except UnreadableFile as error:
        report(error.sentence)
        return None
    except ProblemFaulty as error:
        report(str(error))
        if out is None:
            return None
        lines = [f"{number}. {fault}" for number, fault in enumerate(error.faults, start=1)]
        write_bytes(out / FAULTS_NAME, ("\n".join([f"Kesalahan dalam {path.name}", *lines]) + "\n").encode())
        report(f"Semua kesalahan juga ada di {out / FAULTS_NAME}.")
        return None
    if out is not None:
        (out / FAULTS_NAME).unlink(missing_ok=True)
    for notice in loaded.notices:
        report(f"Catatan: {notice}")
    return loaded


def load(path: Path, *, published: Path | None = None) -> Loaded:
    """A problem file by its content: JSON when it begins with a brace, else a workbook.

    Raises NotInProblem, UnreadableFile or ProblemFaulty, each with finished sentences.
    """
    from mufakat.core.json_file import load_json
    from mufakat.engines.timetable.reading import read_with_notices

    if _is_workbook(path):
        from mufakat.scheduling.problem_reader import read_problem_workbook

        data, problem, notices = read_problem_workbook(path)
        if published is None:
            return Loaded(data, problem, notices)
    else:
        raw = load_json(path)
        problem, notices = read_with_notices(raw)
        data = dict(raw) if isinstance(raw, Mapping) else {}
    if published is not None:
        data["published"] = load_json(published)
        problem, notices = read_with_notices(data)
    return Loaded(data, problem, notices)


def _is_workbook(path: Path) -> bool:
    """Everything but .json goes to the hardened reader, which looks at the content itself."""
    return path.suffix.casefold() != ".json"


def write_results(request: Request, loaded: Loaded, answer: Mapping[str, Any], *, report: Report) -> int:
    """Write every form of an answer into the folder; tell the outcome and the files."""
    from mufakat.engines.timetable.command import summary
    from mufakat.scheduling.printing import timetable_pdf
    from mufakat.scheduling.views import timetable_of

    out, at = request.out, request.at or datetime.combine(min(loaded.problem.days), clock())
    timetable = timetable_of(data=loaded.data, problem=loaded.problem, answer=answer)
    text = json.dumps(dict(answer), ensure_ascii=False, indent=1) + "\n"
    write_bytes(out / JSON_NAME, text.encode())
    write_bytes(out / PDF_NAME, timetable_pdf(timetable, at=at, is_example=request.is_example, paper=request.paper))
    _clear_old(out)
    report(summary(dict(answer)))
    if not timetable.meetings:
        _tell_why_not(answer, report)
        report(f"Penjelasan: {out / PDF_NAME}")
        return NO_TIMETABLE
    count = _write_views(out, timetable, at, request.is_example)
    if late := timetable.late:
        report(f"Peringatan: {len(late)} forum sesudah jendela waktu: {', '.join(m.name for m in late)}.")
    report(f"Hasil di {out}: {PDF_NAME}, {XLSX_NAME}, {JSON_NAME}, dan {count} kalender di {CALENDARS}.")
    return DONE


def _write_views(out: Path, timetable: Timetable, at: datetime, is_example: bool) -> int:
    from mufakat.scheduling.calendars import calendars_of
    from mufakat.scheduling.timetable_workbook import timetable_bytes

    write_bytes(out / XLSX_NAME, timetable_bytes(timetable, at=at, is_example=is_example))
    calendars = calendars_of(timetable, at=at, is_example=is_example)
    for name, content in calendars.items():
        write_bytes(out / CALENDARS / name, content)
    return len(calendars)


def _clear_old(out: Path) -> None:
    """An earlier run's workbook and calendars must not stand beside another timetable."""
    (out / XLSX_NAME).unlink(missing_ok=True)
    for kind in ("forum", "tim", "orang", "semua"):
        for path in sorted((out / CALENDARS).glob(f"{kind}-*.ics")):
            path.unlink()


def _tell_why_not(answer: Mapping[str, Any], report: Report) -> None:
    conflict = answer.get("conflict") or {}
    for rule in conflict.get("rules", ()):
        report(f"- {rule['sentence']}")
    ways = answer.get("relaxations") or ()
    if ways:
        report("Jalan keluar yang sudah dicoba:")
    for way in ways:
        report(f"- {way['sentence']}")


def write_bytes(path: Path, content: bytes) -> None:
    """The whole file or none of it. Raises NotWritten with the way out."""
    partial = path.with_name(path.name + ".sebagian")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        raise NotWritten(
            f"{path} tidak dapat ditulis ({error.strerror or 'gagal'}). Tutup berkas itu bila sedang dibuka, "
            "periksa izin dan sisa ruang, atau pilih folder lain."
        ) from None
