"""The berita acara laid out: its body as finished words, its annexes as tables (domain §3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mufakat.core.dates import date_in_words, full_date, long_date
from mufakat.core.money import rupiah, thousands
from mufakat.documents.render import Annex, Cell, Sum, Table, TableGroup, cell, clean
from mufakat.drafting.paper_parts import (
    BLANK,
    DASH,
    amount_cell,
    capacity_of,
    figure,
    forum_name,
    kecamatan,
    letterhead,
    list_facts,
    money,
    or_dash,
    recap,
    signer,
)
from mufakat.drafting.papers import Attendee, BeritaAcara, Delegate, Group, OtherLine, PriorityLine, Tally

BLANK_ATTENDANCE = 25
BLANK_DELEGATES = 5
BLANK_SIGNATURES = 10
ELEMENTS = (
    "Kepala desa dan lurah",
    "Delegasi desa dan kelurahan",
    "BPD, LKMD/LKMK",
    "PKK dan kelompok perempuan",
    "Pemuda",
    "Penyandang disabilitas",
    "Anggota DPRD daerah pemilihan setempat",
    "Bappeda",
    "Perangkat daerah dan UPT",
    "Forkopimcam",
    "Tokoh masyarakat dan unsur lain",
)
"""Rows of the blank attendance recap (rule 48)."""

NOTICE = (
    "Naskah ini rancangan, bukan hasil musrenbang, dan tidak bernomor. Isinya disusun dari lembar usulan desa dan "
    "kelurahan sebagai bahan forum; urutan dan hasil di dalamnya hanya usul, keputusan ada pada forum. Bagian yang "
    "kosong diisi pada saat forum."
)
NOT_A_PROMISE = "bukan jaminan penganggaran"


def body(paper: BeritaAcara) -> dict[str, object]:
    """The body of the berita acara, `naskah` in its template."""
    return {
        "kind": "naskah",
        "letterhead": letterhead(paper.letterhead),
        "title": _title(paper),
        "number": _number(paper),
        "notice": NOTICE if paper.standing.is_draft else "",
        "opening": _opening(paper),
        "facts": _facts(paper),
        "forum-name": forum_name(paper.forum),
        "basis": [clean(line) for line in paper.basis],
        "attendance-words": _attendance_words(paper),
        "attendance": attendance_counts(paper).data(),
        "speeches": [clean(line) for line in paper.speeches] or [BLANK * 3] * 3,
        "materials": _materials(paper).data(),
        "clauses": [[clause.ordinal, clean(clause.text)] for clause in paper.clauses],
        "standing": _standing(paper),
        **_results(paper),
        **_objections(paper),
        "notes": [clean(note) for note in paper.notes],
        "chair": chair(paper),
        "signatures": _signatures(paper).data(),
    }


def annexes(paper: BeritaAcara) -> list[Annex]:
    """Lampiran I to IV in order; each list ends with the chair's signature (domain §3), but a blank attendance form."""
    facts, signed = list_facts(paper.forum), chair(paper)
    kinds = (_attendees, _priorities, _others, _supra, _delegates)
    lists = [replace(kind(paper, facts), signer=signed) for kind in kinds]
    return lists if paper.attendees else [replace(lists[0], signer=None), *lists[1:]]


def _title(paper: BeritaAcara) -> list[str]:
    forum = paper.forum
    return [
        *(["RANCANGAN"] if paper.standing.is_draft else []),
        "BERITA ACARA HASIL KESEPAKATAN",
        f"MUSRENBANG RKPD {forum.kabupaten.upper()}",
        f"DI {kecamatan(forum).upper()} TAHUN {forum.plan_year}",
    ]


def _number(paper: BeritaAcara) -> str:
    if paper.standing.is_draft:
        return ""
    return f"Nomor: {paper.number or BLANK * 2}"


