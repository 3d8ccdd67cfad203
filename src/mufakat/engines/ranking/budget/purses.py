"""Purses and price levels of Equal Shares, compiled. Floats with a proved bound on their error.

Columns: project c is listed by ballots `idx[ptr[c]:ptr[c + 1]]` with `amt` beside each. Of every ballot a purse is kept:
its budget, a bound on the budget's error, and a number for its history of payments; ballots of one number have paid
exactly the same, so that equal levels are known to be equal without rationals.

Bound of a level x, where Σ min(budget, x·amount) = cost: moving every budget by at most its error moves the sum by at
most the errors of those who are short or nearly so, and those clearly richer make up for it by `rest` per unit of x.
"""

from __future__ import annotations

import numpy as np

from mufakat.engines.ranking.budget.bounds import BEYOND, DOUBT, EPS, FOUND, NEAR, UNPAYABLE
from mufakat.engines.ranking.budget.compiling import INTS, PLACES, REALS, SIGNS, inner

COUNT, NEXT = 0, 1
"""Places in the last part of a purse."""

# Places of ballots are read as unsigned numbers, which spares the loops a look for places counted from the end.
COLUMNS = f"Tuple(({INTS},{PLACES},{REALS},{REALS},{REALS},{INTS},{INTS},{REALS},{INTS}))"
"""ptr, idx, amt, weight, cost, whole cost, support, factor, rank"""
PURSE = f"Tuple(({REALS},{REALS},{INTS},{REALS},{INTS}))"
"""budget, error, history, [largest error], [projects bought, next history]"""
ROUND = f"Tuple(({REALS},{REALS},{REALS},{REALS},{REALS},{INTS},{SIGNS}))"
"""bound (level per utility, from below), water (level, from below), x, error, payers (0 unless even), round, state"""
SCRATCH = f"Tuple(({REALS},{INTS},{REALS}))"
"""tally by history, new number by history, [x, error, payers, any spent, two more]; `payers` is the amount of those who
have not spent all when each of them pays in full and nobody is nearly short, so that the level is cost ÷ payers; else 0."""


@inner(f"boolean(int64,int64,{COLUMNS},{INTS})")
def have_spent(c, count, columns, history):  # type: ignore[no-untyped-def]
    """Whether as many supporters of c have spent all, those without a budget being no fewer."""
    ptr, idx, spent = columns[0], columns[1], 0
    for k in range(ptr[c], ptr[c + 1] if count > 0 else ptr[c]):
        spent += 1 if history[idx[k]] == 0 else 0
    return spent == count


@inner(f"boolean(int64,float64,{COLUMNS},{PURSE},{REALS})")
def part(c, x, columns, purse, out):  # type: ignore[no-untyped-def]
    """Errors of those who are not clearly richer than a level, and votes of those who are, into `out`. Returns whether
    anybody is near."""
    ptr, idx, amt, weight = columns[0], columns[1], columns[2], columns[3]
    budget, error, margin, near = purse[0], purse[1], NEAR * x, False
    wrong, rest = 0.0, 0.0
    for k in range(ptr[c], ptr[c + 1]):
        t = idx[k]
        far = budget[t] - x * amt[k]
        if far > margin * amt[k]:
            rest += weight[t] * amt[k]
        else:
            wrong += weight[t] * error[t]
            near = near or far >= -margin * amt[k]
    out[4], out[5] = wrong, rest
    return near


