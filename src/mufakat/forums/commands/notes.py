"""The notulen: what the notulis writes beside what the session recorded by itself (rule 88)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.forums import permissions, queries
from mufakat.forums.errors import NotesMeanwhile, Refused
from mufakat.forums.models import Forum, Notulen
from mufakat.forums.states import CONCLUDED

if TYPE_CHECKING:
    from mufakat.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Notes:
    """The parts of a notulen that are written by hand; lists have one entry a line."""

    secretary: str = ""
    speeches: str = ""
    materials: str = ""
    discussion: str = ""
    follow_ups: str = ""
    closing: str = ""

    def columns(self) -> dict[str, str]:
        """The columns of the row, without spaces around."""
        return {name: getattr(self, name).strip() for name in self.__slots__}


@transaction.atomic
def take_notes(*, actor: Actor, forum_id: UUID, notes: Notes, seen: int = 0, at: datetime) -> Notulen:
    """Write the notulen's own parts; `seen` is the version that was open, 0 where there was none.

    Raises NotesMeanwhile when somebody saved another one since (rule 102), Refused where what the issued berita acara
    already carries would differ from it.
    """
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_take_notes(actor, forum))
    kept = Notulen.objects.filter(forum=forum).first()
    if (kept.version if kept else 0) != seen:
        raise NotesMeanwhile
    columns = notes.columns()
    if forum.standing in CONCLUDED and _printed(kept) != (columns["speeches"], columns["materials"]):
        raise Refused("Sambutan dan materi sudah tercantum dalam Berita Acara yang terbit dan tidak diubah lagi.")
    made = _keep(forum, kept, columns)
    audit.record(
        actor, "forum.noted", forum, at=at, version=made.version, secretary=audit.personal(made, made.secretary)
    )
    return made


def _printed(kept: Notulen | None) -> tuple[str, str]:
    return (kept.speeches, kept.materials) if kept else ("", "")


def _keep(forum: Forum, kept: Notulen | None, columns: dict[str, str]) -> Notulen:
    if kept is None:
        return Notulen.objects.create(kabupaten=forum.kabupaten, forum=forum, **columns)
    for name, value in columns.items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save(update_fields=[*columns, "version"])
    return kept
