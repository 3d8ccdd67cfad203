"""The queue of the kecamatan, one case at a time, and the forum's list with every village's standing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.core.money import rupiah
from mufakat.cycles.queries import latest_of
from mufakat.engines.nomenclature.classify import Ruling
from mufakat.people.roles import Role
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.proposals import queries
from mufakat.proposals.alike import Likeness
from mufakat.proposals.errors import NoProposal
from mufakat.proposals.labels import label_of, shape_of, step_label
from mufakat.proposals.models import Proposal, place_of
from mufakat.proposals.rules import Part
from mufakat.proposals.states import State
from mufakat.ui.answers import attempt, stopped
from mufakat.ui.fields import Sheet
from mufakat.ui.language import told
from mufakat.ui.paging import Page, page_of
from mufakat.verification import commands, permissions
from mufakat.verification.models import Prepared
from mufakat.verification.queries import (
    Queued,
    Returned,
    advice_on,
    agencies_of,
    examinations_of,
    given_in,
    likenesses_of,
    next_for,
    queue_counts,
    queue_of,
    returned_for,
    standings,
    to_countersign,
)
from mufakat.verification.rules import Check, Given, Verdict
from mufakat.verification.web.forms import PassForm, RefuseForm, ReturnForm, checklist, initial_due, told_of

LATE = 3
"""Days of waiting after which an age is marked late."""
ROWS, FIRST = 25, 10
"""Proposals on a page of the queue, and how many of the other lists stand on it."""


@staff
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """What waits to be verified, oldest first, and what was returned."""
    actor = request.actor
    page: Page[Queued] = page_of(request, lambda start, stop: queue_of(actor, start=start, stop=stop), size=ROWS)
    count, late = queue_counts(actor, late=timezone.now() - timedelta(days=LATE))
    context = {
        "is_verifier": actor.role is Role.VERIFIKATOR,
        "rows": _waiting(page.rows),
        "base": reverse("verification:queue"),
        "page": page,
        "count": count,
        "late": late,
        **_without_proof(request),
        "unsigned": to_countersign(actor)[:ROWS],
        "returned": returned_for(actor, start=0, stop=FIRST),
        "returned_count": queries.count_standing(actor, State.RETURNED),
    }
    return render(request, "verification/queue.html", context)


@staff
@require_GET
def returned(request: StaffRequest) -> HttpResponse:
    """Everything a village is completing, the nearest date first."""
    actor = request.actor
    page: Page[Returned] = page_of(request, lambda start, stop: returned_for(actor, start=start, stop=stop), size=ROWS)
    context = {
        "page": page,
        "count": queries.count_standing(actor, State.RETURNED),
        "returned": page.rows,
        "base": reverse("verification:queue"),
    }
    return render(request, "verification/returned.html", context)


def _without_proof(request: StaffRequest) -> dict[str, Any]:
    """Recipients of goods without proof: how many, the first of them, and whether the day has passed (rule 41)."""
    cycle = latest_of(request.actor.kabupaten)
    if cycle is None:
        return {}
    found, count = queries.lacking_proof(request.actor, cycle), queries.count_lacking_proof(request.actor, cycle)
    day = cycle.proof_until
    return {
        "unproven": found[:FIRST] if count else [],
        "unproven_count": count,
        "is_overdue": day is not None and timezone.localdate() > day,
        "proof_until": day,
    }


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the queue shows of a proposal, ready to print; `age` is told in whole days."""

    id: UUID
    number: int | None
    title: str
    address: str
    place: str
    asked: str
    age: str
    is_late: bool
    second: str
    """Where a second person is to sign, how that stands."""


def _waiting(found: Iterable[Queued]) -> list[Waiting]:
    now, base = timezone.now(), reverse("verification:queue")
    second = {None: "", "": _("menunggu tanda tangan kedua")}
    declined = _("tidak ditandatangani orang kedua")
    return [
        Waiting(
            id=row.id,
            number=row.number,
            title=row.title,
            address=f"{base}{row.id}/",
            place=place_of(row.village_kind, row.village_name),
            asked="–" if row.value_requested is None else rupiah(row.value_requested),
            age=_in_days(days),
            is_late=days >= LATE,
            second=second.get(row.declined, declined),
        )
        for row, days in ((row, (now - row.changed_at).days) for row in found)
    ]


