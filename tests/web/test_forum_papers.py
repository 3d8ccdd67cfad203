"""What comes out of the forum day: papers and workbooks agree with the rows, in any language, and after the lock."""

import io
import re

import openpyxl
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.utils import timezone, translation
from tests.slices.conftest import GIRI, INDRO, KEBOMAS, SCAN, office
from tests.web import access
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post
from tests.web.test_intruders import whatever

from mufakat.audit.models import Line
from mufakat.core.money import thousands
from mufakat.documents.models import Document
from mufakat.documents.rules import canonical
from mufakat.drafting.decisions_reader import read_worksheet
from mufakat.forums import models, papers
from mufakat.people.roles import Role

pytestmark = pytest.mark.django_db
NUMBER = "400.10/12/437.114/2027"
EXAMPLE = "CONTOH, BUKAN DOKUMEN RESMI"


@pytest.fixture
def running(year, on_the_day):
    return year.opened().submitted().verified().scheduled().ready().started()


@pytest.fixture
def plenary(running):
    return running.decided().elected().in_plenary()


@pytest.fixture
def locked(plenary):
    return plenary.issued().locked()


def text_of(pdf):
    """The text of every page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text):
    """Without spaces: how a PDF's letters are placed says little about them."""
    return "".join(text.split())


def cells_of(content):
    """The rows of every sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: [tuple(c for c in row if c is not None) for row in sheet.values] for sheet in book}


def fetched(year, path, actor=None):
    answer = browser(actor or year.admin).get(f"/forum/{year.forum.pk}/{path}")
    assert answer.status_code == 200, path
    return answer.content


# The same figures everywhere (rules 54, 82)


def test_printed_paper_workbook_and_pages_carry_the_sums_of_the_rows(locked):
    agreed = sum(locked.forum.decisions.filter(result="disepakati").values_list("value", flat=True))
    at = f"berita-acara/{locked.document.pk}/"

    pdf = squeezed(" ".join(text_of(fetched(locked, at + "berkas/"))))
    book = cells_of(fetched(locked, at + "lampiran/"))
    page, desk = (page_of(browser(locked.admin).get(f"/forum/{locked.forum.pk}/{p}")) for p in (at, ""))

    assert agreed == 1_000_000_000
    assert "Jumlahseluruhnya,3usulan" in pdf
    assert pdf.count(squeezed(f"Jumlah 4 1.300.000.000 3 {thousands(agreed)}")) == 4, "empat rekap"
    assert book["Lampiran II"][-1] == ("JUMLAH", agreed)
    for recap in ("Rekap OPD", "Rekap Desa", "Rekap Bidang", "Rekap Kewenangan"):
        assert book[recap][-1] == ("JUMLAH", 4, 1_300_000_000, 3, agreed), recap
    assert ("Cadangan", 1, 300_000_000, 0, 0) in book["Rekap Hasil"]
    assert "Disepakati 3 Rp1.000.000.000" in page and "Disepakati 3 usulan Rp1.000.000.000" in desk
    assert squeezed("4 (empat) orang, terdiri atas 2 (dua) laki-laki dan 2 (dua) perempuan") in pdf
    assert "Hadir 4 2 L, 2 P" in page and "4 orang 2 L, 2 P" in desk


def test_every_page_of_every_paper_of_an_example_says_so(locked):
    at = f"berita-acara/{locked.document.pk}/"
    paths = [at + "berkas/", "kehadiran/lembar/", "kehadiran/lembar/?kosong=1", "delegasi/mandat/", "papan/rancangan/"]

    pages = {path: text_of(fetched(locked, path)) for path in paths}

    assert {path for path, texts in pages.items() if not texts or not all(EXAMPLE in t for t in texts)} == set()
    for path in (at + "lampiran/", "berita-acara/lampiran/", "berita-acara/lembar-kerja/"):
        book = cells_of(fetched(locked, path))
        bare = [n for n, rows in book.items() if n != "_daftar" and not any(EXAMPLE in map(str, r) for r in rows[:4])]
        assert bare == [], path


def test_papers_are_indonesian_and_the_same_bytes_when_the_reader_chose_english(plenary):
    desk = browser(plenary.admin)
    at = f"/forum/{plenary.forum.pk}/berita-acara/"
    plenary.forum.refresh_from_db()
    expected, _ = papers.minutes(plenary.forum, number=NUMBER, at=timezone.now())
    indonesian = {path: fetched(plenary, path) for path in ("berita-acara/rancangan/", "berita-acara/lampiran/")}
    desk.cookies["django_language"] = "en"

    english = {path: desk.get(f"/forum/{plenary.forum.pk}/{path}").content for path in indonesian}
    post(desk, at + "terbitkan/", {"number": NUMBER})
    document = Document.objects.get()
    printed = desk.get(f"{at}{document.pk}/berkas/").content

    assert "Agreed, 3 proposals" in page_of(desk.get(at))
    assert english == indonesian
    assert document.snapshot == canonical(expected)
    assert "MENYEPAKATI" in "".join(text_of(printed)) and translation.get_language() == "id"


def test_draft_has_no_number_and_is_headed_rancangan(plenary):
    text = " ".join(text_of(fetched(plenary, "berita-acara/rancangan/")))

    assert "RANCANGAN – bukan hasil musrenbang" in text and NUMBER not in text
    assert Document.objects.count() == 0


def test_worksheet_of_the_path_is_read_by_the_reader_of_the_sheets(plenary, tmp_path):
    file = tmp_path / "lembar-kerja.xlsx"
    file.write_bytes(fetched(plenary, "berita-acara/lembar-kerja/"))

    worksheet = read_worksheet(file)

    assert sorted((row.cells["Usulan"], str(row.decision.result), row.decision.value) for row in worksheet.rows) == [
        ("Pembangunan jembatan jalan kabupaten", "cadangan", None),
        ("Perbaikan jalan lingkungan RT 02", "disepakati", 400_000_000),
        ("Plengsengan saluran pembuang", "disepakati", 250_000_000),
        ("Saluran drainase jalan poros", "disepakati", 350_000_000),
    ]
    assert [a.name for a in worksheet.session.attendees] == [
        "Siti Aminah", "Budi Santoso", "Ahmad Fauzi", "Dewi Lestari",
    ]  # fmt: skip


# Attendance (rules 53-55)


def test_attendance_sheet_prints_blank_and_filled(running):
    blank = " ".join(text_of(fetched(running, "kehadiran/lembar/?kosong=1")))
    filled = " ".join(text_of(fetched(running, "kehadiran/lembar/")))

    assert "Siti Aminah" not in blank and "55." in blank
    assert "Siti Aminah" in filled and "Jumlah4orang,2perempuan" in squeezed(filled)
    assert "Jumlah224" in squeezed(filled)


def test_attendance_sheet_of_an_issued_berita_acara_is_no_draft(locked):
    sheet = " ".join(text_of(fetched(locked, "kehadiran/lembar/")))

    assert NUMBER in sheet and "RANCANGAN" not in sheet


def test_mistyped_person_is_corrected_and_mistaken_entry_taken_off(running):
    desk, at = browser(running.pemandu), f"/forum/{running.forum.pk}/kehadiran/"
    siti, budi, ahmad, dewi = running.forum.attendees.order_by("pk")
    given = {"name": "Siti Aminah Putri", "gender": "P", "element": "bpd", "village": GIRI, "is_voter": "on"}

    post(desk, f"{at}{siti.pk}/", given)
    same = post(desk, f"{at}{budi.pk}/", given, expect=422)
    post(desk, f"{at}{dewi.pk}/keluarkan/")

    names = list(running.forum.attendees.order_by("pk").values_list("name", "element"))
    assert names == [("Siti Aminah Putri", "bpd"), ("Budi Santoso", "delegasi_desa_kelurahan"), (ahmad.name, "bpd")]
    assert "sudah tercatat hadir pada baris lain" in page_of(same)


def test_what_arrivals_share_stays_for_the_next_and_the_list_is_searched(running):
    desk, at = browser(running.admin), f"/forum/{running.forum.pk}/kehadiran/"
    given = {"name": "Rina", "gender": "P", "element": "pkk_perempuan", "village": INDRO, "institution": "TP PKK"}

    after = post(desk, at, given)

    page = after.content.decode()
    assert f'<option value="{INDRO}" selected>' in page and 'value="TP PKK"' in page
    assert '<option value="pkk_perempuan" selected>' in page
    found = page_of(desk.get(at, {"cari": "rina"}))
    assert "Rina" in found and "Budi Santoso" not in found


# What is put right before the berita acara


def test_delegate_of_the_attendance_list_stays_until_dropped(plenary):
    desk, at = browser(plenary.admin), f"/forum/{plenary.forum.pk}/"
    first, second, third = plenary.forum.delegates.order_by("order")

    kept = post(desk, f"{at}kehadiran/{first.attendee_id}/keluarkan/", expect=422)
    post(desk, at + "delegasi/keluarkan/", {"delegate": first.pk})

    assert "Keluarkan dari daftar itu lebih dahulu." in page_of(kept)
    orders = list(plenary.forum.delegates.order_by("order").values_list("order", "attendee__name"))
    assert orders == [(1, second.attendee.name), (2, third.attendee.name)]
    assert "Jumlah delegasi terpilih di luar batas: 2 (3–5)" in page_of(desk.get(at + "berita-acara/"))


def test_chair_handed_on_signs_in_the_new_capacity(plenary):
    chair = {"name": "Pengganti", "position": "Camat Kebomas", "capacity": "Plh.", "nip": ""}
    post(browser(plenary.admin), f"/forum/{plenary.forum.pk}/pimpinan/", chair)

    paper, _ = papers.minutes(models.Forum.objects.get(), number=NUMBER, at=timezone.now())

    assert (paper.chair.name, paper.chair.capacity, paper.chair.position) == ("Pengganti", "Plh.", "Camat Kebomas")


def test_signers_come_from_the_attendance_list_and_who_does_not_sign_is_remarked(plenary):
    desk, at = browser(plenary.admin), f"/forum/{plenary.forum.pk}/berita-acara/"
    siti = plenary.forum.attendees.get(name="Siti Aminah")
    post(desk, at + "penandatangan/", {"attendee": siti.pk, "capacity": "", "nip": ""})
    post(desk, at + "terbitkan/", {"number": NUMBER})

    nobody = post(desk, at + "tidak-menandatangani/", {"number": "9", "note": "x"}, expect=422)
    post(desk, at + "tidak-menandatangani/", {"number": "2", "note": "tidak menandatangani, berkeberatan"})
    post(desk, at + "unggah/", {"scan": SimpleUploadedFile("ba.pdf", SCAN)})
    post(desk, at + "kunci/")

    document = Document.objects.get()
    assert document.state == "dikunci" and "Pilih pihak dari daftar tanda tangan" in page_of(nobody)
    shown = page_of(desk.get(f"{at}{document.pk}/"))
    assert "2. Siti Aminah, PKK dan kelompok perempuan, Desa Giri: tidak menandatangani, berkeberatan" in shown


def test_pagu_that_only_warns_lets_the_berita_acara_be_issued_and_is_remarked(running):
    desk, at = browser(running.admin), f"/forum/{running.forum.pk}/"
    agreed = {"quick": "disepakati", "agency": "Dinas Pekerjaan Umum dan Tata Ruang", "method": "musyawarah_mufakat"}
    for proposal in running.proposals:
        post(desk, f"{at}sidang/{proposal.pk}/", agreed | {"value": str(proposal.value_requested)})
    running.elected().in_plenary()

    bound = post(desk, at + "berita-acara/terbitkan/", {"number": NUMBER}, expect=422)
    post(desk, at + "aturan/", {"pagu": "peringatan", "paper": "f4"})
    post(desk, at + "berita-acara/terbitkan/", {"number": NUMBER})

    assert "Nilai yang disepakati melebihi pagu." in page_of(bound)
    document = Document.objects.get()
    reader = pypdf.PdfReader(io.BytesIO(fetched(running, f"berita-acara/{document.pk}/berkas/")))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [612, 936]
    assert "Nilai yang disepakati melebihi pagu Rp300.000.000" in page_of(desk.get(at))


def test_quick_reserve_carries_the_reason_pagu(running):
    at = f"/forum/{running.forum.pk}/sidang/{running.proposals[0].pk}/"

    after = post(browser(running.pemandu), at, {"quick": "cadangan", "method": "aklamasi", "agency": "", "value": "1"})

    made = running.forum.decisions.get()
    assert (made.result, made.reason_code, made.value) == ("cadangan", "PAGU", None)
    assert running.proposals[1].title in page_of(after)


def test_any_village_of_the_kecamatan_withdraws_from_a_block_and_no_other(running, on_the_day):
    desk, at = browser(running.pemandu), f"/forum/{running.forum.pk}/sidang/blok/"
    first = running.proposals[0]
    after = post(desk, at, {"name": "Blok A", "proposal": [first.pk]})
    block = re.search(r"sidang/blok/([0-9a-f-]{36})/tarik/", after.content.decode())[1]
    away, near = browser(office(Role.KEPALA_DESA, "35.25.10.2001")), browser(office(Role.KEPALA_DESA, INDRO))

    assert away.post(f"{at}{block}/tarik/", {"proposal": first.pk}).status_code == 404
    post(near, f"{at}{block}/tarik/", {"proposal": first.pk})

    assert models.BlockMember.objects.get().withdrawn_reason == "Ditarik oleh Kepala desa/lurah, Kelurahan Indro"


def test_agenda_tells_when_each_part_begins_and_by_how_much_the_day_runs_over(year, on_the_day):
    year.opened().submitted().verified().scheduled()
    desk, at = browser(year.admin), f"/forum/{year.forum.pk}/persiapan/"

    wrong = post(desk, at + "acara/", {"items": "Sidang kelompok; lama"}, expect=422)
    after = post(desk, at + "acara/", {"items": "Pembukaan; 30; Camat\nSidang; 420"})

    assert "perlu acara, titik koma, lalu menit dalam angka" in page_of(wrong)
    assert "Sidang kelompok; lama" in wrong.content.decode()
    shown = page_of(after)
    assert "08.00 Pembukaan Camat 30" in shown and "08.30 Sidang 420" in shown
    assert "melewati waktu selesai 15.00 sebanyak 30 menit" in shown


# After the lock


def rows_of_forum():
    """Everything the forum's tables hold."""
    kinds = (models.Forum, models.Attendee, models.Decision, models.Delegate, models.Signer, models.AgreementRecord,
             models.VillageStanding, models.Block, models.BlockMember, models.Floor, models.AgendaItem, models.SignatureRemark,
             models.Invitation, models.TeamMember, models.Correction, models.WorkGroup, models.GroupPlace, models.Sitting,
             models.SpeakingTurn, models.Notulen, models.ClauseRow, Document)  # fmt: skip
    return {kind.__name__: [model_to_dict(row) for row in kind.objects.order_by("pk")] for kind in kinds}


