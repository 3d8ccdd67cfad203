"""The groups of a forum: named, added, taken away, filled by hand, and reported to the plenary (rule 59)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.forums import permissions, queries
from mufakat.forums.errors import Refused
from mufakat.forums.models import Forum, GroupPlace, WorkGroup
from mufakat.forums.rules import Agreement
from mufakat.forums.states import ForumState

if TYPE_CHECKING:
    from mufakat.people.actors import Actor

NO_GROUP = "Kelompok itu tidak ada. Muat ulang halaman, lalu pilih lagi."


def _open(actor: Actor, forum_id: UUID) -> Forum:
    """The forum, while its division is not agreed yet."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_divide(actor, forum))
    if Agreement.GROUPS in queries.agreements_of(forum):
        raise Refused("Pembagian kelompok sudah disepakati forum dan tidak diubah lagi.")
    return forum


def _group(forum: Forum, group_id: UUID) -> WorkGroup:
    group = forum.workgroups.filter(pk=group_id).first()
    if group is None:
        raise Refused(NO_GROUP)
    return group


def _free_name(forum: Forum, name: str, *, but: UUID | None = None) -> str:
    name = name.strip()
    if not name:
        raise Refused("Kelompok memerlukan nama, misalnya “Kelompok Infrastruktur”.")
    if any(key != but for key in forum.workgroups.filter(name__iexact=name).values_list("pk", flat=True)):
        raise Refused(
            f"Kelompok “{name}” sudah ada. Pakai nama lain.", f"There is a group “{name}” already. Use another name."
        )
    return name


@transaction.atomic
def add_group(
    *, actor: Actor, forum_id: UUID, name: str, lead: str = "", secretary: str = "", at: datetime
) -> WorkGroup:
    """Add a group; it is filled by hand."""
    forum = _open(actor, forum_id)
    last = forum.workgroups.order_by("order").last()
    group = WorkGroup.objects.create(
        kabupaten=forum.kabupaten,
        forum=forum,
        order=last.order + 1 if last else 1,
        name=_free_name(forum, name),
        lead=lead.strip(),
        secretary=secretary.strip(),
    )
    who = audit.personal(group, group.lead, group.secretary)
    audit.record(actor, "forum.group_added", forum, at=at, group=str(group.pk), name=group.name, who=who)
    return group


@transaction.atomic
def change_group(
    *, actor: Actor, forum_id: UUID, group_id: UUID, name: str, lead: str = "", secretary: str = "", at: datetime
) -> WorkGroup:
    """Name a group, its facilitator and its secretary."""
    forum = _open(actor, forum_id)
    group = _group(forum, group_id)
    group.name, group.lead, group.secretary = _free_name(forum, name, but=group.pk), lead.strip(), secretary.strip()
    group.save(update_fields=["name", "lead", "secretary"])
    who = audit.personal(group, group.lead, group.secretary)
    audit.record(actor, "forum.group_changed", forum, at=at, group=str(group.pk), name=group.name, who=who)
    return group


@transaction.atomic
def remove_group(*, actor: Actor, forum_id: UUID, group_id: UUID, at: datetime) -> None:
    """Take a group away; its proposals go to the group of their field, else to the first."""
    forum = _open(actor, forum_id)
    group = _group(forum, group_id)
    if forum.workgroups.count() == 1:
        raise Refused("Forum memerlukan paling sedikit satu kelompok. Ubah namanya bila sidang tidak dibagi.")
    audit.record(actor, "forum.group_removed", forum, at=at, group=str(group.pk), name=group.name)
    group.places.all().delete()
    group.delete()


@transaction.atomic
def move_to_group(
    *, actor: Actor, forum_id: UUID, group_id: UUID, proposals_moved: Collection[UUID], at: datetime
) -> WorkGroup:
    """Put proposals of the list into a group, out of the one they were in."""
    forum = _open(actor, forum_id)
    group = _group(forum, group_id)
    keys = set(queries.listed(forum).filter(pk__in=proposals_moved).values_list("pk", flat=True))
    if not keys or len(keys) != len(set(proposals_moved)):
        raise Refused("Pilih paling sedikit satu usulan dari daftar forum ini.")
    for key in sorted(keys):
        GroupPlace.objects.update_or_create(
            kabupaten=forum.kabupaten, forum=forum, proposal_id=key, defaults={"group": group}
        )
    audit.record(actor, "forum.group_filled", forum, at=at, group=str(group.pk), proposals=len(keys))
    return group


@transaction.atomic
def report_group(*, actor: Actor, forum_id: UUID, group_id: UUID, report: str, at: datetime) -> WorkGroup:
    """Record what a group reported to the plenary; its figures come from the results."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_lead(actor, forum))
    group = _group(forum, group_id)
    if forum.standing is not ForumState.PLENARY:
        raise Refused("Hasil kelompok dilaporkan dalam pleno. Buka pleno lebih dahulu.")
    group.report, group.reported_at = report.strip(), at
    group.save(update_fields=["report", "reported_at"])
    audit.record(actor, "forum.group_reported", forum, at=at, group=str(group.pk))
    return group
