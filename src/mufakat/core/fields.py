"""Reading one JSON object field by field; each fault is written down with its place, none stops the reading."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import isfinite
from typing import Any

from mufakat.core.faults import Fault

LARGEST = 10**6
FARTHEST = 10**18


class Fields:
    """The fields of one object at `path` (empty for the whole file)."""

    def __init__(self, data: Mapping[str, Any], path: str, faults: list[Fault]) -> None:
        self.data, self.path, self.faults = data, path, faults

    def fault(self, key: str, what: str, todo: str, *, is_fatal: bool = True) -> None:
        """Write a fault or a notice down."""
        name = self.data.get("id") if self.path else None
        place = ".".join(part for part in (self.path, key) if part)
        where = f"{place} ({name})" if isinstance(name, str) and name else place
        self.faults.append(Fault(where, what, todo, is_fatal))

    def only(self, keys: Collection[str]) -> None:
        """Tell of other keys than these: a misspelt key must not be silently without effect."""
        for key in self.data:
            if key not in keys:
                todo = f"Yang dikenal: {', '.join(keys)}."
                self.fault(str(key), "kunci ini tidak dikenal dan diabaikan.", todo, is_fatal=False)

    def known(self, key: str, name: str, names: Collection[str], what: str) -> bool:
        """Whether `name` is one of `names`; else a fault."""
        if name in names:
            return True
        self.fault(key, f"“{name}” tidak ada di antara {what}.", "Periksa ejaannya atau tambahkan.")
        return False

    def text(self, key: str, *, required: bool = False) -> str:
        """A text or a whole number read as text; "" when absent or null."""
        value = self.data.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str):
            if required and not value.strip():
                self.fault(key, "kosong.", "Isi dengan kode atau nama.")
            return value.strip()
        if value is not None or required:
            self._wrong(key, value, "teks", required)
        return ""

    def flag(self, key: str) -> bool:
        """true or false; false when absent."""
        value = self.data.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self._wrong(key, value, "true atau false", False)
        return False

    def integer(self, key: str, default: int | None, *, required: bool = False, largest: int = LARGEST) -> int | None:
        """A whole number from 0 to `largest`; `default` when absent."""
        value = self.data.get(key)
        if value is None:
            if required:
                self._wrong(key, value, "bilangan bulat", True)
            return default
        return self._whole(key, value, 0, largest)

    def _whole(self, key: str, value: object, least: int | None, largest: int = LARGEST) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        low = -largest if least is None else least
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= largest:
            self._wrong(key, value, f"bilangan bulat {low} sampai {largest}", False)
            return 0
        return value

    def number(self, key: str, *, required: bool = False, least: int | None = 0) -> Fraction | None:
        """A number as it was typed, exact; None when absent or null. `least` None allows negative ones."""
        value = self.data.get(key)
        if value is None:
            if required:
                self._wrong(key, value, "angka", True)
            return None
        found = exact_number(value)
        if found is None or abs(found) > FARTHEST or (least is not None and found < least):
            wanted = "angka" if least is None else f"angka, sekurangnya {least}"
            self._wrong(key, value, wanted, False)
            return None
        return found

    def one_of(self, key: str, names: Collection[str], default: str) -> str:
        """One of the names; `default` when absent."""
        name = self.text(key) or default
        return name if self.known(key, name, names, f"pilihan {', '.join(names)}") else default

    def _wrong(self, key: str, value: object, wanted: str, required: bool) -> None:
        if value is None and required:
            self.fault(key, "tidak ada.", f"Isi dengan {wanted}.")
        else:
            self.fault(key, f"berisi {_shown(value)}, bukan {wanted}.", f"Isi dengan {wanted}.")

    def _list(self, key: str, *, required: bool = False) -> Sequence[Any]:
        value = self.data.get(key)
        if isinstance(value, (list, tuple)):
            return value
        if value is not None or required:
            self._wrong(key, value, "daftar dalam kurung siku", required)
        return ()

    def texts(self, key: str, *, required: bool = False) -> list[str]:
        """A list of texts."""
        values = self._list(key, required=required)
        for index, value in enumerate(values):
            if not isinstance(value, (str, int)) or isinstance(value, bool) or not str(value).strip():
                self._wrong(f"{key}[{index}]", value, "teks", False)
        return [str(value).strip() for value in values if isinstance(value, (str, int))]

    def integers(self, key: str, *, least: int | None = 0) -> tuple[int, ...]:
        """A list of whole numbers."""
        return tuple(self._whole(f"{key}[{i}]", value, least) for i, value in enumerate(self._list(key)))

    def matrix(self, key: str) -> tuple[tuple[int, ...], ...]:
        """A table of whole numbers from 0 on."""
        rows: list[tuple[int, ...]] = []
        for index, row in enumerate(self._list(key)):
            if isinstance(row, (list, tuple)):
                rows.append(tuple(self._whole(f"{key}[{index}][{j}]", value, 0) for j, value in enumerate(row)))
            else:
                self._wrong(f"{key}[{index}]", row, "daftar angka", False)
        return tuple(rows)

    def lists(self, key: str) -> Iterator[tuple[str, list[str]]]:
        """Lists of texts within a list, each with its place."""
        for index, row in enumerate(self._list(key)):
            if isinstance(row, (list, tuple)):
                yield f"{key}[{index}]", [str(value) for value in row]
            else:
                self._wrong(f"{key}[{index}]", row, "daftar dua kode forum", False)

    def child(self, key: str) -> Fields | None:
        """An object within this one, or None."""
        value = self.data.get(key)
        if isinstance(value, Mapping):
            return Fields(value, ".".join(part for part in (self.path, key) if part), self.faults)
        if value is not None:
            self._wrong(key, value, "objek dalam kurung kurawal", False)
        return None

    def children(self, key: str, *, required: bool = False) -> list[Fields]:
        """A list of objects."""
        found = []
        for index, value in enumerate(self._list(key, required=required)):
            if isinstance(value, Mapping):
                path = ".".join(part for part in (self.path, f"{key}[{index}]") if part)
                found.append(Fields(value, path, self.faults))
            else:
                self._wrong(f"{key}[{index}]", value, "objek dalam kurung kurawal", False)
        return found

    def date(self, key: str, *, required: bool = False) -> datetime.date | None:
        """An ISO date."""
        value = self.data.get(key)
        if value is None and not required:
            return None
        return self._date(key, value)

    def _date(self, key: str, value: object) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self.fault(key, f"berisi {_shown(value)}, bukan tanggal.", "Tulis seperti 2022-02-03.")
            return None

    def dates(self, key: str) -> tuple[datetime.date, ...]:
        """Distinct ISO dates."""
        values = [self._date(f"{key}[{i}]", v) for i, v in enumerate(self._list(key, required=True))]
        days = [day for day in values if day is not None]
        for index, day in enumerate(days):
            if day in days[:index]:
                self.fault(f"{key}[{index}]", f"tanggal {day} sudah ada.", "Hapus yang berulang.")
        return tuple(days)

    def day(self, key: str, days: Sequence[datetime.date]) -> int | None:
        """A day by its position (0 is the first) or its ISO date."""
        return self._day(key, self.data.get(key), days)

    def _day(self, key: str, value: object, days: Sequence[datetime.date]) -> int | None:
        if isinstance(value, str):
            day = self._date(key, value)
            if day is None or day in days:
                return None if day is None else list(days).index(day)
            self.fault(key, f"tanggal {day} tidak ada di days.", "Pilih salah satu tanggal di days.")
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(days):
            return value
        self.fault(
            key, f"berisi {_shown(value)}, bukan hari.", f"Isi nomor hari 0 sampai {len(days) - 1} atau tanggal."
        )
        return None

    def day_set(self, key: str, days: Sequence[datetime.date]) -> frozenset[int]:
        """Days by position or date."""
        found: Iterable[int | None] = (self._day(f"{key}[{i}]", v, days) for i, v in enumerate(self._list(key)))
        return frozenset(day for day in found if day is not None)


_NUMBER = re.compile(r"[+-]?\d{1,18}(?:[.]\d{1,15}|/[1-9]\d{0,11})?")


def exact_number(value: object) -> Fraction | None:
    """A JSON number (or a text that holds one, also as "1/3") without rounding; None when it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str):
        return Fraction(value) if _NUMBER.fullmatch(value) else None
    return Fraction(str(value)) if isfinite(value) else None


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else f"“{value}”"
    return text if len(text) <= 40 else text[:37] + "…"
