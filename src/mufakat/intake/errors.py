"""Expected refusals of an import."""

from __future__ import annotations

from collections.abc import Sequence

from mufakat.core.errors import MufakatError


class ImportRefused(MufakatError):
    """The import cannot be made; the sentence says why."""

    code = "impor_ditolak"


class Unreadable(ImportRefused):
    """Files that cannot be read at all, each named with what is wrong and what to do; nothing of the upload is taken."""

    def __init__(self, files: Sequence[MufakatError]) -> None:
        told, told_en = (" ".join(f.in_language(language) for f in files) for language in ("id", "en"))
        super().__init__(
            f"Belum ada yang dibaca. {told} Pilih lagi berkas yang lain bersamanya, atau tanpa berkas itu.",
            sentence_en=f"Nothing was read yet. {told_en} Choose the other files again with it, or without it.",
        )


class NoReading(MufakatError):
    """There is no such reading, or it is not this office's."""

    code = "bacaan_tidak_ditemukan"

    def __init__(self) -> None:
        super().__init__("Bacaan lembar ini sudah tidak ada. Pilih lembarnya dan baca lagi.")
