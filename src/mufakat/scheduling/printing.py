"""The printed *Jadwal se-kabupaten* as PDF/A bytes; without a timetable, a page that says why and what would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from mufakat.core.dates import DAYS, MONTHS, day_name, full_date, long_date, moment
from mufakat.documents.render import Sum, Table, TableGroup, cell, print_pdf, printable
from mufakat.scheduling.problem_layout import EXAMPLE
from mufakat.scheduling.timetable_workbook import LABELS, standing
from mufakat.scheduling.views import DASH, Meeting, Timetable

TEMPLATE = Path(__file__).parent / "templates" / "jadwal.typ"
NOT_FOUND = "Tidak ada jadwal yang memenuhi semua ketentuan sekaligus."
UNKNOWN = "Batas waktu habis sebelum ditemukan jadwal. Jalankan lagi dengan --limit yang lebih besar."


def timetable_pdf(timetable: Timetable, *, at: datetime, is_example: bool = False, paper: str = "a4") -> bytes:
    """The timetable, landscape, tagged PDF/A-2a; the same bytes for the same input.

    Characters that our fonts lack are replaced beforehand. Raises RenderFailed when typesetting fails.
    """
    sections = (
        [_list(timetable), _calendar(timetable), _teams(timetable)] if timetable.meetings else [_why_not(timetable)]
    )
    run = {
        "document": f"Jadwal {timetable.title}",
        "keywords": ["musrenbang", "jadwal", "kecamatan"],
        "title": "Jadwal musrenbang se-kabupaten",
        "mark": "" if timetable.meetings else "BELUM ADA JADWAL",
        "example": EXAMPLE if is_example else "",
        "foot": f"{timetable.title}\nDisusun {moment(at)}",
        "paper": paper,
    }
    return print_pdf(template=TEMPLATE, run=_clean(run), parts=[[_clean(section) for section in sections]], at=at)


def _clean(value: Any) -> Any:
    """Every text with characters that our fonts have."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, (list, tuple)) else value


def _list(timetable: Timetable) -> dict[str, object]:
    table = Table(
        heads=("No", "Kecamatan", "Hari/Tanggal", "Waktu", "Tempat", "Tim Pemandu", "Pejabat pendamping/OPD", "Anggota DPRD dapil"),
        widths=("8mm", "26mm", "28mm", "23mm", "37mm", "36mm", "1fr", "36mm"),
        align="clllllll",
        groups=(TableGroup(tuple(_row(m) for m in timetable.meetings)),),
        numbered=True,
        size=8.8,
    )  # fmt: skip
    return {
        "kind": "daftar", "title": "Jadwal musrenbang se-kabupaten", "subtitle": timetable.title,
        "figures": _figures(timetable), "table": table.data(), "notes": _list_notes(timetable),
        "signer": {"above": ["Kepala Bappeda,"], "name": "", "below": []},
    }  # fmt: skip


def _row(m: Meeting) -> tuple[Any, ...]:
    session = m.session if not m.hours else f"sesi {m.session}" if not m.whole_day else m.session
    district = f"Dapil {m.district}" if m.district else DASH
    return (
        str(m.number), (cell(m.name), district), (f"{day_name(m.day)},", long_date(m.day)),
        (m.hours, session) if m.hours else session, cell(m.place) or DASH, (cell(m.team), cell(", ".join(m.members))) if m.members else cell(m.team),
        cell("; ".join(m.officials)) or DASH, cell("; ".join(m.council)) or DASH,
    )  # fmt: skip


def _figures(timetable: Timetable) -> list[list[str]]:
    meetings = timetable.meetings
    first, last = meetings[0].day, meetings[-1].day
    counts = [len(load.forums) for load in timetable.loads]
    spread = f"{min(counts)}" if min(counts) == max(counts) else f"{min(counts)}–{max(counts)}"
    return [
        [str(len(meetings)), "forum"],
        [str(len({m.day for m in meetings})), "hari forum"],
        [str(len(timetable.loads)), "Tim Pemandu"],
        [spread, "forum tiap tim"],
        [f"{_short(first)} – {_short(last)} {last.year}", "dari forum pertama sampai terakhir"],
    ]


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _list_notes(timetable: Timetable) -> list[str]:
    """Rule 5: a date after the window is accepted and listed."""
    until, late = timetable.problem.legal_until, timetable.late
    note = [timetable.note] if timetable.note else []
    if until is None:
        return note
    if not late:
        return [f"Semua forum dalam jendela waktu sampai {full_date(until)}.", *note]
    names = ", ".join(f"{m.name} ({long_date(m.day)})" for m in late)
    return [f"Peringatan: sesudah jendela waktu {full_date(until)}, dan tetap dicatat: {names}.", *note]


def _calendar(timetable: Timetable) -> dict[str, object]:
    days = sorted(timetable.problem.days)
    weekdays = sorted({day.weekday() for day in days})
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days})
    notes = ["Tiap kotak satu forum; di kanannya kode Tim Pemandu."]
    return {
        "kind": "kalender", "title": "Kalender forum", "subtitle": timetable.title,
        "heads": [DAYS[weekday] for weekday in weekdays],
        "weeks": [_week(timetable, number, monday, weekdays) for number, monday in enumerate(mondays, start=1)],
        "notes": [*notes, *_legend(timetable)],
    }  # fmt: skip


