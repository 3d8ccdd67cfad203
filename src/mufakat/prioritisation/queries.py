"""What stands in the running, the moves made, and the team's order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet, Sum

from mufakat.cycles.models import Cycle
from mufakat.prioritisation.models import Move
from mufakat.prioritisation.rules import moved
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import State
from mufakat.runtime.prepared import Prepared, summed

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


def _standing_in(cycle: UUID, kecamatan: str) -> QuerySet[Any, tuple[Any, ...]]:
    told = Proposal.objects.filter(cycle_id=cycle, kecamatan_id=kecamatan).exclude(state__in=OUTSIDE)
    amounts = (Sum("version"), Max("changed_at"), Sum("value_verified"), Sum("value_agreed"))
    return summed(told, Count("pk"), *amounts)


def _moves_in(cycle: UUID, kecamatan: str) -> QuerySet[Move]:
    return Move.objects.filter(cycle_id=cycle, kecamatan_id=kecamatan).select_related("proposal").order_by("sequence")


_standing: Prepared[tuple[Any, ...]] = Prepared(_standing_in, UUID, str)
_last_move: Prepared[tuple[Any, ...]] = Prepared(lambda *values: summed(_moves_in(*values), Max("sequence")), UUID, str)
_moves: Prepared[Move] = Prepared(_moves_in, UUID, str)


def fingerprint(*, cycle: Cycle, kecamatan: str) -> tuple[object, ...]:
    """Changes whenever a proposal on the papers or the moves of the board change; two queries."""
    [sums] = _standing(cycle.pk, kecamatan)
    [(last,)] = _last_move(cycle.pk, kecamatan)
    return (*sums, last)


def moves_of(*, cycle: Cycle, kecamatan: str) -> list[Move]:
    """Moves made on the board, in their sequence."""
    return _moves(cycle.pk, kecamatan)


def team_order(*, provisional: list[int], moves: Iterable[Move]) -> tuple[int, ...]:
    """The engine's order of proposal numbers with every move applied in turn; what left the running is passed over."""
    order = [str(number) for number in provisional]
    for move in moves:
        key = str(move.proposal.number)
        if key in order:
            order = list(moved(order=order, key=key, to=min(move.place_after, len(order))))
    return tuple(int(number) for number in order)
