"""The year's dates against one another (rules 1, 5, 6, 7). No database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from mufakat.core.errors import Sentence
from mufakat.drafting.criteria import LEVELS, CriteriaRefused, criteria_of

LAST_USUAL = (2, 14)
"""Forums of the kecamatan are over by the second week of February (Permendagri 86/2017)."""


class EffectKind(StrEnum):
    """What a row of a sheet does to the kamus."""

    NEW = "baru"
    CHANGED = "berubah"
    SAME = "sama"


class KamusFault(StrEnum):
    """What keeps a sheet of the kamus from being taken, with the way out."""

    NO_HEADING = (
        "Baris judul kolom tidak ditemukan. Pakai kolom Nama usulan dan Satuan; unduh lembar yang ada sebagai contoh."
    )
    EMPTY = "Tidak ada baris di bawah judul kolom. Isi paling sedikit satu jenis usulan."
    TOO_MANY = "Lebih dari 5.000 baris. Bagi menjadi beberapa lembar."
    NO_NAME = "Nama usulan kosong. Isi namanya, atau hapus barisnya."
    NO_UNIT = "Satuan kosong. Isi satuannya, misalnya meter."
    NO_PRICE = "Harga bukan rupiah bulat. Tulis satu angka, misalnya 150.000, atau kosongkan."
    TOO_LONG = "Isian terlalu panjang. Singkatkan: nama dan perangkat daerah 160 huruf, satuan 20 huruf."
    NOT_YES_OR_NO = "Ditawarkan diisi ya atau tidak."
    REPEATED = "Nama ini sudah ada pada baris lain. Pakai satu baris bagi satu nama."


class Proof(StrEnum):
    """What shows that a group may receive goods (rule 41; UU 23/2014 pasal 298 ayat 5)."""

    ENTITY = "badan_hukum"
    REGISTERED = "terdaftar"
    RECOGNISED = "diakui"


@dataclass(frozen=True, slots=True)
class Windows:
    """When villages submit, repair what was returned, and when the regency meets; local time."""

    plan_year: int
    opens_at: datetime
    closes_at: datetime
    returned_until: datetime
    regency_forum_day: date | None

    @property
    def forum_year(self) -> int:
        """Forums are held in n-1 (rule 1)."""
        return self.plan_year - 1


def faults_in(windows: Windows) -> tuple[str, ...]:
    """What keeps the windows from being saved, each as a sentence with the way out."""
    day = windows.regency_forum_day
    checks = {
        "Batas pengajuan harus sesudah pembukaan. Perbaiki tanggalnya.": windows.closes_at > windows.opens_at,
        "Batas melengkapi harus sesudah batas pengajuan. Perbaiki tanggalnya.": windows.returned_until
        >= windows.closes_at,
        "Musrenbang kabupaten harus jatuh pada tahun n-1, tahun pelaksanaan forum. Perbaiki tanggalnya.": day is None
        or day.year == windows.forum_year,
        "Pengajuan harus ditutup sebelum atau pada tahun n-1. Perbaiki tahunnya.": windows.closes_at.year
        <= windows.forum_year,
    }
    return tuple(sentence for sentence, holds in checks.items() if not holds)


def warnings_about(windows: Windows) -> tuple[str, ...]:
    """What is accepted, and stays said on the page (rules 5, 6)."""
    last = date(windows.forum_year, *LAST_USUAL)
    day = windows.regency_forum_day
    checks = {
        "Pengajuan ditutup sesudah pekan kedua Februari, saat forum kecamatan lazimnya sudah selesai.": windows.closes_at.date()
        <= last,
        "Batas melengkapi jatuh sesudah musrenbang kabupaten; hasilnya tidak sempat dibahas.": day is None
        or windows.returned_until.date() <= day,
        "Tanggal musrenbang kabupaten belum diisi; forum kecamatan belum dapat diperiksa terhadapnya.": day is not None,
    }
    return tuple(sentence for sentence, holds in checks.items() if not holds)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One criterion as Bappeda sets it: its key, name, whole weight, and the words of levels 1 … 5."""

    key: str
    name: str
    weight: int
    anchors: tuple[str, ...]


def rows_of(criteria: Iterable[Weighed], bands: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The criteria in the form of the ranking engine's presets. Raises CriteriaRefused (rule 60)."""
    rows: list[dict[str, Any]] = [
        {"key": c.key, "name": c.name.strip(), "weight": c.weight}
        | {"anchors": {str(level): text.strip() for level, text in zip(LEVELS, c.anchors, strict=True)}}
        | ({"bands": bands[c.key]} if bands.get(c.key) else {})
        for c in criteria
    ]
    blank = [r["name"] or r["key"] for r in rows if not r["name"] or not all(r["anchors"].values())]
    if blank:
        raise CriteriaRefused(
            Sentence("Isi nama dan kelima tingkat kriteria %(names)s; tidak boleh kosong.", names=tuple(blank))
        )
    criteria_of({"criteria": rows})
    return rows
