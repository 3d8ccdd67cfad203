"""`jadwal.xlsx`: one tab per view, without macros or formulas, filterable."""

from __future__ import annotations

from datetime import datetime

from mufakat.core.dates import day_name, long_date, moment
from mufakat.documents.render import Column, Sheet, Value, workbook
from mufakat.scheduling.problem_layout import EXAMPLE
from mufakat.scheduling.views import Meeting, Timetable


def timetable_bytes(timetable: Timetable, *, at: datetime, is_example: bool = False) -> bytes:
    """The workbook: Jadwal, Kalender, Tim, Orang, Perangkat Daerah, Nilai."""
    head = (timetable.title, f"Disusun {moment(at)}", *((EXAMPLE,) if is_example else ()))
    sheets = (_schedule(timetable, head), _grid(timetable, head), _teams(timetable, head), _people(timetable, head),
              _agencies(timetable, head), _value(timetable, head))  # fmt: skip
    return workbook(sheets=sheets, at=at, title=f"Jadwal {timetable.title}")


def _schedule(timetable: Timetable, head: tuple[str, ...]) -> Sheet:
    columns = (
        Column("No", "int", 5), Column("Kecamatan", "text", 18), Column("Hari", "text", 9),
        Column("Tanggal", "date", 12), Column("Sesi", "text", 12), Column("Waktu", "text", 14),
        Column("Tempat", "text", 30), Column("Tim Pemandu", "text", 34), Column("Pejabat pendamping/OPD", "text", 44),
        Column("Anggota DPRD dapil", "text", 30), Column("Dapil", "code", 7), Column("Kode", "code", 11),
    )  # fmt: skip
    rows = tuple(
        (m.number, m.name, day_name(m.day), m.day, m.session, m.hours, m.place, m.team, "; ".join(m.officials),
         "; ".join(m.council), m.district, m.forum_id)
        for m in timetable.meetings
    )  # fmt: skip
    notes = (f"Di luar jendela waktu: {', '.join(m.name for m in timetable.late)}.",) if timetable.late else ()
    return Sheet(
        name="Jadwal", columns=columns, rows=rows, title=("JADWAL SE-KABUPATEN", *head), frozen_columns=2, notes=notes
    )


def _grid(timetable: Timetable, head: tuple[str, ...]) -> Sheet:
    problem = timetable.problem
    columns = (Column("Hari", "text", 9), Column("Tanggal", "date", 12), *(Column(s, "text", 34) for s in problem.sessions),
               Column("Keterangan", "text", 30))  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for index, day in sorted(enumerate(problem.days), key=lambda pair: pair[1]):
        cells = [_held(timetable, day, session) for session in range(len(problem.sessions))]
        closed = problem.closed.get(index)
        rows.append((day_name(day), day, *cells, closed.reason if closed else ""))
    return Sheet(name="Kalender", columns=columns, rows=rows, title=("KALENDER", *head), frozen_columns=2)


def _held(timetable: Timetable, day: object, session: int) -> str:
    name = timetable.problem.sessions[session]
    own = [m for m in timetable.meetings if m.day == day and (m.whole_day or m.session == name)]
    return "; ".join(f"{m.name} ({m.team_id})" for m in own)


def _teams(timetable: Timetable, head: tuple[str, ...]) -> Sheet:
    columns = (
        Column("Tim Pemandu", "text", 36), Column("Forum", "int", 8), Column("Hari bertugas", "int", 9),
        Column("Menit antarforum", "int", 11), Column("Kecamatan", "text", 50), Column("Berhalangan", "text", 36),
    )  # fmt: skip
    rows = tuple(
        (load.team, len(load.forums), load.days, load.minutes, ", ".join(load.forums),
         "; ".join(long_date(day) for day in load.absences))
        for load in timetable.loads
    )  # fmt: skip
    return Sheet(name="Tim", columns=columns, rows=rows, title=("BEBAN TIM PEMANDU", *head), frozen_columns=1)


def _line(who: str, role: str, m: Meeting) -> tuple[Value, ...]:
    return (who, role, m.name, day_name(m.day), m.day, m.session, m.hours, m.place)


def _attendance(name: str, title: str, head: tuple[str, ...], rows: tuple[tuple[Value, ...], ...]) -> Sheet:
    columns = (
        Column("Nama", "text", 34), Column("Jabatan", "text", 22), Column("Kecamatan", "text", 18),
        Column("Hari", "text", 9), Column("Tanggal", "date", 12), Column("Sesi", "text", 12),
        Column("Waktu", "text", 14), Column("Tempat", "text", 30),
    )  # fmt: skip
    return Sheet(name=name, columns=columns, rows=rows, title=(title, *head), frozen_columns=1)


def _people(timetable: Timetable, head: tuple[str, ...]) -> Sheet:
    rows = tuple(
        _line(person.name, person.role, m)
        for person in timetable.problem.people
        for m in timetable.meetings
        if person.id in m.attendees
    )
    return _attendance("Orang", "YANG HARUS HADIR, MENURUT ORANG", head, rows)


def _agencies(timetable: Timetable, head: tuple[str, ...]) -> Sheet:
    needed = {forum.id: forum.agencies for forum in timetable.problem.forums}
    rows = tuple(
        _line(agency.name, f"sampai {agency.capacity} forum sekaligus", m)
        for agency in timetable.problem.agencies.values()
        for m in timetable.meetings
        if agency.id in needed[m.forum_id]
    )
    return _attendance("Perangkat Daerah", "FORUM TIAP PERANGKAT DAERAH", head, rows)


LABELS = {
    "preference": "Keberatan hari", "load_range": "Selisih beban tim", "travel": "Perjalanan antarforum",
    "legal_window": "Forum di luar jendela waktu", "change_day": "Hari berubah dari jadwal terbit",
    "change_session": "Sesi berubah", "change_team": "Tim berubah", "change_forum": "Forum berubah",
}  # fmt: skip


def _value(timetable: Timetable, head: tuple[str, ...]) -> Sheet:
    answer, weights = timetable.answer, timetable.problem.weights
    columns = (
        Column("Unsur", "text", 36),
        Column("Ukuran", "int", 10),
        Column("Bobot", "int", 10),
        Column("Nilai", "int", 10),
    )
    rows = tuple(
        (LABELS.get(key, key), answer["measures"][key], weights[key], value) for key, value in answer["terms"].items()
    )
    totals = ("Jumlah", None, None, answer["objective"])
    return Sheet(name="Nilai", columns=columns, rows=rows, totals=totals, title=("NILAI JADWAL", *head), notes=(standing(timetable),), filtered=False)  # fmt: skip


def standing(timetable: Timetable) -> str:
    """How sure the timetable is, in one sentence."""
    answer = timetable.answer
    if answer["status"] == "optimal":
        return f"Nilai {answer['objective']}, terbukti terbaik: tidak ada jadwal lain yang nilainya lebih kecil."
    if answer["bound"] is None:
        return f"Nilai {answer['objective']}; jadwal hasil perubahan, tidak dibandingkan dengan semua kemungkinan."
    return (
        f"Nilai {answer['objective']}; batas waktu habis sebelum terbukti terbaik. Tidak ada jadwal di bawah "
        f"{answer['bound']}."
    )
