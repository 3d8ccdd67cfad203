"""Official papers of the forum as PDF bytes: frozen dataclass in, the same bytes for the same paper."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from mufakat.documents.render import Annex, in_parts, print_pdf
from mufakat.drafting import berita_acara_pages, plan_pages
from mufakat.drafting.paper_checks import require_equal_plan_totals, require_equal_totals
from mufakat.drafting.paper_parts import kecamatan, logo_assets, running
from mufakat.drafting.papers import BeritaAcara, DistrictPlan, Forum

ROWS_AT_ONCE = 1000
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Seal:
    """What ties the printed paper to the data it was made of (rule 87)."""

    sha256: str
    """Of the snapshot, in lower-case hexadecimal."""
    address: str = ""
    """Where anybody may check it; empty prints and encodes the hash alone."""


def berita_acara_pdf(paper: BeritaAcara, *, seal: Seal | None = None) -> bytes:
    """The berita acara with all annexes as one PDF/A-2a, tagged; with a seal its QR and hash follow the signature.

    Raises TotalsDiffer when its figures disagree, MissingGlyph when a text holds a character that our fonts lack
    (`documents.render.printable` replaces it beforehand), RenderFailed when typesetting fails.
    """
    require_equal_totals(paper)
    draft = paper.standing.is_draft
    title = "Rancangan Berita Acara" if draft else "Berita Acara"
    first, *rest = _parts(berita_acara_pages.annexes(paper))
    parts = [[berita_acara_pages.body(paper), *first], *rest]
    parts[-1].extend(berita_acara_pages.recaps(paper))
    return print_pdf(
        template=TEMPLATES / "berita_acara.typ",
        run=_sealed(seal)
        | running(
            paper.standing,
            paper.forum,
            title="Berita Acara Musrenbang",
            document=f"{title} {_forum_label(paper.forum)}",
            number="" if draft else paper.number,
        ),
        parts=parts,
        at=paper.standing.at,
        assets=logo_assets(paper.letterhead) | _seal_assets(seal),
    )


def _sealed(seal: Seal | None) -> dict[str, object]:
    return {"seal": {"sha256": seal.sha256, "address": seal.address}} if seal else {}


def _seal_assets(seal: Seal | None) -> dict[str, bytes]:
    """The QR as a drawing; error correction M survives a photocopy."""
    if seal is None:
        return {}
    import segno

    drawing = io.BytesIO()
    code = segno.make(seal.address or f"sha256:{seal.sha256}", error="m", micro=False)
    code.save(drawing, kind="svg", scale=4, border=2, xmldecl=False)
    return {"seal.svg": drawing.getvalue()}


def district_plan_pdf(plan: DistrictPlan) -> bytes:
    """The Rancangan Rencana Pembangunan Kecamatan: cover, chapters, one full list, as one PDF/A-2a, tagged.

    Raises as `berita_acara_pdf` does.
    """
    require_equal_plan_totals(plan)
    head, *rest = _parts([plan_pages.full_list(plan)])
    return print_pdf(
        template=TEMPLATES / "rencana.typ",
        run=running(
            plan.standing,
            plan.forum,
            title=f"Rencana Pembangunan {kecamatan(plan.forum)}",
            document=f"Rancangan Rencana Pembangunan {kecamatan(plan.forum)} {plan.forum.plan_year}",
        ),
        parts=[[plan_pages.cover(plan), *plan_pages.chapters(plan), *head], *rest],
        at=plan.standing.at,
        assets=logo_assets(plan.letterhead),
    )


def _forum_label(forum: Forum) -> str:
    return f"Musrenbang RKPD {forum.plan_year} {kecamatan(forum)}"


def _parts(annexes: list[Annex]) -> list[list[dict[str, object]]]:
    """Annexes for the templates, in parts that one process prints in little memory."""
    return [[annex.data() for annex in part] for part in in_parts(annexes, ROWS_AT_ONCE)]
