"""Levels 1-5 of the default criteria (domain §2.6), only from what a sheet really states.

| criterion | weight | fact |
|---|---|---|
| mendesak | 25 | a column with levels |
| penerima manfaat | 20 | households, bands per bidang (Kab. Asahan 2019) |
| keberpihakan | 15 | a column with levels, else the vulnerable groups named |
| kesesuaian prioritas | 15 | a column with levels, else the regional priority named |
| kesiapan | 10 | a column with levels, else land status and documents stated |
| lintas wilayah | 10 | villages named in the proposal |
| swadaya | 5 | a column with levels, else a contribution stated |

What is not stated is absent here, and "tidak dinilai" in the papers; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mufakat.engines.nomenclature.table import words

if TYPE_CHECKING:
    from mufakat.engines.sheets.model import SheetRow


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: key, name in the papers, weight in whole points of 100, words of a level column."""

    key: str
    name: str
    weight: int
    headings: tuple[str, ...]
    basis: str
    bands: tuple[tuple[str, tuple[tuple[int | None, int], ...]], ...] = ()
    """Per bidang ("*" for the rest): up to how many households (None: all above) which level."""


_BANDS: tuple[tuple[str, tuple[tuple[int | None, int], ...]], ...] = (
    ("infrastruktur", ((9, 1), (20, 2), (30, 3), (40, 4), (None, 5))),
    ("*", ((19, 1), (40, 2), (60, 3), (80, 4), (None, 5))),
)
CRITERIA: tuple[Criterion, ...] = (
    Criterion("mendesak", "Mendesak dan keselamatan", 25, ("mendesak", "urgensi", "keselamatan"), "kolom tingkat"),
    Criterion(
        "penerima",
        "Jumlah penerima manfaat",
        20,
        ("penerima", "manfaat", "dampak"),
        "jumlah KK; pita menurut bidang: infrastruktur 10, 20, 30, 40; bidang lain 20, 40, 60, 80",
        _BANDS,
    ),
    Criterion(
        "keberpihakan",
        "Keberpihakan pada kelompok rentan",
        15,
        ("keberpihakan", "rentan", "miskin"),
        "kelompok yang disebut: tidak ada 1, satu 4, dua atau lebih 5",
    ),
    Criterion(
        "kesesuaian",
        "Kesesuaian dengan prioritas daerah",
        15,
        ("kesesuaian", "selaras", "keselarasan"),
        "prioritas daerah yang disebut: 5",
    ),
    Criterion(
        "kesiapan",
        "Kesiapan",
        10,
        ("kesiapan", "siap"),
        "lahan jelas dan dokumen disebut 5, salah satu 3, lahan bermasalah 1",
    ),
    Criterion(
        "lintas", "Lintas wilayah", 10, ("lintas",), "desa atau kelurahan yang disebut: satu 1, dua atau lebih 5"
    ),
    Criterion("swadaya", "Swadaya dan pemeliharaan", 5, ("swadaya", "pemeliharaan"), "swadaya disebut 4, tidak ada 1"),
)

_GROUPS = {
    "perempuan": ("perempuan", "wanita", "ibu hamil", "ibu", "pkk"),
    "anak": ("anak", "balita", "bayi", "remaja", "pelajar"),
    "lansia": ("lansia", "lanjut usia", "manula"),
    "difabel": ("difabel", "disabilitas", "penyandang", "cacat"),
    "miskin": ("miskin", "tidak mampu", "kurang mampu", "rtm", "gakin", "prasejahtera", "pra sejahtera", "dtks"),
}
_NONE_WORDS = {"", "tidak ada", "tidak", "tdk ada", "umum", "nihil", "semua warga", "seluruh warga", "warga"}
_LAND_BAD = (
    "sengketa", "perorangan", "perseorangan", "pribadi", "milik warga", "tanah warga", "belum bebas",
    "belum diserahkan", "belum serah terima", "psu belum", "milik swasta", "pt kai", "perhutani", "bumn",
    "belum ada lahan", "belum tersedia", "tidak ada lahan", "milik instansi lain", "wakaf belum",
)  # fmt: skip
_LAND_GOOD = (
    "pemda", "pemkab", "pemkot", "pemerintah", "aset desa", "tanah kas desa", "tkd", "milik desa", "kas desa",
    "fasum", "fasilitas umum", "jalan desa", "bersertifikat", "sertifikat", "hibah", "milik negara", "aset daerah",
    "tersedia", "siap", "ada", "diserahkan", "jelas", "clear", "tidak bermasalah", "kelurahan", "desa",
)  # fmt: skip


