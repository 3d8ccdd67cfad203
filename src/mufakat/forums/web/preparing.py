"""Before the day: the list of forums, a new date, SK, invitations, excuses, the gate (rules 46-49)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.cycles.models import Cycle
from mufakat.forums import permissions, queries, rules
from mufakat.forums.commands import amending, preparation
from mufakat.forums.labels import ELEMENTS, STATES
from mufakat.forums.models import Forum
from mufakat.forums.rules import Element
from mufakat.forums.states import CONCLUDED, DELIBERATION, ForumState
from mufakat.forums.web.forms import AgendaForm, ChairForm, InvitationForm, ScheduleForm, TeamForm
from mufakat.forums.web.pages import SHAPES, address, compliance, in_words, of_forum, said, show
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.regions.models import Region
from mufakat.ui.answers import attempt, stopped

SITUATIONS = {
    ForumState.SCHEDULED: _("Forum dijadwalkan; persiapan belum dimulai"),
    ForumState.PREPARING: _("Forum sedang dipersiapkan"),
    ForumState.IN_SESSION: _("Semua usulan memiliki hasil"),
    ForumState.PLENARY: _("Pleno: pilih delegasi dan terbitkan Berita Acara"),
    ForumState.MINUTES_ISSUED: _("Berita Acara menunggu tanda tangan"),
    ForumState.SIGNED: _("Berita Acara ditandatangani, tinggal dikunci"),
    ForumState.LOCKED: _("Berita Acara dikunci"),
    ForumState.POSTPONED: _("Forum ditunda"),
    ForumState.CANCELLED: _("Forum dibatalkan"),
}
NEXT_STEPS = {
    "preparation": (_("SK, undangan, dan pengajuan semua desa membuka hari forum."), _("Lengkapi persiapan")),
    "attendance": (_("Setiap orang dicatat dengan unsur, L/P, dan desanya."), _("Catat kehadiran")),
    "opening": (
        _("Prinsip, tata tertib, kriteria, dan kelompok disepakati sebelum keputusan."),
        _("Catat kesepakatan"),
    ),
    "session": (_("Setiap usulan memperoleh hasil, satu per satu atau sebagai blok."), _("Lanjutkan sidang")),
    "delegation": (_("Delegasi dipilih dari yang hadir, perempuan paling sedikit 30 persen."), _("Pilih delegasi")),
    "minutes": (_("Dibekukan, dicetak, ditandatangani, lalu dikunci."), _("Buka Berita Acara")),
}


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
        faults = said(error) or form.faults
        return render(request, "forums/schedule.html", {"form": form, "cycle": cycle, "faults": faults}, status=status)

    if request.method != "POST":
        return page()
    if stop := stopped(permissions.can_schedule(request.actor), form):
        return page(*stop)
    return attempt(
        request,
        lambda: preparation.schedule(actor=request.actor, cycle_id=cycle.pk, at=timezone.now(), **form.cleaned_data),
        done=gettext("Forum dijadwalkan. Susunan acara bawaan sudah dipasang."),
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
    tally, present = queries.tally(forum), queries.headcount(forum)
    steps = _steps(forum, tally)
    return show(
        request,
        "desk",
        forum,
        "desk",
        status=status,
        tally=tally,
        present=present,
        steps=steps,
        situation=_situation(forum, tally, present.total),
        next_step=_next_step(request, forum, steps),
        chair=_chair_form(request, forum),
        compliance=compliance(forum),
        may_open=bool(permissions.can_open(request.actor, forum)),
        faults=said(error),
    )


def _chair_form(request: StaffRequest, forum: Forum) -> ChairForm | None:
    """To name the chair before the start, to hand it on during the session."""
    if forum.standing is not ForumState.READY and not permissions.can_lead(request.actor, forum):
        return None
    names = ("name", "position", "capacity", "nip")
    # The form for the reason of a postponement is on the same page; it fills none of these.
    given = request.POST if "position" in request.POST else None
    return ChairForm(given, initial={name: getattr(forum, f"chair_{name}") for name in names})


def _situation(forum: Forum, tally: queries.Tally, present: int) -> str:
    """Where the day stands, as the page's heading."""
    if forum.standing is ForumState.READY and not forum.attendance_opened_at:
        return gettext("Forum siap; daftar hadir belum dibuka")
    if forum.standing is ForumState.READY:
        return gettext("%(count)s orang hadir, sidang belum dimulai") % {"count": present}
    if forum.standing in DELIBERATION and tally.decided < tally.listed:
        of = {"decided": tally.decided, "listed": tally.listed}
        return gettext("%(decided)s dari %(listed)s usulan memiliki hasil") % of
    return str(SITUATIONS[forum.standing])


