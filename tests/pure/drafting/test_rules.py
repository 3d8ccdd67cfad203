"""Authority, eligibility, repeats and the pagu line decide from facts alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.sheet_rows import GIRI, row

from mufakat.drafting import rules
from mufakat.drafting.labels import Reason, Result
from mufakat.engines.nomenclature.classify import Authority, Ruling


def ruling(authority=Authority.KABUPATEN, *, needs_recipient=False):
    return Ruling(authority, "Sebab.", "Dinas", "dinas", "infrastruktur", "jalan", needs_recipient, ())


@pytest.mark.parametrize(
    ("authority", "result", "code"),
    [
        (Authority.DESA, Result.KEWENANGAN_DESA, Reason.KEW_DESA),
        (Authority.KELURAHAN, Result.KEWENANGAN_KELURAHAN, Reason.KEW_KEL),
        (Authority.PROVINSI, Result.DITERUSKAN_SUPRA, Reason.KEW_PROV),
        (Authority.PUSAT, Result.DITERUSKAN_SUPRA, Reason.KEW_PUSAT),
    ],
)
def test_every_other_authority_has_its_own_list(authority, result, code):
    verdict = rules.authority_verdict(ruling=ruling(authority), village="Giri")

    assert verdict is not None
    assert verdict[:2] == (result, code)


def test_the_regencys_own_stay_in_the_running():
    assert rules.authority_verdict(ruling=ruling(), village="Giri") is None


@pytest.mark.parametrize(
    ("fields", "needs_recipient", "code"),
    [
        ({"land_status": "tanah perorangan"}, False, Reason.LAHAN),
        ({"land_status": "PSU belum diserahkan"}, False, Reason.LAHAN),
        ({"land_status": "aset daerah"}, False, None),
        ({"recipient": "kelompok belum berbadan hukum"}, True, Reason.HUKUM),
        ({"recipient": "kelompok belum berbadan hukum"}, False, None),
        ({"recipient": "Gapoktan, akta notaris ada"}, True, None),
    ],
)
def test_land_and_recipient_keep_a_proposal_back(fields, needs_recipient, code):
    verdict = rules.eligibility_verdict(row=row(**fields), ruling=ruling(needs_recipient=needs_recipient))

    assert (verdict[1] if verdict else None) == code


def test_exact_key_ignores_case_and_marks_but_not_place_or_value():
    one = row("Paving Gang 3", location="RT 01")

    assert rules.exact_key(one) == rules.exact_key(replace(one, title="paving  gang 3."))
    assert rules.exact_key(one) != rules.exact_key(replace(one, location="RT 02"))
    assert rules.exact_key(one) != rules.exact_key(replace(one, value=1))
    assert rules.exact_key(one) != rules.exact_key(replace(one, village=replace(GIRI, code="35.25.14.2002")))


def test_pagu_passes_over_or_stops():
    values = [50, 60, 30, 20]

    assert rules.within_pagu(values=values, pagu=100, stops_at_line=False) == (True, False, True, True)
    assert rules.within_pagu(values=values, pagu=100, stops_at_line=True) == (True, False, False, False)
    assert rules.within_pagu(values=values, pagu=None, stops_at_line=False) == (True,) * 4


@given(st.lists(st.integers(1, 10**12)), st.integers(1, 10**13), st.booleans())
def test_pagu_is_never_exceeded_and_nothing_that_fits_is_left(values, pagu, stops):
    fits = rules.within_pagu(values=values, pagu=pagu, stops_at_line=stops)

    spent = 0
    for value, fit in zip(values, fits, strict=True):
        if fit:
            spent += value
        elif not stops:
            assert spent + value > pagu
    assert spent <= pagu
