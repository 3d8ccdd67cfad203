"""What a village writes, ranks, submits and takes back (rules 7, 15, 17, 18, 21, 22, 25-27, 103)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image
from tests.slices.conftest import AT, GIRI, INDRO, SCAN, office

from mufakat.audit.models import Line
from mufakat.core.decision import NotAllowed
from mufakat.cycles import commands as cycles
from mufakat.documents.commands import WrongScan
from mufakat.people.roles import Role
from mufakat.proposals import commands
from mufakat.proposals.errors import (
    Beyond,
    FieldsClosed,
    Incomplete,
    NoKamus,
    NoProposal,
    TooLate,
    Unbalanced,
    Unexplained,
    WrongPhoto,
)
from mufakat.proposals.models import Proposal, Step
from mufakat.proposals.rules import COLUMNS, Draft, Part
from mufakat.proposals.web.forms import FIELDS
from mufakat.verification import commands as verification

pytestmark = pytest.mark.django_db
WHOLE = Draft(
    title="Saluran tepi Jalan Veteran",
    problem="Air masuk rumah setiap hujan deras.",
    location="RT 02 RW 03",
    volume=Decimal("120.5"),
    unit="paket",
)


@pytest.fixture
def opened(year):
    return year.opened()


@pytest.fixture
def operator_giri(regency):
    return office(Role.OPERATOR_DESA, GIRI)


@pytest.fixture
def entry(opened):
    return cycles.add_kamus(
        actor=opened.bappeda, cycle_id=opened.cycle.pk, name="Saluran U-ditch", unit="meter", unit_price=950_001,
        agency="Dinas Pekerjaan Umum", at=AT,
    )  # fmt: skip


def drafted(year, actor, content=WHOLE, **changed):
    return commands.draft(actor=actor, cycle_id=year.cycle.pk, content=replace(content, **changed), at=AT)


def edited(actor, proposal, content, at=AT):
    return commands.edit(actor=actor, proposal_id=proposal.pk, version=proposal.version, content=content, at=at)


def test_kamus_fills_unit_price_agency_and_the_sum_is_rounded_half_up(opened, operator_giri, entry):
    made = drafted(opened, operator_giri, kamus=entry.pk, unit_price=5, value=7, agency="Lain", volume=Decimal("2.5"))

    assert (made.unit, made.unit_price, made.agency_requested) == ("meter", 950_001, "Dinas Pekerjaan Umum")
    assert made.value_requested == 2_375_003


def test_entry_keeps_its_price_where_it_was_chosen_and_is_not_offered_once_withdrawn(opened, operator_giri, entry):
    made = drafted(opened, operator_giri, kamus=entry.pk)
    cycles.change_kamus(
        actor=opened.bappeda, entry_id=entry.pk, name="Saluran U-ditch", unit="m", unit_price=1, agency="",
        is_withdrawn=True, at=AT,
    )  # fmt: skip

    again = edited(operator_giri, made, replace(WHOLE, kamus=entry.pk, volume=Decimal(2)))

    assert (again.unit, again.unit_price, again.value_requested) == ("meter", 950_001, 1_900_002)
    with pytest.raises(NoKamus):
        drafted(opened, operator_giri, kamus=entry.pk)
    freed = edited(operator_giri, again, replace(WHOLE, unit_price=9))
    assert (freed.kamus_id, freed.unit_price, freed.value_requested) == (None, None, None)


def test_worth_beyond_what_papers_can_write_is_refused(opened, operator_giri):
    made = drafted(opened, operator_giri, volume=Decimal(1), value=10**15 - 1)

    with pytest.raises(Beyond):
        edited(operator_giri, made, replace(WHOLE, value=10**15))
    with pytest.raises(Beyond):
        drafted(opened, operator_giri, volume=Decimal(10**11))


def test_men_and_women_are_the_people(opened, operator_giri):
    with pytest.raises(Unbalanced):
        drafted(opened, operator_giri, people=10, men=4, women=5)

    assert drafted(opened, operator_giri, people=10, men=5, women=5).people == 10
    assert drafted(opened, operator_giri, people=10, men=4).people_women is None


def ranks(year):
    return list(Proposal.objects.filter(village_id=GIRI).exclude(state="DIHAPUS").order_by("village_priority")
                .values_list("title", "village_priority"))  # fmt: skip


def test_village_counts_its_own_without_gaps_or_ties(opened, operator_giri):
    a, b, c = (drafted(opened, operator_giri, title=title) for title in "ABC")
    assert ranks(opened) == [("A", 1), ("B", 2), ("C", 3)]

    commands.put_at(actor=operator_giri, proposal_id=c.pk, place=1, at=AT)
    assert ranks(opened) == [("C", 1), ("A", 2), ("B", 3)]
    commands.put_at(actor=operator_giri, proposal_id=c.pk, place=99, at=AT)
    assert ranks(opened) == [("A", 1), ("B", 2), ("C", 3)]
    commands.delete(actor=operator_giri, proposal_id=a.pk, at=AT)
    assert ranks(opened) == [("B", 1), ("C", 2)]
    b.refresh_from_db()
    edited(operator_giri, b, replace(WHOLE, title="B", priority=9))
    assert ranks(opened) == [("B", 1), ("C", 2)]
    assert Line.objects.order_by("-sequence").values_list("action", flat=True)[1] == "proposal.deleted"


def test_order_is_the_villages_own_and_only_while_it_may_submit(opened, operator_giri, head_giri):
    made = drafted(opened, operator_giri)

    with pytest.raises(NoProposal):
        commands.put_at(actor=office(Role.OPERATOR_DESA, INDRO), proposal_id=made.pk, place=1, at=AT)
    with pytest.raises(NotAllowed):
        commands.put_at(actor=head_giri, proposal_id=made.pk, place=1, at=AT + timedelta(days=10))


def test_operator_submits_on_the_signed_minutes_of_the_village_forum_only(opened, operator_giri):
    made = drafted(opened, operator_giri)
    key = {"actor": operator_giri, "cycle_id": opened.cycle.pk, "number": "05/2027", "day": date(2027, 1, 8), "at": AT}

    with pytest.raises(NotAllowed):
        commands.submit(actor=operator_giri, proposal_id=made.pk, at=AT)
    with pytest.raises(WrongScan):
        commands.attach_minutes(**key, content=b"bukan pindaian")
    commands.attach_minutes(**key, content=SCAN)
    commands.submit(actor=operator_giri, proposal_id=made.pk, at=AT)

    step = Step.objects.get(proposal=made)
    assert (step.office, step.basis) == (operator_giri.label, "Berita acara musrenbang Desa Giri 05/2027")


def test_refusal_after_the_deadline_names_it_and_an_extension_opens_it(opened, head_giri):
    made = drafted(opened, head_giri)
    late = opened.cycle.proposals_close_at + timedelta(minutes=1)

    with pytest.raises(TooLate) as refused:
        commands.submit(actor=head_giri, proposal_id=made.pk, at=late)
    assert str(refused.value).startswith("Masa pengajuan sudah ditutup 21 Januari 2027 pukul 09.00.")
    assert refused.value.sentence_en.startswith("Submission closed on 21 January 2027 at 09:00.")
    cycles.extend_for(
        actor=opened.bappeda, cycle_id=opened.cycle.pk, village=GIRI, closes_at=late + timedelta(hours=1),
        reason="Jaringan desa terputus.", at=AT,
    )  # fmt: skip
    assert commands.submit(actor=head_giri, proposal_id=made.pk, at=late).number == 1


@pytest.mark.parametrize(
    ("accepts_incomplete", "allows_direct", "missing"),
    [
        (False, True, ("Jelaskan masalahnya, paling sedikit 20 huruf.",)),
        (True, True, ()),
        (True, False, ("Pilih jenis usulan dari kamus; tahun ini usulan di luar kamus tidak diterima.",)),
    ],
)
def test_cycle_says_what_blocks(opened, head_giri, accepts_incomplete, allows_direct, missing):
    cycle = opened.cycle
    cycles.adjust(
        actor=opened.bappeda, cycle_id=cycle.pk, theme="", opens_at=cycle.proposals_open_at,
        returned_until=cycle.returned_until, regency_forum_day=None, accepts_incomplete=accepts_incomplete,
        allows_direct=allows_direct, at=AT,
    )  # fmt: skip
    made = drafted(opened, head_giri, problem="Banjir.")

    if not missing:
        assert commands.submit(actor=head_giri, proposal_id=made.pk, at=AT).state == "DIAJUKAN"
        return
    with pytest.raises(Incomplete) as refused:
        commands.submit(actor=head_giri, proposal_id=made.pk, at=AT)
    assert refused.value.missing == missing


def test_return_opens_only_what_it_names_until_its_own_due_date(opened, head_giri):
    made = drafted(opened, head_giri)
    commands.submit(actor=head_giri, proposal_id=made.pk, at=AT)
    due = AT + timedelta(days=2)
    verification.return_to_village(
        actor=opened.verifier, proposal_id=made.pk, reason="Tulis jumlah KK.", parts=[Part.PEOPLE], due_at=due, at=AT
    )
    made.refresh_from_db()

    with pytest.raises(FieldsClosed):
        edited(head_giri, made, replace(WHOLE, households=145, title="Judul lain"))
    edited(head_giri, made, replace(WHOLE, households=145))
    with pytest.raises(TooLate) as refused:
        commands.submit(actor=head_giri, proposal_id=made.pk, at=due)
    commands.submit(actor=head_giri, proposal_id=made.pk, at=due - timedelta(minutes=1))

    assert str(refused.value).startswith("Batas melengkapi usulan ini lewat pada 13 Januari 2027 pukul 09.00;")
    made.refresh_from_db()
    assert (made.households, made.title, made.number, made.state) == (145, WHOLE.title, 1, "DIAJUKAN")


def test_returned_parts_are_the_steps_of_the_form():
    fields = {"title": "title", "kamus_id": "kamus", "volume_requested": "volume", "value_requested": "value",
              "people_men": "men", "people_women": "women", "agency_requested": "agency"}  # fmt: skip

    fields |= {"latitude": "point", "longitude": "point"}
    assert {part: {fields.get(c, c) for c in columns} for part, columns in COLUMNS.items()} == {
        part: set(names) for part, names in FIELDS.items()
    }


def test_head_takes_back_what_nobody_has_taken_up(opened, head_giri, operator_giri):
    first, second = (drafted(opened, head_giri, title=title) for title in "AB")
    for made in (first, second):
        commands.submit(actor=head_giri, proposal_id=made.pk, at=AT)
    key = {"proposal_id": first.pk, "reason": "Sudah didanai dana desa.", "at": AT}

    with pytest.raises(NotAllowed):
        commands.withdraw(actor=operator_giri, **key)
    with pytest.raises(Unexplained):
        commands.withdraw(actor=head_giri, **key | {"reason": "batal"})
    commands.withdraw(actor=head_giri, **key)

    assert list(Proposal.objects.order_by("number").values_list("state", "village_priority")) == [
        ("DITARIK", 1), ("DIAJUKAN", 1),
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        commands.delete(actor=head_giri, proposal_id=second.pk, at=AT)


def picture(size=(2000, 1000)):
    image = Image.new("RGB", size, "teal")
    notes = Image.Exif()
    notes[0x010F] = "Kamera Uji"  # maker
    notes[0x0112] = 6  # held upright
    notes.get_ifd(0x8825)[1] = "S"  # where it was taken
    out = BytesIO()
    image.save(out, "JPEG", exif=notes)
    return out.getvalue()


def test_photo_is_kept_upright_small_and_without_its_place(opened, operator_giri):
    made = drafted(opened, operator_giri)

    photo = commands.add_photo(actor=operator_giri, proposal_id=made.pk, content=picture(), caption="Saluran", at=AT)

    with Image.open(BytesIO(bytes(photo.image.content))) as kept:
        assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (800, 1600), {})
    assert b"Kamera Uji" not in bytes(photo.image.content)
    commands.remove_photo(actor=operator_giri, proposal_id=made.pk, photo_id=photo.pk, at=AT)
    assert made.photos.count() == 0


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0terpotong", b"GIF89a" + b"\x00" * 40])
def test_what_is_no_photo_is_refused(opened, operator_giri, content):
    made = drafted(opened, operator_giri)

    with pytest.raises(WrongPhoto):
        commands.add_photo(actor=operator_giri, proposal_id=made.pk, content=content, caption="", at=AT)
