"""What the database refuses, what `audit verify` names, and that no person stands in the chain; on both databases."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from tests.slices.conftest import GIRI, ON_THE_DAY
from tests.slices.test_year import whole_year

from mufakat.audit import commands, name_of, personal
from mufakat.audit.models import Head, Key, Line
from mufakat.config import guards
from mufakat.config.standing import faults
from mufakat.documents.models import Blob, Document
from mufakat.forums.commands import amending
from mufakat.forums.commands.session import Person
from mufakat.forums.rules import Element

pytestmark = pytest.mark.django_db
GRESIK = "35.25"
KEPT = "catatan audit tidak dapat diubah atau dihapus"
FROZEN = "dokumen yang terbit tidak dapat diubah atau dihapus"


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def refused(statement):
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        run(statement)
    return str(refusal.value)


@pytest.fixture
def ten(year):
    """A chain of ten lines."""
    year.opened()
    for number in range(3, 11):
        commands.append(
            kabupaten=GRESIK, actor="", office="sistem", action=f"uji.{number}", subject="x:1", facts={"n": number},
            at=year.cycle.proposals_open_at,
        )  # fmt: skip
    assert (Line.objects.count(), faults()) == (10, [])


def test_lines_can_neither_be_changed_nor_removed(ten):
    row = "id, kabupaten, sequence, actor, office, action, subject, facts, at, previous, digest"
    attempts = [
        "UPDATE audit_line SET action = 'lain' WHERE sequence = 4",
        "DELETE FROM audit_line WHERE sequence = 10",
    ]
    attempts += (
        ["TRUNCATE audit_line"]
        if connection.vendor == "postgresql"
        else [f"REPLACE INTO audit_line ({row}) SELECT {row} FROM audit_line WHERE sequence = 4"]
    )

    assert [KEPT in refused(attempt) for attempt in attempts] == [True] * 3
    assert faults() == []


def test_documents_can_neither_be_changed_nor_removed(year):
    whole_year(year).locked()
    attempts = [
        "UPDATE documents_document SET number = '9'", "UPDATE documents_document SET snapshot = '{}'",
        "UPDATE documents_document SET state = 'terbit'", "UPDATE documents_document SET scan_id = NULL",
        "DELETE FROM documents_document", "UPDATE documents_blob SET media_type = 'x'", "DELETE FROM documents_blob",
    ]  # fmt: skip
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
        attempts += ["TRUNCATE documents_document CASCADE", "TRUNCATE documents_blob CASCADE"]
    else:
        attempts += [f"REPLACE INTO {t} SELECT * FROM {t}" for t in ("documents_document", "documents_blob")]
        names = [c.column for c in Document._meta.concrete_fields]
        taken = ", ".join("'0123456789abcdef0123456789abcdef'" if n == "id" else n for n in names)
        attempts += [f"REPLACE INTO documents_document SELECT {taken} FROM documents_document"]

    assert [FROZEN in refused(attempt) for attempt in attempts] == [True] * len(attempts)
    assert (Document.objects.count(), Blob.objects.count(), faults()) == (1, 1, [])


TAMPERED = {
    "changed": (
        ["UPDATE audit_line SET facts = '{}' WHERE sequence = 4"],
        ["baris 4: baris 4 berubah"],
    ),
    "changed with a new hash": (
        ["UPDATE audit_line SET facts = '{}', digest = 'f00' WHERE sequence = 4"],
        ["baris 4: baris 4 berubah", "baris 5: baris 5 tidak menyambung ke baris sebelumnya"],
    ),
    "removed": (
        ["DELETE FROM audit_line WHERE sequence = 4"],
        ["baris 4: baris 4 hilang"],
    ),
    "removed the first": (
        ["DELETE FROM audit_line WHERE sequence = 1"],
        ["baris 1: baris 1 hilang"],
    ),
    "removed the last": (
        ["DELETE FROM audit_line WHERE sequence = 10"],
        ["baris 10: baris 10 hilang, baris terakhir rantai"],
    ),
    "removed the end": (
        ["DELETE FROM audit_line WHERE sequence > 7"],
        ["baris 8: baris 8 sampai 10 hilang, akhir rantai"],
    ),
    "removed all": (
        ["DELETE FROM audit_line"],
        ["baris 1: baris 1 sampai 10 hilang, akhir rantai"],
    ),
    "removed the head": (
        ["DELETE FROM audit_head"],
        ["baris 11: kepala rantai hilang"],
    ),
    "reordered": (
        [
            "UPDATE audit_line SET sequence = 99 WHERE sequence = 4",
            "UPDATE audit_line SET sequence = 4 WHERE sequence = 5",
            "UPDATE audit_line SET sequence = 5 WHERE sequence = 99",
        ],
        [
            "baris 4: baris 4 tidak menyambung ke baris sebelumnya", "baris 4: baris 4 berubah",
            "baris 5: baris 5 tidak menyambung ke baris sebelumnya", "baris 5: baris 5 berubah",
            "baris 6: baris 6 tidak menyambung ke baris sebelumnya",
        ],
    ),
    "renumbered over a gap": (
        ["DELETE FROM audit_line WHERE sequence = 4", "UPDATE audit_line SET sequence = 4 WHERE sequence = 10"],
        [
            "baris 4: baris 4 tidak menyambung ke baris sebelumnya", "baris 4: baris 4 berubah",
            "baris 5: baris 5 tidak menyambung ke baris sebelumnya",
            "baris 10: baris 10 hilang, baris terakhir rantai",
        ],
    ),
    "swapped hashes": (
        [
            "UPDATE audit_line SET digest = (SELECT l.digest FROM audit_line l WHERE l.sequence = 5) WHERE sequence = 4",
        ],
        ["baris 4: baris 4 berubah", "baris 5: baris 5 tidak menyambung ke baris sebelumnya"],
    ),
    "sent to another regency": (
        ["UPDATE audit_line SET kabupaten = '35.26' WHERE sequence = 10"],
        [
            "baris 10: baris 10 hilang, baris terakhir rantai", "baris 1: baris 1 sampai 9 hilang",
            "baris 10: baris 10 berubah", "baris 11: kepala rantai hilang",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERED)
def test_verify_names_what_was_done(ten, name):
    statements, expected = TAMPERED[name]
    guards.take_down(connection)

    run(*statements)

    assert [told.removeprefix("Rantai ").partition(" ")[2] for told in faults()] == expected


def test_no_person_stands_in_the_chain_and_erasing_a_key_leaves_it_whole(year):
    whole_year(year).locked()
    people = [a.name for a in year.forum.attendees.all()] + [m.name for m in year.forum.teammembers.all()]
    chain = "\n".join(f"{line.office} {line.subject} {line.facts}" for line in Line.objects.all())
    assert len(people) == 7
    assert [name for name in [*people, "Ketua Sidang", "Delegasi"] if name in chain] == []

    attendee = year.forum.attendees.get(name="Siti Aminah")
    facts = [json.loads(line.facts) for line in Line.objects.filter(action="forum.attended")]
    recorded = next(f["who"] for f in facts if f["attendee"] == str(attendee.pk))
    values = (attendee.name, attendee.gender, attendee.institution, attendee.position)
    assert personal(attendee, *values) == recorded
    assert personal(attendee, "Siti Aminah lain", *values[1:]) != recorded

    kept = Key.objects.count()
    assert commands.erase(kabupaten=GRESIK, person=name_of(attendee)) is True
    assert commands.erase(kabupaten=GRESIK, person=name_of(attendee)) is False
    assert (Key.objects.count(), faults()) == (kept - 1, [])
    assert personal(attendee, *values) != recorded


def test_what_is_put_right_names_nobody_in_the_chain_either(year):
    year.opened().submitted().verified().scheduled().ready().started()
    key = {"actor": year.admin, "forum_id": year.forum.pk, "at": ON_THE_DAY}
    heard = Person("Siti Aminah Binti Salim", "P", Element.WOMEN, "PKK Desa Giri", "Sekretaris", village=GIRI)
    siti, budi = (year.forum.attendees.get(name=name) for name in ("Siti Aminah", "Budi Santoso"))
    amending.correct_attendance(**key, attendee_id=siti.pk, person=heard)
    amending.add_signer(**key, attendee_id=siti.pk, capacity="Plt.", nip="19790305 200501 2 004")
    amending.remove_attendance(**key, attendee_id=budi.pk)
    chair = {"name": "Ratna Kusumawardhani", "position": "Sekcam", "capacity": "Plh.", "nip": "19810417 200604 2 011"}
    amending.change_chair(**key, chair=chair)

    lines = {line.action: json.loads(line.facts) for line in Line.objects.order_by("sequence")}
    told = "\n".join(f"{line.office} {line.subject} {line.facts}" for line in Line.objects.all())
    named = [heard.name, heard.institution, heard.position, "19790305", "Siti Aminah", "Budi Santoso", *chair.values()]
    assert [text for text in named if text in told] == []
    siti.refresh_from_db()
    year.forum.refresh_from_db()
    assert {action: lines[action]["who"] for action in lines if "who" in lines[action]} == {
        "forum.attended": lines["forum.attended"]["who"],
        "forum.start": personal(year.forum, "Ketua Sidang", "Camat Kebomas", "", ""),
        "forum.attendance_corrected": personal(siti, heard.name, "P", heard.institution, heard.position),
        "forum.signer_added": personal(siti, *siti.particulars, "Plt.", "19790305 200501 2 004"),
        "forum.attendance_removed": personal(budi, "Budi Santoso", "L", "", ""),
        "forum.chair_changed": personal(year.forum, *chair.values()),
    }
    assert faults() == []


def test_head_and_chain_end_together(ten):
    head, last = Head.objects.get(), Line.objects.get(sequence=10)

    assert (head.sequence, head.digest) == (10, last.digest)
