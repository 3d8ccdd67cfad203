"""Equal Shares where every vote counts one, in one compiled call: floats with one proved bound, nothing in doubt decided.

A lean twin of the loops in `purses` and `rounds`: no histories of payment, no error per purse. What it cannot prove it leaves to them.
"""

from __future__ import annotations

import numpy as np

from mufakat.engines.ranking.budget.bounds import BEYOND, DOUBT, EPS, FOUND, NEAR, UNPAYABLE
from mufakat.engines.ranking.budget.compiling import INTS, PLACES, REALS, compiled, inner
from mufakat.engines.ranking.budget.facts import BALLOTS, HEAD, PROJECTS, VOTERS

IN_DOUBT = -1
LEVEL, ERROR, PAYERS, HELD, WRONG, REST, ROOM, ROOMS = 0, 1, 2, 3, 4, 5, 6, 7
STRIDE, WEIGHT, FAULT = np.uint32(4), np.uint32(1), np.uint32(2)
"""A purse: what is left, voters, a bound on its error; one more to fill a line of memory evenly."""
FAR = 1e300
SUMS = {"reassoc", "contract", "nsz", "nnan"}
"""Sums in whatever order is quickest: the bounds hold for all."""
SIZE, MET = 0, 1
_COLUMNS = f"Tuple(({INTS},{INTS},{INTS},{PLACES}))"
"""cost, votes, ptr, idx"""
_BIDS = f"UniTuple({REALS},4)"
"""lower bound of the level per utility, level, its error, payers (0 unless even)"""


@inner(f"void({PLACES},int64,int64,{REALS},float64,{REALS})", fastmath=SUMS, forceinline=True)
def weigh(idx, begin, end, purse, x, out):  # type: ignore[no-untyped-def]
    """Supporters parted at a level, into `out`: what the short hold, its error, who is not short, the least they have more.

    Without branches: who is short cannot be foretold.
    """
    held, wrong, rest, room = 0.0, 0.0, 0.0, np.inf
    for k in range(begin, end):
        t = np.uint32(idx[k]) * STRIDE
        own, each, fault = purse[t], purse[t + WEIGHT], purse[t + FAULT]
        far = own - x
        is_short = 1.0 if far < 0.0 else 0.0
        short = each * is_short
        held += short * own
        wrong += short * fault
        rest += each - short
        room = min(room, far + is_short * FAR)
    out[HELD], out[WRONG], out[REST], out[ROOM] = held, wrong, rest, room


@inner(f"int64({PLACES},int64,int64,{REALS},float64,float64,float64,float64,{REALS})", forceinline=True)
def level(idx, begin, end, purse, cost, least, most, worst, out):  # type: ignore[no-untyped-def]
    """Level of a project from a lower bound on, into `out`: x, its error (inf in doubt), payers where nobody who is
    short has anything left, else 0.

    BEYOND as soon as it is surely more than `most`, with a lower bound as x: however supporters are parted into two,
    Σ min(purse, x) is no more than the purses of the ones and x of each of the others.
    """
    x = least
    while True:
        weigh(idx, begin, end, purse, x, out)
        held, rest, room = out[HELD], out[REST], out[ROOM]
        rounding = (end - begin + 8) * EPS * (cost + held)
        off = out[WRONG] + rounding
        if rest == 0.0:
            return UNPAYABLE if held + 2.0 * off < cost else DOUBT
        following = (cost - held) / rest
        if following > most:
            below = following - off / rest * 1.001 - 8.0 * EPS * following
            if below > most:
                out[LEVEL] = below
                return BEYOND
        higher = following - x
        if higher < room or following <= x * (1.0 + 8.0 * EPS):  # nobody becomes short on the way up
            break
        x = max(x, following)
    margin, payers = NEAR * following, rest
    is_clear = room - higher > margin
    out[LEVEL], out[ERROR], out[PAYERS] = following, np.inf, 0.0
    if not is_clear:  # who is nearly short may not make up for the errors of others, and may be short
        rest, off = 0.0, rounding
        for k in range(begin, end):
            t = np.uint32(idx[k]) * STRIDE
            if purse[t] - following > margin:
                rest += purse[t + WEIGHT]
            else:
                off += purse[t + WEIGHT] * purse[t + FAULT]
    if rest > 0.0:
        bound = off / rest * 1.001 + 8.0 * EPS * following
        if bound + worst <= 0.5 * margin:
            out[ERROR] = bound
            if is_clear and held == 0.0:
                out[PAYERS] = payers
    return FOUND


