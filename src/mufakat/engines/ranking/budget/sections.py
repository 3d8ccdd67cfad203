"""META and PROJECTS of a Pabulib file read byte by byte, compiled. What is unusual is left to the slow reader."""

from __future__ import annotations

import numpy as np

from mufakat.engines.ranking.budget.compiling import BYTES, INTS, TABLE, compiled, inner
from mufakat.engines.ranking.budget.words import (
    DOT,
    NINE,
    QUOTE,
    RETURN,
    SEMICOLON,
    ZERO,
    cell_end,
    line_end,
    rest_end,
)  # fmt: skip

UNUSUAL = -1
META, PROJECTS, VOTES = 1, 2, 3
(
    KIND,
    BUDGET,
    TOLD_VOTES,
    COUNT,
    SCALE,
    VOTE_COLUMN,
    BODY,
    RETURNS,
    PLACES,
    ROWS,
    ENTRIES,
    BALLOTS,
    LINES,
) = range(13)
"""Places in `told`: what META and PROJECTS say, where the votes' lines start, lines that end in a carriage return; then
of the votes: voters, entries, different ballots, and about how many lines there are."""
FOUND, SPANS = 14, 16
SAMPLE = 4096
"""Bytes of the votes by which their lines are guessed: counting them all takes as long as reading a tenth of them."""
"""Places in `told` for what a line says."""
APPROVAL, CHOOSE_ONE = 1, 2
START, END, COST, DECIMALS, ORDER = 0, 1, 2, 3, 4
"""Rows of the table of projects: where the id stands, the cost's digits and how many are decimals; ids in order."""
DIGITS, PRECISE = 15, 3

_KEYS = (b"budget", b"vote_type", b"num_votes", b"approval", b"choose-1", b"project_id", b"cost", b"vote")
BUDGET_KEY, TYPE_KEY, VOTES_KEY, APPROVAL_KEY, CHOOSE_KEY, ID_KEY, COST_KEY, VOTE_KEY = range(8)
TEXTS = np.frombuffer(b"".join(_KEYS), np.uint8)
_ENDS = np.cumsum([0, *map(len, _KEYS)])
TITLES = (b"META", b"PROJECTS", b"VOTES")


@inner(f"UniTuple(int64,2)({BYTES},int64,int64)")
def content(buf, a, b):  # type: ignore[no-untyped-def]
    """What stands in the cell buf[a:b] without quotes and outer spaces; (-1, -1) where quotes are doubled."""
    if a < b and buf[a] == QUOTE:
        while buf[b - 1] != QUOTE:
            b -= 1
        a, b = a + 1, b - 1
        for k in range(a, b):
            if buf[k] == QUOTE:
                return UNUSUAL, UNUSUAL
    while a < b and buf[a] <= 32:
        a += 1
    while b > a and buf[b - 1] <= 32:
        b -= 1
    return a, b


@inner(f"boolean({BYTES},int64,int64,int64)")
def says(buf, a, b, key):  # type: ignore[no-untyped-def]
    """Whether buf[a:b] is one of our keys, in any case."""
    begin, end = _ENDS[key], _ENDS[key + 1]
    if b - a != end - begin:
        return False
    for k in range(end - begin):
        letter = np.int64(buf[a + k])
        if letter >= 65 and letter <= 90:
            letter += 32
        if letter != np.int64(TEXTS[begin + k]):
            return False
    return True


@inner(f"int64({BYTES},int64,int64)")
def title(buf, a, b):  # type: ignore[no-untyped-def]
    """Which section's heading the line buf[a:b] is, or 0."""
    while a < b and (buf[a] == 32 or buf[a] == 9 or buf[a] == QUOTE):
        a += 1
    while b > a and (buf[b - 1] <= 32 or buf[b - 1] == QUOTE or buf[b - 1] == SEMICOLON):
        b -= 1
    if b - a < 4 or b - a > 8:
        return 0
    code = np.int64(0)
    for k in range(a, b):
        code = code * 32 + (np.int64(buf[k]) & 31)
        if buf[k] < 65 or buf[k] > 122 or (buf[k] > 90 and buf[k] < 97):
            return 0
    if code == ((13 * 32 + 5) * 32 + 20) * 32 + 1:
        return META
    if code == ((((((16 * 32 + 18) * 32 + 15) * 32 + 10) * 32 + 5) * 32 + 3) * 32 + 20) * 32 + 19:
        return PROJECTS
    return VOTES if code == (((22 * 32 + 15) * 32 + 20) * 32 + 5) * 32 + 19 else 0


@inner(f"UniTuple(int64,2)({BYTES},int64,int64)")
def amount(buf, a, b):  # type: ignore[no-untyped-def]
    """Digits of an amount as one number, and how many are decimals, zeros at the end left out; (-1, -1) if not plain."""
    value, digits, places, zeros, has_dot = np.int64(0), 0, 0, 0, False
    for k in range(a, b):
        byte = np.int64(buf[k])
        if byte == DOT and not has_dot and digits > 0:
            has_dot = True
        elif ZERO <= byte <= NINE:
            digits += 1
            if not has_dot:
                value = value * 10 + byte - ZERO
            elif byte == ZERO:
                zeros += 1
            else:
                while zeros > 0:
                    value, zeros, places = value * 10, zeros - 1, places + 1
                value, places = value * 10 + byte - ZERO, places + 1
        else:
            return UNUSUAL, UNUSUAL
        if digits > DIGITS or places > PRECISE:
            return UNUSUAL, UNUSUAL
    return (value, places) if digits > 0 else (UNUSUAL, UNUSUAL)


