"""The VOTES section of a Pabulib file read byte by byte, compiled. What is unusual is left to the slow reader.

Bytes are compared, not only their hashes, so that equal ballots are equal.
"""

from __future__ import annotations

from mufakat.engines.ranking.budget.compiling import BYTES, INTS, compiled, inner
from mufakat.engines.ranking.budget.words import COMMA, LINE_FEED, NINE, QUOTE, RETURN, SEMICOLON, ZERO

ROWS, REPEATED, FROM, TO, EMPTY = 0, 1, 2, 3, 4
"""Places in `told`: lines counted, voters met again, where the first such id stands, lines without any cell filled."""
UNUSUAL = -1


@inner(f"int64(int64,{BYTES},int64,int64)")
def mixed(value, buf, a, b):  # type: ignore[no-untyped-def]
    """A hash of buf[a:b] going on from `value`, four bytes at a time."""
    while a + 4 <= b:
        part = (buf[a] * 1000003 + buf[a + 1]) * 998244353 + buf[a + 2] * 1000003 + buf[a + 3]
        value = (value * 6364136223846793005 + part) ^ (value >> 31)
        a += 4
    while a < b:
        value = value * 6364136223846793005 + buf[a]
        a += 1
    return value * 6364136223846793005 + (b - a)


@inner(f"int64({BYTES},int64,int64,int64,int64,{INTS},{INTS},int64,{INTS})")
def find(buf, a, b, c, d, table, spans, width, known):  # type: ignore[no-untyped-def]
    """Number of the text buf[a:b] with buf[c:d], entered as the next one when new. Table sizes are powers of two."""
    value = mixed(7, buf, a, b)
    if width == 4:
        value = mixed(value, buf, c, d)
    value ^= value >> 32
    mask = len(table) - 1
    slot = value & mask
    while table[slot] > 0:
        at = (table[slot] - 1) * width
        if spans[at + 1] - spans[at] == b - a and (width == 2 or spans[at + 3] - spans[at + 2] == d - c):
            same = True
            for k in range(b - a):
                if buf[spans[at] + k] != buf[a + k]:
                    same = False
                    break
            for k in range(d - c if same else 0):
                if buf[spans[at + 2] + k] != buf[c + k]:
                    same = False
                    break
            if same:
                return table[slot] - 1
        slot = (slot + 1) & mask
    number = known[0]
    table[slot] = number + 1
    spans[number * width], spans[number * width + 1] = a, b
    if width == 4:
        spans[number * width + 2], spans[number * width + 3] = c, d
    known[0] = number + 1
    return number


@inner(f"void({BYTES},int64,int64,{INTS},{INTS},{INTS},{INTS},{INTS})")
def person(buf, a, b, ids, id_spans, met, persons, told):  # type: ignore[no-untyped-def]
    """Note the voter buf[a:b], and whether they were met before."""
    while a < b and buf[a] <= 32:
        a += 1
    while b > a and buf[b - 1] <= 32:
        b -= 1
    if a == b:
        return
    before = persons[0]
    number = find(buf, a, b, 0, 0, ids, id_spans, 2, persons)
    if number == before:
        met[number] = 0
    elif met[number] == 0:
        met[number] = 1
        told[REPEATED] += 1
        if told[TO] == 0 or id_spans[2 * number] < told[FROM]:
            told[FROM], told[TO] = id_spans[2 * number], id_spans[2 * number + 1]


