"""Why two proposals are thought to be one: field by field, in figures and in an Indonesian sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mufakat.engines.duplicates import kernels as k
from mufakat.engines.duplicates.lexicon import Lexicon
from mufakat.engines.duplicates.model import Pair, Reason, Verdict
from mufakat.engines.duplicates.table import Columns

OPENING = {
    Verdict.SAME: "Hampir pasti usulan yang sama",
    Verdict.LIKELY: "Kemungkinan besar usulan yang sama",
    Verdict.REVIEW: "Perlu diperiksa",
}
SLOTS = {k.OBJECT: 0, k.VAGUE: 0, k.QUALITY: 0, k.NAME: 1, k.LABEL: 2, k.GROUP: 3}
Finding = tuple[str, str, str, str, int]


class Facts(NamedTuple):
    """What was read out of one proposal, in words."""

    objects: str
    names: str
    numbers: str
    groups: str
    actions: str
    spot: str


class Explainer:
    """Explains pairs of one set of rows."""

    def __init__(self, lexicon: Lexicon, rows: k.Rows, columns: Columns) -> None:
        self.lexicon, self.rows, self.columns = lexicon, rows, columns
        self.action_names = [c.name for c in lexicon.dictionary.concepts if c.kind == k.ACTION]
        self._actions: dict[int, str] = {}
        self._spots: dict[tuple[int, int], str] = {}
        self._terms: dict[int, str] = {}

    def pair(self, a: int, b: int, score: int, verdict: Verdict, parts: Sequence[int]) -> Pair:
        """The explained pair of rows a and b; `parts` = evidence by field as `weigh` leaves it."""
        found = list(self.findings(a, b, parts))
        reasons = tuple(Reason(name, left, right, told, bits / 10) for name, left, right, told, bits in found)
        sentence = f"{OPENING[verdict]} (skor {score}): {self.told(found)}."
        return Pair(self.columns.id[a], self.columns.id[b], score, verdict, reasons, sentence)

    @staticmethod
    def told(found: Sequence[Finding]) -> str:
        """All findings in one line."""
        return "; ".join([f"{name}: {finding}" for name, _, _, finding, _ in found])

    def findings(self, a: int, b: int, parts: Sequence[int]) -> Iterator[Finding]:
        """Field, both sides, finding and tenths of bits, in the order a reader checks them."""
        left, right = self.facts(a), self.facts(b)
        yield self._village(a, b, parts)
        if left.spot or right.spot:
            yield "RT/RW", left.spot, right.spot, told(left.spot, right.spot, "beririsan"), parts[k.PLACE]
        if left.objects or right.objects:
            yield _by_words("objek", left.objects, right.objects, parts[k.OBJ])
        if left.actions or right.actions:
            word = "sejenis" if parts[k.ACT] > -50 else "berbeda"
            yield (
                "tindakan",
                left.actions,
                right.actions,
                told(left.actions, right.actions, word),
                parts[k.ACT],
            )
        if left.names or right.names:
            yield _by_words("nama tempat dan rincian", left.names, right.names, parts[k.NAMES])
        if left.numbers or right.numbers:
            yield _by_words("nomor", left.numbers, right.numbers, parts[k.LAB])
        if left.groups or right.groups:
            yield _by_words("sasaran", left.groups, right.groups, parts[k.GRP])
        yield from self._figures(a, b, parts)

    def facts(self, r: int) -> Facts:
        """Row r in words."""
        rows, classes = self.rows, self.lexicon.vocabulary.term_class
        slots: list[list[str]] = [[], [], [], []]
        for term in list(rows.term[rows.start[r] : rows.start[r + 1]]):
            slots[SLOTS[classes[term]]].append(self._term(term))
        spot, action = (rows.rt[r], rows.rw[r]), rows.action[r]
        if spot not in self._spots:
            self._spots[spot] = spot_text(*map(int, spot))
        if action not in self._actions:
            listed = enumerate(self.action_names)
            self._actions[action] = ", ".join(name for i, name in listed if int(action) >> i & 1)
        objects, names, numbers, groups = (", ".join(slot) for slot in slots)
        return Facts(objects, names, numbers, groups, self._actions[action], self._spots[spot])

    def _term(self, term: int) -> str:
        text = self._terms.get(term)
        if text is None:
            text = self._terms[term] = self.lexicon.term_text(term)
        return text

    def _village(self, a: int, b: int, parts: Sequence[int]) -> Finding:
        rows, names = self.rows, self.columns
        left, right = (f"{names.desa[r] or '(tanpa desa)'}, Kec. {names.kecamatan[r]}" for r in (a, b))
        if rows.desa[a] == rows.desa[b]:
            finding = "desa/kelurahan sama" if names.desa[a] else "kecamatan sama, desa tidak disebut"
        elif rows.kec[a] == rows.kec[b]:
            finding = "desa berbeda dalam satu kecamatan"
        else:
            finding = "kecamatan bertetangga"
        return "wilayah", left, right, finding, parts[k.NEED]

    def _figures(self, a: int, b: int, parts: Sequence[int]) -> Iterator[Finding]:
        rows, columns = self.rows, self.columns
        if parts[k.QTY]:
            left, right = (str(rows.quantity[r] // 64) for r in (a, b))
            yield "volume", left, right, "sama" if parts[k.QTY] > 0 else "berbeda", parts[k.QTY]
        if parts[k.GEO]:
            left, right = (f"{columns.lat[r]}, {columns.lon[r]}" for r in (a, b))
            yield "titik peta", left, right, "berdekatan" if parts[k.GEO] > 0 else "berjauhan", parts[k.GEO]
        if parts[k.SAME]:
            yield "rumusan", "", "", "semua unsur sama", parts[k.SAME]
        if parts[k.COST]:
            yield "nilai", str(rows.cost[a]), str(rows.cost[b]), "sama", parts[k.COST]
        years, sources = columns.year, columns.source
        if years and years[a] and years[b] and years[a] != years[b]:
            yield "tahun", str(years[a]), str(years[b]), f"usulan berulang ({years[a]} – {years[b]})", 0
        if sources and sources[a] and sources[b] and sources[a].lower() != sources[b].lower():
            finding = f"tautkan, jangan gabungkan ({sources[a]} – {sources[b]})"
            yield "sumber", sources[a], sources[b], finding, 0


def told(left: str, right: str, differing: str) -> str:
    """How two texts compare: equal, `differing`, or said by one side only."""
    if left == right:
        return f"sama ({left})"
    if left and right:
        return f"{differing} ({left} – {right})"
    return f"hanya disebut satu usulan ({left or right})"


def _by_words(name: str, left: str, right: str, bits: int) -> Finding:
    return name, left, right, told(left, right, "mirip" if bits > 0 else "berbeda"), bits


def spot_text(rt: int, rw: int) -> str:
    """RT and RW bits in words: "RT 1, 3 RW 5"."""
    shown = []
    for name, mask in (("RT", rt), ("RW", rw)):
        if mask:
            shown.append(name + " " + ", ".join(str(n) for n in range(62) if mask >> n & 1))
    return " ".join(shown)
