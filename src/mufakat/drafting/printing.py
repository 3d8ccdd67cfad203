"""Official papers of the forum as PDF bytes: frozen dataclass in, the same bytes for the same paper."""

from __future__ import annotations

from pathlib import Path

from mufakat.documents.render import compile_pdf
from mufakat.drafting import berita_acara_pages
from mufakat.drafting.paper_parts import logo_assets, running
from mufakat.drafting.papers import BeritaAcara

TEMPLATES = Path(__file__).parent / "templates"


def berita_acara_pdf(paper: BeritaAcara) -> bytes:
    """The berita acara with all annexes as one PDF/A-2a, tagged.

    Raises MissingGlyph when a text holds a character that our fonts lack, RenderFailed when typesetting fails.
    """
    title = "Rancangan Berita Acara" if paper.standing.is_draft else "Berita Acara"
    run = running(paper.standing, paper.forum, document=f"{title} Musrenbang Kecamatan", number=paper.number)
    sections = [berita_acara_pages.body(paper), *(annex.data() for annex in berita_acara_pages.annexes(paper))]
    return compile_pdf(
        template=TEMPLATES / "berita_acara.typ",
        data={"run": run, "sections": sections},
        at=paper.standing.at,
        assets=logo_assets(paper.letterhead),
    )
