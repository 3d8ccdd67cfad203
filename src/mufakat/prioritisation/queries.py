"""What stands in the running, the moves made, and the team's order."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet, Sum

from mufakat.cycles.models import Cycle
from mufakat.prioritisation.models import Move
from mufakat.prioritisation.rules import moved
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import State

OUTSIDE = (State.DRAFT, State.DELETED, State.WITHDRAWN, State.MERGED)
"""States that are not on any paper of the forum: never submitted, taken back, or shown by their merged proposal."""
BEFORE = (State.SUBMITTED, State.IN_VERIFICATION, State.RETURNED, State.LAPSED)
"""Submitted, but not (yet) passed by the kecamatan."""


def on_papers(*, cycle: Cycle, kecamatan: str) -> QuerySet[Proposal]:
    """Every proposal the forum's papers account for, in order of number."""
    return (
        Proposal.objects.filter(cycle=cycle, kecamatan_id=kecamatan)
        .exclude(state__in=OUTSIDE)
        .select_related("village", "kecamatan")
        .prefetch_related("places__village")
        .order_by("number")
    )


def fingerprint(*, cycle: Cycle, kecamatan: str) -> tuple[object, ...]:
    """Changes whenever a proposal on the papers or the moves of the board change; two queries."""
    told = on_papers(cycle=cycle, kecamatan=kecamatan).select_related(None).prefetch_related(None).order_by()
    sums = told.aggregate(
        n=Count("pk"),
        versions=Sum("version"),
        last=Max("changed_at"),
        verified=Sum("value_verified"),
        agreed=Sum("value_agreed"),
    )
    moves = Move.objects.filter(cycle=cycle, kecamatan_id=kecamatan).aggregate(last=Max("sequence"))
    return (*sums.values(), moves["last"])


def moves_of(*, cycle: Cycle, kecamatan: str) -> QuerySet[Move]:
    """Moves made on the board, in their sequence."""
    return Move.objects.filter(cycle=cycle, kecamatan_id=kecamatan).select_related("proposal").order_by("sequence")


def team_order(*, provisional: list[int], moves: QuerySet[Move]) -> tuple[int, ...]:
    """The engine's order of proposal numbers with every move applied in turn; what left the running is passed over."""
    order = [str(number) for number in provisional]
    for move in moves:
        key = str(move.proposal.number)
        if key in order:
            order = list(moved(order=order, key=key, to=min(move.place_after, len(order))))
    return tuple(int(number) for number in order)
