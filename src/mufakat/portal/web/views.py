"""The desk for people in office; for everybody every submitted proposal."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mufakat.cycles.models import Cycle
from mufakat.portal import queries
from mufakat.portal.desk import tasks
from mufakat.proposals.labels import SHAPES, STATES, label_of
from mufakat.proposals.states import State
from mufakat.tracking.labels import OUTCOMES, STAGES
from mufakat.tracking.states import Outcome, Stage


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Where a day begins; visitors go to the public pages."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return HttpResponseRedirect("/jabatan/" if request.user.is_authenticated else "/publik/")
    now = timezone.now()
    cycle = Cycle.objects.filter(kabupaten=actor.kabupaten).order_by("-plan_year").first()
    return render(request, "portal/desk.html", {"tasks": tasks(actor, at=now), "cycle": cycle})


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Search the submitted proposals."""
    given = request.GET
    state = given.get("keadaan", "")
    after = given.get("setelah", "")
    found = queries.search(
        words=given.get("cari", "")[:80],
        village=given.get("desa", "")[:13],
        state=state if state in set(State) else "",
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0,
    )
    counts = queries.tallies()
    context = {
        "rows": [(p, label_of(p.state, p.reason_code), SHAPES.get(p.standing, "wait")) for p in found.rows],
        "found": found,
        "total": sum(counts.values()),
        "states": [(s.value, STATES[s], counts[s.value]) for s in State if s.value in counts],
        "villages": queries.villages(),
        "given": {"words": given.get("cari", ""), "village": given.get("desa", ""), "state": state},
    }
    return render(request, "portal/index.html", context)


@require_GET
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """The road of one proposal, with amount and reason at each station."""
    found = queries.proposal(proposal_id)
    if found is None:
        raise Http404("Usulan tidak ditemukan.")
    context = {
        "proposal": found,
        "state": label_of(found.state, found.reason_code),
        "shape": SHAPES.get(found.standing, "wait"),
        "steps": [(label_of(s.state, s.reason_code), s) for s in found.steps.all()],
        "answers": [(STAGES[Stage(a.stage)], OUTCOMES[Outcome(a.outcome)], a) for a in queries.answers(found)],
    }
    return render(request, "portal/proposal.html", context)
