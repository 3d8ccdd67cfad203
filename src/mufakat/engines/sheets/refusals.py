"""Why a whole file cannot be read: one sentence on what is wrong, one on what to do next, per stable code."""

from __future__ import annotations

from collections.abc import Mapping

SAVE_AGAIN = "Buka berkas itu di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu jalankan perintah ini lagi."

SENTENCES: Mapping[str, tuple[str, str]] = {
    "berkas_tidak_ada": (
        "Berkas ini tidak ditemukan.",
        "Periksa nama dan folder berkasnya, lalu jalankan perintah ini lagi.",
    ),
    "bukan_berkas": (
        "Nama ini menunjuk folder atau perangkat, bukan berkas.",
        "Sebutkan berkas lembar kerjanya, bukan foldernya.",
    ),
    "berkas_terkunci": (
        "Berkas ini tidak boleh dibuka oleh pengguna yang menjalankan perintah ini.",
        "Minta hak baca atas berkas itu atau salin ke folder sendiri.",
    ),
    "berkas_kosong": (
        "Berkas ini kosong, tidak ada isinya.",
        "Minta berkas yang benar kepada desa atau kelurahan pengirim.",
    ),
    "berkas_terlalu_besar": (
        "Ukuran berkas ini {size}, melebihi batas {limit}.",
        "Hapus gambar dan lembar yang tidak perlu, simpan ulang sebagai .xlsx, lalu jalankan lagi.",
    ),
    "berkas_bersandi": (
        "Berkas ini dilindungi kata sandi sehingga isinya tidak dapat dibaca.",
        "Buka berkas itu dengan kata sandinya, hapus kata sandinya, simpan, lalu jalankan perintah ini lagi.",
    ),
    "berkas_rusak": ("Berkas ini rusak atau terpotong ({detail}).", "Minta kiriman ulang berkasnya. " + SAVE_AGAIN),
    "bukan_lembar_kerja": (
        "Isi berkas ini sebenarnya {actual}, bukan lembar kerja atau tabel.",
        "Minta tabelnya sebagai .xlsx, .ods, .csv, atau tabel di .docx.",
    ),
    "format_lama": ("Berkas ini berformat {actual} yang tidak dapat dibaca.", SAVE_AGAIN),
    "berkas_mengembang": (
        "Isi terkemas berkas ini mengembang menjadi {size}, melebihi batas wajar {limit}.",
        "Berkas ini tidak dibuka. " + SAVE_AGAIN,
    ),
    "terlalu_banyak_bagian": (
        "Berkas ini berisi {count} bagian terkemas, melebihi batas {limit}.",
        "Berkas ini tidak dibuka. " + SAVE_AGAIN,
    ),
    "sel_terlalu_jauh": (
        "Lembar “{sheet}” mempunyai isi sampai sel {cell}, jauh di luar tabel yang wajar.",
        "Hapus isi sel yang jauh itu (Ctrl+End menunjukkannya), simpan, lalu jalankan perintah ini lagi.",
    ),
    "terlalu_banyak_sel": (
        "Berkas ini berisi lebih dari {limit} sel.",
        "Bagi menjadi beberapa berkas atau hapus lembar yang tidak perlu.",
    ),
    "xml_berbahaya": (
        "Berkas ini memuat deklarasi XML yang tidak pernah ada pada lembar kerja biasa.",
        "Berkas ini tidak dibuka. " + SAVE_AGAIN,
    ),
    "memori_habis": (
        "Membaca berkas ini melampaui batas memori {limit} sehingga dihentikan.",
        SAVE_AGAIN,
    ),
    "waktu_habis": ("Membaca berkas ini melampaui batas waktu {limit} detik sehingga dihentikan.", SAVE_AGAIN),
    "pembaca_berhenti": ("Pembaca berkas berhenti mendadak pada berkas ini ({detail}).", SAVE_AGAIN),
    "tanpa_lembar": ("Berkas ini tidak berisi satu pun lembar atau tabel.", "Periksa apakah berkasnya benar."),
}


class Refused(Exception):
    """A file is not read further. `code` is a key of SENTENCES, `details` fill its places."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def sentences(code: str, details: Mapping[str, str]) -> tuple[str, str]:
    """What is wrong and what to do next, finished."""
    what, remedy = SENTENCES[code]
    return what.format(**details), remedy.format(**details)


def megabytes(size: int) -> str:
    """A size people can read: 5242880 → "5 MB"; below one megabyte in kB."""
    if size < 1024 * 1024:
        return f"{max(1, size // 1024)} kB"
    return f"{size // (1024 * 1024)} MB"
