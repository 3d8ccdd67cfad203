"""The kamus from a sheet and back: faults by row, a look before anything enters, all or nothing (rule 98)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.slices.conftest import AT
from tests.web.conftest import browser, on_the_day  # noqa: F401
from tests.web.test_forum_day import page_of, post

from mufakat.audit.models import Line
from mufakat.core.decision import NotAllowed
from mufakat.cycles import commands, queries
from mufakat.cycles.commands import WrongCycle
from mufakat.cycles.kamus_sheet import KamusRow, kamus_csv, kamus_workbook, read_kamus
from mufakat.cycles.models import KamusPending
from mufakat.cycles.rules import EffectKind, KamusFault
from mufakat.engines.sheets import UnreadableFile

WHOLE = """Kamus usulan 2028;;;;
Jenis Usulan;Satuan;Harga Satuan (Rp);OPD;Ditawarkan
Saluran U-ditch;meter;950.000;Dinas Pekerjaan Umum;ya
=Paving;m2;Rp 150.000,00;;
Pelatihan menjahit;paket;;Dinas Tenaga Kerja;tidak
"""
FAULTY = """Nama usulan;Satuan;Harga satuan;Perangkat daerah;Ditawarkan
;meter;1;;ya
Saluran;;dua ratus;;mungkin
Saluran U-ditch yang namanya sama;meter;1,5;;
saluran u-ditch YANG namanya sama;satuan yang jauh terlalu panjang;;;
"""


def read(text, name="kamus.csv"):
    return read_kamus(name=name, content=text.encode())


def test_sheet_is_read_by_its_headings():
    assert read(WHOLE).faults == () and read(WHOLE).rows == (
        KamusRow(3, "Saluran U-ditch", "meter", 950_000, "Dinas Pekerjaan Umum"),
        KamusRow(4, "=Paving", "m2", 150_000, ""),
        KamusRow(5, "Pelatihan menjahit", "paket", None, "Dinas Tenaga Kerja", is_withdrawn=True),
    )


def test_every_fault_is_located():
    assert [(f.row, f.head, f.fault) for f in read(FAULTY).faults] == [
        (2, "Nama usulan", KamusFault.NO_NAME),
        (3, "Satuan", KamusFault.NO_UNIT),
        (3, "Harga satuan", KamusFault.NO_PRICE),
        (3, "Ditawarkan", KamusFault.NOT_YES_OR_NO),
        (4, "Harga satuan", KamusFault.NO_PRICE),
        (5, "Satuan", KamusFault.TOO_LONG),
        (5, "Nama usulan", KamusFault.REPEATED),
    ]


@pytest.mark.parametrize(
    ("text", "fault"), [("a;b\n1;2\n", KamusFault.NO_HEADING), ("Nama;Satuan\n", KamusFault.EMPTY)]
)
def test_sheet_without_heading_or_rows_says_so(text, fault):
    assert [f.fault for f in read(text).faults] == [fault]


def test_what_is_no_sheet_is_refused():
    with pytest.raises(UnreadableFile):
        read_kamus(name="kamus.xlsx", content=b"PK\x03\x04 bukan lembar")


def test_what_is_written_is_read_back():
    rows = read(WHOLE).rows
    content = kamus_workbook(rows, title="Kamus", at=AT)

    assert [r.__class__(0, r.name, r.unit, r.price, r.agency, r.is_withdrawn) for r in
            read_kamus(name="k.xlsx", content=content).rows] == [
        KamusRow(0, r.name, r.unit, r.price, r.agency, r.is_withdrawn) for r in rows
    ]  # fmt: skip


def test_what_is_written_as_csv_calculates_nothing_and_is_read_back():
    rows = (*read(WHOLE).rows, KamusRow(6, 'Papan "RW" ; besar', "unit", 0, "-"))
    content = kamus_csv(rows)

    assert content.decode("utf-8-sig").splitlines() == [
        "Nama usulan;Satuan;Harga satuan (Rp);Perangkat daerah;Ditawarkan",
        "Saluran U-ditch;meter;950000;Dinas Pekerjaan Umum;ya",
        "'=Paving;m2;150000;;ya",
        "Pelatihan menjahit;paket;;Dinas Tenaga Kerja;tidak",
        '"Papan ""RW"" ; besar";unit;0;\'-;ya',
    ]
    assert [(r.name, r.unit, r.price, r.agency, r.is_withdrawn) for r in read_kamus(name="k.csv", content=content).rows
            ] == [(r.name, r.unit, r.price, r.agency, r.is_withdrawn) for r in rows]  # fmt: skip


@pytest.fixture
def stored(year):
    """A cycle whose kamus has one entry that the sheet changes and one that it does not name."""
    key = {"actor": year.bappeda, "cycle_id": year.opened().cycle.pk, "at": AT}
    commands.add_kamus(**key, name="saluran u-ditch", unit="meter", unit_price=1, agency="")
    commands.add_kamus(**key, name="Gapura", unit="unit", unit_price=None, agency="")
    return key


def kamus_of(year):
    return list(year.cycle.kamus.order_by("name").values_list("name", "unit_price", "is_withdrawn"))


BEFORE = [("Gapura", None, False), ("saluran u-ditch", 1, False)]
AFTER = [("=Paving", 150_000, False), ("Gapura", None, False), ("Pelatihan menjahit", None, True),
         ("Saluran U-ditch", 950_000, False)]  # fmt: skip


@pytest.mark.django_db
def test_confirmed_sheet_enters_whole_and_twice_the_same(year, stored, head_giri):
    commands.hold_kamus(**stored, name="kamus.csv", reading=read(WHOLE))
    assert [e.kind for e in queries.effects_of(year.cycle, read(WHOLE).rows)] == [
        EffectKind.CHANGED, EffectKind.NEW, EffectKind.NEW,
    ]  # fmt: skip
    assert kamus_of(year) == BEFORE

    assert commands.import_kamus(**stored) == (2, 1)

    assert sorted(kamus_of(year)) == AFTER
    with pytest.raises(WrongCycle):
        commands.import_kamus(**stored)
    commands.hold_kamus(**stored, name="kamus.csv", reading=read(WHOLE))
    assert commands.import_kamus(**stored) == (0, 0) and not KamusPending.objects.exists()
    assert Line.objects.filter(action="cycle.kamus_imported").count() == 2
    with pytest.raises(NotAllowed):
        commands.hold_kamus(**stored | {"actor": head_giri}, name="k", reading=read(WHOLE))


@pytest.mark.django_db
def test_faulty_sheet_enters_not_at_all(year, stored):
    commands.hold_kamus(**stored, name="kamus.csv", reading=read(FAULTY))

    with pytest.raises(WrongCycle):
        commands.import_kamus(**stored)

    assert kamus_of(year) == BEFORE


@pytest.mark.django_db
def test_pages_from_upload_to_kamus_and_back(year, stored, head_giri, on_the_day):  # noqa: F811
    desk, at = browser(year.bappeda), f"/siklus/{year.cycle.pk}/kamus/"
    sheet = lambda text: {"sheet": SimpleUploadedFile("kamus.csv", text.encode())}  # noqa: E731
    post(desk, f"{at}impor/", {}, expect=422)
    post(browser(head_giri), f"{at}impor/", sheet(WHOLE), expect=403)
    post(desk, f"{at}impor/", {"sheet": SimpleUploadedFile("k.xlsx", b"PK\x03\x04 bukan")}, expect=422)

    faulty = page_of(post(desk, f"{at}impor/", sheet(FAULTY)))
    assert "7 hal dalam lembar perlu diperbaiki" in faulty and "Masukkan ke kamus" not in faulty
    assert "baris 3, kolom Harga satuan dua ratus Harga bukan rupiah bulat." in faulty
    post(desk, f"{at}impor/masukkan/", {}, expect=422)
    shown = page_of(post(desk, f"{at}impor/", sheet(WHOLE)))
    assert "2 entri baru, 1 diubah, 0 tetap" in shown and "semula Rp1" in shown
    assert kamus_of(year) == BEFORE

    post(desk, f"{at}impor/masukkan/", {})

    assert sorted(kamus_of(year)) == AFTER
    answer = browser(head_giri).get(f"{at}unduh/")
    again = read_kamus(name="k.xlsx", content=answer.content)
    assert {r.name for r in again.rows} == {name for name, _, _ in AFTER} and again.faults == ()
    plain = browser(head_giri).get(f"{at}unduh/?bentuk=csv")
    assert plain["Content-Disposition"] == f'attachment; filename="kamus-usulan-{year.cycle.plan_year}.csv"'
    assert {r.name for r in read_kamus(name="k.csv", content=plain.content).rows} == {name for name, _, _ in AFTER}
