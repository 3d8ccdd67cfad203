"""A filled workbook becomes a problem; every fault is located by tab, row and column, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mufakat.core.dates import MONTHS
from mufakat.core.errors import MufakatError
from mufakat.engines.timetable import ProblemFaulty, read_with_notices
from mufakat.scheduling import layout as at

if TYPE_CHECKING:
    from mufakat.engines.sheets.workbook import RawSheet
    from mufakat.engines.timetable import Problem

SHOWN = 30
YES, NO = {"ya", "y", "yes", "benar", "1", "x", "v"}, {"", "tidak", "t", "no", "0", "-"}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_SHORT = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_LONG = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})\s+([a-z]+)\s+(\d{4})$")
_PATH = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?")


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a workbook, and where."""

    tab: str
    row: int
    column: str
    what: str
    todo: str

    def __str__(self) -> str:
        place = f"tab {self.tab}" + (f", baris {self.row}" if self.row else "")
        return f"{place}{f', kolom {self.column}' if self.column else ''}: {self.what} {self.todo}"


class WorkbookFaulty(MufakatError):
    """The workbook has faults; `faults` holds all of them, in the order of the tabs."""

    code = "soal_jadwal_keliru"

    def __init__(self, name: str, faults: tuple[CellFault, ...]) -> None:
        lines = [f"- {fault}" for fault in faults[:SHOWN]]
        if len(faults) > SHOWN:
            lines.append(f"- … dan {len(faults) - SHOWN} kesalahan lain.")
        head = f"{name} belum dapat dihitung: ada {len(faults)} kesalahan. Perbaiki lalu jalankan lagi."
        super().__init__("\n".join([head, *lines]))
        self.faults = faults


def read_workbook(path: Path) -> tuple[dict[str, Any], Problem]:
    """The problem's JSON object and the problem. Raises UnreadableFile or WorkbookFaulty."""
    from mufakat.engines.sheets.workbook import load

    book = load(path=path)
    reading = _Reading({sheet.name.strip().casefold(): sheet for sheet in book.sheets})
    data = reading.data()
    if reading.faults:
        raise WorkbookFaulty(book.name, tuple(reading.faults))
    try:
        problem, _ = read_with_notices(data)
    except ProblemFaulty as faulty:
        raise WorkbookFaulty(
            book.name, tuple(reading.located(f.where, f.what, f.todo) for f in faulty.faults)
        ) from None
    return data, problem


