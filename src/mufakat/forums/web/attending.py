"""The attendance list: who is here, entered fast, put right where it was mistyped, printed blank and filled."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.forums import attendance_queries, papers, permissions
from mufakat.forums.commands import amending, session
from mufakat.forums.labels import ELEMENTS
from mufakat.forums.models import Attendee, Forum
from mufakat.forums.rules import Element
from mufakat.forums.web.downloads import download, this_minute
from mufakat.forums.web.forms import PersonForm
from mufakat.forums.web.pages import address, of_forum, said, show, take, turned_away
from mufakat.people.web.actor import StaffRequest
from mufakat.ui.answers import attempt
from mufakat.ui.paging import Page, page_of

AT_ONCE = 50
"""People on one page of the list: it is sent anew with every arrival."""


@of_forum
def attendance(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Who is here: a line to add the next person, totals per element and L/P, the list with the last on top."""
    if request.method != "POST":
        return _attendance(request, forum, PersonForm(forum=forum))
    form = PersonForm(request.POST, forum=forum)
    return take(
        request,
        form,
        permissions.can_record_attendance(request.actor, forum),
        lambda: session.record_attendance(
            actor=request.actor, forum_id=forum.pk, person=form.person, at=timezone.now()
        ),
        done=lambda: gettext("%(name)s dicatat hadir.") % {"name": form.person.name.strip()},
        # What people of one village share stays chosen: they arrive in groups.
        to=lambda: f"{address('attendance', forum)}?{urlencode(form.shared)}#catat",
        otherwise=lambda error, status: _attendance(request, forum, form, error, status),
    )


def _attendance(
    request: StaffRequest, forum: Forum, form: PersonForm, error: MufakatError | None = None, status: int = 200
) -> HttpResponse:
    if not form.is_bound:
        form.keep(request.GET)
    words = request.GET.get("cari", "").strip()[:80]
    page: Page[Attendee] = page_of(request, attendance_queries.people_matching(forum, words), AT_ONCE)
    count = attendance_queries.headcount(forum)
    return show(
        request,
        "attendance",
        forum,
        "attendance",
        status=status,
        form=form,
        page=page,
        people=[(p, ELEMENTS[Element(p.element)]) for p in page.rows],
        words=words,
        count=count,
        last=page.rows[0].name if page.rows and request.GET.get("unsur") else "",
        elements=[(ELEMENTS[Element(e)], men, women, men + women) for e, men, women in count.by_element],
        may_record=bool(permissions.can_record_attendance(request.actor, forum)),
        faults=said(error) or form.faults,
    )


def _attendee(forum: Forum, attendee_id: UUID) -> Attendee:
    attendee = forum.attendees.select_related("village").filter(pk=attendee_id).first()
    if attendee is None:
        raise Http404("Orang itu tidak ada dalam daftar hadir.")
    return attendee


@of_forum
def person(request: StaffRequest, forum: Forum, attendee_id: UUID) -> HttpResponse:
    """One entry of the list, to put right or to take off."""
    may_record = permissions.can_record_attendance(request.actor, forum)
    if not may_record:
        return turned_away(request, forum, "attendance", may_record)
    attendee = _attendee(forum, attendee_id)
    form = PersonForm(request.POST or None, forum=forum, initial=_initial(attendee))
    if request.method != "POST":
        return _person(request, forum, attendee, form)
    return take(
        request,
        form,
        may_record,
        lambda: amending.correct_attendance(
            actor=request.actor, forum_id=forum.pk, attendee_id=attendee_id, person=form.person, at=timezone.now()
        ),
        done=lambda: gettext("%(name)s diperbaiki.") % {"name": form.person.name.strip()},
        to=address("attendance", forum),
        otherwise=lambda error, status: _person(request, forum, attendee, form, error, status),
    )


def _initial(attendee: Attendee) -> dict[str, object]:
    fields = ("name", "gender", "element", "institution", "position", "is_voter")
    return {name: getattr(attendee, name) for name in fields} | {"village": attendee.village_id or ""}


def _person(
    request: StaffRequest,
    forum: Forum,
    attendee: Attendee,
    form: PersonForm,
    error: MufakatError | None = None,
    status: int = 200,
) -> HttpResponse:
    more = {"person": attendee, "form": form, "faults": said(error) or form.faults}
    return show(request, "person", forum, "attendance", status=status, **more)


@of_forum
@require_POST
def remove(request: StaffRequest, forum: Forum, attendee_id: UUID) -> HttpResponse:
    """Take an entry off the list."""
    if not (may_record := permissions.can_record_attendance(request.actor, forum)):
        return turned_away(request, forum, "attendance", may_record)
    attendee = _attendee(forum, attendee_id)
    form = PersonForm(forum=forum, initial=_initial(attendee))
    return attempt(
        request,
        lambda: amending.remove_attendance(
            actor=request.actor, forum_id=forum.pk, attendee_id=attendee_id, at=timezone.now()
        ),
        done=gettext("%(name)s dikeluarkan dari daftar hadir.") % {"name": attendee.name},
        to=address("attendance", forum),
        otherwise=lambda error, status: _person(request, forum, attendee, form, error, status),
    )


@of_forum
@never_cache
@require_GET
def sheet(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The attendance sheet to sign, as PDF: the list as it is, or with `kosong` a form of empty lines (rule 53)."""
    is_blank = "kosong" in request.GET
    pdf = papers.attendance_sheet(forum, at=this_minute(), is_blank=is_blank)
    name = f"daftar-hadir-{'kosong-' if is_blank else ''}{forum.kecamatan_id}-{forum.day:%Y}.pdf"
    return download(pdf, "application/pdf", name)
