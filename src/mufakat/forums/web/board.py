"""The board: the order under the pagu, moves with a reason, the draft plan at any time (rules 52, 61, 64, 68)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mufakat.core.decision import Decision
from mufakat.core.errors import MufakatError
from mufakat.drafting.draft import Entry
from mufakat.drafting.labels import DRAFT_LABELS
from mufakat.forums import papers
from mufakat.forums.models import Forum
from mufakat.forums.queries import villages_of
from mufakat.forums.states import CONCLUDED
from mufakat.forums.web.forms import MoveForm
from mufakat.forums.web.pages import address, of_forum, show
from mufakat.people.web.actor import StaffRequest
from mufakat.prioritisation import commands, permissions
from mufakat.prioritisation.explaining import Why, why
from mufakat.prioritisation.models import Move
from mufakat.prioritisation.papers import Sheet, standing_sheet
from mufakat.prioritisation.queries import moves_of
from mufakat.prioritisation.rules import MoveRefused, cut
from mufakat.prioritisation.tallies import asked_and_got, per_field, per_village
from mufakat.prioritisation.village_map import picture
from mufakat.proposals.models import Proposal
from mufakat.ui.answers import attempt, stopped
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
    why: Why | None = None
    """Only of a row that is shown."""


ROWS = 25
"""Places on a page of the board."""


@of_forum
def board(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The order with the pagu as a line, and the form that moves a proposal."""
    form = MoveForm(request.POST or None)
    if request.method != "POST":
        return _board(request, forum, form)
    if stop := stopped(_may_move(request, forum), form):
        return _board(request, forum, form, *stop)
    data = form.cleaned_data
    return attempt(
        request,
        lambda: commands.move(
            actor=request.actor,
            cycle_id=forum.cycle_id,
            kecamatan=forum.kecamatan_id,
            proposal_id=data["proposal"],
            to=data["to"],
            reason=data["reason"],
            accepts_inversion=data["accepts_inversion"],
            is_frozen=forum.standing in CONCLUDED,
            at=timezone.now(),
        ),
        done="Urutan diubah, alasannya tercatat.",
        to=address("board", forum),
        otherwise=lambda error, status: _board(request, forum, form, error, status),
    )


def _may_move(request: StaffRequest, forum: Forum) -> Decision:
    return permissions.can_move(request.actor, forum.kecamatan_id, is_frozen=forum.standing in CONCLUDED)


def _board(
    request: StaffRequest, forum: Forum, form: MoveForm, error: MufakatError | None = None, status: int = 200
) -> HttpResponse:
    sheet = standing_sheet(cycle=forum.cycle, kecamatan=forum.kecamatan, day=forum.day, at=timezone.now())
    pagu = sheet.draft.options.pagu
    moves = list(moves_of(cycle=forum.cycle, kecamatan=forum.kecamatan_id))
    places = _places(sheet, pagu)
    used = places[-1].cumulative if places else 0
    asked = sum(p.entry.value or 0 for p in places)
    may_move = _may_move(request, forum)
    chosen = _chosen(request, places, form)
    if chosen and not form.is_bound:
        form = MoveForm(initial={"to": chosen.order})
    page = _page(request, places, chosen)
    shown = _explained(page.rows, sheet, moves)
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
        outside=_outside(sheet),
        pagu=pagu,
        used=used,
        left=None if pagu is None else pagu - used,
        asked=asked,
        bar=asked_and_got(asked=asked, used=used, pagu=pagu),
        fitting=sum(p.fits for p in places),
        moves=moves,
        form=form,
        chosen=chosen,
        inversions=_inversions(error, places),
        fields=per_field([(p.entry.ruling, p.entry.value, p.fits) for p in places]),
        shares=shares,
        picture=picture([s.region for s in shares], {s.region.code: s.agreed_value for s in shares}),
        of_money=True,
        may_move=bool(may_move),
        refusal=may_move.reason,
        faults=told(error) if error else form.faults,
    )


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


def _explained(rows: Sequence[Place], sheet: Sheet, moves: list[Move]) -> list[Place]:
    """The rows with what made their places."""
    public = {i: p.number or 0 for i, p in enumerate(sheet.proposals, start=1)}
    reasons = why(sheet.draft, _in_order(sheet), moves, public, [p.entry for p in rows])
    return [replace(p, why=reasons[p.entry.number]) for p in rows]


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
        )
        for i, e in enumerate(ordered)
    ]


def _chosen(request: StaffRequest, places: list[Place], form: MoveForm) -> Place | None:
    """The row somebody asked to move, by address or by what was typed."""
    wanted = request.GET.get("usulan", "") or str(form["proposal"].value() or "")
    return next((p for p in places if str(p.proposal.pk) == wanted), None)


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
@never_cache
@require_GET
def plan_file(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The Rancangan Rencana Pembangunan Kecamatan as it is now, headed RANCANGAN with its time (rule 52)."""
    from mufakat.drafting.legibility import legible
    from mufakat.drafting.printing import district_plan_pdf

    content = district_plan_pdf(legible(papers.plan_of(forum, at=timezone.now())))
    name = f"rancangan-rencana-pembangunan-{forum.kecamatan_id}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
