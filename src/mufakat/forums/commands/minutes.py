"""The berita acara: issued from a snapshot, signed, locked; a correction is the next version (rules 77-87)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.documents import commands as documents
from mufakat.documents.models import Document
from mufakat.documents.thaw import thaw
from mufakat.drafting.papers import BeritaAcara
from mufakat.forums import document_queries, papers, permissions, queries, rules
from mufakat.forums.errors import NotReady, Refused
from mufakat.forums.models import Correction, Forum
from mufakat.forums.states import DelegateAction, DelegateState, ForumAction, ForumState
from mufakat.forums.steps import take_step
from mufakat.proposals import commands as proposals
from mufakat.proposals.states import Action, State
from mufakat.runtime import events

if TYPE_CHECKING:
    from mufakat.people.actors import Actor

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class MinutesLocked:
    """A berita acara, or its next version, was locked."""

    forum_id: UUID


@transaction.atomic
def issue(*, actor: Actor, forum_id: UUID, number: str, at: datetime) -> Document:
    """Issue the berita acara: the whole forum frozen under a number and a hash.

    Raises NotReady with everything that is missing (rules 65, 68, 69, 73, 74, 81), WrongNumber (rule 77).
    """
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_issue(actor, forum))
    missing = rules.missing_for_minutes(facts=document_queries.minutes_facts(forum)) + rules.missing_for_delegation(
        delegates=queries.delegation_of(forum), limits=document_queries.limits_of(forum), reason=forum.delegates_reason
    )
    if missing:
        raise NotReady(missing)
    document = _issue(actor, forum, number, at)
    forum.ended_at = at
    take_step(actor, forum, ForumAction.ISSUE_MINUTES, at, "ended_at")
    return document


def _issue(
    actor: Actor,
    forum: Forum,
    number: str,
    at: datetime,
    *,
    reason: str = "",
    corrections: papers.Corrections | None = None,
) -> Document:
    note = f"Berita acara perubahan. Alasan: {reason}" if reason else ""
    paper, draft = papers.minutes(forum, number=number.strip(), at=at, corrections=corrections, note=note)
    if not draft.is_decided:
        raise NotReady((rules.Missing(rules.Obstacle.UNDECIDED),))
    document = documents.issue(
        kabupaten=forum.kabupaten,
        kind=papers.MINUTES,
        subject=document_queries.subject_of(forum),
        register=f"{forum.kecamatan_id}/{forum.day.year}",
        number=number.strip(),
        title=f"Berita Acara Musrenbang Kecamatan {forum.kecamatan.name} {forum.day.year}",
        snapshot=paper,
        by=actor.label,
        at=at,
        reason=reason,
    )
    audit.record(actor, "minutes.issued", document, at=at, version=document.version, sha256=document.snapshot_sha256)
    return document


def print_file(*, document: Document, checked_at: str = "") -> Document:
    """Print a berita acara from its snapshot, once, and keep the file; nothing is read from live rows.

    Its QR carries the snapshot's hash, as the address `checked_at` where anybody may check it if there is one.
    """
    if document.file_id:
        return document
    from mufakat.drafting.legibility import legible
    from mufakat.drafting.printing import Seal, berita_acara_pdf

    paper = thaw(BeritaAcara, json.loads(document.snapshot))
    seal = Seal(document.snapshot_sha256, checked_at)
    return documents.file(document=document, content=berita_acara_pdf(legible(paper), seal=seal))


@transaction.atomic
def withdraw(*, actor: Actor, forum_id: UUID, reason: str, at: datetime) -> Forum:
    """Void a berita acara that nobody has signed and go back to the plenary; the number stays taken (rule 121)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_sign(actor, forum))
    document = document_queries.open_minutes(forum)
    if document is None or len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Penarikan memerlukan Berita Acara yang belum ditandatangani dan alasan paling sedikit 10 huruf.")
    documents.void(document=document, reason=reason.strip())
    audit.record(actor, "minutes.voided", document, at=at)
    return take_step(actor, forum, ForumAction.WITHDRAW_MINUTES, at)


