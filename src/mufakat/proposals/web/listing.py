"""The village's list: what it proposed, in which order, and on which berita acara of its own forum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.core.money import rupiah
from mufakat.cycles.models import Cycle
from mufakat.people.actors import Actor
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.proposals import commands, permissions, queries, rules
from mufakat.proposals.labels import label_of, shape_of
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import EDITABLE, State
from mufakat.proposals.web.finding import cycle_or_404, proposal_or_404
from mufakat.proposals.web.forms import MinutesForm
from mufakat.ui.answers import attempt, stopped
from mufakat.ui.language import told
from mufakat.ui.paging import Page, page_of

ROWS = 25
"""Proposals on a page of the list."""


@staff
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Proposals in sight, a village's own drafts first."""
    cycle = cycle_or_404(request)
    may_draft = bool(permissions.can_draft(request.actor))
    found = queries.listed_for(request.actor, cycle)
    page: Page[Proposal] = page_of(request, found, size=ROWS)
    context = {
        "cycle": cycle,
        "rows": [_row(request.actor, p, may_draft=may_draft) for p in page.rows],
        "page": page,
        "count": queries.count_for(request.actor, cycle),
        "may_draft": may_draft,
        "closes_at": cycle.closes_for(request.actor.region_code) if may_draft else cycle.proposals_close_at,
        "is_open": cycle.accepts_from(request.actor.region_code, timezone.now()),
    }
    return render(request, "proposals/index.html", context)


@dataclass(frozen=True, slots=True)
class Row:
    """What the list shows of a proposal, ready to print: a page has dozens."""

    number: str
    title: str
    address: str
    place: str
    order: str
    asked: str
    state: str
    shape: str
    note: str
    """Why it was returned, or how much a draft still lacks."""


def _row(actor: Actor, proposal: Proposal, *, may_draft: bool) -> Row:
    standing = proposal.standing
    is_returned = standing is State.RETURNED
    own = may_draft and proposal.village_id == actor.region_code
    is_checked = (may_draft and standing is State.DRAFT) or (own and is_returned)
    return Row(
        number=_or_dash(proposal.number),
        title=proposal.title,
        address=f"/usulan/{proposal.pk}/{'periksa/' if is_checked else ''}",
        place=proposal.place_label,
        order=_or_dash(proposal.village_priority),
        asked="–" if proposal.value_requested is None else rupiah(proposal.value_requested),
        state=_(label_of(proposal.state, proposal.reason_code)),
        shape=shape_of(proposal.state),
        note=proposal.reason if is_returned else _lacks(proposal),
    )


def _or_dash(number: int | None) -> str:
    return "–" if number is None else str(number)


def _lacks(proposal: Proposal) -> str:
    """How much a draft still lacks, in words; empty where nothing."""
    if proposal.standing not in EDITABLE:
        return ""
    n = len(rules.missing_for_submission(commands.content_of(proposal)))
    return ngettext("kurang %(n)s hal", "kurang %(n)s hal", n) % {"n": n} if n else ""


@staff
@require_GET
def order(request: StaffRequest) -> HttpResponse:
    """The village's own order, to move up and down (rule 27)."""
    return _order(request, cycle_or_404(request))


def _order(request: StaffRequest, cycle: Cycle, error: MufakatError | None = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    listed = list(queries.own_order(cycle, actor.region_code)) if permissions.can_draft(actor) else []
    decision = permissions.can_order(actor, cycle, timezone.now())
    ranks = [p.village_priority for p in listed]
    context: dict[str, Any] = {
        "cycle": cycle,
        "rows": [(place, p, label_of(p.state, p.reason_code)) for place, p in enumerate(listed, start=1)],
        "is_ranked": ranks == list(range(1, len(ranks) + 1)),
        "may_order": bool(decision),
        "refusal": decision.reason or "",
        "faults": told(error) if error else [],
    }
    return render(request, "proposals/order.html", context, status=status)


@staff
@require_POST
def put_at(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Put a proposal at another place of the village's order."""
    proposal = proposal_or_404(request, proposal_id)
    given = request.POST.get("place", "")
    place = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    return attempt(
        request,
        lambda: commands.put_at(actor=request.actor, proposal_id=proposal_id, place=place, at=timezone.now()),
        done=_("Urutan desa disimpan."),
        to=reverse("proposals:order") + f"#u{proposal.pk}",
        otherwise=lambda error, status: _order(request, proposal.cycle, error, status),
    )


@staff
def village_minutes(request: StaffRequest) -> HttpResponse:
    """The signed berita acara of the village's own forum, on which its operator may submit (rule 22)."""
    cycle = cycle_or_404(request)
    form = MinutesForm(request.POST or None, request.FILES or None)

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        decision = permissions.can_draft(request.actor)
        context = {
            "cycle": cycle,
            "form": form,
            "held": queries.minutes_of(cycle, request.actor.region_code),
            "may_attach": bool(decision),
            "refusal": decision.reason or "",
            "faults": told(error) if error else form.faults,
        }
        return render(request, "proposals/village_minutes.html", context, status=status)

    if request.method != "POST":
        return page()
    if stop := stopped(permissions.can_draft(request.actor), form):
        return page(*stop)
    data = form.cleaned_data
    return attempt(
        request,
        lambda: commands.attach_minutes(
            actor=request.actor,
            cycle_id=cycle.pk,
            number=data["number"],
            day=data["day"],
            content=data["scan"].read(),
            at=timezone.now(),
        ),
        done=_("Berita acara musrenbang desa/kelurahan disimpan. Operator dapat mengajukan usulan berdasarkan ini."),
        to=reverse("proposals:index"),
        otherwise=page,
    )
