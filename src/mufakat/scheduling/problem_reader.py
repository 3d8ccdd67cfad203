"""A filled-in XLSX becomes the engine's JSON, with every fault located by tab, row and column, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mufakat.core.dates import DAYS as WEEKDAYS
from mufakat.core.faults import Fault
from mufakat.engines.timetable.faults import ProblemFaulty
from mufakat.scheduling import problem_layout as at

if TYPE_CHECKING:
    from mufakat.engines.sheets.workbook import RawSheet
    from mufakat.engines.timetable.problem import Problem

LONGEST_RANGE = 366
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_RANGE = re.compile(r"\s+(?:s\.?\s?d\.?|sampai)\s+", re.IGNORECASE)
_PATH = re.compile(r"^(?P<list>\w+)\[(?P<at>\d+)\](?:\.(?P<key>\w+))?")


def read_problem_workbook(path: Path) -> tuple[dict[str, Any], Problem, tuple[Fault, ...]]:
    """The JSON of a workbook, the problem read from it, and notices.

    Raises UnreadableFile for a file that is no workbook or hostile, ProblemFaulty with every fault of all tabs.
    """
    from mufakat.engines.sheets.workbook import load
    from mufakat.engines.timetable.reading import read_with_notices

    reader = _Reader(load(path=path).sheets)
    data = reader.data()
    try:
        problem, notices = read_with_notices(data)
    except ProblemFaulty as error:
        told = {fault.where for fault in reader.faults}
        located = [reader.located(fault) for fault in error.faults]
        more = [fault for fault in located if fault.where not in told]
        raise ProblemFaulty((*reader.faults, *more)) from None
    if fatal := tuple(fault for fault in reader.faults if fault.is_fatal):
        raise ProblemFaulty(fatal)
    return data, problem, (*reader.faults, *(reader.located(fault) for fault in notices))


@dataclass(slots=True)
class _Row:
    """A filled row: its number and its cells by heading."""

    number: int
    cells: Mapping[str, object]


@dataclass(slots=True)
class _Reader:
    sheets: Sequence[RawSheet]
    faults: list[Fault] = field(default_factory=list)
    rows_of: dict[str, list[int]] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """The problem as JSON; faults are written down, not raised."""
        self._strangers()
        found: dict[str, Any] = self._settings()
        items = {tab.key: self._items(tab) for tab in at.TABS[:2]}
        self._calendar(found, items["days"], items["sessions"])
        travel = self._travel()
        for tab in at.TABS[2:-1]:
            if rows := self._items(tab):
                found[tab.key] = rows
        self._rules(found, self._items(at.TABS[-1]))
        if travel:
            found["travel_minutes"] = travel
        for key in ("forums", "teams"):
            found.setdefault(key, [])
        return found

    def located(self, fault: Fault) -> Fault:
        """A fault of the engine's reader, told by tab, row and column."""
        found = _PATH.match(fault.where)
        if found is None:
            tab = next((t for t in at.TABS if t.key == fault.where), None)
            return fault if tab is None else Fault(f"Tab {tab.name}", fault.what, fault.todo, fault.is_fatal)
        name = found["list"]
        if name == "travel_minutes" and name in self.rows_of:
            return self._moved(fault, at.TRAVEL, self.rows_of[name], int(found["at"]), "")
        tab = next((t for t in at.TABS if t.key == name), None)
        if tab is None and name in self.rows_of:
            return self._moved(fault, at.RULES, self.rows_of[name], int(found["at"]), "")
        if tab is None or name not in self.rows_of:
            return fault
        head = next((f.head for f in tab.fields if f.key == found["key"]), "")
        return self._moved(fault, tab.name, self.rows_of[name], int(found["at"]), head)

    def _moved(self, fault: Fault, tab: str, rows: Sequence[int], index: int, head: str) -> Fault:
        if index >= len(rows):
            return fault
        return Fault(_where(tab, rows[index], head), fault.what, fault.todo, fault.is_fatal)

    def _fault(self, tab: str, row: int, head: str, what: str, todo: str, *, is_fatal: bool = True) -> None:
        self.faults.append(Fault(_where(tab, row, head), what, todo, is_fatal))

    def _strangers(self) -> None:
        known = {tab.name for tab in at.TABS} | {at.GUIDE, at.SETTINGS, at.TRAVEL}
        known_folded = {name.casefold() for name in known}
        for sheet in self.sheets:
            if sheet.name.strip().casefold() not in known_folded and not sheet.hidden:
                todo = f"Tab yang dibaca: {', '.join(sorted(known))}."
                self.faults.append(Fault(f"Tab {sheet.name}", "tidak dikenal dan tidak dibaca.", todo, False))

    def _sheet(self, name: str) -> RawSheet | None:
        return next((s for s in self.sheets if s.name.strip().casefold() == name.casefold()), None)

    def _rows(self, name: str, heads: Sequence[str], *, required: bool) -> Iterator[_Row]:
        """Filled rows below the heading row, which is the first that holds the tab's first heading."""
        sheet = self._sheet(name)
        todo = "Mulai dari formulir: mufakat timetable --template BERKAS.xlsx."
        if sheet is None:
            if required:
                self.faults.append(Fault(f"Tab {name}", "tidak ada.", todo))
            return
        wanted = heads[0].casefold()
        top = next((i for i, row in enumerate(sheet.rows) if wanted in {_text(c).casefold() for c in row}), None)
        if top is None:
            self.faults.append(Fault(f"Tab {name}", f"baris judul dengan kolom “{heads[0]}” tidak ditemukan.", todo))
            return
        names = [_text(cell) for cell in sheet.rows[top]]
        self._heads(name, sheet.first_row + top, names, heads)
        for offset, row in enumerate(sheet.rows[top + 1 :], start=sheet.first_row + top + 1):
            cells = {names[i]: cell for i, cell in enumerate(row) if i < len(names) and _text(cell)}
            if cells:
                yield _Row(offset, cells)

    def _heads(self, tab: str, row: int, names: Sequence[str], heads: Sequence[str]) -> None:
        for head in heads:
            if head not in names:
                todo = f"Tulis judul kolom itu pada baris {row}, atau pakai formulir baru."
                self._fault(tab, row, head, "kolom ini tidak ada.", todo)
        if len(heads) < 3:
            return
        for index, name in enumerate(names):
            if name and name not in heads:
                self._fault(tab, row, name, "kolom ini tidak dikenal dan tidak dibaca.", "Hapus atau perbaiki judulnya.", is_fatal=False)  # fmt: skip
            elif name and name in names[:index]:
                self._fault(tab, row, name, "judul kolom ini ada dua kali.", "Hapus salah satunya.")

    def _items(self, tab: at.Tab) -> list[dict[str, Any]]:
        """The objects of a tab; the row of each is kept for faults found later."""
        items: list[dict[str, Any]] = []
        numbers = self.rows_of.setdefault(tab.key, [])
        for row in self._rows(tab.name, [f.head for f in tab.fields], required=tab.required):
            item: dict[str, Any] = {}
            for spec in tab.fields:
                value = self._value(tab.name, row, spec)
                if value is not None:
                    item[spec.key] = value
            items.append(item)
            numbers.append(row.number)
            if tab.key == "days" and isinstance(item.get("date"), date):
                self.days.append(item["date"])
        if tab.required and not items and f"Tab {tab.name}" not in {fault.where for fault in self.faults}:
            todo = f"Isi sekurangnya satu baris: {', '.join(f.head for f in tab.fields if f.required)}."
            self.faults.append(Fault(f"Tab {tab.name}", "belum berisi satu baris pun.", todo))
        return items

    def _value(self, tab: str, row: _Row, spec: at.Field) -> Any:
        cell = row.cells.get(spec.head)
        if cell is None:
            if spec.required:
                self._fault(
                    tab, row.number, spec.head, "kosong.", f"Isi, atau kosongkan baris {row.number} seluruhnya."
                )
            return None
        try:
            return self._parsed(cell, spec)
        except _Wrong as wrong:
            self._fault(tab, row.number, spec.head, wrong.what, wrong.todo)
            return None

    def _parsed(self, cell: object, spec: at.Field) -> Any:
        text = _text(cell)
        if spec.kind == "date":
            day = _day(cell)
            return day if spec.key == "date" else day.isoformat()
        if spec.kind == "dates":
            return [day.isoformat() for day in _days(cell)]
        if spec.kind == "yes":
            return _yes(cell)
        if spec.kind == "int":
            return _whole(cell)
        if spec.kind == "costs":
            return self._costs(text)
        if spec.kind == "place":
            return self._place(text)
        return _listed(text) if spec.kind in ("codes", "words") else text

    def _costs(self, text: str) -> list[int]:
        """Costs such as 2022-02-03 = 2; 2022-02-04 = 1 as points for each day of the tab Hari."""
        points = dict.fromkeys(self.days, 0)
        for part in _listed(text):
            name, _, number = part.partition("=")
            for day in _days(name.strip()):
                if day not in points:
                    raise _Wrong(f"tanggal {day} tidak ada pada tab {at.DAYS}.", "Pilih tanggal dari tab itu.")
                points[day] = _whole(number.strip())
        return list(points.values())

    def _place(self, text: str) -> int:
        folded = [place.casefold() for place in self.places]
        if text.casefold() in folded:
            return folded.index(text.casefold())
        raise _Wrong(f"“{text}” tidak ada pada tab {at.TRAVEL}.", "Pilih nama tempat dari tab itu.")

    def _settings(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        known = {setting.label: setting for setting in at.SETTING_ROWS}
        for row in self._rows(at.SETTINGS, (at.SETTING, at.VALUE), required=False):
            label = _text(row.cells.get(at.SETTING))
            setting = known.get(label)
            if setting is None:
                self._fault(
                    at.SETTINGS, row.number, at.SETTING, f"“{label}” tidak dikenal.", "Pakai isian dari formulir."
                )
                continue
            value = self._value(at.SETTINGS, row, at.Field(setting.path[-1], at.VALUE, setting.kind))
            if setting.path[-1] == "closed_weekdays" and value is not None:
                value = self._weekdays(row.number, value)
            if value is not None:
                _put(found, setting.path, value)
        return found

    def _weekdays(self, row: int, names: Sequence[str]) -> list[int]:
        known = {name.casefold(): index for index, name in enumerate(WEEKDAYS)}
        for name in names:
            if name.casefold() not in known:
                self._fault(at.SETTINGS, row, at.VALUE, f"“{name}” bukan nama hari.", f"Pakai {', '.join(WEEKDAYS)}.")
        return [known[name.casefold()] for name in names if name.casefold() in known]

    def _calendar(self, found: dict[str, Any], days: list[dict[str, Any]], sessions: list[dict[str, Any]]) -> None:
        found["days"] = [day["date"].isoformat() for day in days if "date" in day]
        overrides = [
            {**day, "date": day["date"].isoformat()} for day in days if "date" in day and {"holiday", "name"} & set(day)
        ]
        if overrides:
            found.setdefault("calendar", {})["overrides"] = overrides
        found["sessions"] = [s["name"] for s in sessions if "name" in s]
        if any("hours" in s for s in sessions):
            found["session_hours"] = [s.get("hours", "") for s in sessions]
        if any("ramadan" in s for s in sessions):
            _put(found, ("calendar", "ramadan", "session_hours"), [s.get("ramadan", "") for s in sessions])
        if closed := [s["name"] for s in sessions if s.get("closed") and "name" in s]:
            _put(found, ("calendar", "ramadan", "closed_sessions"), closed)

    def _travel(self) -> list[list[int]]:
        rows = list(self._rows(at.TRAVEL, (at.PLACE,), required=False))
        self.places = [_text(row.cells.get(at.PLACE)) for row in rows]
        self.rows_of["travel_minutes"] = [row.number for row in rows]
        return [[self._minutes(row, place) for place in self.places] for row in rows]

    def _minutes(self, row: _Row, place: str) -> int:
        if place not in row.cells:
            todo = "Isi menitnya; nama pada baris judul harus sama dengan kolom Tempat."
            self._fault(at.TRAVEL, row.number, place, "kosong atau kolomnya tidak ada.", todo)
            return 0
        value = self._value(at.TRAVEL, row, at.Field("minutes", place, "int"))
        return value if isinstance(value, int) else 0

    def _rules(self, found: dict[str, Any], items: list[dict[str, Any]]) -> None:
        for item, number in zip(items, self.rows_of["rules"], strict=True):
            kind = str(item.pop("kind", "")).casefold()
            key = at.RULE_KINDS.get(kind)
            if key is None:
                if kind:
                    todo = f"Pilih salah satu: {', '.join(at.RULE_KINDS)}."
                    self._fault(at.RULES, number, "Jenis", f"“{kind}” tidak dikenal.", todo)
                continue
            self.rows_of.setdefault(key, []).append(number)
            pair = [item.get("forum", ""), item.get("other", "")]
            found.setdefault(key, []).append(item if key in ("fixed", "forbidden") else pair)


class _Wrong(Exception):
    """A cell that cannot be read: what is wrong and what to do."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what)
        self.what, self.todo = what, todo


def _where(tab: str, row: int, head: str) -> str:
    return f"Tab {tab}, baris {row}" + (f", kolom {head}" if head else "")


def _put(found: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for key in path[:-1]:
        found = found.setdefault(key, {})
    found[path[-1]] = value


def _text(cell: object) -> str:
    """A cell as text; whole numbers without decimals."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return at.YES if cell else at.NO
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _listed(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def _yes(cell: object) -> bool:
    text = _text(cell).casefold()
    if text in ("ya", "y", "x", "1", "true"):
        return True
    if text in ("tidak", "t", "0", "false", "-"):
        return False
    raise _Wrong(f"berisi “{_text(cell)}”, bukan Ya atau Tidak.", "Pilih Ya atau Tidak.")


def _whole(cell: object) -> int:
    text = _text(cell)
    if re.fullmatch(r"\d{1,7}", text):
        return int(text)
    raise _Wrong(f"berisi “{text}”, bukan bilangan bulat.", "Isi dengan angka saja, misalnya 30.")


def _days(cell: object) -> list[date]:
    """Several dates: parted by semicolons, with ranges."""
    if isinstance(cell, date):
        return [_day(cell)]
    found: list[date] = []
    for part in _listed(_text(cell)):
        ends = [_day(end) for end in _RANGE.split(part)]
        span = (ends[-1] - ends[0]).days
        if len(ends) > 2 or not 0 <= span <= LONGEST_RANGE:
            raise _Wrong(f"rentang “{part}” tidak masuk akal.", "Tulis tanggal awal s.d. tanggal akhir.")
        found += [ends[0] + timedelta(days=n) for n in range(span + 1)]
    return list(dict.fromkeys(found))


def _day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if found := _DAY.match(text):
        year, month, day = found[1] or found[6], found[2] or found[5], found[3] or found[4]
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            pass
    raise _Wrong(f"berisi “{text}”, bukan tanggal.", "Tulis seperti 2022-02-03.")
