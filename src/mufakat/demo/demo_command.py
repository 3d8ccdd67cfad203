"""`mufakat demo`: the main job on invented sheets of Kecamatan Kebomas, before the forum and at its end."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mufakat.core.money import thousands

if TYPE_CHECKING:
    from mufakat.drafting.job import Request

DAY = date(2022, 2, 3)
PLAN_YEAR = 2023
PAGU = 5_000_000_000
VILLAGES, BEFORE, FILLED, AFTER = "1 lembar desa", "2 sebelum forum", "3 lembar kerja terisi.xlsx", "4 berita acara"
SCHEDULE = "5 jadwal se-kabupaten"


def configure(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the options."""
    help_text = "output folder" if language == "en" else "folder hasil (bawaan: hasil-demo)"
    parser.add_argument("--out", type=Path, default=Path("hasil-demo"), help=help_text)


def run(arguments: argparse.Namespace) -> int:
    """Write sheets, drafts, the filled worksheet, the berita acara and the regency's timetable; name the folder."""
    from mufakat.demo import sheets, timetable

    out: Path = arguments.out
    _say(f"Contoh: Musrenbang Kecamatan Kebomas {DAY.year} untuk RKPD {PLAN_YEAR}, pagu Rp{thousands(PAGU)}.")
    paths = sheets.write(out / VILLAGES)
    _draft(out / BEFORE, paths, decisions=None)
    fill(out / FILLED, paths)
    _draft(out / AFTER, paths, decisions=out / FILLED)
    _say("")
    _say("Bagi Bappeda: jadwal forum 18 kecamatan Kabupaten Gresik, Februari 2025 untuk RKPD 2026")
    timetable.write(out / SCHEDULE, report=_say)
    _say("")
    _say(f"Hasilnya ada di: {out.resolve()}")
    for name in (VILLAGES, BEFORE, FILLED, AFTER, SCHEDULE):
        _say(f"  {name}")
    _open(out)
    return 0


def _request(out: Path, paths: list[Path], decisions: Path | None) -> Request:
    from mufakat.drafting import job

    return job.Request(
        sheets=tuple(paths),
        kecamatan="35.25.14",
        plan_year=PLAN_YEAR,
        day=DAY,
        at=datetime(DAY.year, DAY.month, DAY.day),  # noqa: DTZ001  # the forum's own local midnight
        out=out,
        pagu=PAGU,
        decisions=decisions,
        is_example=True,
    )


def _draft(out: Path, paths: list[Path], *, decisions: Path | None) -> None:
    from mufakat.drafting import job

    _say("")
    _say(
        "Sebelum forum: lembar desa menjadi lembar kerja dan rancangan"
        if decisions is None
        else "Sesudah forum: keputusan menjadi berita acara"
    )
    job.run(_request(out, paths, decisions), report=_say)


def fill(path: Path, paths: list[Path]) -> None:
    """Fill the worksheet as the invented hall would, and save it where `--keputusan` finds it."""
    from mufakat.demo import hall
    from mufakat.drafting import job, worksheet
    from mufakat.drafting.deciding import decide

    draft, _, _ = job.prepare(_request(path.parent, paths, None), report=lambda line: None)
    decided = decide(draft, hall.decisions(draft))
    path.write_bytes(worksheet.worksheet_bytes(decided, hall.session(draft)))


def _open(folder: Path) -> None:
    """Show the folder where a person sits at a screen; elsewhere its name is enough."""
    if not sys.stdout.isatty() or os.environ.get("CI"):
        return
    if sys.platform == "win32":
        os.startfile(folder)  # noqa: S606
    elif sys.platform == "darwin":
        subprocess.run(["open", str(folder)], check=False)
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        subprocess.run(["xdg-open", str(folder)], check=False, stderr=subprocess.DEVNULL)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
