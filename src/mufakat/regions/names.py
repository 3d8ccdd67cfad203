"""Official codes and names as plain data: what ships with us, and any list an office brings.

Codes are Kemendagri codes with dots: province NN, regency NN.NN, kecamatan NN.NN.NN, village NN.NN.NN.NNNN.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from mufakat.core.errors import MufakatError
from mufakat.regions.rules import Bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$")
_PARTS = (2, 2, 2, 4)
_CODE_HEADINGS = ("kode", "code", "kode_wilayah", "kode wilayah", "id", "kd")
_NAME_HEADINGS = ("nama", "name", "nama_wilayah", "nama wilayah", "wilayah", "desa/kelurahan", "desa", "kelurahan")
_OTHER_HEADINGS = {
    "alias": ("alias", "aliases", "nama lain"),
    "lat": ("lintang", "lat"),
    "lon": ("bujur", "lon", "lng"),
    "south": ("selatan", "south"),
    "west": ("barat", "west"),
    "north": ("utara", "north"),
    "east": ("timur", "east"),
}
_SIBLINGS = ("provinces.csv", "regencies.csv", "districts.csv", "villages.csv")


class UnreadableRegions(MufakatError):
    """The list of regions cannot be used."""

    code = "wilayah_tidak_terbaca"


@dataclass(frozen=True, slots=True)
class Region:
    """One region: its dotted code, name, other spellings and, where known, its centre (WGS84 degrees) and bounds."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    bounds: Bounds | None = None

    @property
    def level(self) -> int:
        """1 province, 2 regency or city, 3 kecamatan, 4 desa or kelurahan."""
        return self.code.count(".") + 1

    @property
    def parent(self) -> str:
        """Code of the region above; empty for a province."""
        return self.code.rpartition(".")[0]

    @property
    def kind(self) -> str:
        """`desa` or `kelurahan` by the first digit of the village number (2, 1), else by level."""
        if self.level == 4:
            return "kelurahan" if self.code[9] == "1" else "desa"
        return ("provinsi", "kabupaten", "kecamatan")[self.level - 1]


@dataclass(frozen=True, slots=True)
class Atlas:
    """A set of regions by code, in order of code."""

    regions: dict[str, Region]

    def get(self, code: str) -> Region | None:
        """The region of a code, or None."""
        return self.regions.get(code)

    def children(self, code: str) -> tuple[Region, ...]:
        """Regions directly below `code`, in order of code."""
        return tuple(r for r in self.regions.values() if r.parent == code)

    def villages_outside(self, kecamatan: str) -> tuple[Region, ...]:
        """Villages of the same regency that belong to another kecamatan."""
        regency = kecamatan.rpartition(".")[0]
        return tuple(
            r
            for r in self.regions.values()
            if r.level == 4 and r.parent != kecamatan and r.code.startswith(regency + ".")
        )


@cache
def shipped() -> Atlas:
    """Kabupaten Gresik, the regions that come with the program (Kepmendagri 300.2.2-2430/2025)."""
    text = resources.files("mufakat.regions").joinpath("data/gresik.csv").read_text(encoding="utf-8")
    return Atlas(_in_order(_regions(csv.reader(text.splitlines()))))


def from_file(path: Path) -> Atlas:
    """Regions of a list an office brings, or of the CSV files of the npm package `idn-area-data` (ODbL 1.0).

    A folder, or one of the package's files, takes in its siblings (provinces, regencies, districts,
    villages). Any other CSV needs a column of codes, with or without dots, and a column of names; without
    headings the first column that holds codes and the column after it are taken.
    """
    files = _files_of(path)
    found: dict[str, Region] = {}
    for file in files:
        found.update({r.code: r for r in _read_list(file)})
    if not found:
        raise UnreadableRegions(
            f"Daftar wilayah {path.name} tidak memuat kode wilayah yang dikenali. "
            "Sediakan CSV dengan kolom kode (misalnya 35.25.14.2001) dan nama."
        )
    return Atlas(_in_order(found.values()))


def _files_of(path: Path) -> list[Path]:
    if path.is_dir():
        folder = path / "data" if (path / "data").is_dir() else path
        return [folder / name for name in _SIBLINGS if (folder / name).is_file()]
    if not path.is_file():
        raise UnreadableRegions(f"Daftar wilayah {path} tidak ditemukan. Periksa nama berkasnya.")
    if path.name in _SIBLINGS:
        return [path.parent / name for name in _SIBLINGS if (path.parent / name).is_file()]
    return [path]


def _read_list(path: Path) -> list[Region]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_bytes().decode("cp1252", errors="replace")
    head = text[:4096]
    separator = max(",;\t|", key=head.count)
    return list(_regions(csv.reader(text.splitlines(), delimiter=separator)))


def _regions(rows: Iterable[list[str]]) -> Iterator[Region]:
    columns: dict[str, int] | None = None
    for row in rows:
        if not row:
            continue
        columns = columns or _columns_of(row)
        region = _region_of(row, columns)
        if region is not None:
            yield region


def _columns_of(row: list[str]) -> dict[str, int]:
    """Columns by heading, or by position where the first line is already data."""
    words = [cell.strip().lower() for cell in row]
    code = next((i for i, w in enumerate(words) if w in _CODE_HEADINGS), None)
    if code is None:
        code = next((i for i, w in enumerate(words) if normal_code(w)), 0)
    name = next((i for i, w in enumerate(words) if w in _NAME_HEADINGS), code + 1)
    columns = {"code": code, "name": name}
    for key, headings in _OTHER_HEADINGS.items():
        index = next((i for i, w in enumerate(words) if w in headings), None)
        if index is not None:
            columns[key] = index
    return columns


def _region_of(row: list[str], columns: dict[str, int]) -> Region | None:
    def cell(key: str) -> str:
        index = columns.get(key, -1)
        return row[index].strip() if 0 <= index < len(row) else ""

    code, name = normal_code(cell("code")), cell("name")
    if not code or not name:
        return None
    aliases = tuple(a.strip() for a in cell("alias").split("|") if a.strip())
    edges = [_degrees(cell(side)) for side in ("south", "west", "north", "east")]
    bounds = Bounds(*(e for e in edges if e is not None)) if None not in edges else None
    return Region(code, _tidy(name, code), aliases, _degrees(cell("lat")), _degrees(cell("lon")), bounds)


def normal_code(text: str) -> str:
    """A region code with dots from any usual writing ("35.25.14", "352514", "3525142001"); else empty."""
    digits = text.strip().replace(" ", "")
    if _CODE.fullmatch(digits):
        return digits
    bare = digits.replace(".", "").replace("-", "")
    if not bare.isascii() or not bare.isdigit() or len(bare) not in (2, 4, 6, 10):
        return ""
    parts, start = [], 0
    for length in _PARTS:
        if start < len(bare):
            parts.append(bare[start : start + length])
            start += length
    return ".".join(parts)


def _tidy(name: str, code: str) -> str:
    """Regency and province names in capitals become ordinary words; village names stay as printed."""
    return name.title() if name.isupper() and code.count(".") < 2 else name


def _degrees(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ".")) if text else None
    except InvalidOperation:
        return None


def _in_order(regions: Iterable[Region]) -> dict[str, Region]:
    return {r.code: r for r in sorted(regions, key=lambda r: r.code)}
