"""Why a proposal is on the list or beside it, and what would have sufficed, in words and points."""

from __future__ import annotations

from mufakat.engines.ranking.criteria import saying
from mufakat.engines.ranking.criteria.listing import Listing
from mufakat.engines.ranking.criteria.problem import Problem
from mufakat.engines.ranking.criteria.table import Standing, Table


def listed_words(problem: Problem, table: Table, standing: Standing, listed: Listing, i: int) -> str:
    """The sentence about the list for one position; "" without a pagu or a place."""
    a = problem.alternatives[i]
    if problem.pagu is None or i in standing.left_out:
        return ""
    if a.value is None:
        return saying.no_value()
    if i in listed.chosen:
        if i in listed.lifted:
            return saying.lifted(listed.lifted[i])
        return saying.fits(listed.left[i]) if i in listed.left else "Termuat."
    told = _sufficing(problem, table, standing, listed, i)
    if i in listed.left:
        return saying.misses(a.value, listed.left[i], told)
    return saying.displaced(a.value, listed.displaced.get(i, ()), told)


def waiting_words(problem: Problem, table: Table, standing: Standing, i: int) -> str:
    """Who of its own list keeps a position below its score; "" when nobody does."""
    if i in standing.left_out:
        return ""
    holder = _holder(table, standing, i)
    if holder == i or standing.units[holder] == standing.units[i]:
        return ""
    return saying.waiting(problem.alternatives[holder].id)


def _sufficing(problem: Problem, table: Table, standing: Standing, listed: Listing, i: int) -> list[str]:
    told = []
    if (value := listed.values.get(i)) is not None:
        # In the plain walk whatever is cheaper fits too; beside floors a cheaper one may help others above it in.
        told.append(saying.enough_value(value, is_most=i in listed.left))
    rival = listed.rivals.get(i)
    if rival is not None:
        points = points_short(problem, table, standing, listed, i)
        ahead = _ahead(table, standing, i, rival)
        told.append(
            saying.enough_place(
                problem.alternatives[rival],
                None if points is None else saying.shown(points, problem.digits),
                saying.shown(standing.units[rival], problem.digits),
                None if ahead is None else problem.alternatives[ahead],
            )
        )
    place = standing.order.index(i)
    if place:
        told.append(saying.just_above(problem.alternatives[standing.order[place - 1]]))
    return told


def points_short(problem: Problem, table: Table, standing: Standing, listed: Listing, i: int) -> int | None:
    """How far the score must rise (fall, for VIKOR) in 10^-digits to be on the list, everything else as it is.

    None where no rise would do: nothing would, or the village's own order holds it.
    """
    rival = listed.rivals.get(i)
    if rival is None or _ahead(table, standing, i, rival) is not None:
        return None
    # Two of one rank in one village wait for the same others; between them their own scores decide.
    is_equal = table.lists[i] == table.lists[rival] and table.own_ranks[i] == table.own_ranks[rival]
    holder = rival if is_equal else _holder(table, standing, rival)
    here, there = standing.units[i], standing.units[holder]
    gap = here - there if problem.method == "vikor" else there - here
    needed = gap + (0 if _goes_first(table, i, holder) else 1)
    is_bounded = problem.method == "weighted_sum" and problem.is_exact
    return None if is_bounded and here + needed > 100 * 10**problem.digits else needed


def _holder(table: Table, standing: Standing, rival: int) -> int:
    """Whose score gives a position its place: the worst placed among itself and those that go before it on its list."""
    sign = 1 if table.problem.method == "vikor" else -1
    same = [
        k
        for k in standing.order
        if k == rival or (table.lists[k] == table.lists[rival] and table.own_ranks[k] < table.own_ranks[rival])
    ]
    return max(same, key=lambda k: (sign * standing.units[k], *(int(column[k]) for column in table.ties), k))


def _goes_first(table: Table, i: int, rival: int) -> bool:
    """Whether i would stand above at the same score."""
    mine, other = ([int(column[k]) for column in table.ties] for k in (i, rival))
    return (mine, i) < (other, rival)


def _ahead(table: Table, standing: Standing, i: int, rival: int) -> int | None:
    """The first of its own list that stands at or below the rival and must go before it."""
    place = standing.order.index(rival)
    for k in standing.order[place:]:
        if k == i:
            return None
        if table.lists[k] == table.lists[i] and table.own_ranks[k] < table.own_ranks[i]:
            return k
    return None
