"""From rows to recommendations: authority, eligibility, repeats, order, pagu. The forum decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mufakat.core.money import rupiah
from mufakat.drafting import facts, ordering, rules
from mufakat.drafting.draft import Draft, Entry, Options, Place, Recommendation
from mufakat.drafting.labels import Reason, Result
from mufakat.drafting.preparation import NOTHING_PREPARED, Preparation
from mufakat.drafting.similarity import Links, links_between
from mufakat.engines.nomenclature.classify import Ruling, Setting, classify
from mufakat.engines.sheets.model import Severity
from mufakat.regions.rules import misplaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mufakat.drafting.rules import Verdict
    from mufakat.engines.nomenclature.table import Table
    from mufakat.engines.sheets.model import Reading, SheetRow

NOTHING = Decimal("0.00")


@dataclass(slots=True)
class _Work:
    """One row on its way; verdict None means it is still in the running."""

    number: int
    row: SheetRow
    ruling: Ruling | None = None
    verdict: Verdict | None = None
    levels: dict[str, int] | None = None
    score: Decimal = NOTHING
    coverage: Decimal = NOTHING
    order: int | None = None
    rank: int | None = None
    duplicates: tuple[int, ...] = ()
    villages: tuple[str, ...] = ()
    value: int | None = None


def assemble(
    *,
    reading: Reading,
    options: Options,
    table: Table,
    known_villages: Sequence[str] = (),
    outside_order: frozenset[int] = frozenset(),
    preparation: Preparation = NOTHING_PREPARED,
) -> Draft:
    """The draft before the forum: every row with its recommendation, in order of number.

    `known_villages` are names of the whole regency; they tell a place in a title from an object.
    `outside_order` are numbers of proposals born in the session: they get no recommendation.
    `preparation` is what a verifier has found and the order a team has set; without it the rules stand alone.
    """
    names = tuple(dict.fromkeys([*(v.name for v in reading.villages), *known_villages]))
    works = [
        _Work(number, row, value=preparation.value(number, row.value))
        for number, row in enumerate(reading.rows, start=1)
    ]
    usable = [w for w in works if not w.row.is_faulty]
    for work in works:
        if work.row.is_faulty:
            work.verdict = _refusal(work.row)
    _classify(usable, options, table, names, preparation)
    _settle_repeats(usable, links_between([(w.number, w.row) for w in usable], options.place.kecamatan))
    for work in usable:
        if work.number in outside_order:
            work.verdict = (Result.CADANGAN, Reason.LAIN, "Usulan dari sidang; forum yang memutuskan.")
    _order(usable, preparation)
    _cut(usable, options)
    return Draft(
        options=options,
        entries=tuple(_entry(w, options.place) for w in works),
        problems=reading.problems,
        files=reading.files,
        villages=reading.villages,
        villages_from_sheets=reading.villages_from_sheets,
    )


def _refusal(row: SheetRow) -> Verdict:
    faults = " ".join(f"{p.what} {p.remedy}".strip() for p in row.problems if p.severity is Severity.FAULT)
    return Result.TERTOLAK_IMPOR, Reason.IMPOR, faults


def _classify(
    works: list[_Work], options: Options, table: Table, names: tuple[str, ...], preparation: Preparation
) -> None:
    setting = Setting(options.place.kecamatan, options.place.regency_code, options.office.kecamatan_term)
    for work in works:
        row = work.row
        village = row.village
        ruling = classify(
            title=row.title,
            details=_details(row),
            village_kind=village.kind if village else "",
            village=village.name if village else "",
            stated_agency=row.agency,
            table=table,
            setting=setting,
            villages=names,
        )
        work.ruling = preparation.ruling(work.number, ruling)
        work.levels = facts.levels(row=row, bidang=work.ruling.bidang, villages=names, criteria=options.criteria)
        work.villages = facts.villages_named(row, names)
        work.verdict = _verdict(work, preparation)
    found = ordering.scores([w.levels or {} for w in works], options.criteria)
    for work, (score, coverage) in zip(works, found, strict=True):
        work.score, work.coverage = score, coverage


def _verdict(work: _Work, preparation: Preparation) -> Verdict | None:
    """What was settled, else what the authority or the eligibility says; None keeps it in the running."""
    assert work.ruling is not None
    row, found = work.row, preparation.settled.get(work.number)
    if found and found.verdict:
        return found.verdict
    elsewhere = rules.authority_verdict(ruling=work.ruling, village=row.village.name if row.village else "")
    if elsewhere or (found and found.is_cleared):
        return elsewhere
    return rules.eligibility_verdict(row=row, ruling=work.ruling)


def _details(row: SheetRow) -> str:
    numbers = (f"rt {row.rt}" if row.rt else "") + (f" rw {row.rw}" if row.rw else "")
    return f"{row.location} {numbers}"


def _settle_repeats(works: list[_Work], links: Links) -> None:
    """Exact repeats leave the running behind their first; the likely ones are only linked (rules 29, 32)."""
    by_number = {w.number: w for w in works}
    for number, first in links.repeats.items():
        work = by_number[number]
        work.duplicates = (first,)
        if work.verdict is None or work.verdict[0] is not Result.BELUM_DISEPAKATI:
            text = f"Sama persis dengan usulan nomor {first}; dibahas pada usulan itu."
            work.verdict = (Result.BELUM_DISEPAKATI, Reason.DUP, text)
    for number, others in links.alike.items():
        work = by_number[number]
        work.duplicates = tuple(sorted({*work.duplicates, *others}))


def _order(works: list[_Work], preparation: Preparation) -> None:
    running = [w for w in works if w.verdict is None]
    positions = preparation.places(
        ordering.provisional_order([ordering.Item(w.number, w.row, w.score) for w in running])
    )
    for work in running:
        work.order = positions[work.number]


def _cut(works: list[_Work], options: Options) -> None:
    running = sorted((w for w in works if w.order is not None), key=lambda w: w.order or 0)
    for work in running:
        if work.value is None:
            text = "Nilai usulan belum ada; menjadi cadangan sampai nilainya ditetapkan."
            work.verdict = (Result.CADANGAN, Reason.BIAYA, text)
    priced = [w for w in running if w.verdict is None]
    fits = rules.within_pagu(
        values=[w.value or 0 for w in priced], pagu=options.pagu, stops_at_line=options.stops_at_line
    )
    rank = 0
    for work, fit in zip(priced, fits, strict=True):
        if fit:
            rank += 1
            work.rank = rank
        else:
            text = f"Tidak tertampung dalam pagu {rupiah(options.pagu or 0)}; menjadi cadangan menurut urutan."
            work.verdict = (Result.CADANGAN, Reason.PAGU, text)


def _entry(work: _Work, place: Place) -> Entry:
    result, code, reason = work.verdict or (Result.DISEPAKATI, "", "")
    value = work.value
    return Entry(
        number=work.number,
        row=work.row,
        ruling=work.ruling,
        score=work.score,
        coverage=work.coverage,
        levels=tuple(sorted((work.levels or {}).items())),
        recommended=Recommendation(result, str(code), reason, work.rank, value),
        result=result,
        reason_code=str(code),
        reason=reason,
        rank=work.rank,
        value=value,
        agency=work.ruling.agency if work.ruling else work.row.agency,
        order=work.order,
        duplicates=work.duplicates,
        villages=work.villages,
        warnings=_warnings(work, place),
    )


def _warnings(work: _Work, place: Place) -> tuple[str, ...]:
    row = work.row
    where = misplaced(row.latitude, row.longitude, kecamatan=place.bounds, regency=place.regency_bounds)
    said = [f"{p.what} {p.remedy}".strip() for p in work.row.problems if p.severity is Severity.WARNING]
    ruled = [text for _, text in work.ruling.warnings] if work.ruling else []
    alike = work.duplicates and not (work.verdict and work.verdict[1] is Reason.DUP)
    linked = [f"Mirip dengan usulan nomor {', '.join(map(str, work.duplicates))}; bicarakan bersama."] if alike else []
    recipient = _recipient_warning(work)
    return tuple(dict.fromkeys([*said, *([where] if where else []), *ruled, *linked, *recipient]))


def _recipient_warning(work: _Work) -> list[str]:
    waiting = work.verdict is None or work.verdict[0] is Result.CADANGAN
    if work.ruling and work.ruling.needs_recipient and waiting:
        return ["Barang untuk kelompok: bukti badan hukum penerima harus dilengkapi (UU 23/2014 pasal 298 ayat 5)."]
    return []


def with_finding(draft: Draft, sentence: str) -> Draft:
    """The draft with one more remark on the whole."""
    return replace(draft, findings=(*draft.findings, sentence))
