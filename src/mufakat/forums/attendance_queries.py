"""Reads of the attendance list: how many are there, and who of them was looked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mufakat.forums.models import Attendee, Forum
from mufakat.forums.rules import Element


@dataclass(frozen=True, slots=True)
class Headcount:
    """People present by element and by L/P; the sums agree because they count the same rows (rule 54)."""

    total: int
    men: int
    women: int
    voters: int
    by_element: tuple[tuple[str, int, int], ...]
    """(element, L, P) in the order of the law's list."""


def headcount(forum: Forum) -> Headcount:
    """Count the attendance list."""
    rows = list(forum.attendees.values_list("element", "gender", "is_voter"))
    present = [e.value for e in Element if any(row[0] == e.value for row in rows)]
    by_element = tuple(
        (e, sum(r[0] == e and r[1] == "L" for r in rows), sum(r[0] == e and r[1] == "P" for r in rows)) for e in present
    )
    women = sum(r[1] == "P" for r in rows)
    return Headcount(len(rows), len(rows) - women, women, sum(r[2] for r in rows), by_element)


def people_matching(forum: Forum, words: str) -> QuerySet[Attendee]:
    """People present, the last first, whose name, institution or village holds the words."""
    people = forum.attendees.select_related("village").order_by("-arrived_at", "-pk")
    if not words:
        return people
    return people.filter(Q(name__icontains=words) | Q(institution__icontains=words) | Q(village__name__icontains=words))
