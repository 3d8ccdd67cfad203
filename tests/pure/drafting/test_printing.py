"""The printed papers say what the dataclasses hold, the same bytes every time."""

from __future__ import annotations

import io

import pypdf
from tests.factories.papers import berita_acara

from mufakat.core.money import thousands
from mufakat.drafting.printing import berita_acara_pdf


def text_of(pdf: bytes) -> str:
    """All text of a PDF, with line ends and runs of spaces made one space."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_berita_acara_same_paper_same_bytes():
    paper = berita_acara(12)

    assert berita_acara_pdf(paper) == berita_acara_pdf(paper)


def test_berita_acara_prints_every_figure():
    paper = berita_acara(30)

    text = text_of(berita_acara_pdf(paper))

    values = [line.value for line in paper.priorities] + [o.value for g in paper.others for o in g.lines]
    wanted = [thousands(value) for value in [*values, paper.agreed_total, paper.proposals_total] if value is not None]
    assert [figure for figure in wanted if figure not in text] == []
