"""What Bappeda sets for the year, and what it may no longer change (rules 1, 5-7, 51, 57, 60)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.slices.conftest import AT, FORUM_DAY, GIRI, GRESIK, INDRO, KEBOMAS, office

from mufakat.audit.models import Line
from mufakat.core.decision import NotAllowed
from mufakat.core.machine import NotPossible
from mufakat.cycles import commands, rules
from mufakat.cycles.commands import WrongCycle
from mufakat.cycles.models import Criterion, Pagu
from mufakat.cycles.queries import criteria_of_cycle, windows_of
from mufakat.cycles.rules import Weighed
from mufakat.drafting.criteria import CriteriaRefused
from mufakat.drafting.facts import CRITERIA
from mufakat.people.roles import Role
from mufakat.prioritisation import papers
from mufakat.proposals import commands as proposals
from mufakat.proposals.rules import Draft
from mufakat.regions.models import Region

pytestmark = pytest.mark.django_db
WORDS = tuple(f"tingkat {level}" for level in range(1, 6))
TWO = [Weighed("mendesak", "Mendesak", 70, WORDS), Weighed("penerima", "Penerima", 30, WORDS)]


def last_actions(n):
    return list(Line.objects.order_by("-sequence").values_list("action", flat=True)[:n])


def test_cycle_opens_with_the_houses_criteria(year):
    year.opened()

    assert criteria_of_cycle(year.cycle) == CRITERIA
    assert list(year.cycle.criteria.values_list("order", "key", "weight")) == [
        (i, c.key, c.weight) for i, c in enumerate(CRITERIA, start=1)
    ]
    assert all(sorted(c.anchors) == ["1", "2", "3", "4", "5"] for c in Criterion.objects.all())


def test_order_follows_the_cycles_weights(year):
    year.opened().submitted().verified()
    commands.set_criteria(actor=year.bappeda, cycle_id=year.cycle.pk, criteria=TWO, at=AT)

    sheet = papers.sheet_of(cycle=year.cycle, kecamatan=Region.objects.get(code=KEBOMAS), day=FORUM_DAY, at=AT)

    assert [(str(e.score), str(e.coverage), e.levels) for e in sheet.draft.entries] == [
        ("80.00", "30.00", (("penerima", 4),))
    ] * 4
    assert last_actions(1) == ["cycle.criteria_set"]


@pytest.mark.parametrize(
    "criteria",
    [
        [replace(TWO[0], weight=69), TWO[1]],
        [replace(TWO[0], weight=100), replace(TWO[1], weight=0)],
        [replace(TWO[0], anchors=("a", "b", "", "d", "e")), TWO[1]],
        [replace(TWO[0], name=" "), TWO[1]],
        [],
    ],
)
def test_weights_total_one_hundred_and_every_level_has_words(year, criteria):
    year.opened()

    with pytest.raises(CriteriaRefused):
        commands.set_criteria(actor=year.bappeda, cycle_id=year.cycle.pk, criteria=criteria, at=AT)

    assert criteria_of_cycle(year.cycle) == CRITERIA


def test_criteria_stand_once_a_forum_agreed_on_them(year):
    year.opened().submitted().verified().scheduled().ready().started()

    with pytest.raises(WrongCycle) as refused:
        commands.set_criteria(actor=year.bappeda, cycle_id=year.cycle.pk, criteria=TWO, at=AT)

    assert str(refused.value).startswith("Kriteria sudah disepakati forum;")
    assert criteria_of_cycle(year.cycle) == CRITERIA


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"closes_at": AT - timedelta(days=9)}, "Batas pengajuan harus sesudah pembukaan."),
        ({"returned_until": AT}, "Batas melengkapi harus sesudah batas pengajuan."),
        ({"regency_forum_day": date(2028, 3, 18)}, "Musrenbang kabupaten harus jatuh pada tahun n-1"),
        ({"plan_year": 2027}, "Musrenbang kabupaten harus jatuh pada tahun n-1"),
    ],
)
def test_dates_against_one_another(year, changed, fault):
    given = {"plan_year": 2028, "opens_at": AT, "closes_at": AT + timedelta(days=9), "returned_until": AT + timedelta(days=12),
             "regency_forum_day": date(2027, 3, 18)}  # fmt: skip

    with pytest.raises(WrongCycle) as refused:
        commands.open_cycle(actor=year.bappeda, theme="", at=AT, **(given | changed))

    assert refused.value.sentences[0].startswith(fault)


def test_late_dates_are_accepted_and_said(year):
    year.opened()
    usual = windows_of(year.cycle)
    late = replace(
        usual,
        closes_at=usual.closes_at + timedelta(days=40),
        returned_until=usual.closes_at + timedelta(days=80),
    )

    assert rules.warnings_about(usual) == ()
    assert [w[:26] for w in rules.warnings_about(late)] == ["Pengajuan ditutup sesudah ", "Batas melengkapi jatuh ses"]
    assert [w[:26] for w in rules.warnings_about(replace(usual, regency_forum_day=None))] == [
        "Tanggal musrenbang kabupat"
    ]


def test_deadline_moves_for_one_village_or_for_all_and_only_later(year, head_giri):
    year.opened()
    closes = year.cycle.proposals_close_at
    key = {"actor": year.bappeda, "cycle_id": year.cycle.pk, "at": AT}
    later = closes + timedelta(hours=3)

    commands.extend_for(**key, village=GIRI, closes_at=later, reason="Jaringan desa terputus dua hari.")

    assert [year.cycle.accepts_from(v, closes + timedelta(hours=1)) for v in (GIRI, INDRO)] == [True, False]
    assert not year.cycle.accepts_from(GIRI, later)
    for moment, reason in ((later, "Jaringan terputus lagi."), (later + timedelta(hours=1), "pendek")):
        with pytest.raises(WrongCycle):
            commands.extend_for(**key, village=GIRI, closes_at=moment, reason=reason)
    with pytest.raises(WrongCycle):
        commands.extend(**key, closes_at=closes)
    commands.extend(**key, closes_at=later + timedelta(days=30))
    year.cycle.refresh_from_db()
    assert year.cycle.accepts_from(INDRO, later) and year.cycle.returned_until >= year.cycle.proposals_close_at
    assert last_actions(2) == ["cycle.extended", "cycle.extended_for"]


def test_pagu_of_all_kecamatan_in_one_act_and_exact(year):
    year.opened(pagu=1_234_567)
    codes = list(Region.objects.filter(parent_id=GRESIK, kind="kecamatan").values_list("code", flat=True))
    key = {"actor": year.bappeda, "cycle_id": year.cycle.pk, "at": AT}

    changed = commands.announce_pagus(**key, amounts=dict.fromkeys(codes, 1_234_567))

    assert (len(codes), changed) == (18, 17)
    assert sum(Pagu.objects.values_list("amount", flat=True)) == 18 * 1_234_567
    for wrong in ({"35.25.14.2009": 1}, {"35.25.14": -1}):
        with pytest.raises(WrongCycle):
            commands.announce_pagus(**key, amounts=wrong)


def test_kamus_has_a_name_once_and_a_withdrawn_entry_stays(year):
    year.opened()
    key = {"actor": year.bappeda, "at": AT, "unit": "m", "unit_price": 950_000, "agency": ""}
    entry = commands.add_kamus(**key, cycle_id=year.cycle.pk, name="Saluran U-ditch")

    with pytest.raises(WrongCycle):
        commands.add_kamus(**key, cycle_id=year.cycle.pk, name="saluran u-ditch ")
    commands.change_kamus(**key | {"unit_price": 1}, entry_id=entry.pk, name="Saluran U-ditch", is_withdrawn=True)

    entry.refresh_from_db()
    assert (entry.unit_price, entry.is_withdrawn) == (1, True)


def test_closed_cycle_takes_nothing_more(year, head_giri):
    year.opened()
    content = Draft(
        title="Saluran", problem="Air masuk rumah setiap hujan deras.", location="RT 02", unit="m", volume=1
    )
    drafted = proposals.draft(actor=head_giri, cycle_id=year.cycle.pk, content=content, at=AT)
    key = {"actor": year.bappeda, "cycle_id": year.cycle.pk, "at": AT}
    commands.close(**key)

    with pytest.raises(NotAllowed):
        proposals.submit(actor=head_giri, proposal_id=drafted.pk, at=AT)
    with pytest.raises(NotPossible):
        commands.close(**key)


def test_only_bappeda_sets_the_year(year):
    year.opened()
    entry = commands.add_kamus(
        actor=year.bappeda, cycle_id=year.cycle.pk, name="Paving", unit="m2", unit_price=None, agency="", at=AT
    )
    key = {"cycle_id": year.cycle.pk, "at": AT}
    acts = (
        (commands.set_criteria, key | {"criteria": TWO}),
        (commands.announce_pagus, key | {"amounts": {}}),
        (commands.extend_for, key | {"village": GIRI, "closes_at": AT, "reason": ""}),
        (commands.close, key),
        (commands.adjust, key | {"theme": "", "opens_at": AT, "returned_until": AT, "regency_forum_day": None,
                                 "accepts_incomplete": True, "allows_direct": True}),
        (commands.change_kamus, {"entry_id": entry.pk, "name": "x", "unit": "x", "unit_price": None, "agency": "",
                                 "is_withdrawn": False, "at": AT}),
    )  # fmt: skip

    for actor in (
        year.admin,
        year.verifier,
        year.pemandu,
        office(Role.AUDITOR, GRESIK),
        office(Role.KEPALA_DESA, GIRI),
    ):
        for act, given in acts:
            with pytest.raises(NotAllowed):
                act(actor=actor, **given)
