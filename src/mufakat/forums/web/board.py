"""The board: the order under the pagu, moves with a reason, the draft plan at any time (rules 52, 61, 64, 68)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mufakat.core.decision import Decision
from mufakat.core.errors import MufakatError
from mufakat.drafting.draft import Entry
from mufakat.drafting.labels import DRAFT_LABELS
from mufakat.drafting.ordering import own_rank
from mufakat.forums import papers
from mufakat.forums.models import Forum
from mufakat.forums.queries import villages_of
from mufakat.forums.states import FROZEN
from mufakat.forums.web.downloads import this_minute
from mufakat.forums.web.forms import MoveForm
from mufakat.forums.web.pages import address, of_forum, show, take
from mufakat.people.web.actor import StaffRequest
from mufakat.prioritisation import commands, permissions
from mufakat.prioritisation.explaining import Why, why
from mufakat.prioritisation.models import Move
from mufakat.prioritisation.papers import KEPT_AT_MOST, Sheet, standing_sheet
from mufakat.prioritisation.queries import moves_of
from mufakat.prioritisation.rules import MoveFault, MoveRefused, cut
from mufakat.prioritisation.tallies import FieldSum, asked_and_got, per_field, per_village
from mufakat.prioritisation.village_map import picture
from mufakat.proposals.models import Proposal
from mufakat.proposals.queries import visible_to
from mufakat.ui.language import told
from mufakat.ui.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the board; `cumulative` is the sum of what fits up to here, whole rupiah."""

    order: int
    proposal: Proposal
    entry: Entry
    fits: bool
    cumulative: int
    is_last_that_fits: bool
    village_rank: int | None = None
    moved: Move | None = None
    """Its last move on the board."""
    why: Why | None = None
    """Only of the row that somebody asks about."""


WHY_ROW = "prioritisation/why_row.html"
ROWS, FIRST = 25, 10
"""Places on a page of the board, and how many of those out of the running stand below it."""


