"""The words of the papers: results, reason codes (domain §4.5), authority classes."""

from __future__ import annotations

from enum import StrEnum


class Result(StrEnum):
    """What becomes of a proposal; only `disepakati` counts against the pagu."""

    DISEPAKATI = "disepakati"
    CADANGAN = "cadangan"
    BELUM_DISEPAKATI = "belum_disepakati"
    KEWENANGAN_DESA = "kewenangan_desa"
    KEWENANGAN_KELURAHAN = "kewenangan_kelurahan"
    DITERUSKAN_SUPRA = "diteruskan_supra"
    TERTOLAK_IMPOR = "tertolak_impor"


RESULT_LABELS: dict[Result, str] = {
    Result.DISEPAKATI: "Disepakati",
    Result.CADANGAN: "Cadangan",
    Result.BELUM_DISEPAKATI: "Belum disepakati",
    Result.KEWENANGAN_DESA: "Kewenangan desa",
    Result.KEWENANGAN_KELURAHAN: "Kewenangan kelurahan",
    Result.DITERUSKAN_SUPRA: "Diteruskan (supra)",
    Result.TERTOLAK_IMPOR: "Tertolak impor",
}

DRAFT_LABELS: dict[Result, str] = {
    **RESULT_LABELS,
    Result.DISEPAKATI: "Diusulkan disepakati",
    Result.CADANGAN: "Diusulkan cadangan",
    Result.BELUM_DISEPAKATI: "Diusulkan belum disepakati",
    Result.DITERUSKAN_SUPRA: "Diusulkan diteruskan (supra)",
}
"""Before the forum nothing is agreed: the same results as proposals (rule 119)."""

DECIDABLE: tuple[Result, ...] = tuple(r for r in Result if r is not Result.TERTOLAK_IMPOR)
"""Results a forum may give; the import's refusal is not the forum's."""


class Reason(StrEnum):
    """Reason codes of domain §4.5, with BIAYA (no value), KEW-KEL and IMPOR added."""

    DUP = "DUP"
    WIL = "WIL"
    KEW_DESA = "KEW-DESA"
    KEW_KEL = "KEW-KEL"
    KEW_PROV = "KEW-PROV"
    KEW_PUSAT = "KEW-PUSAT"
    OPD = "OPD"
    DOK = "DOK"
    LAHAN = "LAHAN"
    HUKUM = "HUKUM"
    RTRW = "RTRW"
    SELARAS = "SELARAS"
    PAGU = "PAGU"
    BIAYA = "BIAYA"
    SUDAH = "SUDAH"
    TEKNIS = "TEKNIS"
    IMPOR = "IMPOR"
    LAIN = "LAIN"


REASON_LABELS: dict[Reason, str] = {
    Reason.DUP: "Usulan ganda",
    Reason.WIL: "Lokasi keliru",
    Reason.KEW_DESA: "Kewenangan desa",
    Reason.KEW_KEL: "Kewenangan kelurahan",
    Reason.KEW_PROV: "Kewenangan provinsi",
    Reason.KEW_PUSAT: "Kewenangan pusat",
    Reason.OPD: "Perangkat daerah keliru",
    Reason.DOK: "Dokumen belum lengkap",
    Reason.LAHAN: "Status lahan atau aset",
    Reason.HUKUM: "Penerima belum memenuhi syarat",
    Reason.RTRW: "Tidak sesuai tata ruang",
    Reason.SELARAS: "Tidak selaras prioritas daerah",
    Reason.PAGU: "Melebihi pagu",
    Reason.BIAYA: "Belum ada nilai",
    Reason.SUDAH: "Sudah dianggarkan atau dibangun",
    Reason.TEKNIS: "Tidak layak teknis",
    Reason.IMPOR: "Baris tidak dapat dipakai",
    Reason.LAIN: "Lain-lain",
}

AUTHORITY_LABELS: dict[str, str] = {
    "desa": "Kewenangan desa",
    "kelurahan": "Kewenangan kelurahan",
    "kabupaten": "Kewenangan kabupaten/kota",
    "provinsi": "Kewenangan provinsi",
    "pusat": "Kewenangan pusat",
}
NOT_ASSESSED = "tidak dinilai"
NOT_MAPPED = "belum dipetakan"
