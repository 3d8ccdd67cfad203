"""A problem as a workbook of a few tabs, to fill in or to hand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from mufakat.documents.render import Column, Sheet, Value, workbook
from mufakat.documents.render.sheets import Kind
from mufakat.scheduling import layout as at

SPARE = 12
"""Empty rows to write in below what a list holds."""


def problem_workbook(problem: Mapping[str, Any], *, at_moment: datetime) -> bytes:
    """The XLSX of a problem's JSON object; an empty one gives an empty form. The same bytes for the same problem."""
    days = [str(day) for day in problem.get("days", [])]
    sheets = [_guide(), _settings(problem), _days(problem), *(_tab(tab, problem, days) for tab in at.TABS)]
    sheets.append(_travel(problem))
    return workbook(sheets=sheets, at=at_moment, title="Soal jadwal musrenbang kecamatan")


def _guide() -> Sheet:
    lines = [
        ("Isi tab dari kiri ke kanan, lalu simpan dan jalankan: mufakat timetable berkas.xlsx --out folder",),
        ("Tanggal ditulis sebagai tanggal, 3/2/2022, atau 2022-02-03. Beberapa isian dipisah titik koma.",),
        ("Kolom yang tidak diperlukan boleh dikosongkan; tab yang tidak diperlukan boleh dihapus.",),
        ("Kesalahan dilaporkan sekaligus dengan nama tab, baris, dan kolomnya.",),
        *((f"{tab.name}: {tab.about}",) for tab in at.TABS),
        ("Perjalanan: menit dari forum pada baris ke forum pada kolom, menurut kode forum.",),
    ]
    columns = (Column("Petunjuk", width=110),)
    return Sheet(at.GUIDE, columns, lines, title=("Soal jadwal musrenbang kecamatan",), filtered=False)


def _settings(problem: Mapping[str, Any]) -> Sheet:
    columns = (Column("Pengaturan", width=32), Column("Isi", width=34, locked=False), Column("Keterangan", width=64))
    rows = [(line.words, written(_found(problem, line.path)), line.about) for line in at.SETTING_LINES]
    return Sheet(at.SETTINGS, columns, rows, filtered=False)


def _found(problem: Mapping[str, Any], path: str) -> Any:
    value: Any = problem
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _days(problem: Mapping[str, Any]) -> Sheet:
    closed = {item["date"]: item for item in problem.get("calendar", {}).get("overrides", [])}
    rows = [
        (date.fromisoformat(day), *_closing(closed.get(day))) for day in sorted({*problem.get("days", []), *closed})
    ]
    columns = (
        Column("Tanggal", "date", 14),
        Column("Libur", width=10, help="ya: tidak ada forum. tidak: tetap dibuka walau libur nasional."),
        Column("Keterangan", width=40),
    )
    return Sheet(at.DAYS, columns, rows, filtered=False, blank_rows=SPARE)


def _closing(item: Mapping[str, Any] | None) -> tuple[str, str]:
    if item is None:
        return "", ""
    return ("ya" if item.get("holiday") else "tidak"), str(item.get("name", ""))


def _tab(tab: at.Tab, problem: Mapping[str, Any], days: Sequence[str]) -> Sheet:
    items = _pins(problem) if tab is at.PINS else problem.get(tab.key, [])
    rows = [tuple(_cell(field, item, days) for field in tab.fields) for item in items]
    columns = tuple(Column(f.head, _kind(f), f.width, help=f.help) for f in tab.fields)
    return Sheet(tab.name, columns, rows, filtered=False, frozen_columns=1, blank_rows=SPARE)


def _kind(field: at.Field) -> Kind:
    if field.key == "id":
        return "code"
    return "date" if field.reads == "day" else "text"


def _pins(problem: Mapping[str, Any]) -> list[dict[str, Any]]:
    words = {key: name for name, key in at.KINDS.items()}
    found = [{"kind": words[key], **pin} for key in ("fixed", "forbidden") for pin in problem.get(key, [])]
    for key in ("same_day", "different_day"):
        found += [{"kind": words[key], "forum": a, "other": b} for a, b in problem.get(key, [])]
    return found


def _cell(field: at.Field, item: Mapping[str, Any], days: Sequence[str]) -> Value:
    value = item.get(field.key)
    if value is None or value == []:
        return ""
    if field.reads == "costs":
        return "; ".join(f"{day}: {cost}" for day, cost in zip(days, value, strict=False) if cost)
    if field.reads == "days":
        return "; ".join(_day(day, days) for day in value)
    if field.reads == "day":
        return date.fromisoformat(_day(value, days))
    return written(value)


def _day(value: Any, days: Sequence[str]) -> str:
    return days[value] if isinstance(value, int) else str(value)


def written(value: Any) -> Value:
    """A value as a person would type it: ya/tidak, lists with semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int):
        return value
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return str(value)


def _travel(problem: Mapping[str, Any]) -> Sheet:
    """Minutes between forums: the table of places is laid out by forum."""
    forums, table = problem.get("forums", []), problem.get("travel_minutes") or []
    names = [str(forum["id"]) for forum in forums]
    rows: list[tuple[Value, ...]] = []
    for forum in forums:
        if table:
            rows.append((str(forum["id"]), *(table[forum["travel_index"]][g["travel_index"]] for g in forums)))
        else:
            rows.append((str(forum["id"]),))
    columns = (Column("Dari \\ ke", "code", 12), *(Column(name, "int", 9) for name in names))
    return Sheet(at.TRAVEL, columns, rows, filtered=False, frozen_columns=1)
