"""Each role's desk: what waits, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from mufakat.cycles.models import Cycle
from mufakat.forums import queries as forums
from mufakat.forums.states import CONCLUDED, ForumState
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.proposals import queries as proposals
from mufakat.proposals.states import State
from mufakat.tracking import queries as tracking
from mufakat.verification.queries import waiting_for


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits, with where to do it."""

    count: int
    what: str
    address: str


def tasks(actor: Actor, *, at: datetime) -> list[Task]:
    """What waits for an office, the most pressing first; only what there is."""
    cycle = Cycle.objects.filter(kabupaten=actor.kabupaten).order_by("-plan_year").first()
    if cycle is None:
        return [Task(1, "siklus belum dibuka", reverse("cycles:index"))] if actor.role is Role.BAPPEDA else []
    found = _of_role(actor, cycle, at)
    return [task for task in found if task.count]


def _of_role(actor: Actor, cycle: Cycle, at: datetime) -> list[Task]:
    if actor.role in (Role.OPERATOR_DESA, Role.KEPALA_DESA):
        return _village(actor, cycle)
    if actor.role is Role.VERIFIKATOR:
        return [Task(waiting_for(actor).count(), "usulan menunggu pemeriksaan", reverse("verification:queue"))]
    if actor.role is Role.OPD:
        waiting = tracking.received_by(actor, cycle, actor.agency).filter(state=State.FORWARDED.value)
        return [Task(waiting.count(), "usulan menunggu jawaban", reverse("tracking:index"))]
    if actor.role is Role.BAPPEDA:
        return _bappeda(actor, cycle, at)
    return _forum(actor)


def _village(actor: Actor, cycle: Cycle) -> list[Task]:
    own = proposals.visible_to(actor).filter(cycle=cycle, village_id=actor.region_code)
    address = reverse("proposals:index")
    return [
        Task(own.filter(state=State.RETURNED.value).count(), "usulan dikembalikan untuk dilengkapi", address),
        Task(own.filter(state=State.DRAFT.value).count(), "draf belum diajukan", address),
    ]


def _bappeda(actor: Actor, cycle: Cycle, at: datetime) -> list[Task]:
    held = forums.forums_for(actor).filter(cycle=cycle)
    waiting = sum(t.waiting for t in tracking.per_agency(actor, cycle, at=at))
    return [
        Task(0 if cycle.pagus.exists() else 1, "pagu belum diumumkan", reverse("cycles:index")),
        Task(0 if held.exists() else 1, "forum belum dijadwalkan", reverse("forums:schedule")),
        Task(waiting, "usulan belum dijawab perangkat daerah", reverse("tracking:agencies")),
    ]


def _forum(actor: Actor) -> list[Task]:
    """The kecamatan's forum with its next step."""
    found = []
    for forum in forums.forums_for(actor):
        if forum.standing in (ForumState.LOCKED, ForumState.CANCELLED):
            continue
        name = "minutes" if forum.standing in (*CONCLUDED, ForumState.PLENARY) else "desk"
        found.append(Task(1, f"forum {forum.kecamatan.name}", reverse(f"forums:{name}", args=[forum.pk])))
    return found
