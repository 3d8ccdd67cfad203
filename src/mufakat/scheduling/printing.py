"""The Jadwal se-kabupaten as a PDF (domain §3.3): the list, the calendar of the teams, the proof."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from mufakat.core.dates import full_date, long_date, moment
from mufakat.documents.render import Annex, Cell, Table, TableGroup, cell, clean, print_pdf
from mufakat.scheduling.schedule import WORDS, Line, Schedule, late_days, proof, when

TEMPLATE = Path(__file__).parent / "templates" / "jadwal.typ"
EXAMPLE = "CONTOH, BUKAN DOKUMEN RESMI"
DASH = "–"


def schedule_pdf(schedule: Schedule) -> bytes:
    """One tagged PDF/A-2a. Raises MissingGlyph and RenderFailed as `documents.render` does."""
    sections = [_list(schedule).data(), _calendar(schedule)] if schedule.lines else [_without(schedule)]
    return print_pdf(template=TEMPLATE, run=_run(schedule), parts=[sections], at=schedule.at)


def _run(schedule: Schedule) -> dict[str, object]:
    title = f"Jadwal Musrenbang Kecamatan {schedule.title}"
    return {
        "document": f"{title} {schedule.days[0].year}" if schedule.days else title,
        "keywords": ["musrenbang", "jadwal", schedule.title],
        "title": title,
        "mark": "RANCANGAN JADWAL",
        "example": EXAMPLE if schedule.is_example else "",
        "foot": f"{title}\nDisusun {moment(schedule.at)}",
        "paper": "a4",
        "stamped": False,
    }


def _list(schedule: Schedule) -> Annex:
    heads = (
        "No",
        "Kecamatan",
        "Hari/Tanggal",
        "Waktu",
        "Tempat",
        "Tim Pemandu",
        "Pejabat pendamping/OPD",
        "Anggota DPRD dapil",
    )
    widths = ("8mm", "29mm", "33mm", "24mm", "1fr", "24mm", "1.5fr", "34mm")
    groups = TableGroup([_row(number, line) for number, line in enumerate(schedule.lines, start=1)])
    first, last = schedule.lines[0].day, schedule.lines[-1].day
    facts = (
        ("Jumlah forum", f"{len(schedule.lines)} kecamatan"),
        ("Rentang", f"{long_date(first)} sampai {long_date(last)}"),
        ("Mutu", proof(schedule)),
    )
    return Annex(
        label="Jadwal", title=f"Jadwal Musrenbang Kecamatan {schedule.title}",
        table=Table(heads, widths, "rlllllll", (groups,), size=8.2), facts=facts, remark=late_days(schedule),
        landscape=True,
    )  # fmt: skip


def _row(number: int, line: Line) -> list[Cell]:
    officers = [p.name for p in line.people if not p.sits_in_council]
    council = [p.name for p in line.people if p.sits_in_council]
    dapil = f"Dapil {line.district}" if line.district else ""
    members = clean("; ".join(council))
    return [
        str(number),
        (cell(line.name), cell(line.id)),
        cell(full_date(line.day)),
        (cell(line.hours), when(line)) if line.hours else when(line),
        cell(line.place) or DASH,
        cell(line.team),
        cell("; ".join([*officers, *line.agencies])) or DASH,
        (members, dapil) if members and dapil else members or dapil or DASH,
    ]


def _calendar(schedule: Schedule) -> dict[str, object]:
    """Days down, teams across; whole-day forums span the sessions."""
    loads = Counter(line.team_id for line in schedule.lines)
    most = max(loads.values())
    return {
        "kind": "kalender",
        "title": "Kalender Tim Pemandu",
        "sessions": list(schedule.sessions),
        "teams": [clean(name) for _, name in schedule.teams],
        "days": [
            {"name": full_date(day), "cells": [_cells(schedule, day, code) for code, _ in schedule.teams]}
            for day in schedule.days
            if any(line.day == day for line in schedule.lines)
        ],
        "loads": [[clean(name), loads[code], loads[code] / most] for code, name in schedule.teams],
        "measures": [[WORDS[name], str(value)] for name, value in schedule.measures],
        "proof": proof(schedule),
    }


def _cells(schedule: Schedule, day: object, team: str) -> list[dict[str, object]]:
    """What a team does on a day, session by session: name, how many sessions it spans, dapil."""
    here = {line.session_index: line for line in schedule.lines if line.day == day and line.team_id == team}
    cells: list[dict[str, object]] = []
    session = 0
    while session < len(schedule.sessions):
        line = here.get(session)
        span = len(schedule.sessions) if line is not None and line.whole_day else 1
        cells.append({
            "name": clean(line.name) if line else "", "span": span, "dapil": line.district if line else "",
        })  # fmt: skip
        session += span
    return cells


def _without(schedule: Schedule) -> dict[str, object]:
    return {
        "kind": "tanpa",
        "title": f"Jadwal Musrenbang Kecamatan {schedule.title} belum dapat disusun",
        "proof": proof(schedule),
        "conflict": [clean(sentence) for sentence in schedule.conflict],
        "ground": clean(schedule.ground),
        "relaxations": [clean(sentence) for sentence in schedule.relaxations],
    }
