"""Words of the forum for screens and papers."""

from __future__ import annotations

from enum import StrEnum

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
    ForumState.SUSPENDED: "Sidang diskors",
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
PRINCIPLES: dict[str, str] = {
    "kesetaraan": "Kesetaraan: perempuan dan laki-laki, miskin dan kaya, muda dan tua sama haknya berbicara dan didengar",
    "dialogis": "Musyawarah dialogis: keputusan lahir dari pertukaran alasan, bukan dari daftar yang dibacakan",
    "anti_dominasi": "Anti-dominasi: tidak seorang pun mengarahkan hasil sendirian",
    "keberpihakan": "Keberpihakan: yang paling jarang didengar dibantu berbicara",
    "anti_diskriminasi": "Anti-diskriminasi: tidak seorang pun dikecualikan",
    "holistik": "Pembangunan holistik: untuk seluruh kecamatan, bukan satu sektor atau satu desa",
}
"""The six principles of the guide, each with what it asks (domain §2.11)."""
TATA_TERTIB: dict[str, str] = {
    "bicara": "Setiap peserta berbicara setelah diberi giliran oleh pemandu, bergantian antara perempuan dan laki-laki",
    "mufakat": "Keputusan diambil dengan musyawarah mufakat; bila tidak tercapai, dengan pemungutan suara",
    "suara": "Yang bersuara adalah peserta berhak suara yang tercatat hadir",
    "blok": "Usulan tanpa tanggapan dibacakan sebagai blok; setiap desa atau kelurahan boleh menarik usulan dari blok",
    "alasan": "Setiap usulan memperoleh hasil; hasil selain disepakati disertai alasan",
    "delegasi": "Delegasi dipilih dari yang hadir, paling sedikit 30 persen perempuan",
}
"""The house rules as this product can hold them (domain §2.10)."""

CRITERIA: dict[str, str] = {
    "mendesak": "Mendesak dan keselamatan",
    "penerima": "Jumlah penerima manfaat",
    "keberpihakan": "Keberpihakan pada kelompok rentan",
    "kesesuaian": "Kesesuaian dengan prioritas daerah",
    "kesiapan": "Kesiapan",
    "lintas": "Lintas wilayah",
    "swadaya": "Swadaya dan pemeliharaan",
}
"""The criteria by key, as the drafting engine names them (domain §2.6)."""


class Remark(StrEnum):
    """What goes into the compliance report."""

    LATE_DAY = "tanggal"
    LATE_INVITATION = "undangan"
    OVERRIDE = "desa"
    EXCUSED = "dikecualikan"
    PAGU = "pagu"
    DELEGATION = "delegasi"
    UNSIGNED = "tanda_tangan"
    GROUPS = "kelompok"


REMARKS: dict[Remark, str] = {
    Remark.LATE_DAY: "Forum diadakan sesudah minggu kedua Februari",
    Remark.LATE_INVITATION: "Undangan kurang dari 7 hari sebelum forum",
    Remark.OVERRIDE: "Forum dinyatakan siap tanpa pengajuan semua desa dan kelurahan",
    Remark.EXCUSED: "Desa atau kelurahan dikecualikan dari pengajuan",
    Remark.PAGU: "Nilai yang disepakati melebihi pagu",
    Remark.DELEGATION: "Jumlah delegasi atau keterwakilan perempuan tidak terpenuhi",
    Remark.UNSIGNED: "Tidak menandatangani Berita Acara",
    Remark.GROUPS: "Hasil kelompok belum dilaporkan dalam pleno",
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
