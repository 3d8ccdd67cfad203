"""The Rancangan Rencana Pembangunan Kecamatan laid out: chapters as blocks, one full list (domain §3.3).

Every sentence is chosen from the data, so that it is true for none, one or thousands of proposals.
"""

from __future__ import annotations

from collections.abc import Sequence

from mufakat.core.dates import full_date, moment
from mufakat.core.money import rupiah, thousands
from mufakat.documents.render import Annex, Cell, Sum, Table, TableGroup, cell, clean
from mufakat.drafting.paper_parts import (
    DASH,
    amount_cell,
    capacity_of,
    figure,
    forum_name,
    kecamatan,
    letterhead,
    money,
    or_dash,
    signer,
    sums,
)
from mufakat.drafting.papers import DistrictPlan, OtherLine, Tally
from mufakat.drafting.plan_charts import pagu_chart, share_bar, village_map

Block = dict[str, object]


def cover(plan: DistrictPlan) -> Block:
    """Kop, title, key figures, contents."""
    forum = plan.forum
    return {
        "kind": "sampul",
        "letterhead": letterhead(plan.letterhead),
        "label": "Rancangan" if plan.standing.is_draft else "Dokumen forum",
        "title": f"Rencana Pembangunan {forum.kecamatan_term}",
        "place": f"{kecamatan(forum)}, {forum.kabupaten}",
        "year": f"Tahun rencana {forum.plan_year}",
        "about": (f"Bahan {forum_name(forum)}, {full_date(forum.day)}. Keadaan data: {moment(plan.standing.at)}."),
        "figures": [
            [thousands(plan.proposals_count), "usulan masuk"],
            [rupiah(plan.proposals_total), "nilai seluruh usulan"],
            [DASH if plan.pagu is None else rupiah(plan.pagu), "pagu indikatif"],
            [thousands(_villages(plan)), "desa dan kelurahan"],
        ],
    }


def chapters(plan: DistrictPlan) -> list[Block]:
    """Bab I to VI."""
    parts = (
        ("Bab I", "Pendahuluan", _introduction(plan)),
        ("Bab II", "Gambaran wilayah dan usulan masuk", _overview(plan)),
        ("Bab III", "Isu, temuan, dan kriteria", _findings(plan)),
        ("Bab IV", "Rekapitulasi usulan dan pagu", _recaps(plan)),
        ("Bab V", f"Usulan lintas wilayah dan {_above(plan)}", _beyond(plan)),
        ("Bab VI", "Penutup", _closing(plan)),
    )
    return [{"kind": "bab", "label": label, "title": title, "blocks": blocks} for label, title, blocks in parts]


def full_list(plan: DistrictPlan) -> Annex:
    """The one list of all proposals."""
    heads = (
        "No", "Urutan", "Desa/kelurahan", "Kegiatan dan lokasi", "Volume", "Nilai (Rp)", "Perangkat daerah",
        "Bidang dan kewenangan", "Skor", "Hasil dan keterangan",
    )  # fmt: skip
    rows: list[Sequence[Cell]] = [
        (
            str(line.number), DASH if line.rank is None else str(line.rank), cell(line.village),
            _noted(line.activity, line.location), or_dash(line.volume), amount_cell(line.value), or_dash(line.agency),
            _noted(line.bidang, line.authority), or_dash(line.score), _noted(line.result, line.remark),
        )
        for line in plan.lines
    ]  # fmt: skip
    totals = (thousands(plan.proposals_total), "", "", "", "")
    table = Table(
        heads=heads,
        widths=("9mm", "12mm", "28mm", "1fr", "17mm", "25mm", "35mm", "35mm", "13mm", "40mm"),
        align="rrlllrllrl",
        groups=(TableGroup(rows),) if rows else (),
        total=Sum(f"Jumlah, {thousands(plan.proposals_count)} usulan", 5, totals),
        size=8,
    )
    return Annex("Lampiran", "Daftar lengkap usulan", table, landscape=True)


