"""Reads of the hall: the case in hand, what comes next, who speaks. No personal names (rule 72)."""

from __future__ import annotations

from typing import Any

from mufakat.documents.rules import canonical, digest
from mufakat.drafting.labels import RESULT_LABELS, Result
from mufakat.forums import queries
from mufakat.forums.models import Forum
from mufakat.proposals.models import Proposal


def _villages_on_floor(proposal: Proposal) -> list[str]:
    """Codes of the villages the case in hand concerns."""
    if proposal.village_id:
        return [proposal.village_id]
    return list(proposal.places.order_by("village_id").values_list("village_id", flat=True))


def _result_on_floor(forum: Forum, proposal: Proposal) -> dict[str, Any] | None:
    """The result of the case in hand, once it has one."""
    made = forum.decisions.filter(proposal=proposal).first()
    return {"label": RESULT_LABELS[Result(made.result)], "value": made.value} if made else None


def _next_on_floor(forum: Forum, proposal: Proposal | None) -> dict[str, str] | None:
    """The next proposal without a result, after the case in hand."""
    waiting = queries.undecided(forum).exclude(pk=proposal.pk) if proposal else queries.undecided(forum)
    after = (waiting.filter(number__gt=proposal.number) if proposal else waiting).first() or waiting.first()
    return {"title": after.title, "village": after.place_label} if after else None


def waiting_for_floor(forum: Forum, *, at_most: int) -> list[Proposal]:
    """Proposals without a result in the order of their numbers, from the one after the case on the screens."""
    shown = forum.floor.proposal
    if shown is None:
        return list(queries.undecided(forum)[:at_most])
    waiting = queries.undecided(forum).exclude(pk=shown.pk)
    after = list(waiting.filter(number__gt=shown.number)[:at_most])
    return after + list(waiting.filter(number__lt=shown.number)[: at_most - len(after)])


def parties_present(forum: Forum) -> list[str]:
    """Institutions and villages on the attendance list, to name who speaks without naming a person (rule 72)."""
    rows = forum.attendees.select_related("village").order_by("pk")
    names = {name for a in rows for name in (a.institution, a.village.label if a.village else "") if name}
    return sorted(names)


def hall_mark(shown: dict[str, Any]) -> str:
    """A short mark of what the hall shows: equal marks, equal screens."""
    return digest(canonical(shown))[:16]


def _pause(forum: Forum) -> dict[str, Any] | None:
    """Why nothing goes on, as plain data."""
    pause = queries.pause_of(forum)
    if pause is None:
        return None
    until = pause.resumes_on or (pause.successor.day if pause.successor else None)
    return {"is_suspended": pause.is_suspended, "reason": pause.reason, "until": until.isoformat() if until else ""}


def hall(forum: Forum) -> dict[str, Any]:
    """What the hall screen shows, as plain data without personal names but the speaker's party (rule 72)."""
    floor, counts = forum.floor, queries.tally(forum)
    proposal = floor.proposal
    case = proposal and {
        "number": proposal.number,
        "title": proposal.title,
        "village": proposal.place_label,
        "value": queries.value_in_hand(proposal),
        "households": proposal.households,
        "location": proposal.location,
        "village_codes": _villages_on_floor(proposal),
        "result": _result_on_floor(forum, proposal),
    }
    return {
        "state": forum.state,
        "heading": floor.heading,
        "pause": _pause(forum),
        "case": case or None,
        "next": _next_on_floor(forum, proposal),
        "speaker": floor.speaker,
        "listed": counts.listed,
        "decided": counts.decided,
        "agreed": counts.agreed,
        "reserve": counts.reserve,
        "not_agreed": counts.not_agreed,
        "agreed_value": counts.agreed_value,
        "pagu": counts.pagu,
        "left": counts.left,
        "present": forum.attendees.count(),
    }
