"""What can be printed is read from the fonts, and nothing else is ever printed."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from mufakat.documents.render import MissingGlyph, clean, printable, unsupported
from mufakat.documents.render.glyphs import FONTS, printable_characters


def test_every_face_is_ours_and_carries_its_licence():
    assert sorted(path.name for path in FONTS.glob("*.[tT][tT][fF]")) == [
        f"{family}-{style}.ttf"
        for family in ("SourceSans3", "SourceSerif4")
        for style in ("Bold", "It", "Regular", "Semibold")
    ]
    assert all("SIL Open Font License" in path.read_text() for path in FONTS.glob("OFL-*.txt"))


def test_marks_of_volumes_and_sentences_can_be_printed():
    assert unsupported("±²³′″×½¼¾°≥≤≠Ø–—…•“”‘’§№µ√ Gedongkedo'an é ā ḥ ṣ 1.250,5 m'") == set()


def test_scripts_and_pictures_our_fonts_lack_are_named():
    assert unsupported("Jalan 🚧 مسجد") == {"🚧", "م", "س", "ج", "د"}
    assert printable("Jalan 🚧 مسجد") == "Jalan ? ????"


def test_invisible_characters_are_dropped_and_spaces_kept():
    assert clean("a\u200bb\u00adc\ufeff\td\r\ne\x07\ufe0f\u00a0f") == "abc d\ne\u00a0f"
    assert clean("e\u0301") == "é"


def test_missing_glyph_names_character_and_text():
    error = MissingGlyph("🚧", "Jalan 🚧 rusak")

    assert str(error) == (
        "Huruf U+1F6A7 (CONSTRUCTION SIGN) tidak dapat dicetak dengan huruf dokumen, pada teks “Jalan 🚧 rusak”. "
        "Ganti atau hapus huruf itu."
    )


@given(st.text())
def test_printable_text_is_printable_and_stable(text: str):
    once = printable(text)

    assert set(once) <= printable_characters()
    assert printable(once) == once


@given(st.text(st.sampled_from(sorted(printable_characters() - {"\n", "\u200b"}))))
def test_printable_characters_stay_when_composed(text: str):
    composed = unicodedata.normalize("NFC", text)

    assert set(clean(composed)) >= {c for c in composed if unicodedata.category(c) not in ("Cc", "Cf")} - {
        chr(n) for n in range(0xFE00, 0xFE10)
    }