def levels(
    *, row: SheetRow, bidang: str, villages: tuple[str, ...], criteria: tuple[Criterion, ...] = CRITERIA
) -> dict[str, int]:
    """Level per criterion key for the criteria the row holds facts for.

    `bidang` is the key of the field (its bands), `villages` the names that make a proposal cross-village. Of
    `criteria` other than the house's own only a column with levels speaks.
    """
    stated = _stated_levels(row, criteria)
    derived = {
        "penerima": _households(row, bidang, criteria),
        "keberpihakan": _groups(row),
        "kesesuaian": 5 if row.target_priority.strip(" -–") else None,
        "kesiapan": _readiness(row),
        "lintas": 5 if len(villages_named(row, villages)) >= 2 else 1 if row.village else None,
        "swadaya": _contribution(row),
    }
    keys = {c.key for c in criteria}
    found = {key: level for key, level in derived.items() if level is not None and key in keys}
    return {**found, **stated}


def _stated_levels(row: SheetRow, criteria: tuple[Criterion, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for heading, level in row.levels:
        text = words(heading)
        for criterion in criteria:
            if any(f" {word}" in text for word in criterion.headings):
                found.setdefault(criterion.key, level)
                break
    return found


def _households(row: SheetRow, bidang: str, criteria: tuple[Criterion, ...]) -> int | None:
    if row.households is None:
        return None
    own = next((c.bands for c in criteria if c.key == "penerima"), ())
    bands = dict(own or _BANDS)
    steps = bands.get(bidang or "infrastruktur", bands["*"])
    return next(level for most, level in steps if most is None or row.households <= most)


def _groups(row: SheetRow) -> int | None:
    text = words(row.groups)
    if not text.strip():
        return None
    named = sum(any(f" {word} " in text for word in group) for group in _GROUPS.values())
    if named:
        return 5 if named > 1 else 4
    return 1 if text.strip() in _NONE_WORDS else None


def land_problem(row: SheetRow) -> str:
    """The words of the land status that keep a proposal from being eligible (domain §2.7, question 6), else empty."""
    return land_fault(row.land_status)


def land_fault(land_status: str) -> str:
    """The same for a land status alone."""
    text = words(land_status)
    return next((word for word in _LAND_BAD if f" {word} " in text), "")


def _readiness(row: SheetRow) -> int | None:
    if land_problem(row):
        return 1
    text = words(row.land_status)
    has_land = any(f" {word} " in text for word in _LAND_GOOD)
    documents = words(row.documents).strip()
    has_documents = documents not in _NONE_WORDS and not documents.startswith(("belum", "tidak"))
    if not text.strip() and not words(row.documents).strip():
        return None
    return 5 if has_land and has_documents else 3 if has_land or has_documents else 1


def _contribution(row: SheetRow) -> int | None:
    text = words(row.swadaya).strip()
    if not text:
        return None
    return 1 if text in _NONE_WORDS or text in ("0", "rp 0") or text.startswith(("tidak", "belum")) else 4


def villages_named(row: SheetRow, villages: tuple[str, ...]) -> tuple[str, ...]:
    """Villages a proposal reaches: its own, and those title or location name after "desa", "kelurahan" or a dash."""
    own = row.village.name if row.village else ""
    named = {own} if own else set()
    text = f"{row.title} {row.location} {row.village_text}"
    named.update(_canonical(villages)[m.lower()] for m in _pattern(villages).findall(text) if m.lower() != own.lower())
    return tuple(sorted(named))


@lru_cache(maxsize=8)
def _canonical(villages: tuple[str, ...]) -> dict[str, str]:
    return {name.lower(): name for name in villages}


@lru_cache(maxsize=8)
def _pattern(villages: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(villages, key=len, reverse=True))
    if not names:
        return re.compile(r"$^")
    lead = r"(?:\b(?:desa|ds\.?|kelurahan|kel\.?|dan|dengan|sampai|hingga|menuju|ke)\s+|[-–—/,]\s*)"
    return re.compile(rf"{lead}({names})\b", re.IGNORECASE)
