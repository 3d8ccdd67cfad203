"""Files of the forum: drafts as they stand now, and what an issued berita acara holds. Always in Indonesian."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mufakat.documents import rules as document_rules
from mufakat.documents.models import Document
from mufakat.documents.thaw import thaw
from mufakat.drafting.annexes import issued_annexes_bytes
from mufakat.drafting.legibility import legible
from mufakat.drafting.papers import BeritaAcara
from mufakat.drafting.printing import berita_acara_pdf
from mufakat.drafting.session_papers import mandate_pdf
from mufakat.forums import document_queries, papers
from mufakat.forums.commands import minutes
from mufakat.forums.models import Forum
from mufakat.forums.web.pages import of_forum
from mufakat.people.web.actor import StaffRequest

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep; its type is what we say, whatever the browser would guess."""
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


def this_minute() -> datetime:
    """The moment a draft is of: whoever asks within a minute gets the same file, which is made once."""
    return timezone.now().replace(second=0, microsecond=0)


def document_of(forum: Forum, document_id: UUID) -> Document:
    """One version of the forum's berita acara; not found where it is another forum's."""
    document = document_queries.minutes_of(forum).filter(pk=document_id).first()
    if document is None:
        raise Http404("Dokumen tidak ditemukan.")
    return document


def _paper(document: Document) -> BeritaAcara:
    return legible(thaw(BeritaAcara, json.loads(document.snapshot)))


# As it stands now


@of_forum
@never_cache
@require_GET
def draft_file(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The berita acara as it would be now, headed RANCANGAN, without number (rules 52, 119)."""
    paper = legible(papers.rehearsal(forum, at=this_minute()))
    return download(berita_acara_pdf(paper), PDF, f"rancangan-berita-acara-{forum.kecamatan_id}.pdf")


@of_forum
@never_cache
@require_GET
def draft_annexes(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Lampiran II and III, recaps and all data as they stand now, as a workbook."""
    return download(papers.annexes(forum, at=this_minute()), XLSX, f"lampiran-{forum.kecamatan_id}.xlsx")


@of_forum
@never_cache
@require_GET
def worksheet(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The forum's worksheet, as `mufakat draft` writes it: for a hall without power or network."""
    return download(papers.worksheet(forum, at=this_minute()), XLSX, f"lembar-kerja-{forum.kecamatan_id}.xlsx")


# Of an issued version


@of_forum
@require_GET
def document_file(request: StaffRequest, forum: Forum, document_id: UUID) -> HttpResponse:
    """The printed file, set from the snapshot the first time it is asked for and kept."""
    document = document_of(forum, document_id)
    path = reverse("documents:check", args=[document.snapshot_sha256])
    address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{path}" if settings.PUBLIC_ADDRESS else ""
    document = minutes.print_file(document=document, checked_at=address)
    assert document.file is not None
    name = f"berita-acara-{forum.kecamatan_id}-{forum.day.year}-versi-{document.version}.pdf"
    return download(bytes(document.file.content), document.file.media_type, name)


@of_forum
@require_GET
def document_annexes(request: StaffRequest, forum: Forum, document_id: UUID) -> HttpResponse:
    """Lampiran and recaps of the version as a workbook, from its snapshot alone."""
    document = document_of(forum, document_id)
    name = f"lampiran-{forum.kecamatan_id}-{forum.day.year}-versi-{document.version}.xlsx"
    return download(issued_annexes_bytes(_paper(document)), XLSX, name)


@of_forum
@require_GET
def document_scan(request: StaffRequest, forum: Forum, document_id: UUID) -> HttpResponse:
    """The signed scan as it was uploaded."""
    scan = document_of(forum, document_id).scan
    if scan is None:
        raise Http404("Pindaian belum dilampirkan.")
    content = bytes(scan.content)
    suffix = (document_rules.scan_type(content) or ("", "bin"))[1]
    return download(content, scan.media_type, f"berita-acara-bertanda-tangan-{forum.kecamatan_id}.{suffix}")


@of_forum
@require_GET
def document_snapshot(request: StaffRequest, forum: Forum, document_id: UUID) -> HttpResponse:
    """The frozen data whose SHA-256 the document carries."""
    document = document_of(forum, document_id)
    name = f"berita-acara-{forum.kecamatan_id}-versi-{document.version}.json"
    return download(document.snapshot.encode(), "application/json", name)


@of_forum
@require_GET
def mandate(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The mandate letter of the delegates; there is none before the berita acara is locked (rule 75)."""
    document = document_queries.locked_minutes(forum)
    if document is None or document.locked_at is None:
        raise Http404("Surat mandat dicetak setelah Berita Acara dikunci.")
    since = timezone.localtime(document.locked_at)
    pdf = mandate_pdf(_paper(document), version=document.version, sha256=document.snapshot_sha256, since=since)
    return download(pdf, PDF, f"surat-mandat-{forum.kecamatan_id}-{forum.day.year}.pdf")
