"""Proposals in columns, and their fields in the arrays the kernels read."""

from __future__ import annotations

import re
from collections import Counter
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


def need_desa(size: int, *, named: bool) -> int:
    """Evidence (tenths of bits) that chance cannot produce within one village of `size` proposals."""
    need = max(80, min(130, 35 + k.log2_tenths(size, 1)))
    return need if named else need + 20


def need_kec(size: int) -> int:
    """Evidence needed between villages, from the number of proposals of the kecamatan."""
    return max(130, min(180, 60 + k.log2_tenths(size, 1)))


def micro(degrees: float | None) -> int:
    """Degrees as whole millionths; a missing point is far outside the globe."""
    return k.NOWHERE if degrees is None else round(degrees * 1_000_000)


def read_plain(lexicon: Lexicon, columns: Columns) -> tuple[k.Rows, Places]:
    """All rows read, placed and weighted, in plain lists."""
    places = places_of(columns.kecamatan, columns.desa)
    atoms, bounds = atoms_of(lexicon, columns.text)
    size = len(columns.text)
    rows = empty_rows(places, columns, size, [0] * (len(atoms) * 3 + k.MAX_TERMS))
    out = [0] * (2000 + k.MAX_TERMS)
    used = k.read_rows(lexicon.vocabulary, atoms, bounds, out, lexicon.labels, rows, 0)
    del rows.term[used:]
    override_places(rows, columns)
    mark_own(lexicon, rows, places)
    weigh_rarity(lexicon.vocabulary, rows)
    set_needs(rows, places)
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


def own_table(lexicon: Lexicon, places: Places) -> list[tuple[int, ...]]:
    """Per desa number, the terms of its own name and its kecamatan's."""
    return [lexicon.own_terms(*names) for names in places.desa_names]


def mark_own(lexicon: Lexicon, rows: k.Rows, places: Places) -> None:
    """Flag the terms that only repeat the row's own village or sub-district."""
    own = own_table(lexicon, places)
    v = lexicon.vocabulary
    for r, desa in enumerate(rows.desa):
        for i in range(rows.start[r], rows.start[r + 1]):
            term = rows.term[i]
            rows.own.append(int(v.term_class[term] == k.NAME and is_own(v, term, own[desa])))


def is_own(v: k.Vocabulary, term: int, own: Sequence[int]) -> bool:
    """Whether the term is one of these names, or one of them misspelt."""
    return any(term == name or k.likeness(v, term, name) == 2 for name in own)


def rare_in(v: k.Vocabulary, term: int, total: int, count: int) -> int:
    """Rarity of one term among `total` neighbours."""
    return k.rarity(total, count, v.term_prior[term], 80)


def weigh_rarity(v: k.Vocabulary, rows: k.Rows) -> None:
    """Evidence each term would give in its village and in its kecamatan."""
    desa_size: Counter[int] = Counter(rows.desa)
    kec_size: Counter[int] = Counter(rows.kec)
    in_desa: Counter[tuple[int, int]] = Counter()
    in_kec: Counter[tuple[int, int]] = Counter()
    for r in range(len(rows.desa)):
        for term in rows.term[rows.start[r] : rows.start[r + 1]]:
            in_desa[rows.desa[r], term] += 1
            in_kec[rows.kec[r], term] += 1
    for r in range(len(rows.desa)):
        desa, kec = rows.desa[r], rows.kec[r]
        for i in range(rows.start[r], rows.start[r + 1]):
            term = rows.term[i]
            bits = 0 if rows.own[i] else rare_in(v, term, desa_size[desa], in_desa[desa, term])
            rows.rare_desa.append(bits)
            rows.rare_kec.append(rare_in(v, term, kec_size[kec], in_kec[kec, term]))


def set_needs(rows: k.Rows, places: Places) -> None:
    """Thresholds per row."""
    desa_size: Counter[int] = Counter(rows.desa)
    kec_size: Counter[int] = Counter(rows.kec)
    named = {number: bool(name[1]) for name, number in places.desa_names.items()}
    desa_need = {d: need_desa(n, named=named[d]) for d, n in desa_size.items()}
    kec_need = {c: need_kec(n) for c, n in kec_size.items()}
    for r in range(len(rows.desa)):
        rows.need_desa[r] = desa_need[rows.desa[r]]
        rows.need_kec[r] = kec_need[rows.kec[r]]
