"""What all pages of a forum share: the forum in sight of the actor, its tabs, and a refusal shown where it happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mufakat.core.decision import NotAllowed
from mufakat.core.errors import MufakatError
from mufakat.core.machine import NotPossible
from mufakat.forums import permissions, queries
from mufakat.forums.errors import NoForum, NotReady
from mufakat.forums.labels import STATES
from mufakat.forums.models import Forum
from mufakat.forums.states import CONCLUDED, DELIBERATION, PREPARATION, ForumState
from mufakat.people.actors import Actor
from mufakat.people.web.actor import StaffRequest

STATUSES: tuple[tuple[type[MufakatError], int], ...] = ((NotAllowed, 403), (NotPossible, 409))
SHAPES = {
    **dict.fromkeys(PREPARATION, "wait"),
    ForumState.READY: "wait",
    **dict.fromkeys(DELIBERATION, "wait"),
    **dict.fromkeys(CONCLUDED, "ok"),
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
    ("desk", "Ringkasan"),
    ("preparation", "Persiapan"),
    ("attendance", "Kehadiran"),
    ("opening", "Pembukaan"),
    ("session", "Sidang"),
    ("delegation", "Delegasi"),
    ("minutes", "Berita Acara"),
)


def of_forum(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand a view the forum instead of its id; a forum out of sight is not found, nobody in office signs in first."""

    def inner(request: HttpRequest, forum_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={request.path}")
        try:
            forum = queries.forum_for(actor, forum_id)
        except NoForum as error:
            raise Http404(str(error)) from error
        return view(request, forum, *args, **kwargs)

    inner.__name__ = view.__name__
    inner.__doc__ = view.__doc__
    return inner


def show(
    request: StaffRequest, template: str, forum: Forum, tab: str, /, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of a forum with its heading and tabs."""
    context = {
        "forum": forum,
        "tab": tab,
        "tabs": [Tab(name, label, reverse(f"forums:{name}", args=[forum.pk])) for name, label in TABS],
        "standing": STATES[forum.standing],
        "shape": SHAPES[forum.standing],
        "is_concluded": forum.standing in CONCLUDED,
        "may_lead": bool(permissions.can_lead(request.actor, forum)),
        **more,
    }
    return render(request, f"forums/{template}.html", context, status=status)


def attempt(
    request: StaffRequest,
    work: Callable[[], object],
    *,
    done: str,
    to: str,
    otherwise: Callable[[MufakatError, int], HttpResponse],
) -> HttpResponse:
    """Do `work` and go on to `to` with a word about it, or show the refusal with 403, 409 or 422, nothing typed lost."""
    try:
        work()
    except NoForum as error:
        raise Http404(str(error)) from error
    except MufakatError as error:
        status = next((s for kind, s in STATUSES if isinstance(error, kind)), 422)
        return otherwise(error, status)
    messages.success(request, done)
    return HttpResponseRedirect(to, status=303)


def sentences(error: MufakatError) -> list[str]:
    """A refusal as separate sentences: a closed gate names each thing that is missing."""
    if isinstance(error, NotReady):
        return [m.sentence() + "." for m in error.missing]
    return [str(error)]


def address(name: str, forum: Forum, *more: object) -> str:
    """The address of one of a forum's pages."""
    return reverse(f"forums:{name}", args=[forum.pk, *more])
