"""How figures and numbers are written in pages."""

import pytest

from mufakat.config.templatetags.figures import breaking


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("400.10.2.1/12/437.114/2026", "400.10.2.1/<wbr>12/<wbr>437.114/<wbr>2026"),
        ("<b>/1", "&lt;b&gt;/<wbr>1"),
        ("12", "12"),
        ("", ""),
    ],
)
def test_numbers_break_after_a_slash_and_stay_harmless(number, written):
    assert breaking(number) == written
