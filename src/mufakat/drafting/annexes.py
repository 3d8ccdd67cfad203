"""`lampiran.xlsx` and `impor.xlsx`: the annexes, recaps and problems as tables to work with (rules 24, 97, 100)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mufakat.core.dates import full_date, moment
from mufakat.documents.render import Band, Column, Sheet, workbook
from mufakat.drafting import totals
from mufakat.drafting.composition import berita_acara, location_of, plan_order, volume_of
from mufakat.drafting.labels import AUTHORITY_LABELS
from mufakat.drafting.worksheet import heading, title_lines

if TYPE_CHECKING:
    from mufakat.documents.render import Value
    from mufakat.drafting.draft import Draft, Entry
    from mufakat.drafting.papers import BeritaAcara, OtherLine, Tally

Row = tuple["Value", ...]
PRIORITY_HEADS = (
    Column("No", "int", 6),
    Column("Prioritas Daerah", "text", 20),
    Column("Sasaran Daerah", "text", 20),
    Column("Program", "text", 20),
    Column("Kegiatan Prioritas", "text", 46),
    Column("Sasaran Kegiatan", "text", 24),
    Column("Lokasi (Desa/Kel)", "text", 36),
    Column("Volume", "text", 14),
    Column("Pagu (Rp)", "money", 18),
    Column("Perangkat Daerah Penanggung Jawab", "text", 36),
)
OTHER_HEADS = (
    Column("No", "int", 6),
    Column("Kegiatan", "text", 46),
    Column("Desa/Kelurahan", "text", 22),
    Column("Lokasi", "text", 28),
    Column("Volume", "text", 14),
    Column("Nilai (Rp)", "money", 18),
    Column("Perangkat Daerah", "text", 34),
    Column("Hasil", "text", 22),
    Column("Kode Alasan", "code", 12),
    Column("Alasan", "text", 60),
)
DATA_HEADS = (
    Column("No", "int", 6),
    Column("Kode Wilayah", "code", 16),
    Column("Desa/Kelurahan", "text", 22),
    Column("Usulan", "text", 46),
    Column("Masalah", "text", 30),
    Column("Lokasi", "text", 30),
    Column("RT", "code", 6),
    Column("RW", "code", 6),
    Column("Volume", "number", 10),
    Column("Satuan", "text", 10),
    Column("Volume tertulis", "text", 14),
    Column("Nilai usulan (Rp)", "money", 17),
    Column("Nilai (Rp)", "money", 17),
    Column("Perangkat Daerah", "text", 34),
    Column("Perangkat Daerah tertulis", "text", 24),
    Column("Kewenangan", "text", 20),
    Column("Bidang", "text", 24),
    Column("Prioritas desa", "int", 9),
    Column("KK", "int", 8),
    Column("Skor", "number", 8),
    Column("Cakupan", "number", 9),
    Column("Urutan", "int", 8),
    Column("Hasil", "text", 20),
    Column("Kode alasan", "code", 12),
    Column("Alasan", "text", 50),
    Column("Rekomendasi", "text", 20),
    Column("Mirip dengan No", "code", 14),
    Column("Catatan", "text", 50),
    Column("ID SIPD", "code", 14),
    Column("Berkas", "text", 26),
    Column("Lembar", "text", 16),
    Column("Baris", "int", 7),
)
PROBLEM_HEADS = (
    Column("No", "int", 6),
    Column("Berat", "text", 12),
    Column("Berkas", "text", 34),
    Column("Lembar", "text", 18),
    Column("Baris", "int", 8),
    Column("Kolom", "text", 20),
    Column("Isi sel", "text", 30),
    Column("Apa yang salah", "text", 60),
    Column("Apa yang harus dilakukan", "text", 60),
    Column("Kode", "code", 24),
)


@dataclass(frozen=True, slots=True)
class _Look:
    """Title lines of every sheet and the paper it prints on."""

    lines: Callable[[str], tuple[str, ...]]
    paper: Literal["a4", "f4"]


def annexes_bytes(draft: Draft, paper: BeritaAcara | None = None) -> bytes:
    """Lampiran II, III, supra, recaps and all data; totals are numbers and equal those of the papers."""
    paper = paper or berita_acara(draft)
    look = _Look(lambda title: title_lines(draft, title), draft.options.office.paper)
    sheets = (*_lists(paper, look), _data(draft))
    return workbook(sheets=sheets, at=draft.options.at, title=f"Lampiran {heading(draft)}")


def issued_annexes_bytes(paper: BeritaAcara) -> bytes:
    """The same lists and recaps of an issued berita acara, from its snapshot alone (rules 79, 82)."""
    forum, standing = paper.forum, paper.standing
    name = f"Musrenbang {forum.kecamatan_term} {forum.kecamatan} {forum.day.year} untuk RKPD {forum.plan_year}"
    example = ("CONTOH, BUKAN DOKUMEN RESMI",) if standing.is_example else ()
    line = f"{name} · {full_date(forum.day)} · Berita Acara nomor {paper.number} · {moment(standing.at)}"
    look = _Look(lambda title: (title, line, *example), "f4" if standing.paper == "f4" else "a4")
    return workbook(sheets=_lists(paper, look), at=standing.at, title=f"Lampiran {name}")


def _lists(paper: BeritaAcara, look: _Look) -> tuple[Sheet, ...]:
    return (
        _priorities(paper, look),
        _others(paper, look),
        _supra(paper, look),
        _recap(look, "Rekap OPD", "REKAP PER PERANGKAT DAERAH", "Perangkat Daerah", paper.per_agency),
        _recap(look, "Rekap Desa", "REKAP PER DESA DAN KELURAHAN", "Desa/Kelurahan", paper.per_village),
        _recap(look, "Rekap Bidang", "REKAP PER BIDANG", "Bidang", paper.per_bidang),
        _recap(look, "Rekap Kewenangan", "REKAP PER KEWENANGAN", "Kewenangan", paper.per_authority),
        _recap(look, "Rekap Hasil", "REKAP PER HASIL", "Hasil", paper.results),
    )


def problems_bytes(draft: Draft) -> bytes:
    """Every problem with sheet, row, column, value, what is wrong and what to do."""
    rows = tuple(
        (
            i,
            str(p.severity).capitalize(),
            p.source.file,
            p.source.sheet,
            p.source.row or None,
            p.column,
            p.value,
            p.what,
            p.remedy,
            p.code,
        )
        for i, p in enumerate(draft.problems, start=1)
    )
    notes = () if rows else ("Tidak ada masalah.",)
    sheet = Sheet(
        name="Masalah",
        columns=PROBLEM_HEADS,
        rows=rows,
        title=title_lines(draft, "MASALAH DALAM LEMBAR USULAN DAN LEMBAR KERJA"),
        notes=notes,
        frozen_columns=1,
        paper=draft.options.office.paper,
    )
    return workbook(sheets=(sheet,), at=draft.options.at, title=f"Masalah impor {heading(draft)}")


def _priorities(paper: BeritaAcara, look: _Look) -> Sheet:
    rows = tuple(
        (
            p.number,
            p.regional_priority,
            p.regional_target,
            p.program,
            p.activity,
            p.activity_target,
            p.location,
            p.volume,
            p.value,
            p.agency,
        )
        for p in paper.priorities
    )
    return Sheet(
        name="Lampiran II",
        columns=PRIORITY_HEADS,
        rows=rows,
        title=look.lines("LAMPIRAN II: DAFTAR URUTAN KEGIATAN PRIORITAS KECAMATAN (T-D.4)"),
        notes=() if rows else ("NIHIL",),
        totals=(None, None, None, None, "JUMLAH", None, None, None, paper.agreed_total, None),
        numbered=True,
        paper=look.paper,
    )


def _other_row(line: OtherLine) -> Row:
    return (
        line.number,
        line.activity,
        line.village,
        line.location,
        line.volume,
        line.value,
        line.agency,
        line.result,
        line.reason_code,
        line.reason,
    )


def _others(paper: BeritaAcara, look: _Look) -> Sheet:
    rows: list[Row | Band] = []
    for group in paper.others:
        rows.append(Band((group.title,)))
        rows.extend(_other_row(line) for line in group.lines)
        rows.append(Band((None, f"Jumlah {group.title.lower()}", None, None, None, group.total), is_sum=True))
    return Sheet(
        name="Lampiran III",
        columns=OTHER_HEADS,
        rows=tuple(rows),
        title=look.lines("LAMPIRAN III: USULAN YANG BELUM DISEPAKATI DAN CADANGAN"),
        notes=() if rows else ("NIHIL",),
        totals=(None, "JUMLAH", None, None, None, sum(g.total for g in paper.others)),
        filtered=False,
        paper=look.paper,
    )


def _supra(paper: BeritaAcara, look: _Look) -> Sheet:
    return Sheet(
        name="Supra",
        columns=OTHER_HEADS,
        rows=tuple(_other_row(line) for line in paper.supra),
        title=look.lines("DAFTAR USULAN YANG DITERUSKAN (SUPRA)"),
        notes=() if paper.supra else ("NIHIL",),
        totals=(None, "JUMLAH", None, None, None, sum(line.value or 0 for line in paper.supra)),
        paper=look.paper,
    )


def _recap(look: _Look, name: str, title: str, head: str, tallies: tuple[Tally, ...]) -> Sheet:
    columns = (
        Column(head, "text", 60),
        Column("Usulan", "int", 12),
        Column("Nilai (Rp)", "money", 20),
        Column("Disepakati", "int", 12),
        Column("Nilai disepakati (Rp)", "money", 22),
    )
    rows = tuple((t.label, t.count, t.value, t.agreed_count, t.agreed_value) for t in tallies)
    sums = tuple(sum(row[i] for row in rows) for i in range(1, 5))  # type: ignore[misc]
    return Sheet(
        name=name,
        columns=columns,
        rows=rows,
        title=look.lines(title),
        totals=("JUMLAH", *sums),
        paper=look.paper,
        landscape=False,
    )


def _data(draft: Draft) -> Sheet:
    return Sheet(
        name="Data",
        columns=DATA_HEADS,
        rows=tuple(_data_row(draft, e) for e in plan_order(draft)),
        title=title_lines(draft, "SELURUH USULAN"),
        totals=(
            None,
            None,
            None,
            "JUMLAH",
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            sum(e.row.value or 0 for e in draft.entries),
            totals.value_of(draft.entries),
        ),
        frozen_columns=4,
        paper=draft.options.office.paper,
        sparse=True,
    )


def _data_row(draft: Draft, entry: Entry) -> Row:
    row = entry.row
    return (
        entry.number,
        row.village.code if row.village else "",
        totals.entry_village(entry),
        row.title,
        row.problem,
        row.location or location_of(entry),
        row.rt,
        row.rw,
        row.volume,
        row.unit,
        row.volume_text or volume_of(entry),
        row.value,
        entry.value,
        entry.agency,
        row.agency,
        AUTHORITY_LABELS[entry.ruling.authority] if entry.ruling else "",
        entry.ruling.bidang_label if entry.ruling else "",
        row.priority,
        row.households,
        entry.score if entry.coverage else None,
        entry.coverage,
        entry.rank,
        totals.result_label(draft, entry.result),
        entry.reason_code,
        entry.reason,
        totals.result_label(draft, entry.recommended.result),
        ", ".join(map(str, entry.duplicates)),
        " ".join(entry.warnings),
        row.sipd_id,
        row.source.file,
        row.source.sheet,
        row.source.row,
    )
