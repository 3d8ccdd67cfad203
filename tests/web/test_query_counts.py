"""A list costs the same number of questions to the database however long it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.slices.conftest import GIRI, INDRO, ROWS, SUKOREJO
from tests.web.conftest import browser

pytestmark = pytest.mark.django_db
FORUM = ("", "persiapan/", "papan/", "kehadiran/", "pembukaan/", "sidang/", "delegasi/", "berita-acara/")
MANY = tuple(
    (village, f"Usulan {kind} nomor {i}", 1_000_000 * i, i)
    for village in (GIRI, INDRO, SUKOREJO)
    for i, kind in enumerate(("jalan", "saluran", "jembatan", "plengsengan"), start=1)
)


def asked(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("part", FORUM)
def test_forum_pages(year, on_the_day, part):
    year.opened().submitted(ROWS).verified().scheduled().ready().started()
    desk, path = browser(year.admin), f"/forum/{year.forum.pk}/{part}"
    few = asked(desk, path)
    year.submitted(MANY)
    year.proposals = [p for p in year.proposals if p.title.startswith("Usulan")]
    year.verified()

    assert asked(desk, path) == few


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("admin", "/usulan/"),
        ("verifier", "/verifikasi/"),
        ("admin", "/tindak-lanjut/"),
        ("bappeda", "/forum/"),
        ("admin", "/publik/"),
        ("admin", "/publik/?cari=jalan+perbaikan"),
        ("admin", "/publik/?cari=jal"),
        ("admin", "/publik/?keadaan=DIAJUKAN&desa=35.25.14.2009"),
        ("bappeda", "/usulan/"),
        ("bappeda", "/siklus/"),
        ("bappeda", "/tindak-lanjut/perangkat-daerah/"),
        ("bappeda", "/"),
        ("admin", "/"),
        ("verifier", "/"),
        ("admin", "/impor/"),
    ],
)
def test_lists(year, on_the_day, who, path):
    year.opened().submitted(ROWS)
    client = browser(getattr(year, who))
    few = asked(client, path)
    year.submitted(MANY)

    assert asked(client, path) == few


def test_long_session_list_comes_in_pages_with_the_sum_of_all(year, on_the_day):
    rows = tuple((GIRI, f"Usulan saluran {i}", 1_000_000, i) for i in range(1, 131))
    year.opened().submitted(rows).verified().scheduled().ready().started()
    desk, path = browser(year.admin), f"/forum/{year.forum.pk}/sidang/"

    first = desk.get(path).content.decode()
    second = desk.get(path + "?tampil=belum&halaman=2").content.decode()

    assert (first.count('data-l="Hasil"'), second.count('data-l="Hasil"')) == (100, 30)
    assert "Rp130.000.000" in first and "Rp130.000.000" in second
    assert "?halaman=2" in first and "?tampil=belum&amp;halaman=1" in second
    assert "dan 106 lain" in first
