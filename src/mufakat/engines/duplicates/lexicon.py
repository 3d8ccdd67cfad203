"""Raw tokens become numbered atoms, each distinct token once: punctuation, numbers, spelling, dictionary."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from mufakat.engines.duplicates import kernels as k
from mufakat.engines.duplicates.dictionary import Dictionary

ROW_END = "\x00"
LABELS = 2048
PIECE = re.compile(r"\d+|[^\W\d_]+|[,;&+()]|[-–—]|/")
REPEATED = re.compile(r"^(\w{3,}?)-\1(an|nya)?$")
MONEY = re.compile(r"(?:rp\.?)?\d{1,3}(?:\.\d{3})+(?:,\d+)?|rp\.?\d+|\d+(?:[.,]\d+)?%")
TIMES = re.compile(r"(?<=\d)\s*[x×*]\s*(?=\d)")
MARK = re.compile(r"^[(\[]*p\d{1,2}[)\]]*[.,;]?$")
UNIT_DIGIT = re.compile(r"(?<=[\d ])(m|cm|km)([¹²³123])\b|^(m)([¹²³123])\b")
SUPERSCRIPT = str.maketrans("¹²³", "123")
DOTTED = (
    (re.compile(r"\br\.?\s*t\.(?=[^a-z]|$)"), "rt "),
    (re.compile(r"\br\.?\s*w\.(?=[^a-z]|$)"), "rw "),
)
ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
ROMANS |= {"xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15}
FIGURES = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]
WORDS_FOR = dict(zip(FIGURES, range(1, 11), strict=True))
CUES = {
    "rt": k.RT, "rts": k.RT, "tr": k.RT, "rtt": k.RT, "rw": k.RW, "rws": k.RW, "wr": k.RW, "rww": k.RW,
    "rrt": k.RT, "rrw": k.RW, "erte": k.RT, "erwe": k.RW, "rtrw": k.RTRW,
}  # fmt: skip
JOINERS = {"dan": k.LIST, "sampai": k.DASH, "hingga": k.DASH, "s/d": k.DASH, "s.d": k.DASH, "s.d.": k.DASH}
PUNCTUATION = {"/": k.SLASH, "-": k.DASH, "–": k.DASH, "—": k.DASH}
BESIDE_WORDS = frozenset(
    ("dekat", "depan", "belakang", "samping", "sebelah", "sekitar", "menuju", "arah", "ke", "seberang")
)
LETTERED = frozenset(
    [
        "blok",
        "blk",
        "gang",
        "gg",
        "jalur",
        "lorong",
        "jl",
        "jln",
        "jlan",
        "jalan",
        "dusun",
        "dsn",
        "dukuh",
        "dkh",
        "kampung",
        "kp",
        "kpg",
        "perum",
        "perumahan",
        "padukuhan",
        "pedukuhan",
        "cluster",
    ]
)
SHORT = {"jl": "jalan", "jln": "jalan", "jlan": "jalan", "jal": "jalan", "gg": "gang"}
REDUPLICATED = ("gorong", "ibu", "anak", "buah", "lampu", "bapak", "kupu", "warga")
FOLDS = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("sj", "sy"),
    ("kh", "k"),
    ("ph", "f"),
    ("dh", "d"),
    ("th", "t"),
)
DOUBLED = re.compile(r"(.)\1+")


def fold(word: str) -> str:
    """Spelling variants and doubled letters made one: "Soekarno" → "sukarno", "Muhammad" → "muhamad"."""
    for old, new in FOLDS:
        if old in word:
            word = word.replace(old, new)
    return DOUBLED.sub(r"\1", word)


HINTS = {
    **dict.fromkeys(LETTERED, -1),
    **dict.fromkeys(BESIDE_WORDS, k.BESIDE),
    **dict.fromkeys(("untuk", "bagi", "utk"), k.SERVING),
}


class Lexicon:
    """Numbers for tokens, atoms and terms; grows as texts are read and forgets nothing."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.tokens = _Tokens(self)
        self.expansions: list[tuple[int, ...]] = []
        self.atoms: dict[tuple[int, int, int, int, int, int], int] = {}
        self.labels = len(dictionary.concepts)
        self.first_name = self.labels + LABELS
        self.names: dict[str, int] = {}
        self.parts: dict[str, int] = {}
        self.vocabulary = _empty_vocabulary(dictionary, self.labels)
        self._by_word: dict[str, int] = {}
        self.tokens[ROW_END]

    def expand(self, raw: str) -> tuple[int, ...]:
        """Atoms of one lower-case token."""
        if raw == ROW_END:
            return (self._atom(k.CUT),)
        if raw.isascii() and raw.isalpha():
            return (self.word(raw),)
        text = unicodedata.normalize("NFKC", raw.translate(SUPERSCRIPT)).lower()
        if MARK.match(text):
            return (self._atom(k.MARK, int("".join(filter(str.isdigit, text)))),)
        if text.strip("(),") in JOINERS:
            return (self._atom(JOINERS[text.strip("(),")]),)
        return tuple(self._pieces(self._simplified(text)))

    def _simplified(self, text: str) -> str:
        text = MONEY.sub(" ", text)
        text = TIMES.sub(" ", UNIT_DIGIT.sub(_spelled_unit, text))
        text = text.replace("'", "").replace("’", "").replace("`", "").replace("ʻ", "")
        for pattern, plain in DOTTED:
            text = pattern.sub(plain, text)
        core = text.strip('()[]{}.,;:!?"“”')
        match = REPEATED.match(core)
        return match.group(1) if match else text

    def _pieces(self, text: str) -> list[int]:
        atoms, before = [], ""
        for piece in PIECE.findall(text):
            if piece.isdigit():
                if piece == "2" and before in REDUPLICATED:
                    continue
                atoms.append(self._atom(k.NUMBER, min(int(piece), 99_999_999), known=int(piece[0] == "0")))
            elif piece in PUNCTUATION:
                atoms.append(self._atom(PUNCTUATION[piece]))
            elif piece in ",;&+()":
                atoms.append(self._atom(k.LIST if piece not in "()" else k.SKIP))
            else:
                atoms.append(self.word(piece))
            before = piece
        return atoms

    def word(self, word: str) -> int:
        """Atom of one word without punctuation."""
        if word not in self._by_word:
            self._by_word[word] = self._new_word(word)
        return self._by_word[word]

    def _new_word(self, word: str) -> int:
        word = SHORT.get(word, word)
        if word in CUES:
            return self._atom(CUES[word])
        if word in JOINERS:
            return self._atom(JOINERS[word])
        if word in ROMANS and word not in ("x",):
            return self._atom(k.ROMAN, ROMANS[word], hint=ROMANS[word])
        if len(word) == 1:
            unit = self.dictionary.units.get(word, 0)
            return self._atom(k.LETTER, ord(word) % 512, unit=unit)
        hint = WORDS_FOR.get(word, HINTS.get(word, 0))
        unit = self.dictionary.units.get(word, 0)
        if hint > 0:
            return self._atom(k.SKIP, 0, hint=hint)
        known = self._known_form(word)
        if known:
            code = self.dictionary.words[known]
            return self._atom(k.WORD, code, unit=unit, known=1, hint=hint, alias=self._alias(known, word))
        if unit or len(word) < 3:
            return self._atom(k.SKIP, unit=unit)
        return self._atom(k.WORD, self.name(word))

    def _alias(self, known: str, word: str) -> int:
        """The term a known word stands for when it is no object: its own spelling, unless it says nothing."""
        return (
            -1 if self.dictionary.forms.get((known,)) == () and known not in self.dictionary.names else self.name(word)
        )

    def _known_form(self, word: str) -> str:
        words = self.dictionary.words
        if word in words:
            return word
        if word in self.dictionary.names:
            return ""
        for ending in ("nya", "an"):
            if word.endswith(ending) and word[: -len(ending)] in words and len(word) > len(ending) + 3:
                return word[: -len(ending)]
        folded = fold(word)
        return folded if folded in words else self.dictionary.correct(word)

    def name(self, word: str) -> int:
        """Term of a word the dictionary does not know."""
        spelled = fold(word)
        if spelled not in self.names:
            self.names[spelled] = self.first_name + len(self.names)
            self._add_term(spelled)
        return self.names[spelled]

    def _add_term(self, spelled: str) -> None:
        v = self.vocabulary
        size = 4 if len(spelled) >= 8 else 3
        v.term_class.append(k.NAME)
        v.term_parent.append(-1)
        v.term_prior.append(8)
        v.term_prefix.append(self._part(spelled[:size]))
        v.term_suffix.append(self._part(spelled[-size:]))
        v.term_mask.append(_letter_mask(spelled))
        v.chars.extend(map(ord, spelled))
        v.char_start.append(len(v.chars))

    def _part(self, part: str) -> int:
        return self.parts.setdefault(part, len(self.parts))

    def _atom(self, kind: int, value: int = 0, unit: int = 0, known: int = 0, hint: int = 0, alias: int = -1) -> int:
        key = (kind, value, unit, known, hint, alias)
        if key not in self.atoms:
            self.atoms[key] = len(self.atoms)
            v = self.vocabulary
            for column, cell in zip((v.kind, v.value, v.unit, v.known, v.hint, v.alias), key, strict=True):
                column.append(cell)
        return self.atoms[key]

    def own_terms(self, *names: str) -> tuple[int, ...]:
        """Terms of the words in a village's or sub-district's own name; codes give none."""
        found = []
        for name in names:
            for piece in PIECE.findall(name.lower().replace("'", "")):
                atom = self.word(piece) if piece.isalpha() and len(piece) > 2 else -1
                if atom >= 0 and self.vocabulary.kind[atom] == k.WORD and not self.vocabulary.known[atom]:
                    found.append(self.vocabulary.value[atom])
        return tuple(found)

    def term_text(self, term: int) -> str:
        """A term in words, for explanations."""
        if term < self.labels:
            return self.dictionary.concepts[term].name.replace("_", " ")
        if term < self.first_name:
            number = term - self.labels
            if number >= 500:
                return chr(number - 1000).upper() if number >= 1000 else f"P{number - 500}"
            return str(number)
        v = self.vocabulary
        return "".join(map(chr, v.chars[v.char_start[term] : v.char_start[term + 1]]))


