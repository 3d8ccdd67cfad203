"""What all pages of a forum share: the forum in sight of the actor, its tabs, and a refusal shown where it happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mufakat.forums import permissions, queries
from mufakat.forums.errors import NoForum
from mufakat.forums.labels import STATES
from mufakat.forums.models import Forum
from mufakat.forums.states import CONCLUDED, DELIBERATION, PREPARATION, ForumState
from mufakat.people.actors import Actor
from mufakat.people.web.actor import StaffRequest, staff

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
    ("board", "Papan"),
    ("attendance", "Kehadiran"),
    ("opening", "Pembukaan"),
    ("session", "Sidang"),
    ("delegation", "Delegasi"),
    ("minutes", "Berita Acara"),
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
        "tabs": [Tab(name, label, reverse(f"forums:{name}", args=[forum.pk])) for name, label in TABS],
        "standing": STATES[forum.standing],
        "shape": SHAPES[forum.standing],
        "is_concluded": forum.standing in CONCLUDED,
        "may_lead": bool(permissions.can_lead(request.actor, forum)),
        **more,
    }
    return render(request, f"forums/{template}.html", context, status=status)


def address(name: str, forum: Forum, *more: object) -> str:
    """The address of one of a forum's pages."""
    return reverse(f"forums:{name}", args=[forum.pk, *more])
