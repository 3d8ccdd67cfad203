"""The base of every expected refusal: a sentence that says what is wrong, where, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Sentence(str):
    """A finished sentence that remembers its words and what was put in, so that a page can say it in another language.

    `values` are numbers, names, or tuples of labels that are listed with commas.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Sentence:
        """`template` has a place %(name)s for each value."""
        made = super().__new__(cls, template % {name: in_words(value) for name, value in values.items()})
        made.template, made.values = template, values
        return made


def in_words(value: object, say: Callable[[str], str] = str) -> str:
    """A value as a sentence has it; `say` puts labels into the reader's language."""
    if isinstance(value, tuple):
        return ", ".join(in_words(item, say) for item in value)
    return say(value) if isinstance(value, str) else str(value)


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
        return (self.sentence,)

    def in_language(self, language: str) -> str:
        """The sentence in `id` (default) or `en`."""
        return self.sentence_en if language == "en" else self.sentence
