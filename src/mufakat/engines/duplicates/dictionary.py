"""The vocabulary of village development: a CSV file an office can extend, loaded once."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from mufakat.engines.duplicates.kernels import ACTION, GROUP, OBJECT, QUALITY, VAGUE
from mufakat.engines.duplicates.model import InputError

HEADER = ["konsep", "jenis", "induk", "bobot", "bentuk"]
CLASSES = {"objek": OBJECT, "objek_lemah": VAGUE, "tindakan": ACTION, "sasaran": GROUP, "sifat": QUALITY}
OTHER = ("umum", "isyarat", "satuan", "nama")
DEFAULT_PRIOR = 5


def _beside(row: str) -> list[str]:
    return [row[max(0, i - 1) : i] + row[i + 1 : i + 2] for i in range(len(row))]


NEIGHBOURS = {
    key: near for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for key, near in zip(row, _beside(row), strict=True)
}
for _upper, _lower in zip("qwertyuiop", "asdfghjkl;", strict=True):
    NEIGHBOURS[_upper] += _lower
    NEIGHBOURS[_lower] = NEIGHBOURS.get(_lower, "") + _upper
for _upper, _lower in zip("asdfghj", "zxcvbnm", strict=True):
    NEIGHBOURS[_upper] += _lower
    NEIGHBOURS[_lower] += _upper


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning. `parent` is a wider concept (paving → jalan) or, for actions, the family."""

    name: str
    kind: int
    parent: str
    prior: int


@dataclass(slots=True)
class Dictionary:
    """Concepts, the forms that name them, and a spelling index of the single words."""

    concepts: list[Concept] = field(default_factory=list)
    forms: dict[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    cues: set[str] = field(default_factory=set)
    words: dict[str, int] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)
    _deletes: dict[str, list[str]] = field(default_factory=dict)

    def extend(self, lines: Iterable[str], *, origin: str) -> None:
        """Add the rows of a CSV with the header konsep,jenis,induk,bobot,bentuk; `#` starts a comment line.

        A known concept gets more forms. A form already taken keeps its first meaning, except that an action
        and an object may share one ("pavingisasi"). Raises InputError with the line number.
        """
        kept = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
        for number, line in kept:
            if line.startswith("#"):
                continue
            row = next(csv.reader([line]))
            if [cell.strip().lower() for cell in row] == HEADER:
                continue
            self._add_row(row, f"{origin} baris {number}")
        self._deletes.clear()

    def _add_row(self, row: Sequence[str], where: str) -> None:
        if len(row) != len(HEADER):
            raise InputError(f"{where}: kamus memerlukan lima kolom ({', '.join(HEADER)}), ditemukan {len(row)}.")
        name, kind, parent, weight, forms = (cell.strip() for cell in row)
        if kind not in CLASSES and kind not in OTHER:
            known = ", ".join((*CLASSES, *OTHER))
            raise InputError(f"{where}: jenis “{kind}” tidak dikenal. Gunakan salah satu dari: {known}.")
        if weight and not weight.isdigit():
            raise InputError(f"{where}: bobot “{weight}” bukan bilangan. Isi 1 sampai 9 atau kosongkan.")
        if kind in CLASSES and not name:
            raise InputError(f"{where}: kolom konsep kosong. Isi nama konsepnya.")
        concepts: tuple[int, ...] = ()
        if kind in CLASSES:
            concepts = (self._concept(name, CLASSES[kind], parent, int(weight or DEFAULT_PRIOR)),)
        for form in forms.lower().split("|"):
            self._add_form(form.strip(), kind, name, concepts)

    def _concept(self, name: str, kind: int, parent: str, prior: int) -> int:
        if name not in self._known:
            self._known[name] = len(self.concepts)
            self.concepts.append(Concept(name, kind, parent, prior))
        return self._known[name]

    def _add_form(self, form: str, kind: str, name: str, concepts: tuple[int, ...]) -> None:
        words = tuple(form.replace("-", " ").split())
        if not words:
            return
        if kind == "satuan":
            number = self.units.get(name) or len(set(self.units.values())) + 1
            self.units.setdefault(name, number)
            self.units.setdefault(form, number)
            return
        if kind == "nama":
            self.names.update(words)
            return
        if kind == "isyarat":
            self.cues.update(words)
        for word in words:
            self.words.setdefault(word, len(self.words))
        self.forms.setdefault(words, concepts)

    def concept_id(self, name: str) -> int:
        """Number of a concept, or -1."""
        return self._known.get(name, -1)

    def correct(self, word: str) -> str:
        """The known word this unknown one misspells, or "" when none is near enough.

        One edit from four letters on, two from eight; words of up to five letters only when the edit is one
        a keyboard explains. Ties go to the smaller distance, then the earlier entry.
        """
        size = len(word)
        if size < 4:
            return ""
        if not self._deletes:
            self._index_spelling()
        reach = 2 if size >= 8 else 1
        found = {near for cut in _cuts(word, reach) for near in self._deletes.get(cut, ())}
        ranked = sorted((OSA.distance(word, near), self.words[near], near) for near in found)
        for distance, _, near in ranked:
            if distance <= reach and _is_plausible(word, near, distance):
                return near
        return ""

    def _index_spelling(self) -> None:
        for word in self.words:
            if len(word) >= 4:
                for cut in _cuts(word, 2 if len(word) >= 8 else 1):
                    self._deletes.setdefault(cut, []).append(word)


def _cuts(word: str, reach: int) -> set[str]:
    """The word and every text left after deleting up to `reach` letters."""
    once = {word[:i] + word[i + 1 :] for i in range(len(word))}
    if reach == 1:
        return once | {word}
    return once | {cut[:i] + cut[i + 1 :] for cut in once for i in range(len(cut))} | {word}


def _is_plausible(word: str, near: str, distance: int) -> bool:
    if distance == 2:
        return min(len(word), len(near)) >= 8
    if len(near) < len(word) < 7 and len(near) < 6 and not _is_doubled(word, near):
        return False  # "ampar" is no slip for "apar": a short word with a foreign letter is another word
    if min(len(word), len(near)) >= 6 or len(word) != len(near):
        return len(near) >= 4 and (word[0] == near[0] or len(near) >= 5)
    changed = [(a, b) for a, b in zip(word, near, strict=True) if a != b]
    if len(changed) == 2:
        return True
    return changed[0][1] in NEIGHBOURS.get(changed[0][0], "")


def _is_doubled(word: str, near: str) -> bool:
    """Whether `word` is `near` with one letter typed twice or a neighbouring key caught along."""
    for i in range(len(word)):
        if word[:i] + word[i + 1 :] == near:
            beside = word[max(0, i - 1) : i] + word[i + 1 : i + 2]
            if any(c == word[i] or c in NEIGHBOURS.get(word[i], "") for c in beside):
                return True
    return False


@lru_cache(maxsize=1)
def _shipped_lines() -> tuple[str, ...]:
    return tuple(Path(__file__).with_name("kamus.csv").read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=1)
def shipped() -> Dictionary:
    """The dictionary that comes with the engine. Shared: do not extend it, see `extended`."""
    dictionary = Dictionary()
    dictionary.extend(_shipped_lines(), origin="kamus.csv")
    return dictionary


def extended(*, extra: Iterable[str], origin: str = "kamus tambahan") -> Dictionary:
    """The shipped dictionary with an office's own rows before it, so that the office's meaning wins."""
    dictionary = Dictionary()
    dictionary.extend(extra, origin=origin)
    dictionary.extend(_shipped_lines(), origin="kamus.csv")
    return dictionary
