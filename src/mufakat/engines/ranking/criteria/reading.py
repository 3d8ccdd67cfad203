"""JSON becomes a Problem, or every fault is named with its place and the way to mend it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from itertools import combinations, pairwise
from typing import Any

from mufakat.core.faults import Fault, FaultyInput
from mufakat.core.fields import Fields, exact_number
from mufakat.engines.ranking.criteria.problem import (
    COMBINE,
    METHODS,
    MISSING,
    NORMALISATIONS,
    OWN_AREA,
    Alternative,
    Ballot,
    Band,
    Criterion,
    Floor,
    Problem,
    Score,
    Village,
)

PRESETS = ("mufakat", "asahan", "bolaang-mongondow")
KEYS = (
    "kind", "title", "note", "preset", "method", "normalisation", "scale", "criteria", "comparisons", "weights", "combine",
    "missing", "own_area", "keep_own_order", "digits", "ties", "v", "classes", "pagu", "stops_at_line", "floors",
    "objective", "details", "villages", "alternatives", "scores", "rankings",
)  # fmt: skip
_FLOOR_KINDS = ("count", "value", "share", "at_most", "count_at_most")
RICHEST = 10**14
"""Largest sum in rupiah; times the finest share it still fits 64 bits."""
FINEST = 10**4
DETAILED, DETAILED_WITH_FLOORS = 2000, 500
"""Up to so many proposals every detail is worked out unasked: some seconds; floors price every proposal by itself."""
_FARTHEST_RANK = 10**6


class CriteriaFaulty(FaultyInput):
    """The problem has faults."""

    code = "soal_kriteria_keliru"
    subject = "Soal kriteria"


@lru_cache(maxsize=8)
def preset(name: str) -> Mapping[str, Any]:
    """A scheme as published: the house's default set, Kab. Asahan 2019, or Kab. Bolaang Mongondow 2019 (domain §2.6)."""
    text = files(__package__).joinpath("presets", f"{name}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    base = data.pop("extends", None)
    return {**preset(base), **data} if base else data


def read_problem(data: object) -> tuple[Problem, tuple[Fault, ...]]:
    """The problem and what was passed over in it. Raises CriteriaFaulty with all faults."""
    faults: list[Fault] = []
    if not isinstance(data, Mapping):
        raise CriteriaFaulty((Fault("(berkas)", "isinya bukan objek JSON.", "Mulai dengan { dan kunci alternatives."),))
    asked = Fields(data, "", faults)
    asked.only(KEYS)
    name = asked.one_of("preset", PRESETS, "mufakat") if "preset" in data else ""
    top = Fields({**preset(name), **data} if name else data, "", faults)
    problem = _Reading(top).problem(data)
    fatal = tuple(fault for fault in faults if fault.is_fatal)
    if fatal:
        raise CriteriaFaulty(fatal)
    return problem, tuple(faults)


class _Reading:
    """One pass over the file; what comes later may refer to what came before."""

    def __init__(self, top: Fields) -> None:
        self.top = top
        scale = top.child("scale")
        self.lowest = (scale.number("lowest") if scale else None) or Fraction(0 if scale else 1)
        self.highest = (scale.number("highest", required=True) if scale else None) or Fraction(5)
        if self.lowest >= self.highest:
            top.fault("scale", "batas bawah tidak di bawah batas atas.", "Isi lowest lebih kecil dari highest.")
        self.method = top.one_of("method", METHODS, "weighted_sum")
        default = {"topsis": "vector", "vikor": "none"}.get(self.method, "levels")
        self.normalisation = top.one_of("normalisation", NORMALISATIONS, default)
        if self.method == "topsis" and self.normalisation == "levels":
            self.normalisation = "vector"
        self.is_bounded = self.method == "weighted_sum" and self.normalisation == "levels"

    def problem(self, source: object) -> Problem:
        top = self.top
        criteria = tuple(self._criterion(fields) for fields in top.children("criteria", required=True))
        self._refuse_repeated("criteria", [c.key for c in criteria])
        self.criteria = {c.key: c for c in criteria}
        alternatives = tuple(self._alternative(fields) for fields in top.children("alternatives", required=True))
        self._refuse_repeated("alternatives", [a.id for a in alternatives])
        self.ids = {a.id for a in alternatives}
        scores = tuple(self._score(fields) for fields in top.children("scores"))
        self._refuse_double_scores(scores)
        self._tell_of_unused(scores, {a.id: a for a in alternatives})
        rankings = tuple(self._ballot(fields) for fields in top.children("rankings"))
        digits = 6 if self.method in ("topsis", "vikor") else 2
        weights = top.one_of("weights", ("given", "ahp"), "ahp" if "comparisons" in top.data else "given")
        self._check_weights(criteria, weights)
        self._check_borda(scores, rankings)
        return Problem(
            criteria=criteria, alternatives=alternatives, method=self.method, normalisation=self.normalisation,
            lowest=self.lowest, highest=self.highest, combine=top.one_of("combine", COMBINE, "mean"),
            missing=top.one_of("missing", MISSING, "skip"), own_area=top.one_of("own_area", OWN_AREA, "exclude"),
            keep_own_order=top.data.get("keep_own_order") is None or top.flag("keep_own_order"),
            digits=top.integer("digits", digits, largest=9) or 0, ties=self._ties(),
            compromise=self._v(), comparisons=self._comparisons() if weights == "ahp" else {}, scores=scores,
            rankings=rankings, classes=self._classes(), pagu=top.integer("pagu", None, largest=RICHEST),
            stops_at_line=top.flag("stops_at_line"),
            details=self._details(len(alternatives)), floors=self._floors(alternatives),
            objective=top.one_of("objective", ("order", "score"), "order"),
            villages=tuple(self._village(fields) for fields in top.children("villages")), source=source,
        )  # fmt: skip

    def _details(self, count: int) -> bool:
        """Whether stability and what would have sufficed are worked out: for long lists only when asked."""
        if self.top.data.get("details") is not None:
            return self.top.flag("details")
        most = DETAILED_WITH_FLOORS if self.top.data.get("floors") else DETAILED
        if count > most:
            self.top.fault(
                "details", f"{count} usulan: kemantapan dan harga ketentuan tidak dihitung.",
                'Isi "details": true untuk menghitungnya; itu memakan beberapa menit.', is_fatal=False,
            )  # fmt: skip
        return count <= most

    def _refuse_repeated(self, key: str, names: list[str]) -> None:
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name and name in seen:
                self.top.fault(f"{key}[{index}]", f"“{name}” sudah ada.", "Beri nama lain atau hapus yang berulang.")
            seen.add(name)

    def _criterion(self, fields: Fields) -> Criterion:
        fields.only(("key", "name", "weight", "direction", "bands", "values", "anchors", "multiplies"))
        key = fields.text("key", required=True)
        values = {word.strip().lower(): level for word, level in self._numbers(fields, "values").items()}
        criterion = Criterion(
            key=key, name=fields.text("name") or key, weight=self._weight(fields),
            direction=fields.one_of("direction", ("benefit", "cost"), "benefit"), bands=self._bands(fields), values=values,
            anchors=self._anchors(fields), multiplies=fields.flag("multiplies"),
        )  # fmt: skip
        if criterion.multiplies and self.method != "points":
            fields.fault("multiplies", "pengali hanya dikenal pada cara points.", "Hapus, atau pakai method points.")
        return criterion

    def _weight(self, fields: Fields) -> Fraction:
        weight = fields.number("weight")
        return Fraction(1) if weight is None else weight

    def _numbers(self, fields: Fields, key: str) -> dict[str, Fraction]:
        child = fields.child(key)
        found: dict[str, Fraction] = {}
        for name in child.data if child else ():
            level = child.number(name, required=True) if child else None
            if level is not None:
                found[name] = level
        return found

    def _anchors(self, fields: Fields) -> dict[str, str]:
        """The words of each level; when given, none may be missing (rule 60)."""
        child = fields.child("anchors")
        if child is None:
            return {}
        anchors = {level: child.text(level, required=True) for level in child.data}
        if self.is_bounded and self.lowest.denominator == self.highest.denominator == 1:
            for level in range(int(self.lowest), int(self.highest) + 1):
                if str(level) not in anchors:
                    child.fault(str(level), "tidak ada.", "Setiap tingkat memerlukan penjelasan (kaidah 60).")
        return anchors

    def _bands(self, fields: Fields) -> dict[str, tuple[Band, ...]]:
        child = fields.child("bands")
        found = {}
        for bidang in child.data if child else ():
            rows = child.children(bidang) if child else []
            bands = tuple(self._band(row) for row in rows)
            bounds = [b.bound for b in bands]
            rising = all(a is not None and (b is None or a < b) for a, b in pairwise(bounds))
            if not bands or not rising or bounds[-1] is not None:
                fields.fault(
                    f"bands.{bidang}", "batasnya tidak naik atau tidak ditutup.",
                    'Urutkan dari yang terkecil; pita terakhir tanpa batas, misalnya {"level": 5}.',
                )  # fmt: skip
            found[bidang.strip().lower()] = bands
        return found

    def _band(self, row: Fields) -> Band:
        below, to = row.number("below", least=None), row.number("to", least=None)
        level = row.number("level", required=True) or Fraction(0)
        self._on_scale(row, "level", level)
        return Band(below if below is not None else to, below is None, level)

    def _on_scale(self, fields: Fields, key: str, level: Fraction) -> None:
        if self.is_bounded and not self.lowest <= level <= self.highest:
            ends = f"{self.lowest} sampai {self.highest}"
            fields.fault(key, f"tingkat {level} di luar skala.", f"Isi {ends}, atau ubah scale.")

    def _alternative(self, fields: Fields) -> Alternative:
        fields.only(
            (
                "id",
                "title",
                "village",
                "list",
                "own_rank",
                "value",
                "groups",
                "bidang",
                "tags",
                "facts",
                "levels",
                "note",
            )
        )
        name = fields.text("id", required=True)
        given = fields.child("groups")
        groups = {key: given.text(key) for key in given.data} if given else {}
        if fields.text("bidang"):
            groups["bidang"] = fields.text("bidang")
        return Alternative(
            id=name, title=fields.text("title"), village=fields.text("village"), list=fields.text("list"),
            own_rank=fields.integer("own_rank", None, largest=_FARTHEST_RANK),
            value=fields.integer("value", None, largest=RICHEST), groups=groups, tags=tuple(fields.texts("tags")),
            facts=self._facts(fields), levels=self._levels(fields),
        )  # fmt: skip

    def _facts(self, fields: Fields) -> dict[str, Fraction | str]:
        child = fields.child("facts")
        found: dict[str, Fraction | str] = {}
        for key in child.data if child else ():
            assert child is not None
            value = child.data[key]
            number = exact_number(value)
            if value is None or value == "":
                continue
            if key not in self.criteria:
                # Told of a proposal but judged by nobody: it may break ties.
                found[key] = number if number is not None and not isinstance(value, str) else child.text(key)
            elif number is not None:
                found[key] = number
                criterion = self.criteria[key]
                if self.is_bounded and not criterion.bands:
                    self._on_scale(child, key, number)
            elif isinstance(value, str) and (value.strip().lower() in self.criteria[key].values):
                found[key] = value
            else:
                words = ", ".join(self.criteria[key].values) or "angka"
                child.fault(key, f"“{value}” tidak dapat dinilai.", f"Isi salah satu: {words}.")
        return found

    def _levels(self, fields: Fields) -> dict[str, Fraction]:
        child = fields.child("levels")
        found: dict[str, Fraction] = {}
        for key in child.data if child else ():
            assert child is not None
            if not child.known(key, key, self.criteria, "criteria"):
                continue
            level = child.number(key)
            if level is not None:
                self._on_scale(child, key, level)
                found[key] = level
        return found

    def _score(self, fields: Fields) -> Score:
        fields.only(("scorer", "area", "alternative", "levels"))
        name = fields.text("alternative", required=True)
        fields.known("alternative", name, self.ids, "alternatives")
        return Score(fields.text("scorer", required=True), fields.text("area"), name, self._levels(fields))

    def _refuse_double_scores(self, scores: Collection[Score]) -> None:
        seen: dict[tuple[str, str, str], int] = {}
        for index, score in enumerate(scores):
            for key in score.levels:
                first = seen.setdefault((score.scorer, score.alternative, key), index)
                if first != index:
                    self.top.fault(
                        f"scores[{index}]",
                        f"{score.scorer} sudah menilai {score.alternative} untuk {key} pada scores[{first}].",
                        "Hapus salah satu.",
                    )

    def _tell_of_unused(self, scores: Collection[Score], alternatives: Mapping[str, Alternative]) -> None:
        """A level that is stated stands; what scorers gave for it beside is told of."""
        for index, score in enumerate(scores):
            a = alternatives.get(score.alternative)
            for key in score.levels:
                if a is not None and key in a.levels and self.method != "borda":
                    self.top.fault(
                        f"scores[{index}].levels.{key}", f"tingkat {a.id} untuk {key} sudah dinyatakan pada levels.",
                        "Yang dipakai levels; hapus salah satu.", is_fatal=False,
                    )  # fmt: skip

    def _ballot(self, fields: Fields) -> Ballot:
        fields.only(("scorer", "area", "order"))
        order = fields.texts("order", required=True)
        for index, name in enumerate(order):
            fields.known(f"order[{index}]", name, self.ids, "alternatives")
            if name in order[:index]:
                fields.fault(f"order[{index}]", f"“{name}” disebut dua kali.", "Hapus yang berulang.")
        return Ballot(fields.text("scorer", required=True), fields.text("area"), tuple(order))

    def _check_weights(self, criteria: tuple[Criterion, ...], weights: str) -> None:
        total = sum((c.weight for c in criteria if not c.multiplies), Fraction(0))
        if weights == "given" and self.is_bounded and criteria and total != 100:
            self.top.fault("criteria", f"jumlah bobot {_plain(total)}, bukan 100.", "Ubah bobot hingga berjumlah 100.")
        elif criteria and total == 0:
            self.top.fault("criteria", "semua bobot nol.", "Isi bobot sekurangnya satu kriteria.")

    def _check_borda(self, scores: Collection[Score], rankings: Collection[Ballot]) -> None:
        if self.method == "borda" and not scores and not rankings:
            self.top.fault("rankings", "tidak ada.", "Cara borda memerlukan rankings atau scores dari penilai.")

    def _v(self) -> Fraction:
        v = self.top.number("v")
        if v is not None and v > 1:
            self.top.fault("v", f"{v} di luar 0 sampai 1.", "Isi misalnya 0.5.")
        return Fraction(1, 2) if v is None else v

    def _ties(self) -> tuple[str, ...]:
        specs = self.top.texts("ties")
        for index, spec in enumerate(specs):
            kind, _, key = spec.removeprefix("-").partition(":")
            is_known = (
                (kind == "level" and key in self.criteria)
                or (kind in ("fact", "group") and bool(key))
                or (not key and kind in ("own_rank", "village", "value", "id"))
            )
            if not is_known:
                self.top.fault(
                    f"ties[{index}]", f"“{spec}” tidak dikenal.",
                    "Pakai own_rank, village, value, id, level:KRITERIA, fact:NAMA, group:NAMA; awali - untuk terbesar dulu.",
                )  # fmt: skip
                return ()
        return tuple(specs) if "ties" in self.top.data else ("own_rank",)

    def _classes(self) -> tuple[tuple[Fraction, str], ...]:
        found = []
        for fields in self.top.children("classes"):
            least = fields.number("from", required=True)
            found.append((least or Fraction(0), fields.text("name", required=True)))
        return tuple(sorted(found, reverse=True))

    def _comparisons(self) -> dict[tuple[str, str], Fraction]:
        """Both directions of every pair; a pair may be stated once, as {"more": a, "less": b, "times": 3}."""
        pairs: dict[tuple[str, str], Fraction] = {}
        for fields in self.top.children("comparisons", required=True):
            fields.only(("more", "less", "times"))
            a, b = fields.text("more", required=True), fields.text("less", required=True)
            times = fields.number("times", required=True) or Fraction(1)
            if not (
                fields.known("more", a, self.criteria, "criteria")
                and fields.known("less", b, self.criteria, "criteria")
            ):
                continue
            if not Fraction(1, 9) <= times <= 9 or a == b:
                fields.fault(
                    "times", f"{times} kali tidak dapat dipakai.", "Isi 1/9 sampai 9 antara dua kriteria berbeda."
                )
            elif (a, b) in pairs:
                fields.fault("more", f"{a} dan {b} sudah dibandingkan.", "Hapus salah satu.")
            else:
                pairs[a, b], pairs[b, a] = times, 1 / times
        for a, b in combinations(self.criteria, 2):
            if (a, b) not in pairs:
                self.top.fault("comparisons", f"{a} dan {b} belum dibandingkan.", "Tambahkan perbandingannya.")
        if len(self.criteria) > 15:
            self.top.fault(
                "comparisons", f"{len(self.criteria)} kriteria; AHP sampai 15.", "Gabungkan beberapa kriteria."
            )
        return pairs

    def _floors(self, alternatives: Collection[Alternative]) -> tuple[Floor, ...]:
        floors = tuple(self._floor(fields, alternatives) for fields in self.top.children("floors"))
        self._refuse_repeated("floors", [f.id for f in floors])
        if sum(a.value or 0 for a in alternatives) > RICHEST:
            self.top.fault("alternatives", "jumlah nilainya melampaui Rp100 triliun.", "Periksa satuan nilai usulan.")
        if floors and self.top.data.get("pagu") is None:
            self.top.fault("pagu", "tidak ada.", "Ketentuan (floors) memerlukan pagu.")
        return floors

    def _floor(self, fields: Fields, alternatives: Collection[Alternative]) -> Floor:
        fields.only(("id", "name", "each", "where", "not", "of", *_FLOOR_KINDS))
        kinds = [kind for kind in _FLOOR_KINDS if fields.data.get(kind) is not None]
        if len(kinds) != 1:
            fields.fault("", f"menyebut {len(kinds)} ukuran.", f"Isi tepat satu dari {', '.join(_FLOOR_KINDS)}.")
        kind = kinds[0] if kinds else "count"
        amount = fields.number(kind) or Fraction(0)
        if kind == "share" and amount > 1:
            fields.fault("share", f"{amount} lebih dari seluruhnya.", "Isi bagian, misalnya 0.3 untuk 30 persen.")
        if kind == "share" and amount.denominator > FINEST:
            fields.fault("share", "lebih halus dari seperseratus persen.", "Bulatkan, misalnya 0.3333.")
        if kind in ("count", "count_at_most", "value", "at_most") and amount.denominator != 1:
            fields.fault(kind, "bukan bilangan bulat.", "Isi jumlah usulan atau rupiah yang bulat.")
        name = fields.text("id", required=True)
        known = {"village", "list", "tag", *(key for a in alternatives for key in a.groups)}
        each = fields.text("each")
        if each:
            fields.known("each", each, known, "kelompok usulan")
        return Floor(
            id=name, name=fields.text("name") or name, each=each, where=self._where(fields, "where", known),
            outside=self._where(fields, "not", known), kind=kind, amount=amount,
            of_pagu=fields.one_of("of", ("chosen", "pagu"), "chosen") == "pagu",
        )  # fmt: skip

    def _where(self, fields: Fields, key: str, known: Collection[str]) -> dict[str, tuple[str, ...]]:
        child = fields.child(key)
        found: dict[str, tuple[str, ...]] = {}
        for name in child.data if child else ():
            assert child is not None
            if child.known(name, name, known, "kelompok usulan"):
                value = child.data[name]
                found[name] = (str(value),) if isinstance(value, (str, int)) else tuple(child.texts(name))
        return found

    def _village(self, fields: Fields) -> Village:
        name = fields.text("id", required=True)
        population = fields.integer("population", None, largest=10**9)
        return Village(name, fields.text("name") or name, population)


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}".replace(".", ",")
