"""Jumps of Add1, compiled: whether all endowments between two buy the same in the same order."""

from __future__ import annotations

import numpy as np

from mufakat.engines.ranking.budget.bounds import (
    ALIVE,
    BEYOND,
    DOUBT,
    EPS,
    FOUND,
    GONE,
    NEAR,
    REFUTED,
    SAME,
    UNPAYABLE,
    UNSURE,
)  # fmt: skip
from mufakat.engines.ranking.budget.compiling import INTS, REALS, compiled, inner
from mufakat.engines.ranking.budget.purses import COLUMNS, PURSE, ROUND, SCRATCH, buy, fill, level, reset
from mufakat.engines.ranking.budget.rounds import LIKE, alike, even_order

WAY, PROVED = 0, 1
"""Places in `told`."""
FALL = f"Tuple(({REALS},{REALS},{REALS}))"
"""how fast budgets rise with the endowment: at least, at most; the same of the fall of one level"""
LEAD = "UniTuple(float64,8)"
"""Of the project bought: level and error at the first endowment and at the last, payers, how fast its level falls at
least and at most; how far the endowments lie apart."""


@inner(f"boolean(int64,float64,float64,{COLUMNS},{REALS},{REALS})")
def same_short(c, x, y, columns, here, there):  # type: ignore[no-untyped-def]
    """Whether the same supporters of c are clearly short at level x of these budgets and y of those."""
    ptr, idx, amt = columns[0], columns[1], columns[2]
    for k in range(ptr[c], ptr[c + 1]):
        one, two = here[idx[k]] - x * amt[k], there[idx[k]] - y * amt[k]
        if abs(one) <= NEAR * x * amt[k] or abs(two) <= NEAR * y * amt[k] or (one < 0.0) != (two < 0.0):
            return False
    return True


@inner(f"float64(int64,{COLUMNS},{REALS})")
def held(c, columns, budget):  # type: ignore[no-untyped-def]
    """What the supporters of c hold together, about."""
    ptr, idx, weight, money = columns[0], columns[1], columns[3], 0.0
    for k in range(ptr[c], ptr[c + 1]):
        money += weight[idx[k]] * budget[idx[k]]
    return money


@inner(f"void(int64,{COLUMNS},{PURSE},{PURSE},{REALS})")
def payable_from(c, columns, first, last, told):  # type: ignore[no-untyped-def]
    """About how far between the ends c becomes payable, into `told`."""
    here, there = held(c, columns, first[0]), held(c, columns, last[0])
    if here < there:
        told[WAY] = (columns[4][c] - here) / (there - here)


@inner(f"void(int64,float64,float64,{COLUMNS},{REALS},{REALS},{FALL})")
def fall(c, x, y, columns, here, there, falls):  # type: ignore[no-untyped-def]
    """Bounds of how fast the level of c falls between the ends (x to y), per unit of endowment.

    Σ over the short of (voters × what their budget rises) ÷ Σ over the others of voters × amount; who is short at the
    last end is so all the way, who is not at the first never is. Only sums and quotients of what is not negative.
    """
    ptr, idx, amt, weight = columns[0], columns[1], columns[2], columns[3]
    low, high, out = falls
    less, more, few, many = 0.0, 0.0, 0.0, 0.0
    for k in range(ptr[c], ptr[c + 1]):
        t = np.uint32(idx[k])
        is_rich = here[t] - x * amt[k] > NEAR * x * amt[k]
        is_poor = there[t] - y * amt[k] < -NEAR * y * amt[k]
        each, rises, may_rise = weight[t], low[t], high[t]
        few += each * amt[k] if is_rich else 0.0
        more += 0.0 if is_rich else each * may_rise
        less += each * rises if is_poor else 0.0
        many += 0.0 if is_poor else each * amt[k]
    rounding = (2 * (ptr[c + 1] - ptr[c]) + 8) * EPS
    out[0] = less / many * (1.0 - rounding) if many > 0.0 else 0.0
    out[1] = more / few * (1.0 + rounding) if few > 0.0 else np.inf


