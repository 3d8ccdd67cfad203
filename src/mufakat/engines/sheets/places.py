"""Which village a text means: names, aliases, abbreviations, misspellings; ambiguous ones stay open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mufakat.engines.sheets.model import Gazetteer, Village

_LEAD = re.compile(
    r"^\s*(?:kantor\s+)?(?:pemerintah\s+)?(desa/kelurahan|desa\s*/\s*kel\.?|kelurahan|kel|desa|ds|dsa|gampong|nagari)\b[\s.:]*",
    re.IGNORECASE,
)
_FUZZY = 84.0
_MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class Match:
    """What a text means. `status`: own, misspelt, outside, ambiguous, unknown, blank."""

    status: str
    village: Village | None = None
    kind: str = ""
    name: str = ""


def key_of(text: str) -> str:
    """Letters and digits only, lower case."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def stripped(text: str) -> tuple[str, str]:
    """(kind, name): "Ds. Kembangan" → ("desa", "Kembangan"); kind empty when not said."""
    found = _LEAD.match(text)
    if not found:
        return "", " ".join(text.split())
    word = found[1].lower()
    kind = "" if "/" in word else "kelurahan" if word.startswith("kel") else "desa"
    return kind, " ".join(text[found.end() :].split())


def match(text: str, gazetteer: Gazetteer) -> Match:
    """The village `text` means among the gazetteer's own; `outside` when it is one of `elsewhere`."""
    coded = next((v for v in (*gazetteer.villages, *gazetteer.elsewhere) if v.code and v.code == text.strip()), None)
    if coded:
        return Match("own" if coded in gazetteer.villages else "outside", coded, coded.kind, coded.name)
    kind, name = stripped(text.strip(" .,:;-–"))
    key = key_of(name)
    if not key:
        return Match("blank")
    own, other = _index(gazetteer.villages), _index(gazetteer.elsewhere)
    found = own.get(key)
    if found:
        exact = [v for v in found if not kind or not v.kind or v.kind == kind] or found
        return Match("own" if len(exact) == 1 else "ambiguous", exact[0] if len(exact) == 1 else None, kind, name)
    if key in other:
        return Match("outside", other[key][0], kind, name)
    return _fuzzy(key, kind, name, own, other)


def _fuzzy(key: str, kind: str, name: str, own: dict[str, list[Village]], other: dict[str, list[Village]]) -> Match:
    from rapidfuzz import fuzz, process

    if len(key) < 4 or not own:
        return Match("unknown", None, kind, name)
    hits = process.extract(key, [*own, *other], scorer=fuzz.ratio, limit=3, score_cutoff=_FUZZY - _MARGIN)
    if not hits or hits[0][1] < _FUZZY or hits[0][0] not in own:
        return Match("unknown", None, kind, name)
    best = own[hits[0][0]]
    rivals = [h for h in hits[1:] if hits[0][1] - h[1] < _MARGIN and own.get(h[0], [None])[0] is not best[0]]
    if rivals or len(best) > 1:
        return Match("ambiguous", None, kind, name)
    return Match("misspelt", best[0], kind, name)


@lru_cache(maxsize=16)
def _index(villages: tuple[Village, ...]) -> dict[str, list[Village]]:
    index: dict[str, list[Village]] = {}
    for village in villages:
        for spelling in (village.name, *village.aliases):
            members = index.setdefault(key_of(spelling), [])
            if village not in members:
                members.append(village)
    return index


def find_in(text: str, gazetteer: Gazetteer) -> Match:
    """A village named somewhere in a file name, tab name or title line; the longest name wins."""
    words = re.sub(r"\.(xlsx?|xlsm|ods|csv|tsv|docx?|txt)$", "", text, flags=re.IGNORECASE)
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', words.lower().replace(chr(39), '')))} "
    best: tuple[int, Village] | None = None
    for village in gazetteer.villages:
        for spelling in (village.name, *village.aliases):
            name = " ".join(re.findall(r"[a-z0-9]+", spelling.lower().replace(chr(39), "")))
            if not name or f" {name} " not in folded:
                continue
            if name == key_of(village.kecamatan) and not re.search(rf" (desa|kel|kelurahan|ds) {name} ", folded):
                continue
            if best is None or len(name) > best[0]:
                best = (len(name), village)
    if best:
        return Match("own", best[1], "", best[1].name)
    lead = re.search(r"\b(desa|kelurahan|kel\.?|ds\.?)\s*:?\s+([A-Za-z][\w' ]{2,40})", words, re.IGNORECASE)
    return match(lead[0], gazetteer) if lead else Match("blank")
