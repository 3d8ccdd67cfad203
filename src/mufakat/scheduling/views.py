"""The timetable as a workbook: the list, the calendar, and what each team, agency and person has to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mufakat.core.dates import full_date, moment
from mufakat.documents.render import Column, Sheet, Value, workbook
from mufakat.scheduling.schedule import WORDS, Line, Schedule, late_days, proof, when

EXAMPLE = "CONTOH, BUKAN DOKUMEN RESMI"
PERSONAL = (
    Column("Tanggal", "date", 12),
    Column("Waktu", width=16),
    Column("Kecamatan", width=20),
    Column("Tempat", width=34),
)


def schedule_workbook(schedule: Schedule) -> bytes:
    """The XLSX of a timetable; an infeasible one tells why. The same bytes for the same timetable."""
    sheets = [_list(schedule), _calendar(schedule), _by_team(schedule), _by_agency(schedule), _by_person(schedule)]
    if not schedule.lines:
        sheets = []
    sheets.append(_quality(schedule))
    return workbook(sheets=sheets, at=schedule.at, title=f"Jadwal musrenbang kecamatan {schedule.title}")


def _title(schedule: Schedule, words: str) -> tuple[str, ...]:
    mark = f" · {EXAMPLE}" if schedule.is_example else ""
    return words, f"{schedule.title} · disusun {moment(schedule.at)}{mark}"


def _footer(schedule: Schedule) -> str:
    return f"Jadwal musrenbang kecamatan {schedule.title}" + (f" – {EXAMPLE}" if schedule.is_example else "")


def _list(schedule: Schedule) -> Sheet:
    columns = (
        Column("No", "int", 5), Column("Kode", "code", 11), Column("Kecamatan", width=18), Column("Dapil", width=7),
        Column("Tanggal", "date", 12), Column("Hari", width=10), Column("Sesi", width=13), Column("Waktu", width=14),
        Column("Tempat", width=30), Column("Tim Pemandu", width=16), Column("Pejabat pendamping", width=30),
        Column("OPD", width=40), Column("Anggota DPRD", width=26), Column("Peringatan", width=24),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (
            number, line.id, line.name, line.district, line.day, full_date(line.day).partition(",")[0], when(line),
            line.hours, line.place, line.team, _names(line, council=False), "; ".join(line.agencies),
            _names(line, council=True), "di luar jendela waktu" if line.late else "",
        )
        for number, line in enumerate(schedule.lines, start=1)
    ]  # fmt: skip
    return Sheet("Jadwal", columns, rows, title=_title(schedule, "Jadwal musrenbang kecamatan"), frozen_columns=3,
                 footer=_footer(schedule))  # fmt: skip


def _names(line: Line, *, council: bool) -> str:
    return "; ".join(p.name for p in line.people if p.sits_in_council == council)


def _calendar(schedule: Schedule) -> Sheet:
    """Days and sessions down, teams across."""
    columns = (
        Column("Tanggal", "date", 12), Column("Hari", width=10), Column("Sesi", width=10),
        *(Column(name, width=20) for _, name in schedule.teams),
    )  # fmt: skip
    cell: dict[tuple[object, int, str], str] = {}
    for line in schedule.lines:
        spans = range(len(schedule.sessions)) if line.whole_day else (line.session_index,)
        for session in spans:
            cell[line.day, session, line.team_id] = line.name
    rows: list[tuple[Value, ...]] = [
        (day, full_date(day).partition(",")[0], name, *(cell.get((day, s, code), "") for code, _ in schedule.teams))
        for day in schedule.days
        for s, name in enumerate(schedule.sessions)
    ]
    return Sheet("Kalender", columns, rows, title=_title(schedule, "Kalender Tim Pemandu"), frozen_columns=3,
                 filtered=False, footer=_footer(schedule))  # fmt: skip


def _personal(line: Line) -> tuple[Value, ...]:
    return line.day, line.hours or when(line), line.name, line.place


def _by_team(schedule: Schedule) -> Sheet:
    names = dict(schedule.teams)
    rows = [(names[code], *_personal(line)) for code in names for line in schedule.lines if line.team_id == code]
    return _duties(schedule, "Per tim", Column("Tim Pemandu", width=20), rows)


def _by_agency(schedule: Schedule) -> Sheet:
    names = sorted({name for line in schedule.lines for name in line.agencies})
    rows = [(name, *_personal(line)) for name in names for line in schedule.lines if name in line.agencies]
    return _duties(schedule, "Per OPD", Column("OPD", width=40), rows)


def _by_person(schedule: Schedule) -> Sheet:
    people = {p.id: p for line in schedule.lines for p in line.people}
    rows = [
        (person.name, *_personal(line))
        for code, person in people.items()
        for line in schedule.lines
        if any(p.id == code for p in line.people)
    ]
    return _duties(schedule, "Per pejabat", Column("Pejabat", width=34), rows)


def _duties(schedule: Schedule, name: str, who: Column, rows: Sequence[tuple[Value, ...]]) -> Sheet:
    return Sheet(name, (who, *PERSONAL), rows, title=_title(schedule, name), frozen_columns=1, footer=_footer(schedule))


def _quality(schedule: Schedule) -> Sheet:
    loads = Counter(line.team_id for line in schedule.lines)
    rows: list[tuple[Value, ...]] = [("Kesimpulan", proof(schedule))]
    rows += [(WORDS[name], value) for name, value in schedule.measures]
    rows += [(f"Forum {name}", loads[code]) for code, name in schedule.teams] if schedule.lines else []
    rows += [("Peringatan", late_days(schedule))] if late_days(schedule) else []
    rows += [("Ketentuan yang bertentangan", sentence) for sentence in schedule.conflict]
    rows += [("Dasar", schedule.ground)] if schedule.ground else []
    rows += [("Jalan keluar", sentence) for sentence in schedule.relaxations]
    columns = (Column("Perihal", width=30), Column("Isi", width=100))
    return Sheet("Mutu", columns, rows, title=_title(schedule, "Mutu jadwal"), filtered=False, footer=_footer(schedule))
