"""Which column holds what: headings matched against the alias table, two-row headings joined."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

_WORD = re.compile(r"[a-z0-9]+")
_SCALE = ((re.compile(r"\b(ribuan|000|ribu)\b"), 1000), (re.compile(r"\b(jutaan|juta)\b"), 10**6))
_NOISE = re.compile(r"\((?:[^)]*)\)")
KEY_FIELDS = frozenset({"title", "problem"})


def folded(text: str) -> str:
    """Lower-case words between single spaces."""
    return " ".join(_WORD.findall(text.lower()))


@cache
def aliases() -> dict[str, str]:
    """Alias → field, from `data/kolom.toml`."""
    text = resources.files("mufakat.engines.sheets").joinpath("data/kolom.toml").read_text(encoding="utf-8")
    table: dict[str, str] = {}
    for name, words in tomllib.loads(text).items():
        for word in words:
            table.setdefault(folded(word), name)
    return table


@lru_cache(maxsize=4096)
def field_of(head: str) -> str:
    """The field a heading names, empty when none: the exact alias, else the longest alias contained as whole words."""
    if not head or len(head) > 90:
        return ""
    bare = folded(_NOISE.sub(" ", head))
    whole = folded(head)
    table = aliases()
    for key in (bare, whole, re.sub(r" (rp|idr)$", "", whole)):
        if key in table:
            return table[key]
    if len(bare.split()) > 7:
        return ""
    padded = f" {bare} "
    found = [a for a in table if len(a) > 2 and f" {a} " in padded]
    return table[max(found, key=lambda a: (len(a), -padded.find(f" {a} ")))] if found else ""


def multiplier_of(text: str, *, is_heading: bool = False) -> int:
    """1000 for "(dalam ribuan)", "(Rp. 000)" or "(x 1.000)", 1,000,000 for "juta", else 1.

    In running text above a table the words "dalam …" are needed; in a heading of money "(juta)" is enough.
    """
    bare = folded(text)
    if re.search(r"\b(rp|x|kali) 1 000 000\b", bare):
        return 10**6
    if re.search(r"\b(rp|x|kali) 1 000\b", bare):
        return 1000
    if not is_heading and not re.search(r"\bdalam\b|\brp 000\b", bare):
        return 1
    return next((scale for pattern, scale in _SCALE if pattern.search(bare)), 1)


@dataclass(slots=True)
class Header:
    """A table's head: first data row (index), field → column, headings by column, the factor of money."""

    first: int
    columns: dict[str, int]
    heads: dict[int, str]
    multiplier: int = 1
    levels: dict[int, str] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """How many fields were recognised."""
        return len(self.columns)


def text_of(cell: object) -> str:
    """A cell as trimmed text; whole floats without their point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def header_at(
    rows: tuple[tuple[object, ...], ...], at: int, merges: tuple[tuple[int, int, int, int], ...]
) -> Header | None:
    """The header that begins at row `at`, joined with a second line where it has one; None when it is none."""
    top = _spread(rows, at, merges)
    if sum(bool(t) for t in top) < 2 or any(len(t) > 110 for t in top):
        return None
    single = _header(top, [""] * len(top), at + 1)
    double = None
    if at + 1 < len(rows):
        below = [text_of(c) for c in rows[at + 1]]
        if _is_second_line(top, below):
            double = _header(top, below, at + 2)
    best = double if double and double.score >= max(2, single.score if single else 0) else single
    return best if best and _is_header(best) else None


def _is_header(header: Header) -> bool:
    named = set(header.columns)
    return len(named) >= 2 and bool(named & KEY_FIELDS)


def _spread(rows: tuple[tuple[object, ...], ...], at: int, merges: tuple[tuple[int, int, int, int], ...]) -> list[str]:
    texts = [text_of(c) for c in rows[at]]
    width = max((len(r) for r in rows[at : at + 3]), default=0)
    texts += [""] * (width - len(texts))
    for top, left, bottom, right in merges:
        if top <= at <= bottom and left < len(texts):
            source = text_of(rows[top][left]) if top < len(rows) and left < len(rows[top]) else ""
            for column in range(left, min(right + 1, len(texts))):
                texts[column] = texts[column] or source
    return texts


def _is_second_line(top: list[str], below: list[str]) -> bool:
    """Short words only, no figures beyond column numbers, and something under a group or beside an empty head."""
    filled = [b for b in below if b]
    if not filled or any(len(b) > 40 or re.search(r"\d{3,}", b) for b in filled):
        return False
    if all(re.fullmatch(r"\(?\d+\)?", b) for b in filled):
        return False
    known = sum(
        folded(_NOISE.sub(" ", b)) in aliases() or b.lower().strip(".()") in ("rp", "jumlah", "satuan", "l", "p")
        for b in filled
    )
    return known * 2 >= len(filled)


def _header(top: list[str], below: list[str], first: int) -> Header | None:
    columns: dict[str, int] = {}
    heads: dict[int, str] = {}
    levels: dict[int, str] = {}
    multiplier, group = 1, ""
    below = below + [""] * (len(top) - len(below))
    for index in range(max(len(top), len(below))):
        upper, lower = (top[index] if index < len(top) else ""), below[index]
        group = upper or (group if lower else "")
        head = f"{group} {lower}".strip() if lower and group != lower else (upper or lower)
        if not head:
            continue
        name = _joined_field(group, lower) if lower else field_of(upper)
        heads[index] = head
        if name == "levels":
            levels[index] = head
        elif name and name not in columns:
            columns[name] = index
            if name in ("value", "unit_price"):
                multiplier = max(multiplier, multiplier_of(head, is_heading=True))
    _settle(columns, heads)
    return Header(first, columns, heads, multiplier, levels) if columns else None


def _joined_field(group: str, lower: str) -> str:
    above = field_of(group)
    bare = folded(lower)
    if above == "volume" and bare in ("jumlah", "vol", "volume", "banyak", "angka", "besaran", "nilai"):
        return "volume"
    if above == "value" and bare in ("rp", "jumlah", "biaya", "rupiah", "total", "jumlah rp", "nilai", ""):
        return "value"
    if above == "value" and bare in ("sumber", "sumber dana"):
        return "ignored"
    return field_of(lower) or field_of(f"{group} {lower}") or above


def _settle(columns: dict[str, int], heads: dict[int, str]) -> None:
    """What a bare "Jumlah" means beside other columns, and which column serves as title when none is named so."""
    if "title" not in columns and "program" in columns and "problem" not in columns:
        columns["title"] = columns.pop("program")
    sums = [i for i, head in heads.items() if folded(_NOISE.sub(" ", head)) in ("jumlah", "jml", "jumlah rp")]
    unit = columns.get("unit")
    if "volume" not in columns and unit is not None and unit - 1 in sums:
        columns["volume"] = unit - 1
    later = [i for i in sums if i != columns.get("volume") and i > max(unit or 0, columns.get("volume", 0))]
    if "value" not in columns and later:
        columns["value"] = later[-1]


def is_column_numbers(texts: list[str]) -> bool:
    """A row "(1) (2) (3)…" or 1, 2, 3…"""
    digits = [re.fullmatch(r"\(?\s*(\d{1,2})(?:\s*[=x×+]\s*[\dx×=+() ]+)?\s*\)?[a-z]?", t) for t in texts if t]
    if len(digits) < 3 or not all(digits):
        return False
    numbers = [int(d[1]) for d in digits if d]
    return all(b - a in (0, 1, 2) for a, b in pairwise(numbers)) and numbers[0] <= 2