def chair(paper: BeritaAcara) -> dict[str, object]:
    """The chair's signature; in a draft the day is left open, for nothing has been signed yet."""
    day = BLANK if paper.standing.is_draft else long_date((paper.forum.day, *paper.forum.resumed)[-1])
    return signer([f"{paper.forum.kecamatan}, {day}", "Pimpinan Sidang,", capacity_of(paper.chair)], paper.chair)


def _opening(paper: BeritaAcara) -> str:
    later = "".join(f", dilanjutkan pada hari {date_in_words(day)}" for day in paper.forum.resumed)
    held = "diselenggarakan" if paper.standing.is_draft else "telah diselenggarakan"
    return (
        f"Pada hari ini, {date_in_words(paper.forum.day)}{later}, bertempat di {paper.forum.place or BLANK * 2}, {held} "
        f"{forum_name(paper.forum)}, yang dihadiri pemangku kepentingan sesuai dengan daftar hadir peserta "
        "dalam Lampiran I berita acara ini."
    )


def _facts(paper: BeritaAcara) -> list[list[str]]:
    forum, chair = paper.forum, paper.chair
    who = ", ".join(part for part in (clean(chair.name), capacity_of(chair), clean(chair.institution)) if part)
    return [
        ["Hari, tanggal", "; dilanjutkan ".join(map(full_date, (forum.day, *forum.resumed)))],
        ["Waktu", clean(forum.time)],
        ["Tempat", clean(forum.place)],
        ["Pimpinan sidang", who],
        ["Tahun rencana", f"{forum.plan_year} (musrenbang diselenggarakan tahun {forum.day.year})"],
    ]


def _attendance_words(paper: BeritaAcara) -> str:
    if not paper.elements:
        return "Jumlah peserta menurut unsur, diisi dari daftar hadir dalam Lampiran I:"
    male, female = sum(e.male for e in paper.elements), sum(e.female for e in paper.elements)
    invited = f", dari {figure(paper.invited)} orang yang diundang" if paper.invited is not None else ""
    return (
        f"Musrenbang dihadiri {figure(male + female)} orang, terdiri atas {figure(male)} laki-laki dan "
        f"{figure(female)} perempuan{invited}, dengan rincian menurut unsur sebagai berikut."
    )


def attendance_counts(paper: BeritaAcara) -> Table:
    """People present per element with L, P and their sums (rule 54)."""
    given = [(cell(e.element), str(e.male), str(e.female), str(e.total)) for e in paper.elements]
    rows = [(str(n), *row) for n, row in enumerate(given or [(name, "", "", "") for name in ELEMENTS], 1)]
    totals = ("", "", "")
    if given:
        totals = (
            str(sum(e.male for e in paper.elements)),
            str(sum(e.female for e in paper.elements)),
            str(sum(e.total for e in paper.elements)),
        )
    return Table(
        heads=("No", "Unsur", "L", "P", "Jumlah"),
        widths=("9mm", "1fr", "18mm", "18mm", "22mm"),
        align="rlrrr",
        groups=(TableGroup(rows),),
        total=Sum("Jumlah", 2, totals),
        size=9.5,
    )


def _materials(paper: BeritaAcara) -> Table:
    rows = [(str(n), clean(m.topic), or_dash(m.presenter)) for n, m in enumerate(paper.materials, 1)]
    return Table(
        heads=("No", "Materi", "Penyaji"),
        widths=("9mm", "1fr", "62mm"),
        align="rll",
        groups=(TableGroup(rows or [(str(n), "", "") for n in (1, 2, 3)]),),
        size=9.5,
        height=None if rows else "8mm",
    )


def _standing(paper: BeritaAcara) -> str:
    """The sentence every berita acara carries, unless a clause already says it."""
    if any(NOT_A_PROMISE in clause.text for clause in paper.clauses):
        return ""
    return (
        f"Berita acara ini merupakan bahan penyusunan RKPD {paper.forum.kabupaten} Tahun "
        f"{paper.forum.plan_year}, {NOT_A_PROMISE}."
    )


