"""The whole year in one browser journey, every role in a session of its own, through the pages alone."""

import io
import re
from contextlib import contextmanager
from datetime import timedelta

import pypdf
import pytest
from django.utils import timezone
from tests.journeys.conftest import DPUTR

from mufakat.audit.commands import verify
from mufakat.core.money import rupiah
from mufakat.documents.models import Document
from mufakat.documents.rules import digest
from mufakat.forums.models import Forum
from mufakat.proposals.models import Proposal

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SHEET = (
    "No;Desa;Usulan;Lokasi;Volume;Satuan;Nilai (Rp)\n"
    "1;Indro;Plengsengan saluran pembuang;RW 02;80;m;250.000.000\n"
    "2;Sukorejo;Pembangunan jembatan jalan kabupaten;RT 01;1;unit;300.000.000\n"
    "3;Indro;Rehabilitasi drainase jalan kabupaten;RW 05;120;m;200.000.000\n"
)
NUMBER = "400.10/12/437.114/2026"


def press(page, name, **more):
    page.get_by_role("button", name=name, **more).click()


def fill(page, fields):
    for label, value in fields.items():
        page.get_by_label(re.compile(rf"^{re.escape(label)}( \(bila ada\))?$")).first.fill(value)


@contextmanager
def held(page, address, *, says):
    """What a script asks within waits until the page says that it waits."""
    waiting = []
    page.route(address, lambda asked: waiting.append(asked))  # it hangs a mark on what it is given
    yield
    page.get_by_role("status").filter(has_text=says).wait_for()
    waiting.pop().continue_()
    page.unroute(address)


def heading(page):
    return page.locator("h1").first.inner_text().replace("\xa0", " ")


def test_the_whole_year(sessions, photos, tmp_path):
    bappeda_opens_the_year(sessions("bappeda"))
    photos(sessions("bappeda"), "01-siklus")
    village_drafts_and_its_head_submits(sessions("operator"), sessions("kades"))
    photos(sessions("kades"), "02-tanda-terima")
    kecamatan_imports_the_others(sessions("admin"), tmp_path)
    photos(sessions("admin"), "03-impor")
    verifier_passes_returns_and_refuses(sessions("verifikator"), sessions("kades"))
    forum = Forum.objects.get()
    kecamatan_prepares(sessions("admin"), forum)
    photos(sessions("admin"), "04-siap")
    team_orders(sessions("admin"), forum)
    photos(sessions("admin"), "05-papan")
    hall = sessions(None)
    hall_opens(sessions("admin"), forum)
    forum_decides(sessions("admin"), sessions("pemandu"), forum, photos)
    photos(sessions("admin"), "06-sidang")
    delegates_are_elected(sessions("admin"), forum)
    minutes_are_issued_signed_and_locked(sessions("admin"), forum, tmp_path)
    photos(sessions("admin"), "07-berita-acara")
    nothing_changes_any_more(sessions("admin"), forum)
    agency_answers(sessions("dputr"))
    photos(sessions("dputr"), "08-jawaban")
    everybody_sees_it(sessions("kades"), hall)
    photos(hall, "09-publik")

    assert verify(kabupaten="35.25") == ()


def bappeda_opens_the_year(page):
    now = timezone.localtime()
    page.goto("/siklus/")
    fill(
        page,
        {
            "Tahun rencana (n)": str(now.year + 1),
            "Pengajuan dibuka": f"{now - timedelta(days=1):%Y-%m-%dT%H:%M}",
            "Pengajuan ditutup": f"{now + timedelta(days=5):%Y-%m-%dT%H:%M}",
            "Batas melengkapi usulan yang dikembalikan": f"{now + timedelta(days=6):%Y-%m-%dT%H:%M}",
        },
    )
    press(page, "Buka siklus")
    page.get_by_role("link", name="Umumkan pagu").click()
    page.get_by_label("Pagu Kebomas").fill("Rp900.000.000")
    press(page, "Umumkan")
    assert "Rp900.000.000" in page.content()
    page.goto("/siklus/")
    page.get_by_role("link", name="Buka kamus").click()
    fill(page, {"Nama usulan": "Peningkatan jalan poros", "Satuan": "meter", "Harga satuan (Rp)": "3.200.000"})
    press(page, "Tambah")
    assert "Kamus usulan ditambah." in page.content()
    page.goto("/forum/jadwalkan/")
    page.get_by_label("Kecamatan").select_option("35.25.14")
    fill(page, {"Tanggal": f"{now:%Y-%m-%d}", "Tempat": "Aula Kantor Kecamatan Kebomas"})
    fill(page, {"Tim Pemandu": "Pemandu Satu, P\nPemandu Dua, L"})
    press(page, "Jadwalkan")
    assert "Forum dijadwalkan." in page.content()


