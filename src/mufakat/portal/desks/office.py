"""Each role's desk: the situation as a heading, the one next step, what waits with its age, the year, the villages.

The number of queries is the same however many proposals there are (pinned in the tests).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from mufakat.cycles.models import Cycle
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.portal.desks.agency import agency_desk
from mufakat.portal.desks.kecamatan import forum_desk, verifier_desk
from mufakat.portal.desks.notes import notes_for
from mufakat.portal.desks.parts import VILLAGE, Desk, NextStep, Setting, Waiting, waiting_states
from mufakat.portal.desks.regency import bappeda_desk, reader_desk
from mufakat.portal.desks.village import village_desk
from mufakat.portal.year import Dates, Stage, line
from mufakat.proposals import queries as proposals
from mufakat.proposals.states import State


def latest_cycle(actor: Actor) -> Cycle | None:
    """The regency's latest cycle."""
    return Cycle.objects.filter(kabupaten=actor.kabupaten).order_by("-plan_year").first()


def desk(setting: Setting) -> Desk:
    """The desk of an office."""
    role = setting.actor.role
    if role in VILLAGE:
        found = village_desk(setting)
    elif role is Role.OPD:
        found = agency_desk(setting)
    elif role is Role.BAPPEDA:
        found = bappeda_desk(setting)
    elif role is Role.VERIFIKATOR and setting.count(*waiting_states()):
        found = verifier_desk(setting)
    elif role is Role.AUDITOR:
        found = reader_desk(setting)
    else:
        found = forum_desk(setting)
    has_ages = any(row.days is not None for row in found.rows)
    return replace(found, rows=_measured(found.rows), has_ages=has_ages, notes=notes_for(setting))


def without_cycle(actor: Actor) -> Desk:
    """The desk before Bappeda has opened a year."""
    if actor.role is Role.BAPPEDA:
        step = NextStep(
            gettext("Buka siklus perencanaan"),
            gettext("Tetapkan tahun, jadwal pengusulan, pagu, dan kamus usulan."),
            gettext("Buka siklus"),
            reverse("cycles:index"),
        )
        return Desk(gettext("Siklus belum dibuka"), step)
    step = NextStep(
        gettext("Menunggu Bappeda membuka siklus"),
        gettext("Setelah siklus dibuka, pekerjaan Anda tampil di halaman ini."),
        gettext("Lihat usulan publik"),
        reverse("portal:index"),
    )
    return Desk(gettext("Siklus belum dibuka"), step)


def waiting_count(actor: Actor) -> int:
    """How many proposals wait for this office, for the figure beside its menu; one query, 0 for other roles."""
    if actor.role is Role.VERIFIKATOR:
        return proposals.count_standing(actor, State.SUBMITTED, State.IN_VERIFICATION)
    if actor.role is Role.OPD:
        return proposals.count_standing(actor, State.FORWARDED)
    if actor.role in VILLAGE:
        return proposals.count_standing(actor, State.RETURNED, village=actor.region_code)
    return 0


def year_of(setting: Setting) -> tuple[Stage, ...]:
    """The line of the year with today on it."""
    cycle, days = setting.cycle, [f.day for f in setting.forums]
    dates = Dates(
        plan_year=cycle.plan_year,
        opens=timezone.localdate(cycle.proposals_open_at),
        closes=timezone.localdate(cycle.proposals_close_at),
        returned_until=timezone.localdate(cycle.returned_until),
        first_forum=min(days, default=None),
        last_forum=max(days, default=None),
        regency=cycle.regency_forum_day,
        is_locked=setting.is_concluded,
    )
    return line(dates=dates, today=timezone.localdate(setting.at))


def _measured(rows: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """Bars of age against the oldest, at least a week wide, so that a single day does not fill one."""
    longest = max([7, *(row.days or 0 for row in rows)])
    return tuple(replace(row, width=round(64 * (row.days or 0) / longest)) for row in rows)
