"""What is put right before the berita acara: an entry of the attendance list, a nominee, the chair, who signs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.forums import document_queries, permissions, queries
from mufakat.forums.commands.session import Person
from mufakat.forums.errors import Refused
from mufakat.forums.models import Attendee, Forum, SignatureRemark, Signer
from mufakat.forums.states import ForumState
from mufakat.runtime import events

if TYPE_CHECKING:
    from mufakat.documents.models import Document
    from mufakat.people.actors import Actor

CAPACITIES = ("", "Plt.", "Plh.", "Pj.", "a.n.")
PAPERS = ("a4", "f4")
NOT_LISTED = "Orang itu tidak ada dalam daftar hadir. Muat ulang halaman, lalu pilih lagi."


def _attendee(forum: Forum, attendee_id: UUID) -> Attendee:
    attendee = forum.attendees.filter(pk=attendee_id).first()
    if attendee is None:
        raise Refused(NOT_LISTED)
    return attendee


@transaction.atomic
def correct_attendance(*, actor: Actor, forum_id: UUID, attendee_id: UUID, person: Person, at: datetime) -> Attendee:
    """Put an entry of the attendance list right; the same person still counts once (rules 53, 55)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_record_attendance(actor, forum))
    attendee = _attendee(forum, attendee_id)
    if forum.attendees.filter(person=person.key).exclude(pk=attendee.pk).exists():
        raise Refused("Orang itu sudah tercatat hadir pada baris lain. Satu orang dihitung satu kali.")
    for name, value in person.columns.items():
        setattr(attendee, name, value)
    attendee.save(update_fields=[name.removesuffix("_id") for name in person.columns])
    who = audit.personal(attendee, *attendee.particulars)
    facts = {"attendee": str(attendee.pk), "who": who, "element": attendee.element}
    audit.record(actor, "forum.attendance_corrected", forum, at=at, **facts)
    events.publish(queries.ForumChanged(forum.pk))
    return attendee


@transaction.atomic
def remove_attendance(*, actor: Actor, forum_id: UUID, attendee_id: UUID, at: datetime) -> None:
    """Take an entry made by mistake off the attendance list; delegates and signers stay on it (rule 74)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_record_attendance(actor, forum))
    attendee = _attendee(forum, attendee_id)
    if forum.delegates.filter(attendee=attendee).exists() or forum.signers.filter(attendee=attendee).exists():
        raise Refused("Orang itu calon delegasi atau penanda tangan. Keluarkan dari daftar itu lebih dahulu.")
    who = audit.personal(attendee, *attendee.particulars)
    audit.record(actor, "forum.attendance_removed", forum, at=at, attendee=str(attendee.pk), who=who)
    attendee.delete()
    events.publish(queries.ForumChanged(forum.pk))


@transaction.atomic
def drop_delegate(*, actor: Actor, forum_id: UUID, delegate_id: UUID, at: datetime) -> None:
    """Take a nominee or an elected delegate off the list before the berita acara; the rest move up."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    delegate = forum.delegates.filter(pk=delegate_id).first()
    if delegate is None:
        raise Refused("Calon itu tidak ada dalam daftar delegasi.")
    audit.record(actor, "forum.delegate_dropped", forum, at=at, delegate=str(delegate.pk), state=delegate.state)
    delegate.delete()
    for order, left in enumerate(forum.delegates.order_by("order"), start=1):
        left.order = order
        left.save(update_fields=["order"])


@transaction.atomic
def change_chair(*, actor: Actor, forum_id: UUID, chair: Mapping[str, str], at: datetime) -> Forum:
    """Hand the chair to somebody else during the session (name, position, capacity, nip; rule 113)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    forum.save(update_fields=forum.seat(chair))
    audit.record(actor, "forum.chair_changed", forum, at=at, who=audit.personal(forum, *forum.chair))
    return forum


@transaction.atomic
def set_rules(*, actor: Actor, forum_id: UUID, is_pagu_binding: bool, paper: str, at: datetime) -> Forum:
    """Whether the pagu binds or only warns, and the paper of the documents (rules 68, 85)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_open(actor, forum))
    if paper not in PAPERS:
        raise Refused("Ukuran kertas tidak dikenal. Pilih A4 atau F4.")
    forum.is_pagu_binding, forum.paper = is_pagu_binding, paper
    forum.save(update_fields=["is_pagu_binding", "paper"])
    audit.record(actor, "forum.rules_set", forum, at=at, is_pagu_binding=is_pagu_binding, paper=paper)
    return forum


@transaction.atomic
def add_signer(
    *, actor: Actor, forum_id: UUID, attendee_id: UUID, capacity: str = "", nip: str = "", at: datetime
) -> Signer:
    """Put somebody from the attendance list into the signature table, after the chair (rules 84, 113)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    attendee = _attendee(forum, attendee_id)
    if capacity not in CAPACITIES:
        raise Refused("Kapasitas tidak dikenal. Pilih definitif, Plt., Plh., Pj., atau a.n.")
    if forum.signers.filter(attendee=attendee).exists():
        raise Refused("Orang itu sudah ada dalam daftar penanda tangan.")
    last = forum.signers.order_by("order").last()
    signer = Signer.objects.create(
        kabupaten=forum.kabupaten,
        forum=forum,
        attendee=attendee,
        order=last.order + 1 if last else 1,
        capacity=capacity,
        nip=nip.strip(),
    )
    who = audit.personal(attendee, *attendee.particulars, signer.capacity, signer.nip)
    audit.record(actor, "forum.signer_added", forum, at=at, signer=str(signer.pk), who=who)
    return signer


@transaction.atomic
def remove_signer(*, actor: Actor, forum_id: UUID, signer_id: UUID, at: datetime) -> None:
    """Take somebody out of the signature table before the berita acara is issued."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    signer = forum.signers.filter(pk=signer_id).first()
    if signer is None:
        raise Refused("Orang itu tidak ada dalam daftar penanda tangan.")
    audit.record(actor, "forum.signer_removed", forum, at=at, signer=str(signer.pk))
    signer.delete()


@transaction.atomic
def remark_unsigned(*, actor: Actor, forum_id: UUID, number: int, note: str, at: datetime) -> SignatureRemark:
    """Record that a party of the issued berita acara did not sign, and why; the lock does not wait for it (rule 114)."""
    forum = queries.lock_for(actor, forum_id)
    document = document_queries.open_minutes(forum)
    _require_open(actor, forum, document)
    assert document is not None
    party = dict(document_queries.parties_of(document)).get(number)
    if party is None or not note.strip():
        raise Refused("Pilih pihak dari daftar tanda tangan dan tuliskan keterangannya.")
    remark, _ = SignatureRemark.objects.update_or_create(
        kabupaten=forum.kabupaten,
        forum=forum,
        document=document,
        number=number,
        defaults={"party": party, "note": note.strip()},
    )
    audit.record(actor, "minutes.unsigned", document, at=at, number=number)
    return remark


def _require_open(actor: Actor, forum: Forum, document: Document | None) -> None:
    is_correction = document is not None and forum.standing is ForumState.LOCKED
    require((permissions.can_correct if is_correction else permissions.can_sign)(actor, forum))
    if document is None:
        raise Refused(permissions.Refusal.NOT_ISSUED)
