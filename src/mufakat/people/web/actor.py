"""Puts the actor on the request: the signed-in person in the office chosen for this session."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from mufakat.people import queries
from mufakat.people.actors import Actor
from mufakat.people.models import Office
from mufakat.people.web import keeping

OFFICE_KEY = "office"
SINCE_KEY, SEEN_KEY = "since", "seen"
LONGEST = 14 * 60 * 60
"""Seconds after which a session ends whatever is done in it: a working day with a long forum."""
STEP = 10 * 60
"""A session in use is prolonged this often, so that reading a page seldom writes."""
FREE = ("sign_out", "own_password", "set_language")
"""Pages open to somebody who must choose a new password first."""


class StaffRequest(HttpRequest):
    """A request of somebody in office."""

    actor: Actor


class ActorMiddleware:
    """Sets `request.actor`, or None for a visitor or someone whose offices have all ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look the offices up anew on every request, so that an office that ended yesterday ends today."""
        _measure(request)
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        response = self._answer(request)
        if request.user.is_authenticated:
            # What staff see is kept by no proxy and not by the next person on the same computer.
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if getattr(request.user, "must_change_password", False) and not _is_free(request):
            return HttpResponseRedirect(reverse("own_password"))
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor | None:
        user = request.user
        if not user.is_authenticated or user.pk is None:
            return None
        offices = queries.offices_of(user.pk, on=timezone.localdate())
        office = chosen(request, offices)
        return queries.actor_for(office) if office else None


def chosen(request: HttpRequest, offices: list[Office]) -> Office | None:
    """The office picked in this session, else the first."""
    key = request.session.get(OFFICE_KEY)
    return next((o for o in offices if str(o.pk) == key), offices[0] if offices else None)


def _is_free(request: HttpRequest) -> bool:
    return request.path_info in {reverse(name) for name in FREE}


def stamp(sender: object, request: HttpRequest, **told: object) -> None:
    """Note in a new session when it began."""
    request.session[SINCE_KEY] = request.session[SEEN_KEY] = int(timezone.now().timestamp())


def _measure(request: HttpRequest) -> None:
    """Prolong a session that is used, in steps; end one that is too long."""
    if not request.user.is_authenticated:
        return
    now = int(timezone.now().timestamp())
    if now - request.session.get(SINCE_KEY, 0) > LONGEST:
        logout(request)
    elif now - request.session.get(SEEN_KEY, 0) > STEP:
        request.session[SEEN_KEY] = now


def staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for somebody in office; others are asked to sign in, come back, and lose nothing they typed."""

    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            return keeping.turn_away(request)
        return view(cast(StaffRequest, request), *args, **kwargs)

    inner.__name__ = view.__name__
    inner.__doc__ = view.__doc__
    inner.is_for_staff = True  # type: ignore[attr-defined]
    return inner


def step_into(request: HttpRequest, office_id: UUID) -> None:
    """Act in an office from now on, under a fresh session key."""
    request.session.cycle_key()
    request.session[OFFICE_KEY] = str(office_id)
