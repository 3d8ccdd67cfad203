"""Bappeda opens the year, announces pagu, keeps the kamus, moves the deadline; everybody else reads it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.cycles import commands, permissions
from mufakat.cycles.models import Cycle
from mufakat.cycles.web.forms import CycleForm, ExtensionForm, KamusForm, PaguForm
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.regions.models import Region
from mufakat.ui.answers import attempt
from mufakat.ui.fields import Sheet
from mufakat.ui.language import told


@staff
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The latest cycle with its windows, pagu and kamus."""
    return _index(request)


def _kecamatans(request: StaffRequest) -> list[Region]:
    return list(Region.objects.filter(parent_id=request.actor.kabupaten, kind="kecamatan").order_by("code"))


def _index(
    request: StaffRequest, error: MufakatError | None = None, status: int = 200, *, form: Sheet | None = None
) -> HttpResponse:
    cycle = Cycle.objects.filter(kabupaten=request.actor.kabupaten).order_by("-plan_year").first()
    kecamatans = _kecamatans(request)

    def shown(kind: type[Sheet], **more: object) -> Sheet:
        return form if isinstance(form, kind) else kind(**more)

    context = {
        "cycle": cycle,
        "may_shape": bool(permissions.can_shape(request.actor)),
        "pagus": cycle.pagus.filter(announced_at__isnull=False).select_related("kecamatan") if cycle else [],
        "kamus": cycle.kamus.all() if cycle else [],
        "cycle_form": shown(CycleForm),
        "pagu_form": shown(PaguForm, kecamatans=kecamatans),
        "kamus_form": shown(KamusForm),
        "extension_form": shown(ExtensionForm),
        "faults": told(error) if error else (form.faults if form else []),
    }
    return render(request, "cycles/index.html", context, status=status)


def _take(request: StaffRequest, form: Sheet, work: Callable[[], object], done: str) -> HttpResponse:
    if not form.is_valid():
        return _index(request, status=422, form=form)
    return attempt(
        request,
        work,
        done=done,
        to=reverse("cycles:index"),
        otherwise=lambda error, status: _index(request, error, status, form=form),
    )


@staff
@require_POST
def open_cycle(request: StaffRequest) -> HttpResponse:
    """Open the cycle of plan year n."""
    form = CycleForm(request.POST)
    return _take(
        request,
        form,
        lambda: commands.open_cycle(actor=request.actor, at=timezone.now(), **form.cleaned_data),
        "Siklus dibuka. Umumkan pagu dan jadwalkan forum.",
    )


@staff
@require_POST
def announce_pagu(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """Announce the pagu of a kecamatan."""
    form = PaguForm(request.POST, kecamatans=_kecamatans(request))
    return _take(
        request,
        form,
        lambda: commands.announce_pagu(actor=request.actor, cycle_id=cycle_id, at=timezone.now(), **form.cleaned_data),
        "Pagu diumumkan dan terlihat oleh desa dan kelurahan.",
    )


@staff
@require_POST
def add_kamus(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """Add an entry to the kamus."""
    form = KamusForm(request.POST)
    return _take(
        request,
        form,
        lambda: commands.add_kamus(actor=request.actor, cycle_id=cycle_id, at=timezone.now(), **form.cleaned_data),
        "Kamus usulan ditambah.",
    )


@staff
@require_POST
def extend(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """Move the deadline for all villages."""
    form = ExtensionForm(request.POST)
    return _take(
        request,
        form,
        lambda: commands.extend(actor=request.actor, cycle_id=cycle_id, at=timezone.now(), **form.cleaned_data),
        "Batas pengajuan diperpanjang.",
    )
