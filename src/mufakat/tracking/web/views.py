"""After the forum, as each office needs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.cycles.models import Cycle
from mufakat.cycles.queries import latest_of
from mufakat.people.roles import Role
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.proposals.errors import NoProposal
from mufakat.proposals.labels import GROUPS, SHAPES, label_of, step_label
from mufakat.proposals.models import Proposal
from mufakat.proposals.queries import proposal_for
from mufakat.proposals.states import State
from mufakat.tracking import commands, permissions, queries
from mufakat.tracking.labels import OUTCOMES, STAGES
from mufakat.tracking.ledger import Column, Pair, columns, of_proposal, total
from mufakat.tracking.models import FollowUp
from mufakat.tracking.states import Outcome, Stage
from mufakat.tracking.web.forms import AnswerForm, RecordForm
from mufakat.ui.answers import attempt, stopped
from mufakat.ui.language import told
from mufakat.ui.paging import Page, page_of

Item = queries.Item[Proposal] | queries.Item[queries.Followed]


@staff
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """An agency's queue; for everybody else what became of the proposals in sight."""
    cycle = latest_of(request.actor.kabupaten)
    if cycle is None:
        return render(request, "tracking/index.html", {"cycle": None, "rows": []})
    if request.actor.role is Role.OPD:
        return _agency(request, cycle, request.actor.agency)
    actor, shown = request.actor, request.GET.get("tahap", "")
    state = State(shown) if shown in set(State) else None
    page: Page[queries.Followed] = page_of(
        request, lambda start, stop: queries.rows_of(actor, cycle, state, start=start, stop=stop)
    )
    sums, counts = queries.sums(actor, cycle, state), queries.counts(actor, cycle)
    context = {
        "cycle": cycle,
        "rows": _rows(queries.items(page.rows, at=timezone.now())),
        "page": page,
        "sums": sums,
        "ledger": _ledger(sums),
        "shown": shown,
        "count_all": sum(counts.values()),
        "states": [(s.value, GROUPS[s], counts[s.value]) for s in State if s.value in counts],
    }
    return render(request, "tracking/index.html", context)


def _ledger(sums: dict[str, int]) -> tuple[Column, ...]:
    """Sums of a list side by side; a stage nothing has reached yet stays open."""
    return columns((pair, sums[pair] or None, None) for pair in Pair)


@dataclass(frozen=True, slots=True)
class Row:
    """What a ledger shows of a proposal, ready to print: a page has a hundred."""

    number: int | None
    title: str
    address: str
    place: str
    agency: str
    flow: tuple[Column, ...]
    state: str
    shape: str
    age: str
    """How long an agency has had it, in words; empty where none has it."""
    width: int
    last: str
    reason: str


def _rows(items: Iterable[Item], *, longest: int | None = None) -> list[Row]:
    """Rows of a ledger; the bar of an age is drawn against the oldest, `longest` or of these, at least a week."""
    listed = list(items)
    base, most = reverse("tracking:index"), longest or _longest(listed)
    return [_row(item, base, most) for item in listed]


def _longest(items: Iterable[Item]) -> int:
    return max([7, *(item.days or 0 for item in items)])


def _row(item: Item, base: str, longest: int) -> Row:
    proposal, last, days = item.proposal, item.last, item.days
    waits = days is not None and proposal.state == State.FORWARDED
    return Row(
        number=proposal.number,
        title=proposal.title,
        address=f"{base}{proposal.pk}/",
        place=proposal.place_label,
        agency=proposal.agency_final,
        flow=columns((p, getattr(proposal, f"value_{p}"), None) for p in Pair),
        state=gettext(label_of(proposal.state, proposal.reason_code)),
        shape=SHAPES.get(State(proposal.state), "wait"),
        age=ngettext("%(n)s hari", "%(n)s hari", days or 0) % {"n": days} if waits else "",
        width=round(64 * (days or 0) / longest),
        last=_said(last) if last else "",
        reason=(last.reason if last else "") or proposal.reason,
    )


