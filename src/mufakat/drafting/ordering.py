"""The provisional order ("urutan sementara"): score, ties, and no village's own order inverted (rules 61-64)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from mufakat.drafting.facts import CRITERIA, Criterion
from mufakat.engines.ranking.criteria.ordering import merged, numbered
from mufakat.engines.ranking.criteria.scoring import weighted_sum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mufakat.engines.sheets.model import SheetRow

_LAST = 10**9
HIGHEST = 5
DIGITS = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A proposal in the running: its number, row and score."""

    number: int
    row: SheetRow
    score: Decimal


def scores(
    stated: Sequence[Mapping[str, int]], criteria: tuple[Criterion, ...] = CRITERIA
) -> list[tuple[Decimal, Decimal]]:
    """Score and coverage of each set of levels, both 0.00-100.00 (rule 63), by the engine's weighted sum."""
    levels = np.array([[found.get(c.key, 0) for c in criteria] for found in stated], np.int64).reshape(
        -1, len(criteria)
    )
    weights = np.array([c.weight for c in criteria], np.int64)
    units, coverage = weighted_sum(levels, levels > 0, weights, HIGHEST, DIGITS)
    return [
        (Decimal(u).scaleb(-DIGITS), Decimal(c).scaleb(-DIGITS))
        for u, c in zip(units.tolist(), coverage.tolist(), strict=True)
    ]


def provisional_order(items: list[Item]) -> dict[int, int]:
    """Place 1…n per proposal number: always the best of the lists' next proposals.

    Each village's list (each proposer's, where a village ranks by proposer) keeps its own order; a proposal
    without a stated rank binds nobody and stands on its own. Between the next of every list the higher score
    goes first, ties by `_tie`.
    """
    if not items:
        return {}
    best_first = sorted(range(len(items)), key=lambda n: _key(items[n]))
    places = np.empty(len(items), np.int64)
    places[best_first] = np.arange(len(items))
    own_ranks = np.array([own_rank(item.row) or _LAST for item in items], np.int64)
    order = merged(places, numbered([_list_of(item) for item in items]), own_ranks)
    return {items[n].number: place for place, n in enumerate(order.tolist(), 1)}


def _list_of(item: Item) -> tuple[str, ...]:
    row = item.row
    village = row.village.code or row.village.name if row.village else row.village_text
    return (village, row.proposer) if own_rank(row) is not None else (village, row.proposer, str(item.number))


def own_rank(row: SheetRow) -> int | None:
    """The rank its own list gives a proposal: the village's, else its proposer's (several RW in one kelurahan)."""
    return row.priority if row.priority is not None else row.proposer_rank


def _key(item: Item) -> tuple[object, ...]:
    return (-item.score, *_tie(item))


def _tie(item: Item) -> tuple[object, ...]:
    """Village rank, beneficiaries (most first), region code, file, sheet, row: a total order."""
    row = item.row
    source = row.source
    return (
        own_rank(row) or _LAST,
        -(row.households or 0),
        -(row.people or 0),
        row.village.code if row.village else "~",
        source.file,
        source.sheet,
        source.row,
        item.number,
    )
