"""Tables drawn by compiled templates, and words that are looked up once."""

import pytest
from django.template import Context, Template
from django.utils.translation import override
from jinja2 import UndefinedError

from mufakat.proposals.web.listing import Row

WORDS = Template('{% translate "Usulan" %}|{% translate "Usulan" as word %}{{ word }}|{% translate given %}')


def drawn(**given):
    return Template('{% rows "proposals/rows.html" rows=rows %}').render(Context(given))


def test_a_table_escapes_what_it_is_given_and_shows_it_once():
    row = Row("1", "<b>Jalan & 'got'</b>", "/usulan/1/", "Desa Giri", "–", "Rp1.000", "Diajukan", "wait", "")

    shown = drawn(rows=[row])

    assert "&lt;b&gt;Jalan &amp; &#39;got&#39;&lt;/b&gt;" in shown and "<b>" not in shown
    assert (shown.count("<tr>"), shown.count("Desa Giri"), shown.count('class="num nil"')) == (2, 1, 1)


def test_a_table_sees_nothing_of_its_page():
    with pytest.raises(UndefinedError):
        Template('{% rows "portal/rows.html" %}').render(Context({"rows": []}))


def test_words_follow_the_language_of_each_request():
    told = []
    for language in ("id", "en", "id"):
        with override(language):
            told.append(WORDS.render(Context({"given": "Usulan"})))

    assert told == ["Usulan|Usulan|Usulan", "Proposals|Proposals|Proposals", "Usulan|Usulan|Usulan"]