@inner(f"int64(int64,{COLUMNS},boolean,{PURSE},float64,float64,{REALS})")
def level(c, columns, plain, purse, least, most, out):  # type: ignore[no-untyped-def]
    """Level of a project from a lower bound on, into `out`: x, its error (inf in doubt), payers, any spent.

    BEYOND as soon as it is surely more than `most`, with a lower bound as x: however supporters are parted into two,
    Σ min(budget, x·amount) is no more than the budgets of the ones and x·amounts of the others.
    """
    ptr, idx, amt, weight, cost, support = columns[0], columns[1], columns[2], columns[3], columns[4], columns[6]
    budget, error, history, worst = purse[0], purse[1], purse[2], purse[3][0]
    begin, end, price = ptr[c], ptr[c + 1], cost[c]
    out[0], out[1], out[2], out[3] = 0.0, 0.0, 0.0, 0.0
    if price == 0.0:
        out[2] = support[c]
        return FOUND
    x, short = least, -1
    while True:
        held, wrong, rest, poor, room, under = 0.0, 0.0, 0.0, 0, np.inf, np.inf
        for k in range(begin, end):  # without branches: who is short cannot be foretold
            t = np.uint32(idx[k])
            own, each, fault, a = budget[t], weight[t], error[t], amt[k]
            far = own - x * a
            is_short = far < 0.0
            held += each * own if is_short else 0.0
            wrong += each * fault if is_short else 0.0
            rest += 0.0 if is_short else each * a
            poor += 1 if is_short else 0
            under = min(under, -far if is_short else np.inf)
            room = min(room, np.inf if is_short else far)
        rounding = (end - begin + 8) * EPS * (price + held)
        if rest == 0.0:
            return UNPAYABLE if held + wrong + 2.0 * rounding < price else DOUBT
        following = (price - held) / rest
        if following > most:
            below = following - (wrong + rounding) / rest * 1.001 - 8.0 * EPS * following
            if below > most:
                out[0] = below
                return BEYOND
        higher = following - x
        if plain and higher < room:  # nobody becomes short on the way up
            gap = min(room - higher, under + higher)
            break
        if poor == short or following <= x * (1.0 + 8.0 * EPS):
            gap = min(room, under)
            break
        short, x = poor, max(x, following)
    out[0], out[1] = following, np.inf
    margin, near = NEAR * following, False
    if not plain or gap <= margin:
        near = part(c, following, columns, purse, out)
        wrong, rest = out[4], out[5]
    if rest > 0.0:
        bound = (wrong + rounding) / rest * 1.001 + 8.0 * EPS * following
        if bound + worst <= 0.5 * margin:
            out[1] = bound
            if not near and held == 0.0 and have_spent(c, poor, columns, history):
                out[2], out[3] = rest, poor
    return FOUND


@inner(f"void(float64,{COLUMNS},{PURSE})")
def fill(endowment, columns, purse):  # type: ignore[no-untyped-def]
    """Every purse before the first purchase."""
    budget, error, history, worst, now = purse
    for t in range(len(budget)):
        budget[t], error[t], history[t] = endowment, endowment * EPS, 1
    worst[0], now[COUNT], now[NEXT] = endowment * EPS, 0, 2


@inner(f"void({COLUMNS},{ROUND})")
def reset(columns, rounds):  # type: ignore[no-untyped-def]
    """Bounds before the first purchase; `state` is the caller's."""
    cost, support, factor = columns[4], columns[6], columns[7]
    bound, water, seen = rounds[0], rounds[1], rounds[5]
    for c in range(len(cost)):
        seen[c] = -1
        if support[c] > 0 and factor[c] > 0.0:
            water[c] = cost[c] / support[c] * (1.0 - 8.0 * EPS)
            bound[c] = water[c] / factor[c] * (1.0 - 4.0 * EPS)


@inner(f"void({PURSE},{INTS})")
def renumber(purse, fresh):  # type: ignore[no-untyped-def]
    """Give histories that are in use the smallest numbers; 0 stays the empty purse."""
    history, now = purse[2], purse[4]
    for h in range(now[NEXT]):
        fresh[h] = -1
    number = 1
    for t in range(len(history)):
        h = history[t]
        if h > 0:
            if fresh[h] < 0:
                fresh[h] = number
                number += 1
            history[t] = fresh[h]
    now[NEXT] = number


@inner(f"boolean(int64,float64,float64,{COLUMNS},boolean,{PURSE},{SCRATCH})")
def buy(c, x, err, columns, plain, purse, scratch):  # type: ignore[no-untyped-def]
    """Charge the supporters of c. Returns whether it is clear of each whether they were short."""
    ptr, idx, amt = columns[0], columns[1], columns[2]
    budget, error, history, worst, now = purse
    fresh = scratch[1]
    if now[NEXT] + ptr[c + 1] - ptr[c] >= len(fresh):
        renumber(purse, fresh)
    for k in range(ptr[c], ptr[c + 1]):
        fresh[history[idx[k]]] = -1
    margin, clear = NEAR * x, True
    for k in range(ptr[c], ptr[c + 1]):
        t, due = np.uint32(idx[k]), x * amt[k]
        far = budget[t] - due
        if far > margin * amt[k]:
            budget[t] = far
            error[t] += err * amt[k] + 2.0 * EPS * (far + due)
            worst[0] = max(worst[0], error[t])
            h = history[t]
            if plain and fresh[h] > 0:
                history[t] = fresh[h]
            else:
                history[t] = now[NEXT]
                if plain:
                    fresh[h] = now[NEXT]
                now[NEXT] += 1
        elif far >= -margin * amt[k] and x > 0.0:
            clear = False
            budget[t] = max(0.0, far)
            error[t] += err * amt[k] + 2.0 * EPS * (abs(far) + due)
            worst[0] = max(worst[0], error[t])
            history[t] = now[NEXT]
            now[NEXT] += 1
        elif x > 0.0:
            budget[t], error[t], history[t] = 0.0, 0.0, 0
    now[COUNT] += 1
    return clear
