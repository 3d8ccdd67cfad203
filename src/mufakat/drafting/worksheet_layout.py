"""Tabs and headings of `lembar-kerja.xlsx`, known to its writer and its reader alike."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mufakat.drafting.labels import RESULT_LABELS, Reason, Result

if TYPE_CHECKING:
    from mufakat.engines.sheets.model import SheetRow

GUIDE, PROPOSALS, SESSION, ATTENDANCE, DELEGATES = "Petunjuk", "Usulan", "Forum", "Kehadiran", "Delegasi"
MATERIALS, OBJECTIONS, SIGNATORIES = "Sambutan dan Materi", "Keberatan", "Penandatangan"

NUMBER, VILLAGE, TITLE, PLACE = "No", "Desa/Kelurahan", "Usulan", "Lokasi"
VOLUME, UNIT, VALUE = "Volume", "Satuan", "Nilai usulan (Rp)"
BIDANG, AUTHORITY, SCORE = "Bidang", "Kewenangan", "Skor"
ADVICE, ADVICE_RANK, ADVICE_REASON = "Rekomendasi", "Urutan sementara", "Alasan rekomendasi"
REMARK, KEY = "Catatan", "Kunci"
RESULT, RANK, AGREED = "Hasil forum", "Urutan forum", "Nilai disepakati (Rp)"
CODE, REASON, AGENCY, NOTE = "Kode alasan", "Alasan forum", "Perangkat daerah", "Catatan forum"

PROPOSAL_HEADS = (
    NUMBER, VILLAGE, TITLE, PLACE, VOLUME, UNIT, VALUE, BIDANG, AUTHORITY, SCORE, ADVICE, ADVICE_RANK,
    RESULT, RANK, AGREED, CODE, REASON, AGENCY, NOTE, ADVICE_REASON, REMARK, KEY,
)  # fmt: skip
DECIDED_HEADS = (RESULT, RANK, AGREED, CODE, REASON, AGENCY, NOTE)
ATTENDANCE_HEADS = ("No", "Nama", "L/P", "Unsur", "Lembaga/Instansi", "Jabatan", "Desa/Kelurahan")
DELEGATE_HEADS = ("No", "Nama", "L/P", "Unsur", "Lembaga/Instansi")
MATERIAL_HEADS = ("No", "Jenis", "Pokok", "Oleh")
OBJECTION_HEADS = ("No", "Dari", "Isi keberatan", "Jawaban")
SIGNATORY_HEADS = ("No", "Nama", "Jabatan", "Lembaga/Instansi", "Kapasitas", "NIP", "Keterangan")
SPEECH, PAPER = "Sambutan", "Paparan"

SESSION_NUMBER, SESSION_TIME, SESSION_PLACE = "Nomor berita acara", "Waktu", "Tempat"
SESSION_CHAIR, SESSION_CHAIR_POSITION = "Pimpinan sidang: nama", "Pimpinan sidang: jabatan"
SESSION_CHAIR_CAPACITY, SESSION_CHAIR_NIP = "Pimpinan sidang: kapasitas", "Pimpinan sidang: NIP"
SESSION_CHAIR_OFFICE = "Pimpinan sidang: instansi"
SESSION_INVITED, SESSION_METHOD = "Jumlah undangan", "Cara mengambil keputusan"
SESSION_DELEGATES_REASON = "Alasan bila delegasi di luar ketentuan"
SESSION_FIELDS = (
    SESSION_NUMBER, SESSION_TIME, SESSION_PLACE, SESSION_CHAIR, SESSION_CHAIR_POSITION, SESSION_CHAIR_CAPACITY,
    SESSION_CHAIR_NIP, SESSION_CHAIR_OFFICE, SESSION_INVITED, SESSION_METHOD, SESSION_DELEGATES_REASON,
)  # fmt: skip
METHODS = ("musyawarah mufakat", "pemungutan suara", "musyawarah mufakat dan pemungutan suara")
ELEMENTS = (
    "Kepala desa/lurah", "Delegasi desa/kelurahan", "LKMK/LKMD/LPM", "BPD", "PKK dan kelompok perempuan",
    "Pemuda dan karang taruna", "Penyandang disabilitas", "Tokoh masyarakat", "Anggota DPRD", "Bappeda",
    "Perangkat daerah/UPT", "Perangkat kecamatan", "Forkopimcam", "Dunia usaha", "Unsur lain",
)  # fmt: skip

RESULT_CHOICES = tuple(RESULT_LABELS[r] for r in Result)
CODE_CHOICES = tuple(str(r) for r in Reason)


def row_key(row: SheetRow) -> str:
    """Short fingerprint of a proposal row by place in its file and content; ties a decision to its proposal."""
    source = row.source
    text = "\x1f".join((source.file, source.sheet, str(source.row), row.title, row.village_text, str(row.value)))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
