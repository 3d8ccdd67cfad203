"""Where a proposal is, as a reader wants it; RT and RW are said once."""

import pytest

from mufakat.proposals.rules import Draft, whereabouts


@pytest.mark.parametrize(
    ("location", "rt", "rw", "said"),
    [
        ("Jl. Veteran", "02", "03", ("Jl. Veteran", "RT 02", "RW 03")),
        ("Jl. Veteran RW 03", "02", "03", ("Jl. Veteran RW 03", "RT 02")),
        ("RT 2 rw. 3", "02", "03", ("RT 2 rw. 3",)),
        ("", "", "03", ("RW 03",)),
        ("", "", "", ()),
    ],
)
def test_whereabouts(location, rt, rw, said):
    assert whereabouts(Draft(title="Saluran", location=location, rt=rt, rw=rw)) == said
