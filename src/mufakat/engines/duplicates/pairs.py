"""Find and explain the pairs of a whole set of proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from mufakat.engines.duplicates import kernels as k
from mufakat.engines.duplicates.dictionary import Dictionary, shipped
from mufakat.engines.duplicates.explain import Explainer
from mufakat.engines.duplicates.lexicon import Lexicon
from mufakat.engines.duplicates.model import Cluster, InputError, Pair, Proposal, Verdict
from mufakat.engines.duplicates.table import Columns, Places, places_of, plain_name, read_plain

FLOOR = -25  # tenths of bits; below it a pair is not worth a human's time
LARGE = 20_000  # rows from which compiling pays


def score_of(total: int) -> int:
    """Evidence above the need (tenths of bits) as 0–100: 70 where the need is just met, four points a bit."""
    return max(0, min(100, 70 + total * 4 // 10))


def verdict_of(score: int) -> Verdict:
    """same from 85, likely from 70, review below."""
    if score >= 85:
        return Verdict.SAME
    return Verdict.LIKELY if score >= 70 else Verdict.REVIEW


def find_pairs(
    *,
    proposals: Sequence[Proposal],
    adjacency: Iterable[tuple[str, str]] = (),
    dictionary: Dictionary | None = None,
) -> list[Pair]:
    """Pairs that may ask for the same thing, strongest first, then in input order; each pair once.

    `adjacency` holds undirected pairs of kecamatan, written as in the proposals; without it only pairs
    within one
    kecamatan are compared. Deterministic; the same answer for any size of input. Raises InputError when two
    proposals share an id.
    """
    columns = Columns.of(proposals)
    refuse_repeated(columns.id)
    return list(Search(columns, adjacency, dictionary or shipped()).pairs())


class Search:
    """One search over columns of proposals: `found` holds (row a, row b, evidence), strongest first."""

    def __init__(
        self,
        columns: Columns,
        adjacency: Iterable[tuple[str, str]],
        dictionary: Dictionary,
        tell: Callable[[str], None] = lambda done: None,
        large: int = LARGE,
    ) -> None:
        self.columns = columns
        self.arrays: k.Vocabulary | None = None
        self.lexicon = Lexicon(dictionary)
        if len(columns.id) >= large:
            self.rows, found = self._large(adjacency, tell)
        else:
            self.rows, places = read_plain(self.lexicon, columns)
            found = search_plain(self.lexicon.vocabulary, self.rows, places, adjacency)
        self.found = sorted(found, key=rank)

    def _large(
        self, adjacency: Iterable[tuple[str, str]], tell: Callable[[str], None]
    ) -> tuple[k.Rows, list[tuple[int, int, int]]]:
        from mufakat.engines.duplicates import large

        places = places_of(self.columns.kecamatan, self.columns.desa)
        v, rows = large.read_large(self.lexicon, self.columns, places)
        tell("diurai")
        self.arrays = v
        return rows, list(large.search_large(v, rows, neighbours_of(places, adjacency), FLOOR))

    def pairs(self) -> Iterator[Pair]:
        """The explained pairs."""
        explainer = Explainer(self.lexicon, self.rows, self.columns)
        for (a, b, total), parts in zip(self.found, self.parts(), strict=True):
            score = score_of(total)
            yield explainer.pair(a, b, score, verdict_of(score), parts)

    def lines(self) -> Iterator[tuple[str, str, int, str, str]]:
        """The pairs as cells of the result file; reasons are findings joined by "; "."""
        explainer, ids = Explainer(self.lexicon, self.rows, self.columns), self.columns.id
        for (a, b, total), parts in zip(self.found, self.parts(), strict=True):
            score = score_of(total)
            reasons = explainer.told(list(explainer.findings(a, b, parts)))
            yield ids[a], ids[b], score, verdict_of(score).value, reasons

    def parts(self) -> Iterator[Sequence[int]]:
        """Evidence by field of each found pair, in order."""
        if self.arrays is not None:
            from mufakat.engines.duplicates import large

            yield from large.parts_of(self.arrays, self.rows, self.found)
            return
        w = [0] * k.SCRATCH
        for a, b, _ in self.found:
            k.weigh(self.lexicon.vocabulary, self.rows, a, b, w)
            yield w[: k.FIELDS]


def refuse_repeated(ids: Sequence[str]) -> None:
    """Raise InputError when an id occurs twice: its pairs could not be told apart."""
    seen: dict[str, int] = {}
    for number, name in enumerate(ids, start=1):
        if seen.setdefault(name, number) != number:
            raise InputError(
                f"Id “{name}” dipakai dua kali, pada usulan ke-{seen[name]} dan ke-{number}. "
                "Beri setiap usulan id yang berbeda."
            )


def neighbours_of(places: Places, adjacency: Iterable[tuple[str, str]]) -> list[list[int]]:
    """Per kecamatan its neighbours with a higher number, ascending; unknown names are no places of this
    input.
    """
    near: list[set[int]] = [set() for _ in places.kec_names]
    for first, second in adjacency:
        a, b = places.kec_names.get(plain_name(first)), places.kec_names.get(plain_name(second))
        if a is not None and b is not None and a != b:
            near[min(a, b)].add(max(a, b))
    return [sorted(numbers) for numbers in near]


def members_of(kec: Sequence[int], count: int) -> tuple[list[int], list[int]]:
    """Rows grouped by kecamatan, and the bounds of each group."""
    groups: list[list[int]] = [[] for _ in range(count)]
    for row, number in enumerate(kec):
        groups[number].append(row)
    bounds = [0]
    for group in groups:
        bounds.append(bounds[-1] + len(group))
    return [row for group in groups for row in group], bounds


def search_plain(
    v: k.Vocabulary, rows: k.Rows, places: Places, adjacency: Iterable[tuple[str, str]]
) -> list[tuple[int, int, int]]:
    """(a, b, evidence) of all pairs above FLOOR, without compiling anything."""
    members, bounds = members_of(rows.kec, len(places.kec_names))
    near = neighbours_of(places, adjacency)
    postings: dict[int, list[int]] = {}
    parts = [0] * k.SCRATCH
    keys = [0] * k.MAX_KEYS
    found = []
    for number, others in enumerate(near):
        postings = {}
        mine = members[bounds[number] : bounds[number + 1]]
        own_keys = []
        for r in mine:
            count = k.row_keys(v, rows, r, keys, False)
            own_keys.append(keys[:count])
            for key in set(keys[:count]):
                postings.setdefault(key, []).append(r)
        jobs = [(r, own, True) for r, own in zip(mine, own_keys, strict=True)]
        for other in others:
            theirs = members[bounds[other] : bounds[other + 1]]
            jobs.extend((r, keys[: k.row_keys(v, rows, r, keys, True)], False) for r in theirs)
        for r, row_keys, inside in jobs:
            for mate in mates(postings, row_keys):
                if (inside and mate >= r) or k.is_apart(rows, mate, r):
                    continue
                total = k.weigh(v, rows, min(mate, r), max(mate, r), parts)
                if total >= FLOOR:
                    found.append((min(mate, r), max(mate, r), total))
    return found


def rank(found: tuple[int, int, int]) -> tuple[int, int, int]:
    """Strongest first, then input order."""
    return -score_of(found[2]), found[0], found[1]


def mates(postings: dict[int, list[int]], keys: Iterable[int]) -> set[int]:
    """Rows that share a key, crowded keys left out."""
    together: set[int] = set()
    for key in keys:
        rows = postings.get(key)
        if rows is not None and len(rows) <= k.BLOCK_CAP:
            together.update(rows)
    return together


def clusters(*, pairs: Iterable[Pair], order: Sequence[str] = ()) -> list[Cluster]:
    """Groups of proposals joined by `same` and `likely` pairs, largest first.

    The suggested head has the highest sum of scores to the others; ties go to the one earlier in `order`
    (ids in
    input order), then to the smaller id.
    """
    links = [p for p in pairs if p.verdict is not Verdict.REVIEW]
    parent: dict[str, str] = {}
    weight: dict[str, int] = {}
    for pair in links:
        a, b = _root(parent, pair.id_a), _root(parent, pair.id_b)
        parent[max(a, b)] = min(a, b)
        for member in (pair.id_a, pair.id_b):
            weight[member] = weight.get(member, 0) + pair.score
    groups: dict[str, list[str]] = {}
    place = {name: i for i, name in enumerate(order)}
    for member in sorted(weight, key=lambda m: (place.get(m, len(place)), m)):
        groups.setdefault(_root(parent, member), []).append(member)
    made = [Cluster(max(group, key=weight.__getitem__), tuple(group)) for group in groups.values()]
    return sorted(made, key=lambda c: -len(c.members))


def _root(parent: dict[str, str], member: str) -> str:
    while parent.setdefault(member, member) != member:
        parent[member] = parent[parent[member]]
        member = parent[member]
    return member
