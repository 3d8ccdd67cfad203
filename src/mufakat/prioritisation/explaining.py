"""Why a proposal stands where it stands: its criteria, its village's own order, ties, and what the team moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mufakat.drafting.facts import CRITERIA
from mufakat.drafting.ordering import HIGHEST, own_rank

if TYPE_CHECKING:
    from mufakat.drafting.draft import Draft, Entry
    from mufakat.prioritisation.models import Move


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion: level 1-5, or None where the proposal states nothing; points out of `weight`."""

    name: str
    basis: str
    level: int | None
    weight: Decimal
    points: Decimal

    @property
    def width(self) -> Decimal:
        """Points as hundredths of the weight, for the bar."""
        return round(self.points * 100 / self.weight, 1) if self.weight else Decimal(0)


@dataclass(frozen=True, slots=True)
class Why:
    """What made a place. Numbers are the public numbers of proposals."""

    parts: tuple[Part, ...]
    unstated: Decimal
    """Weight of the criteria without facts, in points of 100 (rule 63)."""
    village_rank: int | None
    held_back_by: tuple[int, ...]
    """Proposals of the same list that stand before it with a lower score: its village ranked them first (rule 61)."""
    ties_with: tuple[int, ...]
    """Places of proposals with exactly the same score (rule 64)."""
    moves: tuple[Move, ...]

    @property
    def ties(self) -> str:
        """The places of `ties_with` as stretches: "3–7, 12"."""
        return stretches(self.ties_with)

    @property
    def held_back(self) -> str:
        """The numbers of `held_back_by` as stretches."""
        return stretches(self.held_back_by)

    @property
    def stated(self) -> Decimal:
        """Weight of the criteria with facts: the score is `points` in hundredths of it."""
        return Decimal(100) - self.unstated

    @property
    def points(self) -> Decimal:
        """Sum of the points of all criteria."""
        return sum((part.points for part in self.parts), Decimal(0))


def stretches(numbers: Iterable[int]) -> str:
    """Numbers in ascending order, neighbours drawn together: 1, 2, 3, 7 → "1–3, 7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def why(
    draft: Draft, ordered: Sequence[Entry], moves: Iterable[Move], public: Mapping[int, int], shown: Sequence[Entry]
) -> dict[int, Why]:
    """The explanation of every entry shown by its number, among all in order.

    `public` gives each entry's number on the papers.
    """
    moved: dict[int, list[Move]] = {}
    for move in moves:
        moved.setdefault(move.proposal.number or 0, []).append(move)
    by_score: dict[Decimal, list[int]] = {}
    for entry in ordered:
        by_score.setdefault(entry.score, []).append(entry.order or 0)
    weights = _weights(draft)
    villages: dict[str, list[Entry]] = {}
    for entry in ordered:
        villages.setdefault(entry.village_name, []).append(entry)
    found = {}
    for entry in shown:
        siblings = [s for s in villages[entry.village_name] if (s.order or 0) < (entry.order or 0)]
        found[entry.number] = Why(
            parts=_parts(entry, weights),
            unstated=Decimal(100) - entry.coverage,
            village_rank=own_rank(entry.row),
            held_back_by=tuple(public[s.number] for s in siblings if _holds(s, entry)),
            ties_with=tuple(place for place in by_score[entry.score] if place != entry.order),
            moves=tuple(moved.get(public[entry.number], ())),
        )
    return found


def _holds(first: Entry, then: Entry) -> bool:
    """Whether `first` stands before `then` only because their village ranked it so."""
    ranks = own_rank(first.row), own_rank(then.row)
    return ranks[0] is not None and ranks[1] is not None and ranks[0] < ranks[1] and first.score < then.score


def _weights(draft: Draft) -> tuple[tuple[str, str, str, Decimal], ...]:
    """Key, name, basis and weight of the criteria the order was made with."""
    return tuple((c.key, c.name, c.basis, Decimal(c.weight)) for c in CRITERIA)


def _parts(entry: Entry, weights: Sequence[tuple[str, str, str, Decimal]]) -> tuple[Part, ...]:
    levels = dict(entry.levels)
    return tuple(
        Part(name, basis, levels.get(key), weight, weight * levels.get(key, 0) / HIGHEST)
        for key, name, basis, weight in weights
    )
