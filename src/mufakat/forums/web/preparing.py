"""Before the day: the list of forums, a new date, SK, invitations, excuses, the gate (rules 46-49)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.cycles.models import Cycle
from mufakat.forums import permissions, queries, rules
from mufakat.forums.commands import preparation
from mufakat.forums.labels import ELEMENTS, STATES
from mufakat.forums.models import Forum
from mufakat.forums.rules import Element
from mufakat.forums.states import CONCLUDED, ForumState
from mufakat.forums.web.forms import ChairForm, InvitationForm, ScheduleForm, TeamForm
from mufakat.forums.web.pages import SHAPES, address, of_forum, show
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.regions.models import Region
from mufakat.ui.answers import attempt
from mufakat.ui.language import told


@staff
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Forums in sight, by date."""
    forums = [(f, STATES[f.standing], SHAPES[f.standing]) for f in queries.forums_for(request.actor)]
    may_schedule = bool(permissions.can_schedule(request.actor))
    return render(request, "forums/index.html", {"forums": forums, "may_schedule": may_schedule})


@staff
def schedule(request: StaffRequest) -> HttpResponse:
    """Bappeda sets date, hall and Tim Pemandu of a kecamatan's forum."""
    cycle = Cycle.objects.filter(kabupaten=request.actor.kabupaten).order_by("-plan_year").first()
    if cycle is None or not permissions.can_schedule(request.actor):
        raise Http404("Siklus belum dibuka.")
    form = ScheduleForm(
        request.POST or None, kecamatans=_without_forum(cycle), initial={"starts_at": "08:00", "ends_at": "15:00"}
    )

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        faults = told(error) if error else form.faults
        return render(request, "forums/schedule.html", {"form": form, "cycle": cycle, "faults": faults}, status=status)

    if request.method != "POST":
        return page()
    if not form.is_valid():
        return page(status=422)
    return attempt(
        request,
        lambda: preparation.schedule(actor=request.actor, cycle_id=cycle.pk, at=timezone.now(), **form.cleaned_data),
        done="Forum dijadwalkan. Susunan acara bawaan sudah dipasang.",
        to="/forum/",
        otherwise=page,
    )


def _without_forum(cycle: Cycle) -> list[Region]:
    held = cycle.forums.exclude(state=ForumState.CANCELLED.value).values_list("kecamatan_id", flat=True)
    kecamatans = Region.objects.filter(parent_id=cycle.kabupaten, kind="kecamatan")
    return list(kecamatans.exclude(code__in=list(held)).order_by("code"))


