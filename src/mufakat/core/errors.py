"""The base of every expected refusal: a sentence that says what is wrong, where, and what to do next."""

from __future__ import annotations


class MufakatError(Exception):
    """An expected refusal. `str(error)` is a finished sentence in formal Indonesian.

    `code` is stable for machines and tests; `sentence_en` is the same sentence in English.
    """

    code = "kesalahan"

    def __init__(self, sentence: str, *, sentence_en: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.sentence_en = sentence_en or sentence

    @property
    def sentences(self) -> tuple[str, ...]:
        """The refusal as separate sentences, where it names several things."""
        return (str(self),)

    def in_language(self, language: str) -> str:
        """The sentence in `id` (default) or `en`."""
        return self.sentence_en if language == "en" else self.sentence
