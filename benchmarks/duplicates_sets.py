"""Proposals with known duplicates, made up: three vocabularies written apart from the engine's dictionary.

`gresik` speaks like the real rows of East Java, `pesisir` in other words and other noise, `held_back` in
words
and noise that were not looked at while the engine was tuned (tables in duplicates_words.json). A tenth of
the rows
are duplicates (a share of them across neighbouring kecamatan), and a tenth are near misses: same wish at
another
RT, gang, group or object.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
KEYS = {
    "a": "sq",
    "i": "uo",
    "u": "yi",
    "e": "wr",
    "o": "ip",
    "n": "mb",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "l": "k",
}


@dataclass(frozen=True)
class World:
    """Word lists: every inner tuple holds ways to say one thing, the first the usual one."""

    objects: tuple[tuple[str, ...], ...]
    actions: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    streets: tuple[str, ...]
    tails: tuple[str, ...]
    spots: tuple[str, ...]


def _worlds() -> dict[str, World]:
    tables = json.loads(Path(__file__).with_name("duplicates_words.json").read_text(encoding="utf-8"))
    return {name: World(**{field: _frozen(words) for field, words in table.items()}) for name, table in tables.items()}


def _frozen(words: list) -> tuple:
    return tuple(tuple(word) if isinstance(word, list) else word for word in words)


WORLDS = _worlds()


@dataclass(frozen=True)
class Wish:
    """What a row asks for, before it is put into words."""

    kec: int
    desa: int
    thing: int
    action: int
    name: int
    street: int
    number: int
    t: int
    w: int
    group: int


@dataclass
class Set:
    """A generated set: rows (id, kecamatan, desa, text), adjacent kecamatan, and the true pairs."""

    rows: list[tuple[str, str, str, str]]
    adjacency: list[tuple[str, str]]
    truth: set[tuple[str, str]]


def typo(word: str, rng: random.Random) -> str:
    """One slip: swapped, dropped, doubled or neighbouring key."""
    i = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if kind == 1:
        return word[:i] + word[i + 1 :]
    if kind == 2:
        return word[:i] + word[i] + word[i:]
    return word[:i] + rng.choice(KEYS.get(word[i].lower(), "aeiou")) + word[i + 1 :]


def misspell(text: str, slips: int, rng: random.Random) -> str:
    """Put `slips` typos into words of five letters and more."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    for i in rng.sample(long, min(slips, len(long))):
        words[i] = typo(words[i], rng)
    return " ".join(words)


def phrase(world: World, wish: Wish, rng: random.Random, *, plain: bool) -> str:
    """The wish in words; plain = the usual words in the usual order."""
    pick = (lambda ways: ways[0]) if plain else rng.choice
    head = f"{pick(world.actions[wish.action])} {pick(world.objects[wish.thing])}"
    if wish.group >= 0:
        head += f" {'untuk' if plain else rng.choice(('untuk', 'bagi'))} {world.groups[wish.group]}"
    place = ""
    if wish.name >= 0 and (plain or rng.random() > 0.12):
        street = world.streets[wish.street] if plain or rng.random() < 0.5 else rng.choice((world.streets[0], ""))
        place = f"{street} {world.names[wish.name]}".strip() + (f" {wish.number}" if wish.number else "")
    spot = ""
    if wish.w:
        spot = (world.spots[0] if plain else rng.choice(world.spots)).format(t=wish.t, w=wish.w, r=ROMAN[wish.w])
    parts = [head, place, spot]
    if not plain and rng.random() < 0.3:
        parts = [place, spot, head] if rng.random() < 0.5 else [head, spot, place]
    text = (", " if not plain and rng.random() < 0.3 else " ").join(part for part in parts if part)
    return text + (" " + rng.choice(world.tails) if rng.random() < 0.25 else "")


def new_wish(world: World, kec: int, villages: int, rng: random.Random) -> Wish:
    """A random wish; a tenth name no RT/RW, a quarter no street, a tenth a target group."""
    spot = rng.random() > 0.1
    name = rng.randrange(len(world.names)) if rng.random() > 0.25 or not spot else -1
    return Wish(
        kec, rng.randrange(villages), rng.randrange(len(world.objects)), rng.randrange(len(world.actions)), name,
        rng.randrange(len(world.streets)), rng.choice((0, 0, 0, rng.randrange(1, 9))) if name >= 0 else 0,
        rng.randrange(1, 10) if spot else 0, rng.randrange(1, 9) if spot else 0,
        rng.randrange(len(world.groups)) if rng.random() < 0.1 else -1,
    )  # fmt: skip


def near_miss(world: World, wish: Wish, rng: random.Random) -> Wish:
    """The same wish but for one thing that makes it another proposal."""
    cells = dict(vars(wish))
    choice = rng.randrange(4)
    if choice == 0 and wish.w:
        cells["t"] = wish.t % 9 + 1
    elif choice == 1 and wish.name >= 0:
        cells["number"] = wish.number + 1 if wish.number else 0
        cells["name"] = wish.name if wish.number else (wish.name + 3) % len(world.names)
    elif choice == 2:
        cells["group"] = (wish.group + 1) % len(world.groups) if wish.group >= 0 else wish.group
        cells["thing"] = wish.thing if wish.group >= 0 else (wish.thing + 5) % len(world.objects)
    else:
        cells["thing"] = (wish.thing + 7) % len(world.objects)
    return Wish(**cells)


def generate(*, world: str, rows: int, seed: int, per_kecamatan: int = 300, villages: int = 20) -> Set:
    """A set of about `rows` proposals; kecamatan i borders i + 1 and i + 2."""
    rng, words = random.Random(seed), WORLDS[world]
    count = max(1, rows // per_kecamatan)
    made = Set([], [(f"K{i:05d}", f"K{j:05d}") for i in range(count) for j in (i + 1, i + 2) if j < count], set())
    for kec in range(count):
        for _ in range(int(per_kecamatan * 0.8)):
            wish = new_wish(words, kec, villages, rng)
            first = _put(made, words, wish, rng, plain=rng.random() < 0.6, slips=rng.choice((0, 0, 0, 1)))
            chance = rng.random()
            if chance < 0.125:
                _put_duplicate(made, words, wish, first, count, villages, rng)
            elif chance < 0.25:
                _put(made, words, near_miss(words, wish, rng), rng, plain=rng.random() < 0.5, slips=0)
    return made


def _put(made: Set, world: World, wish: Wish, rng: random.Random, *, plain: bool, slips: int) -> str:
    name = f"U{len(made.rows):07d}"
    text = misspell(phrase(world, wish, rng, plain=plain), slips, rng)
    made.rows.append((name, f"K{wish.kec:05d}", f"D{wish.kec:05d}-{wish.desa:02d}", text))
    return name


def _put_duplicate(
    made: Set, world: World, wish: Wish, first: str, count: int, villages: int, rng: random.Random
) -> None:
    kec, desa = wish.kec, wish.desa
    if rng.random() < 0.15 and kec + 1 < count and wish.name >= 0 and wish.w:
        kec += rng.choice((1, 2)) if kec + 2 < count else 1
        desa = rng.randrange(villages)
    twin = Wish(**{**vars(wish), "kec": kec, "desa": desa})
    made.truth.add((first, _put(made, world, twin, rng, plain=False, slips=rng.choice((0, 1, 2)))))
