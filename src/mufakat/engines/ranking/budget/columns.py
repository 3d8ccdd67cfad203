"""Votes by project from votes by ballot, compiled."""

from __future__ import annotations

from mufakat.engines.ranking.budget.compiling import INTS, PLACES, compiled


@compiled(f"int64(boolean,{INTS},{INTS},{INTS},{INTS},{INTS},{INTS},{PLACES},float64[::1],{INTS})")
def transpose(by_amount, start, project, amount, weight, ptr, place, idx, amt, totals):  # type: ignore[no-untyped-def]
    """Columns of the ballots, `ptr` and `totals` being zeros; by amount what got none is left out, else all count 1."""
    for k in range(start[-1]):
        if not by_amount or amount[k] > 0:
            ptr[project[k] + 1] += 1
    for c in range(len(ptr) - 1):
        ptr[c + 1] += ptr[c]
        place[c] = ptr[c]
    for t in range(len(start) - 1):
        for k in range(start[t], start[t + 1]):
            if not by_amount or amount[k] > 0:
                c, each = project[k], amount[k] if by_amount else 1
                idx[place[c]] = t
                amt[place[c]] = each
                place[c] += 1
                totals[c] += each * weight[t]
    return ptr[-1]
