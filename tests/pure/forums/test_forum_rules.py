"""Gates and decisions of a forum (rules 1-6, 46-49, 57-58, 65-70, 73-74)."""

from dataclasses import replace
from datetime import date, time

import pytest

from mufakat.drafting.labels import Result
from mufakat.forums import rules
from mufakat.forums.rules import (
    Agreement,
    BlockFault,
    CrossVillageFault,
    DecisionFault,
    DelegateFacts,
    DelegationLimits,
    Element,
    Method,
    MinutesFacts,
    Missing,
    Obstacle,
    Preparation,
    SessionFacts,
    Verdict,
    Votes,
)

ELEMENTS = {element: element.value for element in Element}
AGREEMENTS = {agreement: agreement.value for agreement in Agreement}
PREPARED = Preparation(
    sk_number="188/21/2027",
    sk_date=date(2027, 1, 5),
    chairs=1,
    agenda_items=12,
    invited=frozenset(rules.REQUIRED_ELEMENTS),
    villages_waiting=(),
)
HEARD = SessionFacts(agreed=frozenset(Agreement), undecided=(), unconfirmed=(), open_objections=())
CLOSED = MinutesFacts(
    ranks=(1, 2, 3),
    unreasoned=(),
    undecided=(),
    open_objections=(),
    agreed_value=900,
    pagu=1000,
    is_pagu_binding=True,
    attendees=80,
    has_chair=True,
)
AGREED = Verdict(Result.DISEPAKATI, 150_000_000, "Dinas PUTR", "", "", Method.CONSENSUS)


@pytest.mark.parametrize(
    ("day", "is_wrong_year", "is_late"),
    [
        (date(2022, 2, 3), False, False),
        (date(2022, 2, 14), False, False),
        (date(2022, 2, 15), False, True),
        (date(2022, 12, 31), False, True),
        (date(2023, 2, 3), True, False),
        (date(2021, 12, 31), True, True),
    ],
)
def test_forum_date_lies_in_the_year_before_and_warns_after_week_two(day, is_wrong_year, is_late):
    assert rules.year_fault(day=day, plan_year=2023) is is_wrong_year
    assert rules.is_late(day=day) is is_late


@pytest.mark.parametrize(
    ("day", "regency_day", "answer"),
    [
        (date(2027, 2, 3), None, False),
        (date(2027, 3, 17), date(2027, 3, 17), False),
        (date(2027, 3, 18), date(2027, 3, 17), True),
    ],
)
def test_forum_after_the_regency_forum_is_told(day, regency_day, answer):
    assert rules.is_after_regency_forum(day=day, regency_day=regency_day) is answer


@pytest.mark.parametrize(("invited_on", "answer"), [(date(2027, 1, 27), False), (date(2027, 1, 28), True)])
def test_invitation_within_seven_days_is_late(invited_on, answer):
    assert rules.is_invited_late(invited_on=invited_on, day=date(2027, 2, 3)) is answer


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({}, ()),
        ({"sk_number": " "}, (Missing(Obstacle.SK_NUMBER),)),
        ({"sk_date": None}, (Missing(Obstacle.SK_NUMBER),)),
        ({"chairs": 0}, (Missing(Obstacle.SK_CHAIR),)),
        ({"agenda_items": 0}, (Missing(Obstacle.AGENDA),)),
        ({"invited": frozenset()}, (Missing(Obstacle.INVITATIONS),)),
        (
            {"invited": frozenset(rules.REQUIRED_ELEMENTS) - {Element.WOMEN, Element.BPD}},
            (Missing(Obstacle.ELEMENTS, ("bpd", "pkk_perempuan")),),
        ),
        ({"villages_waiting": ("Giri", "Indro")}, (Missing(Obstacle.VILLAGES, ("Giri", "Indro")),)),
        ({"villages_waiting": ("Giri",), "override_reason": "Banjir, menyusul tertulis"}, ()),
    ],
)
def test_ready_gate_names_what_is_missing(change, answer):
    assert rules.missing_for_ready(facts=replace(PREPARED, **change), labels=ELEMENTS) == answer