def _said(answer: FollowUp) -> str:
    return f"{gettext(STAGES[Stage(answer.stage)])}: {gettext(OUTCOMES[Outcome(answer.outcome)]).lower()}"


def _sums(items: Iterable[Item]) -> dict[str, int]:
    """Requested, verified, agreed, budgeted; whole rupiah."""
    listed = [item.proposal for item in items]
    return {pair.value: sum(getattr(p, f"value_{pair}") or 0 for p in listed) for pair in Pair}


@staff
@require_GET
def agencies(request: StaffRequest) -> HttpResponse:
    """Lists per OPD: all of them with their tallies, or one with its items."""
    cycle = _cycle(request)
    name = request.GET.get("nama", "")
    if request.actor.role is Role.OPD:
        name = request.actor.agency
    if name:
        return _agency(request, cycle, name)
    tallies = queries.per_agency(request.actor, cycle, at=timezone.now())
    longest = max([7, *(t.oldest_days or 0 for t in tallies)])
    total = {
        "received": sum(t.received for t in tallies),
        "value": sum(t.value for t in tallies),
        "waiting": sum(t.waiting for t in tallies),
        "accommodated": sum(t.accommodated for t in tallies),
        "refused": sum(t.refused for t in tallies),
    }
    rows = [(t, round(64 * (t.oldest_days or 0) / longest), _parts(t)) for t in tallies]
    return render(request, "tracking/agencies.html", {"cycle": cycle, "tallies": rows, "total": total})


def _parts(tally: queries.AgencyTally) -> tuple[Decimal, Decimal, Decimal]:
    """Widths of accommodated, refused and their sum in hundredths of what was received."""
    one = Decimal(100) / (tally.received or 1)
    done, refused = round(one * tally.accommodated, 1), round(one * tally.refused, 1)
    return done, refused, done + refused


@staff
@require_GET
def realisation(request: StaffRequest) -> HttpResponse:
    """How much of what was agreed the APBD holds, by number and by rupiah, per village and per agency (rule 93)."""
    cycle = _cycle(request)
    groups = []
    by = ("village", "agency") if request.actor.role is not Role.OPD else ("village",)
    for name in by:
        found = queries.rates(request.actor, cycle, by=name)
        groups.append((name, found, total(found, label="")))
    return render(request, "tracking/realisation.html", {"cycle": cycle, "groups": groups, "sum": groups[0][2]})


def _agency(request: StaffRequest, cycle: Cycle, name: str) -> HttpResponse:
    items = queries.items(queries.received_by(request.actor, cycle, name), at=timezone.now())
    waiting = [item for item in items if item.proposal.standing is State.FORWARDED]
    rest = [item for item in items if item.proposal.standing is not State.FORWARDED]
    waiting.sort(key=lambda item: (-(item.days or 0), item.proposal.kecamatan_id, item.proposal.number))
    sums, longest = _sums(items), _longest(items)
    context = {
        "cycle": cycle,
        "agency": name,
        "waiting": _rows(waiting, longest=longest),
        "rest": _rows(rest, longest=longest),
        "sums": sums,
        "ledger": _ledger(sums),
    }
    return render(request, "tracking/agency.html", context)


@staff
@require_GET
def supra(request: StaffRequest) -> HttpResponse:
    """The supra list."""
    cycle = _cycle(request)
    items = queries.items(queries.supra(request.actor, cycle), at=timezone.now())
    return render(request, "tracking/supra.html", {"cycle": cycle, "rows": _rows(items), "sums": _sums(items)})


def _cycle(request: StaffRequest) -> Cycle:
    cycle = latest_of(request.actor.kabupaten)
    if cycle is None:
        raise Http404(gettext("Siklus belum dibuka."))
    return cycle


