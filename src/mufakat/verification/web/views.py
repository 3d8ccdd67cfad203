"""The queue of the kecamatan and one case at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mufakat.core.errors import MufakatError
from mufakat.drafting.labels import Reason
from mufakat.engines.nomenclature.classify import Authority
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.proposals import queries
from mufakat.proposals.errors import NoProposal
from mufakat.proposals.labels import STATES
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import State
from mufakat.ui.answers import attempt
from mufakat.ui.language import told
from mufakat.verification import commands, permissions
from mufakat.verification.queries import advice_on, waiting_for
from mufakat.verification.web.forms import PASS, RETURN, VerdictForm


@staff
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """What waits to be verified, oldest first, and what was returned."""
    waiting = waiting_for(request.actor)
    returned = queries.visible_to(request.actor).filter(state=State.RETURNED.value).order_by("changed_at", "pk")
    context = {"rows": [(p, (timezone.now() - p.changed_at).days) for p in waiting], "returned": returned}
    return render(request, "verification/queue.html", context)


@staff
def case(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal with the engine's advice and the verdict to give."""
    try:
        proposal = queries.proposal_for(request.actor, proposal_id)
    except NoProposal as error:
        raise Http404(str(error)) from error
    advice = advice_on(proposal)
    form = VerdictForm(request.POST or None, initial=_initial(proposal, advice))
    if request.method != "POST":
        return _case(request, proposal, form, advice)
    if not form.is_valid():
        return _case(request, proposal, form, advice, status=422)
    return attempt(
        request,
        lambda: _decide(request, proposal_id, form.cleaned_data),
        done=f"Putusan atas usulan nomor {proposal.number} dicatat.",
        to=_next(request, proposal),
        otherwise=lambda error, status: _case(request, proposal, form, advice, error, status),
    )


def _decide(request: StaffRequest, proposal_id: UUID, data: dict[str, Any]) -> object:
    actor, at = request.actor, timezone.now()
    if data["verdict"] == PASS:
        return commands.verify(
            actor=actor,
            proposal_id=proposal_id,
            authority=Authority(data["authority"]),
            agency=data["agency"],
            volume=data["volume"],
            value=data["value"],
            is_cleared=data["is_cleared"],
            at=at,
        )
    if data["verdict"] == RETURN:
        return commands.return_to_village(actor=actor, proposal_id=proposal_id, reason=data["reason"], at=at)
    code = Reason(data["reason_code"])
    return commands.refuse(actor=actor, proposal_id=proposal_id, code=code, reason=data["reason"], at=at)


def _next(request: StaffRequest, proposal: Proposal) -> str:
    """The next case of the queue, else the queue."""
    after = waiting_for(request.actor).exclude(pk=proposal.pk).first()
    return reverse("verification:case", args=[after.pk]) if after else reverse("verification:queue")


def _initial(proposal: Proposal, advice: Any) -> dict[str, Any]:
    volume = proposal.volume_requested
    return {
        "authority": proposal.authority or advice.authority.value,
        "agency": proposal.agency_final or advice.agency,
        "volume": f"{volume.normalize():f}".replace(".", ",") if volume is not None else "",
        "value": proposal.value_verified if proposal.value_verified is not None else proposal.value_requested,
    }


def _case(
    request: StaffRequest,
    proposal: Proposal,
    form: VerdictForm,
    advice: Any,
    error: MufakatError | None = None,
    status: int = 200,
) -> HttpResponse:
    is_waiting = proposal.standing in (State.SUBMITTED, State.IN_VERIFICATION)
    context = {
        "proposal": proposal,
        "cycle": proposal.cycle,
        "state": STATES[proposal.standing],
        "form": form,
        "advice": advice,
        "may_verify": is_waiting and bool(permissions.can_verify(request.actor, proposal)),
        "faults": told(error) if error else form.faults,
    }
    return render(request, "verification/case.html", context, status=status)