def _in_days(days: int) -> str:
    return ngettext("%(n)s hari", "%(n)s hari", days) % {"n": days} if days else _("hari ini")


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
    proposal = _found(request, proposal_id)
    asked = request.POST.get("verdict") or request.GET.get("putusan", "")
    verdict = Verdict(asked) if asked in set(Verdict) else Verdict.ADMIT
    advice = advice_on(proposal)
    form = _form(request, proposal, verdict, advice)

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        return _case(request, proposal, verdict, form, advice, error, status)

    if request.method != "POST":
        return page()
    is_alone = bool(permissions.can_verify(request.actor, proposal))
    allowed = permissions.can_verify if is_alone else permissions.can_prepare
    if stop := stopped(allowed(request.actor, proposal), form):
        return page(*stop)
    done = _DONE if is_alone else _PREPARED
    return attempt(
        request,
        lambda: (commands.decide if is_alone else commands.prepare)(
            actor=request.actor, proposal_id=proposal_id, given=_given(form), at=timezone.now()
        ),
        done=str(done) % {"number": proposal.number},
        to=lambda: _next(request),
        otherwise=page,
    )


_DONE = gettext_lazy("Putusan atas usulan nomor %(number)s dicatat.")
_PREPARED = gettext_lazy("Putusan atas usulan nomor %(number)s berlaku setelah ditandatangani orang kedua.")


@staff
@require_POST
def countersign(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """The second person signs a prepared verdict (rule 43)."""
    done = _("Putusan atas usulan nomor %(number)s ditandatangani dan berlaku.")
    return _as_second(request, proposal_id, commands.countersign, done)


@staff
@require_POST
def decline(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """The second person does not sign, with the reason."""
    done = _("Putusan atas usulan nomor %(number)s dikembalikan kepada penyiapnya.")
    return _as_second(request, proposal_id, commands.decline, done, reason=request.POST.get("reason", ""))


def _as_second(
    request: StaffRequest, proposal_id: UUID, command: Callable[..., object], done: str, **more: str
) -> HttpResponse:
    proposal = _found(request, proposal_id)
    return attempt(
        request,
        lambda: command(actor=request.actor, proposal_id=proposal_id, at=timezone.now(), **more),
        done=done % {"number": proposal.number},
        to=reverse("verification:queue"),
        otherwise=lambda error, status: _read_only(request, proposal, error, status),
    )


def _read_only(request: StaffRequest, proposal: Proposal, error: MufakatError | None, status: int) -> HttpResponse:
    advice = advice_on(proposal)
    form = PassForm(initial=_initial(proposal, advice))
    return _case(request, proposal, Verdict.ADMIT, form, advice, error, status)


def _found(request: StaffRequest, proposal_id: UUID) -> Proposal:
    try:
        return queries.proposal_for(request.actor, proposal_id)
    except NoProposal as error:
        raise Http404(str(error)) from error


def _form(request: StaffRequest, proposal: Proposal, verdict: Verdict, advice: Ruling) -> Sheet:
    data = request.POST if request.method == "POST" else None
    if verdict is Verdict.RETURN:
        return ReturnForm(data, initial=initial_due(proposal.cycle.returned_until))
    if verdict is Verdict.REFUSE:
        return RefuseForm(data)
    return PassForm(data, initial=_initial(proposal, advice))


def _given(form: Sheet) -> Given:
    """The verdict as the form has it."""
    data = form.cleaned_data
    if isinstance(form, PassForm):
        names = ("authority", "agency", "volume", "value", "clearance")
        marks = tuple((check.value, is_fine) for check, is_fine in form.checks.items())
        return Given(Verdict.ADMIT, **{name: data[name] for name in names}, checks=marks)
    if isinstance(form, ReturnForm):
        parts = tuple(part.value for part in Part if part in data["parts"])
        return Given(Verdict.RETURN, reason=data["reason"], parts=parts, due_at=data["due_at"])
    return Given(Verdict.REFUSE, reason_code=data["reason_code"], reason=data["reason"])


def _next(request: StaffRequest) -> str:
    """The case that has waited longest, else the queue."""
    first = next_for(request.actor)
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
    may_prepare = permissions.can_prepare(request.actor, proposal)
    prepared = Prepared.objects.filter(proposal=proposal).first() if is_waiting else None
    may_sign = bool(
        prepared
        and not prepared.declined
        and permissions.can_countersign(request.actor, proposal, prepared_by=prepared.user_id)
    )
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
        "misplaced": queries.misplaced(proposal),
        "obstacles": commands.obstacles_of(proposal),
        "alike": alike,
        "photos": proposal.photos.all(),
        "examinations": examinations_of(proposal),
        "steps": [(step_label(s.state, s.reason_code), s) for s in proposal.steps.all()],
        "may_verify": is_waiting and bool(decision or may_prepare),
        "prepares": bool(may_prepare),
        "prepared": prepared,
        "given": told_of(given_in(prepared)) if prepared else [],
        "may_sign": may_sign,
        "refusal": decision.reason or "",
        "queue": _waiting(queue_of(request.actor, start=0, stop=ROWS)),
        "count": queue_counts(request.actor, late=timezone.now())[0],
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