@inner(f"int64({BYTES},int64,{INTS})")
def next_line(buf, end, told):  # type: ignore[no-untyped-def]
    """Where the line after the one that ends at a place begins."""
    if end > 0 and end < len(buf) and buf[end - 1] == RETURN:
        told[RETURNS] += 1
    return end + 1


@inner(f"int64({BYTES},int64,{INTS})")
def meta(buf, at, told):  # type: ignore[no-untyped-def]
    """Read META from its first line on. Returns where the line after PROJECTS begins, or UNUSUAL."""
    told[KIND], told[BUDGET], told[TOLD_VOTES] = UNUSUAL, UNUSUAL, UNUSUAL
    while at < len(buf):
        end = cell_end(buf, at)
        whole = rest_end(buf, end) if end >= 0 else UNUSUAL
        found = title(buf, at, line_end(buf, at))
        if found == PROJECTS:
            return next_line(buf, line_end(buf, at), told)
        if whole < 0 or found > 0:
            return UNUSUAL
        a, b = content(buf, at, end)
        c, d = end, end
        if end < whole and buf[end] == SEMICOLON:
            stop = cell_end(buf, end + 1)
            c, d = content(buf, end + 1, stop) if stop >= 0 else (UNUSUAL, UNUSUAL)
        is_budget, is_type, is_votes = (
            says(buf, a, b, BUDGET_KEY),
            says(buf, a, b, TYPE_KEY),
            says(buf, a, b, VOTES_KEY),
        )
        if a < 0 or ((is_budget or is_type or is_votes) and c < 0):
            return UNUSUAL
        if is_budget:
            told[BUDGET], told[PLACES] = amount(buf, c, d)
        elif is_type:
            told[KIND] = APPROVAL if says(buf, c, d, APPROVAL_KEY) else UNUSUAL
            if says(buf, c, d, CHOOSE_KEY):
                told[KIND] = CHOOSE_ONE
        elif is_votes:
            told[TOLD_VOTES], places = amount(buf, c, d)
            if told[TOLD_VOTES] < 0 or places > 0 or buf[c] == ZERO:
                return UNUSUAL
        at = next_line(buf, whole, told)
    return UNUSUAL


@inner(f"int64({BYTES},int64,int64,int64,{INTS},{INTS})")
def cells_at(buf, at, first, second, spans, told):  # type: ignore[no-untyped-def]
    """Contents of two columns of the line at a place, into `spans`. Returns where the next line begins, or UNUSUAL.

    `spans`: where each stands, then how many cells there are and whether any says something.
    """
    column, says_something, last = 0, False, max(first, second)
    while True:
        end = cell_end(buf, at)
        if end < 0:
            return UNUSUAL
        if column <= last or not says_something:
            a, b = content(buf, at, end)
            says_something = says_something or a < b or a < 0
            if column == first:
                spans[0], spans[1] = a, b
            if column == second:
                spans[2], spans[3] = a, b
        column += 1
        if end >= len(buf) or buf[end] != SEMICOLON:
            break
        if column > last and says_something:
            end = rest_end(buf, end)
            break
        at = end + 1
    spans[4], spans[5] = column, 1 if says_something else 0
    return next_line(buf, end, told) if end >= 0 else UNUSUAL


@inner(f"int64({BYTES},int64,int64,int64,int64,{INTS})")
def columns_of(buf, at, one, two, end, found):  # type: ignore[no-untyped-def]
    """Columns of a heading that are called by our keys, into `found`, of two alike the first; UNUSUAL for odd quotes."""
    column = 0
    found[0], found[1] = UNUSUAL, UNUSUAL
    while at <= end:
        stop = cell_end(buf, at)
        if stop < 0:
            return UNUSUAL
        a, b = content(buf, at, stop)
        if a < 0:
            return UNUSUAL
        if found[0] < 0 and says(buf, a, b, one):
            found[0] = column
        if found[1] < 0 and says(buf, a, b, two):
            found[1] = column
        column += 1
        if stop >= len(buf) or buf[stop] != SEMICOLON:
            break
        at = stop + 1
    return column


@inner(f"int64({BYTES},int64)")
def skip_blank(buf, at):  # type: ignore[no-untyped-def]
    """Where the first line begins that is not blank; the end if there is none."""
    while at < len(buf):
        end = line_end(buf, at)
        a = at
        while a < end and buf[a] <= 32:
            a += 1
        if a < end:
            return at
        at = end + 1
    return at


