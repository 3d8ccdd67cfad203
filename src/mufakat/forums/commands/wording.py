"""The clauses under MENYEPAKATI: added, reworded, moved, switched off, until the berita acara is issued (rule 78)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.drafting.papers import COMPULSORY_CLAUSES, MOST_CLAUSES
from mufakat.forums import document_queries, permissions, queries
from mufakat.forums.errors import Refused
from mufakat.forums.models import ClauseRow, Forum

if TYPE_CHECKING:
    from mufakat.people.actors import Actor

SHORTEST_CLAUSE = 10
NO_CLAUSE = "Klausul itu tidak ada. Muat ulang halaman, lalu pilih lagi."


def _rows(actor: Actor, forum_id: UUID) -> tuple[Forum, list[ClauseRow]]:
    """The forum locked, and its clauses as rows: the usual ones are kept with the first change."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    rows = document_queries.clauses_of(forum)
    for row in rows:
        if row._state.adding:
            row.save(force_insert=True)
    return forum, rows


def _find(rows: list[ClauseRow], clause: str) -> ClauseRow:
    """A usual clause by its key, one of the office's own by its id."""
    found = next((row for row in rows if clause in (row.key, str(row.pk)) and clause), None)
    if found is None:
        raise Refused(NO_CLAUSE)
    return found


def _worded(text: str) -> str:
    text = " ".join(text.split())
    if len(text) < SHORTEST_CLAUSE:
        raise Refused("Klausul memerlukan kalimat paling sedikit 10 huruf.")
    return text


def _number(rows: list[ClauseRow]) -> None:
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save(update_fields=["order"])


@transaction.atomic
def add_clause(*, actor: Actor, forum_id: UUID, text: str, at: datetime) -> ClauseRow:
    """Add a clause of the office's own at the end."""
    forum, rows = _rows(actor, forum_id)
    if len(rows) >= MOST_CLAUSES:
        raise Refused("Berita Acara memuat paling banyak 20 klausul. Gabungkan atau hapus salah satunya.")
    row = ClauseRow.objects.create(kabupaten=forum.kabupaten, forum=forum, order=len(rows) + 1, text=_worded(text))
    audit.record(actor, "forum.clause_added", forum, at=at, clause=str(row.pk))
    return row


@transaction.atomic
def reword_clause(*, actor: Actor, forum_id: UUID, clause: str, text: str, at: datetime) -> ClauseRow:
    """Change the words of one of the office's own; those of the usual clauses come from the figures."""
    forum, rows = _rows(actor, forum_id)
    row = _find(rows, clause)
    if row.key:
        raise Refused("Kalimat klausul ini disusun dari angka hasil forum dan tidak diubah. Tambahkan klausul sendiri.")
    row.text = _worded(text)
    row.save(update_fields=["text"])
    audit.record(actor, "forum.clause_reworded", forum, at=at, clause=str(row.pk))
    return row


@transaction.atomic
def move_clause(*, actor: Actor, forum_id: UUID, clause: str, to: int, at: datetime) -> ClauseRow:
    """Move a clause to a place (1…N); the others close up."""
    forum, rows = _rows(actor, forum_id)
    row = _find(rows, clause)
    rows.remove(row)
    rows.insert(min(max(to, 1), len(rows) + 1) - 1, row)
    _number(rows)
    audit.record(actor, "forum.clause_moved", forum, at=at, clause=row.key or str(row.pk), to=row.order)
    return row


@transaction.atomic
def switch_clause(*, actor: Actor, forum_id: UUID, clause: str, is_on: bool, at: datetime) -> ClauseRow:
    """Switch a clause off or on again; the compulsory ones stay on."""
    forum, rows = _rows(actor, forum_id)
    row = _find(rows, clause)
    if row.key in COMPULSORY_CLAUSES and not is_on:
        raise Refused("Klausul ini wajib karena lampiran Berita Acara bergantung padanya.")
    row.is_on = is_on
    row.save(update_fields=["is_on"])
    audit.record(actor, "forum.clause_switched", forum, at=at, clause=row.key or str(row.pk), is_on=is_on)
    return row


@transaction.atomic
def remove_clause(*, actor: Actor, forum_id: UUID, clause: str, at: datetime) -> None:
    """Remove one of the office's own; the usual ones are switched off instead."""
    forum, rows = _rows(actor, forum_id)
    row = _find(rows, clause)
    if row.key:
        raise Refused("Klausul bawaan tidak dihapus; matikan bila tidak diperlukan.")
    audit.record(actor, "forum.clause_removed", forum, at=at, clause=str(row.pk))
    rows.remove(row)
    row.delete()
    _number(rows)
