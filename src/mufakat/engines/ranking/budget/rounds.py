"""Rounds of Equal Shares, compiled: the project of the least level per utility is bought; nothing in doubt is decided."""

from __future__ import annotations

import numpy as np

from mufakat.engines.ranking.budget.bounds import ALIVE, BEYOND, DOUBT, EPS, FOUND, GONE, UNPAYABLE
from mufakat.engines.ranking.budget.compiling import INTS, REALS, SIGNS, compiled, inner
from mufakat.engines.ranking.budget.purses import (
    COLUMNS,
    COUNT,
    PURSE,
    ROUND,
    SCRATCH,
    buy,
    fill,
    level,
    reset,
)  # fmt: skip

TWINS, LIKE = 2, 1
START_WITHOUT = 2


@inner(f"int64(int64,int64,{COLUMNS},boolean,{INTS},{REALS})")
def alike(c, d, columns, plain, history, tally):  # type: ignore[no-untyped-def]
    """For projects of equal cost: TWINS with the same supporters, LIKE with supporters of the same histories, or 0."""
    ptr, idx, amt, weight = columns[0], columns[1], columns[2], columns[3]
    size, same = ptr[c + 1] - ptr[c], ptr[c + 1] - ptr[c] == ptr[d + 1] - ptr[d]
    for k in range(size if same else 0):
        if idx[ptr[c] + k] != idx[ptr[d] + k] or amt[ptr[c] + k] != amt[ptr[d] + k]:
            same = False
            break
    if same:
        return TWINS
    if not plain:
        return 0
    for k in range(ptr[c], ptr[c + 1]):
        tally[history[idx[k]]] += weight[idx[k]]
    for k in range(ptr[d], ptr[d + 1]):
        tally[history[idx[k]]] -= weight[idx[k]]
    tally[0] = 0.0
    same = True
    for e in (c, d):
        for k in range(ptr[e], ptr[e + 1]):
            if tally[history[idx[k]]] != 0.0:
                same = False
            tally[history[idx[k]]] = 0.0
    return LIKE if same else 0


@inner(f"int64(int64,int64,float64,float64,{COLUMNS},boolean)")
def even_order(c, d, own, other, columns, by_cost):  # type: ignore[no-untyped-def]
    """As `ahead`, where the levels are cost ÷ payers."""
    whole, rank = columns[5], columns[8]
    left, right = whole[c], whole[d]
    if by_cost:
        left, right = 1, 1
    if float(left) * other >= 9e18 or float(right) * own >= 9e18:
        return 0
    left, right = left * int(other), right * int(own)
    if left == right:
        return 1 if rank[c] < rank[d] else -1
    return 1 if left < right else -1


@inner(f"int64(int64,int64,{COLUMNS},boolean,boolean,{PURSE},{ROUND},{REALS})")
def ahead(c, d, columns, plain, by_cost, purse, rounds, tally):  # type: ignore[no-untyped-def]
    """1 when c is ahead of d exactly, -1 when behind, 0 when floats and counts do not tell."""
    whole, rank, payers = columns[5], columns[8], rounds[4]
    if payers[c] > 0.0 and payers[d] > 0.0:
        order = even_order(c, d, payers[c], payers[d], columns, by_cost)
        if order != 0:
            return order
    if whole[c] == whole[d] and alike(c, d, columns, plain, purse[2], tally) > 0:
        return 1 if rank[c] < rank[d] else -1
    return 0


@inner(f"int64({COLUMNS},boolean,boolean,{PURSE},{ROUND},{SCRATCH},{REALS})")
def best(columns, plain, by_cost, purse, rounds, scratch, top):  # type: ignore[no-untyped-def]
    """The project of the least level per utility; -1 when none can be paid, -2 in doubt."""
    factor, bound, water, xs, errors = columns[7], rounds[0], rounds[1], rounds[2], rounds[3]
    payers, seen, state = rounds[4], rounds[5], rounds[6]
    now, out, least = purse[4][COUNT], scratch[2], np.inf
    while True:
        c, low = -1, np.inf
        for d in range(len(bound)):
            if state[d] == ALIVE and seen[d] != now and bound[d] < low:
                c, low = d, bound[d]
        if c < 0 or low > least:
            break
        kind = level(c, columns, plain, purse, water[c], least * factor[c] * (1.0 + 16.0 * EPS), out)
        if kind == UNPAYABLE:
            state[c] = GONE
            continue
        if kind == BEYOND:
            water[c] = max(water[c], out[0])
            bound[c] = max(bound[c], water[c] / factor[c] * (1.0 - 4.0 * EPS))
            continue
        if kind == DOUBT:
            return -2
        seen[c], xs[c], errors[c], payers[c] = now, out[0], out[1], out[2]
        top[c] = np.inf
        if out[1] < np.inf:
            water[c] = max(water[c], out[0] - out[1])
            bound[c] = max(bound[c], water[c] / factor[c] * (1.0 - 4.0 * EPS))
            top[c] = (out[0] + out[1]) / factor[c] * (1.0 + 4.0 * EPS)
        least = min(least, top[c])
    winner = -1
    for d in range(len(bound)):
        if state[d] == ALIVE and seen[d] == now and bound[d] <= least:
            if winner < 0:
                winner = d
                continue
            order = ahead(winner, d, columns, plain, by_cost, purse, rounds, scratch[0])
            if order == 0:
                return -2
            if order < 0:
                winner = d
    if winner >= 0 and errors[winner] == np.inf:
        return -2
    return winner


@compiled(
    f"int64(int64,float64,int64,boolean,{SIGNS},{COLUMNS},boolean,boolean,{PURSE},{ROUND},{SCRATCH},{REALS},{INTS})"
)
def shares(forced, endowment, known, warm, candidates, columns, plain, by_cost, purse, rounds, scratch, top, bought):  # type: ignore[no-untyped-def]
    """Buy until nothing can be paid (returns 0), a round is in doubt (1), or a known purchase is (2: start without).

    `forced` is bought first; -1 starts anew with the endowment. Then the first `known` of `bought` are proved to be
    bought again; `warm`: bounds and `state` are the caller's.
    """
    water, xs, errors, seen, state, now = rounds[1], rounds[2], rounds[3], rounds[5], rounds[6], purse[4]
    winner, out = forced, scratch[2]
    if forced < 0:
        fill(endowment, columns, purse)
        if warm:
            seen[:] = -1
        else:
            for c in range(len(state)):
                state[c] = candidates[c]
            reset(columns, rounds)
        for r in range(known):
            c = bought[r]
            if level(c, columns, plain, purse, water[c], np.inf, out) != FOUND or out[1] == np.inf:
                return START_WITHOUT
            state[c] = GONE
            buy(c, out[0], out[1], columns, plain, purse, scratch)
    while True:
        if winner < 0:
            winner = best(columns, plain, by_cost, purse, rounds, scratch, top)
        if winner < 0:
            return 0 if winner == -1 else 1
        bought[now[COUNT]] = winner
        state[winner] = GONE
        buy(winner, xs[winner], errors[winner], columns, plain, purse, scratch)
        winner = -1