@inner(f"void(int64,float64,float64,float64,float64,{COLUMNS},{REALS},{REALS},{FALL})")
def rise(w, x, y, slow, fast, columns, here, there, falls):  # type: ignore[no-untyped-def]
    """Bounds of how fast budgets rise between the ends after the purchase of w, whose level falls between slow and fast."""
    ptr, idx, amt = columns[0], columns[1], columns[2]
    low, high = falls[0], falls[1]
    for k in range(ptr[w], ptr[w + 1]):
        t = np.uint32(idx[k])
        if here[t] - x * amt[k] > NEAR * x * amt[k]:
            low[t] = (low[t] + slow * amt[k]) * (1.0 - 4.0 * EPS)
            high[t] = (high[t] + fast * amt[k]) * (1.0 + 4.0 * EPS)
        elif there[t] - y * amt[k] < -NEAR * y * amt[k]:
            low[t], high[t] = 0.0, 0.0
        else:
            low[t], high[t] = 0.0, (high[t] + fast * amt[k]) * (1.0 + 4.0 * EPS)


@inner("float64(float64,float64,float64,float64,float64)")
def least_between(starts, ends, least, most, length):  # type: ignore[no-untyped-def]
    """The least that a gap can be between two ends, given its slope's bounds; `starts` is -inf where not known."""
    if starts > -np.inf and least >= 0.0:
        return starts
    if most <= 0.0:
        return ends
    if most == np.inf:
        return -np.inf
    if starts == -np.inf or least == -np.inf:
        return ends - most * length * (1.0 + 8.0 * EPS)
    at = min(max((starts + most * length - ends) / (most - least), 0.0), length)
    return starts + least * at - 32.0 * EPS * (abs(starts) + abs(ends) + (most - least) * length)


@inner(
    f"int64(int64,int64,float64,float64,float64,float64,float64,boolean,float64,float64,float64,{COLUMNS},boolean,"
    f"boolean,{PURSE},{PURSE},{SCRATCH},{FALL},{REALS})"
)
def behind(  # type: ignore[no-untyped-def]
    w, d, x, err, y, off, even, straight, slow, fast, length, columns, plain, by_cost, first, last, scratch, falls, told
):
    """Whether rival d stays behind w, of level x at the first endowment and y at the last: SAME, REFUTED, or UNSURE.

    `out` holds d's level at the last. By line: where the same voters are short at both ends, in this round and in all
    before, levels are straight lines between the ends, and who is ahead at both ends is ahead between them. By slope: a
    gap that is there at the ends and whose slope is bounded (w's level falls between `slow` and `fast`). A level of
    cost ÷ payers (`even` of w) stays what it is while endowments grow and the same voters have spent all.
    """
    whole, factor, rank = columns[5], columns[7], columns[8]
    out, tally = scratch[2], scratch[0]
    z, fault = out[0], out[1]
    if whole[d] == whole[w]:
        kind = alike(w, d, columns, plain, first[2], tally)
        if kind == LIKE and not (straight and alike(w, d, columns, plain, last[2], tally) == LIKE):
            kind = 0
        if kind > 0:
            return SAME if rank[w] < rank[d] else REFUTED
    slack = (x + err) / factor[w] * 8.0 * EPS
    ends = (z - fault) / factor[d] - (y + off) / factor[w]
    overtakes = (z + fault) / factor[d] - (y - off) / factor[w] < -slack
    kind = level(d, columns, plain, first, max(0.0, z - fault), np.inf, out)
    if kind == DOUBT or (kind == FOUND and out[1] == np.inf):
        return REFUTED if overtakes else UNSURE
    one, fail, starts = np.inf, 0.0, -np.inf
    if kind == FOUND:
        one, fail = out[0], out[1]
        starts = (one - fail) / factor[d] - (x + err) / factor[w]
    if overtakes:
        told[WAY] = starts / (starts - ends) if kind == FOUND else 0.0
        return REFUTED
    told[WAY] = -0.5
    if even > 0.0 and out[2] > 0.0 and (straight or out[3] == 0.0):
        order = even_order(w, d, even, out[2], columns, by_cost)
        if order != 0:
            return SAME if order > 0 else REFUTED
    if (kind == FOUND and starts <= slack) or ends <= slack:
        return UNSURE
    fall(d, one, z, columns, first[0], last[0], falls)
    rate = falls[2]
    gap = least_between(
        starts, ends, slow / factor[w] - rate[1] / factor[d] * (1.0 + 4.0 * EPS),
        fast / factor[w] * (1.0 + 4.0 * EPS) - rate[0] / factor[d], length,
    )  # fmt: skip
    if gap > slack:
        return SAME
    lines = kind == FOUND and straight and same_short(w, x, y, columns, first[0], last[0])
    return SAME if lines and same_short(d, one, z, columns, first[0], last[0]) else REFUTED