def _next_step(request: StaffRequest, forum: Forum, steps: list[dict[str, Any]]) -> dict[str, str] | None:
    """The first open part of the day for those who may go on with it."""
    may_go_on = permissions.can_lead(request.actor, forum) or permissions.can_prepare(request.actor, forum)
    is_waiting = forum.standing in (ForumState.MINUTES_ISSUED, ForumState.SIGNED)
    if is_waiting and permissions.can_sign(request.actor, forum):
        step = next(s for s in steps if s["name"] == "minutes")
    else:
        found = next((s for s in steps if s["is_now"]), None)
        if found is None or not may_go_on:
            return None
        step = found
    why, button = NEXT_STEPS[step["name"]]
    return {"title": step["label"], "why": str(why), "button": str(button), "address": step["address"]}


def _steps(forum: Forum, tally: queries.Tally) -> list[dict[str, Any]]:
    """The way of the day, each part with how far it is."""
    session = queries.session_of(forum)
    rows = [
        ("preparation", gettext("Persiapan"), forum.standing not in (ForumState.SCHEDULED, ForumState.PREPARING), ""),
        ("attendance", gettext("Kehadiran"), forum.attendees.exists(), _people(forum.attendees.count())),
        ("opening", gettext("Kesepakatan awal"), len(session.agreed) == 4, _of(len(session.agreed), 4)),
        (
            "session",
            gettext("Hasil usulan"),
            tally.listed > 0 and not session.undecided,
            _of(tally.decided, tally.listed),
        ),
        (
            "delegation",
            gettext("Delegasi"),
            bool(queries.delegation_of(forum)),
            _people(len(queries.delegation_of(forum))),
        ),
        (
            "minutes",
            gettext("Berita Acara"),
            forum.standing in CONCLUDED,
            gettext(STATES[forum.standing]) if forum.standing in CONCLUDED else "",
        ),
    ]
    first_open = next((name for name, _label, is_done, _far in rows if not is_done), None)
    return [
        {
            "name": name,
            "label": label,
            "address": address(name, forum),
            "is_done": is_done,
            "is_now": name == first_open,
            "how_far": far,
        }
        for name, label, is_done, far in rows
    ]


def _people(count: int) -> str:
    return gettext("%(count)s orang") % {"count": count}


def _of(done: int, whole: int) -> str:
    return gettext("%(done)s dari %(whole)s") % {"done": done, "whole": whole}


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
    agenda: AgendaForm | None = None,
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
        missing=in_words(rules.missing_for_ready(facts=facts, labels=ELEMENTS)),
        waiting=[v for v in queries.villages_of(forum) if v.name in facts.villages_waiting],
        only_villages=_only_villages(facts),
        is_late=bool(forum.invited_on)
        and rules.is_invited_late(invited_on=forum.invited_on or forum.day, day=forum.day),
        **_agenda(forum),
        agenda_form=agenda or AgendaForm(initial={"items": _agenda_lines(forum)}),
        invited=[(ELEMENTS[Element(e)], n) for e, n in invited.items()],
        members=forum.teammembers.all(),
        may_set_rules=bool(permissions.can_open(request.actor, forum)),
        may_prepare=bool(permissions.can_prepare(request.actor, forum)),
        faults=said(error) or [f for form in (team, invitation, agenda) if form for f in form.faults],
        override=request.POST.get("override_reason", ""),
    )


def _agenda(forum: Forum) -> dict[str, Any]:
    """The day's sessions with when each begins, when the last ends, and by how much that is too late (rule 56)."""
    items = list(forum.agendaitems.all())
    *begins, ends = rules.agenda_times(starts=forum.starts_at, minutes=[item.minutes for item in items])
    late = rules.overrun(ends=forum.ends_at, planned=ends)
    return {"agenda": list(zip(items, begins, strict=True)), "agenda_ends": ends, "overrun": late}


