"""The whole year through the commands, and what must never happen on the way."""

import json

import pytest
from django.db import DatabaseError, transaction

from mufakat.audit.commands import verify
from mufakat.audit.models import Line
from mufakat.core.decision import NotAllowed
from mufakat.documents.models import Document
from mufakat.documents.rules import digest
from mufakat.forums.commands import minutes
from mufakat.forums.models import Forum
from mufakat.proposals.models import Proposal


def whole_year(year):
    return year.opened().submitted().verified().scheduled().ready().started().decided().elected().in_plenary().issued()


def test_year_ends_in_a_locked_berita_acara(year):
    whole_year(year).locked()

    document = Document.objects.get()
    paper = json.loads(document.snapshot)
    assert Forum.objects.get().state == "dikunci"
    assert (document.state, document.version, document.number) == ("dikunci", 1, "400.10/12/437.114/2027")
    assert document.snapshot_sha256 == digest(document.snapshot)
    assert (paper["agreed_total"], paper["agreed_count"], paper["proposals_count"]) == (1_000_000_000, 3, 4)
    assert [line["activity"] for line in paper["priorities"]] == [
        "Plengsengan saluran pembuang",
        "Perbaikan jalan lingkungan RT 02",
        "Saluran drainase jalan poros",
    ]
    assert [(g["title"], len(g["lines"]), g["total"]) for g in paper["others"]] == [("Cadangan", 1, 300_000_000)]
    assert sorted(Proposal.objects.values_list("state", "value_agreed")) == [
        ("CADANGAN", None),
        ("DITERUSKAN_PD", 250_000_000),
        ("DITERUSKAN_PD", 350_000_000),
        ("DITERUSKAN_PD", 400_000_000),
    ]
    assert verify(kabupaten="35.25") == ()


def test_issued_document_is_refused_every_change_by_the_database(year):
    whole_year(year).locked()

    for change in ({"snapshot": "{}"}, {"number": "1"}, {"state": "final"}, {"issued_by": "x"}, {"version": 9}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Document.objects.filter(pk=year.document.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=year.document.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Line.objects.filter(sequence=1).update(action="lain")
    with pytest.raises(DatabaseError), transaction.atomic():
        Line.objects.filter(sequence=1).delete()


def test_correction_is_version_two_and_leaves_the_first_as_it_was(year):
    whole_year(year).locked()
    first = Document.objects.get()
    corrected = year.proposals[0]

    second = minutes.correct(
        actor=year.admin,
        forum_id=year.forum.pk,
        number=first.number,
        reason="Salah ketik nilai pada baris pertama.",
        changes={corrected.pk: (390_000_000, "Dinas Pekerjaan Umum dan Tata Ruang")},
        at=year.document.locked_at,
    )
    corrected.refresh_from_db()
    assert (corrected.value_agreed, Document.objects.get(version=1).state) == (400_000_000, "dikunci")

    key = {"actor": year.admin, "forum_id": year.forum.pk, "at": year.document.locked_at}
    minutes.attach_scan(**key, content=b"%PDF-1.7 versi 2")
    minutes.lock(**key)

    corrected.refresh_from_db()
    states = list(Document.objects.order_by("version").values_list("version", "state", "snapshot_sha256"))
    assert states == [(1, "direvisi", first.snapshot_sha256), (2, "dikunci", second.snapshot_sha256)]
    assert json.loads(second.snapshot)["agreed_total"] == 990_000_000
    assert json.loads(Document.objects.get(version=1).snapshot)["agreed_total"] == 1_000_000_000
    assert corrected.value_agreed == 390_000_000


def test_nothing_changes_after_the_lock_for_anyone(year):
    whole_year(year).locked()

    from tests.slices.conftest import agreed

    from mufakat.forums.commands import preparation, session
    from mufakat.forums.rules import Agreement, Element, Method

    key = {"forum_id": year.forum.pk, "at": year.document.locked_at}
    attempts = (
        lambda a: session.decide(actor=a, proposal_id=year.proposals[0].pk, verdict=agreed(1), replaces=True, **key),
        lambda a: session.record_attendance(actor=a, person=session.Person("Baru", "L", Element.OTHER), **key),
        lambda a: session.agree(actor=a, subject=Agreement.GROUPS, method=Method.CONSENSUS, **key),
        lambda a: session.explain_delegation(actor=a, reason="x", **key),
        lambda a: session.show(actor=a, proposal_id=None, **key),
        lambda a: session.return_to_session(actor=a, **key),
        lambda a: preparation.postpone(actor=a, reason="x", **key),
        lambda a: minutes.issue(actor=a, number="7", **key),
        lambda a: minutes.withdraw(actor=a, reason="alasan yang cukup", **key),
        lambda a: minutes.lock(actor=a, **key),
    )
    for actor in (year.bappeda, year.admin, year.verifier, year.pemandu):
        for attempt in attempts:
            with pytest.raises(NotAllowed):
                attempt(actor)
