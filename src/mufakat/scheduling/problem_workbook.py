"""A problem written as an XLSX of a few tabs that an officer fills in; `problem_reader.py` reads it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mufakat.core.dates import DAYS as WEEKDAYS
from mufakat.documents.render import Column, Sheet, Value, workbook
from mufakat.scheduling import problem_layout as at

GUIDE_LINES = (
    "Isi tab menurut urutan: Pengaturan, Hari, Sesi, Forum, Tim; tab lain hanya bila diperlukan.",
    "Satu baris satu hal. Kolom Kode memberi nama singkat yang dipakai pada tab lain.",
    "Tanggal ditulis seperti 2022-02-03 atau 3/2/2022. Beberapa tanggal dipisah titik koma; rentang memakai s.d.",
    "Beberapa kode dipisah titik koma, misalnya dputr; dinkes.",
    "Keberatan hari: tanggal = angka. Makin besar angkanya, makin dihindari; yang tidak disebut bernilai 0.",
    "Perjalanan: menit dari tempat pada baris ke tempat pada kolom. Nama baris dan kolom harus sama.",
    "Ketentuan: tetap dan dilarang memakai tanggal, sesi, atau tim; hari sama dan hari berbeda memakai forum kedua.",
    "Simpan sebagai XLSX, lalu jalankan: mufakat timetable BERKAS.xlsx --out FOLDER",
    "Bila ada yang salah, semua kesalahan disebut sekaligus dengan tab, baris, dan kolomnya.",
)


def problem_bytes(data: Mapping[str, Any], *, at_moment: datetime, is_example: bool = False) -> bytes:
    """The workbook for a problem in the engine's JSON shape; an empty mapping gives the empty form."""
    days = [date.fromisoformat(day) for day in data.get("days", ())]
    places = place_names(data)
    sheets = [_guide(), _settings(data)]
    for tab in at.TABS:
        rows = [_row(tab, item, days, places) for item in _items(data, tab)]
        sheets.append(_tab(tab, rows, data, places))
    sheets.insert(8, _travel(data, places))
    if is_example:
        sheets = [replace(sheet, title=(*sheet.title, at.EXAMPLE)) for sheet in sheets]
    return workbook(sheets=sheets, at=at_moment, title="Soal jadwal Musrenbang kecamatan")


def place_names(data: Mapping[str, Any]) -> tuple[str, ...]:
    """A name per row of the travel table: that of the first forum there, else "Tempat N"."""
    names = {f.get("travel_index"): str(f["id"]) for f in reversed(data.get("forums", ())) if f.get("id") is not None}
    return tuple(names.get(i, f"Tempat {i + 1}") for i in range(len(data.get("travel_minutes", ()))))


def _items(data: Mapping[str, Any], tab: at.Tab) -> Sequence[Mapping[str, Any]]:
    if tab.key == "days":
        return _day_items(data)
    if tab.key == "sessions":
        return _session_items(data)
    return _rule_items(data) if tab.key == "rules" else data.get(tab.key, ())


