"""What the draft found, in whole sentences for the plan and for the person at the desk."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mufakat.core.money import rupiah
from mufakat.drafting import totals
from mufakat.drafting.labels import Reason, Result

if TYPE_CHECKING:
    from mufakat.drafting.draft import Draft


def findings(draft: Draft) -> tuple[str, ...]:
    """Findings in fixed order; only what occurs is said."""
    checks = (_silent_villages, _faulty, _without_value, _repeats, _unclear, _corrected, _settle, _over_pagu)
    return tuple(sentence for check in checks if (sentence := check(draft))) + draft.findings


def coverage_sentence(draft: Draft) -> str:
    """How much of the criteria's weight could be scored."""
    usable = [e for e in draft.entries if e.ruling is not None]
    if not usable:
        return "Tidak ada usulan yang dapat dinilai."
    mean = sum((e.coverage for e in usable), start=usable[0].coverage * 0) / len(usable)
    full = sum(e.coverage == 100 for e in usable)
    return (
        f"Rata-rata {f'{mean:.1f}'.replace('.', ',')} persen bobot kriteria dapat dinilai dari isi lembar; "
        f"{full} dari {len(usable)} usulan memiliki fakta untuk semua kriteria. Yang tidak ada faktanya tidak dinilai, "
        "dan skor dihitung kembali ke 100 dari kriteria yang ada faktanya."
    )


def _silent_villages(draft: Draft) -> str:
    names = [t.label for t in totals.per_village(draft) if t.count == 0]
    return f"Belum mengirim usulan: {', '.join(names)}." if names else ""


def _faulty(draft: Draft) -> str:
    count = len(draft.with_result(Result.TERTOLAK_IMPOR))
    return f"{count} baris tidak dapat dipakai; rincian dan perbaikannya ada dalam impor.xlsx." if count else ""


def _without_value(draft: Draft) -> str:
    count = sum(e.reason_code == Reason.BIAYA for e in draft.entries)
    return f"{count} usulan belum bernilai sehingga menjadi cadangan sampai nilainya ditetapkan." if count else ""


def _repeats(draft: Draft) -> str:
    same = sum(e.reason_code == Reason.DUP for e in draft.entries)
    alike = sum(bool(e.duplicates) and e.reason_code != Reason.DUP for e in draft.entries)
    parts = []
    if same:
        parts.append(f"{same} usulan sama persis dengan usulan lain")
    if alike:
        parts.append(f"{alike} usulan mirip dengan usulan lain dan perlu dibicarakan")
    return f"{' dan '.join(parts)}." if parts else ""


def _count_warnings(draft: Draft, code: str) -> int:
    return sum(any(c == code for c, _ in e.ruling.warnings) for e in draft.entries if e.ruling)


def _unclear(draft: Draft) -> str:
    count = _count_warnings(draft, "kewenangan_belum_pasti")
    return f"Kewenangan {count} usulan belum pasti; sementara dianggap kewenangan kabupaten." if count else ""


def _corrected(draft: Draft) -> str:
    count = _count_warnings(draft, "instansi_dikoreksi")
    return f"Perangkat daerah tujuan dikoreksi pada {count} usulan." if count else ""


def _settle(draft: Draft) -> str:
    codes = Counter(e.reason_code for e in draft.entries)
    land, entity = codes[Reason.LAHAN], codes[Reason.HUKUM]
    parts = [f"status lahan {land} usulan" if land else "", f"badan hukum penerima {entity} usulan" if entity else ""]
    text = " dan ".join(p for p in parts if p)
    return f"Harus diselesaikan: {text}." if text else ""


def _over_pagu(draft: Draft) -> str:
    pagu = draft.options.pagu
    reserves = [e for e in draft.entries if e.reason_code == Reason.PAGU]
    if pagu is None or not reserves:
        return ""
    wanted = totals.value_of(reserves) + totals.value_of(draft.agreed)
    return (
        f"Pagu {rupiah(pagu)} menampung {len(draft.agreed)} usulan senilai {rupiah(totals.value_of(draft.agreed))}; "
        f"{len(reserves)} usulan menjadi cadangan. Kebutuhan seluruhnya {rupiah(wanted)}."
    )
