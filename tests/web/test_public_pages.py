"""What everybody sees: the year in figures, the register, the road of one proposal (rules 93, 95)."""

import pytest
import segno
from django.test import Client
from tests.slices.conftest import GIRI
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked(year, on_the_day, django_capture_on_commit_callbacks):
    year.opened().submitted().verified().scheduled().ready().started().decided().elected().in_plenary().issued()
    with django_capture_on_commit_callbacks(execute=True):
        year.locked()
    return year


def test_landing_tells_the_year(locked, opd_dputr):
    first = locked.proposals[0]
    whole = {"outcome": "diakomodir", "value": "380.000.000", "volume": "110,5", "sub_activity": "1.03.10 Jalan"}
    post(browser(opd_dputr), f"/tindak-lanjut/{first.pk}/jawab/", whole)

    page = page_of(Client().get("/publik/"))
    told = Client().get("/publik/").context["situation"]

    assert f"3 dari {len(locked.proposals)} usulan disepakati" in page
    assert (told.agreed, told.agreed_value, told.answered, told.budgeted) == (3, 1_000_000_000, 1, 0)
    assert sum(s.asked for s in told.shares) == len(locked.proposals)
    assert len(told.shares) == 21


def test_road_has_amount_office_and_reason_and_no_person(locked, opd_dputr):
    first, second = locked.proposals[:2]
    post(
        browser(opd_dputr),
        f"/tindak-lanjut/{second.pk}/jawab/",
        {"outcome": "tidak_diakomodir", "reason_code": "PAGU", "reason": "Pagu dinas terlampaui."},
    )

    answer = Client().get(f"/publik/{second.pk}/")
    page = page_of(answer)

    stations = [(s.name, s.value, s.kind, s.code) for s in answer.context["stations"]]
    assert stations == [
        ("Diajukan", second.value_requested, "", ""),
        ("Lolos pemeriksaan", 350_000_000, "", ""),
        ("Disepakati forum", 350_000_000, "", ""),
        ("Menunggu jawaban perangkat daerah", None, "", ""),
        ("Forum Perangkat Daerah: tidak diakomodir", None, "no", "PAGU"),
    ]
    assert "Pagu dinas terlampaui." in page and "Berita Acara" in page
    assert [a for a in ("Siti Aminah", "Budi Santoso", "Ketua Sidang") if a in page] == []
    waiting = Client().get(f"/publik/{first.pk}/").context
    assert waiting["next"] == ["Jawaban perangkat daerah", "Masuk RKPD"]


def test_printed_code_leads_to_the_page(locked):
    path = f"/publik/{locked.proposals[0].pk}/"

    context = Client().get(path).context

    assert context["here"] == f"http://testserver{path}"
    expected = segno.make(context["here"], error="m", micro=False)
    assert context["qr"] == expected.svg_inline(
        scale=1, border=4, omitsize=True, svgclass="qr", lineclass="", title="QR"
    )


def test_filters_are_chips_with_an_address_to_share(locked):
    title = locked.proposals[0].title.split()[0]

    context = Client().get("/publik/", {"cari": title, "desa": GIRI, "keadaan": "DITERUSKAN_PD"}).context

    assert context["share"] == f"http://testserver/publik/?cari={title}&desa={GIRI}&keadaan=DITERUSKAN_PD"
    assert [address for _, address in context["chosen"]] == [
        f"/publik/?desa={GIRI}&keadaan=DITERUSKAN_PD",
        f"/publik/?cari={title}&keadaan=DITERUSKAN_PD",
        f"/publik/?cari={title}&desa={GIRI}",
    ]
    chip = next(s for s in context["states"] if s["is_on"])
    assert chip["address"] == f"/publik/?cari={title}&desa={GIRI}"
    assert "situation" not in context


def test_style_page_is_for_offices_and_demonstrations(year, settings):
    assert [Client().get(p).status_code for p in ("/gaya/", "/gaya/publik/")] == [404, 404]
    shells = ("", "publik/", "aula/", "kertas/")
    assert [browser(year.admin).get(f"/gaya/{s}").status_code for s in shells] == [200] * 4
    settings.IS_DEMO = True
    assert Client().get("/gaya/").status_code == 200
    assert Client().get("/gaya/lain/").status_code == 404


def test_before_the_first_proposal_the_page_says_so(regency):
    page = page_of(Client().get("/publik/"))

    assert "Belum ada usulan yang diajukan" in page
