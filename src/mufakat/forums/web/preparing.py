"""Before the day: SK, invitations, excuses, agenda, rules, the gate (rules 46-49)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.forums import permissions, queries, rules
from mufakat.forums.commands import amending, preparation
from mufakat.forums.labels import ELEMENTS
from mufakat.forums.models import Forum
from mufakat.forums.rules import Element
from mufakat.forums.web.forms import AgendaForm, InvitationForm, TeamForm
from mufakat.forums.web.pages import address, in_words, of_forum, said, show, stepper, take, village_of
from mufakat.people.web.actor import StaffRequest
from mufakat.ui.fields import Sheet


@of_forum
@require_GET
def preparing(request: StaffRequest, forum: Forum) -> HttpResponse:
    """SK, invitations, villages that are still missing, the gate."""
    return _preparing(request, forum)


def _preparing(
    request: StaffRequest,
    forum: Forum,
    error: MufakatError | None = None,
    status: int = 200,
    **kept: Sheet,
) -> HttpResponse:
    """The page; `kept` are the forms that were refused, under the names "team", "invitation", "agenda"."""
    facts = queries.preparation_of(forum, override_reason="")
    invited = {i.element: i.people for i in forum.invitations.all()}
    return show(
        request,
        "preparation",
        forum,
        "preparation",
        status=status,
        team=kept.get("team") or TeamForm(initial=_team_initial(forum)),
        invitation=kept.get("invitation") or InvitationForm(initial={"day": forum.invited_on, **invited}),
        missing=in_words(rules.missing_for_ready(facts=facts, labels=ELEMENTS)),
        waiting=[v for v in queries.villages_of(forum) if v.name in facts.villages_waiting],
        only_villages=_only_villages(facts),
        is_late=bool(forum.invited_on)
        and rules.is_invited_late(invited_on=forum.invited_on or forum.day, day=forum.day),
        **_agenda(forum),
        agenda_form=kept.get("agenda") or AgendaForm(initial={"items": _agenda_lines(forum)}),
        invited=[(ELEMENTS[Element(e)], n) for e, n in invited.items()],
        groups=forum.workgroups.order_by("order"),
        members=forum.teammembers.all(),
        may_set_rules=bool(permissions.can_open(request.actor, forum)),
        may_prepare=bool(permissions.can_prepare(request.actor, forum)),
        faults=said(error) or [f for form in kept.values() for f in form.faults],
        override=request.POST.get("override_reason", ""),
    )


_step = stepper(_preparing, "preparation")


def _agenda(forum: Forum) -> dict[str, Any]:
    """The day's sessions with when each begins, when the last ends, and by how much that is too late (rule 56)."""
    items = list(forum.agendaitems.all())
    *begins, ends = rules.agenda_times(starts=forum.starts_at, minutes=[item.minutes for item in items])
    late = rules.overrun(ends=forum.ends_at, planned=ends)
    return {"agenda": list(zip(items, begins, strict=True)), "agenda_ends": ends, "overrun": late}


def _agenda_lines(forum: Forum) -> str:
    return "\n".join(f"{a.title}; {a.minutes}; {a.lead}".rstrip("; ") for a in forum.agendaitems.all())


def _only_villages(facts: rules.Preparation) -> bool:
    """Whether villages are all that keeps the gate closed, so that a recorded reason opens it (rule 49)."""
    missing = rules.missing_for_ready(facts=facts, labels=ELEMENTS)
    return bool(missing) and all(m.obstacle is rules.Obstacle.VILLAGES for m in missing)


def _team_initial(forum: Forum) -> dict[str, Any]:
    members = forum.teammembers.filter(team="penyelenggara")
    lines = "\n".join(f"{m.name}; {m.position}; {m.role}; {m.gender}" for m in members)
    return {"number": forum.sk_number, "day": forum.sk_date, "members": lines}


Work = Callable[[], object]


def _filled(request: StaffRequest, forum: Forum, name: str, form: Sheet, work: Work, done: str) -> HttpResponse:
    """One of the page's forms, kept under its name where it is refused."""
    return take(
        request,
        form,
        permissions.can_prepare(request.actor, forum),
        work,
        done=done,
        to=address("preparation", forum),
        otherwise=lambda error, status: _preparing(request, forum, error, status, **{name: form}),
    )


@of_forum
@require_POST
def begin(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Begin the preparation of a scheduled forum."""
    return _step(
        request,
        forum,
        lambda: preparation.prepare(actor=request.actor, forum_id=forum.pk, at=timezone.now()),
        gettext("Persiapan dimulai."),
    )


@of_forum
@require_POST
def set_team(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Record SK and members."""
    form = TeamForm(request.POST)
    return _filled(
        request,
        forum,
        "team",
        form,
        lambda: preparation.set_team(actor=request.actor, forum_id=forum.pk, at=timezone.now(), **form.cleaned_data),
        gettext("SK Tim Penyelenggara dicatat."),
    )


@of_forum
@require_POST
def set_agenda(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Replace the agenda of the day."""
    form = AgendaForm(request.POST)
    return _filled(
        request,
        forum,
        "agenda",
        form,
        lambda: preparation.set_agenda(actor=request.actor, forum_id=forum.pk, at=timezone.now(), **form.cleaned_data),
        gettext("Susunan acara disimpan."),
    )


@of_forum
@require_POST
def invite(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Record the invitations."""
    form = InvitationForm(request.POST)
    return _filled(
        request,
        forum,
        "invitation",
        form,
        lambda: preparation.invite(
            actor=request.actor,
            forum_id=forum.pk,
            day=form.cleaned_data["day"],
            elements=form.elements,
            at=timezone.now(),
        ),
        gettext("Undangan dicatat."),
    )


@of_forum
@require_POST
def excuse(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Excuse a village that has not submitted."""
    village = village_of(request, forum)
    return _step(
        request,
        forum,
        lambda: preparation.excuse_village(
            actor=request.actor,
            forum_id=forum.pk,
            village=village,
            reason=request.POST.get("reason", ""),
            at=timezone.now(),
        ),
        gettext("Pengecualian dicatat."),
    )


@of_forum
@require_POST
def declare_ready(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Open the gate to the forum day."""
    return _step(
        request,
        forum,
        lambda: preparation.declare_ready(
            actor=request.actor,
            forum_id=forum.pk,
            override_reason=request.POST.get("override_reason", ""),
            at=timezone.now(),
        ),
        gettext("Forum siap. Buka daftar hadir pada hari forum."),
        to="desk",
    )


@of_forum
@require_POST
def set_rules(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Whether the pagu binds, and the paper of the documents."""
    return _step(
        request,
        forum,
        lambda: amending.set_rules(
            actor=request.actor,
            forum_id=forum.pk,
            is_pagu_binding=request.POST.get("pagu", "") == "mengikat",
            paper=request.POST.get("paper", ""),
            at=timezone.now(),
        ),
        gettext("Aturan forum disimpan."),
    )
