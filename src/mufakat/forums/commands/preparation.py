"""From the date to the open door: schedule, team, agenda, invitations, excuses, ready, start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from mufakat import audit
from mufakat.core.decision import require
from mufakat.forums import permissions, queries, rules
from mufakat.forums.errors import NotReady, Refused
from mufakat.forums.grouping import default_groups
from mufakat.forums.labels import DEFAULT_AGENDA, ELEMENTS
from mufakat.forums.models import AgendaItem, Floor, Forum, Invitation, Sitting, TeamMember, VillageStanding
from mufakat.forums.rules import Element
from mufakat.forums.states import ForumAction
from mufakat.forums.steps import take_step

if TYPE_CHECKING:
    from mufakat.people.actors import Actor


@transaction.atomic
def schedule(
    *,
    actor: Actor,
    cycle_id: UUID,
    kecamatan: str,
    day: date,
    starts_at: time,
    ends_at: time,
    place: str,
    pemandu: Sequence[tuple[str, str]],
    at: datetime,
) -> Forum:
    """Set date, hall and Tim Pemandu (name, "L"/"P") of a kecamatan's forum; the default agenda comes with it.

    Raises Refused outside year n-1 or after the regency's forum (rules 1, 6).
    """
    require(permissions.can_schedule(actor))
    cycle = queries.lock_cycle(actor, cycle_id)
    if rules.year_fault(day=day, plan_year=cycle.plan_year):
        raise _wrong_year(cycle.plan_year - 1)
    if rules.is_after_regency_forum(day=day, regency_day=cycle.regency_forum_day):
        raise Refused("Tanggal forum jatuh sesudah musrenbang kabupaten. Pilih tanggal sebelumnya.")
    forum = Forum.objects.create(
        kabupaten=actor.kabupaten,
        cycle=cycle,
        kecamatan_id=kecamatan,
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place.strip(),
    )
    guides = _add_team(forum, "pemandu", [(name, "", "pemandu", gender) for name, gender in pemandu])
    _add_agenda(forum, DEFAULT_AGENDA)
    default_groups(forum)
    Floor.objects.create(forum=forum, kabupaten=forum.kabupaten, changed_at=at)
    audit.record(actor, "forum.scheduled", forum, at=at, day=day.isoformat(), place=forum.place, guides=guides)
    return forum


def _wrong_year(year: int) -> Refused:
    return Refused(
        f"Tanggal forum harus pada tahun {year}. Pilih tanggal pada tahun itu.",
        f"The forum must be held in {year}. Choose a date in that year.",
    )


def _add_team(forum: Forum, team: str, people: Sequence[tuple[str, str, str, str]]) -> list[str]:
    """Keep the members; answers with each as the audit line may hold them."""
    kept = []
    for name, position, role, gender in people:
        member = TeamMember.objects.create(
            kabupaten=forum.kabupaten,
            forum=forum,
            team=team,
            name=name.strip(),
            position=position.strip(),
            role=role.strip(),
            gender=gender,
        )
        kept.append(audit.personal(member, member.name, member.position, member.role))
    return kept


@transaction.atomic
def set_team(
    *,
    actor: Actor,
    forum_id: UUID,
    number: str,
    day: date,
    members: Sequence[tuple[str, str, str, str]],
    at: datetime,
) -> Forum:
    """Record the SK Tim Penyelenggara: number, date and members (name, position, role, "L"/"P") (rule 46)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_prepare(actor, forum))
    forum.teammembers.filter(team="penyelenggara").delete()
    kept = _add_team(forum, "penyelenggara", members)
    forum.sk_number, forum.sk_date = number.strip(), day
    forum.save(update_fields=["sk_number", "sk_date"])
    audit.record(actor, "forum.team_set", forum, at=at, number=forum.sk_number, members=kept)
    return forum


