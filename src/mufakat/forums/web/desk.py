"""The forum at a glance, and the steps of its day: open, start, chair, suspend, resume, postpone, call off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.decision import Decision, require
from mufakat.core.errors import MufakatError
from mufakat.forums import attendance_queries, permissions, queries
from mufakat.forums.commands import amending, pausing, preparation
from mufakat.forums.errors import NO_DAY, Refused
from mufakat.forums.labels import STATES
from mufakat.forums.models import Forum
from mufakat.forums.states import CONCLUDED, DELIBERATION, ForumState
from mufakat.forums.web.forms import ChairForm
from mufakat.forums.web.pages import address, compliance, of_forum, said, show, stepper, take
from mufakat.people.web.actor import StaffRequest

SITUATIONS = {
    ForumState.SCHEDULED: _("Forum dijadwalkan; persiapan belum dimulai"),
    ForumState.PREPARING: _("Forum sedang dipersiapkan"),
    ForumState.IN_SESSION: _("Semua usulan memiliki hasil"),
    ForumState.PLENARY: _("Pleno: pilih delegasi dan terbitkan Berita Acara"),
    ForumState.SUSPENDED: _("Sidang diskors"),
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


@of_forum
@require_GET
def desk(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The forum at a glance: where it stands, what is missing, the one next step."""
    return _desk(request, forum)


def _desk(request: StaffRequest, forum: Forum, error: MufakatError | None = None, status: int = 200) -> HttpResponse:
    tally, present = queries.tally(forum), attendance_queries.headcount(forum)
    steps = _steps(forum, tally, present.total)
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
        compliance=compliance(forum, tally),
        may_open=bool(permissions.can_open(request.actor, forum)),
        may_resume=bool(permissions.can_resume(request.actor, forum)),
        may_cancel=bool(permissions.can_cancel(request.actor, forum)),
        may_schedule=bool(permissions.can_schedule(request.actor)),
        sittings=queries.sittings_of(forum),
        cancelled=queries.cancelled_before(forum),
        given={name: request.POST.get(name, "") for name in ("reason", "resumes_on")},
        faults=said(error),
    )


_step = stepper(_desk, "desk")


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


def _steps(forum: Forum, tally: queries.Tally, present: int) -> list[dict[str, Any]]:
    """The way of the day, each part with how far it is."""
    session, delegates = queries.session_of(forum), queries.delegation_of(forum)
    rows = [
        ("preparation", gettext("Persiapan"), forum.standing not in (ForumState.SCHEDULED, ForumState.PREPARING), ""),
        ("attendance", gettext("Kehadiran"), present > 0, _people(present)),
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
            bool(delegates),
            _people(len(delegates)),
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
@require_POST
def open_attendance(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Open the attendance list."""
    return _step(
        request,
        forum,
        lambda: preparation.open_attendance(actor=request.actor, forum_id=forum.pk, at=timezone.now()),
        gettext("Daftar hadir dibuka."),
        to="attendance",
    )


@of_forum
@require_POST
def start(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Start the session with its chair."""
    may = permissions.can_open(request.actor, forum)
    return _seat(request, forum, may, preparation.start, gettext("Forum dimulai. Catat kesepakatan awal."), "opening")


@of_forum
@require_POST
def change_chair(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Hand the chair to somebody else during the session (rule 113)."""
    may = permissions.can_lead(request.actor, forum)
    return _seat(request, forum, may, amending.change_chair, gettext("Pimpinan sidang diganti."), "desk")


def _seat(
    request: StaffRequest, forum: Forum, may: Decision, command: Callable[..., object], done: str, to: str
) -> HttpResponse:
    form = ChairForm(request.POST)
    return take(
        request,
        form,
        may,
        lambda: command(actor=request.actor, forum_id=forum.pk, chair=form.cleaned_data, at=timezone.now()),
        done=done,
        to=address(to, forum),
        otherwise=lambda error, status: _desk(request, forum, error, status),
    )


@of_forum
@require_POST
def postpone(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Postpone a forum that has not started."""
    return _step(
        request,
        forum,
        lambda: preparation.postpone(
            actor=request.actor, forum_id=forum.pk, reason=request.POST.get("reason", ""), at=timezone.now()
        ),
        gettext("Forum ditunda. Bappeda menetapkan tanggal baru."),
    )


@of_forum
@require_POST
def reschedule(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Bappeda gives a postponed forum its new date."""
    return _step(
        request,
        forum,
        lambda: preparation.reschedule(
            actor=request.actor,
            forum_id=forum.pk,
            day=day_of(request, permissions.can_schedule(request.actor)),
            at=timezone.now(),
        ),
        gettext("Forum dijadwalkan ulang."),
    )


@of_forum
@require_POST
def suspend(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Suspend the session (rule 116)."""
    return _step(
        request,
        forum,
        lambda: pausing.suspend(
            actor=request.actor,
            forum_id=forum.pk,
            reason=request.POST.get("reason", ""),
            resumes_on=day_of(request, permissions.can_lead(request.actor, forum), "resumes_on")
            if request.POST.get("resumes_on")
            else None,
            at=timezone.now(),
        ),
        gettext("Sidang diskors. Layar aula dan halaman publik mengatakannya."),
    )


@of_forum
@require_POST
def resume(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Go on with a suspended session."""
    return _step(
        request,
        forum,
        lambda: pausing.resume(actor=request.actor, forum_id=forum.pk, at=timezone.now()),
        gettext("Sidang dilanjutkan."),
        to="session",
    )


@of_forum
@require_POST
def cancel(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Bappeda calls the forum off."""
    return _step(
        request,
        forum,
        lambda: pausing.cancel(
            actor=request.actor, forum_id=forum.pk, reason=request.POST.get("reason", ""), at=timezone.now()
        ),
        gettext("Forum dibatalkan. Catatannya tetap tersimpan; forum pengganti dapat dijadwalkan."),
    )


def day_of(request: HttpRequest, may: Decision, name: str = "day") -> date:
    """The day in a field; raises NotAllowed for who may not set it, then Refused where it is none."""
    require(may)
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError as error:
        raise Refused(NO_DAY) from error
