"""Expected refusals about proposals."""

from __future__ import annotations

from mufakat.core.errors import MufakatError


class NoProposal(MufakatError):
    """There is no such proposal, or it is not this actor's to see."""

    code = "usulan_tidak_ditemukan"

    def __init__(self) -> None:
        super().__init__("Usulan tidak ditemukan. Periksa alamatnya atau kembali ke daftar.")


class Incomplete(MufakatError):
    """A proposal lacks what submission needs."""

    code = "usulan_belum_lengkap"

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("Usulan belum dapat diajukan. " + " ".join(missing))
        self.missing = missing

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each thing that is missing."""
        return self.missing


class Conflict(MufakatError):
    """Somebody else saved first; both versions are kept for the screen (rule 102)."""

    code = "berubah_lebih_dahulu"

    def __init__(self, *, yours: dict[str, object], theirs: dict[str, object], version: int) -> None:
        super().__init__(
            "Usulan ini diubah orang lain sejak Anda membukanya. Bandingkan kedua isian, lalu simpan lagi."
        )
        self.yours, self.theirs, self.version = yours, theirs, version