@of_forum
def board(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The order with the pagu as a line, and the form that moves a proposal."""
    form = MoveForm(request.POST or None)
    if request.method != "POST":
        return _board(request, forum, form)
    return take(
        request,
        form,
        _may_move(request, forum),
        lambda: commands.move(
            actor=request.actor,
            cycle_id=forum.cycle_id,
            kecamatan=forum.kecamatan_id,
            proposal_id=form.cleaned_data["proposal"] or _standing_at(forum, form.cleaned_data["place"]),
            to=form.cleaned_data["to"],
            reason=form.cleaned_data["reason"],
            accepts_inversion=form.cleaned_data["accepts_inversion"],
            is_frozen=forum.standing in FROZEN,
            at=timezone.now(),
        ),
        done=gettext("Urutan diubah, alasannya tercatat."),
        to=address("board", forum),
        otherwise=lambda error, status: _board(request, forum, form, error, status),
    )


def _standing_at(forum: Forum, order: int) -> UUID:
    """The proposal that stands at a place now; raises MoveRefused for a place that is not there."""
    places = _laid_out(_standing(forum)).places
    if not 1 <= order <= len(places):
        raise MoveRefused(MoveFault.UNKNOWN)
    return places[order - 1].proposal.pk


def _may_move(request: StaffRequest, forum: Forum) -> Decision:
    return permissions.can_move(request.actor, forum.kecamatan_id, is_frozen=forum.standing in FROZEN)


def _board(
    request: StaffRequest, forum: Forum, form: MoveForm, error: MufakatError | None = None, status: int = 200
) -> HttpResponse:
    sheet = _standing(forum)
    pagu = sheet.draft.options.pagu
    moves = moves_of(cycle=forum.cycle, kecamatan=forum.kecamatan_id)
    laid = _laid_out(sheet)
    places = laid.places
    used = places[-1].cumulative if places else 0
    may_move = _may_move(request, forum)
    chosen = _chosen(request, places, form)
    if chosen and not form.is_bound:
        form = MoveForm(initial={"to": chosen.order})
    page = _page(request, places, chosen)
    shown = _with_moves(page.rows, moves)
    if chosen:
        shown = [_explained(p, sheet, moves) if p.order == chosen.order else p for p in shown]
    about = next((p for p in shown if p.why), None)
    shares = per_village([(p.proposal, p.entry.value, p.fits) for p in places], villages_of(forum))
    return show(
        request,
        "board",
        forum,
        "board",
        status=status,
        places=shown,
        page=page,
        count=len(places),
        line_page=_page_with(next((p.order for p in places if p.is_last_that_fits), 1)),
        why_base=f"{address('board', forum)}mengapa/",
        why_row=render_to_string(WHY_ROW, {"forum": forum, "p": about, "may_move": bool(may_move)}) if about else "",
        outside=laid.outside[:FIRST],
        outside_count=len(laid.outside),
        pagu=pagu,
        used=used,
        left=None if pagu is None else pagu - used,
        asked=laid.asked,
        bar=asked_and_got(asked=laid.asked, used=used, pagu=pagu),
        fitting=laid.fitting,
        moves=moves,
        form=form,
        chosen=chosen,
        inversions=_inversions(error, places),
        fields=laid.fields,
        shares=shares,
        picture=picture([s.region for s in shares], {s.region.code: s.agreed_value for s in shares}),
        of_money=True,
        may_move=bool(may_move),
        refusal=may_move.reason,
        faults=told(error) if error else form.faults,
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything on the board that follows from its sheet alone."""

    places: list[Place]
    outside: list[tuple[Proposal, str, str]]
    fields: tuple[FieldSum, ...]
    asked: int
    fitting: int


_LAID: OrderedDict[int, tuple[Sheet, Layout]] = OrderedDict()
"""Layouts of the sheets that `standing_sheet` keeps, by identity: a page shows 25 rows and need not lay out all."""


def _laid_out(sheet: Sheet) -> Layout:
    held = _LAID.pop(id(sheet), None)
    if held is None or held[0] is not sheet:
        places = _places(sheet, sheet.draft.options.pagu)
        fields = per_field([(p.entry.ruling, p.entry.value, p.fits) for p in places])
        asked = sum(p.entry.value or 0 for p in places)
        held = sheet, Layout(places, _outside(sheet), fields, asked, sum(p.fits for p in places))
    _LAID[id(sheet)] = held
    while len(_LAID) > KEPT_AT_MOST:
        _LAID.popitem(last=False)
    return held[1]


def _page_with(order: int) -> int:
    return (order - 1) // ROWS + 1


def _page(request: StaffRequest, places: list[Place], chosen: Place | None) -> Page[Place]:
    """The page asked for, else the one with the proposal that is to be moved."""
    asked: Page[Place] = page_of(request, places, size=ROWS)
    if chosen is None or "halaman" in request.GET:
        return asked
    number = _page_with(chosen.order)
    rows = tuple(places[(number - 1) * ROWS : number * ROWS])
    return Page(rows, number, number * ROWS < len(places), asked.query)


def _with_moves(rows: Sequence[Place], moves: list[Move]) -> list[Place]:
    """The rows with their last moves."""
    last = {m.proposal_id: m for m in moves}
    return [replace(p, moved=last.get(p.proposal.pk)) for p in rows]


def _explained(place: Place, sheet: Sheet, moves: list[Move]) -> Place:
    """A row with what made its place."""
    public = {i: p.number or 0 for i, p in enumerate(sheet.proposals, start=1)}
    reasons = why(sheet.draft, _in_order(sheet), moves, public, [place.entry])
    return replace(place, why=reasons[place.entry.number])


def _in_order(sheet: Sheet) -> list[Entry]:
    return sorted((e for e in sheet.draft.entries if e.order is not None), key=lambda e: e.order or 0)


def _places(sheet: Sheet, pagu: int | None) -> list[Place]:
    """Rows in the running, in order of place."""
    ordered = _in_order(sheet)
    line = cut(values=[e.value for e in ordered], pagu=pagu)
    last = max((i for i, fits in enumerate(line.fits) if fits), default=-1)
    return [
        Place(
            e.order or 0,
            sheet.proposals[e.number - 1],
            e,
            line.fits[i],
            line.cumulative[i],
            i == last,
            own_rank(e.row),
        )
        for i, e in enumerate(ordered)
    ]


def _chosen(request: StaffRequest, places: list[Place], form: MoveForm) -> Place | None:
    """The row somebody asked to move, by address or by what was typed."""
    wanted = request.GET.get("usulan", "") or str(form["proposal"].value() or "")
    typed = str(form["place"].value() or "")
    return next((p for p in places if wanted == str(p.proposal.pk) or (not wanted and typed == str(p.order))), None)


def _inversions(error: MufakatError | None, places: list[Place]) -> list[tuple[str, Proposal, Proposal]]:
    """Village orders a refused move would turn round: the village, what it ranked first, what would overtake it."""
    if not isinstance(error, MoveRefused):
        return []
    by = {str(p.proposal.number): p.proposal for p in places}
    return [(i.village, by[i.earlier], by[i.later]) for i in error.inversions]


def _outside(sheet: Sheet) -> list[tuple[Proposal, str, str]]:
    """Rows out of the running with their result and reason."""
    out = [e for e in sheet.draft.entries if e.order is None]
    return [(sheet.proposals[e.number - 1], DRAFT_LABELS[e.result], e.reason) for e in out]


@of_forum
@require_GET
def why_here(request: StaffRequest, forum: Forum, proposal_id: UUID) -> HttpResponse:
    """What made one proposal's place: a page of its own, or the row of the board where htmx asks."""
    sheet = _standing(forum)
    places = _laid_out(sheet).places
    place = next((p for p in places if p.proposal.pk == proposal_id), None)
    if place is None:
        raise Http404("Usulan itu tidak ada dalam urutan.")
    moves = moves_of(cycle=forum.cycle, kecamatan=forum.kecamatan_id)
    context: dict[str, Any] = {
        "p": _explained(place, sheet, moves),
        "may_move": bool(_may_move(request, forum)),
        # An agency sees only its own proposals; the public page is everybody's.
        "is_in_sight": visible_to(request.actor).filter(pk=proposal_id).exists(),
        "board_page": f"?halaman={_page_with(place.order)}#urut-{place.order}",
        "count": len(places),
    }
    if request.headers.get("HX-Request"):
        return render(request, WHY_ROW, {"forum": forum, **context})
    return show(request, "board_why", forum, "board", **context)


@of_forum
@require_GET
def outside(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Everything out of the running with its reason, in pages."""
    found = _laid_out(_standing(forum)).outside
    page: Page[tuple[Proposal, str, str]] = page_of(request, found, size=ROWS)
    return show(request, "board_outside", forum, "board", page=page, outside=page.rows, outside_count=len(found))


def _standing(forum: Forum) -> Sheet:
    return standing_sheet(cycle=forum.cycle, kecamatan=forum.kecamatan, day=forum.day, at=timezone.now())


@of_forum
@never_cache
@require_GET
def plan_file(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The Rancangan Rencana Pembangunan Kecamatan as it is now, headed RANCANGAN with its time (rule 52)."""
    from mufakat.drafting.legibility import legible
    from mufakat.drafting.printing import district_plan_pdf

    content = district_plan_pdf(legible(papers.plan_of(forum, at=this_minute())))
    name = f"rancangan-rencana-pembangunan-{forum.kecamatan_id}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