@staff
@require_GET
def item(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal after the forum: its road, what was said, and the answer to give."""
    return _item(request, proposal_id)


def _proposal(request: StaffRequest, proposal_id: UUID) -> Proposal:
    try:
        return proposal_for(request.actor, proposal_id)
    except NoProposal as error:
        raise Http404(str(error)) from error


def _item(
    request: StaffRequest,
    proposal_id: UUID,
    error: MufakatError | None = None,
    status: int = 200,
    *,
    answer_form: AnswerForm | None = None,
    record_form: RecordForm | None = None,
) -> HttpResponse:
    proposal = _proposal(request, proposal_id)
    found = queries.items([proposal], at=timezone.now())[0]
    form = answer_form or record_form
    context = {
        "proposal": proposal,
        "found": found,
        "label": label_of(proposal.state, proposal.reason_code),
        "shape": SHAPES.get(proposal.standing, "wait"),
        "steps": [
            (step_label(s.state, s.reason_code), s, SHAPES.get(State(s.state), "ok")) for s in proposal.steps.all()
        ],
        "answers": [(STAGES[Stage(a.stage)], OUTCOMES[Outcome(a.outcome)], a) for a in found.answers],
        "ledger": of_proposal(proposal),
        "unit": proposal.unit,
        "hand_overs": queries.hand_overs(proposal),
        "skipped": [STAGES[s] for s in queries.skipped(found.answers)],
        "may_answer": bool(permissions.can_answer(request.actor, proposal)),
        "may_reroute": bool(permissions.can_reroute(request.actor, proposal)),
        "may_record": bool(permissions.can_record(request.actor, proposal)),
        "answer_form": answer_form or AnswerForm(initial=_initial(proposal)),
        "record_form": record_form or RecordForm(initial=_initial(proposal)),
        "agency": request.POST.get("agency", ""),
        "reason": request.POST.get("reason", ""),
        "faults": told(error) if error else (form.faults if form else []),
    }
    return render(request, "tracking/item.html", context, status=status)


def _initial(proposal: Proposal) -> dict[str, Any]:
    """Start from what was agreed."""
    volume = proposal.volume_agreed
    text = f"{volume.normalize():f}".replace(".", ",") if volume is not None else ""
    return {"value": proposal.value_agreed, "volume": text}


@staff
@require_POST
def answer(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """The agency answers one item and goes on to the next."""
    proposal = _proposal(request, proposal_id)
    form = AnswerForm(request.POST)
    if stop := stopped(permissions.can_answer(request.actor, proposal), form):
        return _item(request, proposal_id, *stop, answer_form=form)
    return attempt(
        request,
        lambda: commands.answer(actor=request.actor, proposal_id=proposal_id, answer=form.answer, at=timezone.now()),
        done=gettext("Jawaban dicatat dan terlihat oleh desa dan kelurahan pengusul."),
        to=reverse("tracking:index"),
        otherwise=lambda error, status: _item(request, proposal_id, error, status, answer_form=form),
    )


@staff
@require_POST
def reroute(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Send an item on to another agency."""
    _proposal(request, proposal_id)
    return attempt(
        request,
        lambda: commands.reroute(
            actor=request.actor,
            proposal_id=proposal_id,
            agency=request.POST.get("agency", "")[:160],
            reason=request.POST.get("reason", ""),
            at=timezone.now(),
        ),
        done=gettext("Usulan dialihkan; riwayatnya tersimpan."),
        to=reverse("tracking:index"),
        otherwise=lambda error, status: _item(request, proposal_id, error, status),
    )


@staff
@require_POST
def record(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Bappeda records a later stage."""
    proposal = _proposal(request, proposal_id)
    form = RecordForm(request.POST)
    if stop := stopped(permissions.can_record(request.actor, proposal), form):
        return _item(request, proposal_id, *stop, record_form=form)
    return attempt(
        request,
        lambda: commands.record(
            actor=request.actor,
            proposal_id=proposal_id,
            stage=Stage(form.cleaned_data["stage"]),
            answer=form.answer,
            at=timezone.now(),
        ),
        done=gettext("Hasil tahap dicatat."),
        to=reverse("tracking:item", args=[proposal_id]),
        otherwise=lambda error, status: _item(request, proposal_id, error, status, record_form=form),
    )
