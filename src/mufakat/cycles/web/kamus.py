"""The kamus as a sheet: taken in after a look at every row, and given out as the same sheet (rule 98)."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.cycles import commands, permissions, queries
from mufakat.cycles.kamus_sheet import kamus_csv, kamus_workbook, read_kamus
from mufakat.cycles.labels import EFFECT_SHAPES, EFFECTS
from mufakat.cycles.rules import EffectKind
from mufakat.cycles.web.forms import KamusSheetForm
from mufakat.cycles.web.views import cycle_or_404, subject_page
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.ui.answers import attempt, status_of, stopped

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff
def kamus_import(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """Choose a sheet; see what every row would do. Nothing enters the kamus before it is confirmed."""
    if request.method != "POST":
        return _page(request, cycle_id)
    cycle = cycle_or_404(request, cycle_id)
    form = KamusSheetForm(request.POST, request.FILES)
    if stop := stopped(permissions.can_shape(request.actor), form):
        return _page(request, cycle_id, *stop, form)
    sent = form.cleaned_data["sheet"]
    try:
        reading = read_kamus(name=sent.name or "kamus", content=sent.read())
        commands.hold_kamus(
            actor=request.actor, cycle_id=cycle.pk, name=sent.name or "kamus", reading=reading, at=timezone.now()
        )
    except MufakatError as error:
        return _page(request, cycle_id, error, status_of(error), form)
    return HttpResponseRedirect(reverse("cycles:kamus_import", args=[cycle_id]), status=303)


def _page(
    request: StaffRequest,
    cycle_id: UUID,
    error: MufakatError | None = None,
    status: int = 200,
    form: KamusSheetForm | None = None,
) -> HttpResponse:
    cycle = cycle_or_404(request, cycle_id)
    held = queries.pending_kamus(request.actor, cycle)
    reading = queries.reading_in(held) if held else None
    effects = queries.effects_of(cycle, reading.rows) if reading and not reading.faults else []
    counted = Counter(e.kind for e in effects)
    shown = {
        "held": held,
        "located": reading.faults if reading else (),
        "effects": [(e, EFFECTS[e.kind], EFFECT_SHAPES[e.kind]) for e in effects if e.kind is not EffectKind.SAME],
        "new": counted[EffectKind.NEW],
        "changed": counted[EffectKind.CHANGED],
        "same": counted[EffectKind.SAME],
    }
    return subject_page(request, "kamus_import", cycle, error, status, form or KamusSheetForm(), **shown)


@staff
@require_POST
def kamus_confirm(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """Take the sheet that was looked at."""
    cycle_or_404(request, cycle_id)
    return attempt(
        request,
        lambda: commands.import_kamus(actor=request.actor, cycle_id=cycle_id, at=timezone.now()),
        done=_("Kamus usulan diperbarui dari lembar."),
        to=reverse("cycles:kamus", args=[cycle_id]),
        otherwise=lambda error, status: _page(request, cycle_id, error, status),
    )


@staff
@require_GET
def kamus_export(request: StaffRequest, cycle_id: UUID) -> HttpResponse:
    """The kamus as it stands, as the sheet that can be sent back: XLSX, or CSV with `?bentuk=csv`."""
    cycle = cycle_or_404(request, cycle_id)
    rows, name = queries.rows_in_kamus(cycle), f"kamus-usulan-{cycle.plan_year}"
    if request.GET.get("bentuk") == "csv":
        return _file(kamus_csv(rows), f"{name}.csv", CSV)
    title = f"Kamus usulan, Musrenbang {cycle.forum_year} untuk RKPD {cycle.plan_year}"
    return _file(kamus_workbook(rows, title=title, at=timezone.now()), f"{name}.xlsx", XLSX)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
