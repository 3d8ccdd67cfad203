"""What is looked at in verification, and what keeps a proposal from the forum's list (rules 40, 41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

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


@dataclass(frozen=True, slots=True)
class Given:
    """A whole verdict: what it says and what it rests on; money in whole rupiah."""

    verdict: Verdict
    authority: str = ""
    agency: str = ""
    volume: Decimal | None = None
    value: int | None = None
    clearance: str = ""
    checks: tuple[tuple[str, bool], ...] = ()
    parts: tuple[str, ...] = ()
    due_at: datetime | None = None
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose verdict it is: the first person's, and the second one's where it was countersigned (rule 43)."""

    user_id: UUID
    office: str
    capacity: str = ""
    second_user_id: UUID | None = None
    second_office: str = ""

    @property
    def label(self) -> str:
        """Both offices as the proposal's road names them."""
        return f"{self.office}, bersama {self.second_office}"[:200] if self.second_office else self.office


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