@inner(f"int64(int64,{LEAD},boolean,{COLUMNS},boolean,boolean,{PURSE},{PURSE},{ROUND},{SCRATCH},{FALL},{REALS})")
def leads(w, lead, straight, columns, plain, by_cost, first, last, rounds, scratch, falls, told):  # type: ignore[no-untyped-def]
    """Whether w is bought before every rival at each endowment of a jump: SAME, or what else `behind` says of one."""
    factor, out = columns[7], scratch[2]
    bound, water, state = rounds[0], rounds[1], rounds[6]
    x, err, y, off, even, slow, fast, length = lead
    top = (x + err) / factor[w] * (1.0 + 4.0 * EPS)
    for d in range(len(bound)):
        if state[d] != ALIVE or bound[d] > top:
            continue
        kind = level(d, columns, plain, last, water[d], top * factor[d] * (1.0 + 16.0 * EPS), out)
        if kind == UNPAYABLE:
            state[d] = GONE
            continue
        if kind == BEYOND:
            water[d] = max(water[d], out[0])
            bound[d] = max(bound[d], water[d] / factor[d] * (1.0 - 4.0 * EPS))
            continue
        if kind == FOUND and out[1] < np.inf:
            water[d] = max(water[d], out[0] - out[1])
            bound[d] = max(bound[d], water[d] / factor[d] * (1.0 - 4.0 * EPS))
            if bound[d] > top:
                continue
            kind = behind(
                w, d, x, err, y, off, even, straight, slow, fast, length, columns, plain, by_cost, first, last,
                scratch, falls, told,
            )  # fmt: skip
        else:
            kind = UNSURE
        if kind != SAME:
            return kind
    return SAME


@compiled(
    f"int64({INTS},int64,boolean,float64,float64,{COLUMNS},boolean,boolean,{PURSE},{PURSE},{ROUND},{SCRATCH},{FALL},{REALS})"
)
def jump(order, known, warm, start, end, columns, plain, by_cost, first, last, rounds, scratch, falls, told):  # type: ignore[no-untyped-def]
    """Whether every endowment from `start`, which buys `order`, to `end` is proved to buy the same in that order.

    Proof of a round: levels only fall, so that a winner whose level at the start is under each rival's at the end is
    ahead at every endowment between; else as `behind` tells. The first `known` rounds are proved already. `state` is
    the caller's, ALIVE for candidates, and so are the bounds if `warm`; a refuted round leaves bounds that hold after
    it for every endowment up to `end`. `told`: rounds proved, and about how far on the way the order changes; 0 where
    that is not known, below 0 where only the proof fails.
    """
    bound, water, state, out = rounds[0], rounds[1], rounds[6], scratch[2]
    told[WAY], told[PROVED] = 0.0, 0.0
    fill(start, columns, first)
    fill(end, columns, last)
    if not warm:
        reset(columns, rounds)
    straight, length = True, end - start + 4.0 * EPS * end
    low, high, rate = falls
    low[:] = 1.0
    high[:] = 1.0
    for r in range(len(order)):
        w = order[r]
        told[PROVED] = r
        if level(w, columns, plain, last, water[w], np.inf, out) != FOUND or out[1] == np.inf:
            return UNSURE
        y, off = out[0], out[1]
        if level(w, columns, plain, first, max(0.0, y - off), np.inf, out) != FOUND or out[1] == np.inf:
            return UNSURE
        x, err, even = out[0], out[1], out[2] if straight or out[3] == 0.0 else 0.0
        fall(w, x, y, columns, first[0], last[0], falls)
        slow, fast = rate[0], rate[1]
        state[w] = GONE
        kind = SAME
        if r >= known:
            lead = (x, err, y, off, even, slow, fast, length)
            kind = leads(w, lead, straight, columns, plain, by_cost, first, last, rounds, scratch, falls, told)
        if kind != SAME:
            state[w] = ALIVE
            return kind
        straight = straight and same_short(w, x, y, columns, first[0], last[0])
        rise(w, x, y, slow, fast, columns, first[0], last[0], falls)
        buy(w, x, err, columns, plain, first, scratch)
        buy(w, y, off, columns, plain, last, scratch)
    told[PROVED] = len(order)
    for d in range(len(bound)):
        if state[d] == ALIVE:
            kind = level(d, columns, plain, last, water[d], np.inf, out)
            if kind == FOUND:
                payable_from(d, columns, first, last, told)
            if kind != UNPAYABLE:
                return REFUTED if kind == FOUND else UNSURE
    return SAME
