"""What is looked at in verification, and what keeps a proposal from the forum's list (rules 40, 41)."""

from __future__ import annotations

from enum import StrEnum

from mufakat.drafting.facts import land_fault
from mufakat.drafting.rules import lacks_entity

SHORTEST_CLEARANCE = 10


class Check(StrEnum):
    """A line of the checklist."""

    AUTHORITY = "kewenangan"
    PLACE = "lokasi"
    VOLUME = "volume"
    PRICE = "harga"
    PAPERS = "dokumen"
    DOUBLE = "ganda"


class Verdict(StrEnum):
    """What a verifier decides."""

    ADMIT = "loloskan"
    RETURN = "kembalikan"
    REFUSE = "tolak"


def obstacles(*, land_status: str, recipient: str, needs_recipient: bool) -> tuple[str, ...]:
    """What must be settled by a document or an exception with its reason before a proposal passes."""
    found = []
    if land_fault(land_status):
        found.append(
            "Status lahan menghalangi: lahan perorangan, bersengketa, atau belum diserahkan. Sebutkan dokumen yang "
            "menyelesaikannya atau alasan pengecualian, kembalikan, atau tolak."
        )
    if needs_recipient and lacks_entity(recipient):
        found.append(
            "Penerima barang belum berbadan hukum (UU 23/2014 pasal 298 ayat 5). Sebutkan buktinya atau alasan "
            "pengecualian, kembalikan, atau tolak."
        )
    return tuple(found)
