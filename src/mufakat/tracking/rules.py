"""What an answer after the forum must hold (rules 90-92). No database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mufakat.core.errors import Sentence
from mufakat.drafting.labels import Reason
from mufakat.tracking.states import Outcome, Stage

SHORTEST_FREE_REASON = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """One stage's word about a proposal; value in whole rupiah."""

    outcome: Outcome
    value: int | None = None
    volume: Decimal | None = None
    sub_activity: str = ""
    reference: str = ""
    reason_code: str = ""
    reason: str = ""


def faults(*, stage: Stage, answer: Answer) -> tuple[str, ...]:
    """Every sentence about what is missing; an agency names sub-kegiatan, volume and value, or a reason (rule 90)."""
    if answer.outcome is Outcome.ACCOMMODATED:
        return _accommodated(stage, answer)
    if not answer.reason_code:
        return ("Pilih kode alasannya.",)
    if answer.reason_code == Reason.LAIN and len(answer.reason.strip()) < SHORTEST_FREE_REASON:
        return (Sentence("Alasan LAIN memerlukan penjelasan paling sedikit %(n)s huruf.", n=SHORTEST_FREE_REASON),)
    return ()


def _accommodated(stage: Stage, answer: Answer) -> tuple[str, ...]:
    is_agency = stage is Stage.AGENCY_FORUM
    checks = {
        "Isi nilai dalam rupiah bulat, lebih dari 0.": answer.value is not None and answer.value > 0,
        "Isi sub kegiatan yang menampung usulan ini.": bool(answer.sub_activity.strip()) or not is_agency,
        "Isi volume, lebih dari 0.": (answer.volume is not None and answer.volume > 0) or not is_agency,
        "Isi dokumen rujukan, misalnya nomor Perbup RKPD.": bool(answer.reference.strip()) or is_agency,
    }
    return tuple(sentence for sentence, is_there in checks.items() if not is_there)
