"""Large inputs: the same kernels compiled, over arrays, one kecamatan at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from mufakat.engines.duplicates import compiled
from mufakat.engines.duplicates import kernels as k
from mufakat.engines.duplicates.lexicon import ROW_END, Lexicon
from mufakat.engines.duplicates.table import Columns, Places, is_named, micro, override_places, own_names

CHUNK = 50_000  # rows tokenised at a time
Array = Any
_rows: Any = k.Rows
_blocks_of: Any = k.Blocks
"""The same named tuples, holding arrays instead of lists."""


def token_chunks(lexicon: Lexicon, texts: Sequence[str]) -> list[Array]:
    """Token numbers of all texts, chunk by chunk; number 0 ends a row."""
    number_of, chunks = lexicon.tokens.__getitem__, []
    for first in range(0, len(texts), CHUNK):
        some = texts[first : first + CHUNK]
        joined = f" {ROW_END} ".join(some)
        if joined.count(ROW_END) >= len(some):
            joined = f" {ROW_END} ".join(text.replace(ROW_END, " ") for text in some)
        tokens = f"{joined} {ROW_END}".lower().split()
        chunks.append(np.fromiter(map(number_of, tokens), dtype=np.int32, count=len(tokens)))
    return chunks


def atoms_of_chunk(tokens: Array, start: Array, size: Array, flat: Array) -> tuple[Array, Array]:
    """Atoms of one chunk of tokens and the bounds of its rows in them."""
    counts = size[tokens]
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    index = np.arange(total) - np.repeat(ends - counts - start[tokens], counts)
    bounds = np.concatenate([[0], ends[tokens == 0]])
    return flat[index], bounds


def read_large(lexicon: Lexicon, columns: Columns, places: Places) -> tuple[k.Vocabulary, k.Rows]:
    """Vocabulary and rows as arrays; the same numbers `read_plain` gives."""
    chunks = token_chunks(lexicon, columns.text)
    own_start, own_terms = own_names(lexicon, places)
    v = compiled.vocabulary_arrays(lexicon.vocabulary)
    size = np.array([len(expansion) for expansion in lexicon.expansions], dtype=np.int64)
    size[0] = 0
    flat = np.array([atom for expansion in lexicon.expansions[1:] for atom in expansion] or [0], dtype=np.int32)
    offset = np.concatenate([[0], np.cumsum(size)[:-1]])
    rows = _empty(columns, places)
    rows = _read_chunks(v, rows, chunks, offset, size, flat, lexicon.labels)
    override_places(rows, columns)
    compiled.mark_rows(v, rows, np.array(own_start), np.array(own_terms or [0]), np.zeros(k.SCRATCH, np.int64))
    order = np.lexsort((rows.desa, rows.kec))
    terms = len(v.term_class)
    scratch = np.zeros(terms, dtype=np.int64), np.zeros(terms, dtype=np.int64)
    compiled.weigh_all(v, rows, order, np.array(is_named(places)), *scratch)
    return v, rows


def _empty(columns: Columns, places: Places) -> Array:
    size = len(columns.text)

    def blank() -> Array:
        return np.zeros(size, dtype=np.int64)

    def points(cells: list[float | None]) -> Array:
        return np.fromiter(map(micro, cells), np.int64, size) if cells else np.full(size, k.NOWHERE)

    cost = np.fromiter((value or 0 for value in columns.value), np.int64, size) if columns.value else blank()
    kec, desa = np.array(places.kec, dtype=np.int32), np.array(places.desa, dtype=np.int32)
    return _rows(
        kec=kec, desa=desa, rt=blank(), rw=blank(), action=blank(), quantity=blank(), cost=cost,
        lat=points(columns.lat), lon=points(columns.lon), own=blank(), start=np.zeros(size + 1, np.int64),
        term=blank(), rare_desa=blank(), rare_kec=blank(), need_desa=blank(), need_kec=blank(),
    )  # fmt: skip


def _read_chunks(
    v: k.Vocabulary, rows: Any, chunks: list[Array], offset: Array, size: Array, flat: Array, labels: int
) -> Array:
    out = np.zeros(2000 + k.MAX_TERMS, dtype=np.int64)
    row, used, pieces = 0, 0, []
    for tokens in chunks:
        atoms, bounds = atoms_of_chunk(tokens, offset, size, flat)
        last = row + len(bounds) - 1
        part = _rows(*(column[row:last] for column in rows))._replace(
            start=np.zeros(last - row + 1, np.int64), term=np.zeros(len(atoms) * 3 + k.MAX_TERMS, np.int32)
        )
        count = compiled.read_rows(v, atoms, bounds, out, labels, part, 0)
        rows.start[row + 1 : last + 1] = np.asarray(part.start[1:]) + used
        pieces.append(part.term[:count].copy())
        row, used = last, used + count
    chunks.clear()
    terms: Array = np.concatenate(pieces)
    return rows._replace(
        term=terms,
        own=np.zeros(used, np.int8),
        rare_desa=np.zeros(used, np.int16),
        rare_kec=np.zeros(used, np.int16),
    )


def search_large(
    v: k.Vocabulary, rows: k.Rows, near: Sequence[Sequence[int]], floor: int
) -> Iterable[tuple[int, int, int]]:
    """(a, b, evidence) of all pairs above the floor; `near` = later neighbours of each kecamatan."""
    members = np.argsort(np.asarray(rows.kec), kind="stable")
    bounds = np.searchsorted(np.asarray(rows.kec)[members], np.arange(len(near) + 1))
    flat = np.array([n for others in near for n in others] or [0], dtype=np.int64)
    scratch, begin = _blocks(0, len(members)), 0
    found = np.zeros(60_000, dtype=np.int64)
    for number, others in enumerate(near):
        wanted = compiled.count_keys(v, rows, members, bounds[number], bounds[number + 1], scratch.keys)
        if wanted > len(scratch.next):
            scratch = _blocks(int(wanted) * 2, len(members))
        mask = (1 << max(4, int(wanted * 2).bit_length())) - 1
        job = members, bounds, number, flat, begin, begin + len(others), scratch, mask, floor
        begin += len(others)
        used = compiled.search_block(v, rows, *job, found)
        while used == k.FULL:
            found = np.zeros(len(found) * 4, dtype=np.int64)
            np.asarray(scratch.mark).fill(0)
            used = compiled.search_block(v, rows, *job, found)
        yield from map(tuple, found[:used].reshape(-1, 3).tolist())


def parts_of(v: k.Vocabulary, rows: k.Rows, found: Sequence[tuple[int, int, int]]) -> Iterable[list[int]]:
    """Evidence by field of each found pair."""
    flat = np.array(found, dtype=np.int64).reshape(-1)
    parts = np.zeros(len(found) * k.FIELDS, dtype=np.int64)
    compiled.weigh_found(v, rows, flat, np.zeros(k.SCRATCH, np.int64), parts)
    for first in range(0, len(parts), k.FIELDS):
        yield parts[first : first + k.FIELDS].tolist()


def _blocks(entries: int, rows: int) -> Array:
    slots = 1 << (max(16, entries * 2)).bit_length()
    return _blocks_of(
        key=np.zeros(slots, np.int64), head=np.zeros(slots, np.int64), size=np.zeros(slots, np.int64),
        next=np.zeros(entries, np.int64), row=np.zeros(entries, np.int64), mark=np.zeros(rows, np.int64),
        keys=np.zeros(k.MAX_KEYS, np.int64), parts=np.zeros(k.SCRATCH, np.int64),
    )  # fmt: skip
