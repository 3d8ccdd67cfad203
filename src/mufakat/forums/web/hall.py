"""The hall: the screen everybody sees, and the desk that steers it. No phone numbers, no private data (rule 72)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.forums import hall_queries, queries
from mufakat.forums.commands import session
from mufakat.forums.labels import STATES
from mufakat.forums.models import Forum
from mufakat.forums.web.pages import address, of_forum, show
from mufakat.forums.web.village_map import drawing_of
from mufakat.people.web.actor import StaffRequest
from mufakat.prioritisation.village_map import picture
from mufakat.runtime.live.telling import address_for, source_of
from mufakat.ui.answers import attempt
from mufakat.ui.language import told

WHOLE = 100
NEXT_SHOWN = 8
"""How many cases the desk in the hall offers to show next."""


@of_forum
@never_cache
@require_GET
def screen(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The hall screen: told of every change, asking by itself where it cannot be told, reloading without JavaScript."""
    live = address_for(request, queries.live_topic(forum.pk))
    answer = render(request, "forums/hall.html", {**screen_context(forum), "live": live})
    if source := source_of(live):
        answer._csp_update = {"connect-src": source}  # type: ignore[attr-defined]  # django-csp's door for a view
    return answer


@of_forum
@never_cache
@require_GET
def screen_now(request: StaffRequest, forum: Forum) -> HttpResponse:
    """What the screen shows now, for htmx; 204 while nothing has changed, 286 to stop when the day is over."""
    context = screen_context(forum)
    if request.GET.get("tanda") == context["mark"]:
        return HttpResponse(status=204)
    return render(request, "forums/hall_now.html", context)


def screen_context(forum: Forum) -> dict[str, Any]:
    """Everything the hall shows, with bars in percent of the pagu and a mark that changes when something does."""
    shown = hall_queries.hall(forum)
    is_between = not shown["case"] and not shown["pause"]
    totals = hall_queries.totals(forum, at=timezone.now()) if is_between else None
    return {
        "forum": forum,
        "hall": shown,
        "standing": STATES[forum.standing],
        "bars": _bars(shown),
        "until": date.fromisoformat(shown["pause"]["until"]) if shown["pause"] and shown["pause"]["until"] else None,
        "map": drawing_of(forum.kecamatan_id, shown["case"]["village_codes"]) if shown["case"] else None,
        "totals": _drawn(forum, totals, shown["listed"]) if totals else None,
        "mark": hall_queries.hall_mark({**shown, "totals": totals}),
    }


def _bars(shown: dict[str, Any]) -> dict[str, str]:
    """Widths of what is agreed and of the case in hand, in percent of the pagu."""
    pagu = shown["pagu"] or 0
    if pagu <= 0:
        return {"used": "0", "this": "0"}
    used = min(WHOLE, WHOLE * shown["agreed_value"] / pagu)
    case = shown["case"]
    is_open = case is not None and case["result"] is None
    this = min(WHOLE - used, WHOLE * (case["value"] or 0) / pagu) if is_open else 0
    return {"used": f"{used:.2f}", "this": f"{this:.2f}"}


def _drawn(forum: Forum, totals: dict[str, Any], listed: int) -> dict[str, Any]:
    """The totals with widths in percent and the villages as a map shaded by what was agreed."""
    most = max((field["value"] for field in totals["fields"]), default=0)
    fields = [{**f, "width": _percent(f["value"], most)} for f in totals["fields"] if f["listed"]]
    at, parts = 0, []
    for label, key, count in totals["results"]:
        parts.append(
            {"label": label, "key": key, "count": count, "x": _percent(at, listed), "width": _percent(count, listed)}
        )
        at += count
    return {
        "fields": fields,
        "parts": parts,
        "waiting": max(0, listed - at),
        "picture": picture(queries.villages_of(forum), totals["villages"]),
    }


def _percent(part: int, whole: int) -> str:
    return f"{WHOLE * part / whole:.2f}" if whole else "0"


@of_forum
@require_GET
def floor(request: StaffRequest, forum: Forum) -> HttpResponse:
    """What goes on the screens: the next cases, the speaker, a heading."""
    return _floor(request, forum)


def _floor(request: StaffRequest, forum: Forum, error: MufakatError | None = None, status: int = 200) -> HttpResponse:
    return show(
        request,
        "floor",
        forum,
        "session",
        status=status,
        hall=hall_queries.hall(forum),
        floor=forum.floor,
        waiting=hall_queries.waiting_for_floor(forum, at_most=NEXT_SHOWN),
        parties=hall_queries.parties_present(forum),
        agenda=[item.title for item in forum.agendaitems.all()],
        faults=told(error) if error else [],
    )


@of_forum
@require_POST
def put_on_screen(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Put a case, a speaker and a heading on the screen; empty fields take them off."""
    given = request.POST.get("proposal", "")
    try:
        proposal_id = UUID(given) if given else None
    except ValueError as error:
        raise Http404("Usulan tidak ditemukan.") from error
    back = address("item", forum, proposal_id) if request.POST.get("back") == "item" and proposal_id else ""
    return attempt(
        request,
        lambda: session.show(
            actor=request.actor,
            forum_id=forum.pk,
            proposal_id=proposal_id,
            speaker=request.POST.get("speaker", "")[:120],
            heading=request.POST.get("heading", "")[:120],
            at=timezone.now(),
        ),
        done=_("Layar aula diperbarui."),
        to=back or address("floor", forum),
        otherwise=lambda error, status: _floor(request, forum, error, status),
    )
