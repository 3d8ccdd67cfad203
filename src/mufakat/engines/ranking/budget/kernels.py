"""The inner loops of Equal Shares, compiled (numba). Floats with a proved bound on their error; never a decision in doubt.

Columns: project c is listed by ballots `idx[ptr[c]:ptr[c + 1]]` with `amt` beside each. Of every ballot a purse is kept:
its budget, a bound on the budget's error, and a number for its history of payments; ballots of one number have paid
exactly the same, so that equal levels are known to be equal without rationals.

Bound of a level x, where Σ min(budget, x·amount) = cost: moving every budget by at most its error moves the sum by at
most the errors of those who are short or nearly so, and those clearly richer make up for it by `rest` per unit of x.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

EPS = 2.0**-52
NEAR = 1e-9
"""Relative distance within which a supporter counts as neither short nor rich."""

ALIVE, GONE = 0, 1
FOUND, UNPAYABLE, DOUBT, BEYOND = 0, 1, 2, 3
REFUTED, SAME, UNSURE = 0, 1, 2
TWINS, LIKE = 2, 1
COUNT, NEXT = 0, 1
WAY, PROVED = 0, 1
START_WITHOUT = 2

_njit: Any = numba.njit
# Places of ballots are read as unsigned numbers, which spares the loops a look for places counted from the end.
_I, _F, _B, _X = "int64[::1]", "float64[::1]", "int8[::1]", "int32[::1]"
_COLUMNS = f"Tuple(({_I},{_X},{_F},{_F},{_F},{_I},{_I},{_F},{_I}))"
"""ptr, idx, amt, weight, cost, whole cost, support, factor, rank"""
_PURSE = f"Tuple(({_F},{_F},{_I},{_F},{_I}))"
"""budget, error, history, [largest error], [projects bought, next history]"""
_ROUND = f"Tuple(({_F},{_F},{_F},{_F},{_F},{_I},{_B}))"
"""bound (level per utility, from below), water (level, from below), x, error, payers (0 unless even), round, state"""
_FALL = f"Tuple(({_F},{_F},{_F}))"
"""how fast budgets rise with the endowment: at least, at most; the same of the fall of one level"""
_SCRATCH = f"Tuple(({_F},{_I},{_F}))"
"""tally by history, new number by history, [x, error, payers, any spent]; `payers` is the amount of those who have not
spent all when each of them pays in full and nobody is nearly short, so that the level is cost ÷ payers; else 0."""


def compiled(signature: str) -> Any:
    """Compile once, when imported; the machine code is kept beside the package or in the user's cache folder."""
    return _njit(signature, cache=True, _nrt=False, error_model="numpy")


@compiled(f"boolean(int64,int64,{_COLUMNS},{_I})")
def have_spent(c, count, columns, history):  # type: ignore[no-untyped-def]
    """Whether as many supporters of c have spent all, those without a budget being no fewer."""
    ptr, idx, spent = columns[0], columns[1], 0
    for k in range(ptr[c], ptr[c + 1] if count > 0 else ptr[c]):
        spent += 1 if history[idx[k]] == 0 else 0
    return spent == count


@compiled(f"int64(int64,{_COLUMNS},boolean,{_PURSE},float64,float64,{_F})")
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
    x = following
    margin, near = NEAR * x, False
    if not plain or gap <= margin:
        wrong, rest = 0.0, 0.0
        for k in range(begin, end):
            t = idx[k]
            far = budget[t] - x * amt[k]
            if far > margin * amt[k]:
                rest += weight[t] * amt[k]
            else:
                wrong += weight[t] * error[t]
                near = near or far >= -margin * amt[k]
    out[0], out[1] = x, np.inf
    if rest > 0.0:
        bound = (wrong + rounding) / rest * 1.001 + 8.0 * EPS * x
        if bound + worst <= 0.5 * margin:
            out[1] = bound
            if not near and held == 0.0 and have_spent(c, poor, columns, history):
                out[2], out[3] = rest, poor
    return FOUND


@compiled(f"void(float64,{_COLUMNS},{_PURSE})")
def fill(endowment, columns, purse):  # type: ignore[no-untyped-def]
    """Every purse before the first purchase."""
    budget, error, history, worst, now = purse
    for t in range(len(budget)):
        budget[t], error[t], history[t] = endowment, endowment * EPS, 1
    worst[0], now[COUNT], now[NEXT] = endowment * EPS, 0, 2


