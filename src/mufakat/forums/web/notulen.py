"""The notulen's page: what the session recorded by itself, and the parts the notulis writes (rule 88)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mufakat.core.errors import MufakatError
from mufakat.drafting.legibility import legible
from mufakat.drafting.notulen_pages import notulen_pdf
from mufakat.forums import notulen, permissions, queries
from mufakat.forums.commands import notes
from mufakat.forums.errors import NotesMeanwhile
from mufakat.forums.models import Forum
from mufakat.forums.notes_queries import notes_of
from mufakat.forums.states import CONCLUDED
from mufakat.forums.web.downloads import PDF, download, this_minute
from mufakat.forums.web.forms import NotesForm
from mufakat.forums.web.pages import address, of_forum, said, show, take
from mufakat.forums.web.sitting import number_of
from mufakat.people.web.actor import StaffRequest


@of_forum
def page(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The notulen as it stands, with the form for its own parts."""
    kept = notes_of(forum)
    form = NotesForm(request.POST or None, initial={name: getattr(kept, name) for name in NotesForm.base_fields})
    if request.method != "POST":
        return _page(request, forum, form)
    return take(
        request,
        form,
        permissions.can_take_notes(request.actor, forum),
        lambda: notes.take_notes(
            actor=request.actor,
            forum_id=forum.pk,
            notes=notes.Notes(**form.cleaned_data),
            seen=number_of(request, "seen") or 0,
            at=timezone.now(),
        ),
        done=gettext("Notulen disimpan."),
        to=address("notulen", forum),
        otherwise=lambda error, status: _page(request, forum, form, error, status),
    )


def _page(
    request: StaffRequest, forum: Forum, form: NotesForm, error: MufakatError | None = None, status: int = 200
) -> HttpResponse:
    kept = notes_of(forum)
    others = [(form[name].label, getattr(kept, name)) for name in NotesForm.base_fields]
    return show(
        request,
        "notulen",
        forum,
        "notulen",
        status=status,
        paper=notulen.notulen_of(forum, at=timezone.now()),
        form=form,
        kept=kept,
        undecided=0 if forum.standing in CONCLUDED else queries.undecided(forum).count(),
        other=others if isinstance(error, NotesMeanwhile) else [],
        may_note=bool(permissions.can_take_notes(request.actor, forum)),
        faults=said(error) or form.faults,
    )


@of_forum
@never_cache
@require_GET
def file(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The notulen as PDF."""
    content = notulen_pdf(legible(notulen.notulen_of(forum, at=this_minute())))
    return download(content, PDF, f"notulen-{forum.kecamatan_id}-{forum.day.year}.pdf")
