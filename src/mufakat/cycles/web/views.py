"""Bappeda opens the year and sets it subject by subject; everybody else reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.cycles import commands, permissions, queries, rules
from mufakat.cycles.models import Cycle
from mufakat.cycles.web.forms import (
    CycleForm,
    ExtensionForm,
    KamusChangeForm,
    KamusForm,
    PaguTable,
    SettingsForm,
    criterion_forms,
)
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.ui.answers import attempt, stopped
from mufakat.ui.fields import Sheet
from mufakat.ui.language import told


def cycle_or_404(request: StaffRequest, cycle_id: UUID) -> Cycle:
    """A cycle of the actor's regency."""
    cycle = Cycle.objects.filter(pk=cycle_id, kabupaten=request.actor.kabupaten).first()
    if cycle is None:
        raise Http404("Siklus tidak ditemukan.")
    return cycle


def subject_page(
    request: StaffRequest,
    name: str,
    cycle: Cycle | None,
    error: MufakatError | None = None,
    status: int = 200,
    form: Sheet | None = None,
    **more: Any,
) -> HttpResponse:
    """A subject's page with its form and what is wrong with it."""
    faults = told(error) if error else (form.faults if form is not None else [])
    may_shape = bool(permissions.can_shape(request.actor))
    shown = {"cycle": cycle, "may_shape": may_shape, "form": form, "faults": more.pop("faults", None) or faults}
    return render(request, f"cycles/{name}.html", shown | more, status=status)


Done = Callable[[], object]
Shown = Callable[[MufakatError | None, int], HttpResponse]


def _set(request: StaffRequest, page: Shown, work: Done, *, forms: Sequence[Sheet], done: str, to: str) -> HttpResponse:
    """A subject's page, or what was sent about it carried out by whoever shapes the cycle."""
    if request.method != "POST":
        return page(None, 200)
    if stop := stopped(permissions.can_shape(request.actor), *forms):
        return page(*stop)
    return attempt(request, work, done=done, to=to, otherwise=page)


