"""The list of forums, and Bappeda's form that sets date, hall and Tim Pemandu of one."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from mufakat.core.errors import MufakatError
from mufakat.cycles.models import Cycle
from mufakat.forums import permissions, queries
from mufakat.forums.commands import preparation
from mufakat.forums.labels import STATES
from mufakat.forums.states import ForumState
from mufakat.forums.web.forms import ScheduleForm
from mufakat.forums.web.pages import SHAPES, said
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.regions.models import Region
from mufakat.ui.answers import attempt


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
    if not form.is_valid():
        return page(status=422)
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
