"""The forum day as the people at the desk work it: pages and forms alone, no script."""

import re

import pytest
from tests.slices.conftest import GIRI, INDRO, KEBOMAS, SCAN, SUKOREJO, VILLAGES
from tests.web.conftest import browser

from mufakat.documents.models import Document
from mufakat.forums.models import Attendee, Delegate, Forum
from mufakat.proposals.models import Proposal

pytestmark = pytest.mark.django_db
DPUTR = "Dinas Pekerjaan Umum dan Tata Ruang"


def page_of(response):
    """The text of a page without its tags, spaces made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def post(client, path, data=None, expect=303):
    """Send a form; returns the answer, followed when it was taken."""
    response = client.post(path, data or {})
    assert response.status_code == expect, (path, response.status_code, page_of(response)[:2000])
    return client.get(response["Location"]) if expect == 303 else response


@pytest.fixture
def ready(year):
    return year.opened().submitted().verified().scheduled().ready()


@pytest.fixture
def running(year, on_the_day):
    return year.opened().submitted().verified().scheduled().ready().started()


def test_forum_day_runs_from_the_attendance_list_to_the_locked_berita_acara(ready, on_the_day):
    desk = browser(ready.admin)
    at = f"/forum/{ready.forum.pk}/"

    post(desk, at + "kehadiran/buka/")
    for name, gender, element, village in (
        ("Siti Aminah", "P", "pkk_perempuan", GIRI),
        ("Budi Santoso", "L", "delegasi_desa_kelurahan", INDRO),
        ("Ahmad Fauzi", "L", "bpd", SUKOREJO),
    ):
        person = {"name": name, "gender": gender, "element": element, "village": village, "is_voter": "on"}
        post(desk, at + "kehadiran/", person)
    post(desk, at + "mulai/", {"name": "Ketua Sidang", "position": "Camat Kebomas", "capacity": "Plt."})
    for subject in ("prinsip", "tata_tertib", "kriteria", "pembagian_kelompok"):
        post(desk, at + "pembukaan/sepakati/", {"subject": subject, "method": "aklamasi"})
    for village in VILLAGES:
        post(desk, at + "pembukaan/daftar/", {"village": village, "by": "Delegasi", "objection": ""})
    first, second, third, fourth = Proposal.objects.order_by("number")
    agreed = {"result": "disepakati", "agency": DPUTR, "method": "musyawarah_mufakat"}
    post(desk, f"{at}sidang/{first.pk}/", agreed | {"value": "Rp390.000.000"})
    after = post(desk, at + "sidang/blok/", {"name": "Blok A", "proposal": [second.pk, third.pk]})
    block = re.search(r"sidang/blok/([0-9a-f-]{36})/putuskan/", after.content.decode())[1]
    post(desk, f"{at}sidang/blok/{block}/putuskan/", {"method": "aklamasi"})
    reserve = {"result": "cadangan", "reason_code": "PAGU", "reason": "", "method": "musyawarah_mufakat"}
    post(desk, f"{at}sidang/{fourth.pk}/", reserve)
    initiator = Attendee.objects.get(name="Siti Aminah")
    post(
        desk,
        at + "sidang/lintas/",
        {
            "title": "Normalisasi saluran dua desa", "problem": "Saluran dangkal di batas dua desa.",
            "villages": [GIRI, SUKOREJO], "location": "Batas Giri dan Sukorejo", "volume": "300,5", "unit": "meter",
            "value": "9.000.000", "agency": DPUTR, "initiator": str(initiator.pk),
        },
    )  # fmt: skip
    fifth = Proposal.objects.get(number=5)
    post(desk, f"{at}sidang/{fifth.pk}/", agreed | {"value": "9000000"})
    post(desk, at + "sidang/pleno/")
    for person in Attendee.objects.all():
        post(desk, at + "delegasi/calonkan/", {"attendee": str(person.pk)})
    for delegate in Delegate.objects.all():
        post(desk, at + "delegasi/pilih/", {"delegate": str(delegate.pk), "method": "aklamasi"})
    post(desk, at + "berita-acara/terbitkan/", {"number": "400.10/12/437.114/2027"})
    document = Document.objects.get()
    printed = desk.get(f"{at}berita-acara/{document.pk}/berkas/")
    with_scan = _upload(desk, at)
    locked = post(desk, at + "berita-acara/kunci/")

    forum = Forum.objects.get()
    document.refresh_from_db()
    assert (forum.state, forum.chair_capacity, document.state) == ("dikunci", "Plt.", "dikunci")
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert with_scan.status_code == 200 and "Dikunci, berlaku" in page_of(locked)
    assert list(
        Proposal.objects.order_by("number").values_list("number", "state", "value_requested", "value_agreed")
    ) == [
        (1, "DITERUSKAN_PD", 400_000_000, 390_000_000),
        (2, "DITERUSKAN_PD", 350_000_000, 350_000_000),
        (3, "DITERUSKAN_PD", 250_000_000, 250_000_000),
        (4, "CADANGAN", 300_000_000, None),
        (5, "DITERUSKAN_PD", 9_000_000, 9_000_000),
    ]


def _upload(client, at, content=SCAN):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return post(client, at + "berita-acara/unggah/", {"scan": SimpleUploadedFile("ba.pdf", content)})


def test_session_without_proposals_does_not_claim_results(year):
    year.opened().scheduled()

    page = page_of(browser(year.admin).get(f"/forum/{year.forum.pk}/sidang/"))

    assert "Belum ada usulan pada daftar forum" in page and "Semua usulan memiliki hasil" not in page


def test_same_person_is_refused_and_what_was_typed_stays(running):
    desk = browser(running.admin)
    person = {"name": "siti aminah, S.Pd.", "gender": "P", "element": "bpd", "village": GIRI, "is_voter": "on"}

    answer = post(desk, f"/forum/{running.forum.pk}/kehadiran/", person, expect=422)

    assert "sudah tercatat hadir. Satu orang dihitung satu kali." in page_of(answer)
    assert 'value="siti aminah, S.Pd."' in answer.content.decode()
    assert Attendee.objects.count() == 4


def test_attendance_sums_agree(running):
    answer = browser(running.admin).get(f"/forum/{running.forum.pk}/kehadiran/")

    assert "4 orang hadir" in page_of(answer) and "Jumlah 2 2 4" in page_of(answer)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"result": "cadangan", "reason_code": ""}, "Hasil selain disepakati memerlukan kode alasan."),
        ({"result": "disepakati", "value": ""}, "Usulan yang disepakati memerlukan nilai."),
        ({"result": "disepakati", "value": "1,5 juta"}, "Tulis rupiah bulat tanpa koma, misalnya 150.000.000."),
        ({"result": "disepakati", "agency": ""}, "memerlukan satu perangkat daerah penanggung jawab."),
        ({"result": "belum_disepakati", "reason_code": "LAIN", "reason": "singkat"}, "paling sedikit 20 huruf"),
        ({"result": "disepakati", "method": "pemungutan_suara"}, "memerlukan jumlah setuju, tidak setuju dan abstain."),
        (
            {"method": "pemungutan_suara", "votes_for": "9", "votes_against": "1", "votes_abstain": "0"},
            "Jumlah suara melebihi peserta berhak suara yang hadir.",
        ),
    ],
)
def test_result_that_is_not_whole_is_refused_with_its_sentence(running, given, sentence):
    proposal = running.proposals[0]
    whole = {"result": "disepakati", "value": "1000", "agency": DPUTR, "method": "musyawarah_mufakat"}

    answer = post(
        browser(running.pemandu), f"/forum/{running.forum.pk}/sidang/{proposal.pk}/", whole | given, expect=422
    )

    assert sentence in page_of(answer)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.value_agreed) == ("LOLOS_VERIF", None)


def test_result_beyond_the_pagu_is_recorded_and_said_at_once(running):
    desk, at = browser(running.pemandu), f"/forum/{running.forum.pk}/sidang/{running.proposals[0].pk}/"
    given = {"result": "disepakati", "value": "1.000.000.001", "agency": DPUTR, "method": "musyawarah_mufakat"}

    answer = post(desk, at, given)

    assert "Yang disepakati sekarang melebihi pagu Rp1. Periksa nilai yang baru dicatat." in page_of(answer)


def test_second_of_two_desks_is_told_of_the_other_result(running):
    first, second = browser(running.admin), browser(running.pemandu)
    at = f"/forum/{running.forum.pk}/sidang/{running.proposals[0].pk}/"
    given = {"result": "disepakati", "value": "1000", "agency": DPUTR, "method": "musyawarah_mufakat"}
    post(first, at, given)
    unaware = post(second, at, given | {"value": "2000"}, expect=422)
    seen = re.search(r'name="replaces" value="([0-9a-f-]{36})"', second.get(at).content.decode())[1]
    post(first, at, given | {"value": "3000", "replaces": seen})

    conflict = post(second, at, given | {"value": "4000", "replaces": seen}, expect=409)

    assert "sudah memiliki hasil" in page_of(unaware)
    assert "sekarang disepakati, Rp3.000" in page_of(conflict) and 'value="4000"' in conflict.content.decode()
    assert running.forum.decisions.get().value == 3000


def test_plenary_names_what_is_missing(running):
    desk = browser(running.admin)

    answer = post(desk, f"/forum/{running.forum.pk}/sidang/pleno/", expect=422)

    assert "Usulan belum memiliki hasil: 1, 2, 3, 4." in page_of(answer)


def test_withdrawn_from_block_is_decided_alone(running):
    desk, at = browser(running.pemandu), f"/forum/{running.forum.pk}/"
    first, second, *_ = running.proposals
    after = post(desk, at + "sidang/blok/", {"name": "Blok A", "proposal": [first.pk, second.pk]})
    block = re.search(r"sidang/blok/([0-9a-f-]{36})/tarik/", after.content.decode())[1]

    post(desk, f"{at}sidang/blok/{block}/tarik/", {"proposal": first.pk, "reason": "Diminta Desa Giri"})
    post(desk, f"{at}sidang/blok/{block}/putuskan/", {"method": "musyawarah_mufakat"})

    assert list(running.forum.decisions.values_list("proposal__number", "result")) == [(second.number, "disepakati")]


def test_village_head_confirms_own_list_only(running, head_giri):
    village, at = browser(head_giri), f"/forum/{running.forum.pk}/"

    post(village, at + "pembukaan/daftar/", {"village": GIRI, "by": "Kades", "objection": "Satu usulan hilang."})
    post(village, at + "pembukaan/daftar/", {"village": INDRO, "by": "Kades", "objection": ""}, expect=403)

    giri = running.forum.villagestandings.get(village_id=GIRI)
    indro = running.forum.villagestandings.get(village_id=INDRO)
    assert (giri.objection, indro.confirmed_by) == ("Satu usulan hilang.", "Delegasi")


def test_hall_shows_the_case_and_follows_the_result(running):
    desk, at = browser(running.pemandu), f"/forum/{running.forum.pk}/"
    hall = f"/aula/{running.forum.pk}/"
    proposal = running.proposals[0]
    post(desk, at + "sidang/layar/tayangkan/", {"proposal": proposal.pk, "speaker": "LPMK Indro", "heading": "Pleno"})

    shown = desk.get(hall)
    mark = re.search(r"tanda=([0-9a-f]{16})", shown.content.decode())[1]
    unchanged = desk.get(f"{hall}kini/?tanda={mark}")
    agreed = {"result": "disepakati", "value": "1000", "agency": DPUTR, "method": "aklamasi"}
    post(desk, f"{at}sidang/{proposal.pk}/", agreed)
    changed = desk.get(f"{hall}kini/?tanda={mark}")

    assert (unchanged.status_code, changed.status_code) == (204, 200)
    assert "Perbaikan jalan lingkungan RT 02" in page_of(shown) and "LPMK Indro berbicara" in page_of(shown)
    assert "Sisa pagu Rp999.999.000 dari Rp1.000.000.000" in page_of(changed)


def test_room_offers_the_case_after_the_one_on_the_screens_and_names_no_person(running):
    desk, at = browser(running.pemandu), f"/forum/{running.forum.pk}/sidang/layar/"
    first, second, third, *others = running.proposals
    post(desk, at + "tayangkan/", {"proposal": second.pk, "speaker": "LPMK Indro", "heading": "Sidang kelompok"})

    page = desk.get(at).content.decode()

    offered = re.findall(r'name="proposal" value="([^"]+)"', page)
    parties = re.findall(r'<datalist id="lembaga">(.*?)</datalist>', page)[0]
    assert offered == [str(p.pk) for p in (third, third, *others, first, second)]
    assert set(re.findall(r'value="([^"]+)"', parties)) == {
        name
        for person in running.forum.attendees.select_related("village")
        for name in (person.institution, person.village.label if person.village else "")
        if name
    }
    assert not any(person.name in parties for person in running.forum.attendees.all())


def test_correction_from_the_page_is_version_two(year, on_the_day):
    whole = year.opened().submitted().verified().scheduled().ready().started().decided().elected()
    whole.in_plenary().issued().locked()
    desk, at = browser(year.admin), f"/forum/{year.forum.pk}/berita-acara/"
    first = year.proposals[0]

    post(desk, at + "koreksi/", {"number": "13", "reason": "Salah ketik nilai.", f"value-{first.pk}": "390.000.000"})
    _upload(desk, at.removesuffix("berita-acara/"))
    post(desk, at + "kunci/")

    first.refresh_from_db()
    assert first.value_agreed == 390_000_000
    assert list(Document.objects.order_by("version").values_list("version", "number", "state")) == [
        (1, "400.10/12/437.114/2027", "direvisi"),
        (2, "13", "dikunci"),
    ]


def test_preparation_from_the_date_to_ready(year, on_the_day):
    year.opened().submitted().verified()
    bappeda, desk = browser(year.bappeda), browser(year.admin)
    post(
        bappeda,
        "/forum/jadwalkan/",
        {
            "kecamatan": KEBOMAS, "day": "2027-02-10", "starts_at": "08:00", "ends_at": "15:00", "place": "Aula",
            "pemandu": "Pemandu Satu, P\nPemandu Dua, L",
        },
    )  # fmt: skip
    at = f"/forum/{Forum.objects.get().pk}/persiapan/"
    post(desk, at + "mulai/")
    post(desk, at + "tim/", {"number": "188/1/2027", "day": "2027-01-05", "members": "Ketua Tim; Sekcam; Ketua; L"})
    elements = {"kepala_desa_lurah": 21, "delegasi_desa_kelurahan": 42, "lkmk_lkmd": 21, "bpd": 11, "pkk_perempuan": 21}
    elements |= {"pemuda": 5, "difabel": 2, "dprd_dapil": 7, "bappeda": 3, "opd_upt": 12, "forkopimcam": 3}
    post(desk, at + "undangan/", {"day": "2027-02-01", **elements})
    refused = post(desk, at + "siap/", expect=422)
    post(desk, at + "siap/", {"override_reason": "Desa lain mengajukan tertulis."})

    forum = Forum.objects.get()
    assert forum.state == "siap"
    assert "Desa atau kelurahan belum mengajukan dan belum dikecualikan" in page_of(refused)
    assert sum(forum.invitations.values_list("people", flat=True)) == 148


def test_suspension_is_said_in_the_hall_to_the_desk_and_in_public_and_a_cancelled_forum_points_on(running):
    desk, bappeda = browser(running.admin), browser(running.bappeda)
    at, hall = f"/forum/{running.forum.pk}/", f"/aula/{running.forum.pk}/"
    public = f"/publik/{running.proposals[0].pk}/"

    wrong = post(desk, at + "skors/", {"reason": "Lagi", "resumes_on": "besok"}, expect=422)
    rest = post(desk, at + "skors/", {"reason": "Waktu habis", "resumes_on": "2027-02-04"})
    screen, told = page_of(desk.get(hall)), page_of(desk.get(public))
    post(desk, at + "lanjutkan/")
    off = post(bappeda, at + "batalkan/", {"reason": "Listrik padam di kecamatan"})

    assert "Waktu habis Dilanjutkan Kamis, 4 Februari 2027." in page_of(rest)
    assert "Tanggal tidak terbaca." in page_of(wrong)
    assert "Sidang diskors Waktu habis Dilanjutkan Kamis, 4 Februari 2027." in screen
    assert "Sidang diskors: Waktu habis. Dilanjutkan Kamis, 4 Februari 2027." in told
    assert "Forum dibatalkan. Listrik padam di kecamatan" in page_of(off)
    assert "Jadwalkan forum pengganti" in page_of(off)
    assert "Dibatalkan: Listrik padam di kecamatan." in page_of(desk.get(public))
    assert "Forum dibatalkan" in page_of(desk.get(hall))


def test_decided_case_says_so_in_the_hall_with_what_comes_next(running):
    desk, at, hall = browser(running.pemandu), f"/forum/{running.forum.pk}/", f"/aula/{running.forum.pk}/"
    first, second, *_ = running.proposals
    post(desk, at + "sidang/layar/tayangkan/", {"proposal": first.pk, "heading": ""})
    reserve = {"result": "cadangan", "reason_code": "PAGU", "reason": "", "method": "musyawarah_mufakat"}

    post(desk, f"{at}sidang/{first.pk}/", reserve)

    told = page_of(desk.get(hall))
    assert "Diputuskan: cadangan" in told
    assert f"Berikutnya {second.title} Nomor 2, Desa Giri Rp350.000.000" in told


def test_hall_between_two_cases_counts_by_result_field_and_village(running):
    desk, hall = browser(running.pemandu), f"/aula/{running.forum.pk}/"
    before = re.search(r"tanda=([0-9a-f]{16})", desk.get(hall).content.decode())[1]

    running.decided()

    text = page_of(desk.get(f"{hall}kini/?tanda={before}"))
    assert "4 dari 4 usulan memiliki hasil" in text and "3 disepakati" in text and "1 cadangan" in text
    assert "Infrastruktur dan Kewilayahan 3 dari 4 Rp1.000.000.000" in text
    assert "Terbanyak: Giri, Indro" in text