def _results(paper: BeritaAcara) -> dict[str, object]:
    draft = paper.standing.is_draft
    decided = "direkomendasikan masuk daftar prioritas" if draft else "disepakati"
    rows = [(cell(t.label), thousands(t.count), thousands(t.value)) for t in paper.results]
    table = Table(
        heads=("Rekomendasi" if draft else "Hasil", "Jumlah usulan", "Nilai (Rp)"),
        widths=("1fr", "32mm", "42mm"),
        align="lrr",
        groups=(TableGroup(rows),),
        total=Sum("Jumlah", 1, (thousands(paper.proposals_count), thousands(paper.proposals_total))),
        size=9.5,
    )
    return {
        "results-title": "Rekapitulasi rekomendasi" if draft else "Rekapitulasi hasil",
        "results-words": [
            f"Jumlah seluruh usulan {figure(paper.proposals_count)}, senilai {money(paper.proposals_total)}.",
            f"Usulan yang {decided} {figure(paper.agreed_count)}, senilai {money(paper.agreed_total)}.",
        ],
        "results": table.data(),
        "pagu-words": _pagu_words(paper),
    }


def _pagu_words(paper: BeritaAcara) -> str:
    if paper.pagu is None:
        return ""
    left = paper.pagu - paper.agreed_total
    rest = f"sisa {rupiah(left)}" if left >= 0 else f"terlampaui {rupiah(-left)}"
    return f"Pagu indikatif {money(paper.pagu)}; terpakai {rupiah(paper.agreed_total)}, {rest}."


def _objections(paper: BeritaAcara) -> dict[str, object]:
    words = "Diisi pada saat forum." if paper.standing.is_draft else "Tidak ada keberatan yang dicatat dalam forum."
    rows = [(str(o.number), cell(o.by), clean(o.content), or_dash(o.answer)) for o in paper.objections]
    table = Table(
        heads=("No", "Disampaikan oleh", "Keberatan", "Jawaban"),
        widths=("9mm", "36mm", "1fr", "1fr"),
        align="rlll",
        groups=(TableGroup(rows),),
        size=9.5,
    )
    return {"objections": table.data() if rows else None, "objections-words": words}


def _signatures(paper: BeritaAcara) -> Table:
    rows: list[Sequence[Cell]] = []
    for s in paper.signatories:
        name = (cell(s.official.name), f"NIP {s.official.nip}") if s.official.nip else cell(s.official.name)
        place = {"sign": s.number, "note": clean(s.note)}
        rows.append((str(s.number), name, cell(s.official.institution), cell(capacity_of(s.official)), place))
    if not rows:
        rows = [(str(n), "", "", "", {"sign": n, "note": ""}) for n in range(1, BLANK_SIGNATURES + 1)]
    return Table(
        heads=("No", "Nama", "Instansi/Unsur", "Jabatan", "Tanda tangan"),
        widths=("8mm", "40mm", "1fr", "34mm", "48mm"),
        align="rllll",
        groups=(TableGroup(rows),),
        size=9,
        height="12mm",
    )


def _attendees(paper: BeritaAcara, facts: tuple[tuple[str, str], ...]) -> Annex:
    rows: list[Sequence[Cell]] = [
        (str(a.number), cell(a.name), a.gender, cell(a.element), _two(a.institution, a.position), or_dash(a.origin),
         {"sign": a.number, "note": ""})
        for a in paper.attendees
    ] or [(str(n), "", "", "", "", "", {"sign": n, "note": ""}) for n in range(1, BLANK_ATTENDANCE + 1)]  # fmt: skip
    table = Table(
        heads=("No", "Nama", "L/P", "Unsur", "Instansi dan jabatan", "Alamat/asal", "Tanda tangan"),
        widths=("8mm", "1fr", "8mm", "25mm", "33mm", "24mm", "34mm"),
        align="rlcllll",
        groups=(TableGroup(rows),),
        total=Sum(_people(paper.attendees), 4, ("", "", "")),
        size=8.5,
        height=None if paper.attendees else "7.5mm",
    )
    return Annex("Lampiran I", "Daftar hadir peserta", table, facts, may_be_empty=False)


