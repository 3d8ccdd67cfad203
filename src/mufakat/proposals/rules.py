"""What a proposal needs before it may be submitted, and what follows from its kamus (rules 15, 17, 18, 21, 26, 27)."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Protocol
from uuid import UUID

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
    latitude: Decimal | None = None
    longitude: Decimal | None = None
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
    kamus: UUID | None = None
    """The kamus entry it was chosen from; None is a direct proposal (rule 21)."""
    people: int | None = None
    men: int | None = None
    women: int | None = None

    @property
    def point(self) -> str:
        """The place in degrees as maps write it: "-7.168912, 112.635201"; empty where it is not given."""
        return "" if self.latitude is None else f"{self.latitude:.6f}, {self.longitude:.6f}"

    @property
    def worth(self) -> int | None:
        """Volume × unit price rounded half up to whole rupiah (rule 18), else the stated value."""
        if self.volume is None or self.unit_price is None:
            return self.value
        return int((self.volume * self.unit_price).quantize(Decimal(1), ROUND_HALF_UP))


def missing_for_submission(draft: Draft, *, needs_kamus: bool = False) -> tuple[str, ...]:
    """Every sentence about what is missing, in the order of the form (rule 15, all set to block).

    `needs_kamus` is whether the cycle takes proposals from the kamus only (rule 21).
    """
    problem_is_told = len(draft.problem.strip()) >= SHORTEST_PROBLEM
    checks = {
        "Isi judul usulan.": bool(draft.title.strip()),
        NEEDS_KAMUS: draft.kamus is not None or not needs_kamus,
        "Jelaskan masalahnya, paling sedikit 20 huruf.": problem_is_told,
        "Isi lokasi.": bool(draft.location.strip()),
        "Volume harus lebih dari 0. Contoh: 120,5.": draft.volume is not None and draft.volume > 0,
        "Isi satuan, misalnya meter.": bool(draft.unit.strip()),
    }
    return tuple(sentence for sentence, is_there in checks.items() if not is_there)


class Part(StrEnum):
    """A step of the form, and what a return opens again."""

    KIND = "jenis"
    PROBLEM = "masalah"
    PLACE = "lokasi"
    VOLUME = "volume"
    PEOPLE = "penerima"
    LAND = "lahan"
    AGENCY = "pelaksana"


COLUMNS: dict[Part, tuple[str, ...]] = {
    Part.KIND: ("title", "kamus_id"),
    Part.PROBLEM: ("problem",),
    Part.PLACE: ("location", "rt", "rw", "latitude", "longitude"),
    Part.VOLUME: ("volume_requested", "unit", "value_requested"),
    Part.PEOPLE: ("households", "people", "people_men", "people_women", "groups"),
    Part.LAND: ("land_status",),
    Part.AGENCY: ("agency_requested", "recipient"),
}
"""Columns of each part."""


NEEDS_KAMUS = "Pilih jenis usulan dari kamus; tahun ini usulan di luar kamus tidak diterima."
ALWAYS_NEEDED = ("Isi judul usulan.", NEEDS_KAMUS)
"""What blocks even where a cycle accepts the rest as "belum lengkap"."""
UNBALANCED = "Jumlah laki-laki dan perempuan harus sama dengan jumlah jiwa. Perbaiki salah satunya."


def advised_for_submission(draft: Draft) -> tuple[str, ...]:
    """What may be left out, but makes a return likely."""
    checks = {
        "Jumlah penerima manfaat belum diisi.": draft.households is not None or draft.people is not None,
        "Status lahan belum diisi.": bool(draft.land_status.strip()),
        "Perangkat daerah belum diisi; kecamatan yang menentukan.": bool(draft.agency.strip()),
    }
    return tuple(sentence for sentence, is_there in checks.items() if not is_there)


def is_balanced(draft: Draft) -> bool:
    """Whether men and women add up to the people named, where all three are given (rule 26)."""
    if draft.people is None or draft.men is None or draft.women is None:
        return True
    return draft.men + draft.women == draft.people


LARGEST_VOLUME, LARGEST_WORTH = Decimal(10**11), 10**15
"""Bounds (not included) of what a proposal may ask for; papers write no larger sums in words."""


def is_beyond(draft: Draft) -> bool:
    """Whether volume or worth is larger than any proposal's can be."""
    return (draft.volume or 0) >= LARGEST_VOLUME or (draft.worth or 0) >= LARGEST_WORTH


@dataclass(frozen=True, slots=True)
class Entry:
    """A kamus entry as the rules read it."""

    unit: str
    unit_price: int | None
    agency: str


def priced(draft: Draft, *, entry: Entry | None, price: int | None) -> Draft:
    """The draft with unit, unit price and agency of its kamus entry; a village never types a price (rules 17, 21).

    Without an entry `price` stands: what came with an imported sheet, else none.
    """
    if entry is None:
        return replace(draft, unit_price=price)
    # The sum follows from volume and price; a typed one stands only where the entry has no price.
    value = None if entry.unit_price is not None else draft.value
    agency = entry.agency or draft.agency
    return replace(draft, unit=entry.unit, unit_price=entry.unit_price, agency=agency, value=value)


