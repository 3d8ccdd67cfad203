"""One proposal to write: a question a page or the whole form, saved as one goes."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from uuid6 import uuid7

from mufakat.core.decision import require
from mufakat.core.errors import MufakatError
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.proposals import commands, permissions, rules
from mufakat.proposals.alike import unexplained_for
from mufakat.proposals.errors import Conflict, NoProposal
from mufakat.proposals.labels import label_of, shape_of, step_label
from mufakat.proposals.models import Proposal
from mufakat.proposals.rules import Part
from mufakat.proposals.web.finding import cycle_or_404, proposal_or_404, version_in
from mufakat.proposals.web.forms import FIELDS, ProposalForm, ReasonForm
from mufakat.proposals.web.steps import QUESTIONS, opened_parts
from mufakat.ui.answers import attempt, status_of, stopped
from mufakat.ui.language import told

_LATER = {name for part, names in FIELDS.items() if part is not Part.KIND for name in names}
"""Fields that only the whole form sends."""
Answered = Callable[[MufakatError | None, int], HttpResponse]


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Begin a proposal with its first question; the first save makes the draft and goes on to the second.

    The form's key keeps a second sending from making another.
    """
    cycle = cycle_or_404(request)
    is_whole = "lengkap" in request.GET or bool(_LATER & set(request.POST))
    parts = tuple(Part) if is_whole else (Part.KIND,)
    form = ProposalForm(request.POST or None, entries=cycle.kamus.all(), parts=parts)
    key = _form_key(request)

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        if isinstance(error, Conflict):
            first = Proposal.objects.get(village_id=request.actor.region_code, form_key=key)
            return _conflict(request, first.pk, form, error, action=_edited_at(first, is_whole=is_whole))
        context = {
            "cycle": cycle,
            "form": form,
            "form_key": key,
            "faults": told(error) if error else form.faults,
            "question": QUESTIONS[Part.KIND],
            "may_edit": permissions.can_draft(request.actor),
            "is_whole": is_whole,
        }
        return render(request, "proposals/step.html", context | _progress(Part.KIND, tuple(Part)), status=status)

    if request.method != "POST":
        return page()
    if stop := stopped(permissions.can_draft(request.actor), form):
        return page(*stop)
    made: list[Proposal] = []
    return attempt(
        request,
        lambda: made.append(
            commands.draft(actor=request.actor, cycle_id=cycle.pk, content=form.draft, form_key=key, at=timezone.now())
        ),
        done=_("Draf disimpan. Jawab pertanyaan berikutnya, atau lanjutkan lain waktu dari daftar usulan."),
        to=lambda: reverse("proposals:check", args=[made[0].pk]) if is_whole else _step_at(made[0], Part.PROBLEM),
        otherwise=page,
    )


def _edited_at(proposal: Proposal, *, is_whole: bool) -> str:
    return reverse("proposals:edit", args=[proposal.pk]) if is_whole else _step_at(proposal, Part.KIND)


def _form_key(request: StaffRequest) -> UUID:
    """The key this form was given when it was opened; a new one otherwise."""
    try:
        return UUID(request.POST.get("kunci", ""))
    except ValueError:
        return uuid7()


def _step_at(proposal: Proposal, part: Part) -> str:
    return reverse(f"proposals:step_{part.value}", args=[proposal.pk])


def _progress(part: Part, parts: tuple[Part, ...]) -> dict[str, object]:
    """Where one stands: a mark for each step and one for the page that is checked before sending."""
    here = parts.index(part)
    marks = ["done"] * here + ["here"] + [""] * (len(parts) - here)
    return {"part": part, "marks": marks, "place": here + 1, "places": len(parts) + 1}


@staff
def step(request: StaffRequest, proposal_id: UUID, part: Part) -> HttpResponse:
    """One question of a proposal; saving goes on to the next, back to the one before, or to the check."""
    proposal = proposal_or_404(request, proposal_id)
    if not permissions.can_edit(request.actor, proposal):
        return edit(request, proposal_id)
    form = form_for(request, proposal, parts=(part,))

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        parts = opened_parts(proposal)
        context = {
            "cycle": proposal.cycle,
            "proposal": proposal,
            "form": form,
            "faults": told(error) if error else form.faults,
            "question": QUESTIONS[part],
            "may_edit": part in parts,
            "unexplained": unexplained_for(proposal),
            "content": commands.content_of(proposal),
            "before": _before(proposal, part),
            "version": version_in(request) if error or form.errors else proposal.version,
        }
        progress = _progress(part, tuple(Part))
        return render(request, "proposals/step.html", context | progress, status=status)

    if request.method != "POST":
        return page()
    return _save(request, proposal, form, page, to=_after(request, proposal, part))


def _before(proposal: Proposal, part: Part) -> str:
    earlier = [p for p in opened_parts(proposal) if list(Part).index(p) < list(Part).index(part)]
    return _step_at(proposal, earlier[-1]) if earlier else ""


