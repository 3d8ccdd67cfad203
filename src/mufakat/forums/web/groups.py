"""The groups' pages: who discusses what, and what each reported to the plenary (rule 59)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.engines.nomenclature.table import BIDANG
from mufakat.forums import grouping, permissions, queries
from mufakat.forums.commands import dividing
from mufakat.forums.models import Forum
from mufakat.forums.rules import Agreement
from mufakat.forums.states import ForumState
from mufakat.forums.web.forms import GroupForm
from mufakat.forums.web.listing import rows_of
from mufakat.forums.web.pages import address, ids_of, of_forum, said, show, stepper, take
from mufakat.people.web.actor import StaffRequest
from mufakat.proposals.models import Proposal
from mufakat.ui.answers import attempt
from mufakat.ui.paging import Page, page_of

Work = Callable[[], object]


@of_forum
@require_GET
def groups(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Every group with its figures, its report, and the form for another one."""
    return _groups(request, forum)


def _groups(
    request: StaffRequest,
    forum: Forum,
    error: MufakatError | None = None,
    status: int = 200,
    *,
    form: GroupForm | None = None,
) -> HttpResponse:
    division = grouping.division_of(forum, at=timezone.now())
    return show(
        request,
        "groups",
        forum,
        "preparation",
        status=status,
        groups=[(g, BIDANG.get(g.group.bidang, "")) for g in division],
        listed=sum(g.count for g in division),
        form=form or GroupForm(),
        is_agreed=_is_agreed(forum),
        may_divide=_may_divide(request, forum),
        may_report=forum.standing is ForumState.PLENARY and bool(permissions.can_lead(request.actor, forum)),
        faults=said(error) or (form.faults if form else []),
    )


_step = stepper(_groups, "groups")


def _is_agreed(forum: Forum) -> bool:
    return Agreement.GROUPS in queries.agreements_of(forum)


def _may_divide(request: StaffRequest, forum: Forum) -> bool:
    return bool(permissions.can_divide(request.actor, forum)) and not _is_agreed(forum)


@of_forum
@require_GET
def group(request: StaffRequest, forum: Forum, group_id: UUID) -> HttpResponse:
    """One group: its name and people, and its proposals, to be moved."""
    return _group(request, forum, group_id)


def _group(
    request: StaffRequest,
    forum: Forum,
    group_id: UUID,
    error: MufakatError | None = None,
    status: int = 200,
    *,
    form: GroupForm | None = None,
) -> HttpResponse:
    division = grouping.division_of(forum, at=timezone.now())
    found = next((g for g in division if g.group.pk == group_id), None)
    if found is None:
        raise Http404("Kelompok tidak ditemukan.")
    page: Page[Proposal] = page_of(request, queries.listed(forum).filter(pk__in=found.proposals))
    kept = {name: getattr(found.group, name) for name in ("name", "lead", "secretary")}
    return show(
        request,
        "group",
        forum,
        "preparation",
        status=status,
        found=found,
        rows=rows_of(forum, queries.rows_of(forum, page.rows)),
        page=page,
        others=[g.group for g in division if g.group.pk != group_id],
        form=form or GroupForm(initial=kept),
        chosen=request.POST.getlist("proposal"),
        may_divide=_may_divide(request, forum),
        faults=said(error) or (form.faults if form else []),
    )


@of_forum
@require_POST
def add(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Add a group."""
    form = GroupForm(request.POST)
    return take(
        request,
        form,
        permissions.can_divide(request.actor, forum),
        lambda: dividing.add_group(actor=request.actor, forum_id=forum.pk, at=timezone.now(), **form.cleaned_data),
        done=gettext("Kelompok ditambahkan. Isi dengan memindahkan usulan dari kelompok lain."),
        to=address("groups", forum),
        otherwise=lambda error, status: _groups(request, forum, error, status, form=form),
    )


@of_forum
@require_POST
def change(request: StaffRequest, forum: Forum, group_id: UUID) -> HttpResponse:
    """Name a group and its people."""
    form = GroupForm(request.POST)
    return take(
        request,
        form,
        permissions.can_divide(request.actor, forum),
        lambda: dividing.change_group(
            actor=request.actor, forum_id=forum.pk, group_id=group_id, at=timezone.now(), **form.cleaned_data
        ),
        done=gettext("Kelompok disimpan."),
        to=address("group", forum, group_id),
        otherwise=lambda error, status: _group(request, forum, group_id, error, status, form=form),
    )


@of_forum
@require_POST
def remove(request: StaffRequest, forum: Forum, group_id: UUID) -> HttpResponse:
    """Take a group away."""
    return _step(
        request,
        forum,
        lambda: dividing.remove_group(actor=request.actor, forum_id=forum.pk, group_id=group_id, at=timezone.now()),
        gettext("Kelompok dihapus; usulannya kembali ke kelompok bidangnya."),
    )


@of_forum
@require_POST
def report(request: StaffRequest, forum: Forum, group_id: UUID) -> HttpResponse:
    """Record what a group reported to the plenary."""
    return _step(
        request,
        forum,
        lambda: dividing.report_group(
            actor=request.actor,
            forum_id=forum.pk,
            group_id=group_id,
            report=request.POST.get("report", "")[:4000],
            at=timezone.now(),
        ),
        gettext("Laporan kelompok dicatat."),
    )


@of_forum
@require_POST
def move(request: StaffRequest, forum: Forum, group_id: UUID) -> HttpResponse:
    """Move the chosen proposals of this group to another one."""
    target, chosen = ids_of([request.POST.get("to", "")])[0], ids_of(request.POST.getlist("proposal"))
    return attempt(
        request,
        lambda: dividing.move_to_group(
            actor=request.actor, forum_id=forum.pk, group_id=target, proposals_moved=chosen, at=timezone.now()
        ),
        done=gettext("%(count)s usulan dipindahkan.") % {"count": len(chosen)},
        to=address("group", forum, group_id),
        otherwise=lambda error, status: _group(request, forum, group_id, error, status),
    )
