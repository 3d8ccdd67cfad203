"""From a draft to its two papers. No rule lives here: only words and order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mufakat.core.money import quantity, rupiah, rupiah_in_words
from mufakat.core.words import number_in_words
from mufakat.drafting import totals
from mufakat.drafting.attendance import element_counts
from mufakat.drafting.decisions import Session
from mufakat.drafting.findings import coverage_sentence, findings
from mufakat.drafting.labels import AUTHORITY_LABELS, NOT_ASSESSED, NOT_MAPPED, Result
from mufakat.drafting.papers import (
    CLAUSES,
    COMPULSORY_CLAUSES,
    BeritaAcara,
    Clause,
    DistrictPlan,
    Forum,
    Group,
    Mark,
    Official,
    OtherLine,
    PlanLine,
    PriorityLine,
    Signatory,
    Standing,
)

if TYPE_CHECKING:
    from mufakat.drafting.draft import Draft, Entry
    from mufakat.regions.names import Atlas

ORDINALS = (
    "KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN", "KESEMBILAN", "KESEPULUH",
    "KESEBELAS", "KEDUA BELAS", "KETIGA BELAS", "KEEMPAT BELAS", "KELIMA BELAS", "KEENAM BELAS", "KETUJUH BELAS",
    "KEDELAPAN BELAS", "KESEMBILAN BELAS", "KEDUA PULUH",
)  # fmt: skip
OTHER_RESULTS = (
    Result.BELUM_DISEPAKATI,
    Result.CADANGAN,
    Result.KEWENANGAN_DESA,
    Result.KEWENANGAN_KELURAHAN,
    Result.TERTOLAK_IMPOR,
)


def berita_acara(draft: Draft, session: Session | None = None) -> BeritaAcara:
    """The berita acara; headed RANCANGAN and without number while the decisions are not complete (rule 119)."""
    session = session or Session()
    office = draft.options.office
    return BeritaAcara(
        standing=_standing(draft, is_draft=not draft.is_decided),
        letterhead=office.letterhead,
        forum=_forum(draft, session),
        number=(session.number or office.number) if draft.is_decided else "",
        chair=session.chair or office.chair,
        basis=office.basis,
        speeches=session.speeches,
        materials=session.materials,
        elements=element_counts(session.attendees),
        invited=session.invited if session.invited is not None else office.invited,
        clauses=_clauses(draft, session),
        results=totals.per_result(draft),
        pagu=draft.options.pagu,
        agreed_total=totals.value_of(draft.agreed),
        agreed_count=len(draft.agreed),
        proposals_total=totals.value_of(draft.entries),
        proposals_count=len(draft.entries),
        per_agency=totals.per_agency(draft),
        per_bidang=totals.per_bidang(draft),
        per_village=totals.per_village(draft),
        per_authority=totals.per_authority(draft),
        attendees=session.attendees,
        priorities=tuple(_priority_line(i, e) for i, e in enumerate(draft.agreed, start=1)),
        others=_other_groups(draft),
        supra=_lines(draft, draft.with_result(Result.DITERUSKAN_SUPRA)),
        delegates=session.delegates,
        objections=session.objections,
        signatories=session.signatories or default_signatories(draft, session),
        notes=_notes(draft, session),
    )


def district_plan(draft: Draft, atlas: Atlas | None = None) -> DistrictPlan:
    """The Rancangan Rencana Pembangunan Kecamatan: always RANCANGAN, with its time (rule 52)."""
    villages = draft.villages
    return DistrictPlan(
        standing=_standing(draft, is_draft=True),
        letterhead=draft.options.office.letterhead,
        forum=_forum(draft, Session()),
        approver=draft.options.office.camat,
        basis=draft.options.office.basis,
        villages_desa=sum(v.kind == "desa" for v in villages),
        villages_kelurahan=sum(v.kind == "kelurahan" for v in villages),
        villages_without_proposals=tuple(t.label for t in totals.per_village(draft) if t.count == 0),
        criteria=tuple((c.name, c.weight, _fact_basis(draft, c.key, c.basis)) for c in draft.options.criteria),
        coverage=coverage_sentence(draft),
        pagu=draft.options.pagu,
        results=totals.per_result(draft),
        per_bidang=totals.per_bidang(draft),
        per_agency=totals.per_agency(draft),
        per_village=totals.per_village(draft),
        per_authority=totals.per_authority(draft),
        marks=_marks(draft, atlas),
        issues=findings(draft),
        cross_village=_lines(draft, tuple(e for e in draft.entries if len(e.villages) > 1)),
        supra=_lines(draft, draft.with_result(Result.DITERUSKAN_SUPRA)),
        lines=tuple(_plan_line(draft, i, e) for i, e in enumerate(plan_order(draft), start=1)),
        proposals_total=totals.value_of(draft.entries),
        proposals_count=len(draft.entries),
    )


def plan_order(draft: Draft) -> tuple[Entry, ...]:
    """All proposals once: agreed by rank, then the provisional order, then the rest by number."""
    last = len(draft.entries) + 1
    return tuple(sorted(draft.entries, key=lambda e: (e.rank or last, e.order or last, e.number)))


def _standing(draft: Draft, *, is_draft: bool) -> Standing:
    return Standing(
        is_draft=is_draft, is_example=draft.options.is_example, at=draft.options.at, paper=draft.options.office.paper
    )


def _forum(draft: Draft, session: Session) -> Forum:
    place, office = draft.options.place, draft.options.office
    return Forum(
        kecamatan=place.kecamatan,
        kabupaten=place.kabupaten,
        provinsi=place.provinsi,
        plan_year=draft.options.plan_year,
        day=draft.options.day,
        time=session.time or office.time,
        place=session.place or office.place,
        kecamatan_term=office.kecamatan_term,
        resumed=session.resumed,
    )


def location_of(entry: Entry) -> str:
    """Village and place in one line; RT and RW only where the location does not already say them."""
    row = entry.row
    parts = [totals.entry_village(entry)]
    if row.location:
        parts.append(row.location)
    if row.rw and f"rw {row.rw}".lower() not in row.location.lower():
        parts.append(f"RT {row.rt} RW {row.rw}" if row.rt else f"RW {row.rw}")
    return ", ".join(part for part in parts if part)


def volume_of(entry: Entry) -> str:
    """Volume with its unit; the text of the sheet where no single figure could be read."""
    if entry.row.volume is None:
        return entry.row.volume_text
    return f"{quantity(entry.row.volume)} {entry.row.unit}".strip()


def title_of(entry: Entry) -> str:
    """The title, or a plain statement that there is none."""
    return entry.row.title or "(tanpa judul)"


def _priority_line(number: int, entry: Entry) -> PriorityLine:
    row = entry.row
    differs = entry.value is not None and row.value is not None and entry.value != row.value
    return PriorityLine(
        number=number,
        regional_priority=row.target_priority or NOT_MAPPED,
        regional_target=row.target or NOT_MAPPED,
        program=row.program or NOT_MAPPED,
        activity=title_of(entry),
        activity_target=row.activity_target or row.groups or NOT_MAPPED,
        location=location_of(entry),
        volume=volume_of(entry),
        value=entry.value,
        agency=entry.agency,
        requested_value=row.value if differs else None,
    )


def _lines(draft: Draft, entries: tuple[Entry, ...]) -> tuple[OtherLine, ...]:
    return tuple(
        OtherLine(
            number=i,
            activity=title_of(e),
            village=totals.entry_village(e),
            location=e.row.location,
            volume=volume_of(e),
            value=e.value,
            agency=e.agency,
            result=totals.result_label(draft, e.result),
            reason_code=e.reason_code,
            reason=e.reason,
        )
        for i, e in enumerate(entries, start=1)
    )


def _other_groups(draft: Draft) -> tuple[Group, ...]:
    groups = []
    for result in OTHER_RESULTS:
        entries = draft.with_result(result)
        if result is Result.CADANGAN:
            entries = tuple(sorted(entries, key=lambda e: (e.order or len(draft.entries) + 1, e.number)))
        if entries:
            label = totals.result_label(draft, result)
            groups.append(Group(label, _lines(draft, entries), totals.value_of(entries)))
    return tuple(groups)


def _plan_line(draft: Draft, number: int, entry: Entry) -> PlanLine:
    return PlanLine(
        number=number,
        rank=entry.rank,
        village=totals.entry_village(entry),
        activity=title_of(entry),
        location=entry.row.location,
        volume=volume_of(entry),
        value=entry.value,
        agency=entry.agency,
        bidang=entry.ruling.bidang_label if entry.ruling else totals.NO_FIELD,
        authority=AUTHORITY_LABELS[entry.ruling.authority] if entry.ruling else totals.UNKNOWN,
        score=f"{entry.score:.2f}".replace(".", ",") if entry.coverage else NOT_ASSESSED,
        result=totals.result_label(draft, entry.result),
        remark=_remark(entry),
    )


def _remark(entry: Entry) -> str:
    links = f"Mirip dengan usulan nomor {', '.join(map(str, entry.duplicates))}." if entry.duplicates else ""
    return " ".join(part for part in (entry.reason, links) if part)


def _figures(count: int) -> str:
    return f"{count} ({number_in_words(count)})"


def _amount(value: int) -> str:
    return f"{rupiah(value)} ({rupiah_in_words(value)})"


def clause_texts(draft: Draft, session: Session) -> dict[str, str]:
    """The clauses the figures write by themselves, by key, in their usual order."""
    texts = (
        _priority_clause(draft),
        _other_clause(draft),
        _supra_clause(draft),
        _delegate_clause(draft, session),
        "Usulan yang lahan, aset, atau penerimanya belum memenuhi syarat dapat ditindaklanjuti setelah status lahan "
        "atau aset diselesaikan dan penerima barang dibuktikan berbadan hukum Indonesia.",
        "Hasil sidang kelompok, daftar hadir, dan seluruh lampiran merupakan satu kesatuan yang tidak terpisahkan "
        "dari berita acara ini.",
        f"Berita acara ini menjadi bahan penyusunan RKPD {draft.options.place.kabupaten} Tahun "
        f"{draft.options.plan_year}, bukan jaminan penganggaran.",
    )
    return dict(zip(CLAUSES, texts, strict=True))


def _clauses(draft: Draft, session: Session) -> tuple[Clause, ...]:
    """The usual clauses, or those the office chose in its order; compulsory ones are never left out (rule 78)."""
    usual = clause_texts(draft, session)
    if session.clauses:
        texts = [c.text or usual[c.key] for c in session.clauses]
        chosen = {c.key for c in session.clauses}
        texts += [text for key, text in usual.items() if key in COMPULSORY_CLAUSES - chosen]
    else:
        texts = list(usual.values())
    return tuple(Clause(ordinal, text) for ordinal, text in zip(ORDINALS, texts, strict=False))


def _priority_clause(draft: Draft) -> str:
    agreed = draft.agreed
    if not agreed:
        return "Tidak ada kegiatan prioritas yang disepakati; Lampiran II memuat NIHIL."
    return (
        f"Kegiatan prioritas {draft.options.office.kecamatan_term} {draft.options.place.kecamatan} sebanyak "
        f"{_figures(len(agreed))} kegiatan dengan kebutuhan pendanaan indikatif {_amount(totals.value_of(agreed))}, "
        "menurut urutan dalam Daftar Urutan Kegiatan Prioritas (Lampiran II)."
    )


def _other_clause(draft: Draft) -> str:
    groups = _other_groups(draft)
    if not groups:
        return "Tidak ada usulan yang belum disepakati atau menjadi cadangan; Lampiran III memuat NIHIL."
    parts = "; ".join(f"{g.title.lower()} {_figures(len(g.lines))} usulan" for g in groups)
    return f"Usulan di luar daftar prioritas beserta alasannya sebagaimana Lampiran III, yaitu {parts}."


def _supra_clause(draft: Draft) -> str:
    entries = draft.with_result(Result.DITERUSKAN_SUPRA)
    if not entries:
        return "Tidak ada usulan yang diteruskan di atas kewenangan kabupaten; daftar supra memuat NIHIL."
    return (
        f"Usulan sebanyak {_figures(len(entries))} dengan nilai {_amount(totals.value_of(entries))} diteruskan kepada "
        "pemerintah provinsi atau pemerintah pusat sebagaimana daftar supra, dan dikawal oleh delegasi."
    )


def _delegate_clause(draft: Draft, session: Session) -> str:
    forums = f"Forum Perangkat Daerah dan Musrenbang RKPD {draft.options.place.kabupaten}"
    if not session.delegates:
        return f"Delegasi yang mengawal hasil musrenbang dalam {forums} dituangkan dalam Lampiran IV."
    women = sum(d.gender == "P" for d in session.delegates)
    return (
        f"Delegasi sebanyak {_figures(len(session.delegates))} orang, {_figures(women)} di antaranya perempuan, "
        f"mengawal hasil musrenbang dalam {forums} sampai penetapan anggaran (Lampiran IV)."
    )


def default_signatories(draft: Draft, session: Session) -> tuple[Signatory, ...]:
    """Who signs when the office names nobody else: chair, camat, and the representatives of rule 84 as blanks."""
    office, place = draft.options.office, draft.options.place
    chair = session.chair or office.chair
    officials = [chair]
    if office.camat != chair:
        officials.append(office.camat)
    officials.extend(
        office.signatories
        or (
            Official("", institution=f"Bappeda {place.kabupaten}"),
            Official("", institution=f"DPRD {place.kabupaten}"),
            Official("", institution="Perangkat Daerah"),
            Official("", institution="Wakil desa"),
            Official("", institution="Wakil kelurahan"),
            Official("", institution="Wakil perempuan"),
        )
    )
    return tuple(Signatory(i, official) for i, official in enumerate(officials, start=1))


def _notes(draft: Draft, session: Session) -> tuple[str, ...]:
    from mufakat.drafting.attendance import session_notes

    notes = list(session_notes(session)) if draft.is_decided else []
    if session.method:
        notes.insert(0, f"Keputusan diambil melalui {session.method}.")
    spent = totals.value_of(draft.agreed)
    pagu = draft.options.pagu
    if pagu is not None and spent > pagu:
        notes.append(f"Nilai yang disepakati melebihi pagu {rupiah(pagu)} sebesar {rupiah(spent - pagu)}.")
    return tuple(notes)


def _fact_basis(draft: Draft, key: str, basis: str) -> str:
    scored = sum(any(k == key for k, _ in e.levels) for e in draft.entries if e.ruling)
    return f"{basis} ({scored} usulan)" if scored else NOT_ASSESSED


def _marks(draft: Draft, atlas: Atlas | None) -> tuple[Mark, ...]:
    tallies = {t.label: t for t in totals.per_village(draft)}
    marks = []
    for village in draft.villages:
        region = atlas.get(village.code) if atlas else None
        tally = tallies[totals.village_label(village.kind, village.name)]
        marks.append(
            Mark(
                name=village.name,
                kind=village.kind,
                longitude=region.longitude if region else None,
                latitude=region.latitude if region else None,
                count=tally.count,
                value=tally.value,
                agreed_count=tally.agreed_count,
                agreed_value=tally.agreed_value,
            )
        )
    return tuple(marks)
