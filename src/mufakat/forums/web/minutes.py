"""The berita acara's pages: what it would hold, issue, print, signed scan, lock, correction (rules 77-87)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.documents import rules as document_rules
from mufakat.documents.labels import STATES as DOCUMENT_STATES
from mufakat.documents.models import Document
from mufakat.documents.states import DocumentState
from mufakat.drafting.legibility import legible
from mufakat.drafting.printing import berita_acara_pdf
from mufakat.forums import papers, permissions, queries, rules
from mufakat.forums.commands import minutes
from mufakat.forums.models import Forum
from mufakat.forums.states import CONCLUDED, ForumState
from mufakat.forums.web.forms import CorrectionForm
from mufakat.forums.web.pages import address, of_forum, show
from mufakat.people.web.actor import StaffRequest
from mufakat.ui.answers import attempt
from mufakat.ui.language import told


@of_forum
@require_GET
def minutes_page(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Every version with its number and hashes, and the one next step."""
    return _page(request, forum)


def _page(
    request: StaffRequest,
    forum: Forum,
    error: MufakatError | None = None,
    status: int = 200,
    *,
    correction: CorrectionForm | None = None,
) -> HttpResponse:
    waiting = queries.open_minutes(forum)
    is_locked = forum.standing is ForumState.LOCKED
    may_sign = permissions.can_correct if is_locked else permissions.can_sign
    return show(
        request,
        "minutes",
        forum,
        "minutes",
        status=status,
        tally=queries.tally(forum),
        missing=[m.sentence() for m in _missing(forum)] if forum.standing not in CONCLUDED else [],
        versions=[(d, DOCUMENT_STATES[d.standing]) for d in reversed(queries.minutes_of(forum))],
        waiting=waiting,
        may_issue=bool(permissions.can_issue(request.actor, forum)),
        may_sign=bool(waiting) and bool(may_sign(request.actor, forum)),
        may_correct=is_locked and waiting is None and bool(permissions.can_correct(request.actor, forum)),
        number=request.POST.get("number", ""),
        reason=request.POST.get("reason", ""),
        agreed=queries.agreed_of(forum),
        correction=correction or CorrectionForm(agreed=queries.agreed_of(forum)),
        faults=told(error) if error else (correction.faults if correction else []),
    )


def _missing(forum: Forum) -> tuple[rules.Missing, ...]:
    facts = queries.minutes_facts(forum)
    return rules.missing_for_minutes(facts=facts) + rules.missing_for_delegation(
        delegates=queries.delegation_of(forum), limits=queries.limits_of(forum), reason=forum.delegates_reason
    )


def _step(request: StaffRequest, forum: Forum, work: Any, done: str) -> HttpResponse:
    return attempt(
        request,
        work,
        done=done,
        to=address("minutes", forum),
        otherwise=lambda error, status: _page(request, forum, error, status),
    )


