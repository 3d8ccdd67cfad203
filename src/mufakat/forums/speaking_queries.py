"""Reads of the speaking log: shares by L/P, element and village, and whoever speaks too much (rule 71)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mufakat.forums import rules
from mufakat.forums.labels import ELEMENTS
from mufakat.forums.rules import Element

if TYPE_CHECKING:
    from mufakat.forums.models import Forum

GENDERS = {"P": "Perempuan", "L": "Laki-laki"}


@dataclass(frozen=True, slots=True)
class SpeakingShare:
    """A party with its turns, their share of all turns in whole percent, and its share of the people present."""

    label: str
    turns: int
    percent: int
    present_percent: int


@dataclass(frozen=True, slots=True)
class Speaking:
    """The log as far as it has come; every list holds whoever is present or spoke, most turns first."""

    turns: int
    by_gender: tuple[SpeakingShare, ...]
    by_element: tuple[SpeakingShare, ...]
    by_village: tuple[SpeakingShare, ...]
    dominating: tuple[str, ...]
    """Elements and villages above the forum's limit."""


@dataclass(frozen=True, slots=True)
class Party:
    """People who may speak for the same: a village or none, an element, and which of L and P are present."""

    village: str
    label: str
    element: Element
    genders: tuple[str, ...]


def speaking_of(forum: Forum) -> Speaking:
    """Count the log beside the attendance list."""
    turns = list(forum.speakingturns.values_list("gender", "element", "village__name"))
    people = list(forum.attendees.values_list("gender", "element", "village__name"))
    by_gender = _shares([GENDERS[t[0]] for t in turns], [GENDERS[p[0]] for p in people])
    by_element = _shares([ELEMENTS[Element(t[1])] for t in turns], [ELEMENTS[Element(p[1])] for p in people])
    by_village = _shares([t[2] for t in turns if t[2]], [p[2] for p in people if p[2]])
    limit = forum.speaking_limit
    above = [
        name
        for shares in (by_element, by_village)
        for name in rules.dominating(turns={s.label: s.turns for s in shares}, limit=limit)
    ]
    return Speaking(len(turns), by_gender, by_element, by_village, tuple(above))


def _shares(turns: list[str], present: list[str]) -> tuple[SpeakingShare, ...]:
    spoken, here = Counter(turns), Counter(present)
    shares = [
        SpeakingShare(
            name,
            spoken[name],
            rules.share_percent(spoken[name], len(turns)),
            rules.share_percent(here[name], len(present)),
        )
        for name in {*spoken, *here}
    ]
    return tuple(sorted(shares, key=lambda s: (-s.turns, s.label)))


def parties_of(forum: Forum) -> list[Party]:
    """Who may take the floor, from the attendance list: villages by name, then the elements without one."""
    found: dict[tuple[str, str, str], set[str]] = {}
    rows = forum.attendees.select_related("village").order_by("pk")
    for person in rows:
        village = person.village
        key = (village.name if village else "", village.code if village else "", person.element)
        found.setdefault(key, set()).add(person.gender)
    ordered = sorted(found.items(), key=lambda item: (not item[0][0], *item[0]))
    return [
        Party(code, name, Element(element), tuple(sorted(genders, reverse=True)))
        for (name, code, element), genders in ordered
    ]
