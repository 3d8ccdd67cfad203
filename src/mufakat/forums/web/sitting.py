"""The day: what is agreed first, every village's word on its list, delegates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.drafting.facts import CRITERIA
from mufakat.forums import document_queries, permissions, queries, rules
from mufakat.forums.commands import amending, session
from mufakat.forums.labels import AGREEMENTS, DELEGATES, PRINCIPLES, TATA_TERTIB
from mufakat.forums.labels import CRITERIA as CRITERION_NAMES
from mufakat.forums.models import Forum
from mufakat.forums.rules import Agreement, Method
from mufakat.forums.states import DelegateState
from mufakat.forums.web.forms import METHOD_CHOICES
from mufakat.forums.web.pages import address, in_words, of_forum, said, show, stepper, village_of
from mufakat.people.web.actor import StaffRequest
from mufakat.ui.answers import attempt


def method_of(request: StaffRequest) -> Method:
    """The chosen way of deciding; consensus unless another one was picked."""
    given = request.POST.get("method", "")
    return Method(given) if given in set(Method) else Method.CONSENSUS


def number_of(request: StaffRequest, name: str) -> int | None:
    """A whole number that was typed, or None."""
    given = request.POST.get(name, "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def id_of(request: StaffRequest, name: str) -> UUID:
    """The id in a field; not found where it is none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Http404("Pilihan tidak ditemukan.") from error


# What is agreed first


