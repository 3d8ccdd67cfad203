"""Reads of the hall: the case in hand, what comes next, who speaks. No personal names (rule 72)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from mufakat.documents.rules import canonical, digest
from mufakat.drafting.labels import DECIDABLE, RESULT_LABELS, Result
from mufakat.engines.nomenclature.table import BIDANG
from mufakat.forums import grouping, queries
from mufakat.forums.models import Forum
from mufakat.proposals.models import Proposal

UNMAPPED = "Belum terpetakan"


def _villages_on_floor(proposal: Proposal) -> list[str]:
    """Codes of the villages the case in hand concerns."""
    if proposal.village_id:
        return [proposal.village_id]
    return list(proposal.places.order_by("village_id").values_list("village_id", flat=True))


def _result_on_floor(forum: Forum, proposal: Proposal) -> dict[str, Any] | None:
    """The result of the case in hand, once it has one."""
    made = forum.decisions.filter(proposal=proposal).first()
    if made is None:
        return None
    return {"label": RESULT_LABELS[Result(made.result)], "key": made.result, "value": made.value}


def _next_on_floor(forum: Forum, proposal: Proposal | None) -> dict[str, Any] | None:
    """The next proposal without a result, after the case in hand."""
    waiting = queries.undecided(forum).exclude(pk=proposal.pk) if proposal else queries.undecided(forum)
    after = (waiting.filter(number__gt=proposal.number) if proposal else waiting).first() or waiting.first()
    if after is None:
        return None
    return {
        "number": after.number,
        "title": after.title,
        "village": after.place_label,
        "value": queries.value_in_hand(after),
    }


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


def totals(forum: Forum, *, at: datetime) -> dict[str, Any]:
    """What the screen shows between two cases: results, fields and villages, as plain data (rules 68, 69)."""
    made = list(forum.decisions.values_list("proposal_id", "proposal__village_id", "result", "value"))
    kept = grouping.fields_of(forum, at=at)
    listed = list(queries.listed(forum).values_list("pk", flat=True))
    results = {result.value: sum(row[2] == result.value for row in made) for result in DECIDABLE}
    return {
        "results": [(RESULT_LABELS[Result(key)], key, count) for key, count in results.items() if count],
        "fields": [_field_sum(key, label, listed, kept, made) for key, label in (*BIDANG.items(), ("", UNMAPPED))],
        "villages": _village_sums(made),
    }


def _field_sum(
    key: str, label: str, listed: list[UUID], kept: Mapping[UUID, str], made: list[tuple[Any, ...]]
) -> dict[str, Any]:
    """A field: how many proposals, how many with a result, how many agreed and for how much (whole rupiah)."""
    own = {pk for pk in listed if kept.get(pk, "") == key}
    rows = [row for row in made if row[0] in own]
    agreed = [row[3] or 0 for row in rows if row[2] == Result.DISEPAKATI.value]
    return {"label": label, "listed": len(own), "decided": len(rows), "agreed": len(agreed), "value": sum(agreed)}


def _village_sums(made: list[tuple[Any, ...]]) -> dict[str, int]:
    """Agreed rupiah per village's code; what several villages made together belongs to none of them."""
    sums: dict[str, int] = {}
    for _, village, result, value in made:
        if village and result == Result.DISEPAKATI.value:
            sums[village] = sums.get(village, 0) + (value or 0)
    return dict(sorted(sums.items()))


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
