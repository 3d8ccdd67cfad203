"""What a proposal needs before it may be submitted (rules 15, 18, 27)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import snowballstemmer

SHORTEST_PROBLEM = 20
LONGEST_STEM = 40
_STEMMER = snowballstemmer.stemmer("indonesian")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a village writes; money in whole rupiah, empty text for what is not stated."""

    title: str
    problem: str = ""
    location: str = ""
    rt: str = ""
    rw: str = ""
    volume: Decimal | None = None
    unit: str = ""
    unit_price: int | None = None
    value: int | None = None
    """Only without a unit price; with one it is computed (rule 18)."""
    households: int | None = None
    groups: str = ""
    land_status: str = ""
    recipient: str = ""
    agency: str = ""
    priority: int | None = None

    @property
    def worth(self) -> int | None:
        """Volume × unit price rounded half up to whole rupiah (rule 18), else the stated value."""
        if self.volume is None or self.unit_price is None:
            return self.value
        return int((self.volume * self.unit_price).quantize(Decimal(1), ROUND_HALF_UP))


def missing_for_submission(draft: Draft) -> tuple[str, ...]:
    """Every sentence about what is missing, in the order of the form (rule 15, all set to block)."""
    checks = {
        "Isi judul usulan.": bool(draft.title.strip()),
        f"Jelaskan masalahnya, paling sedikit {SHORTEST_PROBLEM} huruf.": len(draft.problem.strip())
        >= SHORTEST_PROBLEM,
        "Isi lokasi.": bool(draft.location.strip()),
        "Volume harus lebih dari 0. Contoh: 120,5.": draft.volume is not None and draft.volume > 0,
        "Isi satuan, misalnya meter.": bool(draft.unit.strip()),
    }
    return tuple(sentence for sentence, is_there in checks.items() if not is_there)


def position(*, plan_year: int, kecamatan: str, number: int) -> int:
    """One whole number by which every list is ordered: later years first, then kecamatan by code, then number."""
    return (9999 - plan_year) * 10**12 + int(kecamatan.replace(".", "")) * 10**6 + number


def words(text: str) -> tuple[str, ...]:
    """The words of a text in order, small and without accents: letters and digits only."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return tuple(re.findall("[a-z0-9]+", plain))


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words, each once, in order of their first place: "perbaikan jalan" → "baik", "jalan".

    Snowball's Indonesian stemmer in Python, so that both databases answer a search alike.
    """
    return tuple(dict.fromkeys(_stem(word)[:LONGEST_STEM] for word in words(text)))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))
