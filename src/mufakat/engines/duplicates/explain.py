"""Why two proposals are thought to be one: field by field, in figures and in an Indonesian sentence."""

from __future__ import annotations

from collections.abc import Iterable

from mufakat.engines.duplicates import kernels as k
from mufakat.engines.duplicates.lexicon import Lexicon
from mufakat.engines.duplicates.model import Pair, Reason, Verdict
from mufakat.engines.duplicates.table import Columns

OPENING = {
    Verdict.SAME: "Hampir pasti usulan yang sama",
    Verdict.LIKELY: "Kemungkinan besar usulan yang sama",
    Verdict.REVIEW: "Perlu diperiksa",
}


class Explainer:
    """Explains pairs of one set of rows."""

    def __init__(self, lexicon: Lexicon, rows: k.Rows, columns: Columns) -> None:
        self.lexicon, self.rows, self.columns = lexicon, rows, columns
        self.actions = [c.name for c in lexicon.dictionary.concepts if c.kind == k.ACTION]
        self.parts = [0] * k.FIELDS

    def pair(self, a: int, b: int, score: int, verdict: Verdict) -> Pair:
        """The explained pair of rows a and b."""
        k.weigh(self.lexicon.vocabulary, self.rows, a, b, self.parts)
        reasons = tuple(self._reasons(a, b))
        told = [f"{r.field}: {r.finding}" for r in reasons]
        sentence = f"{OPENING[verdict]} (skor {score}): " + "; ".join(told) + "."
        return Pair(self.columns.id[a], self.columns.id[b], score, verdict, reasons, sentence)

    def _reasons(self, a: int, b: int) -> Iterable[Reason]:
        yield self._village(a, b)
        yield from self._spot(a, b)
        yield from self._terms("objek", a, b, (k.OBJECT, k.VAGUE, k.QUALITY), self.parts[k.OBJ])
        yield from self._actions(a, b)
        yield from self._terms("nama tempat dan rincian", a, b, (k.NAME,), self.parts[k.NAMES])
        yield from self._terms("nomor", a, b, (k.LABEL,), self.parts[k.LAB])
        yield from self._terms("sasaran", a, b, (k.GROUP,), self.parts[k.GRP])
        yield from self._figures(a, b)

    def _village(self, a: int, b: int) -> Reason:
        rows, names = self.rows, self.columns
        left, right = (f"{names.desa[r] or '(tanpa desa)'}, Kec. {names.kecamatan[r]}" for r in (a, b))
        if rows.desa[a] == rows.desa[b]:
            finding = "desa/kelurahan sama"
        elif rows.kec[a] == rows.kec[b]:
            finding = "desa berbeda dalam satu kecamatan"
        else:
            finding = "kecamatan bertetangga"
        return Reason("wilayah", left, right, finding, self.parts[k.NEED] / 10)

    def _spot(self, a: int, b: int) -> Iterable[Reason]:
        rows = self.rows
        sides = spot_text(rows.rt[a], rows.rw[a]), spot_text(rows.rt[b], rows.rw[b])
        if not any(sides):
            return
        if sides[0] == sides[1]:
            finding = f"sama ({sides[0]})"
        elif all(sides):
            finding = f"beririsan ({sides[0]} – {sides[1]})"
        else:
            finding = f"hanya disebut satu usulan ({sides[0] or sides[1]})"
        yield Reason("RT/RW", *sides, finding, self.parts[k.PLACE] / 10)

    def _terms(self, name: str, a: int, b: int, kinds: tuple[int, ...], bits: int) -> Iterable[Reason]:
        sides = self._texts(a, kinds), self._texts(b, kinds)
        if not any(sides):
            return
        left, right = (", ".join(side) for side in sides)
        if left == right:
            finding = f"sama ({left})"
        elif left and right:
            finding = f"{'mirip' if bits > 0 else 'berbeda'} ({left} – {right})"
        else:
            finding = f"hanya disebut satu usulan ({left or right})"
        yield Reason(name, left, right, finding, bits / 10)

    def _texts(self, r: int, kinds: tuple[int, ...]) -> list[str]:
        rows, v = self.rows, self.lexicon.vocabulary
        terms = (rows.term[i] for i in range(rows.start[r], rows.start[r + 1]))
        return [self.lexicon.term_text(term) for term in terms if v.term_class[term] in kinds]

    def _actions(self, a: int, b: int) -> Iterable[Reason]:
        left, right = (self._action_text(self.rows.action[r]) for r in (a, b))
        if not left and not right:
            return
        bits = self.parts[k.ACT]
        if not left or not right:
            finding = f"hanya disebut satu usulan ({left or right})"
        elif left == right:
            finding = f"sama ({left})"
        else:
            finding = f"{'sejenis' if bits >= 0 else 'berbeda'} ({left} – {right})"
        yield Reason("tindakan", left, right, finding, bits / 10)

    def _action_text(self, mask: int) -> str:
        return ", ".join(name for i, name in enumerate(self.actions) if mask >> i & 1)

    def _figures(self, a: int, b: int) -> Iterable[Reason]:
        parts, rows, columns = self.parts, self.rows, self.columns
        if parts[k.QTY]:
            finding = "sama" if parts[k.QTY] > 0 else "berbeda"
            left, right = (str(rows.quantity[r] // 64) for r in (a, b))
            yield Reason("volume", left, right, finding, parts[k.QTY] / 10)
        if parts[k.GEO]:
            finding = "berdekatan" if parts[k.GEO] > 0 else "berjauhan"
            left, right = (f"{columns.lat[r]}, {columns.lon[r]}" for r in (a, b))
            yield Reason("titik peta", left, right, finding, parts[k.GEO] / 10)
        if parts[k.SAME]:
            yield Reason("rumusan", "", "", "semua unsur sama", parts[k.SAME] / 10)
        if parts[k.COST]:
            yield Reason("nilai", str(rows.cost[a]), str(rows.cost[b]), "sama", parts[k.COST] / 10)
        yield from self._origins(a, b)

    def _origins(self, a: int, b: int) -> Iterable[Reason]:
        years, sources = self.columns.year, self.columns.source
        if years and years[a] and years[b] and years[a] != years[b]:
            yield Reason("tahun", str(years[a]), str(years[b]), f"usulan berulang ({years[a]} – {years[b]})", 0.0)
        if sources and sources[a] and sources[b] and sources[a].lower() != sources[b].lower():
            told = f"tautkan, jangan gabungkan ({sources[a]} – {sources[b]})"
            yield Reason("sumber", sources[a], sources[b], told, 0.0)


def spot_text(rt: int, rw: int) -> str:
    """RT and RW bits in words: "RT 1, 3 RW 5"."""
    told = []
    for name, mask in (("RT", rt), ("RW", rw)):
        if mask:
            told.append(name + " " + ", ".join(str(n) for n in range(62) if mask >> n & 1))
    return " ".join(told)