def _after(request: StaffRequest, proposal: Proposal, part: Part) -> str:
    """Where the button that was pressed leads; parts that a return left closed are passed over."""
    before = _before(proposal, part)
    if request.POST.get("go") == "kembali" and before:
        return before
    later = [p for p in opened_parts(proposal) if list(Part).index(p) > list(Part).index(part)]
    return _step_at(proposal, later[0]) if later else reverse("proposals:check", args=[proposal.pk])


def form_for(
    request: StaffRequest, proposal: Proposal, *, parts: tuple[Part, ...] = tuple(Part), is_bound: bool = True
) -> ProposalForm:
    """The form of a proposal, with what a return left closed switched off."""
    names = [name for part in opened_parts(proposal) for name in FIELDS[part]]
    return ProposalForm(
        request.POST if is_bound and request.method == "POST" else None,
        entries=proposal.cycle.kamus.all(),
        current=commands.content_of(proposal),
        parts=parts,
        opened=names if proposal.returned_fields else (),
    )


def _save(request: StaffRequest, proposal: Proposal, form: ProposalForm, page: Answered, *, to: str) -> HttpResponse:
    if stop := stopped(permissions.can_edit(request.actor, proposal), form):
        return page(*stop)
    return attempt(
        request,
        lambda: commands.edit(
            actor=request.actor,
            proposal_id=proposal.pk,
            version=version_in(request),
            content=form.draft,
            at=timezone.now(),
        ),
        done=_("Tersimpan."),
        to=to,
        otherwise=lambda error, status: (
            _conflict(request, proposal.pk, form, error) if isinstance(error, Conflict) else page(error, status)
        ),
    )


def _conflict(
    request: StaffRequest, proposal_id: UUID, form: ProposalForm, error: Conflict, action: str = ""
) -> HttpResponse:
    """Somebody saved first: both versions side by side, and what was typed still to be changed (rule 102)."""
    proposal = proposal_or_404(request, proposal_id)
    theirs = ProposalForm(entries=proposal.cycle.kamus.all(), current=commands.content_of(proposal))
    rows = [(field.label, field.value(), theirs[field.name].initial) for field in form]
    differing = [(label, mine, other) for label, mine, other in rows if str(mine or "") != str(other or "")]
    context = {
        "proposal": proposal,
        "cycle": proposal.cycle,
        "form": form,
        "error": " ".join(told(error)),
        "version": error.version,
        "action": action,
        "rows": differing,
    }
    return render(request, "proposals/conflict.html", context, status=409)


@staff
def edit(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal on one page: to change while it is the village's, to read afterwards."""
    proposal = proposal_or_404(request, proposal_id)
    form = form_for(request, proposal)

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        return whole_page(request, proposal, form, error, status)

    if request.method != "POST":
        return page()
    return _save(request, proposal, form, page, to=reverse("proposals:edit", args=[proposal_id]))


def whole_page(
    request: StaffRequest,
    proposal: Proposal,
    form: ProposalForm,
    error: MufakatError | None = None,
    status: int = 200,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    """The proposal's own page, with its road and what may be done with it now."""
    actor = request.actor
    is_own = proposal.village_id == actor.region_code
    context = {
        "cycle": proposal.cycle,
        "proposal": proposal,
        "state": label_of(proposal.state, proposal.reason_code),
        "shape": shape_of(proposal.state),
        "form": form,
        "content": commands.content_of(proposal),
        "missing": rules.missing_for_submission(commands.content_of(proposal)) if is_own else (),
        "may_edit": bool(permissions.can_edit(actor, proposal)),
        "unexplained": unexplained_for(proposal) if permissions.can_edit(actor, proposal) else [],
        "may_withdraw": bool(permissions.can_withdraw(actor, proposal)),
        "may_appeal": bool(permissions.can_appeal(actor, proposal)),
        "reason_form": reason_form or ReasonForm(),
        "photos": proposal.photos.all(),
        "version": version_in(request) if error or form.errors else proposal.version,
        "steps": [(step_label(s.state, s.reason_code), s) for s in proposal.steps.all()],
        "faults": told(error) if error else form.faults,
    }
    return render(request, "proposals/edit.html", context, status=status)


@staff
@require_POST
def autosave(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Save what stands so far; answers with the new version and the time, or with what keeps it from saving."""
    proposal = proposal_or_404(request, proposal_id)
    asked = request.POST.get("part", "")
    form = form_for(request, proposal, parts=(Part(asked),) if asked in set(Part) else tuple(Part))
    try:
        require(permissions.can_edit(request.actor, proposal))
        if not form.is_valid():
            return HttpResponse(status=204)
        saved = commands.edit(
            actor=request.actor,
            proposal_id=proposal_id,
            version=version_in(request),
            content=form.draft,
            at=timezone.now(),
        )
    except NoProposal as error:
        raise Http404(str(error)) from error
    except MufakatError as error:
        context = {"error": " ".join(told(error))}
        return render(request, "proposals/saved.html", context, status=status_of(error))
    return render(request, "proposals/saved.html", {"proposal": saved})