@inner(f"float64({PLACES},int64,int64,{REALS},float64,float64,float64)", forceinline=True)
def pay(idx, begin, end, purse, x, err, worst):  # type: ignore[no-untyped-def]
    """Charge supporters x each, or all they have. Returns whether it is clear of each whether they were short."""
    margin, near = NEAR * x, False
    for k in range(begin, end):
        t = np.uint32(idx[k]) * STRIDE
        own = purse[t]
        far = own - x
        near = near | ((abs(far) <= margin) & (own > 0.0))
        fault = purse[t + FAULT] + err + 2.0 * EPS * own
        fault = 0.0 if far < -margin else fault
        worst = max(worst, fault)
        purse[t], purse[t + FAULT] = max(far, 0.0), fault
    return -worst if near else worst


@inner(f"void({INTS},{REALS},int64,int64)", forceinline=True)
def sink(heap, key, size, at):  # type: ignore[no-untyped-def]
    """Let the entry at a place of a heap of projects down to where it belongs; the least key is on top."""
    c = heap[at]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and key[heap[child + 1]] < key[heap[child]]:
            child += 1
        if key[heap[child]] >= key[c]:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = c


@inner(f"void({INTS},{REALS},int64,int64)")
def push(heap, key, size, c):  # type: ignore[no-untyped-def]
    """Enter a project into a heap of this size."""
    at = size
    while at > 0 and key[heap[(at - 1) // 2]] > key[c]:
        heap[at] = heap[(at - 1) // 2]
        at = (at - 1) // 2
    heap[at] = c


@inner(f"int64(int64,int64,{INTS},{INTS},{INTS},{PLACES},{REALS},boolean)")
def ahead(c, d, cost, rank, ptr, idx, payers, by_cost):  # type: ignore[no-untyped-def]
    """1 when c is ahead of d exactly, -1 when behind, 0 when that needs more than counts: see `rounds.ahead`."""
    order = 1 if rank[c] < rank[d] else -1
    if payers[c] > 0.0 and payers[d] > 0.0:
        left, right = (1, 1) if by_cost else (cost[c], cost[d])
        if float(left) * payers[d] < 9e18 and float(right) * payers[c] < 9e18:
            left, right = left * int(payers[d]), right * int(payers[c])
            return order if left == right else (1 if left < right else -1)
    if cost[c] != cost[d] or ptr[c + 1] - ptr[c] != ptr[d + 1] - ptr[d]:
        return 0
    for k in range(ptr[c + 1] - ptr[c]):
        if idx[ptr[c] + k] != idx[ptr[d] + k]:
            return 0
    return order


@inner(f"int64({INTS},float64,boolean,{REALS},{REALS},{INTS})")
def start(facts, endowment, by_cost, purse, key, heap):  # type: ignore[no-untyped-def]
    """Fill purses, and the heap with all candidates. Returns how many there are."""
    count, ballots, size = facts[PROJECTS], facts[BALLOTS], 0
    cost, votes, weight = facts[HEAD:], facts[HEAD + 2 * count :], facts[HEAD + 4 * count + 1 :]
    for t in range(ballots):
        purse[4 * t], purse[4 * t + 1], purse[4 * t + 2] = endowment, float(weight[t]), 2.0 * EPS * endowment
    for c in range(count):
        if votes[c] > 0 and (cost[c] > 0 or not by_cost):
            key[c] = (1.0 if by_cost else float(cost[c])) / votes[c] * (1.0 - 16.0 * EPS)
            heap[size] = c
            size += 1
    for at in range(size // 2 - 1, -1, -1):
        sink(heap, key, size, at)
    return size


@inner(f"float64({_COLUMNS},boolean,{REALS},{_BIDS},{INTS},{INTS},{INTS},float64,float64,{REALS})")
def offers(columns, by_cost, purse, bids, heap, fresh, now, left, worst, out):  # type: ignore[no-untyped-def]
    """Candidates that may have the least level per utility, from the heap to `fresh`. Returns a bound of the least from
    above, or below 0 in doubt. `left` is what all voters hold together."""
    cost, votes, ptr, idx = columns
    key, xs, errors, payers = bids
    least, size, met = np.inf, now[SIZE], 0
    while size > 0 and key[heap[0]] <= least:
        c = heap[0]
        size -= 1
        heap[0] = heap[size]
        sink(heap, key, size, 0)
        price = float(cost[c])
        factor = price if by_cost else 1.0
        if price > left * (1.0 + NEAR):
            continue
        if price == 0.0:
            xs[c], errors[c], payers[c], key[c], least = 0.0, 0.0, float(votes[c]), 0.0, 0.0
            fresh[met] = c
            met += 1
            continue
        kind = level(
            idx, ptr[c], ptr[c + 1], purse, price, key[c] * factor * (1.0 - 2.0 * EPS),
            least * factor * (1.0 + 16.0 * EPS), worst, out,
        )  # fmt: skip
        if kind == UNPAYABLE:
            continue
        if kind == DOUBT:
            return -1.0
        if kind == BEYOND:
            key[c] = max(key[c], out[LEVEL] / factor * (1.0 - 4.0 * EPS))
            push(heap, key, size, c)
            size += 1
            continue
        xs[c], errors[c], payers[c] = out[LEVEL], out[ERROR], out[PAYERS]
        if out[ERROR] < np.inf:
            key[c] = max(key[c], (out[LEVEL] - out[ERROR]) / factor * (1.0 - 4.0 * EPS))
            least = min(least, (out[LEVEL] + out[ERROR]) / factor * (1.0 + 4.0 * EPS))
        fresh[met] = c
        met += 1
    now[SIZE], now[MET] = size, met
    return least


@inner(f"int64({_COLUMNS},{INTS},boolean,{_BIDS},{INTS},{INTS},{INTS},float64)")
def chosen(columns, rank, by_cost, bids, heap, fresh, now, least):  # type: ignore[no-untyped-def]
    """The first of those on offer, the others going back to the heap; -1 where none can be paid, -2 in doubt."""
    cost, _, ptr, idx = columns
    key, errors, payers, winner = bids[0], bids[2], bids[3], -1
    for k in range(now[MET]):
        c = fresh[k]
        if key[c] > least:
            continue
        order = 1 if winner < 0 else ahead(c, winner, cost, rank, ptr, idx, payers, by_cost)
        if order == 0 or errors[c] == np.inf:
            return -2
        if order > 0:
            winner = c
    for k in range(now[MET]):
        if fresh[k] != winner:
            push(heap, key, now[SIZE], fresh[k])
            now[SIZE] += 1
    return winner


@compiled(f"int64({INTS},{PLACES},float64,boolean,{REALS},{INTS})")
def equal_shares(facts, idx, endowment, by_cost, floats, bought):  # type: ignore[no-untyped-def]
    """Buy with this endowment per voter until nothing can be paid. Returns how many were bought, or IN_DOUBT.

    `floats` has room for four numbers per ballot and per project and for ROOMS, `bought` for three per project and two.
    """
    count, ballots = facts[PROJECTS], facts[BALLOTS]
    cost, rank, votes = facts[HEAD : HEAD + count], facts[HEAD + count :], facts[HEAD + 2 * count :]
    purse, rest = floats[: 4 * ballots], floats[4 * ballots :]
    bids = (rest[:count], rest[count:], rest[2 * count :], rest[3 * count :])
    columns, out = (cost, votes, facts[HEAD + 3 * count :], idx), rest[4 * count :]
    heap, fresh, now = bought[count : 2 * count], bought[2 * count :], bought[3 * count :]
    now[SIZE] = start(facts, endowment, by_cost, purse, bids[0], heap)
    worst, left, is_clear, done = 2.0 * EPS * endowment, endowment * float(facts[VOTERS]), True, 0
    while now[SIZE] > 0:
        least = offers(columns, by_cost, purse, bids, heap, fresh, now, left, worst, out)
        if least < 0.0:
            return IN_DOUBT
        if not is_clear:  # an empty purse may not be quite empty, so that payers are not known
            for k in range(now[MET]):
                bids[3][fresh[k]] = 0.0
        c = chosen(columns, rank, by_cost, bids, heap, fresh, now, least)
        if c == -2:
            return IN_DOUBT
        if c < 0:
            continue
        bought[done] = c
        done += 1
        left -= float(cost[c])
        x = bids[1][c]
        if x > 0.0:
            worst = pay(idx, columns[2][c], columns[2][c + 1], purse, x, bids[2][c], worst)
            is_clear = is_clear and worst > 0.0
            worst = abs(worst)
    return done
