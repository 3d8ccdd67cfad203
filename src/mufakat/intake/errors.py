"""Expected refusals of an import."""

from __future__ import annotations

from mufakat.core.errors import MufakatError


class ImportRefused(MufakatError):
    """The import cannot be made; the sentence says why."""

    code = "impor_ditolak"


class NoReading(MufakatError):
    """There is no such reading, or it is not this office's."""

    code = "bacaan_tidak_ditemukan"

    def __init__(self) -> None:
        super().__init__("Bacaan lembar ini sudah tidak ada. Pilih lembarnya dan baca lagi.")