def attendance_list(paper: BeritaAcara) -> Annex:
    """The list of people present with places to sign, Lampiran I; a blank form where nobody is listed."""
    return _attendees(paper, list_facts(paper.forum))


def supra_list(paper: BeritaAcara) -> Annex:
    """The list for the province and the centre; empty prints NIHIL."""
    return _supra(paper, list_facts(paper.forum))


def _two(first: str, second: str) -> Cell:
    return (cell(first), cell(second)) if first and second else cell(first or second) or DASH


def _priorities(paper: BeritaAcara, facts: tuple[tuple[str, str], ...]) -> Annex:
    draft = paper.standing.is_draft
    table = Table(
        heads=(
            "No", "Prioritas daerah", "Sasaran daerah", "Program", "Kegiatan prioritas", "Sasaran kegiatan",
            "Lokasi (desa/kelurahan)", "Volume", "Pagu (Rp)", "Perangkat daerah penanggung jawab",
        ),
        widths=("9mm", "22.5mm", "22.5mm", "24mm", "1fr", "22.5mm", "35mm", "16mm", "27mm", "36mm"),
        align="rlllllllrl",
        groups=tuple(_agency_group(name, lines) for name, lines in _by_agency(paper.priorities)),
        total=Sum(f"Jumlah seluruhnya, {thousands(paper.agreed_count)} usulan", 7, ("", thousands(paper.agreed_total), "")),
        numbered=True,
        size=8,
    )  # fmt: skip
    return Annex(
        "Lampiran II",
        f"Daftar urutan kegiatan prioritas {paper.forum.kecamatan_term.lower()} berdasarkan perangkat daerah",
        table,
        facts,
        remark="Urutan sementara menurut kriteria; urutan dan nilai ditetapkan forum." if draft else "",
        landscape=True,
    )


def _by_agency(lines: Iterable[PriorityLine]) -> list[tuple[str, list[PriorityLine]]]:
    groups: dict[str, list[PriorityLine]] = {}
    for line in lines:
        groups.setdefault(line.agency, []).append(line)
    return list(groups.items())


def _agency_group(name: str, lines: list[PriorityLine]) -> TableGroup:
    total = sum(line.value or 0 for line in lines)
    return TableGroup(
        [_priority_row(line) for line in lines],
        title=clean(name),
        sum=Sum(f"Jumlah {clean(name)}, {thousands(len(lines))} usulan", 8, (thousands(total), "")),
    )


def _priority_row(line: PriorityLine) -> tuple[Cell, ...]:
    value: Cell = amount_cell(line.value)
    if line.requested_value is not None and line.requested_value != line.value:
        value = (amount_cell(line.value), f"diusulkan {thousands(line.requested_value)}")
    texts = (line.regional_priority, line.regional_target, line.program, line.activity, line.activity_target)
    return (
        str(line.number), *(or_dash(t) for t in texts), or_dash(line.location), or_dash(line.volume), value,
        or_dash(line.agency),
    )  # fmt: skip


OTHER_HEADS = ("No", "Kegiatan", "Desa/kelurahan", "Lokasi", "Volume", "Nilai (Rp)", "Perangkat daerah", "Alasan")


OTHER_WIDTHS = ("9mm", "1fr", "29mm", "38mm", "21mm", "27mm", "35mm", "58mm")


def _others_table(groups: Sequence[Group]) -> Table:
    """Rows that are not on the priority list, each with its reason (rule 81); grouped where there is a title."""
    return Table(
        heads=OTHER_HEADS,
        widths=OTHER_WIDTHS,
        align="rllllrll",
        groups=tuple(
            TableGroup(
                [_other_row(line) for line in group.lines],
                title=clean(group.title),
                sum=_others_sum("Jumlah", [group]) if group.title else None,
            )
            for group in groups
        ),
        total=_others_sum("Jumlah seluruhnya", groups),
        size=8,
    )


