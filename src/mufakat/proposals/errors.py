"""Expected refusals about proposals."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from mufakat.core.decision import NotAllowed
from mufakat.core.errors import MufakatError
from mufakat.proposals.rules import UNBALANCED


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


class LooksAlike(MufakatError):
    """Others of the same village look alike, and nobody has said yet why this one is different (rule 29)."""

    code = "usulan_mirip"

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(
            "Usulan ini mirip dengan usulan lain desa ini. Bandingkan di bawah, lalu tuliskan mengapa berbeda, "
            "gabungkan, atau hapus draf ini."
        )
        self.titles = tuple(titles)


class CannotJoin(MufakatError):
    """Two drafts cannot become one."""

    code = "gabung_ditolak"

    def __init__(self) -> None:
        super().__init__(
            "Hanya dua draf desa yang sama yang dapat digabungkan. Tuliskan mengapa berbeda, atau hapus draf ini."
        )


class WrongProof(MufakatError):
    """The proof of a recipient cannot be taken."""

    code = "bukti_ditolak"


class FieldsClosed(MufakatError):
    """A returned proposal may be changed in the fields that were opened only (rule 25)."""

    code = "isian_tertutup"

    def __init__(self) -> None:
        super().__init__(
            "Hanya isian yang diminta verifikator yang dapat diubah. Kembalikan isian lain seperti semula."
        )


class TooLate(NotAllowed):
    """The window has closed; the sentence names the deadline (rule 7)."""

    def __init__(self, reason: StrEnum | None, sentence: str, sentence_en: str) -> None:
        super().__init__(reason)
        MufakatError.__init__(self, sentence, sentence_en=sentence_en)


class Unbalanced(MufakatError):
    """Men and women do not add up (rule 26)."""

    code = "jumlah_tidak_sama"

    def __init__(self) -> None:
        super().__init__(UNBALANCED)


class Beyond(MufakatError):
    """Volume or worth is larger than any proposal's can be."""

    code = "terlalu_besar"

    def __init__(self) -> None:
        super().__init__(
            "Volume atau nilai usulan terlalu besar, paling banyak Rp999.999.999.999.999. Periksa jumlah angka nolnya."
        )


class NoKamus(MufakatError):
    """The kamus entry is not there, or no longer offered."""

    code = "kamus_ditolak"

    def __init__(self) -> None:
        super().__init__("Jenis usulan itu tidak ada lagi dalam kamus. Pilih yang lain dari daftar.")


class WrongPhoto(MufakatError):
    """The picture cannot be taken."""

    code = "foto_ditolak"


class Unexplained(MufakatError):
    """A step needs its reason."""

    code = "alasan_kurang"


class Conflict(MufakatError):
    """Somebody else saved first; both versions are kept for the screen (rule 102)."""

    code = "berubah_lebih_dahulu"

    def __init__(self, *, yours: dict[str, object], theirs: dict[str, object], version: int) -> None:
        super().__init__(
            "Usulan ini diubah orang lain sejak Anda membukanya. Bandingkan kedua isian, lalu simpan lagi."
        )
        self.yours, self.theirs, self.version = yours, theirs, version