@staff
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The latest cycle: every subject with how far it is set, and what deserves attention."""
    return _index(request)


def _index(
    request: StaffRequest, error: MufakatError | None = None, status: int = 200, form: CycleForm | None = None
) -> HttpResponse:
    cycle = queries.latest_of(request.actor.kabupaten)
    more: dict[str, Any] = {"cycle_form": form or CycleForm(), "faults": told(error) if error else []}
    if form is not None and not error:
        more["faults"] = form.faults
    if cycle is not None:
        pagus = list(cycle.pagus.filter(announced_at__isnull=False))
        more |= {
            "warnings": rules.warnings_about(queries.windows_of(cycle)),
            "pagu_total": sum(p.amount for p in pagus),
            "pagu_count": len(pagus),
            "kecamatan_count": queries.kecamatans_of(cycle.kabupaten).count(),
            "kamus_count": cycle.kamus.filter(is_withdrawn=False).count(),
            "criteria": list(cycle.criteria.all()),
            "extensions": list(cycle.extensions.select_related("village").order_by("village_id", "-granted_at")),
            "is_open": cycle.accepts_proposals(timezone.now()),
        }
    return subject_page(request, "index", cycle, None, status, None, **more)


@staff
@require_POST
def open_cycle(request: StaffRequest) -> HttpResponse:
    """Open the cycle of plan year n."""
    form = CycleForm(request.POST)
    if stop := stopped(permissions.can_shape(request.actor), form):
        return _index(request, *stop, form)
    return attempt(
        request,
        lambda: commands.open_cycle(actor=request.actor, at=timezone.now(), **form.cleaned_data),
        done=_("Siklus dibuka. Umumkan pagu, isi kamus, periksa kriteria, dan jadwalkan forum."),
        to=reverse("cycles:index"),
        otherwise=lambda error, status: _index(request, error, status, form),
    )


@staff
def settings(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """Theme, dates, and what is accepted."""
    cycle = cycle_or_404(request, cycle_id)
    form = SettingsForm(request.POST) if request.method == "POST" else SettingsForm.of(cycle)

    def page(error: MufakatError | None, status: int) -> HttpResponse:
        return subject_page(request, "settings", cycle, error, status, form)

    return _set(
        request,
        page,
        lambda: commands.adjust(actor=request.actor, cycle_id=cycle_id, at=timezone.now(), **form.cleaned_data),
        forms=[form],
        done=_("Pengaturan siklus disimpan."),
        to=reverse("cycles:index"),
    )


@staff
def pagu(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """The pagu of every kecamatan with their sum."""
    cycle = cycle_or_404(request, cycle_id)
    kecamatans = list(queries.kecamatans_of(cycle.kabupaten))
    held = {p.kecamatan_id: p for p in cycle.pagus.filter(announced_at__isnull=False)}
    initial = {code: p.amount for code, p in held.items()}
    form = PaguTable(request.POST if request.method == "POST" else None, kecamatans=kecamatans, initial=initial)

    def page(error: MufakatError | None, status: int) -> HttpResponse:
        rows = [(k, form[k.code], held.get(k.code)) for k in kecamatans]
        total = sum(p.amount for p in held.values())
        return subject_page(request, "pagu", cycle, error, status, form, rows=rows, total=total, announced=len(held))

    return _set(
        request,
        page,
        lambda: commands.announce_pagus(
            actor=request.actor, cycle_id=cycle_id, amounts=form.amounts, at=timezone.now()
        ),
        forms=[form],
        done=_("Pagu diumumkan dan terlihat oleh desa dan kelurahan."),
        to=reverse("cycles:pagu", args=[cycle_id]),
    )


@staff
def kamus(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """The kamus usulan, and a new entry for it."""
    cycle = cycle_or_404(request, cycle_id)
    form = KamusForm(request.POST if request.method == "POST" else None)

    def page(error: MufakatError | None, status: int) -> HttpResponse:
        entries = cycle.kamus.order_by("is_withdrawn", "name", "pk")
        return subject_page(request, "kamus", cycle, error, status, form, entries=entries)

    return _set(
        request,
        page,
        lambda: commands.add_kamus(actor=request.actor, cycle_id=cycle_id, at=timezone.now(), **form.cleaned_data),
        forms=[form],
        done=_("Kamus usulan ditambah."),
        to=reverse("cycles:kamus", args=[cycle_id]),
    )


@staff
def kamus_entry(request: StaffRequest, cycle_id: UUID, entry_id: UUID) -> HttpResponse:
    """One entry of the kamus, to change or withdraw."""
    cycle = cycle_or_404(request, cycle_id)
    entry = cycle.kamus.filter(pk=entry_id).first()
    if entry is None:
        raise Http404("Entri kamus tidak ditemukan.")
    form = KamusChangeForm(request.POST) if request.method == "POST" else KamusChangeForm.of(entry)

    def page(error: MufakatError | None, status: int) -> HttpResponse:
        return subject_page(request, "kamus_entry", cycle, error, status, form, entry=entry)

    return _set(
        request,
        page,
        lambda: commands.change_kamus(actor=request.actor, entry_id=entry_id, at=timezone.now(), **form.cleaned_data),
        forms=[form],
        done=_("Entri kamus disimpan."),
        to=reverse("cycles:kamus", args=[cycle_id]),
    )


@staff
def criteria(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """Criteria with weights that total 100 and the words of every level, until a forum agreed on them."""
    cycle = cycle_or_404(request, cycle_id)
    forms = criterion_forms(cycle, request.POST if request.method == "POST" else None)

    def page(error: MufakatError | None, status: int) -> HttpResponse:
        faults = told(error) if error else [fault for form in forms if form.is_bound for fault in form.faults]
        stored = list(cycle.criteria.all())
        rows = list(zip(forms, stored, strict=True))
        total = sum(c.weight for c in stored)
        return subject_page(request, "criteria", cycle, None, status, None, rows=rows, total=total, faults=faults)

    return _set(
        request,
        page,
        lambda: commands.set_criteria(
            actor=request.actor, cycle_id=cycle_id, criteria=[f.weighed for f in forms], at=timezone.now()
        ),
        forms=forms,
        done=_("Kriteria disimpan; urutan dan papan mengikutinya."),
        to=reverse("cycles:criteria", args=[cycle_id]),
    )


@staff
def extend(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """Move the deadline for all villages or for one."""
    cycle = cycle_or_404(request, cycle_id)
    villages = queries.villages_of(cycle.kabupaten)
    initial = {"closes_at": timezone.localtime(cycle.proposals_close_at)}
    form = ExtensionForm(request.POST if request.method == "POST" else None, villages=villages, initial=initial)

    def page(error: MufakatError | None, status: int) -> HttpResponse:
        given = cycle.extensions.select_related("village").order_by("-granted_at")
        return subject_page(request, "extend", cycle, error, status, form, extensions=given)

    return _set(
        request,
        page,
        lambda: _extend(request, cycle_id, form.cleaned_data),
        forms=[form],
        done=_("Batas pengajuan diperpanjang."),
        to=reverse("cycles:extend", args=[cycle_id]),
    )


def _extend(request: StaffRequest, cycle_id: UUID, data: dict[str, Any]) -> object:
    key: dict[str, Any] = {"actor": request.actor, "cycle_id": cycle_id, "closes_at": data["closes_at"]}
    if data["village"]:
        return commands.extend_for(**key, village=data["village"], reason=data["reason"], at=timezone.now())
    return commands.extend(**key, at=timezone.now())


@staff
@require_POST
def close(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """Close the cycle."""
    cycle_or_404(request, cycle_id)
    return attempt(
        request,
        lambda: commands.close(actor=request.actor, cycle_id=cycle_id, at=timezone.now()),
        done=_("Siklus ditutup; tidak ada usulan yang dapat diajukan lagi."),
        to=reverse("cycles:index"),
        otherwise=lambda error, status: _index(request, error, status),
    )