def _others_sum(words: str, groups: Sequence[Group]) -> Sum:
    count, total = sum(len(group.lines) for group in groups), sum(group.total for group in groups)
    return Sum(f"{words}, {thousands(count)} usulan", 5, (thousands(total), "", ""))


def _other_row(line: OtherLine) -> tuple[Cell, ...]:
    reason: Cell = (cell(line.reason), line.reason_code) if line.reason_code else cell(line.reason)
    return (
        str(line.number), cell(line.activity), or_dash(line.village), or_dash(line.location), or_dash(line.volume),
        amount_cell(line.value), or_dash(line.agency), reason,
    )  # fmt: skip


def _others(paper: BeritaAcara, facts: tuple[tuple[str, str], ...]) -> Annex:
    title = "Daftar usulan yang belum disepakati dan cadangan beserta alasannya"
    return Annex("Lampiran III", title, _others_table(paper.others), facts, landscape=True)


def _supra(paper: BeritaAcara, facts: tuple[tuple[str, str], ...]) -> Annex:
    total = sum(line.value or 0 for line in paper.supra)
    groups = [Group("", paper.supra, total)] if paper.supra else []
    above = f"supra {paper.forum.kecamatan_term.lower()}"
    title = f"Daftar usulan yang diteruskan ({above}): kewenangan provinsi dan pusat"
    return Annex("Lampiran III, bagian supra", title, _others_table(groups), facts, landscape=True)


def _delegates(paper: BeritaAcara, facts: tuple[tuple[str, str], ...]) -> Annex:
    rows: list[Sequence[Cell]] = [
        (str(d.number), cell(d.name), d.gender, cell(d.element), or_dash(d.institution), {"sign": d.number, "note": ""})
        for d in paper.delegates
    ] or [(str(n), "", "", "", "", {"sign": n, "note": ""}) for n in range(1, BLANK_DELEGATES + 1)]
    table = Table(
        heads=("No", "Nama", "L/P", "Unsur", "Lembaga/instansi", "Tanda tangan"),
        widths=("8mm", "1fr", "9mm", "34mm", "38mm", "40mm"),
        align="rlclll",
        groups=(TableGroup(rows),),
        total=Sum(_people(paper.delegates), 4, ("", "")),
        size=9,
        height="12mm",
    )
    title = f"Daftar delegasi {paper.forum.kecamatan_term.lower()} ke forum perangkat daerah dan musrenbang kabupaten"
    return Annex("Lampiran IV", title, table, facts, may_be_empty=False)


def _people(people: Sequence[Attendee] | Sequence[Delegate]) -> str:
    """How many, and how many women among them; a blank on a form to fill in."""
    if not people:
        return f"Jumlah {BLANK} orang"
    return f"Jumlah {thousands(len(people))} orang, {thousands(sum(p.gender == 'P' for p in people))} perempuan"


def recaps(paper: BeritaAcara) -> list[dict[str, object]]:
    """Lampiran V: recaps per agency, bidang, village, authority; each sums to the same totals (rule 82)."""
    kinds: tuple[tuple[str, tuple[Tally, ...]], ...] = (
        ("Perangkat daerah", paper.per_agency),
        ("Bidang", paper.per_bidang),
        ("Desa/kelurahan", paper.per_village),
        ("Kewenangan", paper.per_authority),
    )
    tables = [(head, recap(head, tallies, is_draft=paper.standing.is_draft)) for head, tallies in kinds if tallies]
    section = {
        "kind": "rekap",
        "label": "Lampiran V",
        "title": "Rekapitulasi usulan",
        "continued": False,
        "facts": [list(fact) for fact in list_facts(paper.forum)],
        "tables": [[f"Menurut {head.lower()}", table.data()] for head, table in tables],
    }
    return [section] if tables else []
