"""The speaking log's page: a tap per turn, the shares, and the prompt that only the facilitator sees (rule 71)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.forums import permissions, rules
from mufakat.forums.commands import speaking
from mufakat.forums.labels import ELEMENTS
from mufakat.forums.models import Forum
from mufakat.forums.rules import Element
from mufakat.forums.speaking_queries import GENDERS, SpeakingShare, parties_of, speaking_of
from mufakat.forums.web.pages import of_forum, said, show, stepper
from mufakat.forums.web.sitting import number_of
from mufakat.people.web.actor import StaffRequest


@of_forum
@require_GET
def log(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Who has spoken so far."""
    return _log(request, forum)


def _log(request: StaffRequest, forum: Forum, error: MufakatError | None = None, status: int = 200) -> HttpResponse:
    found = speaking_of(forum)
    last = forum.speakingturns.select_related("village").order_by("at", "pk").last()
    return show(
        request,
        "speaking",
        forum,
        "session",
        status=status,
        found=found,
        lists=[
            (gettext("Menurut L/P"), _parted(found.by_gender)),
            (gettext("Menurut unsur"), _parted(found.by_element)),
            (gettext("Menurut desa/kelurahan"), _parted(found.by_village)),
        ],
        parties=[(p, ELEMENTS[p.element]) for p in parties_of(forum)],
        last=last,
        last_words=_words(last.gender, last.element, last.village.name if last.village else "") if last else "",
        may_log=bool(permissions.can_log_speaking(request.actor, forum)),
        least=rules.FEWEST_TURNS,
        faults=said(error),
    )


_step = stepper(_log, "speaking")


def _parted(shares: tuple[SpeakingShare, ...]) -> dict[str, list[SpeakingShare]]:
    """Who spoke, and who is here and has not."""
    return {"spoken": [s for s in shares if s.turns], "silent": [s for s in shares if not s.turns]}


def _words(gender: str, element: str, village: str) -> str:
    parts = (gettext(GENDERS[gender]), gettext(ELEMENTS[Element(element)]), village)
    return ", ".join(part for part in parts if part)


@of_forum
@require_POST
def record(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Record one turn; the button says gender, element and village."""
    gender, element, village = [*request.POST.get("who", "").split("|"), "", ""][:3]
    if element not in set(Element):
        raise Http404("Pihak itu tidak dikenal.")
    return _step(
        request,
        forum,
        lambda: speaking.record_turn(
            actor=request.actor,
            forum_id=forum.pk,
            gender=gender,
            element=Element(element),
            village=village or None,
            at=timezone.now(),
        ),
        gettext("Giliran bicara dicatat."),
    )


@of_forum
@require_POST
def take_back(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Take the last turn back."""
    return _step(
        request,
        forum,
        lambda: speaking.take_back_turn(actor=request.actor, forum_id=forum.pk, at=timezone.now()),
        gettext("Giliran terakhir dihapus."),
    )


@of_forum
@require_POST
def set_limit(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Set the share that prompts the facilitator."""
    percent = number_of(request, "percent") or 0
    return _step(
        request,
        forum,
        lambda: speaking.set_speaking_limit(actor=request.actor, forum_id=forum.pk, percent=percent, at=timezone.now()),
        gettext("Batas bicara disimpan."),
    )