def test_missing_reads_as_one_clause():
    missing = Missing(Obstacle.VILLAGES, ("Giri", "Indro"))

    assert missing.sentence() == "Desa atau kelurahan belum mengajukan dan belum dikecualikan: Giri, Indro"


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({}, ()),
        (
            {"agreed": frozenset(Agreement) - {Agreement.CRITERIA}},
            (Missing(Obstacle.AGREEMENTS, ("kriteria",)),),
        ),
        ({"undecided": ("7",)}, (Missing(Obstacle.UNDECIDED, ("7",)),)),
        ({"unconfirmed": ("Desa Giri",)}, (Missing(Obstacle.CONFIRMATIONS, ("Desa Giri",)),)),
        ({"open_objections": ("Desa Giri",)}, (Missing(Obstacle.OBJECTIONS, ("Desa Giri",)),)),
    ],
)
def test_plenary_gate_names_what_is_missing(change, answer):
    assert rules.missing_for_plenary(facts=replace(HEARD, **change), labels=AGREEMENTS) == answer


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({}, None),
        ({"value": None}, DecisionFault.VALUE_MISSING),
        ({"value": -1}, DecisionFault.VALUE_NEGATIVE),
        ({"value": 0}, None),
        ({"agency": ""}, DecisionFault.AGENCY_MISSING),
        ({"result": Result.CADANGAN}, DecisionFault.REASON_MISSING),
        ({"result": Result.CADANGAN, "reason_code": "PAGU"}, None),
        ({"result": Result.BELUM_DISEPAKATI, "reason_code": "LAIN", "reason": "singkat"}, DecisionFault.REASON_SHORT),
        ({"result": Result.BELUM_DISEPAKATI, "reason_code": "LAIN", "reason": "x" * 20}, None),
        ({"method": Method.VOTE}, DecisionFault.VOTE_MISSING),
        ({"method": Method.VOTE, "votes": Votes(0, 0, 0)}, DecisionFault.VOTE_MISSING),
        ({"method": Method.VOTE, "votes": Votes(30, 10, 1)}, DecisionFault.VOTE_TOO_MANY),
        ({"method": Method.VOTE, "votes": Votes(20, 20, 0)}, DecisionFault.VOTE_LOST),
        ({"method": Method.VOTE, "votes": Votes(21, 19, 0)}, None),
    ],
)
def test_decision_is_recorded_only_when_whole(change, answer):
    assert rules.decision_fault(verdict=replace(AGREED, **change), voters_present=40) == answer


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({}, None),
        ({"name": ""}, BlockFault.NAMELESS),
        ({"members": ()}, BlockFault.EMPTY),
        ({"is_read_out": False}, BlockFault.NOT_READ),
        ({"contested": ("2",)}, BlockFault.CONTESTED),
        ({"decided": ("3",)}, BlockFault.DECIDED),
        ({"contested": ("9",), "decided": ("8",)}, None),
    ],
)
def test_named_block_holds_only_uncontested_open_proposals(change, answer):
    block = {"name": "Blok A", "is_read_out": True, "members": ("1", "2", "3"), "contested": (), "decided": ()}

    assert rules.block_fault(**{**block, **change}) == answer


@pytest.mark.parametrize(
    ("villages", "is_present", "has_fields", "answer"),
    [
        (("Giri",), True, True, CrossVillageFault.VILLAGES),
        (("Giri", "Giri"), True, True, CrossVillageFault.VILLAGES),
        (("Giri", "Indro"), False, True, CrossVillageFault.INITIATOR),
        (("Giri", "Indro"), True, False, CrossVillageFault.FIELDS),
        (("Giri", "Indro"), True, True, None),
    ],
)
def test_cross_village_proposal_needs_two_villages_and_an_initiator(villages, is_present, has_fields, answer):
    fault = rules.cross_village_fault(
        villages=villages, is_initiator_present=is_present, has_required_fields=has_fields
    )

    assert fault == answer


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("Siti Aminah", "Giri"), ("Hj. SITI  Aminah, S.Pd.", "giri"), True),
        (("Siti Aminah", "Giri"), ("Siti Aminah", "Indro"), False),
        (("Siti Aminah", "Giri"), ("Siti Maimunah", "Giri"), False),
        (("Ir", "Giri"), ("Ibu", "Giri"), False),
    ],
)
def test_same_person_is_known_by_name_and_village(one, other, is_same):
    keys = [rules.person_key(name=name, origin=origin) for name, origin in (one, other)]

    assert (keys[0] == keys[1]) is is_same