def village_drafts_and_its_head_submits(operator, head):
    operator.goto("/usulan/baru/")
    operator.get_by_label("Jenis usulan dalam kamus").select_option(label="Peningkatan jalan poros · Rp3.200.000/meter")
    fill(operator, {"Apa yang diusulkan": "Peningkatan jalan poros kabupaten RT 02"})
    press(operator, "Simpan dan lanjut")
    assert heading(operator) == "Apa masalah yang dirasakan warga?"
    operator.get_by_label("Masalah yang dirasakan").fill("Jalan berlubang sejak musim hujan, 145 KK terganggu.")
    operator.get_by_role("heading", level=1).click()
    operator.get_by_text("Tersimpan ").wait_for()
    press(operator, "Simpan dan lanjut")
    fill(operator, {"Lokasi": "RT 02 RW 03"})
    press(operator, "Simpan dan lanjut")
    fill(operator, {"Volume": "125"})
    for _ in range(4):
        press(operator, "Simpan dan lanjut")
    assert heading(operator) == "Peningkatan jalan poros kabupaten RT 02"
    assert "125 meter · × Rp3.200.000 · Rp400.000.000" in operator.content().replace("\xa0", " ")
    assert "Kepala desa atau lurah yang mengajukan." in operator.content()
    head.goto("/usulan/")
    head.get_by_role("link", name="Peningkatan jalan poros").click()
    sent = []
    head.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    head.get_by_role("button", name="Ajukan ke kecamatan").dblclick()
    head.get_by_role("heading", name="Tanda Terima Usulan").wait_for()
    assert len(sent) == 1
    assert (heading(head), head.get_by_text("Nomor 1").count()) == ("Tanda Terima Usulan", 1)


def kecamatan_imports_the_others(page, tmp_path):
    sheet = tmp_path / "rekap desa.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    page.goto("/impor/")
    page.get_by_label("Berkas lembar usulan").set_input_files(sheet)
    fill(page, {"Dasar daftar ini": "BA Musrenbang Desa 2026"})
    press(page, "Baca dan impor")
    assert heading(page) == "3 dari 3 baris masuk"


def verifier_passes_returns_and_refuses(page, head):
    assert heading_at(page, "/verifikasi/") == "4 usulan menunggu Anda"
    case(page, "Peningkatan jalan poros")
    page.get_by_role("link", name="Kembalikan").click()
    page.get_by_label("Penerima manfaat").check()
    fill(page, {"Apa yang kurang, dan apa yang diharapkan": "Tulis jumlah penerima manfaat."})
    press(page, "Kembalikan, ke berikutnya")
    head.goto("/usulan/")
    head.get_by_role("link", name="Peningkatan jalan poros").click()
    assert "Tulis jumlah penerima manfaat." in head.content()
    assert head.get_by_role("link", name="Ubah").count() == 1
    head.get_by_role("link", name="Ubah Penerima manfaat").click()
    head.get_by_label("Penerima manfaat (KK)").fill("145")
    press(head, "Simpan dan lanjut")
    press(head, "Ajukan ke kecamatan")
    for title in ("Peningkatan jalan poros", "Plengsengan saluran", "Pembangunan jembatan"):
        case(page, title)
        page.get_by_label("Kewenangan", exact=True).select_option("kabupaten")
        page.get_by_label("Perangkat daerah penanggung jawab").fill(DPUTR)
        press(page, "Loloskan, ke berikutnya")
    case(page, "Rehabilitasi drainase")
    page.get_by_role("link", name="Tidak layak").click()
    page.get_by_label("Kode alasan").select_option("SUDAH")
    press(page, "Nyatakan tidak layak")
    assert heading(page) == "Tidak ada yang menunggu"
    assert sorted(Proposal.objects.values_list("number", "state")) == [
        (1, "LOLOS_VERIF"), (2, "LOLOS_VERIF"), (3, "LOLOS_VERIF"), (4, "TIDAK_LAYAK"),
    ]  # fmt: skip


def case(page, title):
    page.goto("/verifikasi/")
    page.get_by_role("link", name=title).click()


def heading_at(page, path):
    page.goto(path)
    return heading(page)


