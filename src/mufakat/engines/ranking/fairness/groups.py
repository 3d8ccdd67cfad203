"""What an outcome spends per village, category or target group, as far as the project table of the file names them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mufakat.engines.ranking.budget.election import Election

COLUMNS = {
    "neighborhood": "wilayah", "neighbourhood": "wilayah", "village": "desa", "desa": "desa", "kelurahan": "kelurahan",
    "district": "wilayah", "category": "kategori", "categories": "kategori", "target": "kelompok sasaran",
    "targets": "kelompok sasaran",
}  # fmt: skip
"""Columns of Pabulib files that sort projects, and the word for what they hold."""


@dataclass(frozen=True, slots=True)
class Group:
    """One value of a column: projects asked and chosen, the votes given to them, their cost, and shares of the totals.

    A project with several values counts in each, so that shares can sum to more than one.
    """

    name: str
    asked: int
    chosen: int
    votes: int
    cost: int
    cost_share: Fraction
    vote_share: Fraction


def groups(election: Election, chosen: tuple[int, ...]) -> dict[str, tuple[Group, ...]]:
    """Per sorting column its groups in order of name; columns without any value are left out."""
    votes = election.votes("cardinality")
    spent, cast = sum(election.costs[c] for c in chosen) or 1, sum(votes) or 1
    found: dict[str, tuple[Group, ...]] = {}
    heads, rows = election.table
    for column, head in enumerate(heads):
        if head not in COLUMNS:
            continue
        members: dict[str, list[int]] = {}
        for c, row in enumerate(rows):
            for name in _values(row[column] if column < len(row) else ""):
                members.setdefault(name, []).append(c)
        taken = set(chosen)
        if members:
            found[head] = tuple(_group(election, name, members[name], taken, votes, spent, cast)
                                for name in sorted(members))  # fmt: skip
    return found


def _values(cell: str) -> list[str]:
    return sorted({part.strip() for part in cell.split(",") if part.strip() and part.strip().lower() != "none"})


def _group(
    election: Election, name: str, members: list[int], taken: set[int], votes: list[int], spent: int, cast: int
) -> Group:
    inside = [c for c in members if c in taken]
    cost, given = sum(election.costs[c] for c in inside), sum(votes[c] for c in members)
    return Group(name, len(members), len(inside), given, cost, Fraction(cost, spent), Fraction(given, cast))
