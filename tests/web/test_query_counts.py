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


def test_long_lists_come_in_pages_with_the_sum_of_all(year, on_the_day):
    rows = tuple((GIRI, f"Usulan saluran {i}", 1_000_000, i) for i in range(1, 131))
    year.opened().submitted(rows)
    _queue_comes_in_pages(browser(year.verifier), year.proposals[0])
    year.verified().scheduled().ready().started()
    _board_comes_in_pages(browser(year.admin), f"/forum/{year.forum.pk}/papan/")
    desk, path = browser(year.admin), f"/forum/{year.forum.pk}/sidang/"

    first = desk.get(path).content.decode()
    second = desk.get(path + "?tampil=belum&halaman=2").content.decode()

    assert (first.count('data-l="Hasil"'), second.count('data-l="Hasil"')) == (100, 30)
    assert "Rp130.000.000" in first and "Rp130.000.000" in second
    assert "?halaman=2" in first and "?tampil=belum&amp;halaman=1" in second
    assert "dan 106 lain" in first


def _queue_comes_in_pages(verifier, first):
    pages = [verifier.get(f"/verifikasi/?halaman={n}") for n in (1, 6, 7)]
    case = verifier.get(f"/verifikasi/{first.pk}/")

    assert [[p.number for p in page.context["rows"]] for page in pages] == [
        list(range(1, 26)), list(range(126, 131)), [],
    ]  # fmt: skip
    assert all("130 usulan menunggu Anda" in page.content.decode() for page in pages)
    assert "?halaman=2" in pages[0].content.decode() and "?halaman=5" in pages[1].content.decode()
    assert (len(case.context["queue"]), "Antrean: 130 usulan" in case.content.decode()) == (25, True)


def _board_comes_in_pages(desk, path):
    first, last = desk.get(path), desk.get(path + "?halaman=6")
    chosen = last.context["places"][0].proposal
    about = desk.get(f"{path}?usulan={chosen.pk}")

    assert [p.order for p in first.context["places"]] == list(range(1, 26))
    assert [p.order for p in last.context["places"]] == list(range(126, 131))
    assert [p.order for p in about.context["places"]] == list(range(126, 131))
    assert about.context["chosen"].proposal == chosen
    for page in (first, last):
        assert "130 usulan menurut urutan" in page.content.decode()
        assert page.context["asked"] == 130_000_000