@transaction.atomic
def set_agenda(*, actor: Actor, forum_id: UUID, items: Sequence[tuple[str, int, str]], at: datetime) -> Forum:
    """Replace the day's agenda (title, minutes, lead), in order; its end follows from the durations (rules 46, 56)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_prepare(actor, forum))
    if not items or any(not title.strip() or minutes < 1 for title, minutes, _ in items):
        raise Refused("Susunan acara memerlukan paling sedikit satu acara, masing-masing dengan menitnya.")
    forum.agendaitems.all().delete()
    _add_agenda(forum, items)
    audit.record(actor, "forum.agenda_set", forum, at=at, items=len(items), minutes=sum(m for _, m, _ in items))
    return forum


def _add_agenda(forum: Forum, items: Sequence[tuple[str, int, str]]) -> None:
    for order, (title, minutes, lead) in enumerate(items, start=1):
        AgendaItem.objects.create(
            kabupaten=forum.kabupaten, forum=forum, order=order, title=title.strip(), minutes=minutes, lead=lead.strip()
        )


@transaction.atomic
def invite(
    *, actor: Actor, forum_id: UUID, day: date, elements: Mapping[Element, int], at: datetime
) -> tuple[Forum, bool]:
    """Record the invitations with people per element; also tells whether they are late (rule 47)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_prepare(actor, forum))
    forum.invitations.all().delete()
    for element, people in elements.items():
        Invitation.objects.create(
            kabupaten=forum.kabupaten, forum=forum, element=element.value, recipient=ELEMENTS[element], people=people
        )
    forum.invited_on = day
    forum.save(update_fields=["invited_on"])
    is_late = rules.is_invited_late(invited_on=day, day=forum.day)
    audit.record(actor, "forum.invited", forum, at=at, day=day.isoformat(), is_late=is_late)
    return forum, is_late


@transaction.atomic
def excuse_village(*, actor: Actor, forum_id: UUID, village: str, reason: str, at: datetime) -> VillageStanding:
    """Excuse a village that has not submitted, with the reason (rule 49)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_prepare(actor, forum))
    if not reason.strip():
        raise Refused("Pengecualian desa atau kelurahan memerlukan alasan. Tuliskan alasannya.")
    standing, _ = VillageStanding.objects.update_or_create(
        kabupaten=forum.kabupaten, forum=forum, village_id=village, defaults={"excused_reason": reason.strip()}
    )
    audit.record(actor, "forum.village_excused", forum, at=at, village=village)
    return standing


@transaction.atomic
def prepare(*, actor: Actor, forum_id: UUID, at: datetime) -> Forum:
    """Begin the preparation of a scheduled forum."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_prepare(actor, forum))
    return take_step(actor, forum, ForumAction.PREPARE, at)


@transaction.atomic
def declare_ready(*, actor: Actor, forum_id: UUID, override_reason: str = "", at: datetime) -> Forum:
    """Open the gate to the forum day; raises NotReady with everything that is missing (rules 46-49)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_prepare(actor, forum))
    facts = queries.preparation_of(forum, override_reason=override_reason)
    if missing := rules.missing_for_ready(facts=facts, labels=ELEMENTS):
        raise NotReady(missing)
    forum.override_reason = override_reason.strip()
    return take_step(actor, forum, ForumAction.DECLARE_READY, at, "override_reason")


@transaction.atomic
def open_attendance(*, actor: Actor, forum_id: UUID, at: datetime) -> Forum:
    """Open the attendance list; the forum cannot start before (domain §8.2, siap→berlangsung)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_record_attendance(actor, forum))
    if forum.attendance_opened_at is None:
        forum.attendance_opened_at = at
        forum.save(update_fields=["attendance_opened_at"])
        audit.record(actor, "forum.attendance_opened", forum, at=at)
    return forum


@transaction.atomic
def start(*, actor: Actor, forum_id: UUID, chair: Mapping[str, str], at: datetime) -> Forum:
    """Start the session with its chair (name, position, capacity, nip; rule 113)."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_open(actor, forum))
    if forum.attendance_opened_at is None:
        raise NotReady((rules.Missing(rules.Obstacle.ATTENDANCE_SHEET),))
    forum.started_at = at
    Sitting.objects.create(kabupaten=forum.kabupaten, forum=forum, began_at=at)
    fields = forum.seat(chair)
    return take_step(
        actor, forum, ForumAction.START, at, *fields, "started_at", who=audit.personal(forum, *forum.chair)
    )


@transaction.atomic
def postpone(*, actor: Actor, forum_id: UUID, reason: str, at: datetime) -> Forum:
    """Postpone a forum that has not started; the reason is kept."""
    forum = queries.lock_for(actor, forum_id)
    require(permissions.can_open(actor, forum))
    if not reason.strip():
        raise Refused("Penundaan memerlukan alasan. Tuliskan alasannya.")
    forum.state_reason = reason.strip()
    return take_step(actor, forum, ForumAction.POSTPONE, at, "state_reason")


@transaction.atomic
def reschedule(*, actor: Actor, forum_id: UUID, day: date, at: datetime) -> Forum:
    """Give a postponed forum its new date."""
    require(permissions.can_schedule(actor))
    forum = queries.lock_for(actor, forum_id)
    if rules.year_fault(day=day, plan_year=forum.cycle.plan_year):
        raise _wrong_year(forum.cycle.plan_year - 1)
    forum.day = day
    return take_step(actor, forum, ForumAction.RESCHEDULE, at, "day")