class _Tokens(dict[str, int]):
    """Token → number; an unseen token is expanded on first use."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def __missing__(self, raw: str) -> int:
        number = len(self)
        self[raw] = number
        self.lexicon.expansions.append(self.lexicon.expand(raw))
        return number


def _spelled_unit(match: re.Match[str]) -> str:
    unit, power = match.group(1) or match.group(3), (match.group(2) or match.group(4)).translate(SUPERSCRIPT)
    return " " + {"1": "mtr", "2": "mpersegi", "3": "kubik"}[power] + " " if unit == "m" else " " + unit + " "


def _letter_mask(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) % 31)
    return mask


def _empty_vocabulary(dictionary: Dictionary, labels: int) -> k.Vocabulary:
    """The tree of known forms and the terms of concepts and label numbers; no atoms yet."""
    nodes = _tree(dictionary)
    concepts = dictionary.concepts
    size = labels + LABELS
    families: dict[str, int] = {}
    actions = [c for c in concepts if c.kind == k.ACTION]
    number_of = {c.name: i for i, c in enumerate(actions)}
    masks = [0] * size
    for i, action in enumerate(actions[:size]):
        for family in (action.parent or action.name).split("+"):
            masks[i] |= 1 << families.setdefault(family, len(families))
    return k.Vocabulary(
        kind=[], value=[], unit=[], known=[], hint=[], alias=[], **nodes,
        term_class=[c.kind for c in concepts] + [k.LABEL] * LABELS,
        term_parent=[dictionary.concept_id(c.parent) if c.parent else -1 for c in concepts] + [-1] * LABELS,
        term_prior=[number_of.get(c.name, c.prior) for c in concepts] + [3] * LABELS,
        term_prefix=list(range(1, size + 1)), term_suffix=list(range(1, size + 1)), term_mask=masks,
        char_start=[0] * (size + 1), chars=[],
    )  # fmt: skip


def may_scatter(dictionary: Dictionary, form: tuple[str, ...], terms: tuple[int, ...]) -> bool:
    """Whether the two words may stand apart; "jalan" and village cues stand near everything."""
    if dictionary.cues.intersection(form):
        return False
    return "jalan" not in form or "lampu" in form or "penerangan" in form


def _tree(dictionary: Dictionary) -> dict[str, Any]:
    """Forms as a tree: sorted (node, word) keys, children, and per node its terms (count -1 = no form
    ends).
    """
    children: dict[int, int] = {}
    ends: dict[int, tuple[int, ...]] = {}
    bag = [0] * len(dictionary.words)
    for form, terms in dictionary.forms.items():
        codes = [dictionary.words[word] for word in form]
        node = 0
        for code in codes:
            node = children.setdefault(node * 65536 + code, len(children) + 1)
        ends[node] = terms
        if len(form) == 2 and terms and may_scatter(dictionary, form, terms):
            bag[codes[0]] = bag[codes[1]] = 1
    keys = sorted(children)
    first, count, flat = [0], [-1], list[int]()
    for node in range(1, len(children) + 1):
        first.append(len(flat))
        count.append(len(ends[node]) if node in ends else -1)
        flat.extend(ends.get(node, ()))
    return {
        "node_key": keys, "node_next": [children[key] for key in keys],
        "node_first": first, "node_count": count, "node_terms": flat, "bag": bag,
    }  # fmt: skip
