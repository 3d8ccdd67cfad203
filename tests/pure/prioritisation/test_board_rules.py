"""Moves on the board and the line of the pagu (rules 61, 64, 65, 68)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.prioritisation.explaining import stretches
from mufakat.prioritisation.rules import Cut, Inversion, MoveFault, MoveRefused, Ranked, cut, inversions, move, moved

ITEMS = {
    "g1": Ranked("g1", "Giri", 1),
    "i1": Ranked("i1", "Indro", 1),
    "g2": Ranked("g2", "Giri", 2),
    "i2": Ranked("i2", "Indro", 2),
    "x": Ranked("x", "Giri", None),
}
ORDER = ("g1", "i1", "g2", "i2", "x")


@pytest.mark.parametrize(
    ("key", "to", "answer"),
    [
        ("g1", 1, ORDER),
        ("x", 1, ("x", "g1", "i1", "g2", "i2")),
        ("g1", 5, ("i1", "g2", "i2", "x", "g1")),
        ("i2", 3, ("g1", "i1", "i2", "g2", "x")),
    ],
)
def test_moved_puts_one_at_its_new_place(key, to, answer):
    assert moved(order=ORDER, key=key, to=to) == answer


@pytest.mark.parametrize(
    ("key", "to", "reason", "accepts", "fault"),
    [
        ("nobody", 1, "alasan yang cukup", False, MoveFault.UNKNOWN),
        ("x", 0, "alasan yang cukup", False, MoveFault.OUTSIDE),
        ("x", 6, "alasan yang cukup", False, MoveFault.OUTSIDE),
        ("x", 1, "pendek", False, MoveFault.REASON),
        ("g2", 1, "alasan yang cukup", False, MoveFault.INVERTS),
        ("g1", 4, "alasan yang cukup", False, MoveFault.INVERTS),
        ("g2", 1, "", True, MoveFault.REASON),
    ],
)
def test_move_is_refused_without_reason_or_consent(key, to, reason, accepts, fault):
    with pytest.raises(MoveRefused) as refusal:
        move(order=ORDER, items=ITEMS, key=key, to=to, reason=reason, accepts_inversion=accepts)

    assert (refusal.value.fault, str(refusal.value)) == (fault, str(fault))


def test_refused_inversion_names_the_pair():
    with pytest.raises(MoveRefused) as refusal:
        move(order=ORDER, items=ITEMS, key="g2", to=1, reason="alasan yang cukup", accepts_inversion=False)

    assert refusal.value.inversions == (Inversion("Giri", earlier="g1", later="g2"),)


def test_recorded_inversion_is_not_asked_for_again():
    order = move(order=ORDER, items=ITEMS, key="g2", to=1, reason="alasan yang cukup", accepts_inversion=True)

    again = move(order=order, items=ITEMS, key="x", to=1, reason="alasan yang cukup", accepts_inversion=False)

    assert again == ("x", "g2", "g1", "i1", "i2")


@given(
    ranks=st.lists(st.tuples(st.sampled_from("ABC"), st.one_of(st.none(), st.integers(1, 6))), max_size=12),
)
def test_order_by_village_rank_never_inverts(ranks):
    items = {str(i): Ranked(str(i), village, rank) for i, (village, rank) in enumerate(ranks)}
    order = sorted(items, key=lambda key: (items[key].village_rank or 99, key))

    assert inversions(order=order, items=items) == ()


@given(values=st.lists(st.one_of(st.none(), st.integers(0, 500)), max_size=20), pagu=st.integers(0, 2000))
def test_cut_never_exceeds_the_pagu_and_counts_what_fits(values, pagu):
    line = cut(values=values, pagu=pagu)

    assert line.used <= pagu
    assert line.used == sum(v for v, fit in zip(values, line.fits, strict=True) if fit)
    assert line.asked == sum(v or 0 for v in values)
    assert all(not fit for v, fit in zip(values, line.fits, strict=True) if v is None)


def test_cut_passes_over_what_does_not_fit_or_stops_there():
    values = (600, 500, None, 300)

    assert cut(values=values, pagu=1000) == Cut((600, 600, 600, 900), (True, False, False, True), 1400)
    assert cut(values=values, pagu=1000, stops_at_line=True) == Cut(
        (600, 600, 600, 600), (True, False, False, False), 1400
    )
    assert cut(values=values, pagu=None) == Cut((600, 1100, 1100, 1400), (True, True, False, True), 1400)


def test_neighbouring_places_are_told_as_stretches():
    assert stretches((3, 1, 2, 7, 9, 10)) == "1–3, 7, 9–10"
    assert stretches(()) == ""
