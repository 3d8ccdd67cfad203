"""What all pages of a forum share: the forum in sight of the actor, its tabs, and a refusal shown where it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy

from mufakat.core.decision import Decision, NotAllowed
from mufakat.core.errors import MufakatError
from mufakat.forums import document_queries, permissions, queries
from mufakat.forums.errors import NoForum, NotReady
from mufakat.forums.labels import REMARKS, STATES
from mufakat.forums.models import Forum
from mufakat.forums.rules import Missing
from mufakat.forums.states import CONCLUDED, DELIBERATION, PREPARATION, ForumState
from mufakat.people.actors import Actor
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.ui.answers import attempt, stopped
from mufakat.ui.fields import Sheet
from mufakat.ui.language import told

SHAPES = {
    **dict.fromkeys(PREPARATION, "wait"),
    ForumState.READY: "wait",
    **dict.fromkeys(DELIBERATION, "wait"),
    **dict.fromkeys(CONCLUDED, "ok"),
    ForumState.SUSPENDED: "back",
    ForumState.POSTPONED: "back",
    ForumState.CANCELLED: "no",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a forum in its row of tabs."""

    name: str
    label: str
    address: str


TABS = (
    ("desk", gettext_lazy("Ringkasan")),
    ("preparation", gettext_lazy("Persiapan")),
    ("board", gettext_lazy("Papan")),
    ("attendance", gettext_lazy("Kehadiran")),
    ("opening", gettext_lazy("Pembukaan")),
    ("session", gettext_lazy("Sidang")),
    ("delegation", gettext_lazy("Delegasi")),
    ("notulen", gettext_lazy("Notulen")),
    ("minutes", gettext_lazy("Berita Acara")),
)


def of_forum(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand a view the forum instead of its id; a forum out of sight is not found, nobody in office signs in first."""

    def inner(request: HttpRequest, forum_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        try:
            forum = queries.forum_for(actor, forum_id)
        except NoForum as error:
            raise Http404(str(error)) from error
        return view(request, forum, *args, **kwargs)

    inner.__name__ = view.__name__
    inner.__doc__ = view.__doc__
    return staff(inner)


def show(
    request: StaffRequest, template: str, forum: Forum, tab: str, /, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of a forum with its heading and tabs."""
    context = {
        "forum": forum,
        "tab": tab,
        "tabs": [Tab(name, str(label), reverse(f"forums:{name}", args=[forum.pk])) for name, label in TABS],
        "standing": STATES[forum.standing],
        "shape": SHAPES[forum.standing],
        "is_concluded": forum.standing in CONCLUDED,
        "pause": queries.pause_of(forum),
        "may_lead": bool(permissions.can_lead(request.actor, forum)),
        **more,
    }
    return render(request, f"forums/{template}.html", context, status=status)


def in_words(missing: Iterable[Missing]) -> list[str]:
    """What keeps a gate closed, in the reader's language; labels among the names are translated too."""
    told_names = [replace(m, names=tuple(gettext(n) for n in m.names)) for m in missing]
    is_english = get_language() == "en"
    return [m.sentence_en() if is_english else m.sentence() for m in told_names]


def said(error: MufakatError | None) -> list[str]:
    """A refusal's sentences in the reader's language; a closed gate names everything that is missing."""
    if error is None:
        return []
    if isinstance(error, NotReady):
        return [f"{sentence}." for sentence in in_words(error.missing)]
    return told(error)


def compliance(forum: Forum, counts: queries.Tally) -> list[tuple[str, str]]:
    """The compliance report's lines: what it is, and the reason or names."""
    return [(REMARKS[remark], detail) for remark, detail in document_queries.compliance_of(forum, counts)]


def village_of(request: StaffRequest, forum: Forum) -> str:
    """The code of the village that was chosen; not found where it lies elsewhere."""
    village = request.POST.get("village", "")
    if village not in {v.code for v in queries.villages_of(forum)}:
        raise Http404("Desa atau kelurahan tidak ada di kecamatan ini.")
    return village


def ids_of(chosen: Iterable[str]) -> list[UUID]:
    """The ids that were ticked; not found where one is none."""
    try:
        return [UUID(c) for c in chosen]
    except ValueError as error:
        raise Http404("Pilihan tidak ditemukan.") from error


def address(name: str, forum: Forum, *more: object) -> str:
    """The address of one of a forum's pages."""
    return reverse(f"forums:{name}", args=[forum.pk, *more])


def take(
    request: StaffRequest,
    form: Sheet,
    may: Decision,
    work: Callable[[], object],
    *,
    done: str | Callable[[], str],
    to: str | Callable[[], str],
    otherwise: Callable[[MufakatError | None, int], HttpResponse],
) -> HttpResponse:
    """What a filled form asks for: 403 before it is read where this office may not, 422 where it has faults.

    `done` may be asked for after the form was read, where the word depends on it.
    """
    if stop := stopped(may, form):
        return otherwise(*stop)
    return attempt(request, work, done=done if isinstance(done, str) else done(), to=to, otherwise=otherwise)


def stepper(page: Callable[..., HttpResponse], tab: str) -> Callable[..., HttpResponse]:
    """How the buttons of a page work: on to `tab` with a word about what was done, or the page again with the refusal.

    The made function takes the request, the forum, the work, the word, and another tab where it goes on elsewhere.
    """

    def step(
        request: StaffRequest, forum: Forum, work: Callable[[], object], done: str, *, to: str = tab
    ) -> HttpResponse:
        return attempt(
            request,
            work,
            done=done,
            to=address(to, forum),
            otherwise=lambda error, status: page(request, forum, error, status),
        )

    return step


def turned_away(request: StaffRequest, forum: Forum, tab: str, decision: Decision) -> HttpResponse:
    """A page this office may not open now, with the reason and the way back to its tab."""
    faults = said(NotAllowed(decision.reason))
    return show(request, "turned_away", forum, tab, status=403, faults=faults, back=address(tab, forum))