def _above(plan: DistrictPlan) -> str:
    return f"supra {plan.forum.kecamatan_term.lower()}"


def _villages(plan: DistrictPlan) -> int:
    return plan.villages_desa + plan.villages_kelurahan


def _noted(text: str, note: str) -> Cell:
    return (cell(text), cell(note)) if text.strip() and note.strip() else or_dash(text or note)


def _heading(text: str) -> Block:
    return {"type": "heading", "text": text}


def _words(*sentences: str) -> Block:
    return {"type": "words", "text": " ".join(clean(sentence) for sentence in sentences if sentence)}


def _points(items: Sequence[str], *, numbered: bool = False) -> Block:
    return {"type": "points", "items": [clean(item) for item in items], "numbered": numbered}


def _table(table: Table) -> Block:
    return {"type": "table", "table": table.data()}


def _introduction(plan: DistrictPlan) -> list[Block]:
    forum = plan.forum
    basis = _points(plan.basis, numbered=True) if plan.basis else _words("Dasar hukum dilengkapi oleh kecamatan.")
    return [
        _heading("Latar belakang"),
        _words(
            f"Musrenbang kecamatan adalah forum tahunan para pemangku kepentingan untuk membahas dan menyepakati "
            f"prioritas pembangunan {kecamatan(forum)} sebagai bahan penyusunan RKPD {forum.kabupaten} Tahun "
            f"{forum.plan_year}. Agar forum membahas bahan yang sama, usulan desa dan kelurahan dihimpun, diperiksa, "
            "dan disandingkan dalam satu naskah ini."
        ),
        _heading("Dasar hukum"),
        basis,
        _heading("Maksud dan tujuan"),
        _words(
            "Naskah ini menyajikan usulan yang masuk, temuan yang perlu diselesaikan, dan urutan sementara, supaya "
            "peserta dapat menyiapkan tanggapan sebelum forum. Naskah ini bukan keputusan dan bukan jaminan "
            "penganggaran; hasil ditetapkan dalam berita acara musrenbang."
        ),
        _heading("Cara menyusun"),
        _words(
            "Data berasal dari lembar usulan yang disampaikan desa dan kelurahan. Kewenangan dan perangkat daerah "
            "penanggung jawab ditentukan dengan aturan yang sama untuk semua usulan; usulan yang mirip ditautkan dan "
            "tidak digabungkan. Yang tidak diketahui dinyatakan tidak diketahui, bukan diperkirakan."
        ),
    ]


def _overview(plan: DistrictPlan) -> list[Block]:
    return [
        _heading("Wilayah"),
        _words(_territory(plan)),
        _heading("Usulan yang masuk"),
        _words(*_received(plan)),
        *([_table(_results(plan))] if plan.results else []),
        _heading("Sebaran menurut desa dan kelurahan"),
        *_spread(plan),
    ]


def _territory(plan: DistrictPlan) -> str:
    parts = [
        f"{figure(count)} {kind}"
        for count, kind in ((plan.villages_kelurahan, "kelurahan"), (plan.villages_desa, "desa"))
        if count
    ]
    if not parts:
        return f"Jumlah desa dan kelurahan di {kecamatan(plan.forum)} tidak tercatat dalam data yang dipakai."
    return f"{kecamatan(plan.forum)} terdiri atas {' dan '.join(parts)}."


def _received(plan: DistrictPlan) -> list[str]:
    if plan.proposals_count == 0:
        return ["Belum ada usulan yang masuk."]
    unvalued = sum(line.value is None for line in plan.lines)
    words = [
        f"Usulan yang masuk berjumlah {figure(plan.proposals_count)}, senilai {money(plan.proposals_total)}.",
        f"Di antaranya {figure(unvalued)} usulan belum mempunyai nilai dan tidak terhitung dalam jumlah itu."
        if unvalued
        else "",
    ]
    silent = plan.villages_without_proposals
    if silent:
        words.append(f"Desa/kelurahan yang belum menyampaikan usulan: {', '.join(silent)}.")
    elif _villages(plan):
        words.append("Semua desa dan kelurahan yang tercatat telah menyampaikan usulan.")
    return words


