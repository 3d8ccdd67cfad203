"""The queue of the kecamatan, one case at a time, and the forum's list with every village's standing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mufakat.core.errors import MufakatError
from mufakat.core.money import rupiah
from mufakat.cycles.queries import latest_of
from mufakat.drafting.labels import Reason
from mufakat.engines.nomenclature.classify import Authority, Ruling
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.proposals import queries
from mufakat.proposals.alike import Likeness
from mufakat.proposals.errors import NoProposal
from mufakat.proposals.labels import label_of, shape_of
from mufakat.proposals.models import Proposal
from mufakat.proposals.rules import Part
from mufakat.proposals.states import State
from mufakat.ui.answers import attempt, stopped
from mufakat.ui.fields import Sheet
from mufakat.ui.language import told
from mufakat.ui.paging import Page, page_of
from mufakat.verification import commands, permissions
from mufakat.verification.queries import (
    advice_on,
    agencies_of,
    examinations_of,
    likenesses_of,
    standings,
    waiting_for,
)
from mufakat.verification.rules import Check, Verdict
from mufakat.verification.web.forms import PassForm, RefuseForm, ReturnForm, checklist, initial_due

LATE = 3
"""Days of waiting after which an age is marked late."""
ROWS, MOST_RETURNED = 25, 100
"""Proposals on a page of the queue; returned ones below it, the nearest date first."""


@staff
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """What waits to be verified, oldest first, and what was returned."""
    now = timezone.now()
    waiting = waiting_for(request.actor)
    page: Page[Proposal] = page_of(request, waiting, size=ROWS)
    returned = queries.visible_to(request.actor).filter(state=State.RETURNED.value).order_by("returned_until", "number")
    late = Count("pk", filter=Q(changed_at__lte=now - timedelta(days=LATE)))
    context = {
        "rows": [_aged(p, now) for p in page.rows],
        "page": page,
        **waiting.order_by().aggregate(count=Count("pk"), late=late),
        "returned": returned[:MOST_RETURNED],
    }
    return render(request, "verification/queue.html", context)


def _aged(proposal: Proposal, now: datetime) -> tuple[Proposal, int, bool]:
    days = (now - proposal.changed_at).days
    return proposal, days, days >= LATE


@staff
@require_GET
def next_case(request: StaffRequest) -> HttpResponse:
    """The case that has waited longest, else the queue."""
    return HttpResponseRedirect(_next(request))


@staff
@require_GET
def forum_list(request: StaffRequest) -> HttpResponse:
    """What is on the forum's list, by village, and who has not submitted (rule 49)."""
    cycle, kecamatan = latest_of(request.actor.kabupaten), request.actor.kecamatan
    if cycle is None or not permissions.can_see_list(request.actor, kecamatan):
        raise Http404(str(permissions.Refusal.OFFICE))
    rows = standings(cycle, kecamatan)
    names = ("submitted", "waiting", "returned", "passed", "out", "value")
    context = {
        "cycle": cycle,
        "rows": rows,
        "silent": [r.village for r in rows if not r.submitted],
        "total": {name: sum(getattr(r, name) for r in rows) for name in names},
    }
    return render(request, "verification/list.html", context)


