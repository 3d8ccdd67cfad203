"""The notulen: drafted from what the session recorded, completed by the notulis, printed (rule 88)."""

import io

import pypdf
import pytest
from tests.slices.conftest import GIRI, KEBOMAS, ON_THE_DAY, office
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post

from mufakat.drafting.papers import Material, Presence, Task, Turns
from mufakat.forums import notulen, papers
from mufakat.forums.models import Notulen
from mufakat.people.roles import Role

pytestmark = pytest.mark.django_db
WRITTEN = {
    "secretary": "Notulis Satu",
    "speeches": "Camat Kebomas\nAnggota DPRD",
    "materials": "Arah RKPD dan pagu; Bappeda",
    "discussion": "Delegasi Giri meminta drainase didahulukan.\n\nForum menyetujui.",
    "follow_ups": "Lengkapi surat lahan; Desa Giri; 1 Maret 2027\nKirim hasil; Kecamatan",
    "closing": "Ditutup dengan doa.",
    "seen": "0",
}


@pytest.fixture
def running(year, on_the_day):
    return year.opened().submitted().verified().scheduled().ready().started()


def test_notulen_gathers_the_session_and_the_notulis_adds_what_only_he_knows(running):
    running.decided()
    notulis, at = browser(office(Role.NOTULIS, KEBOMAS)), f"/forum/{running.forum.pk}/"
    post(notulis, at + "bicara/catat/", {"who": f"P|pkk_perempuan|{GIRI}"})

    post(notulis, at + "notulen/", WRITTEN)

    running.forum.refresh_from_db()
    paper = notulen.notulen_of(running.forum, at=ON_THE_DAY)
    assert paper.secretary == "Notulis Satu"
    assert paper.minutes.speeches == ("Camat Kebomas", "Anggota DPRD")
    assert paper.minutes.materials == (Material("Arah RKPD dan pagu", "Bappeda"),)
    assert paper.discussion == ("Delegasi Giri meminta drainase didahulukan.", "Forum menyetujui.")
    assert paper.tasks == (
        Task("Lengkapi surat lahan", "Desa Giri", "1 Maret 2027"), Task("Kirim hasil", "Kecamatan", ""),
    )  # fmt: skip
    assert paper.turns == (
        Turns("Perempuan", 1, 100), Turns("PKK dan kelompok perempuan", 1, 100), Turns("Giri", 1, 100),
    )  # fmt: skip
    assert paper.presence[:2] == (
        Presence("Kepala desa dan lurah", 5, 1), Presence("Delegasi desa/kelurahan", 5, 1),
    )  # fmt: skip
    assert (sum(p.invited for p in paper.presence), sum(p.present for p in paper.presence)) == (55, 4)
    assert len(paper.villages_absent) == 18 and len(paper.agreements) == 4
    assert [(g.count, g.agreed_count, g.agreed_value) for g in paper.groups] == [
        (4, 3, 1_000_000_000), (0, 0, 0), (0, 0, 0),
    ]  # fmt: skip


def test_printed_notulen_names_chair_speakers_decisions_and_follow_ups(running):
    running.decided().elected().in_plenary()
    desk, at = browser(running.admin), f"/forum/{running.forum.pk}/notulen/"
    post(desk, at, WRITTEN)
    running.issued()

    answer = desk.get(at + "berkas/")

    text = "".join(" ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(answer.content)).pages).split())
    for words in (
        "NOTULEN", "Ketua Sidang", "Notulis Satu", "Camat Kebomas", "Arah RKPD dan pagu", "Jumlah 55 4 51",
        "Forum menyetujui.", "Lengkapi surat lahan", "senilai Rp1.000.000.000", "Siti Aminah", "Ditutup dengan doa.",
        "400.10/12/437.114/2027",
    ):  # fmt: skip
        assert "".join(words.split()) in text, words
    assert "RANCANGAN" not in text


def test_second_of_two_notulis_sees_what_the_first_kept(running):
    first, second = browser(running.admin), browser(office(Role.NOTULIS, KEBOMAS))
    at = f"/forum/{running.forum.pk}/notulen/"
    post(first, at, WRITTEN)

    conflict = post(second, at, WRITTEN | {"discussion": "Lain."}, expect=409)
    after = post(second, at, WRITTEN | {"discussion": "Lain.", "seen": "1"})

    assert "Delegasi Giri meminta drainase didahulukan." in page_of(conflict)
    assert 'name="seen" value="1"' in conflict.content.decode() and "Lain." in conflict.content.decode()
    assert after.status_code == 200
    assert (Notulen.objects.get().discussion, Notulen.objects.get().version) == ("Lain.", 2)


def test_issued_berita_acara_keeps_its_speeches_and_the_rest_stays_open_until_the_lock(running):
    running.decided().elected().in_plenary()
    desk, at = browser(running.admin), f"/forum/{running.forum.pk}/notulen/"
    post(desk, at, WRITTEN)
    running.issued()

    other = post(desk, at, WRITTEN | {"speeches": "Bupati", "seen": "1"}, expect=422)
    post(desk, at, WRITTEN | {"closing": "Selesai.", "seen": "1"})
    running.locked()
    late = post(desk, at, WRITTEN | {"closing": "Terlambat.", "seen": "2"}, expect=403)

    assert "sudah tercantum dalam Berita Acara yang terbit" in page_of(other)
    assert Notulen.objects.get().closing == "Selesai." and "tidak ada lagi yang dapat diubah" in page_of(late)
    assert papers.session_of(running.forum, number="1").speeches == ("Camat Kebomas", "Anggota DPRD")


def test_follow_up_without_somebody_is_refused(running):
    answer = post(
        browser(running.admin),
        f"/forum/{running.forum.pk}/notulen/",
        WRITTEN | {"follow_ups": "Kirim hasil"},
        expect=422,
    )

    assert "perlu hal dan penanggung jawab yang dipisahkan titik koma" in page_of(answer)
