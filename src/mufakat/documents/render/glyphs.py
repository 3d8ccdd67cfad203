"""Which characters our fonts can print, read from the fonts themselves; no other font is ever asked."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mufakat.core.errors import MufakatError

FONTS = Path(__file__).parent / "fonts"
FALLBACK = "?"


class MissingGlyph(MufakatError):
    """A text holds a character that our fonts do not have."""

    code = "huruf_tidak_tersedia"

    def __init__(self, character: str, text: str) -> None:
        name = unicodedata.name(character, "tanpa nama")
        place = f"U+{ord(character):04X} ({name})"
        shown = text if len(text) <= 80 else text[:79] + "…"
        super().__init__(
            f"Huruf {place} tidak dapat dicetak dengan huruf dokumen, pada teks “{shown}”. Ganti atau hapus huruf itu.",
            sentence_en=f"Character {place} cannot be printed with the document fonts, in “{shown}”.",
        )
        self.character, self.text = character, text


@cache
def printable_characters() -> frozenset[str]:
    """Every character that all our faces share, and the line break."""
    faces = [frozenset(_characters(path.read_bytes())) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*faces) | {"\n", "\u200b"}


def unsupported(text: str) -> set[str]:
    """Characters of `text` that cannot be printed, after `clean`; empty when all is well."""
    return set(clean(text)) - printable_characters()


def printable(text: str) -> str:
    """`clean(text)` with every character that cannot be printed replaced by "?"."""
    text = clean(text)
    missing = set(text) - printable_characters()
    return text.translate({ord(character): FALLBACK for character in missing}) if missing else text


def clean(text: str) -> str:
    """Composed characters (NFC), one kind of line break, no tabs, control or invisible characters."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(c for c in text if c == "\n" or not _is_invisible(c))


def _is_invisible(character: str) -> bool:
    """Controls, formats (soft hyphen, zero width, direction marks, BOM) and variation selectors print nothing."""
    return unicodedata.category(character) in ("Cc", "Cf") or "\ufe00" <= character <= "\ufe0f"


def _characters(font: bytes) -> Iterator[str]:
    """Characters of a TrueType font: its format 12 map, else its format 4 map (OpenType 1.9, `cmap`)."""
    offset = _table(font, b"cmap")
    maps = {}
    for index in range(struct.unpack_from(">H", font, offset + 2)[0]):
        start = offset + struct.unpack_from(">I", font, offset + 8 + 8 * index)[0]
        maps[struct.unpack_from(">H", font, start)[0]] = start
    yield from _format_12(font, maps[12]) if 12 in maps else _format_4(font, maps[4])


def _table(font: bytes, tag: bytes) -> int:
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"fon tanpa tabel {tag.decode()}")


def _format_12(font: bytes, start: int) -> Iterator[str]:
    for index in range(struct.unpack_from(">I", font, start + 12)[0]):
        first, last, _ = struct.unpack_from(">III", font, start + 16 + 12 * index)
        yield from map(chr, range(first, last + 1))


def _format_4(font: bytes, start: int) -> Iterator[str]:
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    firsts = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
    for first, last in zip(firsts, ends, strict=True):
        if first != 0xFFFF:
            yield from map(chr, range(first, last + 1))
