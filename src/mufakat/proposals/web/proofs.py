"""Proof of the recipients of goods: who still owes it, and the page that takes it (rule 41)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mufakat.core.errors import MufakatError
from mufakat.cycles.labels import PROOFS
from mufakat.cycles.models import Cycle
from mufakat.cycles.rules import Proof
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.proposals import permissions, queries
from mufakat.proposals.commands import proving
from mufakat.proposals.models import Proposal
from mufakat.proposals.web.finding import cycle_or_404, proposal_or_404
from mufakat.proposals.web.forms import ProofForm
from mufakat.ui.answers import attempt, stopped
from mufakat.ui.language import told
from mufakat.ui.paging import Page, page_of

ROWS = 25


def is_overdue(cycle: Cycle) -> bool:
    """Whether the cycle's day for proofs has passed."""
    return cycle.proof_until is not None and timezone.localdate() > cycle.proof_until


@staff
@require_GET
def proofs(request: StaffRequest) -> HttpResponse:
    """Whose recipients have not proven yet that they may receive goods."""
    cycle = cycle_or_404(request)
    found = queries.lacking_proof(request.actor, cycle)
    page: Page[Proposal] = page_of(request, found, size=ROWS)
    count = queries.count_lacking_proof(request.actor, cycle)
    context = {"cycle": cycle, "page": page, "count": count, "is_overdue": is_overdue(cycle)}
    return render(request, "proposals/proofs.html", context)


@staff
def proof(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """The proof of one proposal's recipient, and a form for it."""
    proposal = proposal_or_404(request, proposal_id)
    may = permissions.can_prove(request.actor, proposal)
    form = ProofForm(request.POST or None, request.FILES or None, kinds=proposal.cycle.proof_kinds)

    def page(error: MufakatError | None, status: int) -> HttpResponse:
        context = {
            "cycle": proposal.cycle,
            "proposal": proposal,
            "form": form,
            "proofs": [(PROOFS[Proof(p.kind)], p) for p in proposal.proofs.all()],
            "is_overdue": is_overdue(proposal.cycle),
            "may_prove": bool(may),
            "refusal": may.reason or "",
            "faults": told(error) if error else form.faults,
        }
        return render(request, "proposals/proof.html", context, status=status)

    if request.method != "POST":
        return page(None, 200)
    if stop := stopped(may, form):
        return page(*stop)
    data = form.cleaned_data
    return attempt(
        request,
        lambda: proving.attach_proof(
            actor=request.actor,
            proposal_id=proposal_id,
            proof=Proof(data["kind"]),
            number=data["number"],
            content=data["scan"].read(),
            at=timezone.now(),
        ),
        done=_("Bukti penerima disimpan dan terlihat oleh verifikator."),
        to=reverse("proposals:proof", args=[proposal_id]),
        otherwise=page,
    )


@staff
@require_GET
def proof_scan(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """A scan, to those who may see the proposal: the one named by `bukti`, else the latest."""
    proofs = proposal_or_404(request, proposal_id).proofs.select_related("scan")
    named = request.GET.get("bukti", "")
    found = next((p for p in proofs if named in ("", str(p.pk))), None)
    if found is None:
        raise Http404("Bukti tidak ditemukan.")
    answer = HttpResponse(bytes(found.scan.content), content_type=found.scan.media_type)
    answer["Content-Disposition"] = f'attachment; filename="bukti-penerima-{found.pk}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
