"""Decisions about one proposal from facts alone (domain §2.7); every answer is a recommendation to the forum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mufakat.drafting.facts import land_problem
from mufakat.drafting.labels import Reason, Result
from mufakat.engines.nomenclature.classify import Authority
from mufakat.engines.nomenclature.table import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mufakat.engines.nomenclature.classify import Ruling
    from mufakat.engines.sheets.model import SheetRow

_NO_ENTITY = re.compile(
    r"(belum|tidak|tdk|blm) ((ber)?badan hukum|terdaftar|ada (akta|badan hukum|legalitas)|punya (akta|badan hukum))"
    r"|perorangan|perseorangan|pribadi"
)
Verdict = tuple[Result, Reason, str]


def authority_verdict(*, ruling: Ruling, village: str) -> Verdict | None:
    """Where an authority other than the regency's sends a proposal (rules 34-36), or None."""
    because = ruling.authority_reason
    if ruling.authority is Authority.DESA:
        text = f"{because} Dikembalikan kepada Desa {village} untuk RKP Desa."
        return Result.KEWENANGAN_DESA, Reason.KEW_DESA, text
    if ruling.authority is Authority.KELURAHAN:
        text = f"{because} Didanai melalui anggaran kecamatan (sub kegiatan 7.01.03.2.02)."
        return Result.KEWENANGAN_KELURAHAN, Reason.KEW_KEL, text
    if ruling.authority is Authority.PROVINSI:
        return Result.DITERUSKAN_SUPRA, Reason.KEW_PROV, f"{because} Diteruskan ke provinsi dan dikawal delegasi."
    if ruling.authority is Authority.PUSAT:
        return Result.DITERUSKAN_SUPRA, Reason.KEW_PUSAT, f"{because} Diteruskan ke pusat dan dikawal delegasi."
    return None


def eligibility_verdict(*, row: SheetRow, ruling: Ruling) -> Verdict | None:
    """What keeps a proposal from being agreed until it is settled (rules 40, 41), or None."""
    if problem := land_problem(row):
        text = f"Status lahan “{row.land_status.strip()}” ({problem}) harus diselesaikan atau didukung dokumen."
        return Result.BELUM_DISEPAKATI, Reason.LAHAN, text
    if ruling.needs_recipient and lacks_entity(row.recipient):
        text = "Penerima barang harus berbadan hukum (UU 23/2014 pasal 298 ayat 5); buktinya belum ada."
        return Result.BELUM_DISEPAKATI, Reason.HUKUM, text
    return None


def lacks_entity(recipient: str) -> bool:
    """Whether what is said of the recipient of goods says that it has no legal standing (rule 41)."""
    return bool(recipient and _NO_ENTITY.search(words(recipient).strip()))


def exact_key(row: SheetRow) -> tuple[str, ...]:
    """Two rows with the same key are the same proposal: village, title, place, volume and value all equal."""
    village = row.village.code or row.village.name if row.village else row.village_text.lower()
    place = (words(row.location), row.rt.lstrip("0"), row.rw.lstrip("0"))
    return (village, words(row.title), *place, str(row.volume), str(row.value), words(row.groups), row.proposer.lower())


def within_pagu(*, values: Sequence[int], pagu: int | None, stops_at_line: bool) -> tuple[bool, ...]:
    """Which proposals fit under the pagu, taken in order; `values` are whole rupiah.

    A value that does not fit is passed over and the next is tried; with `stops_at_line` it and all after it
    are out (`--potong garis`). Without a pagu everything fits.
    """
    if pagu is None:
        return (True,) * len(values)
    spent, is_closed, fits = 0, False, []
    for value in values:
        fit = not is_closed and spent + value <= pagu
        spent += value if fit else 0
        is_closed = is_closed or (stops_at_line and not fit)
        fits.append(fit)
    return tuple(fits)