@compiled(f"int64({BYTES},int64,int64,int64,int64,int64,boolean[::1],{INTS},{INTS},{INTS},{INTS},{INTS},{INTS},{INTS})")
def lines(buf, pos, vote, points, voter, width, ends_field, table, spans, counts, ids, id_spans, met, told):  # type: ignore[no-untyped-def]
    """Count equal ballots. Returns how many different ones there are, or UNUSUAL."""
    end = len(buf)
    known, persons = told[5:6], told[6:7]
    while pos < end:
        column, filled = 0, False
        va, vb, pa, pb, ia, ib = 0, 0, 0, 0, 0, 0
        while True:
            a = pos
            if pos < end and buf[pos] == QUOTE:
                a = pos + 1
                pos = a
                while pos < end and buf[pos] != QUOTE and buf[pos] != LINE_FEED and buf[pos] != RETURN:
                    filled = filled or buf[pos] > 32
                    pos += 1
                if pos >= end or buf[pos] != QUOTE:
                    return UNUSUAL
                b = pos
                pos += 1
                if pos < end and buf[pos] != SEMICOLON and buf[pos] != LINE_FEED and buf[pos] != RETURN:
                    return UNUSUAL
            else:
                while pos < end and not ends_field[buf[pos]]:
                    pos += 1
                b = pos
                k = a
                while not filled and k < b:
                    filled = buf[k] > 32
                    k += 1
            if column == vote:
                va, vb = a, b
            elif column == points:
                pa, pb = a, b
            elif column == voter:
                ia, ib = a, b
            column += 1
            if pos >= end or buf[pos] != SEMICOLON:
                break
            pos += 1
        if pos < end and buf[pos] == RETURN:
            pos += 1
        if pos < end and buf[pos] == LINE_FEED:
            pos += 1
        if not filled:
            told[EMPTY] += 1 if column > 1 else 0
            continue
        told[ROWS] += 1
        if vote >= 0:
            counts[find(buf, va, vb, pa, pb, table, spans, width, known)] += 1
        person(buf, ia, ib, ids, id_spans, met, persons, told)
    return known[0]


@inner(f"int64({BYTES},{BYTES},{INTS},{INTS},int64,int64)")
def project_of(buf, names, ends, table, a, b):  # type: ignore[no-untyped-def]
    """Number of the project called buf[a:b], or UNUSUAL."""
    value = mixed(7, buf, a, b)
    mask = len(table) - 1
    slot = (value ^ (value >> 32)) & mask
    while table[slot] > 0:
        c = table[slot] - 1
        if ends[c + 1] - ends[c] == b - a:
            same = True
            for k in range(b - a):
                if names[ends[c] + k] != buf[a + k]:
                    same = False
                    break
            if same:
                return c
        slot = (slot + 1) & mask
    return UNUSUAL


@inner("int64(int64)")
def place_of(key):  # type: ignore[no-untyped-def]
    """A hash of a number."""
    value = key * 6364136223846793005
    return value ^ (value >> 32)


@compiled(f"void({BYTES},{INTS},{INTS},{INTS},{INTS})")
def enter(names, ends, table, short, keys):  # type: ignore[no-untyped-def]
    """Fill the table of project names, and that of names up to eight bytes, which are compared as one number."""
    mask = len(table) - 1
    for c in range(len(ends) - 1):
        value = mixed(7, names, ends[c], ends[c + 1])
        slot = (value ^ (value >> 32)) & mask
        while table[slot] > 0:
            slot = (slot + 1) & mask
        table[slot] = c + 1
        if ends[c + 1] - ends[c] <= 8:
            key = 0
            for k in range(ends[c], ends[c + 1]):
                key = (key << 8) | names[k]
            slot = place_of(key) & mask
            while short[slot] > 0:
                slot = (slot + 1) & mask
            short[slot], keys[slot] = c + 1, key


@inner(f"int64({BYTES},int64,int64,{INTS},int64)")
def numbers(buf, a, b, amount, at):  # type: ignore[no-untyped-def]
    """Whole numbers between commas written from `at` on. Returns how many, or UNUSUAL."""
    count, value, digits = 0, 0, 0
    for k in range(a, b + 1):
        byte = buf[k] if k < b else COMMA
        if byte == COMMA:
            if digits > 0:
                if digits > 15 or at + count >= len(amount):
                    return UNUSUAL
                amount[at + count] = value
                count += 1
            value, digits = 0, 0
        elif ZERO <= byte <= NINE:
            value, digits = value * 10 + (byte - ZERO), digits + 1
        elif byte != 32 or digits > 0:
            return UNUSUAL
    return count


@inner(f"void({INTS},{INTS},int64,int64)")
def arrange(project, amount, a, b):  # type: ignore[no-untyped-def]
    """Sort project[a:b], with the amounts beside (Shell 1959)."""
    gap = (b - a) // 2
    while gap > 0:
        for k in range(a + gap, b):
            p, q, j = project[k], amount[k], k
            while j >= a + gap and project[j - gap] > p:
                project[j], amount[j] = project[j - gap], amount[j - gap]
                j -= gap
            project[j], amount[j] = p, q
        gap //= 2


@compiled(f"int64({BYTES},{INTS},int64,int64,{BYTES},{INTS},{INTS},{INTS},{INTS},boolean,{INTS},{INTS},{INTS},{INTS})")
def ballots(buf, spans, count, width, names, ends, table, short, keys, is_ordinal, seen, start, project, amount):  # type: ignore[no-untyped-def]
    """Projects and amounts of every different ballot. Returns how many entries, or UNUSUAL (unknown, twice, points)."""
    size, mask = 0, len(short) - 1
    for t in range(count):
        start[t] = size
        a, b = spans[t * width], spans[t * width + 1]
        first, last, is_sorted = size, -1, True
        while a < b:
            while a < b and buf[a] <= 32:
                a += 1
            low, key = a, 0
            while a < b and buf[a] != COMMA:
                key = (key << 8) | buf[a]
                a += 1
            high = a
            while high > low and buf[high - 1] <= 32:
                high -= 1
            a += 1
            if low == high:
                continue
            c = UNUSUAL
            if high == a - 1 and high - low <= 8:
                slot = place_of(key) & mask
                while short[slot] > 0:
                    if keys[slot] == key:
                        c = short[slot] - 1
                        break
                    slot = (slot + 1) & mask
            else:
                c = project_of(buf, names, ends, table, low, high)
            if c < 0 or seen[c] == t:
                return UNUSUAL
            seen[c] = t
            is_sorted = is_sorted and c > last
            last = c
            project[size], amount[size] = c, 1
            size += 1
        if width == 4:
            if numbers(buf, spans[t * width + 2], spans[t * width + 3], amount, first) != size - first:
                return UNUSUAL
        elif is_ordinal:
            for k in range(first, size):
                amount[k] = size - k
        if not is_ordinal and not is_sorted:
            arrange(project, amount, first, size)
    start[count] = size
    return size


@compiled(f"int64(int64,{INTS},{INTS},{INTS},{INTS},{INTS})")
def merge(count, start, project, amount, counts, table):  # type: ignore[no-untyped-def]
    """Bring ballots of the same content together, in place, the earlier place staying. Returns how many remain."""
    mask, kept, size = len(table) - 1, 0, 0
    for t in range(count):
        a, b = start[t], start[t + 1]
        value = b - a
        for k in range(a, b):
            value = value * 6364136223846793005 + project[k] + (amount[k] << 32)
        slot = place_of(value) & mask
        found = UNUSUAL
        while table[slot] > 0:
            other = table[slot] - 1
            at = start[other]
            if (start[other + 1] if other + 1 < kept else size) - at == b - a:
                found = other
                for k in range(b - a):
                    if project[at + k] != project[a + k] or amount[at + k] != amount[a + k]:
                        found = UNUSUAL
                        break
                if found >= 0:
                    break
            slot = (slot + 1) & mask
        if found >= 0:
            counts[found] += counts[t]
            continue
        table[slot] = kept + 1
        start[kept], counts[kept] = size, counts[t]
        for k in range(b - a):
            project[size + k], amount[size + k] = project[a + k], amount[a + k]
        size += b - a
        kept += 1
    start[kept] = size
    return kept
