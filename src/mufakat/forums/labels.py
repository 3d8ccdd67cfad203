"""Words of the forum for screens and papers."""

from __future__ import annotations

from mufakat.forums.rules import Agreement, Element, Method
from mufakat.forums.states import DelegateState, ForumState

ELEMENTS: dict[Element, str] = {
    Element.VILLAGE_HEADS: "Kepala desa dan lurah",
    Element.VILLAGE_DELEGATES: "Delegasi desa/kelurahan",
    Element.LKMK: "LKMK/LPMD",
    Element.BPD: "BPD",
    Element.WOMEN: "PKK dan kelompok perempuan",
    Element.YOUTH: "Pemuda",
    Element.DISABILITY: "Penyandang disabilitas",
    Element.DPRD: "DPRD daerah pemilihan",
    Element.BAPPEDA: "Bappeda",
    Element.AGENCIES: "Perangkat daerah/UPT",
    Element.FORKOPIMCAM: "Forkopimcam",
    Element.COMMUNITY: "Tokoh masyarakat",
    Element.OTHER: "Unsur lain",
}
AGREEMENTS: dict[Agreement, str] = {
    Agreement.PRINCIPLES: "Prinsip musyawarah",
    Agreement.TATA_TERTIB: "Tata tertib",
    Agreement.CRITERIA: "Kriteria prioritas",
    Agreement.GROUPS: "Pembagian kelompok",
}
METHODS: dict[Method, str] = {
    Method.CONSENSUS: "musyawarah mufakat",
    Method.ACCLAMATION: "aklamasi",
    Method.VOTE: "pemungutan suara",
}
STATES: dict[ForumState, str] = {
    ForumState.SCHEDULED: "Dijadwalkan",
    ForumState.PREPARING: "Persiapan",
    ForumState.READY: "Siap",
    ForumState.IN_SESSION: "Berlangsung",
    ForumState.PLENARY: "Pleno",
    ForumState.MINUTES_ISSUED: "Berita Acara terbit",
    ForumState.SIGNED: "Ditandatangani",
    ForumState.LOCKED: "Dikunci",
    ForumState.POSTPONED: "Ditunda",
    ForumState.CANCELLED: "Dibatalkan",
}
DELEGATES: dict[DelegateState, str] = {
    DelegateState.NOMINATED: "Dicalonkan",
    DelegateState.WILLING: "Bersedia",
    DelegateState.ELECTED: "Terpilih",
    DelegateState.MANDATED: "Dimandatkan",
    DelegateState.REPORTED: "Melapor",
}
DEFAULT_AGENDA: tuple[tuple[str, int, str], ...] = (
    ("Registrasi dan pembagian bahan", 30, "Tim Penyelenggara"),
    ("Pembukaan, lagu kebangsaan, doa", 15, "Pembawa acara"),
    ("Laporan panitia dan sambutan", 30, "Camat"),
    ("Pengesahan tata tertib, jadwal, dan pimpinan sidang", 15, "Pemandu"),
    ("Paparan arah RKPD, pagu, dan tindak lanjut tahun lalu", 30, "Bappeda"),
    ("Paparan perangkat daerah dan Rancangan Rencana Pembangunan Kecamatan", 45, "Perangkat daerah, camat"),
    ("Pemeriksaan daftar usulan oleh delegasi desa/kelurahan", 30, "Tim dan delegasi"),
    ("Sidang kelompok", 90, "Pemandu kelompok"),
    ("Istirahat, salat, makan", 45, ""),
    ("Sidang pleno: laporan kelompok dan penyepakatan prioritas", 60, "Pimpinan sidang"),
    ("Pemilihan delegasi", 20, "Pemandu"),
    ("Pembacaan dan penandatanganan Berita Acara, penutup", 20, "Pimpinan sidang"),
)
"""A kecamatan's default day (domain §2.4): order of the SEB 2007, durations in minutes."""
