"""The whole circle on plain data: recommendation, decision, ranks, and when the berita acara may be final."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.factories.sheet_rows import GIRI, INDRO, KEMBANGAN, reading, row

from mufakat.drafting.assembly import assemble
from mufakat.drafting.composition import berita_acara
from mufakat.drafting.deciding import decide
from mufakat.drafting.decisions import Decision, Decisions, Session
from mufakat.drafting.draft import Options, Place
from mufakat.drafting.labels import Result
from mufakat.drafting.office import default_office
from mufakat.engines.nomenclature.table import shipped
from mufakat.engines.sheets.model import Problem, Severity, Source
from mufakat.regions.rules import OUTSIDE_KECAMATAN, Bounds

PLACE = Place("35.25.14", "Kebomas", "Kabupaten Gresik", "Jawa Timur")


def options(**changes):
    office = default_office(kecamatan="Kebomas", kabupaten="Kabupaten Gresik")
    base = {"plan_year": 2023, "day": date(2022, 2, 3), "at": datetime(2022, 2, 3), "office": office}
    return Options(**{"place": PLACE, **base, **changes})


def draft(*rows, **changes):
    return assemble(reading=reading(*rows), options=options(**changes), table=shipped())


def decisions(*given, problems=()):
    return Decisions({d.number: d for d in given}, Session(number="050/1/2022"), tuple(problems), "hasil.xlsx", "")


FAULT = Problem(
    Severity.FAULT, "nilai_tidak_pasti", Source("a.xlsx", "A", 4), "Biaya", "±150 jt-an", "Tidak pasti.", "Tanyakan."
)


def test_point_outside_the_kecamatan_is_warned_about_on_the_row():
    bounds = Bounds(*map(Decimal, ("-7.3", "112.5", "-7.1", "112.7")))
    here, there = ({"latitude": Decimal(south), "longitude": Decimal("112.6")} for south in ("-7.2", "-6.9"))
    rows = reading(row("Paving gang", at=1, **here), row("Saluran tepi jalan kabupaten", at=2, **there))

    plan = assemble(reading=rows, options=options(place=replace(PLACE, bounds=bounds)), table=shipped())

    assert [OUTSIDE_KECAMATAN in e.warnings for e in plan.entries] == [False, True]


def test_recommendations_cover_every_row():
    plan = draft(
        row("Pembangunan jembatan kali", priority=1, at=1),
        row("Paving jalan lingkungan", at=2),
        row("Pelebaran jalan provinsi", at=3),
        row("Rehab puskesmas", value=None, at=4),
        row("Normalisasi sungai", village=KEMBANGAN, value=900_000_000, at=5),
        row("Rehab SDN 1", village=INDRO, land_status="sengketa", at=6),
        row("Kamera", problems=(FAULT,), at=7),
        row("Pembangunan jembatan kali", priority=1, at=8),
        pagu=500_000_000,
    )

    assert [(e.number, e.result.value, e.reason_code, e.rank) for e in plan.entries] == [
        (1, "disepakati", "", 1),
        (2, "kewenangan_desa", "KEW-DESA", None),
        (3, "diteruskan_supra", "KEW-PROV", None),
        (4, "cadangan", "BIAYA", None),
        (5, "cadangan", "PAGU", None),
        (6, "belum_disepakati", "LAHAN", None),
        (7, "tertolak_impor", "IMPOR", None),
        (8, "belum_disepakati", "DUP", None),
    ]
    assert all(e.reason for e in plan.entries if e.result is not Result.DISEPAKATI)
    assert plan.entries[7].duplicates == (1,)


def three():
    return draft(
        row("Pembangunan jembatan", village=GIRI, priority=1, at=1),
        row("Pompa banjir", village=KEMBANGAN, priority=1, at=2),
        row("Rehab puskesmas", village=GIRI, priority=2, at=3),
    )


def test_a_complete_decision_makes_the_minutes_final():
    decided = decide(
        three(),
        decisions(
            Decision(1, Result.DISEPAKATI, 2, 90_000_000),
            Decision(2, Result.DISEPAKATI, 1, None),
            Decision(3, Result.BELUM_DISEPAKATI, None, None, "TEKNIS", "Gambar belum ada."),
        ),
    )

    assert decided.is_decided
    assert [(e.number, e.result.value, e.rank, e.value, e.reason_code) for e in decided.entries] == [
        (1, "disepakati", 2, 90_000_000, ""),
        (2, "disepakati", 1, 100_000_000, ""),
        (3, "belum_disepakati", None, 100_000_000, "TEKNIS"),
    ]
    assert [e.recommended.result.value for e in decided.entries] == ["disepakati"] * 3
    paper = berita_acara(decided, Session(number="050/1/2022"))
    assert (paper.standing.is_draft, paper.number, paper.agreed_total) == (False, "050/1/2022", 190_000_000)
    assert sum(t.count for t in paper.results) == paper.proposals_count == 3


@pytest.mark.parametrize(
    ("third", "code"),
    [
        (Decision(3, None, None, None), "hasil_kosong"),
        (Decision(3, Result.CADANGAN, None, None), "alasan_kosong"),
    ],
)
def test_an_incomplete_decision_leaves_a_draft_that_says_why(third, code):
    decided = decide(
        three(),
        decisions(Decision(1, Result.DISEPAKATI, 1, None), Decision(2, Result.DISEPAKATI, 2, None), third),
    )

    assert not decided.is_decided
    assert [p.code for p in decided.problems if p.severity is Severity.FAULT] == [code]
    assert berita_acara(decided, Session(number="050/1/2022")).number == ""
    assert "RANCANGAN" in decided.findings[-1]


def test_ranks_are_closed_up_and_ties_are_said():
    decided = decide(
        three(),
        decisions(
            Decision(1, Result.DISEPAKATI, 4, None),
            Decision(2, Result.DISEPAKATI, 4, None),
            Decision(3, Result.DISEPAKATI, None, None),
        ),
    )

    assert [(e.number, e.rank) for e in decided.agreed] == [(2, 1), (1, 2), (3, 3)]
    assert sorted({p.code for p in decided.problems}) == ["urutan_ganda", "urutan_kosong"]


def test_turning_a_villages_own_order_round_wants_a_reason():
    turned = (Decision(1, Result.DISEPAKATI, 3, None), Decision(2, Result.DISEPAKATI, 1, None))

    silent = decide(three(), decisions(*turned, Decision(3, Result.DISEPAKATI, 2, None)))
    said = decide(three(), decisions(*turned, Decision(3, Result.DISEPAKATI, 2, None, "", "Keselamatan warga.")))

    assert [p.code for p in silent.problems] == ["urutan_desa_terbalik"]
    assert said.problems == ()
    assert [e.number for e in silent.agreed] == [e.number for e in said.agreed] == [2, 3, 1]