@of_forum
@require_GET
def opening(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Principles, tata tertib, criteria, groups; then every village looks its list through (rules 57, 58)."""
    return _opening(request, forum)


def _opening(request: StaffRequest, forum: Forum, error: MufakatError | None = None, status: int = 200) -> HttpResponse:
    ways = dict(METHOD_CHOICES)
    records = {r.subject: r for r in forum.agreementrecords.all()}
    subjects = [
        (
            a.value,
            AGREEMENTS[a],
            records.get(a.value),
            ways[records[a.value].method] if a.value in records else "",
        )
        for a in Agreement
    ]
    open_subjects = [code for code, _, record, _ in subjects if record is None]
    return show(
        request,
        "opening",
        forum,
        "opening",
        status=status,
        subjects=subjects,
        methods=METHOD_CHOICES,
        waiting=len(open_subjects),
        first_waiting=open_subjects[0] if open_subjects else "",
        groups=forum.workgroups.order_by("order"),
        principles=PRINCIPLES.values(),
        order_of_day=TATA_TERTIB.values(),
        criteria=[(CRITERION_NAMES[c.key], c.weight) for c in CRITERIA],
        villages=_lists(request, forum),
        faults=said(error),
    )


def _lists(request: StaffRequest, forum: Forum) -> list[dict[str, Any]]:
    """Every village with proposals on the list, what it said, and whether this actor may say it."""
    standings = {s.village_id: s for s in forum.villagestandings.all()}
    counts: dict[str, int] = {}
    for code in queries.listed(forum).exclude(village=None).order_by("village_id").values_list("village_id", flat=True):
        counts[code] = counts.get(code, 0) + 1
    names = {v.code: v.label for v in queries.villages_of(forum)}
    return [
        {
            "code": code,
            "label": names[code],
            "count": count,
            "standing": standings.get(code),
            "may_confirm": bool(permissions.can_confirm_list(request.actor, forum, code)),
        }
        for code, count in counts.items()
    ]


@of_forum
@require_POST
def agree(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Mark one subject as agreed."""
    given = request.POST.get("subject", "")
    if given not in set(Agreement):
        raise Http404("Pokok kesepakatan tidak dikenal.")
    subject = Agreement(given)
    return attempt(
        request,
        lambda: session.agree(
            actor=request.actor, forum_id=forum.pk, subject=subject, method=method_of(request), at=timezone.now()
        ),
        done=gettext("%(subject)s disepakati.") % {"subject": gettext(AGREEMENTS[subject])},
        to=address("opening", forum),
        otherwise=lambda error, status: _opening(request, forum, error, status),
    )


@of_forum
@require_POST
def confirm_list(request: StaffRequest, forum: Forum) -> HttpResponse:
    """A village's delegate confirms the list or objects."""
    village = village_of(request, forum)
    return attempt(
        request,
        lambda: session.confirm_list(
            actor=request.actor,
            forum_id=forum.pk,
            village=village,
            by=request.POST.get("by", "")[:120],
            objection=request.POST.get("objection", ""),
            at=timezone.now(),
        ),
        done=gettext("Pernyataan desa atau kelurahan dicatat."),
        to=address("opening", forum),
        otherwise=lambda error, status: _opening(request, forum, error, status),
    )


@of_forum
@require_POST
def answer_objection(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Answer a village's objection."""
    village = village_of(request, forum)
    return attempt(
        request,
        lambda: session.answer_objection(
            actor=request.actor,
            forum_id=forum.pk,
            village=village,
            answer=request.POST.get("answer", ""),
            at=timezone.now(),
        ),
        done=gettext("Jawaban atas keberatan dicatat."),
        to=address("opening", forum),
        otherwise=lambda error, status: _opening(request, forum, error, status),
    )


# Delegates


@of_forum
@require_GET
def delegation(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Nominees, the elected, and whether number and women are enough (rules 73-75)."""
    return _delegation(request, forum)


def _delegation(
    request: StaffRequest, forum: Forum, error: MufakatError | None = None, status: int = 200
) -> HttpResponse:
    limits = document_queries.limits_of(forum)
    elected = queries.delegation_of(forum)
    missing = rules.missing_for_delegation(delegates=elected, limits=limits, reason=forum.delegates_reason)
    return show(
        request,
        "delegation",
        forum,
        "delegation",
        status=status,
        delegates=[(d, DELEGATES[DelegateState(d.state)]) for d in queries.delegates_of(forum)],
        people=queries.attendance_of(forum).exclude(mandate__isnull=False),
        limits=limits,
        women=sum(d.gender == "P" for d in elected),
        elected=len(elected),
        missing=in_words(missing),
        methods=METHOD_CHOICES,
        faults=said(error),
    )


_delegation_step = stepper(_delegation, "delegation")


@of_forum
@require_POST
def nominate(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Nominate somebody from the attendance list."""
    attendee_id = id_of(request, "attendee")
    return _delegation_step(
        request,
        forum,
        lambda: session.nominate(actor=request.actor, forum_id=forum.pk, attendee_id=attendee_id, at=timezone.now()),
        gettext("Calon delegasi dicatat."),
    )


@of_forum
@require_POST
def elect(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Record consent and election of a nominee."""
    delegate_id = id_of(request, "delegate")
    return _delegation_step(
        request,
        forum,
        lambda: session.elect(
            actor=request.actor,
            forum_id=forum.pk,
            delegate_id=delegate_id,
            method=method_of(request),
            votes=number_of(request, "votes"),
            at=timezone.now(),
        ),
        gettext("Delegasi terpilih dicatat."),
    )


@of_forum
@require_POST
def drop_delegate(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Take a nominee or a delegate off the list."""
    delegate_id = id_of(request, "delegate")
    return _delegation_step(
        request,
        forum,
        lambda: amending.drop_delegate(
            actor=request.actor, forum_id=forum.pk, delegate_id=delegate_id, at=timezone.now()
        ),
        gettext("Calon dikeluarkan dari daftar delegasi."),
    )


@of_forum
@require_POST
def explain_delegation(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Record why number or women's share is not met."""
    return _delegation_step(
        request,
        forum,
        lambda: session.explain_delegation(
            actor=request.actor, forum_id=forum.pk, reason=request.POST.get("reason", ""), at=timezone.now()
        ),
        gettext("Alasan dicatat."),
    )