@compiled(f"void({_COLUMNS},{_ROUND})")
def reset(columns, rounds):  # type: ignore[no-untyped-def]
    """Bounds before the first purchase; `state` is the caller's."""
    cost, support, factor = columns[4], columns[6], columns[7]
    bound, water, seen = rounds[0], rounds[1], rounds[5]
    for c in range(len(cost)):
        seen[c] = -1
        if support[c] > 0 and factor[c] > 0.0:
            water[c] = cost[c] / support[c] * (1.0 - 8.0 * EPS)
            bound[c] = water[c] / factor[c] * (1.0 - 4.0 * EPS)


@compiled(f"void({_PURSE},{_I})")
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


@compiled(f"boolean(int64,float64,float64,{_COLUMNS},boolean,{_PURSE},{_SCRATCH})")
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


@compiled(f"int64(int64,int64,{_COLUMNS},boolean,{_I},{_F})")
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


@compiled(f"int64(int64,int64,float64,float64,{_COLUMNS},boolean)")
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


@compiled(f"int64(int64,int64,{_COLUMNS},boolean,boolean,{_PURSE},{_ROUND},{_F})")
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


@compiled(f"int64({_COLUMNS},boolean,boolean,{_PURSE},{_ROUND},{_SCRATCH},{_F})")
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


@compiled(f"int64(int64,float64,int64,boolean,{_B},{_COLUMNS},boolean,boolean,{_PURSE},{_ROUND},{_SCRATCH},{_F},{_I})")
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


@compiled(f"boolean(int64,float64,float64,{_COLUMNS},{_F},{_F})")
def same_short(c, x, y, columns, here, there):  # type: ignore[no-untyped-def]
    """Whether the same supporters of c are clearly short at level x of these budgets and y of those."""
    ptr, idx, amt = columns[0], columns[1], columns[2]
    for k in range(ptr[c], ptr[c + 1]):
        one, two = here[idx[k]] - x * amt[k], there[idx[k]] - y * amt[k]
        if abs(one) <= NEAR * x * amt[k] or abs(two) <= NEAR * y * amt[k] or (one < 0.0) != (two < 0.0):
            return False
    return True


@compiled(f"float64(int64,{_COLUMNS},{_F})")
def held(c, columns, budget):  # type: ignore[no-untyped-def]
    """What the supporters of c hold together, about."""
    ptr, idx, weight, money = columns[0], columns[1], columns[3], 0.0
    for k in range(ptr[c], ptr[c + 1]):
        money += weight[idx[k]] * budget[idx[k]]
    return money


@compiled(f"void(int64,{_COLUMNS},{_PURSE},{_PURSE},{_F})")
def payable_from(c, columns, first, last, told):  # type: ignore[no-untyped-def]
    """About how far between the ends c becomes payable, into `told`."""
    here, there = held(c, columns, first[0]), held(c, columns, last[0])
    if here < there:
        told[WAY] = (columns[4][c] - here) / (there - here)


@compiled(f"void(int64,float64,float64,{_COLUMNS},{_F},{_F},{_FALL})")
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


@compiled(f"void(int64,float64,float64,float64,float64,{_COLUMNS},{_F},{_F},{_FALL})")
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


@compiled("float64(float64,float64,float64,float64,float64)")
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


@compiled(
    f"int64(int64,int64,float64,float64,float64,float64,float64,boolean,float64,float64,float64,{_COLUMNS},boolean,"
    f"boolean,{_PURSE},{_PURSE},{_SCRATCH},{_FALL},{_F})"
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


@compiled(
    f"int64({_I},int64,boolean,float64,float64,{_COLUMNS},boolean,boolean,{_PURSE},{_PURSE},{_ROUND},{_SCRATCH},"
    f"{_FALL},{_F})"
)
def jump(order, known, warm, start, end, columns, plain, by_cost, first, last, rounds, scratch, falls, told):  # type: ignore[no-untyped-def]
    """Whether every endowment from `start`, which buys `order`, to `end` is proved to buy the same in that order.

    Proof of a round: levels only fall, so that a winner whose level at the start is under each rival's at the end is
    ahead at every endowment between; else as `behind` tells. The first `known` rounds are proved already. `state` is
    the caller's, ALIVE for candidates, and so are the bounds if `warm`; a refuted round leaves bounds that hold after
    it for every endowment up to `end`. `told`: rounds proved, and about how far on the way the order changes; 0 where
    that is not known, below 0 where only the proof fails.
    """
    factor = columns[7]
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
        top = (x + err) / factor[w] * (1.0 + 4.0 * EPS)
        fall(w, x, y, columns, first[0], last[0], falls)
        slow, fast = rate[0], rate[1]
        state[w] = GONE
        for d in range(len(bound) if r >= known else 0):
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


@compiled(f"int64(boolean,{_I},{_I},{_I},{_I},{_I},{_I},{_X},{_F},{_I})")
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
