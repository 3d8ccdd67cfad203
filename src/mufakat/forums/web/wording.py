"""The clauses' page: how MENYEPAKATI will read, and what the office changes about it (rule 78)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.drafting.composition import ORDINALS
from mufakat.drafting.papers import COMPULSORY_CLAUSES
from mufakat.forums import document_queries, papers
from mufakat.forums.commands import wording
from mufakat.forums.models import Forum
from mufakat.forums.states import CONCLUDED
from mufakat.forums.web.pages import of_forum, said, show, stepper
from mufakat.forums.web.sitting import number_of
from mufakat.people.web.actor import StaffRequest


@dataclass(frozen=True, slots=True)
class Line:
    """A clause as it will be printed, or as it would be were it on; `name` finds it again."""

    name: str
    place: int
    ordinal: str
    text: str
    is_on: bool
    is_own: bool
    is_compulsory: bool


@of_forum
@require_GET
def clauses(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The clauses in their order, those switched off among them."""
    return _page(request, forum)


def _page(request: StaffRequest, forum: Forum, error: MufakatError | None = None, status: int = 200) -> HttpResponse:
    lines = _lines(forum)
    return show(
        request,
        "clauses",
        forum,
        "minutes",
        status=status,
        lines=lines,
        last=len(lines),
        on=sum(line.is_on for line in lines),
        typed=request.POST.get("text", ""),
        faults=said(error),
    )


_step = stepper(_page, "clauses")


def _lines(forum: Forum) -> list[Line]:
    """The issued berita acara's own words where there is one, else those of this moment."""
    issued = document_queries.latest_minutes(forum) if forum.standing in CONCLUDED else None
    if issued is not None:
        return [
            Line("", i, c["ordinal"], c["text"], True, False, True)
            for i, c in enumerate(document_queries.clauses_issued(issued), start=1)
        ]
    words, ordinals = papers.clause_words(forum, at=timezone.now()), iter(ORDINALS)
    return [
        Line(
            row.key or str(row.pk),
            i,
            next(ordinals) if row.is_on else "",
            row.text or words[row.key],
            row.is_on,
            not row.key,
            row.key in COMPULSORY_CLAUSES,
        )
        for i, row in enumerate(document_queries.clauses_of(forum), start=1)
    ]


@of_forum
@require_POST
def add(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Add a clause."""
    text = request.POST.get("text", "")[:2000]
    return _step(
        request,
        forum,
        lambda: wording.add_clause(actor=request.actor, forum_id=forum.pk, text=text, at=timezone.now()),
        gettext("Klausul ditambahkan di akhir."),
    )


@of_forum
@require_POST
def change(request: StaffRequest, forum: Forum, clause: str) -> HttpResponse:
    """Reword, move, switch or remove a clause, as the button says."""
    actor, at = request.actor, timezone.now()
    place = number_of(request, "place") or 1
    text = request.POST.get("text", "")[:2000]
    key: dict[str, Any] = {"actor": actor, "forum_id": forum.pk, "clause": clause, "at": at}
    steps: dict[str, Callable[[], object]] = {
        "pindah": lambda: wording.move_clause(**key, to=place),
        "mati": lambda: wording.switch_clause(**key, is_on=False),
        "nyala": lambda: wording.switch_clause(**key, is_on=True),
        "hapus": lambda: wording.remove_clause(**key),
        "ubah": lambda: wording.reword_clause(**key, text=text),
    }
    work = steps.get(request.POST.get("do", ""), steps["pindah"])
    return _step(request, forum, work, gettext("Klausul disimpan."))