@transaction.atomic
def attach_scan(*, actor: Actor, forum_id: UUID, content: bytes, at: datetime) -> Document:
    """Attach the signed scan of the version that waits for it; raises WrongScan."""
    forum = queries.lock_for(actor, forum_id)
    document = document_queries.open_minutes(forum)
    is_correction = document is not None and forum.standing is ForumState.LOCKED
    require((permissions.can_correct if is_correction else permissions.can_sign)(actor, forum))
    if document is None:
        raise Refused(permissions.Refusal.NOT_ISSUED)
    documents.attach_scan(document=document, content=content, at=at)
    audit.record(actor, "minutes.signed", document, at=at, scan=document.scan_id)
    if forum.standing is ForumState.MINUTES_ISSUED:
        take_step(actor, forum, ForumAction.SIGN, at)
    return document


@transaction.atomic
def lock(*, actor: Actor, forum_id: UUID, at: datetime) -> Document:
    """Lock the signed berita acara; agreed proposals go on to the agencies, delegates get their mandate (rule 87).

    Raises NotReady without the signed scan. Of a correction, its changes are applied now.
    """
    forum = queries.lock_for(actor, forum_id)
    document = document_queries.open_minutes(forum)
    is_correction = document is not None and forum.standing is ForumState.LOCKED
    require((permissions.can_correct if is_correction else permissions.can_sign)(actor, forum))
    if document is None or document.scan_id is None:
        raise NotReady((rules.Missing(rules.Obstacle.SIGNED_SCAN),))
    documents.lock(document=document, at=at)
    if is_correction:
        _apply(forum, document, at)
    else:
        _forward(actor, forum, at)
        _mandate(forum)
        take_step(actor, forum, ForumAction.LOCK, at)
    audit.record(actor, "minutes.locked", document, at=at, version=document.version)
    events.publish(MinutesLocked(forum.pk))
    return document


def _forward(actor: Actor, forum: Forum, at: datetime) -> None:
    agreed = queries.listed(forum).select_for_update(of=("self",)).filter(state=State.AGREED)
    for proposal in agreed:
        # A result of the kelurahan's or a higher authority keeps its reason: nobody in the regency answers the latter.
        code, reason = proposal.reason_code, proposal.reason
        proposals.step(
            proposal=proposal, action=Action.FORWARD, office=actor.label, at=at, reason_code=code, reason=reason
        )


def _mandate(forum: Forum) -> None:
    for delegate in forum.delegates.filter(state=DelegateState.ELECTED.value):
        delegate.move(DelegateAction.MANDATE)
        delegate.save(update_fields=["state"])


@transaction.atomic
def correct(
    *,
    actor: Actor,
    forum_id: UUID,
    number: str,
    reason: str,
    changes: Mapping[UUID, tuple[int, str]],
    at: datetime,
) -> Document:
    """Issue the next version with corrected values (whole rupiah) or agencies of agreed items (rule 86).

    The locked version stays in force until the new one is signed and locked in turn. A result itself is not
    corrected here: what the forum decided is changed by the agencies' forum.
    """
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_correct(actor, forum))
    if len(reason.strip()) < SHORTEST_REASON or not changes:
        raise Refused("Koreksi memerlukan alasan paling sedikit 10 huruf dan paling sedikit satu perubahan.")
    if document_queries.open_minutes(forum) is not None:
        raise Refused("Masih ada versi perubahan yang belum dikunci. Selesaikan versi itu lebih dahulu.")
    agreed = {d.proposal_id for d in forum.decisions.filter(result="disepakati")}
    if not set(changes) <= agreed or any(value < 0 or not agency.strip() for value, agency in changes.values()):
        raise Refused("Koreksi hanya untuk usulan yang disepakati, dengan nilai rupiah bulat dan perangkat daerah.")
    document = _issue(actor, forum, number, at, reason=reason.strip(), corrections=changes)
    for proposal_id, (value, agency) in changes.items():
        Correction.objects.create(
            kabupaten=forum.kabupaten,
            forum=forum,
            document=document,
            proposal_id=proposal_id,
            value=value,
            agency=agency.strip(),
        )
    return document


def _apply(forum: Forum, document: Document, at: datetime) -> None:
    """Put a locked correction into force."""
    for correction in Correction.objects.filter(document=document, applied_at__isnull=True).select_related("proposal"):
        forum.decisions.filter(proposal=correction.proposal).update(value=correction.value, agency=correction.agency)
        proposal = correction.proposal
        proposal.value_agreed, proposal.agency_final = correction.value, correction.agency
        proposal.save(update_fields=["value_agreed", "agency_final"])
        correction.applied_at = at
        correction.save(update_fields=["applied_at"])
