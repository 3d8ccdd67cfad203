"""A proposal like another of the same village is shown before it is submitted; why it differs is kept (rule 29)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.slices.conftest import AT, GIRI, INDRO, office
from tests.slices.test_village import WHOLE

from mufakat.audit.models import Line
from mufakat.core.decision import NotAllowed
from mufakat.people.roles import Role
from mufakat.proposals import commands, queries
from mufakat.proposals.alike import likenesses_in_village
from mufakat.proposals.commands import resembling
from mufakat.proposals.errors import CannotJoin, LooksAlike, NoProposal, Unexplained
from mufakat.proposals.models import Distinction, Photo, Proposal
from mufakat.proposals.rules import Draft, has_like_title, is_same_place, joined
from mufakat.verification.queries import likenesses_of

HERE = {"latitude": Decimal("-7.160000"), "longitude": Decimal("112.640000")}
AGAIN = replace(WHOLE, title="Saluran tepi Jl. Veteran", volume=Decimal("30"))


def near(metres):
    """A point so many metres north of HERE."""
    return HERE | {"latitude": HERE["latitude"] + round(Decimal(metres) / 111_195, 6)}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"rt": "02", "rw": "3"}, {"location": "Gang 2 RT 2 RW 03"}, True),
        ({"rt": "02", "rw": "3"}, {"location": "RT 02 RW 04"}, False),
        ({"rt": "1"}, {"rt": "2"}, False),
        ({"rt": "1, 2"}, {"title": "Saluran RT.02"}, True),
        ({"rw": "3"}, {"rw": "03"}, True),
        ({"rt": "1", "rw": "3"}, {"rw": "03"}, None),
        ({}, {"rt": "1"}, None),
        (HERE, near(99), True),
        (HERE, near(102), False),
        # A point says more than an RT.
        (HERE | {"rt": "1"}, near(300) | {"rt": "1"}, False),
        (HERE | {"rt": "1"}, {"rt": "1"}, True),
    ],
)
def test_same_place_is_a_hundred_metres_or_rt_and_rw(first, second, same):
    one, other = Draft(**{"title": ""} | first), Draft(**{"title": ""} | second)

    assert (is_same_place(one, other), is_same_place(other, one)) == (same, same)


@pytest.mark.parametrize(
    ("first", "second", "like"),
    [
        ("Perbaikan saluran RT 02", "Diperbaiki: saluran RT 07", True),
        ("Saluran Jalan Veteran", "Saluran Jalan Kartini", False),
        ("RT 02", "RT 02", False),
    ],
)
def test_titles_are_alike_by_two_thirds_of_their_stems(first, second, like):
    assert has_like_title(first, second) is like


def test_joined_adds_places_and_volumes_and_no_people():
    one = Draft("A", "Banjir.", "Gang 1", "01", "3", volume=Decimal(10), unit="meter", households=20, people=50)
    other = Draft("B", "Longsor.", "Gang 2", "02", "3", volume=Decimal("2.5"), unit="Meter", value=7, people=9, men=9)

    assert joined(one, other) == replace(
        one, problem="Banjir.\nLongsor.", location="Gang 1; Gang 2", rt="01, 02", volume=Decimal("12.5"), value=7
    )
    assert joined(one, replace(other, unit="paket")).volume == 10


@pytest.fixture
def pair(year, head_giri):
    """One that stands and one like it, both drafts of Giri; others that do not count."""
    cycle = year.opened().cycle
    made = [commands.draft(actor=head_giri, cycle_id=cycle.pk, content=c, at=AT) for c in (WHOLE, AGAIN)]
    commands.draft(actor=head_giri, cycle_id=cycle.pk, content=replace(WHOLE, location="RT 07 RW 03"), at=AT)
    commands.draft(actor=office(Role.KEPALA_DESA, INDRO), cycle_id=cycle.pk, content=WHOLE, at=AT)
    return made


@pytest.mark.django_db
def test_likeness_is_answered_before_it_is_submitted(year, pair, head_giri, django_assert_num_queries):
    first, second = pair
    key = {"actor": head_giri, "proposal_id": second.pk, "at": AT}
    seen = queries.proposal_for(head_giri, second.pk)
    with django_assert_num_queries(2):
        assert [a.other for a in likenesses_in_village(seen)] == [first]

    with pytest.raises(LooksAlike):
        commands.submit(**key)
    with pytest.raises(Unexplained):
        resembling.tell_apart(**key, other_id=first.pk, reason="beda")
    resembling.tell_apart(**key, other_id=first.pk, reason="Sisi selatan, yang lain sisi utara.")
    commands.submit(**key)
    commands.submit(**key | {"proposal_id": first.pk})

    told = list(Distinction.objects.values_list("proposal", "other", "reason", "said_by"))
    assert told == [(second.pk, first.pk, "Sisi selatan, yang lain sisi utara.", head_giri.label)]
    first.refresh_from_db()
    assert [(a.other, a.distinction.reason) for a in likenesses_of(first)] == [
        (second, "Sisi selatan, yang lain sisi utara.")
    ]
    assert Line.objects.filter(action="proposal.told_apart").count() == 1


@pytest.mark.django_db
def test_two_drafts_become_one(year, pair, head_giri):
    first, second = pair
    for made, content in ((first, b"a"), (second, b"b")):
        image = commands.documents.keep(kabupaten="35.25", media_type="image/jpeg", content=content)
        Photo.objects.create(kabupaten="35.25", proposal=made, image=image, added_at=AT)

    kept = resembling.join(actor=head_giri, proposal_id=second.pk, other_id=first.pk, at=AT)

    stored = dict(Proposal.objects.filter(village_id=GIRI).values_list("pk", "state"))
    assert (stored[first.pk], stored[second.pk], kept.pk) == ("DRAF", "DIHAPUS", first.pk)
    kept.refresh_from_db()
    assert (kept.volume_requested, kept.version, kept.photos.count()) == (Decimal("150.50"), 2, 2)
    assert [p.village_priority for p in Proposal.objects.filter(village_id=GIRI, state="DRAF").order_by("pk")] == [1, 2]
    assert list(Line.objects.order_by("sequence").values_list("action", flat=True))[-2:] == [
        "proposal.joined", "proposal.deleted",
    ]  # fmt: skip


@pytest.mark.django_db
def test_only_own_drafts_are_joined_or_told_apart(year, pair, head_giri):
    first, second = pair
    away = Proposal.objects.get(village_id=INDRO)
    key = {"actor": head_giri, "at": AT}

    with pytest.raises(NoProposal):
        resembling.join(**key, proposal_id=second.pk, other_id=away.pk)
    commands.submit(actor=office(Role.KEPALA_DESA, INDRO), proposal_id=away.pk, at=AT)
    with pytest.raises(NotAllowed):
        resembling.tell_apart(**key, proposal_id=second.pk, other_id=away.pk, reason="Desa yang lain.")
    with pytest.raises(CannotJoin):
        resembling.join(**key, proposal_id=second.pk, other_id=second.pk)
    resembling.tell_apart(**key, proposal_id=first.pk, other_id=second.pk, reason="Sisi utara saja.")
    commands.submit(**key, proposal_id=first.pk)
    with pytest.raises(NotAllowed):
        resembling.join(**key, proposal_id=second.pk, other_id=first.pk)
