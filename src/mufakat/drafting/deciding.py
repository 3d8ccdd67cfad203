"""Lays the forum's decisions over the draft: decided rows stand unchanged, the recommendation stays beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mufakat.core.money import rupiah
from mufakat.drafting import totals
from mufakat.drafting.labels import REASON_LABELS, Reason, Result
from mufakat.drafting.ordering import own_rank
from mufakat.engines.sheets.model import Problem, Severity

if TYPE_CHECKING:
    from mufakat.drafting.decisions import Decision, Decisions
    from mufakat.drafting.draft import Draft, Entry

_LAST = 10**9
_SHORTEST_OTHER = 20


def decide(draft: Draft, decisions: Decisions) -> Draft:
    """The draft with the forum's decisions.

    It is final (`is_decided`) only when every proposal has a result, every one that is not agreed has a reason
    (rules 69, 81), and no fault is left in the worksheet; else the papers stay RANCANGAN and say why.
    """
    problems = list(decisions.problems)
    entries = tuple(_decided(entry, decisions.rows.get(entry.number), problems) for entry in draft.entries)
    entries = _ranked(entries, decisions, problems)
    is_complete = not any(p.severity is Severity.FAULT for p in problems)
    decided = replace(draft, entries=entries, problems=draft.problems + tuple(problems), is_decided=is_complete)
    return replace(decided, findings=(*draft.findings, *_remarks(decided, problems)))


def _decided(entry: Entry, decision: Decision | None, problems: list[Problem]) -> Entry:
    if decision is None:
        return entry
    if decision.result is None:
        _fault(entry, problems, "hasil_kosong", "belum diberi hasil", "Pilih hasilnya pada kolom Hasil forum.")
        return entry
    code, reason = _reason(entry, decision, problems)
    agreed_value = decision.value if decision.value is not None else entry.row.value
    return replace(
        entry,
        result=decision.result,
        reason_code=code,
        reason=reason,
        rank=None,
        value=agreed_value,
        agency=decision.agency or entry.agency,
        warnings=_warnings(entry, decision, agreed_value),
    )


def _reason(entry: Entry, decision: Decision, problems: list[Problem]) -> tuple[str, str]:
    """Code and words of the decision; those of the recommendation stand while the result is the same."""
    is_advised = decision.result is entry.recommended.result
    code = decision.reason_code or (entry.recommended.reason_code if is_advised else "")
    reason = decision.reason or (entry.recommended.reason if is_advised else "")
    if decision.result is Result.DISEPAKATI:
        return "", decision.reason
    if not reason and not code:
        _fault(entry, problems, "alasan_kosong", "tidak disepakati tanpa alasan", "Isi Kode alasan atau Alasan forum.")
    if reason and not code:
        code = str(Reason.LAIN)
    if code == Reason.LAIN and len(reason) < _SHORTEST_OTHER:
        text = f"beralasan LAIN yang kurang dari {_SHORTEST_OTHER} huruf"
        _warn(entry, problems, "alasan_terlalu_pendek", text, "Jelaskan alasannya.")
    return code, reason or (REASON_LABELS[Reason(code)] + "." if code else "")


def _warnings(entry: Entry, decision: Decision, agreed_value: int | None) -> tuple[str, ...]:
    added = []
    if decision.result is not entry.recommended.result:
        added.append(f"Keputusan forum berbeda dari rekomendasi ({entry.recommended.result.replace('_', ' ')}).")
    if agreed_value != entry.row.value and entry.row.value is not None and agreed_value is not None:
        added.append(f"Nilai diusulkan {rupiah(entry.row.value)}, disepakati {rupiah(agreed_value)}.")
    if decision.note:
        added.append(f"Catatan forum: {decision.note}")
    return (*entry.warnings, *added)


def _ranked(entries: tuple[Entry, ...], decisions: Decisions, problems: list[Problem]) -> tuple[Entry, ...]:
    """Ranks 1…k over the agreed, in the forum's order; ties and gaps are closed by the provisional order and said."""
    agreed = [e for e in entries if e.is_agreed]
    wished = {e.number: d.rank for e in agreed if (d := decisions.rows.get(e.number)) is not None}
    agreed.sort(key=lambda e: (wished.get(e.number) or _LAST, e.order or _LAST, e.number))
    ranks = {entry.number: rank for rank, entry in enumerate(agreed, start=1)}
    given = [w for w in wished.values() if w is not None]
    if len(set(given)) != len(given):
        repeated = ", ".join(str(r) for r in sorted({r for r in given if given.count(r) > 1}))
        text = f"memakai urutan yang dipakai usulan lain (urutan {repeated})"
        for entry in agreed:
            if given.count(wished.get(entry.number) or 0) > 1:
                _warn(entry, problems, "urutan_ganda", text, "Dipisahkan menurut urutan sementara; periksa urutannya.")
    for entry in agreed:
        if wished.get(entry.number) is None and entry.number in decisions.rows:
            _warn(entry, problems, "urutan_kosong", "disepakati tanpa urutan", f"Diberi urutan {ranks[entry.number]}.")
    ranked = tuple(replace(e, rank=ranks.get(e.number)) for e in entries)
    return _with_inversions(ranked, decisions, problems)


def _with_inversions(entries: tuple[Entry, ...], decisions: Decisions, problems: list[Problem]) -> tuple[Entry, ...]:
    """A village's own order turned round without a recorded reason is said (rule 61); the decision stands."""
    last: dict[tuple[str, str], Entry] = {}
    for entry in sorted((e for e in entries if e.rank), key=lambda e: e.rank or 0):
        rank = own_rank(entry.row)
        if rank is None:
            continue
        own = (entry.village_name, entry.row.proposer)
        before = last.get(own)
        decision = decisions.rows.get(before.number) if before else None
        if before and (own_rank(before.row) or 0) > rank and not (decision and decision.reason):
            text = f"mendahului prioritas desa/kelurahannya sendiri (usulan nomor {entry.number}) tanpa alasan"
            _warn(before, problems, "urutan_desa_terbalik", text, "Tulis alasannya pada kolom Alasan forum.")
        last[own] = entry if not before or (own_rank(before.row) or 0) < rank else before
    return entries


def _remarks(draft: Draft, problems: list[Problem]) -> tuple[str, ...]:
    remarks = []
    changed = sum(e.result is not e.recommended.result for e in draft.entries)
    if changed:
        remarks.append(f"Forum memutuskan berbeda dari rekomendasi pada {changed} usulan; keduanya dicatat.")
    spent, pagu = totals.value_of(draft.agreed), draft.options.pagu
    if pagu is not None and spent > pagu:
        remarks.append(f"Nilai yang disepakati {rupiah(spent)} melebihi pagu {rupiah(pagu)}.")
    faults = sum(p.severity is Severity.FAULT for p in problems)
    if faults:
        remarks.append(
            f"Keputusan belum lengkap: {faults} kesalahan dalam lembar kerja (lihat impor.xlsx). "
            "Berita acara tetap RANCANGAN sampai semuanya diperbaiki."
        )
    return tuple(remarks)


def _fault(entry: Entry, problems: list[Problem], code: str, what: str, remedy: str) -> None:
    problems.append(_problem(entry, Severity.FAULT, code, what, remedy))


def _warn(entry: Entry, problems: list[Problem], code: str, what: str, remedy: str) -> None:
    problems.append(_problem(entry, Severity.WARNING, code, what, remedy))


def _problem(entry: Entry, severity: Severity, code: str, what: str, remedy: str) -> Problem:
    return Problem(severity, code, entry.row.source, "", "", f"Usulan nomor {entry.number} {what}.", remedy)
