"""Puts the actor on the request: the signed-in person in the office chosen for this session."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from mufakat.people import queries
from mufakat.people.actors import Actor

OFFICE_KEY = "office"


class StaffRequest(HttpRequest):
    """A request of somebody in office."""

    actor: Actor


class ActorMiddleware:
    """Sets `request.actor`, or None for a visitor or someone whose offices have all ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look the offices up anew on every request, so that an office that ended yesterday ends today."""
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor | None:
        user = request.user
        if not user.is_authenticated or user.pk is None:
            return None
        offices = queries.offices_of(user.pk, on=timezone.localdate())
        chosen = request.session.get(OFFICE_KEY)
        office = next((o for o in offices if str(o.pk) == chosen), offices[0] if offices else None)
        return queries.actor_for(office) if office else None


def staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for somebody in office; others are asked to sign in, and come back."""

    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            return HttpResponseRedirect(f"/masuk/?next={request.path}")
        return view(cast(StaffRequest, request), *args, **kwargs)

    inner.__name__ = view.__name__
    inner.__doc__ = view.__doc__
    return inner