def _legend(timetable: Timetable) -> list[str]:
    return ["; ".join(f"{load.team_id} = {load.team}" for load in timetable.loads) + "."]


def _week(timetable: Timetable, number: int, monday: date, weekdays: Sequence[int]) -> dict[str, object]:
    problem = timetable.problem
    days = [monday + timedelta(days=weekday) for weekday in weekdays]
    hours = problem.session_hours or ("",) * len(problem.sessions)
    rows = [(name, hours[i], False, i) for i, name in enumerate(problem.sessions)]
    if any(m.whole_day and m.day in days for m in timetable.meetings):
        rows.insert(0, ("sehari penuh", "", True, 0))
    return {
        "label": f"Minggu {number}",
        "days": [[day_name(day), _short(day)] for day in days],
        "rows": [
            {"name": name, "hours": span, "cells": [_cell(timetable, day, name, whole, at) for day in days]}
            for name, span, whole, at in rows
        ],
    }


def _cell(timetable: Timetable, day: date, session: str, whole: bool, at: int) -> dict[str, object]:
    problem = timetable.problem
    own = [m for m in timetable.meetings if m.day == day and m.whole_day == whole and (whole or m.session == session)]
    teams = [team.id for team in problem.teams]
    items = [{"name": cell(m.name), "label": m.team_id, "team": teams.index(m.team_id)} for m in own]
    return {"items": items, "closed": "" if items else _closed(timetable, day, whole, at)}


def _closed(timetable: Timetable, day: date, whole: bool, at: int) -> str:
    problem = timetable.problem
    if day not in problem.days:
        return "bukan hari forum"
    closed = problem.closed.get(problem.days.index(day))
    shut = closed is not None and (bool(closed.sessions) if whole else at in closed.sessions)
    return closed.reason if closed is not None and shut else ""


def _teams(timetable: Timetable) -> dict[str, object]:
    most = max(len(load.forums) for load in timetable.loads)
    rows = [
        (
            cell(load.team), str(len(load.forums)), {"bar": len(load.forums) / most}, str(load.days), str(load.minutes),
            ", ".join(load.forums) or DASH, "; ".join(_short(day) for day in load.absences) or DASH,
        )
        for load in timetable.loads
    ]  # fmt: skip
    table = Table(
        heads=("Tim Pemandu", "Forum", "", "Hari", "Menit antarforum", "Kecamatan", "Berhalangan"),
        widths=("62mm", "14mm", "34mm", "12mm", "20mm", "1fr", "48mm"),
        align="lrlrrll",
        groups=(TableGroup(rows),),
        size=9,
    )
    return {
        "kind": "beban", "title": "Beban Tim Pemandu", "subtitle": timetable.title, "table": table.data(),
        "people": _people(timetable), "people-title": "Yang harus hadir",
        "value": _value(timetable), "value-title": "Nilai jadwal", "notes": [standing(timetable)],
    }  # fmt: skip


def _people(timetable: Timetable) -> dict[str, object] | None:
    rows = []
    for person in timetable.problem.people:
        own = [m for m in timetable.meetings if person.id in m.attendees]
        told = "; ".join(f"{m.name} ({_short(m.day)}, {m.session})" for m in own)
        rows.append((cell(person.name), cell(person.role) or DASH, str(len(own)), told or DASH))
    if not rows:
        return None
    heads, widths = ("Nama", "Jabatan", "Forum", "Kecamatan, tanggal, sesi"), ("52mm", "42mm", "14mm", "1fr")
    return Table(heads=heads, widths=widths, align="llrl", groups=(TableGroup(rows),), size=9).data()


def _value(timetable: Timetable) -> dict[str, object]:
    answer, weights = timetable.answer, timetable.problem.weights
    rows = [
        (LABELS.get(key, key), str(answer["measures"][key]), str(weights[key]), str(value))
        for key, value in answer["terms"].items()
    ]
    return Table(
        heads=("Unsur", "Ukuran", "Bobot", "Nilai"), widths=("1fr", "20mm", "20mm", "20mm"), align="lrrr",
        groups=(TableGroup(rows),), total=Sum("Jumlah", 3, (str(answer["objective"]),)), size=9,
    ).data()  # fmt: skip


def _why_not(timetable: Timetable) -> dict[str, object]:
    answer = timetable.answer
    conflict = answer.get("conflict") or {}
    rules = [rule["sentence"] for rule in conflict.get("rules", ())]
    known = answer["status"] == "infeasible"
    smallest = "Ketentuan yang saling meniadakan" if conflict.get("minimal", True) else "Ketentuan yang terlibat"
    return {
        "kind": "konflik", "title": "Belum ada jadwal", "subtitle": timetable.title,
        "words": NOT_FOUND if known else UNKNOWN, "conflict-title": smallest, "conflict": rules,
        "ground": _texts(conflict.get("ground")), "ways-title": "Jalan keluar, sudah dicoba",
        "ways": [way["sentence"] for way in answer.get("relaxations", ())],
        "no-way": "Tidak ada jalan keluar tunggal yang ditemukan dalam batas waktu.",
    }  # fmt: skip


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []
