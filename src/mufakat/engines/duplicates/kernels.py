"""The inner loops, written once: plain Python here, compiled by `compiled.py` for large inputs.

Everything is whole numbers, so both give the same answer to the bit. Evidence is counted in tenths of a
bit after
Fellegi & Sunter (1969): an agreement weighs the logarithm of its rarity among the neighbours, a
disagreement a
fixed amount, and a pair passes when the sum exceeds what chance would produce among so many neighbours.
Only what numba understands may be used: integers, indexing, loops.
"""

from __future__ import annotations

from typing import NamedTuple

Ints = list[int]  # in plain mode; integer arrays when compiled

# classes of terms
OBJECT, VAGUE, ACTION, GROUP, QUALITY, LABEL, NAME = 1, 2, 3, 4, 5, 6, 7
# kinds of atoms
SKIP, NUMBER, RT, RW, RTRW, LIST, DASH, SLASH, LETTER, WORD, ROMAN, CUT, MARK = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
)

FIELDS = 12
# scratch of `weigh`: fields, tallies by class, leftover positions of both rows, lines of the edit distance
TALLY, LEFT, RIGHT, EDITS, LONGEST = 16, 48, 80, 112, 48
SCRATCH = EDITS + 3 * LONGEST
AGREED, SUMMED, ONLY_A, ONLY_B = TALLY, TALLY + 8, TALLY + 16, TALLY + 24
PLACE, OBJ, NAMES, ACT, GRP, LAB, QTY, GEO, COST, SAME, NEED, TOTAL = range(FIELDS)
REFUSED, DOUBTED = -40, -15  # tenths of bits: below what is shown; shown as `review` at most
MAX_TERMS = 24
MAX_KEYS = 96
BLOCK_CAP = 1000
BESIDE = -2  # hint of "dekat", "depan", "menuju": what follows tells the place, not the wish
SERVING = -3  # hint of "untuk", "bagi"
NO_OBJECT = 4095
FULL = -1
COMMON = 80  # tenths of bits: no single word counts for more
LOG2_16 = (0, 1, 2, 3, 3, 4, 5, 5, 6, 6, 7, 8, 8, 9, 9, 10)  # 10·log2(1 + i/16), rounded


class Vocabulary(NamedTuple):
    """Atoms and terms by number. Word atoms carry the dictionary word or the unknown term in `value`."""

    kind: Ints
    value: Ints
    unit: Ints
    known: Ints
    hint: Ints
    alias: Ints
    node_key: Ints
    node_next: Ints
    node_first: Ints
    node_count: Ints
    node_terms: Ints
    bag: Ints
    term_class: Ints
    term_parent: Ints
    term_prior: Ints
    term_prefix: Ints
    term_suffix: Ints
    term_mask: Ints
    char_start: Ints
    chars: Ints


class Rows(NamedTuple):
    """One entry per proposal; terms of row r lie sorted in [start[r], start[r + 1])."""

    kec: Ints
    desa: Ints
    rt: Ints
    rw: Ints
    action: Ints
    quantity: Ints
    cost: Ints
    lat: Ints
    lon: Ints
    own: Ints
    start: Ints
    term: Ints
    rare_desa: Ints
    rare_kec: Ints
    need_desa: Ints
    need_kec: Ints


def log2_tenths(numerator: int, denominator: int) -> int:
    """10·log2(numerator/denominator), at least 0, from whole numbers only."""
    ratio = (numerator * 16) // max(1, denominator)
    if ratio <= 16:
        return 0
    exponent = 0
    while ratio >= 32:
        ratio //= 2
        exponent += 1
    return exponent * 10 + LOG2_16[ratio - 16]


def rarity(total: int, count: int, prior: int, cap: int) -> int:
    """Evidence of an agreement seen in `count` of `total` rows, the pair itself left out, smoothed by the
    prior.
    """
    others = max(0, count - 2)
    return min(cap, log2_tenths((total + 16) * 64, (1024 >> min(prior, 10)) + others * 64))


def osa_within(v: Vocabulary, a: int, b: int, limit: int, w: Ints) -> int:
    """Edits (swap of neighbours counts one) between the spellings of two terms, or limit + 1 when more."""
    sa, sb = v.char_start[a], v.char_start[b]
    la, lb = v.char_start[a + 1] - sa, v.char_start[b + 1] - sb
    while la > 0 and lb > 0 and v.chars[sa] == v.chars[sb]:
        sa, sb, la, lb = sa + 1, sb + 1, la - 1, lb - 1
    while la > 0 and lb > 0 and v.chars[sa + la - 1] == v.chars[sb + lb - 1]:
        la, lb = la - 1, lb - 1
    if la == 0 or lb == 0 or abs(la - lb) > limit or lb >= LONGEST:
        return min(limit + 1, max(la, lb))
    return osa_rows(v, sa, la, sb, lb, limit, w)


def osa_rows(v: Vocabulary, sa: int, la: int, sb: int, lb: int, limit: int, w: Ints) -> int:
    """Optimal string alignment of two unequal middles, row by row, in the three lines behind w[EDITS]."""
    before, previous, current = EDITS, EDITS + LONGEST, EDITS + 2 * LONGEST
    for j in range(lb + 1):
        w[previous + j] = j
    for i in range(1, la + 1):
        w[current] = best = i
        for j in range(1, lb + 1):
            x, y = v.chars[sa + i - 1], v.chars[sb + j - 1]
            cost = min(w[previous + j], w[current + j - 1]) + 1
            cost = min(cost, w[previous + j - 1] + (0 if x == y else 1))
            if i > 1 and j > 1 and x == v.chars[sb + j - 2] and v.chars[sa + i - 2] == y:
                cost = min(cost, w[before + j - 2] + 1)
            w[current + j] = cost
            best = min(best, cost)
        if best > limit:
            return limit + 1
        before, previous, current = previous, current, before
    return min(limit + 1, w[previous + lb])


def need_desa(size: int, named: int) -> int:
    """Evidence (tenths of bits) that chance cannot produce within one village of `size` proposals."""
    need = max(80, min(130, 35 + log2_tenths(size, 1)))
    return need if named else need + 20


def need_kec(size: int) -> int:
    """Evidence needed between villages, from the number of proposals of the kecamatan."""
    return max(130, min(180, 60 + log2_tenths(size, 1)))


def bits_set(x: int) -> int:
    """Number of ones."""
    count = 0
    while x:
        x &= x - 1
        count += 1
    return count


def likeness(v: Vocabulary, a: int, b: int, w: Ints) -> int:
    """Two different unknown words: 2 = one word misspelt, 1 = perhaps, 0 = two words."""
    la = v.char_start[a + 1] - v.char_start[a]
    lb = v.char_start[b + 1] - v.char_start[b]
    short = min(la, lb)
    sure = 2 if short >= 9 else (1 if short >= 5 else 0)
    limit = sure + 1
    if short < 4 or abs(la - lb) > limit or bits_set(v.term_mask[a] ^ v.term_mask[b]) > 2 * limit:
        return 0
    distance = osa_within(v, a, b, limit, w)
    if distance <= sure:
        return 2
    return 1 if distance <= limit and short >= 4 else 0


# ---- reading a row ----------------------------------------------------------------------------------------


def child(v: Vocabulary, node: int, word: int) -> int:
    """Next node of the tree of known forms, or -1."""
    key = node * 65536 + word
    low, high = 0, len(v.node_key)
    while low < high:
        mid = (low + high) // 2
        if v.node_key[mid] < key:
            low = mid + 1
        else:
            high = mid
    if low < len(v.node_key) and v.node_key[low] == key:
        return int(v.node_next[low])
    return -1


def bit(number: int) -> int:
    """One RT or RW as a bit; numbers beyond 61 wrap round."""
    return 1 << (number % 62)


def read_place(v: Vocabulary, atoms: Ints, first: int, last: int, out: Ints) -> None:
    """RT and RW as sets of bits into out[0], out[1]; consumed atoms are marked in out[4 + i]."""
    mode, number, i = 0, -1, first
    while i < last:
        atom = atoms[i]
        kind = v.kind[atom]
        following = v.kind[atoms[i + 1]] if i + 1 < last else CUT
        if kind in (RT, RW, RTRW):
            mode, number = kind, -1
        elif (
            mode
            and number >= 0
            and kind == NUMBER
            and (out[2] not in (LIST, DASH, SLASH) or has_unit(v, atoms, i + 1, last))
        ):
            if mode != RTRW or out[2] == LIST:
                mode = 0
            else:
                mode, number = RW, v.value[atom]
                out[1] |= bit(number)
        elif mode and (kind in (NUMBER, ROMAN) or v.hint[atom] > 0):
            value = v.value[atom] if kind == NUMBER else v.hint[atom]
            low = value
            if number >= 0 and out[2] == DASH and number < value <= number + 40:
                low = number
            for n in range(low, value + 1):
                out[1 if mode == RW else 0] |= bit(n)
            number = value
        elif mode and number >= 0 and kind == SLASH and is_figure(v, atoms, i + 1, last):
            if mode == RTRW or (mode == RT and out[1] == 0 and not names_rw(v, atoms, i + 1, last)):
                mode, number = RW, -1
            kind = LIST
        elif mode and number < 0 and (kind in (SLASH, SKIP)):
            if mode == RT and following == RW:
                mode = RTRW
                out[4 + i + 1 - first] = 1
                i += 1
        elif mode and (kind in (LIST, DASH, SLASH)) and following in (NUMBER, ROMAN, RT, RW, SKIP):
            pass
        else:
            mode = 0
        out[2] = kind
        if mode:
            out[4 + i - first] = 1
        i += 1


def has_unit(v: Vocabulary, atoms: Ints, i: int, last: int) -> bool:
    """Whether atom i is a unit of measure."""
    return bool(i < last and v.unit[atoms[i]])


def is_figure(v: Vocabulary, atoms: Ints, i: int, last: int) -> bool:
    """Whether atom i is a number or a Roman numeral."""
    return i < last and (v.kind[atoms[i]] == NUMBER or v.kind[atoms[i]] == ROMAN)


def names_rw(v: Vocabulary, atoms: Ints, first: int, last: int) -> bool:
    """Whether the next few atoms name an RW of their own."""
    for i in range(first, min(last, first + 6)):
        if v.kind[atoms[i]] == RW:
            return True
        if v.kind[atoms[i]] == WORD and v.hint[atoms[i]] in (0, BESIDE, SERVING):
            return False
    return False


def read_numbers(v: Vocabulary, atoms: Ints, first: int, last: int, out: Ints, labels: int) -> int:
    """Quantities into out[3] and label numbers ("Gang 2") as terms; returns how many terms were appended."""
    count, base = 0, 4 + last - first
    for i in range(first, last):
        atom = atoms[i]
        kind = v.kind[atom]
        if kind == MARK and count < 4:
            out[base + count] = labels + 500 + v.value[atom]
            count += 1
        if out[4 + i - first] or kind not in (NUMBER, ROMAN, LETTER):
            continue
        before = v.kind[atoms[i - 1]] if i > first else CUT
        after = atoms[i + 1] if i + 1 < last else -1
        value = v.value[atom] if kind == NUMBER else v.hint[atom]
        if kind == NUMBER and after >= 0 and v.unit[after]:
            out[3] = value * 64 + v.unit[after]
            out[4 + i + 1 - first] = 1
        elif kind == NUMBER and value < 100 and v.known[atom] and is_slashed(v, atoms, i, last):
            out[0] |= bit(value)
            out[1] |= bit(v.value[atoms[i + 2]])
            out[4 + i + 2 - first] = 1
        elif before == WORD and value < 200 and count < 4 and (kind != LETTER or v.hint[atoms[i - 1]] == -1):
            out[base + count] = labels + (value if kind != LETTER else 1000 + value)
            count += 1
    return count


def is_slashed(v: Vocabulary, atoms: Ints, i: int, last: int) -> bool:
    """A bare "003/005" is RT and RW."""
    return (
        i + 2 < last
        and v.kind[atoms[i + 1]] == SLASH
        and v.kind[atoms[i + 2]] == NUMBER
        and v.value[atoms[i + 2]] < 100
    )


def longest(v: Vocabulary, atoms: Ints, i: int, last: int, out: Ints, first: int) -> int:
    """Longest known form starting at atom i: end * 65536 + node, or 0."""
    node, found = 0, 0
    while i < last and v.kind[atoms[i]] == WORD and v.known[atoms[i]] and not out[4 + i - first]:
        node = child(v, node, v.value[atoms[i]])
        if node < 0:
            break
        i += 1
        if v.node_count[node] >= 0:
            found = i * 65536 + node
    return found


