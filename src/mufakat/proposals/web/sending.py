"""Check, submit, take back, appeal; the pictures; the receipt."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.people.roles import Role
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.proposals import commands, permissions, queries, rules
from mufakat.proposals.commands import MOST_PHOTOS, resembling
from mufakat.proposals.labels import label_of
from mufakat.proposals.models import Proposal
from mufakat.proposals.rules import Part
from mufakat.proposals.states import State
from mufakat.proposals.web.finding import proposal_or_404
from mufakat.proposals.web.forms import DifferenceForm, PhotoForm, ProposalForm, ReasonForm
from mufakat.proposals.web.steps import answers, resemblances
from mufakat.proposals.web.views import form_for, whole_page
from mufakat.ui.answers import attempt, stopped
from mufakat.ui.language import told


@staff
@require_GET
def check(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Everything that was answered, to check before sending."""
    proposal = proposal_or_404(request, proposal_id)
    if not permissions.can_edit(request.actor, proposal):
        return HttpResponseRedirect(reverse("proposals:edit", args=[proposal_id]))
    return _check(request, proposal)


def _check(
    request: StaffRequest,
    proposal: Proposal,
    error: MufakatError | None = None,
    status: int = 200,
    photo_form: PhotoForm | None = None,
    difference: DifferenceForm | None = None,
) -> HttpResponse:
    actor, cycle = request.actor, proposal.cycle
    minutes = queries.minutes_of(cycle, actor.region_code)
    content = commands.content_of(proposal)
    submission = permissions.can_submit(actor, proposal, cycle, timezone.now(), has_minutes=minutes is not None)
    alike = resemblances(proposal, difference, request.POST.get("other", ""))
    listed = answers(proposal, content, needs_kamus=not cycle.allows_direct)
    context = {
        "cycle": cycle,
        "proposal": proposal,
        "state": label_of(proposal.state, proposal.reason_code),
        "answers": listed,
        "first_missing": next((a.part for a in listed if a.is_missing), None),
        "missing": commands.missing_of(proposal),
        "lacks": rules.missing_for_submission(content, needs_kamus=not cycle.allows_direct),
        "alike": alike,
        "unexplained": [a for a in alike if a.distinction is None],
        "advised": rules.advised_for_submission(content),
        "misplaced": queries.misplaced(proposal),
        "submission": submission,
        "refusal": submission.reason or "",
        "closes_at": cycle.closes_for(actor.region_code),
        "due_at": proposal.returned_until or cycle.returned_until,
        "minutes": minutes,
        "is_operator": actor.role is Role.OPERATOR_DESA,
        "marks": ["done"] * len(Part) + ["here"],
        "places": len(Part) + 1,
        "photos": proposal.photos.all(),
        "most_photos": MOST_PHOTOS,
        "photo_form": photo_form or PhotoForm(),
        "faults": told(error) if error else [f for form in (photo_form, difference) if form for f in form.faults],
    }
    return render(request, "proposals/check.html", context, status=status)


