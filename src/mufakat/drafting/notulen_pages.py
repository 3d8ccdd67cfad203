"""The notulen as a printed paper (rule 88): every figure is the berita acara's own."""

from __future__ import annotations

from dataclasses import replace

from mufakat.core.dates import full_date
from mufakat.core.money import thousands
from mufakat.documents.render import Sum, Table, TableGroup, cell, clean, print_pdf
from mufakat.drafting import berita_acara_pages as pages
from mufakat.drafting.paper_parts import capacity_of, forum_name, letterhead, logo_assets, or_dash, running, signer
from mufakat.drafting.papers import Notulen, Official
from mufakat.drafting.session_papers import TEMPLATES, delegates_table

NOTICE = "Rancangan notulen menurut catatan sampai saat disusun; Berita Acara belum terbit."


def notulen_pdf(paper: Notulen) -> bytes:
    """The notulen as PDF, headed RANCANGAN while no berita acara is issued."""
    base = paper.minutes
    document = f"Notulen Musrenbang {base.forum.kecamatan} {base.forum.day.year}"
    return print_pdf(
        template=TEMPLATES / "notulen.typ",
        run=running(base.standing, base.forum, title="Notulen Musrenbang", document=document, number=base.number),
        parts=[[body(paper)]],
        at=base.standing.at,
        assets=logo_assets(base.letterhead),
    )


def body(paper: Notulen) -> dict[str, object]:
    """What the template sets, in order."""
    base = paper.minutes
    # The results are what was decided so far, whether or not the paper is still a draft.
    parts = pages.body(replace(base, standing=replace(base.standing, is_draft=False)))
    return {
        "letterhead": letterhead(base.letterhead),
        "notice": NOTICE if base.standing.is_draft else "",
        "forum-name": forum_name(base.forum),
        "facts": _facts(paper),
        "sittings": [clean(line) for line in paper.sittings],
        "agenda": [clean(line) for line in paper.agenda],
        "attendance-words": parts["attendance-words"],
        "presence": presence_table(paper).data() if paper.presence else None,
        "absent": clean(", ".join(paper.villages_absent)),
        "speeches": [clean(line) for line in base.speeches],
        "materials": parts["materials"] if base.materials else None,
        "agreements": [clean(line) for line in paper.agreements],
        "turns": _turns(paper).data() if paper.turns else None,
        "discussion": [clean(line) for line in paper.discussion],
        "results-title": parts["results-title"],
        "results-words": parts["results-words"],
        "results": parts["results"],
        "pagu-words": parts["pagu-words"],
        "votes": [clean(line) for line in paper.votes],
        "objections": parts["objections"],
        "groups": _groups(paper).data() if paper.groups else None,
        "delegates": delegates_table(base).data() if base.delegates else None,
        "tasks": _tasks(paper).data() if paper.tasks else None,
        "closing": [clean(line) for line in paper.closing],
        "chair": parts["chair"],
        "secretary": signer(["Notulis,"], Official("Notulis", paper.secretary)),
    }


def _facts(paper: Notulen) -> list[list[str]]:
    forum, chair = paper.minutes.forum, paper.minutes.chair
    who = ", ".join(part for part in (clean(chair.name), capacity_of(chair)) if part)
    return [
        ["Hari, tanggal", "; dilanjutkan ".join(map(full_date, (forum.day, *forum.resumed)))],
        ["Waktu", clean(forum.time)],
        ["Tempat", clean(forum.place)],
        ["Pimpinan sidang", who],
        ["Notulis", clean(paper.secretary)],
        ["Berita Acara", clean(paper.minutes.number)],
    ]


def presence_table(paper: Notulen) -> Table:
    """Invited, present and absent per element with their sums."""
    rows = [(cell(p.element), str(p.invited), str(p.present), str(p.absent)) for p in paper.presence]
    sums = [str(sum(getattr(p, name) for p in paper.presence)) for name in ("invited", "present", "absent")]
    return Table(
        heads=("Unsur", "Diundang", "Hadir", "Tidak hadir"),
        widths=("1fr", "24mm", "20mm", "26mm"),
        align="lrrr",
        groups=(TableGroup(rows),),
        total=Sum("Jumlah", 1, tuple(sums)),
        size=9.5,
    )


def _turns(paper: Notulen) -> Table:
    rows = [(cell(t.label), str(t.count), f"{t.percent} %") for t in paper.turns]
    return Table(
        heads=("Pihak", "Giliran bicara", "Bagian"),
        widths=("1fr", "30mm", "24mm"),
        align="lrr",
        groups=(TableGroup(rows),),
        size=9.5,
    )


def _groups(paper: Notulen) -> Table:
    rows = [
        (
            cell(g.name),
            str(g.count),
            str(g.agreed_count),
            thousands(g.agreed_value),
            clean(g.report) or "belum dilaporkan",
        )
        for g in paper.groups
    ]
    return Table(
        heads=("Kelompok", "Usulan", "Disepakati", "Nilai (Rp)", "Laporan dalam pleno"),
        widths=("40mm", "16mm", "20mm", "30mm", "1fr"),
        align="lrrrl",
        groups=(TableGroup(rows),),
        size=9,
    )


def _tasks(paper: Notulen) -> Table:
    rows = [(str(n), cell(t.what), or_dash(t.who), or_dash(t.until)) for n, t in enumerate(paper.tasks, 1)]
    return Table(
        heads=("No", "Tindak lanjut", "Penanggung jawab", "Sampai dengan"),
        widths=("8mm", "1fr", "46mm", "36mm"),
        align="rlll",
        groups=(TableGroup(rows),),
        size=9.5,
    )