def _day_items(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    told = {o["date"]: o for o in data.get("calendar", {}).get("overrides", ())}
    return [{**told.get(day, {}), "date": day} for day in data.get("days", ())]


def _session_items(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    names, hours = data.get("sessions", ()), data.get("session_hours", ())
    ramadan = data.get("calendar", {}).get("ramadan", {})
    fasting, closed = ramadan.get("session_hours", ()), ramadan.get("closed_sessions", ())
    return [
        {
            "name": name,
            "hours": hours[i] if hours else "",
            "ramadan": fasting[i] if fasting else "",
            "closed": True if name in closed else None,
        }
        for i, name in enumerate(names)
    ]


def _rule_items(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for label, key in at.RULE_KINDS.items():
        for item in data.get(key, ()):
            pair = {"forum": item[0], "other": item[1]} if isinstance(item, (list, tuple)) else item
            rows.append({"kind": label, **pair})
    return rows


def _row(tab: at.Tab, item: Mapping[str, Any], days: Sequence[date], places: Sequence[str]) -> tuple[Value, ...]:
    return tuple(_written(field, item.get(field.key), days, places) for field in tab.fields)


def _written(field: at.Field, value: Any, days: Sequence[date], places: Sequence[str]) -> Value:
    if value is None:
        return None
    if field.kind == "date":
        return _date(value, days)
    if field.kind == "yes":
        return at.YES if value else at.NO
    if field.kind == "dates":
        return "; ".join(_date(day, days).isoformat() for day in value)
    if field.kind == "costs":
        return "; ".join(f"{day} = {cost}" for day, cost in zip(days, value, strict=False) if cost)
    if field.kind == "place":
        return places[value] if isinstance(value, int) and value < len(places) else str(value)
    if field.kind in ("codes", "words"):
        return "; ".join(str(v) for v in value) if isinstance(value, (list, tuple)) else str(value)
    return int(value) if field.kind == "int" else str(value)


def _date(value: Any, days: Sequence[date]) -> date:
    return days[value] if isinstance(value, int) else date.fromisoformat(value)


def _tab(tab: at.Tab, rows: Sequence[Sequence[Value]], data: Mapping[str, Any], places: Sequence[str]) -> Sheet:
    return Sheet(
        name=tab.name,
        columns=tuple(_column(tab, field, data, places) for field in tab.fields),
        rows=rows,
        title=(tab.title,),
        frozen_columns=1 if tab.key not in ("rules", "days") else 0,
        filtered=tab.key in ("forums", "people"),
        blank_rows=tab.room,
    )


def _column(tab: at.Tab, field: at.Field, data: Mapping[str, Any], places: Sequence[str]) -> Column:
    kinds = {"int": "int", "date": "date", "code": "code"}
    choices = _choices(tab, field, data, places)
    kind = "choice" if choices else kinds.get(field.kind, "text")
    return Column(field.head, kind, field.width, choices=choices, locked=False, help=field.help)  # type: ignore[arg-type]


def _choices(tab: at.Tab, field: at.Field, data: Mapping[str, Any], places: Sequence[str]) -> tuple[str, ...]:
    """What a cell may be chosen from; lists parted by semicolons take no list."""
    if field.kind == "yes":
        return (at.YES, at.NO)
    if tab.key == "rules" and field.key == "kind":
        return tuple(at.RULE_KINDS)
    if tab.key == "rules" and field.key == "session":
        return tuple(data.get("sessions", ()))
    if field.kind == "place":
        return tuple(places)
    keys = {t.name: t.key for t in at.TABS}
    return tuple(str(item["id"]) for item in data.get(keys[field.source], ())) if field.source else ()


def _guide() -> Sheet:
    return Sheet(
        name=at.GUIDE,
        columns=(Column("No", "int", 6), Column("Petunjuk", "text", 100)),
        rows=tuple((i, line) for i, line in enumerate(GUIDE_LINES, start=1)),
        title=("SOAL JADWAL MUSRENBANG KECAMATAN",),
        filtered=False,
        protected=True,
    )


def _settings(data: Mapping[str, Any]) -> Sheet:
    rows = tuple((setting.label, _setting(data, setting), setting.help) for setting in at.SETTING_ROWS)
    columns = (
        Column(at.SETTING, "text", 48),
        Column(at.VALUE, "text", 40, locked=False),
        Column("Penjelasan", "text", 60),
    )
    return Sheet(name=at.SETTINGS, columns=columns, rows=rows, title=("PENGATURAN",), filtered=False, protected=True)


def _setting(data: Mapping[str, Any], setting: at.Setting) -> Value:
    value: Any = data
    for key in setting.path:
        value = value.get(key) if isinstance(value, Mapping) else None
    if value is None:
        return None
    if setting.path[-1] == "closed_weekdays":
        return "; ".join(WEEKDAYS[day] for day in value)
    if setting.kind == "date":
        return str(value)
    return _written(at.Field("", "", setting.kind), value, (), ())


def _travel(data: Mapping[str, Any], places: Sequence[str]) -> Sheet:
    rows = [(name, *minutes) for name, minutes in zip(places, data.get("travel_minutes", ()), strict=True)]
    columns = (Column(at.PLACE, "text", 18), *(Column(name, "int", 10, locked=False) for name in places))
    return Sheet(
        name=at.TRAVEL,
        columns=columns,
        rows=rows,
        title=("MENIT PERJALANAN DARI BARIS KE KOLOM",),
        filtered=False,
        frozen_columns=1,
        blank_rows=0 if places else 18,
    )
