"""The berita acara's pages: what it would hold, issue, print, signed scan, lock, correction (rules 77-87)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.documents import rules as document_rules
from mufakat.documents.labels import STATES as DOCUMENT_STATES
from mufakat.documents.states import DocumentState
from mufakat.forums import document_queries, permissions, queries, rules
from mufakat.forums.commands import amending, minutes
from mufakat.forums.models import Forum
from mufakat.forums.states import CONCLUDED, ForumState
from mufakat.forums.web.downloads import document_of
from mufakat.forums.web.forms import CAPACITIES, CorrectionForm
from mufakat.forums.web.pages import address, compliance, in_words, of_forum, said, show, stepper, take
from mufakat.forums.web.sitting import id_of, number_of
from mufakat.people.web.actor import StaffRequest


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
    versions, tally = list(document_queries.minutes_of(forum)), queries.tally(forum)
    waiting, agreed = document_queries.open_among(versions), document_queries.agreed_of(forum)
    is_locked = forum.standing is ForumState.LOCKED
    may_sign = permissions.can_correct if is_locked else permissions.can_sign
    return show(
        request,
        "minutes",
        forum,
        "minutes",
        status=status,
        tally=tally,
        missing=in_words(_missing(forum, tally)) if forum.standing not in CONCLUDED else [],
        versions=[(d, DOCUMENT_STATES[d.standing]) for d in reversed(versions)],
        waiting=waiting,
        may_issue=bool(permissions.can_issue(request.actor, forum)),
        may_sign=bool(waiting) and bool(may_sign(request.actor, forum)),
        may_correct=is_locked and waiting is None and bool(permissions.can_correct(request.actor, forum)),
        number=request.POST.get("number", ""),
        reason=request.POST.get("reason", ""),
        agreed=agreed,
        signers=document_queries.signers_of(forum),
        people=queries.attendance_of(forum).exclude(signature__isnull=False) if forum.standing not in CONCLUDED else [],
        capacities=CAPACITIES,
        parties=document_queries.parties_of(waiting) if waiting else [],
        remarks=document_queries.remarks_of(waiting) if waiting else [],
        compliance=compliance(forum, tally),
        correction=correction or CorrectionForm(agreed=agreed),
        faults=said(error) or (correction.faults if correction else []),
    )


_step = stepper(_page, "minutes")


def _missing(forum: Forum, tally: queries.Tally) -> tuple[rules.Missing, ...]:
    facts = document_queries.minutes_facts(forum, tally)
    return rules.missing_for_minutes(facts=facts) + rules.missing_for_delegation(
        delegates=queries.delegation_of(forum), limits=document_queries.limits_of(forum), reason=forum.delegates_reason
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
        gettext("Berita Acara terbit. Cetak, tandatangani, lalu unggah pindaiannya."),
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
        gettext("Berita Acara ditarik; nomornya tidak dipakai lagi. Forum kembali ke pleno."),
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
        gettext("Pindaian bertanda tangan dilampirkan. Periksa, lalu kunci."),
    )


@of_forum
@require_POST
def lock(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Lock the signed berita acara for good."""
    return _step(
        request,
        forum,
        lambda: minutes.lock(actor=request.actor, forum_id=forum.pk, at=timezone.now()),
        gettext("Berita Acara dikunci. Usulan yang disepakati diteruskan kepada perangkat daerah."),
    )


@of_forum
@require_POST
def correct(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Issue the next version with corrected values or agencies."""
    form = CorrectionForm(request.POST, agreed=document_queries.agreed_of(forum))
    return take(
        request,
        form,
        permissions.can_correct(request.actor, forum),
        lambda: minutes.correct(
            actor=request.actor,
            forum_id=forum.pk,
            number=form.cleaned_data["number"],
            reason=form.cleaned_data["reason"],
            changes=form.changes,
            at=timezone.now(),
        ),
        done=gettext(
            "Berita acara perubahan terbit. Versi yang terkunci tetap berlaku sampai versi ini ditandatangani dan dikunci."
        ),
        to=address("minutes", forum),
        otherwise=lambda error, status: _page(request, forum, error, status, correction=form),
    )


# Signatures


@of_forum
@require_POST
def add_signer(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Put somebody from the attendance list into the signature table."""
    attendee_id = id_of(request, "attendee")
    given = {name: request.POST.get(name, "")[:30] for name in ("capacity", "nip")}
    return _step(
        request,
        forum,
        lambda: amending.add_signer(
            actor=request.actor, forum_id=forum.pk, attendee_id=attendee_id, at=timezone.now(), **given
        ),
        gettext("Penanda tangan dicatat."),
    )


@of_forum
@require_POST
def remove_signer(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Take somebody out of the signature table."""
    signer_id = id_of(request, "signer")
    return _step(
        request,
        forum,
        lambda: amending.remove_signer(actor=request.actor, forum_id=forum.pk, signer_id=signer_id, at=timezone.now()),
        gettext("Penanda tangan dikeluarkan dari daftar."),
    )


@of_forum
@require_POST
def remark_unsigned(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Record a party that did not sign (rule 114)."""
    number, note = number_of(request, "number") or 0, request.POST.get("note", "")[:500]
    return _step(
        request,
        forum,
        lambda: amending.remark_unsigned(
            actor=request.actor, forum_id=forum.pk, number=number, note=note, at=timezone.now()
        ),
        gettext("Keterangan tanda tangan dicatat. Berita Acara tetap dapat dikunci."),
    )


@of_forum
@require_GET
def document_page(request: StaffRequest, forum: Forum, document_id: UUID) -> HttpResponse:
    """One version: what it says in short, its hashes with a fresh check, its files, the other versions."""
    document = document_of(forum, document_id)
    return show(
        request,
        "document",
        forum,
        "minutes",
        document=document,
        state=DOCUMENT_STATES[document.standing],
        is_whole=document_rules.digest(document.snapshot) == document.snapshot_sha256,
        is_voided=document.standing is DocumentState.VOIDED,
        summary=document_queries.summary_of(document),
        remarks=document_queries.remarks_of(document),
        versions=[(d, DOCUMENT_STATES[d.standing]) for d in document_queries.minutes_of(forum)],
    )