@inner(f"int64({BYTES},int64,{TABLE},{INTS})")
def projects(buf, at, table, told):  # type: ignore[no-untyped-def]
    """Read PROJECTS from its first line on. Returns where the line after VOTES begins, or UNUSUAL."""
    found, spans, count = told[FOUND:], told[SPANS:], 0
    at = skip_blank(buf, at)
    if (
        at >= len(buf)
        or title(buf, at, line_end(buf, at)) > 0
        or columns_of(buf, at, ID_KEY, COST_KEY, line_end(buf, at), found) < 0
    ):
        return UNUSUAL
    if found[1] < 0:
        return UNUSUAL
    first, second = max(found[0], 0), found[1]
    at = next_line(buf, line_end(buf, at), told)
    while at < len(buf):
        here = title(buf, at, line_end(buf, at))
        if here == VOTES:
            told[COUNT] = count
            return next_line(buf, line_end(buf, at), told)
        spans[0], spans[1] = UNUSUAL, UNUSUAL
        following = cells_at(buf, at, first, second, spans, told)
        if here > 0 or following < 0:
            return UNUSUAL
        at = following
        if spans[5] == 0:
            continue
        a, b = spans[0], spans[1]
        if spans[4] <= max(first, second) or a < 0 or a >= b or spans[2] < 0 or count >= table.shape[1]:
            return UNUSUAL
        for k in range(a, b):
            if buf[k] < 32 or buf[k] > 126:
                return UNUSUAL
        table[START, count], table[END, count] = a, b
        table[COST, count], table[DECIMALS, count] = amount(buf, spans[2], spans[3])
        if table[COST, count] < 0:
            return UNUSUAL
        told[PLACES] = max(told[PLACES], table[DECIMALS, count])
        count += 1
    return UNUSUAL


@inner(f"boolean({BYTES},{TABLE},int64,int64)")
def precedes(buf, table, c, d):  # type: ignore[no-untyped-def]
    """Whether the id of c comes before that of d as text; the earlier line does if they are the same."""
    a, b = table[START, c], table[START, d]
    one, two = table[END, c] - a, table[END, d] - b
    for k in range(min(one, two)):
        if buf[a + k] != buf[b + k]:
            return buf[a + k] < buf[b + k]
    return one < two or (one == two and c < d)


@inner(f"void({BYTES},{TABLE},int64)")
def arrange(buf, table, count):  # type: ignore[no-untyped-def]
    """Put the projects into the order of their ids (Shell 1959)."""
    gap = max(count // 2, 1)
    for c in range(count):
        table[ORDER, c] = c
    while gap > 0:
        for k in range(gap, count):
            c, j = table[ORDER, k], k
            while j >= gap and precedes(buf, table, c, table[ORDER, j - gap]):
                table[ORDER, j] = table[ORDER, j - gap]
                j -= gap
            table[ORDER, j] = c
        gap //= 2


@inner(f"int64({BYTES},int64)")
def guessed_lines(buf, at):  # type: ignore[no-untyped-def]
    """About how many lines there are from a place on; a few more."""
    begin, lines, last = at, np.int64(1), min(at + SAMPLE, len(buf))
    while at < last:
        at = line_end(buf, at) + 1
        lines += 1
    return 16 + lines + (len(buf) - min(at, len(buf))) * lines * 5 // (4 * max(at - begin, 1))


@compiled(f"int64({BYTES})")
def returns(buf):  # type: ignore[no-untyped-def]
    """How many carriage returns there are."""
    total, at = np.int64(0), 0
    while at < len(buf):
        part, end = np.uint8(0), min(at + 255, len(buf))  # so few that eight bits hold them, which is quickest
        for k in range(at, end):
            part += np.uint8(1) if buf[np.uint64(k)] == RETURN else np.uint8(0)
        total += np.int64(part)
        at = end
    return total


@compiled(f"int64({BYTES},{TABLE},{INTS})")
def head(buf, table, told):  # type: ignore[no-untyped-def]
    """Read everything up to the votes' first line. `told` is zeros; 1, or UNUSUAL."""
    at = 0
    while at < len(buf):
        end = line_end(buf, at)
        found = title(buf, at, end)
        at = next_line(buf, end, told)
        if found == META:
            break
        if found > 0:
            return UNUSUAL
    at = meta(buf, at, told)
    if at < 0 or told[KIND] < 0 or told[BUDGET] < 0:
        return UNUSUAL
    places = told[PLACES]
    at = projects(buf, at, table, told)
    if at < 0:
        return UNUSUAL
    count, found, scale = told[COUNT], told[FOUND:], 1
    at = skip_blank(buf, at)
    end = line_end(buf, at)
    if at >= len(buf) or columns_of(buf, at, VOTE_KEY, VOTE_KEY, end, found) < 0 or found[0] < 0:
        return UNUSUAL
    told[VOTE_COLUMN], told[BODY] = found[0], next_line(buf, end, told)
    for k in range(told[PLACES]):
        scale *= 10
        told[BUDGET] *= 10 if k >= places else 1
        for c in range(count):
            table[COST, c] *= 10 if k >= table[DECIMALS, c] else 1
    told[SCALE] = scale
    told[LINES] = guessed_lines(buf, at)
    arrange(buf, table, count)
    return 1