def _agenda_lines(forum: Forum) -> str:
    return "\n".join(f"{a.title}; {a.minutes}; {a.lead}".rstrip("; ") for a in forum.agendaitems.all())


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
        done=gettext("Persiapan dimulai."),
        to=_prepared(forum),
        otherwise=lambda error, status: _preparing(request, forum, error, status),
    )


@of_forum
@require_POST
def set_team(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Record SK and members."""
    form = TeamForm(request.POST)
    if stop := stopped(permissions.can_prepare(request.actor, forum), form):
        return _preparing(request, forum, *stop, team=form)
    return attempt(
        request,
        lambda: preparation.set_team(actor=request.actor, forum_id=forum.pk, at=timezone.now(), **form.cleaned_data),
        done=gettext("SK Tim Penyelenggara dicatat."),
        to=_prepared(forum),
        otherwise=lambda error, status: _preparing(request, forum, error, status, team=form),
    )


@of_forum
@require_POST
def set_agenda(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Replace the agenda of the day."""
    form = AgendaForm(request.POST)
    if stop := stopped(permissions.can_prepare(request.actor, forum), form):
        return _preparing(request, forum, *stop, agenda=form)
    items = form.cleaned_data["items"]
    return attempt(
        request,
        lambda: preparation.set_agenda(actor=request.actor, forum_id=forum.pk, items=items, at=timezone.now()),
        done=gettext("Susunan acara disimpan."),
        to=_prepared(forum),
        otherwise=lambda error, status: _preparing(request, forum, error, status, agenda=form),
    )


@of_forum
@require_POST
def invite(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Record the invitations."""
    form = InvitationForm(request.POST)
    if stop := stopped(permissions.can_prepare(request.actor, forum), form):
        return _preparing(request, forum, *stop, invitation=form)
    return attempt(
        request,
        lambda: preparation.invite(
            actor=request.actor,
            forum_id=forum.pk,
            day=form.cleaned_data["day"],
            elements=form.elements,
            at=timezone.now(),
        ),
        done=gettext("Undangan dicatat."),
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
        done=gettext("Pengecualian dicatat."),
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
        done=gettext("Forum siap. Buka daftar hadir pada hari forum."),
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
        done=gettext("Daftar hadir dibuka."),
        to=address("attendance", forum),
        otherwise=lambda error, status: _desk(request, forum, error, status),
    )


@of_forum
@require_POST
def start(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Start the session with its chair."""
    form = ChairForm(request.POST)
    if stop := stopped(permissions.can_open(request.actor, forum), form):
        return _desk(request, forum, *stop)
    return attempt(
        request,
        lambda: preparation.start(actor=request.actor, forum_id=forum.pk, chair=form.cleaned_data, at=timezone.now()),
        done=gettext("Forum dimulai. Catat kesepakatan awal."),
        to=address("opening", forum),
        otherwise=lambda error, status: _desk(request, forum, error, status),
    )


@of_forum
@require_POST
def change_chair(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Hand the chair to somebody else during the session (rule 113)."""
    form = ChairForm(request.POST)
    if stop := stopped(permissions.can_lead(request.actor, forum), form):
        return _desk(request, forum, *stop)
    return attempt(
        request,
        lambda: amending.change_chair(
            actor=request.actor, forum_id=forum.pk, chair=form.cleaned_data, at=timezone.now()
        ),
        done=gettext("Pimpinan sidang diganti."),
        to=address("desk", forum),
        otherwise=lambda error, status: _desk(request, forum, error, status),
    )


@of_forum
@require_POST
def set_rules(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Whether the pagu binds, and the paper of the documents."""
    return attempt(
        request,
        lambda: amending.set_rules(
            actor=request.actor,
            forum_id=forum.pk,
            is_pagu_binding=request.POST.get("pagu", "") == "mengikat",
            paper=request.POST.get("paper", ""),
            at=timezone.now(),
        ),
        done=gettext("Aturan forum disimpan."),
        to=_prepared(forum),
        otherwise=lambda error, status: _preparing(request, forum, error, status),
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
        done=gettext("Forum ditunda. Bappeda menetapkan tanggal baru."),
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
        done=gettext("Forum dijadwalkan ulang."),
        to=address("desk", forum),
        otherwise=lambda error, status: _desk(request, forum, error, status),
    )


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return None
