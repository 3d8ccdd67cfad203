"""Papers of the forum day beside the berita acara: the attendance sheet and the mandate letter (rules 53, 54, 75)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mufakat.core.dates import long_date
from mufakat.documents.render import Annex, Table, TableGroup, cell, clean, print_pdf
from mufakat.drafting import berita_acara_pages as pages
from mufakat.drafting.paper_parts import figure, letterhead, list_facts, logo_assets, or_dash, running
from mufakat.drafting.papers import BeritaAcara

TEMPLATES = Path(__file__).parent / "templates"
TASKS = (
    "membantu Tim Penyelenggara menyelesaikan hasil musrenbang;",
    "menjelaskan dan mempertahankan daftar prioritas kecamatan;",
    "mengawal usulan di atas kewenangan kabupaten sebagaimana daftar terlampir;",
    "menyampaikan hasilnya kembali kepada desa, kelurahan, dan warga.",
)
"""What delegates carry (domain §2.9)."""


def attendance_pdf(paper: BeritaAcara, *, rows: int | None = None) -> bytes:
    """The attendance sheet to sign: filled from the list, or with `rows` empty lines as a form (rule 53).

    The filled one ends with the totals per element and L/P, which agree with the berita acara's (rule 54).
    """
    shown = paper if rows is None else replace(paper, attendees=(), elements=())
    sections = [_attendance(shown, rows).data()]
    if rows is None:
        sections.append(_elements(paper).data())
    document = f"Daftar Hadir Musrenbang {paper.forum.kecamatan} {paper.forum.day.year}"
    return print_pdf(
        template=TEMPLATES / "berita_acara.typ",
        run=running(
            paper.standing, paper.forum, title="Daftar Hadir Musrenbang", document=document, number=paper.number
        ),
        parts=[sections],
        at=paper.standing.at,
        assets={},
    )


def _attendance(paper: BeritaAcara, rows: int | None) -> Annex:
    annex = pages.attendance_list(paper)
    if rows is None:
        return replace(annex, label="Daftar hadir")
    blank = tuple((str(n), "", "", "", "", "", {"sign": n, "note": ""}) for n in range(1, rows + 1))
    table = replace(annex.table, groups=(TableGroup(blank),), height="9mm")
    return replace(annex, label="Daftar hadir", table=table)


def _elements(paper: BeritaAcara) -> Annex:
    return Annex(
        "Daftar hadir", "Jumlah peserta menurut unsur", pages.attendance_counts(paper), list_facts(paper.forum)
    )


def mandate_pdf(paper: BeritaAcara, *, version: int, sha256: str, since: datetime) -> bytes:
    """The mandate letter from an issued berita acara alone: delegates, forums, tasks, validity, supra list (rule 75).

    `since` is when the berita acara was locked; `sha256` is its snapshot's.
    """
    forum = paper.forum
    section = {
        "kind": "mandat",
        "letterhead": letterhead(paper.letterhead),
        "opening": (
            f"Berdasarkan Berita Acara Musrenbang {forum.kecamatan_term} {forum.kecamatan} nomor {clean(paper.number)} "
            f"versi {version}, {long_date(forum.day)}, Pimpinan Sidang memberi mandat kepada {_how_many(paper)}:"
        ),
        "delegates": delegates_table(paper).data(),
        "purpose": (
            "untuk mengawal dan mempertahankan hasil kesepakatan pada Forum Perangkat Daerah dan Musrenbang RKPD "
            f"{forum.kabupaten} Tahun {forum.plan_year}, dengan tugas:"
        ),
        "tasks": list(TASKS),
        "validity": (
            f"Mandat berlaku sejak {long_date(since.date())} sampai penetapan RKPD Tahun {forum.plan_year}. Pemegang "
            "mandat melaporkan hasil setiap forum kepada Pimpinan Sidang."
        ),
        "supra": _supra_words(paper),
        "chair": pages.chair(paper),
        "sha256": sha256,
    }
    return print_pdf(
        template=TEMPLATES / "mandat.typ",
        run=running(
            paper.standing,
            forum,
            title="Surat Mandat Delegasi",
            document=f"Surat Mandat {forum.kecamatan} {forum.day.year}",
        ),
        parts=[[section, *([pages.supra_list(paper).data()] if paper.supra else [])]],
        at=paper.standing.at,
        assets=logo_assets(paper.letterhead),
    )


def _how_many(paper: BeritaAcara) -> str:
    women = sum(d.gender == "P" for d in paper.delegates)
    return f"{figure(len(paper.delegates))} orang delegasi, {figure(women)} di antaranya perempuan"


def _supra_words(paper: BeritaAcara) -> str:
    count = len(paper.supra)
    if count == 0:
        return "Usulan yang diteruskan ke provinsi dan pusat: NIHIL."
    return f"Usulan yang diteruskan ke provinsi dan pusat berjumlah {figure(count)}, sebagaimana daftar terlampir."


def delegates_table(paper: BeritaAcara) -> Table:
    """The delegates with L/P, element and institution."""
    rows = [(str(d.number), cell(d.name), d.gender, cell(d.element), or_dash(d.institution)) for d in paper.delegates]
    return Table(
        heads=("No", "Nama", "L/P", "Unsur", "Lembaga/instansi"),
        widths=("8mm", "1fr", "9mm", "42mm", "48mm"),
        align="rlcll",
        groups=(TableGroup(rows),),
        size=9,
    )