def gather(v: Vocabulary, atoms: Ints, first: int, last: int, out: Ints, count: int) -> int:
    """Terms of words and phrases, after read_numbers; returns the new count. Actions go to the last cell."""
    base = 4 + last - first
    i = first
    while i < last:
        atom = atoms[i]
        if out[4 + i - first] or v.kind[atom] != WORD:
            i += 1
            continue
        if not v.known[atom]:
            if count < MAX_TERMS:
                out[base + count] = v.value[atom]
                count += 1
            i += 1
            continue
        hit = longest(v, atoms, i, last, out, first)
        if hit and i > first and v.hint[atom] == 0 and is_aside(v, v.hint[atoms[i - 1]], hit % 65536, out, base, count):
            i = hit // 65536
            continue
        if hit == 0 or (hit // 65536 == i + 1 and is_named_after(v, atoms, i, first, hit % 65536)):
            if count < MAX_TERMS and v.alias[atom] >= 0:
                out[base + count] = v.alias[atom]
                count += 1
            i += 1
            continue
        node = hit % 65536
        if hit // 65536 == i + 1 and v.bag[v.value[atom]]:
            mate = scattered(v, atoms, i, last, out, first)
            node = mate if mate > 0 else node
        for j in range(v.node_first[node], v.node_first[node] + v.node_count[node]):
            if count < MAX_TERMS:
                out[base + count] = v.node_terms[j]
                count += 1
        i = hit // 65536
    return count


def is_aside(v: Vocabulary, cue: int, node: int, out: Ints, base: int, count: int) -> bool:
    """Whether a form only tells the place ("dekat masjid") or, after the wish itself, whom it serves ("untuk UMKM")."""
    if cue == BESIDE:
        return True
    if cue != SERVING or v.node_count[node] < 1 or v.term_class[v.node_terms[v.node_first[node]]] != OBJECT:
        return False
    for i in range(count):
        if v.term_class[out[base + i]] == OBJECT:
            return True
    return False


def is_named_after(v: Vocabulary, atoms: Ints, i: int, first: int, node: int) -> bool:
    """A single object word right after "Jl.", "Gang", "Dusun" … is a name: Jl. Telaga, Gang Masjid."""
    if i == first or v.node_count[node] < 1 or v.kind[atoms[i - 1]] != WORD or v.hint[atoms[i - 1]] != -1:
        return False
    if v.hint[atoms[i]] == -1:
        return False
    return v.term_class[v.node_terms[v.node_first[node]]] != QUALITY


def is_bound(v: Vocabulary, atoms: Ints, j: int, first: int, last: int, out: Ints) -> bool:
    """Whether the word at j already belongs to a form of several words in their order."""
    for begin in range(max(first, j - 2), j + 1):
        end = longest(v, atoms, begin, last, out, first) // 65536
        if end > j and end > begin + 1:
            return True
    return False


def scattered(v: Vocabulary, atoms: Ints, i: int, last: int, out: Ints, first: int) -> int:
    """A two-word form whose words stand apart or swapped: its node, the other word consumed; else 0."""
    for j in range(first, last):
        other = atoms[j]
        if j == i or out[4 + j - first] or v.kind[other] != WORD or not v.known[other] or not v.bag[v.value[other]]:
            continue
        if is_bound(v, atoms, j, first, last, out):
            continue
        for swap in range(2):
            head, tail = (other, atoms[i]) if swap else (atoms[i], other)
            node = child(v, 0, v.value[head])
            node = child(v, node, v.value[tail]) if node > 0 else -1
            if (
                node > 0
                and v.node_count[node] > 0
                and v.term_class[v.node_terms[v.node_first[node]]] in (OBJECT, GROUP)
            ):
                out[4 + j - first] = 1
                return node
    return 0


def settle(v: Vocabulary, out: Ints, base: int, count: int) -> int:
    """Drop vague objects beside real ones and parents beside children, split off actions, sort; new count."""
    strong, actions, kept = False, 0, 0
    for i in range(count):
        if v.term_class[out[base + i]] == OBJECT:
            strong = True
    for i in range(count):
        term = out[base + i]
        kind = v.term_class[term]
        if kind == ACTION:
            actions |= 1 << v.term_prior[term]
            continue
        if (kind == VAGUE and strong) or (kind == OBJECT and has_child(v, out, base, count, term)):
            continue
        j = kept
        while j > 0 and out[base + j - 1] > term:
            j -= 1
        if j > 0 and out[base + j - 1] == term:
            continue
        for k in range(kept, j, -1):
            out[base + k] = out[base + k - 1]
        out[base + j] = term
        kept += 1
    out[2] = actions
    return kept


def has_child(v: Vocabulary, out: Ints, base: int, count: int, term: int) -> bool:
    """Whether a narrower concept of the same row makes this one redundant."""
    for i in range(count):
        if out[base + i] != term and v.term_class[out[base + i]] == OBJECT and v.term_parent[out[base + i]] == term:
            return True
    return False


def read_row(v: Vocabulary, atoms: Ints, first: int, last: int, out: Ints, labels: int) -> int:
    """One proposal's atoms → out: [0] RT, [1] RW, [2] actions, [3] quantity, terms from 4 + last - first
    on.
    """
    base = 4 + last - first
    for i in range(base):
        out[i] = 0
    read_place(v, atoms, first, last, out)
    count = read_numbers(v, atoms, first, last, out, labels)
    count = gather(v, atoms, first, last, out, count)
    return settle(v, out, base, count)


def read_rows(v: Vocabulary, atoms: Ints, bounds: Ints, out: Ints, labels: int, rows: Rows, from_row: int) -> int:
    """Fill rt, rw, action, quantity, start and term of all rows; returns the number of terms."""
    used = rows.start[from_row]
    for r in range(from_row, len(bounds) - 1):
        first, last = bounds[r], min(bounds[r + 1], bounds[r] + 400)
        count = read_row(v, atoms, first, last, out, labels)
        rows.rt[r], rows.rw[r], rows.action[r], rows.quantity[r] = out[0], out[1], out[2], out[3]
        for i in range(count):
            rows.term[used] = out[4 + last - first + i]
            used += 1
        rows.start[r + 1] = used
    return used


def mark_rows(v: Vocabulary, rows: Rows, own_start: Ints, own_term: Ints, w: Ints) -> None:
    """Flag the terms that only repeat (or misspell) the row's own village or sub-district."""
    for r in range(len(rows.desa)):
        first, last = own_start[rows.desa[r]], own_start[rows.desa[r] + 1]
        for i in range(rows.start[r], rows.start[r + 1] if last > first else rows.start[r]):
            term = rows.term[i]
            if v.term_class[term] == NAME:
                for j in range(first, last):
                    if term == own_term[j] or likeness(v, term, own_term[j], w) == 2:
                        rows.own[i] = 1


def count_terms(rows: Rows, order: Ints, first: int, last: int, seen: Ints, step: int) -> None:
    """Add `step` to seen[term] for every term of the rows order[first:last]; step 0 clears."""
    for m in range(first, last):
        for i in range(rows.start[order[m]], rows.start[order[m] + 1]):
            seen[rows.term[i]] = seen[rows.term[i]] + step if step else 0


def run_end(column: Ints, order: Ints, first: int) -> int:
    """End of the run of equal values of `column` that starts at position `first` of `order`."""
    last = first
    while last < len(order) and column[order[last]] == column[order[first]]:
        last += 1
    return last


def weigh_all(v: Vocabulary, rows: Rows, order: Ints, named: Ints, seen: Ints, near: Ints) -> None:
    """Rarity of every term in its village and kecamatan, and the needs; `order` = rows by kecamatan, desa."""
    first = 0
    while first < len(order):
        last = run_end(rows.kec, order, first)
        count_terms(rows, order, first, last, seen, 1)
        begin = first
        while begin < last:
            end = run_end(rows.desa, order, begin)
            count_terms(rows, order, begin, end, near, 1)
            for m in range(begin, end):
                weigh_row(v, rows, order[m], end - begin, last - first, named, seen, near)
            count_terms(rows, order, begin, end, near, 0)
            begin = end
        count_terms(rows, order, first, last, seen, 0)
        first = last


def weigh_row(
    v: Vocabulary, rows: Rows, r: int, desa_size: int, kec_size: int, named: Ints, seen: Ints, near: Ints
) -> None:
    """Needs and rarities of one row."""
    rows.need_desa[r] = need_desa(desa_size, named[rows.desa[r]])
    rows.need_kec[r] = need_kec(kec_size)
    for i in range(rows.start[r], rows.start[r + 1]):
        term = rows.term[i]
        prior = v.term_prior[term]
        rows.rare_desa[i] = 0 if rows.own[i] else rarity(desa_size, near[term], prior, COMMON)
        rows.rare_kec[i] = rarity(kec_size, seen[term], prior, COMMON)


# ---- weighing a pair --------------------------------------------------------------------------------------


def is_apart(rows: Rows, a: int, b: int) -> bool:
    """Place decides before words do: both name an RW (or RT) and share none."""
    wa, wb = rows.rw[a], rows.rw[b]
    if wa and wb and not wa & wb:
        return True
    ta, tb = rows.rt[a], rows.rt[b]
    return bool(ta and tb and not ta & tb)


def place_bits(rows: Rows, a: int, b: int) -> int:
    """Agreement in RT and RW; one-sided silence costs a little."""
    score = 0
    wa, wb, ta, tb = rows.rw[a], rows.rw[b], rows.rt[a], rows.rt[b]
    if wa and wb:
        score += 30 if wa == wb else 15
    if ta and tb:
        score += 30 if ta == tb else 10
    if ((wa or ta) and not (wb or tb)) or ((wb or tb) and not (wa or ta)):
        score -= 5
    return score


def geo_bits(rows: Rows, a: int, b: int) -> int:
    """Points within 100 m agree (rule 29), beyond a kilometre they contradict; degrees are in millionths."""
    if rows.lat[a] == NOWHERE or rows.lat[b] == NOWHERE:
        return 0
    north = abs(rows.lat[a] - rows.lat[b]) * 111 // 1000
    east = abs(rows.lon[a] - rows.lon[b]) * 110 // 1000
    squared = north * north + east * east
    if squared <= 100 * 100:
        return 50
    if squared <= 300 * 300:
        return 10
    return -60 if squared > 1000 * 1000 else -10


NOWHERE = 1 << 40


def action_bits(v: Vocabulary, a: int, b: int) -> int:
    """Same action, same family (build/install/provide; repair/maintain/widen), or another one."""
    if not a or not b:
        return 0
    if a & b:
        return 20
    return -25 if families(v, a) & families(v, b) else -50


def families(v: Vocabulary, actions: int) -> int:
    """The families of a set of actions; the vocabulary keeps them behind the terms' classes."""
    found, i = 0, 0
    while actions >> i:
        if (actions >> i) & 1:
            found |= v.term_mask[i]
        i += 1
    return found


def rare(rows: Rows, near: bool, i: int, j: int) -> int:
    """Evidence of an agreement between term positions i and j: that of the commoner side."""
    if near:
        return min(rows.rare_desa[i], rows.rare_desa[j])
    return min(rows.rare_kec[i], rows.rare_kec[j])


def weigh(v: Vocabulary, rows: Rows, a: int, b: int, out: Ints) -> int:
    """Evidence that rows a and b ask for the same thing, by field into `out`; returns out[TOTAL]."""
    for i in range(FIELDS):
        out[i] = 0
    near = rows.desa[a] == rows.desa[b]
    out[PLACE] = place_bits(rows, a, b)
    out[ACT] = action_bits(v, rows.action[a], rows.action[b])
    out[GEO] = geo_bits(rows, a, b)
    alike = compare_terms(v, rows, a, b, near, out)
    qa, qb = rows.quantity[a], rows.quantity[b]
    if qa and qb:
        out[QTY] = 15 if qa == qb else -15
    if rows.cost[a] and rows.cost[a] == rows.cost[b]:
        out[COST] = 10
    if alike and rows.rt[a] == rows.rt[b] and rows.rw[a] == rows.rw[b] and rows.action[a] == rows.action[b]:
        out[SAME] = 30 if near else 10
    if near:
        out[NEED] = -max(rows.need_desa[a], rows.need_desa[b])
    else:
        out[NEED] = -max(rows.need_kec[a], rows.need_kec[b]) - (0 if rows.kec[a] == rows.kec[b] else 10)
    total = 0
    for i in range(TOTAL):
        total += out[i]
    out[TOTAL] = capped(total, out)
    return out[TOTAL]


def weigh_found(v: Vocabulary, rows: Rows, found: Ints, w: Ints, parts: Ints) -> None:
    """The evidence by field of each (a, b, total) triple of `found`, FIELDS cells a pair."""
    for i in range(len(found) // 3):
        weigh(v, rows, found[3 * i], found[3 * i + 1], w)
        for field in range(FIELDS):
            parts[i * FIELDS + field] = w[field]


def capped(total: int, out: Ints) -> int:
    """Another object, target group or number is another wish, whatever else agrees; another name needs a human."""
    if out[GRP] <= -80 or out[LAB] <= -70 or out[OBJ] <= -250:
        return min(total, REFUSED)
    return min(total, DOUBTED) if out[NAMES] <= -90 or out[ACT] <= -50 or out[OBJ] <= -80 else total


def compare_terms(v: Vocabulary, rows: Rows, a: int, b: int, near: bool, w: Ints) -> bool:
    """Merge the sorted terms of both rows into OBJ, NAMES, GRP and LAB; True when they are the same."""
    i, j = rows.start[a], rows.start[b]
    end_i, end_j = rows.start[a + 1], rows.start[b + 1]
    same = end_i - i == end_j - j and end_i > i
    more, less = 0, 0
    for cell in range(TALLY, LEFT):
        w[cell] = 0
    while i < end_i or j < end_j:
        if j >= end_j or (i < end_i and rows.term[i] < rows.term[j]):
            w[LEFT + more] = i
            more += 1
            i += 1
        elif i >= end_i or rows.term[j] < rows.term[i]:
            w[RIGHT + less] = j
            less += 1
            j += 1
        else:
            tally(w, v.term_class[rows.term[i]], rare(rows, near, i, j))
            i += 1
            j += 1
    pair_up(v, rows, near, more, less, w)
    leftovers(v, rows, a, b, more, less, w)
    w[OBJ] = object_bits(w)
    w[NAMES] = name_bits(w, 12 if near else 30)
    w[GRP] = group_bits(w)
    w[LAB] = label_bits(w)
    return same and more + less == 0


def tally(w: Ints, kind: int, bits: int) -> None:
    """Agreeing term: keep the best (AGREED) and the sum (SUMMED) per class."""
    w[AGREED + kind] = max(w[AGREED + kind], bits)
    w[SUMMED + kind] += bits


def pair_up(v: Vocabulary, rows: Rows, near: bool, more: int, less: int, w: Ints) -> None:
    """Unknown words left over on both sides: misspellings agree, near misses are forgiven."""
    for x in range(LEFT, LEFT + more):
        term = rows.term[w[x]]
        if v.term_class[term] != NAME:
            continue
        best, at = 0, -1
        for y in range(RIGHT, RIGHT + less):
            if w[y] >= 0 and v.term_class[rows.term[w[y]]] == NAME:
                like = likeness(v, term, rows.term[w[y]], w)
                if like > best:
                    best, at = like, y
        if best:
            if best == 2:
                tally(w, NAME, max(0, rare(rows, near, w[x], w[at]) - 10))
            w[x], w[at] = -1, -1


def leftovers(v: Vocabulary, rows: Rows, a: int, b: int, more: int, less: int, w: Ints) -> None:
    """Count what stays unmatched per class (ONLY_A, ONLY_B); own village names do not count."""
    for x in range(LEFT, LEFT + more):
        if w[x] >= 0 and not rows.own[w[x]]:
            w[ONLY_A + v.term_class[rows.term[w[x]]]] += 1
    for y in range(RIGHT, RIGHT + less):
        if w[y] >= 0 and not rows.own[w[y]]:
            w[ONLY_B + v.term_class[rows.term[w[y]]]] += 1
    if w[AGREED + OBJECT] + w[AGREED + VAGUE] == 0:
        w[AGREED] = related(v, rows, a, b)


def related(v: Vocabulary, rows: Rows, a: int, b: int) -> int:
    """1 when an object of one row is the wider concept of one of the other."""
    for i in range(rows.start[a], rows.start[a + 1]):
        for j in range(rows.start[b], rows.start[b + 1]):
            x, y = rows.term[i], rows.term[j]
            if v.term_parent[x] == y or v.term_parent[y] == x:
                return 1
    return 0


def object_bits(w: Ints) -> int:
    """Objects: the rarest agreement whole, others half; none in common contradicts."""
    best = max(w[AGREED + OBJECT], w[AGREED + VAGUE])
    gained = best + (w[SUMMED + OBJECT] + w[SUMMED + VAGUE] - best) // 2
    miss_a, miss_b = w[ONLY_A + OBJECT] + w[ONLY_A + VAGUE], w[ONLY_B + OBJECT] + w[ONLY_B + VAGUE]
    quality = min(20, w[AGREED + QUALITY]) - (30 if w[ONLY_A + QUALITY] and w[ONLY_B + QUALITY] else 0)
    if w[SUMMED + OBJECT] + w[SUMMED + VAGUE] > 0:
        return gained - 25 * min(miss_a, miss_b) - 8 * abs(miss_a - miss_b) + quality
    if miss_a and miss_b:
        return 15 if w[AGREED] else (-300 if w[ONLY_A + OBJECT] and w[ONLY_B + OBJECT] else -90)
    if miss_a or miss_b:
        return -25
    return quality


def name_bits(w: Ints, silence: int) -> int:
    """Names and other unknown words: the rarest whole, others a quarter; substitutions
    contradict.
    """
    gained = min(120, w[AGREED + NAME] + (w[SUMMED + NAME] - w[AGREED + NAME]) // 4)
    swapped = min(w[ONLY_A + NAME], w[ONLY_B + NAME])
    silent = abs(w[ONLY_A + NAME] - w[ONLY_B + NAME])
    return gained - min(120, (50 if w[AGREED + NAME] else 90) * swapped) - min(4 * silence, silence * silent)


def group_bits(w: Ints) -> int:
    """Target group: another one contradicts, silence on one side costs a little."""
    if w[ONLY_A + GROUP] and w[ONLY_B + GROUP]:
        return -80 if w[AGREED + GROUP] == 0 else -40
    gained = min(40, w[AGREED + GROUP])
    return gained - 15 * (w[ONLY_A + GROUP] + w[ONLY_B + GROUP])


def label_bits(w: Ints) -> int:
    """Numbers that belong to a name (Gang 2, Pokja 3)."""
    if w[ONLY_A + LABEL] and w[ONLY_B + LABEL]:
        return -20 if w[SUMMED + LABEL] else -70
    return min(30, 20 * (1 if w[SUMMED + LABEL] else 0)) - 8 * (w[ONLY_A + LABEL] + w[ONLY_B + LABEL])


# ---- finding candidates -----------------------------------------------------------------------------------


def key_of(kind: int, x: int, y: int, z: int) -> int:
    """Four small numbers in one."""
    return ((kind * 1048576 + x) * 1048576 + y) * 1048576 + z


def row_keys(v: Vocabulary, rows: Rows, r: int, keys: Ints, wide: bool) -> int:
    """Keys of row r: two rows that share one are compared. `wide` = only those that reach other villages."""
    count = 0
    desa, first, last = rows.desa[r], rows.start[r], rows.start[r + 1]
    solid = 0
    for i in range(first, last):
        kind = v.term_class[rows.term[i]]
        if kind in (OBJECT, VAGUE):
            solid += 1
            count = object_keys(rows, r, rows.term[i], keys, count, wide)
        elif kind in (NAME, GROUP):
            count = name_keys(v, rows, r, rows.term[i], keys, count, wide)
    if solid == 0:
        count = object_keys(rows, r, NO_OBJECT, keys, count, True)
    if not wide:
        count = spot_keys(rows, r, desa, keys, count)
    return count


def object_keys(rows: Rows, r: int, term: int, keys: Ints, count: int, wide: bool) -> int:
    """(desa, object) near; (object, RT, RW) far."""
    if not wide and count < MAX_KEYS:
        keys[count] = key_of(1, rows.desa[r], 0, term)
        count += 1
    if rows.rt[r] and rows.rw[r] and count < MAX_KEYS:
        keys[count] = key_of(2, low_bit(rows.rt[r]), low_bit(rows.rw[r]), term)
        count += 1
    return count


def name_keys(v: Vocabulary, rows: Rows, r: int, term: int, keys: Ints, count: int, wide: bool) -> int:
    """(desa, start or end of the word) near; with each object, or with RT and RW, far."""
    if count + 2 * (rows.start[r + 1] - rows.start[r]) + 4 >= MAX_KEYS:
        return count
    for side in range(2):
        part = (v.term_suffix[term] if side else v.term_prefix[term]) * 2 + side
        if not wide:
            keys[count] = key_of(3, rows.desa[r], 0, part)
            count += 1
        if v.term_class[term] == GROUP:
            continue
        if rows.rt[r] and rows.rw[r]:
            keys[count] = key_of(4, low_bit(rows.rt[r]), low_bit(rows.rw[r]), part)
            count += 1
        for i in range(rows.start[r], rows.start[r + 1]):
            if v.term_class[rows.term[i]] == OBJECT or v.term_class[rows.term[i]] == VAGUE:
                keys[count] = key_of(5, rows.term[i], 0, part)
                count += 1
    return count


def low_bit(x: int) -> int:
    """Position of the lowest one; 0 for 0."""
    position = 0
    while x and not x & 1:
        x >>= 1
        position += 1
    return position


def spot_keys(rows: Rows, r: int, desa: int, keys: Ints, count: int) -> int:
    """(desa, RT, RW) for each of the first few named."""
    rw = low_bit(rows.rw[r]) if rows.rw[r] else 63
    rt, taken = rows.rt[r], 0
    while rt and taken < 6 and count < MAX_KEYS:
        keys[count] = key_of(6, desa, rw, low_bit(rt))
        rt &= rt - 1
        taken += 1
        count += 1
    return count


def slot_of(table: Ints, mask: int, key: int) -> int:
    """Open addressing: the slot that holds the key, or the free one where it belongs."""
    h = (key ^ (key >> 20) ^ (key >> 41)) & 4294967295
    h = (h * 2654435761 >> 8) & mask
    while table[h] != -1 and table[h] != key:
        h = (h + 1) & mask
    return h


class Blocks(NamedTuple):
    """Scratch space for one kecamatan: a hash table of keys, chains of rows, and marks against double
    work.
    """

    key: Ints
    head: Ints
    size: Ints
    next: Ints
    row: Ints
    mark: Ints
    keys: Ints
    parts: Ints


def count_keys(v: Vocabulary, rows: Rows, members: Ints, first: int, last: int, keys: Ints) -> int:
    """How many keys the member rows have in all."""
    total = 0
    for m in range(first, last):
        total += row_keys(v, rows, members[m], keys, False)
    return total


def fill_blocks(v: Vocabulary, rows: Rows, members: Ints, first: int, last: int, s: Blocks, mask: int) -> None:
    """Hang every member row under each of its keys."""
    for i in range(mask + 1):
        s.key[i], s.head[i], s.size[i] = -1, -1, 0
    used = 0
    for m in range(first, last):
        count = row_keys(v, rows, members[m], s.keys, False)
        for k in range(count):
            slot = slot_of(s.key, mask, s.keys[k])
            if s.head[slot] >= 0 and s.row[s.head[slot]] == members[m]:
                continue
            s.key[slot] = s.keys[k]
            s.next[used], s.row[used] = s.head[slot], members[m]
            s.head[slot] = used
            s.size[slot] += 1
            used += 1


def probe(
    v: Vocabulary, rows: Rows, r: int, wide: bool, s: Blocks, mask: int, floor: int, found: Ints, used: int
) -> int:
    """Compare row r with the rows hanging under its keys; (a, b, total) triples go to `found`."""
    count = row_keys(v, rows, r, s.keys, wide)
    for k in range(count):
        slot = slot_of(s.key, mask, s.keys[k])
        if s.key[slot] == -1 or s.size[slot] > BLOCK_CAP:
            continue
        entry = s.head[slot]
        while entry >= 0:
            other = s.row[entry]
            entry = s.next[entry]
            if s.mark[other] == r + 1 or (not wide and other >= r):
                continue
            s.mark[other] = r + 1
            if not is_apart(rows, other, r):
                if used + 3 > len(found):
                    return FULL
                total = weigh(v, rows, min(other, r), max(other, r), s.parts)
                if total >= floor:
                    found[used], found[used + 1], found[used + 2] = min(other, r), max(other, r), total
                    used += 3
    return used


def search_block(
    v: Vocabulary, rows: Rows, members: Ints, bounds: Ints, k: int, near: Ints, near_from: int, near_to: int,
    s: Blocks, mask: int, floor: int, found: Ints,
) -> int:  # fmt: skip
    """All pairs of kecamatan k with itself and with the later kecamatan near[near_from:near_to]."""
    fill_blocks(v, rows, members, bounds[k], bounds[k + 1], s, mask)
    used = 0
    for m in range(bounds[k], bounds[k + 1]):
        used = probe(v, rows, members[m], False, s, mask, floor, found, used)
        if used == FULL:
            return FULL
    for n in range(near_from, near_to):
        for m in range(bounds[near[n]], bounds[near[n] + 1]):
            used = probe(v, rows, members[m], True, s, mask, floor, found, used)
            if used == FULL:
                return FULL
    return used