@staff
def case(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal with what the engines advise, and the verdict to give."""
    try:
        proposal = queries.proposal_for(request.actor, proposal_id)
    except NoProposal as error:
        raise Http404(str(error)) from error
    asked = request.POST.get("verdict") or request.GET.get("putusan", "")
    verdict = Verdict(asked) if asked in set(Verdict) else Verdict.ADMIT
    advice = advice_on(proposal)
    form = _form(request, proposal, verdict, advice)

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        return _case(request, proposal, verdict, form, advice, error, status)

    if request.method != "POST":
        return page()
    if stop := stopped(permissions.can_verify(request.actor, proposal), form):
        return page(*stop)
    return attempt(
        request,
        lambda: _decide(request, proposal_id, form, timezone.now()),
        done=_("Putusan atas usulan nomor %(number)s dicatat.") % {"number": proposal.number},
        to=lambda: _next(request),
        otherwise=page,
    )


def _form(request: StaffRequest, proposal: Proposal, verdict: Verdict, advice: Ruling) -> Sheet:
    data = request.POST if request.method == "POST" else None
    if verdict is Verdict.RETURN:
        return ReturnForm(data, initial=initial_due(proposal.cycle.returned_until))
    if verdict is Verdict.REFUSE:
        return RefuseForm(data)
    return PassForm(data, initial=_initial(proposal, advice))


def _decide(request: StaffRequest, proposal_id: UUID, form: Sheet, at: datetime) -> object:
    key: dict[str, Any] = {"actor": request.actor, "proposal_id": proposal_id, "at": at}
    data = form.cleaned_data
    if isinstance(form, PassForm):
        return commands.verify(
            **key,
            authority=Authority(data["authority"]),
            agency=data["agency"],
            volume=data["volume"],
            value=data["value"],
            clearance=data["clearance"],
            checks=form.checks,
        )
    if isinstance(form, ReturnForm):
        parts = [Part(part) for part in data["parts"]]
        return commands.return_to_village(**key, reason=data["reason"], parts=parts, due_at=data["due_at"])
    return commands.refuse(**key, code=Reason(data["reason_code"]), reason=data["reason"])


def _next(request: StaffRequest) -> str:
    """The case that has waited longest, else the queue."""
    first = waiting_for(request.actor).first()
    return reverse("verification:case", args=[first.pk]) if first else reverse("verification:queue")


def _initial(proposal: Proposal, advice: Ruling) -> dict[str, Any]:
    volume = proposal.volume_verified if proposal.volume_verified is not None else proposal.volume_requested
    return {
        "authority": proposal.authority or advice.authority.value,
        "agency": proposal.agency_final or advice.agency,
        "volume": f"{volume.normalize():f}".replace(".", ",") if volume is not None else "",
        "value": proposal.value_verified if proposal.value_verified is not None else proposal.value_requested,
    }


def _case(
    request: StaffRequest,
    proposal: Proposal,
    verdict: Verdict,
    form: Sheet,
    advice: Ruling,
    error: MufakatError | None,
    status: int,
) -> HttpResponse:
    decision = permissions.can_verify(request.actor, proposal)
    is_waiting = proposal.standing in (State.SUBMITTED, State.IN_VERIFICATION)
    now, waiting = timezone.now(), waiting_for(request.actor)
    alike = likenesses_of(proposal)
    notes = _notes(proposal, advice, alike)
    context = {
        "proposal": proposal,
        "cycle": proposal.cycle,
        "state": label_of(proposal.state, proposal.reason_code),
        "shape": shape_of(proposal.state),
        "verdict": verdict,
        "form": form,
        "checks": checklist(form, notes) if isinstance(form, PassForm) else [],
        "agencies": agencies_of(proposal) if isinstance(form, PassForm) else [],
        "advice": advice,
        "obstacles": commands.obstacles_of(proposal),
        "alike": alike,
        "photos": proposal.photos.all(),
        "examinations": examinations_of(proposal),
        "steps": [(label_of(s.state, s.reason_code), s) for s in proposal.steps.all()],
        "may_verify": is_waiting and bool(decision),
        "refusal": decision.reason or "",
        "queue": [_aged(p, now) for p in waiting[:ROWS]],
        "count": waiting.count(),
        "faults": told(error) if error else form.faults,
    }
    return render(request, "verification/case.html", context, status=status)


def _notes(proposal: Proposal, advice: Ruling, alike: list[Likeness]) -> dict[Check, str]:
    """What is known beside each line of the checklist."""
    price = proposal.unit_price
    by_kamus = proposal.kamus is not None and price is not None
    shots = proposal.photos.count()
    return {
        Check.AUTHORITY: advice.authority_reason,
        Check.PLACE: proposal.location or _("lokasi tidak ditulis"),
        Check.VOLUME: _("menurut desa") if proposal.volume_requested is not None else _("volume tidak ditulis"),
        Check.PRICE: (
            _("menurut kamus: %(price)s") % {"price": rupiah(price)} if by_kamus and price else _("di luar kamus")
        ),
        Check.PAPERS: _("%(count)s foto") % {"count": shots},
        Check.DOUBLE: (
            _("%(count)s usulan mirip, lihat di bawah") % {"count": len(alike)} if alike else _("tidak ada yang mirip")
        ),
    }