def kecamatan_prepares(page, forum):
    page.goto(f"/forum/{forum.pk}/persiapan/")
    press(page, "Mulai persiapan")
    fill(page, {"Nomor SK": "188/1/2026", "Tanggal SK": f"{timezone.localdate():%Y-%m-%d}"})
    fill(page, {"Anggota": "Ketua Tim; Sekcam; Ketua; L"})
    press(page, "Simpan SK")
    page.get_by_label("Tanggal undangan").fill(f"{timezone.localdate() - timedelta(days=8):%Y-%m-%d}")
    for box in page.locator("form[action$='/undangan/'] input[type=number]").all():
        box.fill("3")
    press(page, "Simpan undangan")
    page.get_by_label("Alasan memulai tanpa desa").fill("Desa lain mengajukan tertulis tahun ini.")
    press(page, "Nyatakan siap")
    assert "Forum siap." in page.content()


def team_orders(page, forum):
    page.goto(f"/forum/{forum.pk}/papan/")
    assert "Batas pagu Rp900.000.000" in page.content()
    with page.expect_download() as download, held(page, "**/papan/rancangan/", says="Berkas sedang disusun…"):
        page.get_by_role("link", name="Cetak rancangan rencana").click()
    text = pdf_text(download.value)
    assert "RANCANGAN" in text
    page.get_by_label("Usulan pada urutan").fill("3")
    fill(page, {"Urutan baru": "1", "Alasan": "Menghubungkan dua desa dan sekolah."})
    press(page, "Pindahkan")
    assert "Urutan diubah, alasannya tercatat." in page.content()


def pdf_text(download):
    reader = pypdf.PdfReader(io.BytesIO(download.path().read_bytes()))
    return re.sub(r"\s+", " ", " ".join(p.extract_text() for p in reader.pages))


def hall_opens(page, forum):
    page.goto(f"/forum/{forum.pk}/")
    press(page, "Buka daftar hadir")
    for name, gender, element, village in (
        ("Siti Aminah", "Perempuan", "pkk_perempuan", "35.25.14.2009"),
        ("Budi Santoso", "Laki-laki", "delegasi_desa_kelurahan", "35.25.14.1019"),
        ("Dewi Lestari", "Perempuan", "bpd", "35.25.14.2007"),
    ):
        fill(page, {"Nama": name})
        page.get_by_label(gender).check(force=True)
        page.get_by_label("Unsur").select_option(element)
        page.get_by_label("Desa/kelurahan").select_option(village)
        press(page, "Catat hadir")
        page.get_by_role("rowheader", name=name).wait_for()
    assert heading(page) == "3 orang hadir"
    page.goto(f"/forum/{forum.pk}/")
    fill(page, {"Nama pimpinan sidang": "Pimpinan Sidang", "Jabatan": "Camat Kebomas"})
    press(page, "Mulai sidang")
    for subject in ("Prinsip musyawarah", "Tata tertib", "Kriteria prioritas", "Pembagian kelompok"):
        press(page, f"Sepakati {subject}")
    for village in ("Desa Giri", "Kelurahan Indro", "Desa Sukorejo"):
        row = page.locator("tr", has_text=village)
        row.locator("summary").click()
        row.get_by_label("Dinyatakan oleh").fill("Delegasi desa")
        row.get_by_role("button", name="Simpan").click()
    assert page.get_by_text("Belum memeriksa").count() == 0


