"""Proposals in columns, and their fields in the arrays the kernels read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mufakat.engines.duplicates import kernels as k
from mufakat.engines.duplicates.lexicon import ROMANS, ROW_END, Lexicon
from mufakat.engines.duplicates.model import Proposal

CHUNK = 20_000
FIGURE = re.compile(r"\d+|\b[ivx]+\b|[-–]|s\.?/?d")


@dataclass(slots=True)
class Columns:
    """Proposals column by column, in input order; optional columns may be empty lists."""

    id: list[str] = field(default_factory=list)
    kecamatan: list[str] = field(default_factory=list)
    desa: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    rt: list[str] = field(default_factory=list)
    rw: list[str] = field(default_factory=list)
    lat: list[float | None] = field(default_factory=list)
    lon: list[float | None] = field(default_factory=list)
    year: list[int | None] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    value: list[int | None] = field(default_factory=list)

    @classmethod
    def of(cls, proposals: Sequence[Proposal]) -> Columns:
        """Columns of a sequence of proposals."""
        return cls(*([getattr(p, name) for p in proposals] for name in cls.__dataclass_fields__))

    def row(self, i: int) -> Proposal:
        """Row i as a proposal."""
        cells = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Proposal(**{name: column[i] for name, column in cells.items() if column})


def plain_name(name: str) -> str:
    """Key of a place: case, spacing and apostrophes do not matter."""
    return " ".join(name.lower().replace("'", "").replace("’", "").split())


def numbers_in(cell: str) -> int:
    """RT or RW column as bits: "03", "1,3", "01-05", "V", "RT 2"; nothing readable is 0."""
    mask, before, ranged = 0, -1, False
    for piece in FIGURE.findall(cell.lower()):
        if not piece.isdigit() and piece not in ROMANS:
            ranged = True
            continue
        number = int(piece) if piece.isdigit() else ROMANS[piece]
        low = before if ranged and 0 <= before < number <= before + 40 else number
        for n in range(low, number + 1):
            mask |= k.bit(n)
        before, ranged = number, False
    return mask


def atoms_of(lexicon: Lexicon, texts: Iterable[str]) -> tuple[list[int], list[int]]:
    """Atoms of all texts in one list, and the bounds of each text in it."""
    atoms: list[int] = []
    bounds = [0]
    tokens, expansions = lexicon.tokens, lexicon.expansions
    for text in texts:
        for token in text.lower().replace(ROW_END, " ").split():
            number = tokens[token]
            atoms.extend(expansions[number])
        bounds.append(len(atoms))
    return atoms, bounds


@dataclass(slots=True)
class Places:
    """Numbers of kecamatan and desa, and the rows of each."""

    kec: list[int]
    desa: list[int]
    kec_names: dict[str, int]
    desa_names: dict[tuple[str, str], int]


def places_of(kecamatan: Sequence[str], desa: Sequence[str]) -> Places:
    """Number the places in order of first mention; an empty desa is a place of its own in its kecamatan."""
    kec_names: dict[str, int] = {}
    desa_names: dict[tuple[str, str], int] = {}
    cache: dict[tuple[str, str], tuple[int, int]] = {}
    kecs, desas = [], []
    for pair in zip(kecamatan, desa, strict=True):
        numbers = cache.get(pair)
        if numbers is None:
            names = plain_name(pair[0]), plain_name(pair[1])
            kec = kec_names.setdefault(names[0], len(kec_names))
            numbers = cache[pair] = kec, desa_names.setdefault(names, len(desa_names))
        kecs.append(numbers[0])
        desas.append(numbers[1])
    return Places(kecs, desas, kec_names, desa_names)


def micro(degrees: float | None) -> int:
    """Degrees as whole millionths; a missing point is far outside the globe."""
    return k.NOWHERE if degrees is None else round(degrees * 1_000_000)


def read_plain(lexicon: Lexicon, columns: Columns) -> tuple[k.Rows, Places]:
    """All rows read, placed and weighted, in plain lists."""
    places = places_of(columns.kecamatan, columns.desa)
    atoms, bounds = atoms_of(lexicon, columns.text)
    own_start, own_terms = own_names(lexicon, places)
    size = len(columns.text)
    rows = empty_rows(places, columns, size, [0] * (len(atoms) * 3 + k.MAX_TERMS))
    v, out = lexicon.vocabulary, [0] * (2000 + k.MAX_TERMS)
    used = k.read_rows(v, atoms, bounds, out, lexicon.labels, rows, 0)
    del rows.term[used:]
    for column in (rows.own, rows.rare_desa, rows.rare_kec):
        column.extend([0] * used)
    override_places(rows, columns)
    k.mark_rows(v, rows, own_start, own_terms, [0] * k.SCRATCH)
    order = sorted(range(size), key=lambda r: (rows.kec[r], rows.desa[r]))
    terms = len(v.term_class)
    k.weigh_all(v, rows, order, is_named(places), [0] * terms, [0] * terms)
    return rows, places


def empty_rows(places: Places, columns: Columns, size: int, terms: Any) -> k.Rows:
    """Rows with places, costs and points filled in; texts not read yet."""
    blank = [0] * size
    lat = list(map(micro, columns.lat)) if columns.lat else [k.NOWHERE] * size
    lon = list(map(micro, columns.lon)) if columns.lon else [k.NOWHERE] * size
    cost = [value or 0 for value in columns.value] if columns.value else list(blank)
    return k.Rows(
        kec=places.kec, desa=places.desa, rt=list(blank), rw=list(blank),
        action=list(blank), quantity=list(blank),
        cost=cost, lat=lat, lon=lon, own=[], start=[0] * (size + 1), term=terms, rare_desa=[], rare_kec=[],
        need_desa=list(blank), need_kec=list(blank),
    )  # fmt: skip


def override_places(rows: k.Rows, columns: Columns) -> None:
    """RT and RW columns win over what the text says."""
    for target, cells in ((rows.rt, columns.rt), (rows.rw, columns.rw)):
        cache: dict[str, int] = {"": 0}
        for r, cell in enumerate(cells):
            if cell:
                mask = cache.get(cell)
                if mask is None:
                    mask = cache[cell] = numbers_in(cell)
                target[r] = mask or target[r]


def own_names(lexicon: Lexicon, places: Places) -> tuple[list[int], list[int]]:
    """Terms of each desa's own name and its kecamatan's: bounds by desa number, and the terms."""
    start, terms = [0], list[int]()
    for names in places.desa_names:
        terms.extend(lexicon.own_terms(*names))
        start.append(len(terms))
    return start, terms


def is_named(places: Places) -> list[int]:
    """Per desa number, whether it has a name at all."""
    return [int(bool(desa)) for _, desa in places.desa_names]
