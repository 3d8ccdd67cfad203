"""The village's proposals: list, write, check, submit, receipt."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from uuid6 import uuid7

from mufakat.core.errors import MufakatError
from mufakat.cycles.models import Cycle
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.proposals import commands, permissions, queries, rules
from mufakat.proposals.errors import Conflict, NoProposal
from mufakat.proposals.labels import label_of
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import State
from mufakat.proposals.web.forms import ProposalForm, initial_of
from mufakat.ui.answers import attempt, status_of
from mufakat.ui.language import told
from mufakat.ui.paging import Page, page_of

ROWS = 50
"""Proposals on a page of the list."""


def _cycle(request: StaffRequest) -> Cycle:
    cycle = Cycle.objects.filter(kabupaten=request.actor.kabupaten).order_by("-plan_year").first()
    if cycle is None:
        raise Http404("Siklus belum dibuka.")
    return cycle


def _proposal(request: StaffRequest, proposal_id: UUID) -> Proposal:
    try:
        return queries.proposal_for(request.actor, proposal_id)
    except NoProposal as error:
        raise Http404(str(error)) from error


@staff
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Proposals in sight, a village's own drafts first."""
    cycle = _cycle(request)
    page: Page[Proposal] = page_of(request, queries.listed_for(request.actor, cycle), size=ROWS)
    rows = [(p, label_of(p.state, p.reason_code)) for p in page.rows]
    context = {
        "cycle": cycle,
        "rows": rows,
        "page": page,
        "count": queries.count_for(request.actor, cycle),
        "may_draft": bool(permissions.can_draft(request.actor)),
    }
    return render(request, "proposals/index.html", context)


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Begin a proposal; the first save makes the draft, and the form's key keeps a second sending from making another."""
    cycle = _cycle(request)
    form = ProposalForm(request.POST or None)
    key = _form_key(request)

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        if isinstance(error, Conflict):
            first = Proposal.objects.get(village_id=request.actor.region_code, form_key=key)
            return _refused(request, first.pk, form, error, status)
        faults = told(error) if error else form.faults
        context = {"cycle": cycle, "form": form, "faults": faults, "form_key": key}
        return render(request, "proposals/edit.html", context, status=status)

    if request.method != "POST":
        return page()
    if not form.is_valid():
        return page(status=422)
    return attempt(
        request,
        lambda: commands.draft(
            actor=request.actor, cycle_id=cycle.pk, content=form.draft, form_key=key, at=timezone.now()
        ),
        done="Draf disimpan. Lengkapi, lalu minta kepala desa atau lurah mengajukannya.",
        to=reverse("proposals:index"),
        otherwise=page,
    )


def _form_key(request: StaffRequest) -> UUID:
    """The key this form was given when it was opened; a new one otherwise."""
    try:
        return UUID(request.POST.get("kunci", ""))
    except ValueError:
        return uuid7()


@staff
def edit(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal: to change while it is the village's, to read afterwards."""
    proposal = _proposal(request, proposal_id)
    form = ProposalForm(request.POST or None, initial=initial_of(commands.content_of(proposal)))
    if request.method != "POST":
        return _edit(request, proposal, form)
    if not form.is_valid():
        return _edit(request, proposal, form, status=422)
    return attempt(
        request,
        lambda: commands.edit(
            actor=request.actor,
            proposal_id=proposal_id,
            version=_version(request),
            content=form.draft,
            at=timezone.now(),
        ),
        done="Tersimpan.",
        to=reverse("proposals:edit", args=[proposal_id]),
        otherwise=lambda error, status: _refused(request, proposal_id, form, error, status),
    )


def _version(request: StaffRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _edit(
    request: StaffRequest, proposal: Proposal, form: ProposalForm, error: MufakatError | None = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context = {
        "cycle": proposal.cycle,
        "proposal": proposal,
        "state": label_of(proposal.state, proposal.reason_code),
        "form": form,
        "missing": rules.missing_for_submission(commands.content_of(proposal)),
        "may_edit": bool(permissions.can_edit(request.actor, proposal)),
        "submission": permissions.can_submit(request.actor, proposal, proposal.cycle, now),
        "steps": [(label_of(s.state, s.reason_code), s) for s in proposal.steps.all()],
        "faults": told(error) if error else form.faults,
    }
    return render(request, "proposals/edit.html", context, status=status)


def _refused(
    request: StaffRequest, proposal_id: UUID, form: ProposalForm, error: MufakatError, status: int
) -> HttpResponse:
    """Show a refusal; where somebody saved first, both versions side by side (rule 102)."""
    proposal = _proposal(request, proposal_id)
    if not isinstance(error, Conflict):
        return _edit(request, proposal, form, error, status)
    theirs = ProposalForm(initial=initial_of(commands.content_of(proposal)))
    rows = [(field.label, field.value(), theirs[field.name].initial) for field in form]
    context = {"proposal": proposal, "cycle": proposal.cycle, "form": form, "error": error, "version": error.version}
    differing = [(label, mine, other) for label, mine, other in rows if str(mine or "") != str(other or "")]
    return render(request, "proposals/conflict.html", context | {"rows": differing}, status=409)


@staff
@require_POST
def autosave(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Save what stands so far; answers with the new version and the time, or with what keeps it from saving."""
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=204)
    try:
        saved = commands.edit(
            actor=request.actor,
            proposal_id=proposal_id,
            version=_version(request),
            content=form.draft,
            at=timezone.now(),
        )
    except NoProposal as error:
        raise Http404(str(error)) from error
    except MufakatError as error:
        return render(request, "proposals/saved.html", {"error": error}, status=status_of(error))
    return render(request, "proposals/saved.html", {"proposal": saved})


@staff
@require_POST
def submit(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """The head submits; the receipt with the number follows, also when the same submission comes again."""
    proposal = _proposal(request, proposal_id)
    form = ProposalForm(initial=initial_of(commands.content_of(proposal)))
    receipt_at = reverse("proposals:receipt", args=[proposal_id])

    def refused(error: MufakatError, status: int) -> HttpResponse:
        stands = _proposal(request, proposal_id)
        if stands.standing is State.SUBMITTED and permissions.is_head_of(request.actor, stands):
            return HttpResponseRedirect(receipt_at, status=303)
        return _edit(request, proposal, form, error, status)

    return attempt(
        request,
        lambda: commands.submit(actor=request.actor, proposal_id=proposal_id, at=timezone.now()),
        done="Usulan diajukan.",
        to=receipt_at,
        otherwise=refused,
    )


@staff
@require_GET
def receipt(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """The receipt of a submitted proposal."""
    proposal = _proposal(request, proposal_id)
    if proposal.number is None:
        return HttpResponseRedirect(reverse("proposals:edit", args=[proposal_id]))
    first = proposal.steps.filter(state=State.SUBMITTED.value).last()
    return render(request, "proposals/receipt.html", {"proposal": proposal, "cycle": proposal.cycle, "step": first})