OFFICES = (
    (Role.ADMIN_KECAMATAN, KEBOMAS),
    (Role.PEMANDU, KEBOMAS),
    (Role.KEPALA_DESA, GIRI),
    (Role.BAPPEDA, "35.25"),
)
"""One of each kind of hand; the permission matrix asks every role in every state."""


def test_after_the_lock_no_door_changes_anything(locked):
    data = whatever(locked)
    ids = {"forum_id": locked.forum.pk, "proposal_id": locked.proposals[0].pk, "document_id": locked.document.pk}
    ids |= {"block_id": locked.forum.pk, "attendee_id": locked.forum.attendees.first().pk, "clause": "syarat"}
    ids |= {"group_id": locked.forum.workgroups.first().pk}
    doors = [path for path in access.addresses(ids).values() if path.startswith(f"/forum/{locked.forum.pk}/")]
    clients = [(role, browser(office(role, place))) for role, place in OFFICES]
    before, lines = rows_of_forum(), Line.objects.count()

    answers = {(role, path): client.post(path, data).status_code for role, client in clients for path in doors}

    assert {door: code for door, code in answers.items() if code not in (403, 404, 405, 409, 422)} == {}
    assert (rows_of_forum() == before, Line.objects.count()) == (True, lines)
    assert len(doors) > 60 and not [door for door in doors if "<" in door]
