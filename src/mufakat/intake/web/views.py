"""Upload sheets; see what became of every row."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mufakat.core.decision import NotAllowed
from mufakat.core.errors import MufakatError
from mufakat.cycles.models import Cycle
from mufakat.intake import commands, permissions, queries
from mufakat.intake.models import SheetImport
from mufakat.intake.reading import reading_of
from mufakat.intake.rules import Fate
from mufakat.people.roles import Role
from mufakat.people.web.actor import StaffRequest, staff

LABELS = {
    Fate.TAKEN: ("Masuk", "ok"),
    Fate.KNOWN: ("Sudah ada", "wait"),
    Fate.FAULTY: ("Perlu diperbaiki", "no"),
    Fate.ELSEWHERE: ("Desa/kelurahan lain", "back"),
    Fate.HELD: ("Ditahan", "wait"),
}


@staff
def index(request: StaffRequest) -> HttpResponse:
    """The upload and the imports made so far."""
    cycle = queries.cycle_of(request.actor)
    if cycle is None:
        raise Http404("Siklus belum dibuka.")
    if request.method != "POST":
        return _index(request, cycle)
    try:
        made = _import(request, cycle)
    except MufakatError as error:
        return _index(request, cycle, str(error), 403 if isinstance(error, NotAllowed) else 422)
    messages.success(request, "Lembar usulan dibaca. Periksa hasil setiap baris.")
    return HttpResponseRedirect(reverse("intake:result", args=[made.pk]), status=303)


def _import(request: StaffRequest, cycle: Cycle) -> SheetImport:
    decision = permissions.can_import(request.actor, cycle, timezone.now())
    if not decision:
        raise NotAllowed(decision.reason)
    files = [(f.name or "lembar", f.read()) for f in request.FILES.getlist("files")]
    reading = reading_of(files=files, gazetteer=queries.gazetteer(request.actor.kecamatan))
    return commands.import_sheets(
        actor=request.actor,
        cycle_id=cycle.pk,
        reading=reading,
        basis=request.POST.get("basis", ""),
        only_if_clean=request.POST.get("faults") == "tahan",
        at=timezone.now(),
    )


def _index(request: StaffRequest, cycle: Cycle, fault: str = "", status: int = 200) -> HttpResponse:
    decision = permissions.can_import(request.actor, cycle, timezone.now())
    made = [(i, queries.counts(i)) for i in queries.imports_for(request.actor).filter(cycle=cycle)[:30]]
    context = {
        "cycle": cycle,
        "may_import": bool(decision),
        "refusal": decision.reason,
        "is_compilation": request.actor.role is Role.ADMIN_KECAMATAN,
        "basis": request.POST.get("basis", ""),
        "fault": fault,
        "imports": made,
    }
    return render(request, "intake/index.html", context, status=status)


@staff
@require_GET
def result(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Every row of one import: taken, already there, or what to repair and where."""
    made = queries.imports_for(request.actor).filter(pk=import_id).first()
    if made is None:
        raise Http404("Impor tidak ditemukan.")
    rows = [(row, *LABELS[Fate(row.fate)]) for row in made.rows.select_related("proposal")]
    return render(
        request, "intake/result.html", {"made": made, "rows": rows, "counts": queries.counts(made), "cycle": made.cycle}
    )
