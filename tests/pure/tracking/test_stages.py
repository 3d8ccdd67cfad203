"""Stages after the forum; a skipped stage stays visible (rule 92)."""

from mufakat.tracking.states import ORDER, Stage, skipped_before


def test_skipped_stages_are_named_in_order():
    recorded = frozenset({Stage.AGENCY_FORUM})

    assert skipped_before(Stage.APBD, recorded) == (Stage.REGENCY_FORUM, Stage.RKPD, Stage.KUA_PPAS)
    assert skipped_before(Stage.AGENCY_FORUM, frozenset()) == ()
    assert skipped_before(Stage.REALISATION, frozenset(ORDER)) == ()