def _results(plan: DistrictPlan) -> Table:
    most = max((t.count for t in plan.results), default=0)
    rows: list[Sequence[Cell]] = [
        (cell(t.label), share_bar(t.count, most), thousands(t.count), thousands(t.value)) for t in plan.results
    ]
    count, value, *_ = sums(plan.results)
    return Table(
        heads=("Rekomendasi" if plan.standing.is_draft else "Hasil", "", "Usulan", "Nilai (Rp)"),
        widths=("52mm", "1fr", "18mm", "34mm"),
        align="llrr",
        groups=(TableGroup(rows),),
        total=Sum("Jumlah", 2, (count, value)),
        size=9,
    )


def _spread(plan: DistrictPlan) -> list[Block]:
    """The map with its table, or the table alone where places are not known."""
    if not plan.per_village and not plan.marks:
        return [_words("Belum ada usulan yang dapat disebarkan menurut desa dan kelurahan.")]
    picture = village_map(plan.marks)
    blocks: list[Block] = []
    if picture is not None:
        blocks.append(picture)
    complete = sum(mark.count for mark in plan.marks) == plan.proposals_count and plan.marks
    table = _village_table(plan) if complete else _recap("Desa/kelurahan", plan.per_village, plan)
    return [*blocks, _table(table)]


def _village_table(plan: DistrictPlan) -> Table:
    most = max((mark.value for mark in plan.marks), default=0)
    rows: list[Sequence[Cell]] = [
        (
            str(number), cell(f"{mark.kind.capitalize()} {mark.name}".strip()), share_bar(mark.value, most), thousands(mark.count),
            thousands(mark.value), thousands(mark.agreed_count), thousands(mark.agreed_value),
        )
        for number, mark in enumerate(plan.marks, 1)
    ]  # fmt: skip
    figures = (
        thousands(sum(m.count for m in plan.marks)),
        thousands(sum(m.value for m in plan.marks)),
        thousands(sum(m.agreed_count for m in plan.marks)),
        thousands(sum(m.agreed_value for m in plan.marks)),
    )
    return Table(
        heads=("No", "Desa/kelurahan", "Nilai usulan", "Usulan", "Nilai (Rp)", _chosen_head(plan), "Nilai (Rp)"),
        widths=("8mm", "1fr", "20mm", "14mm", "27mm", "22mm", "27mm"),
        align="rllrrrr",
        groups=(TableGroup(rows),),
        total=Sum("Jumlah", 3, figures),
        size=8.5,
    )


def _chosen(plan: DistrictPlan) -> str:
    return "Direkomendasikan" if plan.standing.is_draft else "Disepakati"


def _chosen_head(plan: DistrictPlan) -> str:
    return "Rekomendasi" if plan.standing.is_draft else "Disepakati"


def _findings(plan: DistrictPlan) -> list[Block]:
    issues = _points(plan.issues) if plan.issues else _words("Tidak ada temuan pada lembar usulan.")
    blocks = [_heading("Isu dan temuan dari lembar usulan"), issues, _heading("Kriteria urutan sementara")]
    if not plan.criteria:
        return [*blocks, _words("Kriteria belum ditetapkan.", plan.coverage)]
    rows = [(cell(name), str(weight), or_dash(source)) for name, weight, source in plan.criteria]
    table = Table(
        heads=("Kriteria", "Bobot", "Sumber fakta"),
        widths=("1fr", "16mm", "84mm"),
        align="lrl",
        groups=(TableGroup(rows),),
        total=Sum("Jumlah", 1, (str(sum(weight for _, weight, _ in plan.criteria)), "")),
        size=9,
    )
    return [*blocks, _words(plan.coverage), _table(table)]