@staff
@require_POST
def submit(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Hand the proposal to the kecamatan; the receipt with the number follows, also when it comes again."""
    proposal_or_404(request, proposal_id)
    receipt_at = reverse("proposals:receipt", args=[proposal_id])

    def refused(error: MufakatError, status: int) -> HttpResponse:
        stands = proposal_or_404(request, proposal_id)
        if stands.standing is State.SUBMITTED and permissions.is_head_of(request.actor, stands):
            return HttpResponseRedirect(receipt_at, status=303)
        if permissions.can_edit(request.actor, stands):
            return _check(request, stands, error, status)
        return whole_page(request, stands, _untouched(request, stands), error, status)

    return attempt(
        request,
        lambda: commands.submit(actor=request.actor, proposal_id=proposal_id, at=timezone.now()),
        done=_("Usulan diajukan."),
        to=receipt_at,
        otherwise=refused,
    )


def _untouched(request: StaffRequest, proposal: Proposal) -> ProposalForm:
    """The form as it is stored: this request typed nothing into it."""
    return form_for(request, proposal, is_bound=False)


@staff
@require_POST
def tell_apart(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Say why the proposal is not the same as one that looks like it."""
    proposal = proposal_or_404(request, proposal_id)
    form = DifferenceForm(request.POST, auto_id=f"beda_{request.POST.get('other', '')}_%s")
    if stop := stopped(permissions.can_edit(request.actor, proposal), form):
        return _check(request, proposal, *stop, difference=form)
    return attempt(
        request,
        lambda: resembling.tell_apart(
            actor=request.actor,
            proposal_id=proposal_id,
            other_id=_other_in(request),
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        ),
        done=_("Alasannya disimpan dan dibaca verifikator."),
        to=reverse("proposals:check", args=[proposal_id]),
        otherwise=lambda error, status: _check(request, proposal, error, status, difference=form),
    )


@staff
@require_POST
def join(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Lay this draft into another and delete it; the other is checked next."""
    proposal = proposal_or_404(request, proposal_id)
    other_id = _other_in(request)
    return attempt(
        request,
        lambda: resembling.join(actor=request.actor, proposal_id=proposal_id, other_id=other_id, at=timezone.now()),
        done=_("Kedua draf menjadi satu. Periksa isinya."),
        to=reverse("proposals:check", args=[other_id]),
        otherwise=lambda error, status: _check(request, proposal, error, status),
    )


def _other_in(request: StaffRequest) -> UUID:
    """The other proposal that was named; one that never stands for anything else."""
    try:
        return UUID(request.POST.get("other", ""))
    except ValueError:
        return UUID(int=0)


@staff
@require_POST
def delete(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Delete a draft."""
    proposal = proposal_or_404(request, proposal_id)
    return attempt(
        request,
        lambda: commands.delete(actor=request.actor, proposal_id=proposal_id, at=timezone.now()),
        done=_("Draf dihapus."),
        to=reverse("proposals:index"),
        otherwise=lambda error, status: whole_page(request, proposal, _untouched(request, proposal), error, status),
    )


@staff
@require_POST
def withdraw(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Take back what nobody has taken up."""
    return _with_reason(request, proposal_id, commands.withdraw, _("Usulan ditarik."))


@staff
@require_POST
def appeal(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Ask for a second look at a refusal."""
    return _with_reason(request, proposal_id, commands.appeal, _("Banding diajukan; verifikator lain memutusnya."))


def _with_reason(request: StaffRequest, proposal_id: UUID, command: Callable[..., object], done: str) -> HttpResponse:
    proposal = proposal_or_404(request, proposal_id)
    form = ReasonForm(request.POST)
    reason = request.POST.get("reason", "")
    return attempt(
        request,
        lambda: command(actor=request.actor, proposal_id=proposal_id, reason=reason, at=timezone.now()),
        done=done,
        to=reverse("proposals:edit", args=[proposal_id]),
        otherwise=lambda error, status: whole_page(
            request, proposal, _untouched(request, proposal), error, status, reason_form=form
        ),
    )


@staff
@require_POST
def add_photo(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Add a picture of the place."""
    proposal = proposal_or_404(request, proposal_id)
    form = PhotoForm(request.POST, request.FILES)
    if stop := stopped(permissions.can_edit(request.actor, proposal), form):
        return _check(request, proposal, *stop, photo_form=form)
    data = form.cleaned_data
    return attempt(
        request,
        lambda: commands.add_photo(
            actor=request.actor,
            proposal_id=proposal_id,
            content=data["photo"].read(),
            caption=data["caption"],
            at=timezone.now(),
        ),
        done=_("Foto ditambahkan."),
        to=reverse("proposals:check", args=[proposal_id]),
        otherwise=lambda error, status: _check(request, proposal, error, status, photo_form=form),
    )


@staff
@require_POST
def remove_photo(request: StaffRequest, proposal_id: UUID, photo_id: UUID) -> HttpResponse:
    """Take a picture off."""
    proposal = proposal_or_404(request, proposal_id)
    return attempt(
        request,
        lambda: commands.remove_photo(
            actor=request.actor, proposal_id=proposal_id, photo_id=photo_id, at=timezone.now()
        ),
        done=_("Foto dihapus."),
        to=reverse("proposals:check", args=[proposal_id]),
        otherwise=lambda error, status: _check(request, proposal, error, status),
    )


@staff
@require_GET
def photo(request: StaffRequest, proposal_id: UUID, photo_id: UUID) -> HttpResponse:
    """One picture, to those who may see the proposal."""
    found = proposal_or_404(request, proposal_id).photos.filter(pk=photo_id).select_related("image").first()
    if found is None:
        raise Http404("Foto tidak ditemukan.")
    answer = HttpResponse(bytes(found.image.content), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@staff
@require_GET
def receipt(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """The receipt of a submitted proposal, as a paper to print."""
    proposal = proposal_or_404(request, proposal_id)
    if proposal.number is None:
        return HttpResponseRedirect(reverse("proposals:edit", args=[proposal_id]))
    last = proposal.steps.filter(state=State.SUBMITTED.value).last()
    context = {
        "proposal": proposal,
        "cycle": proposal.cycle,
        "step": last,
        "public_address": request.build_absolute_uri(f"/publik/{proposal.pk}/"),
    }
    return render(request, "proposals/receipt.html", context)