def delegates(men, women, *, absent=0, consent=False):
    people = ["L"] * men + ["P"] * women
    return [DelegateFacts(f"Orang {i}", g, i >= absent, consent) for i, g in enumerate(people)]


@pytest.mark.parametrize(
    ("people", "reason", "answer"),
    [
        (delegates(2, 1), "", ()),
        (delegates(3, 2), "", ()),
        (delegates(4, 1), "", (Missing(Obstacle.DELEGATES_WOMEN),)),
        (delegates(4, 1), "Hanya satu perempuan bersedia.", ()),
        (delegates(3, 0), "", (Missing(Obstacle.DELEGATES_WOMEN),)),
        (delegates(1, 1), "", (Missing(Obstacle.DELEGATES_NUMBER, ("2 (3–5)",)),)),
        (delegates(4, 2), "", (Missing(Obstacle.DELEGATES_NUMBER, ("6 (3–5)",)),)),
        (delegates(0, 0), "tidak ada", (Missing(Obstacle.DELEGATES_NUMBER, ("0 (3–5)",)),)),
        (delegates(2, 1, absent=1), "apa saja", (Missing(Obstacle.DELEGATES_ABSENT, ("Orang 0",)),)),
        (delegates(2, 1, absent=1, consent=True), "", ()),
    ],
)
def test_delegation_number_women_and_presence(people, reason, answer):
    found = rules.missing_for_delegation(delegates=people, limits=DelegationLimits(), reason=reason)

    assert found == answer


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({}, ()),
        ({"undecided": ("4",)}, (Missing(Obstacle.UNDECIDED, ("4",)),)),
        ({"open_objections": ("Giri",)}, (Missing(Obstacle.OBJECTIONS, ("Giri",)),)),
        ({"ranks": (1, 3)}, (Missing(Obstacle.RANKS),)),
        ({"ranks": (1, 1, 2)}, (Missing(Obstacle.RANKS),)),
        ({"ranks": ()}, ()),
        ({"unreasoned": ("5",)}, (Missing(Obstacle.REASONS, ("5",)),)),
        ({"agreed_value": 1001}, (Missing(Obstacle.PAGU),)),
        ({"agreed_value": 1001, "is_pagu_binding": False}, ()),
        ({"agreed_value": 1001, "pagu": None}, ()),
        ({"attendees": 0}, (Missing(Obstacle.ATTENDANCE),)),
        ({"has_chair": False}, (Missing(Obstacle.CHAIR),)),
    ],
)
def test_minutes_gate_names_what_is_missing(change, answer):
    assert rules.missing_for_minutes(facts=replace(CLOSED, **change)) == answer


def test_every_obstacle_is_said_in_english_too():
    assert set(rules.IN_ENGLISH) == set(Obstacle)
    assert Missing(Obstacle.UNDECIDED, tuple(map(str, range(30)))).sentence_en().endswith("22, 23, and 6 more")


def test_criteria_of_the_opening_are_those_of_the_drafting_engine():
    from mufakat.drafting.facts import CRITERIA
    from mufakat.forums import labels

    assert {c.key: c.name for c in CRITERIA} == labels.CRITERIA


def test_agenda_ends_where_its_durations_say():
    times = rules.agenda_times(starts=time(8), minutes=[30, 90])

    assert times == (time(8), time(8, 30), time(10))
    assert (rules.overrun(ends=time(9, 45), planned=times[-1]), rules.overrun(ends=time(12), planned=times[-1])) == (
        15,
        0,
    )


@pytest.mark.parametrize(
    ("turns", "limit", "above"),
    [
        ({}, 40, ()),
        ({"Giri": 7}, 40, ()),
        ({"Giri": 4, "Indro": 4}, 40, ("Giri", "Indro")),
        ({"Giri": 4, "Indro": 6}, 40, ("Indro",)),
        ({"Giri": 10, "Indro": 0}, 100, ()),
    ],
)
def test_party_above_the_limit_is_named_once_enough_have_spoken(turns, limit, above):
    assert rules.dominating(turns=turns, limit=limit) == above


def test_share_is_rounded_to_whole_percent_halves_upwards():
    assert [rules.share_percent(*pair) for pair in ((0, 0), (1, 3), (1, 8), (2, 3), (3, 3))] == [0, 33, 13, 67, 100]