@dataclass(slots=True)
class _Reading:
    tabs: dict[str, RawSheet]
    faults: list[CellFault] = field(default_factory=list)
    rows: dict[tuple[str, int], int] = field(default_factory=dict)
    """(key of the problem, position) → row of its tab."""
    names: dict[str, str] = field(default_factory=dict)
    """Code or name of a forum, folded → its code."""

    def fault(self, tab: str, row: int, column: str, what: str, todo: str) -> None:
        self.faults.append(CellFault(tab, row, column, what, todo))

    def located(self, where: str, what: str, todo: str) -> CellFault:
        """A fault of the engine, told by tab, row and column."""
        match = _PATH.match(where)
        tab = next((t for t in at.TABS if match and t.key == match[1]), None)
        if match is None or tab is None:
            setting = next(
                (s for s in at.SETTING_LINES if s.path.split(".")[0] == where.split(".")[0].split("[")[0]), None
            )
            return CellFault(
                at.SETTINGS if setting else at.FORUMS.name, 0, setting.words if setting else "", what, todo
            )
        head = next((f.head for f in tab.fields if f.key == match[3]), "")
        return CellFault(tab.name, self.rows.get((tab.key, int(match[2])), 0), head, what, todo)

    def data(self) -> dict[str, Any]:
        """The problem as a JSON object."""
        data = self._settings()
        days, overrides = self._days()
        data["days"] = days
        if overrides:
            data.setdefault("calendar", {})["overrides"] = overrides
        for tab in at.TABS:
            if tab is not at.PINS:
                items = self._items(tab, days)
                if items or tab in (at.FORUMS, at.TEAMS):
                    data[tab.key] = items
        for forum in data["forums"]:
            forum.setdefault("preference", [0] * len(days))
        self._pins(data, days)
        self._travel(data)
        if not days:
            self.fault(at.DAYS, 0, "Tanggal", "belum ada tanggal.", "Isi hari-hari yang dapat dipakai.")
        return data

    def _settings(self) -> dict[str, Any]:
        lines = {line.words.casefold(): line for line in at.SETTING_LINES}
        data: dict[str, Any] = {}
        for number, row in self._lines(at.SETTINGS):
            line = lines.get(_text(row[0]).casefold()) if row else None
            if line is None or len(row) < 2 or _text(row[1]) == "":
                continue
            value = self._value(line.reads, row[1], at.SETTINGS, number, "Isi", [])
            target = data
            *path, last = line.path.split(".")
            for key in path:
                target = target.setdefault(key, {})
            target[last] = value
        data.setdefault("sessions", ["pagi", "siang"])
        return data

    def _lines(self, tab: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
        sheet = self.tabs.get(tab.casefold())
        if sheet is not None:
            for number, row in enumerate(sheet.rows, start=sheet.first_row):
                if any(_text(cell) for cell in row):
                    yield number, row

    def _days(self) -> tuple[list[str], list[dict[str, Any]]]:
        days, overrides, begun = list[str](), list[dict[str, Any]](), False
        for number, row in self._lines(at.DAYS):
            if not begun:
                begun = _text(row[0]).casefold() == "tanggal"
                continue
            day = self._value("day", row[0], at.DAYS, number, "Tanggal", [])
            if not day:
                continue
            if day in days:
                self.fault(at.DAYS, number, "Tanggal", f"tanggal {day} sudah ada di atas.", "Hapus salah satu.")
                continue
            days.append(day)
            answer = _text(row[1]).casefold() if len(row) > 1 else ""
            if answer:
                name = _text(row[2]) if len(row) > 2 else ""
                closed = self._value("yes", answer, at.DAYS, number, "Libur", [])
                overrides.append({"date": day, "holiday": closed, "name": name or "hari libur"})
        return days, overrides

    def _items(self, tab: at.Tab, days: list[str]) -> list[dict[str, Any]]:
        lines = list(self._lines(tab.name))
        heads = next(((n, row) for n, row in lines if _text(row[0]).casefold() == tab.fields[0].head.casefold()), None)
        if heads is None:
            if tab in (at.FORUMS, at.TEAMS):
                self.fault(tab.name, 0, "", "tab atau judul kolomnya tidak ditemukan.",
                           "Mulai dari formulir: mufakat timetable --template soal.xlsx.")  # fmt: skip
            return []
        places = self._places(tab, heads)
        items: list[dict[str, Any]] = []
        for number, row in lines:
            if number <= heads[0]:
                continue
            self.rows[tab.key, len(items)] = number
            items.append(self._item(tab, number, row, places, days))
            if tab is at.FORUMS:
                item = items[-1]
                self.names |= {str(item.get(k, "")).casefold(): item.get("id", "") for k in ("name", "id")}
        return items

    def _places(self, tab: at.Tab, heads: tuple[int, tuple[Any, ...]]) -> dict[str, int]:
        found = {_text(cell).casefold(): i for i, cell in enumerate(heads[1]) if _text(cell)}
        known = {f.head.casefold() for f in tab.fields}
        for head, index in found.items():
            if head not in known:
                self.fault(tab.name, heads[0], _text(heads[1][index]), "judul kolom ini tidak dikenal.",
                           f"Pakai: {', '.join(f.head for f in tab.fields)}.")  # fmt: skip
        return {f.key: found[f.head.casefold()] for f in tab.fields if f.head.casefold() in found}

    def _item(
        self, tab: at.Tab, number: int, row: tuple[Any, ...], places: dict[str, int], days: list[str]
    ) -> dict[str, Any]:
        item: dict[str, Any] = {}
        for spec in tab.fields:
            cell = row[places[spec.key]] if spec.key in places and places[spec.key] < len(row) else None
            if _text(cell) == "":
                if spec.required:
                    self.fault(tab.name, number, spec.head, "kosong.", "Isi kolom ini atau hapus barisnya.")
                continue
            item[spec.key] = self._value(spec.reads, cell, tab.name, number, spec.head, days)
        return item

    def _value(self, reads: str, cell: Any, tab: str, row: int, column: str, days: list[str]) -> Any:
        if reads == "text":
            return _text(cell)
        if reads == "texts":
            return _parts(cell)
        if reads == "forums":
            names = [self._forum(name, tab, row, column) for name in _parts(cell)]
            return names[0] if tab == at.PINS.name else names
        if reads == "yes":
            answer = _text(cell).casefold()
            if answer not in YES | NO:
                self.fault(tab, row, column, f"berisi “{_text(cell)}”.", "Tulis ya atau tidak.")
            return answer in YES
        if reads == "whole":
            text = _text(cell)
            if not text.isdigit():
                self.fault(tab, row, column, f"berisi “{text}”, bukan bilangan bulat.", "Tulis angkanya saja.")
                return 0
            return int(text)
        if reads == "day":
            return self._day(cell, tab, row, column)
        if reads == "days":
            cells = [cell] if isinstance(cell, date) else _parts(cell)
            return [day for day in (self._known_day(c, tab, row, column, days) for c in cells) if day]
        return self._costs(cell, tab, row, column, days)

    def _forum(self, name: str, tab: str, row: int, column: str) -> str:
        code = self.names.get(name.casefold())
        if code is None:
            self.fault(tab, row, column, f"“{name}” tidak ada di tab Forum.", "Tulis kode atau nama kecamatannya.")
        return code or name

    def _day(self, cell: Any, tab: str, row: int, column: str) -> str:
        day = day_of(cell)
        if day is None:
            self.fault(tab, row, column, f"“{_text(cell)}” bukan tanggal.", "Tulis seperti 3/2/2022.")
            return ""
        return day.isoformat()

    def _known_day(self, cell: Any, tab: str, row: int, column: str, days: list[str]) -> str:
        day = self._day(cell, tab, row, column)
        return day if day in days else ""

    def _costs(self, cell: Any, tab: str, row: int, column: str, days: list[str]) -> list[int]:
        costs = dict.fromkeys(days, 0)
        for part in _parts(cell):
            day_text, _, cost = part.rpartition(":")
            day = self._day(day_text, tab, row, column)
            if not cost.strip().isdigit():
                self.fault(tab, row, column, f"“{part}” tanpa angka keberatan.", "Tulis tanggal: angka.")
            elif day in costs:
                costs[day] = int(cost)
        return list(costs.values())

    def _pins(self, data: dict[str, Any], days: list[str]) -> None:
        for index, item in enumerate(self._items(at.PINS, days)):
            row = self.rows["pins", index]
            kind = at.KINDS.get(str(item.pop("kind", "")).casefold())
            if kind is None:
                self.fault(at.PINS.name, row, "Jenis", "tidak dikenal.", f"Tulis {', '.join(at.KINDS)}.")
            elif kind in ("fixed", "forbidden"):
                item.pop("other", None)
                self.rows[kind, len(data.setdefault(kind, []))] = row
                data[kind].append(item)
            elif "other" not in item:
                self.fault(at.PINS.name, row, "Forum lain", "kosong.", "Isi forum pasangannya.")
            else:
                data.setdefault(kind, []).append([item.get("forum"), item["other"]])

    def _travel(self, data: dict[str, Any]) -> None:
        lines = list(self._lines(at.TRAVEL))
        if len(lines) < 2 or not any(len(row) > 1 and _text(row[1]) for _, row in lines[1:]):
            return
        codes = [forum["id"] for forum in data.get("forums", []) if "id" in forum]
        columns = {_text(cell): i for i, cell in enumerate(lines[0][1]) if i}
        table = {_text(row[0]): (number, row) for number, row in lines[1:]}
        minutes = []
        for code in codes:
            number, row = table.get(code, (0, ()))
            if not number:
                self.fault(at.TRAVEL, 0, "", f"tidak ada baris untuk forum {code}.", "Tambahkan barisnya.")
            minutes.append([self._minutes(number, row, columns, code, other) for other in codes])
        data["travel_minutes"] = minutes
        for index, forum in enumerate(data["forums"]):
            forum["travel_index"] = index

    def _minutes(self, number: int, row: tuple[Any, ...], columns: dict[str, int], code: str, other: str) -> int:
        at_column = columns.get(other, -1)
        text = _text(row[at_column]) if 0 < at_column < len(row) else ""
        if code == other and not text:
            return 0
        if not text.isdigit():
            if number:
                self.fault(at.TRAVEL, number, other, f"berisi “{text}”, bukan menit.", "Tulis angkanya saja.")
            return 0
        return int(text)


def day_of(cell: Any) -> date | None:
    """A day from a date cell or as people write it: 2022-02-03, 3/2/2022, "Kamis, 3 Februari 2022"."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell).casefold()
    if text.isdigit() and 36_526 <= int(text) <= 73_050:  # 2000 to 2099 as a spreadsheet counts days
        return date(1899, 12, 30) + timedelta(days=int(text))
    try:
        if match := _ISO.match(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _SHORT.match(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _LONG.match(text):
            month = next(i for i, name in enumerate(MONTHS, start=1) if name.casefold().startswith(match[2][:3]))
            return date(int(match[3]), month, int(match[1]))
    except (ValueError, StopIteration):
        return None
    return None


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def _parts(cell: Any) -> list[str]:
    text = _text(cell)
    pieces = text.split(";") if ";" in text else re.split(r",(?!\s*\d{1,2}\s+[A-Za-z])", text)
    return [piece.strip() for piece in pieces if piece.strip()]