def moved(order: list[UUID], key: UUID, place: int) -> list[UUID]:
    """A village's own order with one proposal put at `place` (1…n, drawn to the nearest end)."""
    rest = [other for other in order if other != key]
    at = min(max(place, 1), len(order)) - 1
    return [*rest[:at], key, *rest[at:]]


class Placed(Protocol):
    """What says where a proposal is: a draft, or a stored one."""

    @property
    def title(self) -> str: ...
    @property
    def location(self) -> str: ...
    @property
    def rt(self) -> str: ...
    @property
    def rw(self) -> str: ...
    @property
    def latitude(self) -> Decimal | None: ...
    @property
    def longitude(self) -> Decimal | None: ...


def whereabouts(placed: Placed) -> tuple[str, ...]:
    """Place, RT and RW as a reader wants them: a number that the place names already is not said again."""
    rt = f"RT {placed.rt}" if placed.rt and not _RT.search(placed.location) else ""
    rw = f"RW {placed.rw}" if placed.rw and not _RW.search(placed.location) else ""
    return tuple(part for part in (placed.location, rt, rw) if part)


@dataclass(frozen=True, slots=True)
class Spot:
    """The RT and RW that a proposal names; empty where it names none."""

    rt: frozenset[int]
    rw: frozenset[int]


def spot_of(draft: Placed) -> Spot:
    """RT and RW from their fields, else from place and title."""
    text = f"{draft.location} {draft.title}"
    found = (draft.rt or " ".join(_RT.findall(text)), draft.rw or " ".join(_RW.findall(text)))
    return Spot(*(frozenset(int(n) for n in re.findall("[0-9]{1,3}", part)) for part in found))


_RT, _RW = (re.compile(rf"\b{name}\.?\s*0*([0-9]{{1,3}})\b", re.IGNORECASE) for name in ("rt", "rw"))
BY_RULE = "Jenis atau judulnya sama, dan tempatnya sama."
"""What is said of two proposals that are alike by rule 29 itself."""
NEAR = 100
"""Metres within which two proposals may mean the same place."""


def is_same_place(first: Placed, second: Placed) -> bool | None:
    """Whether two places are within NEAR metres, or share RT and RW; None where the two cannot be compared (rule 29)."""
    if first.latitude is not None and second.latitude is not None:
        return _metres(first, second) <= NEAR
    here, there = spot_of(first), spot_of(second)
    if here.rw and there.rw and not here.rw & there.rw:
        return False
    if here.rt and there.rt:
        return bool(here.rt & there.rt)
    return None if here.rt or there.rt or not (here.rw and there.rw) else True


def _metres(first: Placed, second: Placed) -> float:
    """Distance on a plane of degrees: exact enough for a hundred metres near the equator."""
    assert first.latitude is not None and first.longitude is not None
    assert second.latitude is not None and second.longitude is not None
    north = float(first.latitude - second.latitude)
    east = float(first.longitude - second.longitude) * math.cos(math.radians(float(first.latitude)))
    return math.hypot(north, east) * 111_195


def has_like_title(first: str, second: str) -> bool:
    """Whether two titles share at least two thirds of their stems, RT, RW and numbers left out."""
    one, other = (frozenset(s for s in stems(t) if s not in ("rt", "rw") and not s.isdigit()) for t in (first, second))
    return bool(one & other) and 3 * len(one & other) >= 2 * len(one | other)


def joined(into: Draft, gone: Draft) -> Draft:
    """`into` with what `gone` says laid into it: places and problems one after the other, volumes of one unit added.

    The numbers of people stay as `into` has them, for the same people may stand in both; blanks are filled.
    """
    is_one_unit = into.unit.strip().casefold() == gone.unit.strip().casefold()
    is_added = into.volume is not None and gone.volume is not None and is_one_unit
    value = None if into.value is None and gone.value is None else (into.value or 0) + (gone.value or 0)
    has_people = (into.people, into.men, into.women) != (None, None, None)
    return replace(
        into,
        location=_both(into.location, gone.location, "; ")[:240],
        problem=_both(into.problem, gone.problem, "\n"),
        rt=_all_of(into.rt, gone.rt),
        rw=_all_of(into.rw, gone.rw),
        volume=(into.volume or Decimal(0)) + (gone.volume or Decimal(0)) if is_added else into.volume,
        value=value if is_added else into.value,
        households=gone.households if into.households is None else into.households,
        people=into.people if has_people else gone.people,
        men=into.men if has_people else gone.men,
        women=into.women if has_people else gone.women,
        groups=into.groups or gone.groups,
        land_status=into.land_status or gone.land_status,
    )


def _both(first: str, second: str, between: str) -> str:
    parts = dict.fromkeys(text.strip() for text in (first, second) if text.strip())
    return between.join(parts)


def _all_of(first: str, second: str) -> str:
    """Both RT or RW where they fit their field; else the first."""
    both = _both(first, second, ", ")
    return both if len(both) <= 10 else first


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
