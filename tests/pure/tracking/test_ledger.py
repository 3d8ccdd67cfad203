"""Amounts from stage to stage, what is lost between them, and the realisation rate (rules 92, 93)."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mufakat.tracking.ledger import Pair, Rate, columns, total

METRES = (Decimal(400), Decimal(350), None, Decimal(300))


def made(*values):
    return columns(zip(Pair, values, METRES, strict=True))


def test_each_stage_against_the_largest_with_its_loss():
    told = [(c.value, str(c.width), c.lost, str(c.lost_width), c.is_same) for c in made(440, 385, 385, 330)]

    assert told == [
        (440, "100.0", 0, "0.0", False),
        (385, "87.5", 55, "12.5", False),
        (385, "87.5", 0, "0.0", True),
        (330, "75.0", 55, "12.5", False),
    ]


def test_a_stage_without_value_leaves_the_comparison_to_the_next():
    told = [(c.value, c.lost, c.gained, c.is_same) for c in made(100, None, 80, 90)]

    assert told == [(100, 0, 0, False), (None, 0, 0, False), (80, 20, 0, False), (90, 0, 10, False)]


def test_nothing_known_and_nothing_asked_draw_no_bar():
    assert [str(c.width) for c in made(None, None, None, None)] == ["0"] * 4
    assert [str(c.width) for c in made(0, None, None, None)] == ["0"] * 4


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**15)), min_size=4, max_size=4))
def test_bar_and_loss_never_leave_the_drawing_and_the_steps_add_up(values):
    found = made(*values)
    known = [c for c in found if c.value is not None]

    assert all(0 <= c.width <= 100 and c.width + c.lost_width <= Decimal("100.1") for c in found)
    if known:
        assert known[-1].value == known[0].value + sum(c.gained - c.lost for c in known)


def test_rate_by_number_and_by_rupiah_and_what_is_lost():
    rate = Rate("Desa Giri", agreed=4, agreed_value=800, budgeted=1, budgeted_value=200, open_value=400)

    assert (rate.by_number, rate.by_value, rate.lost_value, rate.lost_width) == (
        Decimal("25.0"),
        Decimal("25.0"),
        200,
        Decimal("25.0"),
    )


def test_total_comes_from_sums_not_from_shares():
    whole = total([Rate("a", 1, 100, 1, 100), Rate("b", 3, 900, 0, 0)], label="Jumlah")

    assert (whole.agreed, whole.budgeted, whole.by_number, whole.by_value) == (4, 1, Decimal("25.0"), Decimal("10.0"))


def test_nothing_agreed_has_no_rate():
    empty = total([], label="Jumlah")

    assert (empty.by_number, empty.by_value, empty.lost_value) == (None, None, 0)
