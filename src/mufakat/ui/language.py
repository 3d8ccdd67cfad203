"""The language of the screen: Indonesian unless the reader chose English; documents are always Indonesian."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext

from mufakat.core.errors import MufakatError, Sentence, in_words


class LanguageMiddleware:
    """Takes the language the reader chose and kept in a cookie.

    What the browser announces is not asked: telephones in a hall are often set to English by their maker.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the language for this request and say so in the answer."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def told(error: MufakatError) -> list[str]:
    """A refusal's sentences in the reader's language."""
    if translation.get_language() == "en" and error.sentence_en != error.sentence:
        return [error.sentence_en]
    return [_translated(sentence) for sentence in error.sentences]


def _translated(sentence: str) -> str:
    if not isinstance(sentence, Sentence):
        return gettext(sentence)
    return gettext(sentence.template) % {name: in_words(v, gettext) for name, v in sentence.values.items()}
