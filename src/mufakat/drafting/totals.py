"""Counts and sums of a draft; every paper and file takes its figures from here (rule 82)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mufakat.drafting.labels import AUTHORITY_LABELS, DRAFT_LABELS, RESULT_LABELS, Result
from mufakat.drafting.papers import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mufakat.drafting.draft import Draft, Entry

UNKNOWN = "Tidak diketahui"
UNUSABLE = "Baris yang tidak dapat dipakai"
NO_FIELD = "Belum terpetakan"


def value_of(entries: Iterable[Entry]) -> int:
    """Sum of the values in whole rupiah; a proposal without value counts as nothing."""
    return sum(e.value or 0 for e in entries)


def result_label(draft: Draft, result: Result) -> str:
    """The result's word: a proposal's before the forum, the decision's after it."""
    return (RESULT_LABELS if draft.is_decided else DRAFT_LABELS)[result]


def per_result(draft: Draft) -> tuple[Tally, ...]:
    """Every result that occurs, in the fixed order of results; sums equal those of all proposals."""
    tallies = []
    for result in Result:
        entries = draft.with_result(result)
        if entries:
            agreed = entries if result is Result.DISEPAKATI else ()
            tallies.append(
                Tally(result_label(draft, result), len(entries), value_of(entries), len(agreed), value_of(agreed))
            )
    return tuple(tallies)


def per_agency(draft: Draft) -> tuple[Tally, ...]:
    """All proposals per responsible agency, by agreed value, then name."""
    return _by_weight(_tallies(draft.entries, _desk))


def per_bidang(draft: Draft) -> tuple[Tally, ...]:
    """All proposals per field, by value, then name."""
    return _by_weight(_tallies(draft.entries, lambda e: e.ruling.bidang_label if e.ruling else UNUSABLE))


def per_village(draft: Draft) -> tuple[Tally, ...]:
    """All proposals per village, in order of region code; villages without proposals are listed with zero."""
    order = {village_label(v.kind, v.name): i for i, v in enumerate(draft.villages)}
    tallies = {t.label: t for t in _tallies(draft.entries, entry_village)}
    for label in order:
        tallies.setdefault(label, Tally(label, 0, 0))
    return tuple(sorted(tallies.values(), key=lambda t: (order.get(t.label, len(order)), t.label)))


def per_authority(draft: Draft) -> tuple[Tally, ...]:
    """All proposals per authority class, in the order of the classes."""
    order = {label: i for i, label in enumerate(AUTHORITY_LABELS.values())}
    tallies = _tallies(draft.entries, lambda e: AUTHORITY_LABELS[e.ruling.authority] if e.ruling else UNUSABLE)
    return tuple(sorted(tallies, key=lambda t: order.get(t.label, len(order))))


def village_label(kind: str, name: str) -> str:
    """ "Desa Giri", "Kelurahan Indro", or the bare name where the kind is unknown."""
    return f"{kind.capitalize()} {name}".strip() if kind else name


def entry_village(entry: Entry) -> str:
    """The proposing village as the papers name it."""
    if entry.row.village is not None:
        return village_label(entry.row.village.kind, entry.row.village.name)
    return entry.row.village_text or UNKNOWN


def _desk(entry: Entry) -> str:
    """The agency of a recap; what goes back to villages is one line, not one per village."""
    if entry.ruling is None:
        return UNUSABLE
    if entry.result is Result.KEWENANGAN_DESA:
        return "Pemerintah Desa"
    return entry.agency or UNKNOWN


def _tallies(entries: Iterable[Entry], label: Callable[[Entry], str]) -> list[Tally]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(label(entry), []).append(entry)
    found = []
    for name, members in groups.items():
        agreed = [e for e in members if e.is_agreed]
        found.append(Tally(name, len(members), value_of(members), len(agreed), value_of(agreed)))
    return found


def _by_weight(tallies: list[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(tallies, key=lambda t: (-t.agreed_value, -t.value, -t.count, t.label)))
