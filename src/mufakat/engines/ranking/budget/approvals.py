"""VOTES of a Pabulib file without amounts read byte by byte into sets of projects, compiled.

A ballot is a row of bits, so that equal sets are equal however they are written, and come out sorted. What is unusual
(unknown or doubled projects, odd quotes, voters without any cell) is left to the slow reader.
"""

from __future__ import annotations

import numpy as np

from mufakat.engines.ranking.budget.compiling import BYTES, INTS, PLACES, TABLE, WORDS, compiled, inner
from mufakat.engines.ranking.budget.facts import HEAD
from mufakat.engines.ranking.budget.sections import (
    BALLOTS,
    BODY,
    BUDGET,
    COST,
    COUNT,
    END,
    ENTRIES,
    ORDER,
    ROWS,
    SCALE,
    START,
    UNUSUAL,
    VOTE_COLUMN,
    next_line,
)  # fmt: skip
from mufakat.engines.ranking.budget.words import (
    COMMA,
    LINE_FEED,
    QUOTE,
    RETURN,
    SEMICOLON,
    cell_end,
    ends_of_name,
    first_bytes,
    lowest,
    rest_end,
    word_at,
)  # fmt: skip

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Multiplies a key so that its high bits depend on all of it (Knuth 1973)."""
FULL = -2
ONE, SIX, WORD = np.uint64(1), np.uint64(6), np.uint64(63)


@inner(f"Tuple((uint64,uint64,int64))({BYTES},int64)", forceinline=True)
def name_at(buf, at):  # type: ignore[no-untyped-def]
    """First bytes of the name at a place, a hash of all, and where it ends."""
    word = word_at(buf, at)
    marks = ends_of_name(word)
    if marks != 0:
        size = lowest(marks) >> 3
        word = first_bytes(word, size)
        return word, word * SPREAD, at + size
    key, value = word, word * SPREAD
    while True:
        at += 8
        word = word_at(buf, at)
        marks = ends_of_name(word)
        if marks != 0:
            size = lowest(marks) >> 3
            value = (value ^ (value >> np.uint64(29)) ^ first_bytes(word, size)) * SPREAD
            return key, value, at + size
        value = (value ^ (value >> np.uint64(29)) ^ word) * SPREAD


@inner(f"boolean({BYTES},int64,int64,int64)", forceinline=True)
def ends_alike(buf, a, b, count):  # type: ignore[no-untyped-def]
    """Whether so many bytes from two places on are the same; true for none."""
    while count >= 8:
        if word_at(buf, a) != word_at(buf, b):
            return False
        a, b, count = a + 8, b + 8, count - 8
    return count <= 0 or first_bytes(word_at(buf, a) ^ word_at(buf, b), count) == 0


@inner(f"int64({BYTES},int64,int64,uint64,uint64,{TABLE},{INTS},{WORDS},uint64)", forceinline=True)
def project_of(buf, at, end, key, value, table, slots, keys, shift):  # type: ignore[no-untyped-def]
    """The number of the project called buf[at:end]; below 0 the place where it would be entered, counted from -1 down.

    A name of fewer than eight bytes is its key: no other has the same.
    """
    mask, place = np.uint64(len(slots) - 1), value >> shift
    while slots[place] > 0:
        if keys[place] == key:
            c = slots[place] - 1
            if end - at < 8 or (
                table[END, c] - table[START, c] == end - at
                and ends_alike(buf, table[START, c] + 8, at + 8, end - at - 8)
            ):
                return c
        place = (place + ONE) & mask
    return -1 - np.int64(place)


@inner(f"int64({BYTES},int64,{TABLE},{INTS},{WORDS},uint64,{WORDS},int64)", forceinline=True)
def ballot(buf, at, table, slots, keys, shift, row, width):  # type: ignore[no-untyped-def]
    """Mark the projects of the vote at a place in the first `width` words of `row`. Returns where its cell ends, or UNUSUAL."""
    for k in range(width):
        row[k] = 0
    is_quoted = at < len(buf) and buf[at] == QUOTE
    if is_quoted:
        at += 1
    while True:
        while at < len(buf) and (buf[at] == 32 or buf[at] == COMMA):
            at += 1
        key, value, end = name_at(buf, at)
        if end > at:
            c = project_of(buf, at, end, key, value, table, slots, keys, shift)
            if c < 0:
                return UNUSUAL
            bit = ONE << (np.uint64(c) & WORD)
            if row[np.uint64(c) >> SIX] & bit:
                return UNUSUAL
            row[np.uint64(c) >> SIX] |= bit
            at = end
        while at < len(buf) and buf[at] == 32:
            at += 1
        if at >= len(buf):
            return UNUSUAL if is_quoted else at
        byte = buf[at]
        if byte == COMMA:
            at += 1
            continue
        if is_quoted:
            if byte != QUOTE:
                return UNUSUAL
            at += 1
            byte = buf[at] if at < len(buf) else np.uint8(LINE_FEED)
        if byte == RETURN:
            return at + 1 if at + 1 < len(buf) and buf[at + 1] == LINE_FEED else UNUSUAL
        return min(at, len(buf)) if byte in (SEMICOLON, LINE_FEED) else UNUSUAL


@inner("int64(uint64)")
def bits(word):  # type: ignore[no-untyped-def]
    """How many bits of a word are set."""
    count = 0
    while word != 0:
        word &= word - ONE
        count += 1
    return count


@inner(f"boolean({BYTES},int64,int64)")
def says_something(buf, a, b):  # type: ignore[no-untyped-def]
    """Whether any cell between two places holds more than spaces and quotes."""
    while a < b and (buf[a] <= 32 or buf[a] in (SEMICOLON, QUOTE)):
        a += 1
    return a < b


@inner(f"int64({BYTES},int64,{TABLE},{INTS},{WORDS})")
def enter_names(buf, count, table, slots, keys):  # type: ignore[no-untyped-def]
    """Fill the table of names, zeros, its size a power of two. Returns how far hashes are shifted, or UNUSUAL."""
    shift = 64
    while 1 << (64 - shift) < len(slots):
        shift -= 1
    for c in range(count):
        key, value, end = name_at(buf, table[START, c])
        if end != table[END, c]:
            return UNUSUAL
        place = project_of(buf, table[START, c], end, key, value, table, slots, keys, np.uint64(shift))
        if place >= 0:
            return UNUSUAL
        slots[-1 - place], keys[-1 - place] = c + 1, key
    return shift


@compiled(f"int64({BYTES},{TABLE},{INTS},{WORDS},{WORDS},{INTS},{INTS},{INTS})")
def votes(buf, table, slots, keys, sets, counts, met, told):  # type: ignore[no-untyped-def]
    """Count equal ballots: row t of `sets` marks the projects of the t-th different one, which `counts[t]` voters cast.

    `slots` and `met` are zeros, their sizes powers of two. Returns how many ballots differ, UNUSUAL, or FULL where more
    differ than `counts` has room for.
    """
    shift, width = enter_names(buf, told[COUNT], table, slots, keys), (told[COUNT] + 63) >> 6
    known, rows, entries = 0, 0, 0
    at, column = told[BODY], told[VOTE_COLUMN]
    if shift < 0:
        return UNUSUAL
    while at < len(buf):
        end, passed = at, 0
        while passed < column:
            end = cell_end(buf, end)
            if end < 0:
                return UNUSUAL
            if end >= len(buf) or buf[end] != SEMICOLON:
                break
            end, passed = end + 1, passed + 1
        row = sets[known * width :]
        if passed == column:
            end = ballot(buf, end, table, slots, keys, np.uint64(shift), row, width)
        else:
            row[:width] = 0
        if end >= 0:
            end = rest_end(buf, end)
        if end < 0:
            return UNUSUAL
        value, size = np.uint64(0), np.uint64(0)
        for k in range(width):
            value = (value ^ (value >> np.uint64(29)) ^ row[k]) * SPREAD
            size |= row[k]
        if size == 0 and not says_something(buf, at, end):
            for k in range(at, end):
                if buf[k] == SEMICOLON:
                    return UNUSUAL
            at = next_line(buf, end, told)
            continue
        at, rows = next_line(buf, end, told), rows + 1
        place = np.int64((value ^ (value >> np.uint64(32))) & np.uint64(len(met) - 1))
        while met[place] > 0:
            other = (met[place] - 1) * width
            k = 0
            while k < width and sets[other + k] == row[k]:
                k += 1
            if k == width:
                break
            place = (place + 1) & (len(met) - 1)
        if met[place] == 0:
            if known == len(counts):
                return FULL
            met[place], counts[known] = known + 1, 0
            known += 1
            for k in range(width):
                entries += bits(row[k])
        counts[met[place] - 1] += 1
    told[ROWS], told[BALLOTS], told[ENTRIES] = rows, known, entries
    return known


@compiled(f"void({TABLE},{WORDS},{INTS},{INTS},{INTS},{PLACES})")
def lay_out(table, sets, counts, told, facts, idx):  # type: ignore[no-untyped-def]
    """Fill `facts` and the columns' ballots as `facts` describes them."""
    count, ballots, entries, width = told[COUNT], told[BALLOTS], told[ENTRIES], (told[COUNT] + 63) >> 6
    facts[0], facts[1], facts[2], facts[3] = count, ballots, entries, told[BUDGET]
    facts[4], facts[5], facts[6], facts[7] = told[ROWS], told[SCALE], 0, 0
    at = HEAD
    for c in range(count):
        facts[at + c], facts[at + count + table[ORDER, c]], facts[at + 2 * count + c] = table[COST, c], c, 0
    votes, ptr = facts[at + 2 * count :], facts[at + 3 * count :]
    at += 4 * count + 1
    weight, start = facts[at : at + ballots], facts[at + ballots :]
    project, amount = facts[at + 2 * ballots + 1 :], facts[at + 2 * ballots + 1 + entries :]
    ptr[: count + 1] = 0
    size = 0
    for t in range(ballots):
        weight[t], start[t] = counts[t], size
        for k in range(width):
            word = sets[t * width + k]
            while word != 0:
                c = 64 * k + lowest(word)
                word &= word - ONE
                project[size], amount[size] = c, 1
                votes[c] += counts[t]
                ptr[c + 1] += 1
                size += 1
    start[ballots] = size
    for c in range(count):
        ptr[c + 1] += ptr[c]
    for t in range(ballots - 1, -1, -1):  # backwards, so that the ends become the beginnings
        for k in range(start[t + 1] - 1, start[t] - 1, -1):
            c = project[k]
            ptr[c + 1] -= 1
            idx[ptr[c + 1]] = t
    for c in range(count):
        ptr[c] = ptr[c + 1]
    ptr[count] = size
