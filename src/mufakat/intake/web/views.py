"""Upload sheets; see what became of every row."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.decision import NotAllowed
from mufakat.core.errors import MufakatError
from mufakat.cycles.models import Cycle
from mufakat.intake import commands, permissions, queries, rules
from mufakat.intake.errors import NoReading
from mufakat.intake.labels import FATES, SHAPES
from mufakat.intake.models import SheetImport
from mufakat.intake.queries import Fated
from mufakat.intake.reading import reading_of
from mufakat.intake.rules import Fate
from mufakat.people.roles import Role
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.ui.answers import attempt, status_of
from mufakat.ui.language import told

MOST_NOTES = 10
"""Remarks about whole sheets told after an import that was not looked at before."""


@staff
def index(request: StaffRequest) -> HttpResponse:
    """The upload and the imports made so far."""
    cycle = queries.cycle_of(request.actor)
    if cycle is None:
        raise Http404("Siklus belum dibuka.")
    if request.method != "POST":
        return _index(request, cycle)
    try:
        return HttpResponseRedirect(_read(request, cycle), status=303)
    except MufakatError as error:
        return _index(request, cycle, error, status_of(error))


def _read(request: StaffRequest, cycle: Cycle) -> str:
    """Read what was sent; hold it to be looked at first, or import it at once. Answers where that is shown."""
    decision = permissions.can_import(request.actor, cycle, timezone.now())
    if not decision:
        raise NotAllowed(decision.reason)
    files = [(f.name or "lembar", f.read()) for f in request.FILES.getlist("files")]
    reading = reading_of(files=files, gazetteer=queries.gazetteer(request.actor.kecamatan))
    key: dict[str, Any] = {
        "actor": request.actor,
        "cycle_id": cycle.pk,
        "reading": reading,
        "basis": request.POST.get("basis", ""),
        "only_if_clean": request.POST.get("faults") == "tahan",
        "at": timezone.now(),
    }
    if request.POST.get("go") == "periksa":
        return reverse("intake:preview", args=[commands.hold(**key).pk])
    made = commands.import_sheets(**key)
    messages.success(request, _("Lembar usulan dibaca. Periksa hasil setiap baris."))
    for note in rules.notes_of(reading)[:MOST_NOTES]:
        messages.warning(request, note)
    return reverse("intake:result", args=[made.pk])


def _index(request: StaffRequest, cycle: Cycle, error: MufakatError | None = None, status: int = 200) -> HttpResponse:
    decision = permissions.can_import(request.actor, cycle, timezone.now())
    made = [(i, queries.counts(i)) for i in queries.imports_for(request.actor).filter(cycle=cycle)[:30]]
    context = {
        "cycle": cycle,
        "may_import": bool(decision),
        "refusal": decision.reason or "",
        "is_compilation": request.actor.role is Role.ADMIN_KECAMATAN,
        "basis": request.POST.get("basis", ""),
        "holds": request.POST.get("faults") == "tahan",
        "faults": told(error) if error else [],
        "imports": made,
    }
    return render(request, "intake/index.html", context, status=status)


@staff
@require_GET
def preview(request: StaffRequest, pending_id: UUID) -> HttpResponse:
    """Every row of a reading with what would become of it; nothing has entered the path yet."""
    return _preview(request, pending_id)


def _preview(
    request: StaffRequest, pending_id: UUID, error: MufakatError | None = None, status: int = 200
) -> HttpResponse:
    try:
        held = queries.pending_of(request.actor, pending_id)
    except NoReading as gone:
        raise Http404(str(gone)) from gone
    reading = queries.reading_in(held)
    fated = queries.fates_of(request.actor, held.cycle, reading, only_if_clean=held.only_if_clean)
    counted = Counter(f.fate for f in fated)
    context = {
        "cycle": held.cycle,
        "pending": held,
        "basis": held.basis,
        "rows": [(_shown(f), FATES[f.fate], SHAPES[f.fate]) for f in sorted(fated, key=lambda f: _urgency(f.fate))],
        "counts": {fate.name.lower(): counted[fate] for fate in Fate} | {"all": len(fated)},
        "notes": rules.notes_of(reading),
        "faults": told(error) if error else [],
    }
    return render(request, "intake/result.html", context, status=status)


def _urgency(fate: Fate) -> int:
    return rules.URGENCY.index(fate)


def _shown(fated: Fated) -> dict[str, Any]:
    """A row as the page lists it."""
    row = fated.row
    return {
        "file": row.source.file,
        "sheet": row.source.sheet,
        "row": max(row.source.row, 0),
        "title": row.title,
        "village_text": row.village.name if row.village else row.village_text,
        "problems": rules.problems_text(row),
        "proposal": fated.proposal,
    }


@staff
@require_POST
def confirm(request: StaffRequest, pending_id: UUID) -> HttpResponse:
    """Import what was read and looked at."""
    made: list[SheetImport] = []
    return attempt(
        request,
        lambda: made.append(commands.confirm(actor=request.actor, pending_id=pending_id, at=timezone.now())),
        done=_("Baris yang benar sudah dimasukkan."),
        to=lambda: reverse("intake:result", args=[made[0].pk]),
        otherwise=lambda error, status: _preview(request, pending_id, error, status),
    )


@staff
@require_GET
def result(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Every row of one import: taken, already there, or what to repair and where."""
    made = queries.imports_for(request.actor).filter(pk=import_id).first()
    if made is None:
        raise Http404("Impor tidak ditemukan.")
    kept = sorted(made.rows.select_related("proposal"), key=lambda r: _urgency(Fate(r.fate)))
    rows = [(r, FATES[Fate(r.fate)], SHAPES[Fate(r.fate)]) for r in kept]
    context = {"made": made, "basis": made.basis, "rows": rows, "counts": queries.counts(made), "cycle": made.cycle}
    return render(request, "intake/result.html", context)