@of_forum
@require_GET
def desk(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The forum at a glance: where it stands, what is missing, the one next step."""
    return _desk(request, forum)


def _desk(request: StaffRequest, forum: Forum, error: MufakatError | None = None, status: int = 200) -> HttpResponse:
    return show(
        request,
        "desk",
        forum,
        "desk",
        status=status,
        tally=queries.tally(forum),
        present=queries.headcount(forum),
        steps=_steps(request, forum),
        chair=ChairForm(request.POST or None) if forum.standing is ForumState.READY else None,
        may_open=bool(permissions.can_open(request.actor, forum)),
        faults=told(error) if error else [],
    )


def _steps(request: StaffRequest, forum: Forum) -> list[dict[str, Any]]:
    """The way of the day, each part with how far it is."""
    session = queries.session_of(forum)
    tally = queries.tally(forum)
    rows = [
        ("preparation", "Persiapan", forum.standing not in (ForumState.SCHEDULED, ForumState.PREPARING), ""),
        ("attendance", "Kehadiran", forum.attendees.exists(), f"{forum.attendees.count()} orang"),
        ("opening", "Kesepakatan awal", len(session.agreed) == 4, f"{len(session.agreed)} dari 4"),
        ("session", "Hasil usulan", tally.listed > 0 and not session.undecided, f"{tally.decided} dari {tally.listed}"),
        ("delegation", "Delegasi", bool(queries.delegation_of(forum)), f"{len(queries.delegation_of(forum))} orang"),
        (
            "minutes",
            "Berita Acara",
            forum.standing in CONCLUDED,
            STATES[forum.standing] if forum.standing in CONCLUDED else "",
        ),
    ]
    first_open = next((name for name, _, is_done, _ in rows if not is_done), None)
    return [
        {
            "label": label,
            "address": address(name, forum),
            "is_done": is_done,
            "is_now": name == first_open,
            "how_far": far,
        }
        for name, label, is_done, far in rows
    ]


@of_forum
@require_GET
def preparing(request: StaffRequest, forum: Forum) -> HttpResponse:
    """SK, invitations, villages that are still missing, the gate."""
    return _preparing(request, forum)


def _preparing(
    request: StaffRequest,
    forum: Forum,
    error: MufakatError | None = None,
    status: int = 200,
    *,
    team: TeamForm | None = None,
    invitation: InvitationForm | None = None,
) -> HttpResponse:
    facts = queries.preparation_of(forum, override_reason="")
    invited = {i.element: i.people for i in forum.invitations.all()}
    return show(
        request,
        "preparation",
        forum,
        "preparation",
        status=status,
        team=team or TeamForm(initial=_team_initial(forum)),
        invitation=invitation or InvitationForm(initial={"day": forum.invited_on, **invited}),
        missing=[m.sentence() for m in rules.missing_for_ready(facts=facts, labels=ELEMENTS)],
        waiting=[v for v in queries.villages_of(forum) if v.name in facts.villages_waiting],
        only_villages=_only_villages(facts),
        is_late=bool(forum.invited_on)
        and rules.is_invited_late(invited_on=forum.invited_on or forum.day, day=forum.day),
        agenda=forum.agendaitems.all(),
        invited=[(ELEMENTS[Element(e)], n) for e, n in invited.items()],
        members=forum.teammembers.all(),
        may_prepare=bool(permissions.can_prepare(request.actor, forum)),
        faults=told(error) if error else [*(team.faults if team else []), *(invitation.faults if invitation else [])],
        override=request.POST.get("override_reason", ""),
    )


def _only_villages(facts: rules.Preparation) -> bool:
    """Whether villages are all that keeps the gate closed, so that a recorded reason opens it (rule 49)."""
    missing = rules.missing_for_ready(facts=facts, labels=ELEMENTS)
    return bool(missing) and all(m.obstacle is rules.Obstacle.VILLAGES for m in missing)


def _team_initial(forum: Forum) -> dict[str, Any]:
    members = forum.teammembers.filter(team="penyelenggara")
    lines = "\n".join(f"{m.name}; {m.position}; {m.role}; {m.gender}" for m in members)
    return {"number": forum.sk_number, "day": forum.sk_date, "members": lines}


def _prepared(forum: Forum) -> str:
    return address("preparation", forum)


@of_forum
@require_POST
def begin(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Begin the preparation of a scheduled forum."""
    return attempt(
        request,
        lambda: preparation.prepare(actor=request.actor, forum_id=forum.pk, at=timezone.now()),
        done="Persiapan dimulai.",
        to=_prepared(forum),
        otherwise=lambda error, status: _preparing(request, forum, error, status),
    )


@of_forum
@require_POST
def set_team(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Record SK and members."""
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _preparing(request, forum, status=422, team=form)
    return attempt(
        request,
        lambda: preparation.set_team(actor=request.actor, forum_id=forum.pk, at=timezone.now(), **form.cleaned_data),
        done="SK Tim Penyelenggara dicatat.",
        to=_prepared(forum),
        otherwise=lambda error, status: _preparing(request, forum, error, status, team=form),
    )


@of_forum
@require_POST
def invite(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Record the invitations."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _preparing(request, forum, status=422, invitation=form)
    return attempt(
        request,
        lambda: preparation.invite(
            actor=request.actor,
            forum_id=forum.pk,
            day=form.cleaned_data["day"],
            elements=form.elements,
            at=timezone.now(),
        ),
        done="Undangan dicatat.",
        to=_prepared(forum),
        otherwise=lambda error, status: _preparing(request, forum, error, status, invitation=form),
    )


@of_forum
@require_POST
def excuse(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Excuse a village that has not submitted."""
    codes = {v.code for v in queries.villages_of(forum)}
    village = request.POST.get("village", "")
    if village not in codes:
        raise Http404("Desa atau kelurahan tidak ada di kecamatan ini.")
    return attempt(
        request,
        lambda: preparation.excuse_village(
            actor=request.actor,
            forum_id=forum.pk,
            village=village,
            reason=request.POST.get("reason", ""),
            at=timezone.now(),
        ),
        done="Pengecualian dicatat.",
        to=_prepared(forum),
        otherwise=lambda error, status: _preparing(request, forum, error, status),
    )


@of_forum
@require_POST
def declare_ready(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Open the gate to the forum day."""
    return attempt(
        request,
        lambda: preparation.declare_ready(
            actor=request.actor,
            forum_id=forum.pk,
            override_reason=request.POST.get("override_reason", ""),
            at=timezone.now(),
        ),
        done="Forum siap. Buka daftar hadir pada hari forum.",
        to=address("desk", forum),
        otherwise=lambda error, status: _preparing(request, forum, error, status),
    )


@of_forum
@require_POST
def open_attendance(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Open the attendance list."""
    return attempt(
        request,
        lambda: preparation.open_attendance(actor=request.actor, forum_id=forum.pk, at=timezone.now()),
        done="Daftar hadir dibuka.",
        to=address("attendance", forum),
        otherwise=lambda error, status: _desk(request, forum, error, status),
    )


@of_forum
@require_POST
def start(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Start the session with its chair."""
    form = ChairForm(request.POST)
    if not form.is_valid():
        return _desk(request, forum, status=422)
    return attempt(
        request,
        lambda: preparation.start(actor=request.actor, forum_id=forum.pk, chair=form.cleaned_data, at=timezone.now()),
        done="Forum dimulai. Catat kesepakatan awal.",
        to=address("opening", forum),
        otherwise=lambda error, status: _desk(request, forum, error, status),
    )


@of_forum
@require_POST
def postpone(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Postpone a forum that has not started."""
    return attempt(
        request,
        lambda: preparation.postpone(
            actor=request.actor, forum_id=forum.pk, reason=request.POST.get("reason", ""), at=timezone.now()
        ),
        done="Forum ditunda. Bappeda menetapkan tanggal baru.",
        to=address("desk", forum),
        otherwise=lambda error, status: _desk(request, forum, error, status),
    )


@of_forum
@require_POST
def reschedule(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Bappeda gives a postponed forum its new date."""
    day = _day(request)
    if day is None:
        raise Http404("Tanggal tidak terbaca.")
    return attempt(
        request,
        lambda: preparation.reschedule(actor=request.actor, forum_id=forum.pk, day=day, at=timezone.now()),
        done="Forum dijadwalkan ulang.",
        to=address("desk", forum),
        otherwise=lambda error, status: _desk(request, forum, error, status),
    )


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return None