def _recaps(plan: DistrictPlan) -> list[Block]:
    kinds = (
        ("Menurut bidang", "Bidang", plan.per_bidang),
        ("Menurut perangkat daerah", "Perangkat daerah", plan.per_agency),
        ("Menurut kewenangan", "Kewenangan", plan.per_authority),
    )
    blocks: list[Block] = []
    for title, head, tallies in kinds:
        blocks.append(_heading(title))
        blocks.append(_table(_recap(head, tallies, plan)) if tallies else _words("Belum ada usulan."))
    return [*blocks, _heading("Pagu indikatif"), *_pagu(plan)]


def _recap(head: str, tallies: Sequence[Tally], plan: DistrictPlan) -> Table:
    most = max((t.value for t in tallies), default=0)
    rows: list[Sequence[Cell]] = [
        (
            cell(t.label), share_bar(t.value, most), thousands(t.count), thousands(t.value), thousands(t.agreed_count),
            thousands(t.agreed_value),
        )
        for t in tallies
    ]  # fmt: skip
    return Table(
        heads=(head, "Nilai usulan", "Usulan", "Nilai (Rp)", _chosen_head(plan), "Nilai (Rp)"),
        widths=("1fr", "20mm", "14mm", "27mm", "22mm", "27mm"),
        align="llrrrr",
        groups=(TableGroup(rows),),
        total=Sum("Jumlah", 2, sums(tallies)),
        size=8.5,
    )


def _pagu(plan: DistrictPlan) -> list[Block]:
    recommended = sum(t.agreed_value for t in plan.per_village)
    if plan.pagu is None:
        return [_words("Pagu indikatif belum dimasukkan, sehingga tidak ada usulan yang dibatasi oleh pagu.")]
    left = plan.pagu - recommended
    rest = f"tersisa {rupiah(left)}" if left >= 0 else f"terlampaui {rupiah(-left)}"
    words = (
        f"Pagu indikatif {money(plan.pagu)}. Usulan yang masuk senilai {rupiah(plan.proposals_total)}; yang "
        f"{_chosen(plan).lower()} {rupiah(recommended)}, sehingga pagu {rest}."
    )
    return [{**pagu_chart(plan.proposals_total, recommended, plan.pagu, chosen=_chosen(plan)), "text": words}]


def _beyond(plan: DistrictPlan) -> list[Block]:
    return [
        _heading("Usulan lintas desa dan kelurahan"),
        *_others(plan.cross_village, "Tidak ada usulan yang dicatat sebagai usulan lintas desa/kelurahan."),
        _heading(f"Usulan {_above(plan)} (kewenangan provinsi dan pusat)"),
        *_others(plan.supra, "Tidak ada usulan yang menjadi kewenangan provinsi atau pusat."),
    ]


def _others(lines: Sequence[OtherLine], none: str) -> list[Block]:
    if not lines:
        return [_words(none)]
    total = sum(line.value or 0 for line in lines)
    rows: list[Sequence[Cell]] = [
        (
            str(line.number), _noted(line.activity, ", ".join(part for part in (line.village, line.location) if part)),
            or_dash(line.volume), amount_cell(line.value), or_dash(line.agency), or_dash(line.reason),
        )
        for line in lines
    ]  # fmt: skip
    table = Table(
        heads=("No", "Kegiatan dan lokasi", "Volume", "Nilai (Rp)", "Perangkat daerah", "Alasan"),
        widths=("8mm", "1fr", "18mm", "24mm", "29mm", "33mm"),
        align="rllrll",
        groups=(TableGroup(rows),),
        total=Sum(f"Jumlah, {thousands(len(lines))} usulan", 3, (thousands(total), "", "")),
    )
    return [_table(table)]


def _closing(plan: DistrictPlan) -> list[Block]:
    return [
        {
            "type": "signature",
            "text": (
                "Demikian rancangan ini disusun sebagai bahan pembahasan. Tanggapan disampaikan dalam forum dan "
                "dicatat dalam berita acara. Daftar lengkap usulan tercantum dalam lampiran."
            ),
            "signer": signer([f"{plan.forum.kecamatan}, …………………", capacity_of(plan.approver)], plan.approver),
        },
    ]
