"""What lists, search and counts answer, the same on both databases."""

import pytest
from django.db import connection
from django.db.models import Count
from tests.slices.conftest import AT, GIRI, INDRO, SUKOREJO, office

from mufakat.people.roles import Role
from mufakat.portal import queries as portal
from mufakat.proposals import commands, queries
from mufakat.proposals.models import Proposal, Tally, Word
from mufakat.proposals.rules import Draft, position, stems

pytestmark = pytest.mark.django_db
TITLES = (
    (GIRI, "Perbaikan jalan lingkungan", 1, 1),
    (INDRO, "Memperbaiki drainase jalan poros", 2, 1),
    (SUKOREJO, "Pembangunan jembatan", 3, 1),
    (GIRI, "Penerangan jalan umum", 4, 2),
)


def numbers(words="", **more):
    return [p.number for p in portal.search(words=words, **more).rows]


@pytest.fixture
def submitted(year):
    return year.opened().submitted(TITLES)


def test_words_are_found_in_any_form_and_as_beginnings(submitted):
    assert numbers("jalan") == [1, 2, 4]
    assert numbers("PERBAIKAN Jalan") == numbers("jalan perbaikan") == [1, 2]
    assert numbers("drain") == [2]
    assert numbers("jemb") == [3]
    assert (numbers("rumah sakit"), numbers("jalan sakit"), numbers("xy"), numbers("%"), numbers("'")) == (
        [], [], [], [1, 2, 3, 4], [1, 2, 3, 4],
    )  # fmt: skip
    assert numbers("rt rw 03") == [1, 2, 3, 4]
    assert numbers("jalan", village=GIRI, state="DIAJUKAN") == [1, 4]
    assert numbers("jalan", state="DISEPAKATI") == []


def test_common_words_are_looked_up_beside_and_find_the_same(submitted, monkeypatch):
    rare = [numbers(words) for words in ("jalan", "jalan perbaikan", "poros jalan rt", "jembatan jalan", "jemb rt")]
    monkeypatch.setattr(queries, "RARE", 1)

    common = [numbers(words) for words in ("jalan", "jalan perbaikan", "poros jalan rt", "jembatan jalan", "jemb rt")]

    assert rare == common == [[1, 2, 4], [1, 2], [2], [], [3]]


def test_pages_follow_one_another_by_position(submitted, monkeypatch):
    monkeypatch.setattr(portal, "PAGE", 2)
    first = portal.search(words="rt")
    second = portal.search(words="rt", after=first.next)

    assert [p.number for p in (*first.rows, *second.rows)] == [1, 2, 3, 4]
    assert first.next == position(plan_year=2028, kecamatan="35.25.14", number=2)
    assert second.next is None


def test_what_is_returned_and_rewritten_is_found_by_its_new_words(submitted):
    from mufakat.verification import commands as verification

    proposal = submitted.proposals[0]
    verification.return_to_village(
        actor=submitted.verifier, proposal_id=proposal.pk, reason="Tuliskan panjangnya.", at=AT
    )
    head = office(Role.KEPALA_DESA, GIRI)
    stands = Proposal.objects.get(pk=proposal.pk)
    content = commands.content_of(stands)
    written = Draft(**{n: getattr(content, n) for n in content.__slots__} | {"title": "Gorong-gorong pasar"})
    commands.edit(actor=head, proposal_id=proposal.pk, version=stands.version, content=written, at=AT)
    assert numbers("gorong") == []
    commands.submit(actor=head, proposal_id=proposal.pk, at=AT)

    assert (numbers("gorong pasar"), numbers("lingkungan")) == ([1], [])
    assert Word.objects.filter(proposal=proposal).count() == len(stems("Gorong-gorong pasar RT 02 RW 03"))


def test_own_drafts_stand_first_and_counts_agree(submitted):
    head = office(Role.KEPALA_DESA, GIRI)
    commands.draft(actor=head, cycle_id=submitted.cycle.pk, content=Draft(title="Baru"), at=AT)
    actors = (head, submitted.admin, submitted.bappeda, office(Role.OPD, "35.25", "Dinas Lain"))

    listed = [[p.number for p in queries.listed_for(a, submitted.cycle)] for a in actors]

    assert listed == [[None, 1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4], []]
    assert [queries.count_for(a, submitted.cycle) for a in actors] == [5, 4, 4, 0]
    assert [v.code for v in portal.villages()] == [GIRI, INDRO, SUKOREJO]


def test_counts_are_right_after_every_step_of_a_year(year):
    def counted():
        return dict(Proposal.objects.order_by().values_list("state").annotate(n=Count("pk")))

    def told():
        return {t.state: t.number for t in Tally.objects.all() if t.number}

    year.opened().submitted()
    assert told() == counted() == {"DIAJUKAN": 4}
    year.verified().scheduled().ready().started().decided()
    assert told() == counted() == {"DISEPAKATI": 3, "CADANGAN": 1}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_proposal SET state = 'GUGUR' WHERE state = 'CADANGAN'")
    assert told() == counted() == portal.tallies() == {"DISEPAKATI": 3, "GUGUR": 1}
