"""Why a whole file cannot be read: one sentence on what is wrong, one on what to do next, per code and language."""

from __future__ import annotations

from collections.abc import Mapping

SAVE_AGAIN = "Buka berkas itu di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu coba lagi."

SENTENCES: Mapping[str, tuple[str, str]] = {
    "berkas_tidak_ada": (
        "Berkas ini tidak ditemukan.",
        "Periksa nama dan folder berkasnya, lalu coba lagi.",
    ),
    "bukan_berkas": (
        "Nama ini menunjuk folder atau perangkat, bukan berkas.",
        "Sebutkan berkas lembar kerjanya, bukan foldernya.",
    ),
    "berkas_terkunci": (
        "Berkas ini tidak boleh dibuka oleh program ini.",
        "Minta hak baca atas berkas itu atau salin ke folder sendiri.",
    ),
    "berkas_kosong": (
        "Berkas ini kosong, tidak ada isinya.",
        "Minta berkas yang benar kepada desa atau kelurahan pengirim.",
    ),
    "berkas_terlalu_besar": (
        "Ukuran berkas ini {size}, melebihi batas {limit}.",
        "Hapus gambar dan lembar yang tidak perlu, simpan ulang sebagai .xlsx, lalu coba lagi.",
    ),
    "berkas_bersandi": (
        "Berkas ini dilindungi kata sandi sehingga isinya tidak dapat dibaca.",
        "Buka berkas itu dengan kata sandinya, hapus kata sandinya, simpan, lalu coba lagi.",
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
        "Hapus isi sel yang jauh itu (Ctrl+End menunjukkannya), simpan, lalu coba lagi.",
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

SAVE_AGAIN_EN = "Open the file in Excel or LibreOffice, save it again as .xlsx, then try again."
NOT_OPENED_EN = "The file was not opened. " + SAVE_AGAIN_EN

SENTENCES_EN: Mapping[str, tuple[str, str]] = {
    "berkas_tidak_ada": ("This file was not found.", "Check its name and folder, then try again."),
    "bukan_berkas": (
        "This name leads to a folder or a device, not to a file.",
        "Name the sheet's file, not its folder.",
    ),
    "berkas_terkunci": ("This program may not open the file.", "Ask for the right to read it or copy it elsewhere."),
    "berkas_kosong": ("This file is empty.", "Ask the desa or kelurahan that sent it for the right file."),
    "berkas_terlalu_besar": (
        "This file has {size}, more than the limit of {limit}.",
        "Remove pictures and sheets that are not needed, save it again as .xlsx, then try again.",
    ),
    "berkas_bersandi": (
        "This file is protected by a password, so that it cannot be read.",
        "Open it with its password, remove the password, save it, then try again.",
    ),
    "berkas_rusak": ("This file is damaged or cut off.", "Ask for the file to be sent again. " + SAVE_AGAIN_EN),
    "bukan_lembar_kerja": (
        "This file is really {actual}, not a spreadsheet or a table.",
        "Ask for the table as .xlsx, .ods, .csv, or as a table in a .docx.",
    ),
    "format_lama": ("This file is {actual}, which cannot be read.", SAVE_AGAIN_EN),
    "berkas_mengembang": (
        "Unpacked, this file swells to {size}, more than the reasonable limit of {limit}.",
        NOT_OPENED_EN,
    ),
    "terlalu_banyak_bagian": ("This file has {count} packed parts, more than the limit of {limit}.", NOT_OPENED_EN),
    "sel_terlalu_jauh": (
        "Sheet “{sheet}” has content as far as cell {cell}, far outside any reasonable table.",
        "Delete what stands in that cell (Ctrl+End shows it), save the file, then try again.",
    ),
    "terlalu_banyak_sel": (
        "This file has more than {limit} cells.",
        "Split it into several files or remove sheets that are not needed.",
    ),
    "xml_berbahaya": ("This file has XML declarations that no ordinary spreadsheet has.", NOT_OPENED_EN),
    "memori_habis": ("Reading this file went beyond the memory limit of {limit} and was stopped.", SAVE_AGAIN_EN),
    "waktu_habis": ("Reading this file took longer than {limit} seconds and was stopped.", SAVE_AGAIN_EN),
    "pembaca_berhenti": ("The reader stopped suddenly at this file.", SAVE_AGAIN_EN),
    "tanpa_lembar": ("This file has no sheet or table at all.", "Check whether it is the right file."),
}

_WHAT_IT_IS_EN = {
    "dokumen PDF": "a PDF document", "gambar PNG": "a PNG picture", "foto JPEG": "a JPEG photo",
    "gambar GIF": "a GIF picture", "gambar BMP": "a BMP picture", "arsip RAR": "a RAR archive",
    "arsip 7-Zip": "a 7-Zip archive", "arsip GZIP": "a GZIP archive", "arsip ZIP": "a ZIP archive",
    "dokumen RTF": "an RTF document", "dokumen XML": "an XML document", "program Windows": "a Windows program",
    "program": "a program", "basis data SQLite": "an SQLite database",
    "data biner yang tidak dikenal": "unknown binary data", "presentasi PowerPoint": "a PowerPoint presentation",
    "dokumen Word lama (.doc)": "an old Word document (.doc)", "dokumen Office lama": "an old Office document",
    "dokumen teks OpenDocument (.odt)": "an OpenDocument text (.odt)", "Excel biner (.xlsb)": "binary Excel (.xlsb)",
    "Excel sangat lama (sebelum 1997)": "very old Excel (before 1997)",
}  # fmt: skip


class Refused(Exception):
    """A file is not read further. `code` is a key of SENTENCES, `details` fill its places."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def sentences(code: str, details: Mapping[str, str]) -> tuple[str, str]:
    """What is wrong and what to do next, finished, in Indonesian."""
    what, remedy = SENTENCES[code]
    return what.format(**details), remedy.format(**details)


def sentences_en(code: str, details: Mapping[str, str]) -> tuple[str, str]:
    """The same two sentences in English."""
    what, remedy = SENTENCES_EN[code]
    return what.format(**{name: _in_english(text) for name, text in details.items()}), remedy


def _in_english(detail: str) -> str:
    """What a file is, or a place such as `kolom 12`; names and numbers stay as they are."""
    return _WHAT_IT_IS_EN.get(detail) or detail.replace("kolom ", "column ").replace("nomor ", "number ")


def megabytes(size: int) -> str:
    """A size people can read: 5242880 → "5 MB"; below one megabyte in kB."""
    if size < 1024 * 1024:
        return f"{max(1, size // 1024)} kB"
    return f"{size // (1024 * 1024)} MB"
