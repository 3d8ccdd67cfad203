"""Proposals and adjacency from people's CSV files; every fault is told with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from charset_normalizer import from_bytes

from mufakat.engines.duplicates.model import InputError
from mufakat.engines.duplicates.table import Columns

REQUIRED = ("id", "kecamatan", "desa", "text")
OPTIONAL = ("rt", "rw", "lat", "lon", "year", "source", "value")
BLOCK = 20_000  # rows turned into columns at a time
SEPARATORS = (",", ";", "\t", "|")


def open_text(path: Path) -> TextIO:
    """The file as text, whatever its encoding; a byte order mark is dropped."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"Berkas {path} tidak dapat dibuka: {reason}. Periksa nama dan letaknya.") from None
    return io.TextIOWrapper(io.BytesIO(raw), encoding=_encoding(raw), errors="replace", newline="")


def _encoding(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = from_bytes(raw[:200_000]).best()
        return guess.encoding if guess else "cp1252"
    return "utf-8-sig"


def open_csv(path: Path) -> tuple[list[str], Any]:
    """Header cells and a csv reader behind it; the separator is the one the header uses most."""
    text = open_text(path)
    header = text.readline()
    while header.strip("\r\n") == "" and header:
        header = text.readline()
    separator = max(SEPARATORS, key=header.count)
    names = next(csv.reader([header], delimiter=separator), [])
    skipped = csv.reader(text, delimiter=separator)
    return [name.strip().lower() for name in names], skipped


def read_proposals(path: Path) -> Columns:
    """Columns of a proposals file. Raises InputError naming file, line and remedy."""
    header, reader = open_csv(path)
    places = _places(header, path.name)
    columns = Columns()
    clean = _read_blocks(reader, header, places, columns)
    if not clean or len(set(columns.id)) != len(columns.id) or "" in columns.id:
        columns = _read_slowly(path, places)
    return columns


def _read_blocks(reader: Any, header: list[str], places: dict[str, int], columns: Columns) -> bool:
    """Whole blocks of well-formed rows; False at the first row that needs a closer look."""
    known: dict[str, str] = {}
    try:
        while block := list(islice(reader, BLOCK)):
            if set(map(len, block)) != {len(header)}:
                return False
            turned = list(zip(*block, strict=True))
            for name, at in places.items():
                cells: Iterable[Any] = turned[at]
                if name in ("kecamatan", "desa"):
                    cells = (known.setdefault(cell, cell) for cell in cells)
                elif parse := _reader(name):
                    cells = (parse(cell, 0, "") for cell in cells)
                getattr(columns, name).extend(cells)
    except (csv.Error, InputError):
        return False
    return True


def records(reader: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every non-empty record."""
    try:
        for row in reader:
            if any(row):
                yield reader.line_num + 1, row
    except csv.Error as error:
        raise InputError(
            f"{name} baris {reader.line_num + 1}: tidak terbaca sebagai CSV ({error}). Perbaiki baris itu."
        ) from None


def _read_slowly(path: Path, places: dict[str, int]) -> Columns:
    """Row by row, with the line number at hand: blank lines are passed over, faults are told."""
    header, reader = open_csv(path)
    columns, seen = Columns(), dict[str, int]()
    for line, row in records(reader, path.name):
        if len(row) != len(header):
            _check_width(row, len(header), f"{path.name} baris {line}")
        for name, at in places.items():
            cell = row[at] if at < len(row) else ""
            parse = _reader(name)
            getattr(columns, name).append(parse(cell, line, path.name) if parse else cell)
        if seen.setdefault(columns.id[-1], line) != line or not columns.id[-1].strip():
            _refuse_id(columns.id[-1], path.name, line, seen[columns.id[-1]])
    return columns


def _places(header: list[str], name: str) -> dict[str, int]:
    missing = [column for column in REQUIRED if column not in header]
    if missing:
        raise InputError(
            f"{name} baris 1: kolom {', '.join(missing)} tidak ada. Baris pertama harus memuat {', '.join(REQUIRED)}."
        )
    return {column: header.index(column) for column in (*REQUIRED, *OPTIONAL) if column in header}


def _check_width(row: list[str], width: int, where: str) -> None:
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        raise InputError(
            f"{where}: ada {len(row)} kolom, padahal judulnya {width}. "
            "Apit teks yang memuat tanda pemisah dengan tanda kutip."
        )
    if len(row) < len(REQUIRED):
        raise InputError(f"{where}: hanya ada {len(row)} kolom dari {width}. Lengkapi baris itu.")


def _refuse_id(name: str, file: str, line: int, first: int) -> None:
    if not name.strip():
        raise InputError(f"{file} baris {line}: kolom id kosong. Isi id usulan.")
    raise InputError(
        f"{file} baris {line}: id “{name}” sudah dipakai pada baris {first}. Beri setiap usulan id yang berbeda."
    )


def _reader(name: str) -> Callable[[str, int, str], object] | None:
    if name in ("lat", "lon"):
        return lambda cell, line, file: _decimal(cell, name, line, file)
    if name in ("year", "value"):
        return lambda cell, line, file: _whole(cell, name, line, file)
    return None


def _decimal(cell: str, name: str, line: int, file: str) -> float | None:
    cell = cell.strip().replace(",", ".")
    if not cell:
        return None
    try:
        degrees = float(cell)
    except ValueError:
        degrees = 999.0
    if not -180 <= degrees <= 180:
        raise InputError(f"{file} baris {line}: kolom {name} berisi “{cell}”. Isi derajat desimal, misalnya -7.1632.")
    return degrees


def _whole(cell: str, name: str, line: int, file: str) -> int | None:
    plain = cell.strip().lower().removeprefix("rp").strip().removesuffix(",00").replace(".", "").replace(" ", "")
    if not plain or plain == "-":
        return None
    if not plain.isdigit():
        raise InputError(f"{file} baris {line}: kolom {name} berisi “{cell}”. Isi bilangan bulat atau kosongkan.")
    return int(plain)


def read_adjacency(path: Path) -> list[tuple[str, str]]:
    """Pairs of neighbouring kecamatan from a file with the header a,b."""
    header, reader = open_csv(path)
    if "a" not in header or "b" not in header:
        raise InputError(f"{path.name} baris 1: judul kolom harus a,b. Tulis “a,b” pada baris pertama.")
    first, second = header.index("a"), header.index("b")
    pairs = []
    for line, row in records(reader, path.name):
        if len(row) <= max(first, second) or not row[first].strip() or not row[second].strip():
            raise InputError(f"{path.name} baris {line}: harus ada dua kecamatan. Lengkapi baris itu.")
        pairs.append((row[first], row[second]))
    return pairs