@of_forum
@require_POST
def issue(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Issue the berita acara under its number."""
    number = request.POST.get("number", "")
    return _step(
        request,
        forum,
        lambda: minutes.issue(actor=request.actor, forum_id=forum.pk, number=number, at=timezone.now()),
        "Berita Acara terbit. Cetak, tandatangani, lalu unggah pindaiannya.",
    )


@of_forum
@require_POST
def withdraw(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Void an unsigned berita acara and go back to the plenary."""
    reason = request.POST.get("reason", "")
    return _step(
        request,
        forum,
        lambda: minutes.withdraw(actor=request.actor, forum_id=forum.pk, reason=reason, at=timezone.now()),
        "Berita Acara ditarik; nomornya tidak dipakai lagi. Forum kembali ke pleno.",
    )


@of_forum
@require_POST
def attach_scan(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Upload the signed scan."""
    upload = request.FILES.get("scan")
    content = upload.read(document_rules.LARGEST_SCAN + 1) if upload else b""
    return _step(
        request,
        forum,
        lambda: minutes.attach_scan(actor=request.actor, forum_id=forum.pk, content=content, at=timezone.now()),
        "Pindaian bertanda tangan dilampirkan. Periksa, lalu kunci.",
    )


@of_forum
@require_POST
def lock(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Lock the signed berita acara for good."""
    return _step(
        request,
        forum,
        lambda: minutes.lock(actor=request.actor, forum_id=forum.pk, at=timezone.now()),
        "Berita Acara dikunci. Usulan yang disepakati diteruskan kepada perangkat daerah.",
    )


@of_forum
@require_POST
def correct(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Issue the next version with corrected values or agencies."""
    form = CorrectionForm(request.POST, agreed=queries.agreed_of(forum))
    if not form.is_valid():
        return _page(request, forum, status=422, correction=form)
    return attempt(
        request,
        lambda: minutes.correct(
            actor=request.actor,
            forum_id=forum.pk,
            number=form.cleaned_data["number"],
            reason=form.cleaned_data["reason"],
            changes=form.changes,
            at=timezone.now(),
        ),
        done="Berita acara perubahan terbit. Versi yang terkunci tetap berlaku sampai versi ini ditandatangani dan dikunci.",
        to=address("minutes", forum),
        otherwise=lambda error, status: _page(request, forum, error, status, correction=form),
    )


@of_forum
@require_GET
def mandate(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The mandate letter of the delegates, to print; there is none before the berita acara is locked (rule 75)."""
    document = queries.locked_minutes(forum)
    if document is None:
        raise Http404("Surat mandat dicetak setelah Berita Acara dikunci.")
    context = {"forum": forum, "document": document, "mandate": queries.mandate_of(document)}
    return render(request, "forums/mandate.html", context)


# Files


@of_forum
@never_cache
@require_GET
def draft_file(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The berita acara as it would be now, headed RANCANGAN, without number (rules 52, 119)."""
    paper = legible(papers.rehearsal(forum, at=timezone.now()))
    return _download(berita_acara_pdf(paper), "application/pdf", f"rancangan-berita-acara-{forum.kecamatan_id}.pdf")


def _document(forum: Forum, document_id: UUID) -> Document:
    document = queries.minutes_of(forum).filter(pk=document_id).first()
    if document is None:
        raise Http404("Dokumen tidak ditemukan.")
    return document


@of_forum
@require_GET
def document_page(request: StaffRequest, forum: Forum, document_id: UUID) -> HttpResponse:
    """One version: what it says in short, its hashes with a fresh check, its files, the other versions."""
    document = _document(forum, document_id)
    return show(
        request,
        "document",
        forum,
        "minutes",
        document=document,
        state=DOCUMENT_STATES[document.standing],
        is_whole=document_rules.digest(document.snapshot) == document.snapshot_sha256,
        is_voided=document.standing is DocumentState.VOIDED,
        summary=queries.summary_of(document),
        versions=[(d, DOCUMENT_STATES[d.standing]) for d in queries.minutes_of(forum)],
    )


@of_forum
@require_GET
def document_file(request: StaffRequest, forum: Forum, document_id: UUID) -> HttpResponse:
    """The printed file, set from the snapshot the first time it is asked for and kept."""
    document = _document(forum, document_id)
    path = reverse("documents:check", args=[document.snapshot_sha256])
    address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{path}" if settings.PUBLIC_ADDRESS else ""
    document = minutes.print_file(document=document, checked_at=address)
    assert document.file is not None
    name = f"berita-acara-{forum.kecamatan_id}-{forum.day.year}-versi-{document.version}.pdf"
    return _download(bytes(document.file.content), document.file.media_type, name)


@of_forum
@require_GET
def document_scan(request: StaffRequest, forum: Forum, document_id: UUID) -> HttpResponse:
    """The signed scan as it was uploaded."""
    scan = _document(forum, document_id).scan
    if scan is None:
        raise Http404("Pindaian belum dilampirkan.")
    content = bytes(scan.content)
    suffix = (document_rules.scan_type(content) or ("", "bin"))[1]
    return _download(content, scan.media_type, f"berita-acara-bertanda-tangan-{forum.kecamatan_id}.{suffix}")


@of_forum
@require_GET
def document_snapshot(request: StaffRequest, forum: Forum, document_id: UUID) -> HttpResponse:
    """The frozen data whose SHA-256 the document carries."""
    document = _document(forum, document_id)
    name = f"berita-acara-{forum.kecamatan_id}-versi-{document.version}.json"
    return _download(document.snapshot.encode(), "application/json", name)


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )
