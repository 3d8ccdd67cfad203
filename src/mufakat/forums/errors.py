"""Expected refusals of the forum's commands."""

from __future__ import annotations

from enum import StrEnum

from mufakat.core.errors import MufakatError
from mufakat.forums.rules import Missing

NO_DAY = "Tanggal tidak terbaca. Pilih tanggal dari kalender."


class NotReady(MufakatError):
    """A gate stays closed; `missing` names why."""

    code = "gerbang_tertutup"

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(
            "Langkah ini belum dapat dilakukan. " + ". ".join(m.sentence() for m in missing) + ".",
            sentence_en="This step is not possible yet. " + ". ".join(m.sentence_en() for m in missing) + ".",
        )
        self.missing = missing

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each thing that is missing."""
        return tuple(m.sentence() + "." for m in self.missing)


class Refused(MufakatError):
    """An entry cannot be recorded as given; `fault` is the rule's sentence."""

    code = "isian_ditolak"

    def __init__(self, fault: StrEnum | str, fault_en: str = "") -> None:
        super().__init__(str(fault), sentence_en=fault_en)
        self.fault = fault


class DecidedMeanwhile(MufakatError):
    """Somebody else took a result since the page was opened (rule 102)."""

    code = "berubah_lebih_dahulu"

    def __init__(self, result: str, value: str) -> None:
        super().__init__(
            f"Hasil usulan ini diubah orang lain sejak Anda membukanya: sekarang {result}{value}. Isian Anda belum "
            "disimpan; bandingkan, lalu simpan lagi bila forum memang memutuskan demikian.",
            sentence_en=(
                f"Somebody changed this proposal's result since you opened it: now {result}{value}. Yours is not saved "
                "yet; compare, then save again if that is what the forum decided."
            ),
        )


class NotesMeanwhile(MufakatError):
    """Somebody else saved the notulen since the page was opened (rule 102)."""

    code = "berubah_lebih_dahulu"

    def __init__(self) -> None:
        super().__init__(
            "Notulen disimpan orang lain sejak Anda membukanya. Isian Anda belum disimpan; bandingkan dengan yang "
            "tersimpan di bawah, lalu simpan lagi."
        )


class NoForum(MufakatError):
    """There is no such forum, or it is not this actor's to see."""

    code = "forum_tidak_ditemukan"

    def __init__(self) -> None:
        super().__init__("Forum tidak ditemukan. Periksa alamatnya atau kembali ke meja Anda.")