def forum_decides(admin, pemandu, forum, photos):
    at = f"/forum/{forum.pk}/sidang/"
    first = Proposal.objects.get(number=1)
    screen = pemandu.context.new_page()
    screen.goto(f"/aula/{forum.pk}/")
    pemandu.goto(f"{at}{first.pk}/")
    pemandu.get_by_label("Yang berbicara").fill("LPMD Giri")
    press(pemandu, "Tayangkan")
    screen.get_by_text("Peningkatan jalan poros kabupaten RT 02").wait_for()
    fill(pemandu, {"Nilai disepakati (Rp)": "390.000.000"})
    pemandu.get_by_role("button", name="Sepakati", exact=True).click()
    screen.get_by_text("Rp510.000.000").wait_for()
    screen.set_viewport_size({"width": 1920, "height": 1080})
    photos(screen, "aula-1920")
    screen.close()
    admin.goto(at)
    admin.get_by_label("Pilih usulan nomor 2 untuk blok").check()
    fill(admin, {"Nama blok usulan terpilih": "Blok A, tanpa tanggapan"})
    press(admin, "Bacakan sebagai blok")
    press(admin, "Sepakati 1 usulan")
    admin.get_by_role("link", name="Pembangunan jembatan").click()
    admin.get_by_text("Hasil lain, dengan alasan").click()
    admin.get_by_label("Cadangan", exact=True).check(force=True)
    admin.get_by_label("Kode alasan").select_option("PAGU")
    press(admin, "Simpan dan ke usulan berikutnya")
    admin.goto(at + "lintas/")
    fill(
        admin,
        {
            "Judul usulan": "Normalisasi saluran batas dua desa", "Masalah": "Saluran dangkal di batas dua desa.",
            "Lokasi": "Batas Giri dan Sukorejo", "Volume": "300", "Satuan": "meter", "Perangkat daerah": DPUTR,
        },
    )  # fmt: skip
    fill(admin, {"Nilai (Rp)": "200.000.000"})
    admin.get_by_label("Desa Giri").check(force=True)
    admin.get_by_label("Desa Sukorejo").check(force=True)
    admin.get_by_label("Pemrakarsa").select_option(label="Siti Aminah")
    press(admin, "Tambahkan ke daftar sidang")
    admin.get_by_role("link", name="Normalisasi saluran batas dua desa").click()
    admin.get_by_role("button", name="Sepakati", exact=True).click()
    admin.wait_for_load_state()
    admin.goto(at)
    assert heading(admin) == "Semua usulan memiliki hasil"


def delegates_are_elected(page, forum):
    page.goto(f"/forum/{forum.pk}/sidang/")
    press(page, "Buka pleno")
    for _ in range(3):
        press(page, "Calonkan")
    for name in ("Siti Aminah", "Budi Santoso", "Dewi Lestari"):
        press(page, f"Bersedia dan terpilih {name}")
    assert heading(page) == "3 delegasi, 2 perempuan"


def minutes_are_issued_signed_and_locked(page, forum, tmp_path):
    page.goto(f"/forum/{forum.pk}/berita-acara/")
    fill(page, {"Nomor dari buku agenda": NUMBER})
    press(page, "Terbitkan Berita Acara")
    with page.expect_download() as download:
        page.get_by_role("link", name="1. Cetak dan tandatangani").click()
    printed = pdf_text(download.value)
    agreed = Proposal.objects.filter(state="DISEPAKATI")
    total = sum(agreed.values_list("value_agreed", flat=True))
    assert total == 840_000_000
    for words in (
        NUMBER,
        rupiah(total).removeprefix("Rp"),
        *(rupiah(p.value_agreed).removeprefix("Rp") for p in agreed),
    ):
        assert words in printed
    scan = tmp_path / "bertanda tangan.pdf"
    scan.write_bytes(download.value.path().read_bytes())
    page.get_by_label("Berkas pindaian").set_input_files(scan)
    press(page, "Unggah")
    press(page, "Kunci Berita Acara")
    document = Document.objects.get()
    assert (document.state, document.version, document.number) == ("dikunci", 1, NUMBER)
    assert document.snapshot_sha256 == digest(document.snapshot)


def nothing_changes_any_more(page, forum):
    first = Proposal.objects.get(number=1)
    page.goto(f"/forum/{forum.pk}/sidang/{first.pk}/")
    assert page.locator("main form[method=post]").count() == 0
    token = page.context.cookies()[0]
    assert token
    page.goto(f"/forum/{forum.pk}/berita-acara/")
    page.get_by_role("link", name="Versi 1").click()
    assert "Sidik cocok." in page.content()


def agency_answers(page):
    assert heading_at(page, "/tindak-lanjut/") == "3 usulan menunggu jawaban Anda"
    page.get_by_role("link", name="Peningkatan jalan poros").click()
    page.get_by_label("Diakomodir", exact=True).check(force=True)
    fill(page, {"Sub kegiatan": "1.03.10.2.01.0005 Rehabilitasi Jalan"})
    press(page, "Simpan jawaban")
    assert heading(page) == "2 usulan menunggu jawaban Anda"


def everybody_sees_it(head, visitor):
    head.goto("/tindak-lanjut/")
    assert "Masuk rancangan Renja" in head.content()
    visitor.goto("/publik/?cari=jalan+poros")
    visitor.get_by_role("link", name="Peningkatan jalan poros").click()
    seen = visitor.content()
    assert "Rp400.000.000" in seen and "Rp390.000.000" in seen and "Masuk rancangan Renja" in seen
    assert "Siti Aminah" not in seen
    visitor.goto("/publik/?keadaan=TIDAK_LAYAK")
    assert "Rehabilitasi drainase jalan kabupaten" in visitor.content() and "SUDAH" in visitor.content()
