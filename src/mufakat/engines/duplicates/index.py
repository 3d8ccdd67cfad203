"""An index that takes, changes and drops proposals one by one and answers at typing speed.

It gives the same pairs as `find_pairs` over the same proposals: same readings, same keys, same weights. Rarities
depend on the neighbourhood, so they are weighed when a pair is, from counts kept up to date.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, fields

from mufakat.engines.duplicates import kernels as k
from mufakat.engines.duplicates.dictionary import Dictionary, shipped
from mufakat.engines.duplicates.explain import Explainer
from mufakat.engines.duplicates.lexicon import Lexicon
from mufakat.engines.duplicates.model import InputError, Pair, Proposal
from mufakat.engines.duplicates.pairs import FLOOR, score_of, verdict_of
from mufakat.engines.duplicates.table import Columns, atoms_of, micro, numbers_in, plain_name

FORMAT = 1


class Index:
    """Proposals with their readings, keys and counts. Not for several threads at once."""

    def __init__(self, *, adjacency: Iterable[tuple[str, str]] = (), dictionary: Dictionary | None = None) -> None:
        self._lexicon = Lexicon(dictionary or shipped())
        self._columns = Columns()
        self._rows = k.Rows(*([] for _ in k.Rows._fields))
        self._rows.start.append(0)
        self._at: dict[str, int] = {}
        self._kec: dict[str, int] = {}
        self._desa: dict[tuple[str, str], int] = {}
        self._named: list[int] = []
        self._own: list[tuple[int, ...]] = []
        self._sizes: Counter[tuple[str, int]] = Counter()
        self._seen: dict[tuple[str, int], Counter[int]] = {}
        self._postings: dict[int, dict[int, set[int]]] = {}
        self._borders: dict[str, set[str]] = {}
        self._links = sorted({tuple(sorted((plain_name(a), plain_name(b)))) for a, b in adjacency})
        for a, b in self._links:
            self._borders.setdefault(a, set()).add(b)
            self._borders.setdefault(b, set()).add(a)

    def __len__(self) -> int:
        """How many proposals are held."""
        return len(self._at)

    def __contains__(self, name: str) -> bool:
        """Whether a proposal of this id is held."""
        return name in self._at

    def add(self, proposal: Proposal) -> list[Pair]:
        """Take a proposal; returns its pairs with those already held, strongest first. Raises InputError."""
        if proposal.id in self._at:
            raise InputError(f"Id “{proposal.id}” sudah ada dalam indeks. Pakai change untuk mengubahnya.")
        row = self._read(proposal)
        self._at[proposal.id] = row
        self._count(row, 1)
        return self._pairs(row)

    def change(self, proposal: Proposal) -> list[Pair]:
        """Replace the proposal of the same id; returns its pairs. Raises InputError when there is none."""
        self.drop(proposal.id)
        return self.add(proposal)

    def drop(self, name: str) -> None:
        """Forget a proposal. Raises InputError when it is not held."""
        row = self._at.pop(name, None)
        if row is None:
            raise InputError(f"Id “{name}” tidak ada dalam indeks. Periksa idnya.")
        self._count(row, -1)

    def near(self, proposal: Proposal) -> list[Pair]:
        """Pairs a proposal would have, without taking it: the hint while typing. Its own id is left out."""
        held = self._at.get(proposal.id)
        if held is not None:
            self._count(held, -1)
        mark = len(self._columns.id), len(self._rows.term)
        row = self._read(proposal)
        self._count(row, 1)
        found = self._pairs(row)
        self._count(row, -1)
        self._cut(*mark)
        if held is not None:
            self._count(held, 1)
        return found

    def pairs(self) -> list[Pair]:
        """All pairs among the proposals held, each once, strongest first."""
        found = [(total, a, b) for b in self._at.values() for total, a in self._found(b) if a < b]
        return [self._explained(total, a, b) for total, a, b in sorted(found, key=lambda f: (-score_of(f[0]), f[1:]))]

    def dumps(self) -> str:
        """The index as JSON text, the same text for the same proposals in the same order of arrival."""
        held = [asdict(self._columns.row(row)) for row in sorted(self._at.values())]
        return json.dumps({"format": FORMAT, "adjacency": self._links, "proposals": held}, ensure_ascii=False)

    @classmethod
    def loads(cls, text: str, *, dictionary: Dictionary | None = None) -> Index:
        """An index from `dumps`. Raises InputError when the text is not one."""
        try:
            data = json.loads(text)
            known = {f.name for f in fields(Proposal)}
            if data["format"] != FORMAT:
                raise KeyError("format")
            index = cls(adjacency=[(a, b) for a, b in data["adjacency"]], dictionary=dictionary)
            for held in data["proposals"]:
                row = index._read(Proposal(**{name: held[name] for name in known if name in held}))
                index._at[index._columns.id[row]] = row
                index._count(row, 1)
        except (ValueError, KeyError, TypeError) as error:
            raise InputError("Isi indeks usulan tidak terbaca. Susun ulang indeks dari daftar usulan.") from error
        return index

    def _read(self, proposal: Proposal) -> int:
        """Append a row with everything that can be read out of the proposal; returns its number."""
        columns, rows = self._columns, self._rows
        for name in Columns.__dataclass_fields__:
            getattr(columns, name).append(getattr(proposal, name))
        kec, desa = self._place(plain_name(proposal.kecamatan), plain_name(proposal.desa))
        atoms, _ = atoms_of(self._lexicon, [proposal.text])
        atoms = atoms[:400]
        v, out = self._lexicon.vocabulary, [0] * (len(atoms) + 8 + k.MAX_TERMS * 2)
        count = k.read_row(v, atoms, 0, len(atoms), out, self._lexicon.labels)
        terms = out[4 + len(atoms) : 4 + len(atoms) + count]
        figures = (
            kec, desa, numbers_in(proposal.rt) or out[0], numbers_in(proposal.rw) or out[1], out[2], out[3],
            proposal.value or 0, micro(proposal.lat), micro(proposal.lon),
        )  # fmt: skip
        for column, figure in zip(rows[: len(figures)], figures, strict=True):
            column.append(figure)
        rows.own.extend(self._is_own(term, desa) for term in terms)
        rows.term.extend(terms)
        rows.start.append(len(rows.term))
        for blank in (rows.rare_desa, rows.rare_kec):
            blank.extend([0] * count)
        rows.need_desa.append(0)
        rows.need_kec.append(0)
        return len(columns.id) - 1

    def _place(self, kec: str, desa: str) -> tuple[int, int]:
        number = self._desa.setdefault((kec, desa), len(self._desa))
        if number == len(self._named):
            self._named.append(int(bool(desa)))
            self._own.append(self._lexicon.own_terms(kec, desa))
        return self._kec.setdefault(kec, len(self._kec)), number

    def _is_own(self, term: int, desa: int) -> int:
        v = self._lexicon.vocabulary
        if v.term_class[term] != k.NAME:
            return 0
        scratch = [0] * k.SCRATCH
        return int(any(term == own or k.likeness(v, term, own, scratch) == 2 for own in self._own[desa]))

    def _count(self, row: int, step: int) -> None:
        """Enter a row into the counts and the postings of its kecamatan, or take it out (step -1)."""
        rows = self._rows
        terms = rows.term[rows.start[row] : rows.start[row + 1]]
        for place in (("kec", rows.kec[row]), ("desa", rows.desa[row])):
            self._sizes[place] += step
            seen = self._seen.setdefault(place, Counter())
            for term in terms:
                seen[term] += step
        postings = self._postings.setdefault(rows.kec[row], {})
        for key in self._keys(row, wide=False):
            members = postings.setdefault(key, set())
            if step > 0:
                members.add(row)
            else:
                members.discard(row)

    def _keys(self, row: int, *, wide: bool) -> set[int]:
        keys = [0] * k.MAX_KEYS
        return set(keys[: k.row_keys(self._lexicon.vocabulary, self._rows, row, keys, wide)])

    def _mates(self, row: int) -> set[int]:
        """Rows that share a key: those of the kecamatan, and those across its borders under far-reaching keys."""
        kec = self._rows.kec[row]
        mates = self._under(kec, self._keys(row, wide=False))
        name = plain_name(self._columns.kecamatan[row])
        across = [self._kec[other] for other in self._borders.get(name, ()) if other in self._kec]
        if across:
            wide = self._keys(row, wide=True)
            for other in across:
                mates |= self._under(other, wide)
        mates.discard(row)
        return mates

    def _under(self, kec: int, keys: set[int]) -> set[int]:
        postings = self._postings.get(kec, {})
        found: set[int] = set()
        for key in keys:
            members = postings.get(key)
            if members and len(members) <= k.BLOCK_CAP:
                found |= members
        return found

    def _weigh_in(self, row: int) -> None:
        """Bring a row's rarities and needs to the present counts."""
        rows = self._rows
        kec, desa = ("kec", rows.kec[row]), ("desa", rows.desa[row])
        seen, near = self._seen[kec], self._seen[desa]
        k.weigh_row(
            self._lexicon.vocabulary, rows, row, self._sizes[desa], self._sizes[kec], self._named,
            seen, near,  # type: ignore[arg-type]  # counters answer like lists of counts
        )  # fmt: skip

    def _found(self, row: int) -> list[tuple[int, int]]:
        """(evidence, mate) of every mate above the floor."""
        self._weigh_in(row)
        parts, found = [0] * k.SCRATCH, []
        for mate in sorted(self._mates(row)):
            if not k.is_apart(self._rows, mate, row):
                self._weigh_in(mate)
                total = k.weigh(self._lexicon.vocabulary, self._rows, min(mate, row), max(mate, row), parts)
                if total >= FLOOR:
                    found.append((total, mate))
        return found

    def _pairs(self, row: int) -> list[Pair]:
        found = sorted(self._found(row), key=lambda f: (-score_of(f[0]), f[1]))
        return [self._explained(total, min(mate, row), max(mate, row)) for total, mate in found]

    def _explained(self, total: int, a: int, b: int) -> Pair:
        parts = [0] * k.SCRATCH
        for row in (a, b):
            self._weigh_in(row)
        k.weigh(self._lexicon.vocabulary, self._rows, a, b, parts)
        score = score_of(total)
        return Explainer(self._lexicon, self._rows, self._columns).pair(a, b, score, verdict_of(score), parts)

    def _cut(self, rows: int, terms: int) -> None:
        """Forget everything read after a mark."""
        for name in Columns.__dataclass_fields__:
            del getattr(self._columns, name)[rows:]
        for name, column in zip(k.Rows._fields, self._rows, strict=True):
            if name == "start":
                del column[rows + 1 :]
            else:
                del column[terms if name in ("own", "term", "rare_desa", "rare_kec") else rows :]
