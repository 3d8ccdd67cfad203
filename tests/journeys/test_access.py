"""Every page of the staff, the hall and the public passes axe, and fits a phone without sideways scrolling."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from tests.slices.conftest import AT, ON_THE_DAY, Year

from mufakat.cycles import commands as cycles
from mufakat.forums.commands import pausing, wording
from mufakat.forums.document_queries import minutes_of
from mufakat.people.models import Office
from mufakat.people.queries import actor_for
from mufakat.proposals import commands as proposals
from mufakat.proposals.rules import Draft, Part
from mufakat.proposals.states import State

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


AXE = """() => axe.run({resultTypes: ["violations", "incomplete"]})
  .then(({passes, violations, incomplete}) => ({passes: passes.length, violations, incomplete}))"""


@pytest.fixture
def sessions(sessions):
    """Sessions whose pages bring axe along: given to the browser once, it is compiled once."""
    equipped = {}

    def page_of(name):
        if name not in equipped:
            equipped[name] = sessions(name)
            equipped[name].add_init_script(AXE_SCRIPT)
        return equipped[name]

    return page_of


def actor(name):
    return actor_for(Office.objects.select_related("region").get(user__username=name))


@pytest.fixture
def year(people):
    return Year(actor("bappeda"), actor("admin"), actor("verifikator"), actor("pemandu"))


def pages(year):
    """(session, address) of every kind of page that looks otherwise in the middle of the forum day and after it."""
    forum, proposal = f"/forum/{year.forum.pk}/", year.proposals[0].pk
    parts = ("", "persiapan/", "papan/", "kehadiran/", "pembukaan/", "sidang/", f"sidang/{proposal}/", "sidang/lintas/",
             "sidang/layar/", "delegasi/", "berita-acara/", "kelompok/", "bicara/", "notulen/", "berita-acara/klausul/",
             f"kelompok/{year.forum.workgroups.first().pk}/")  # fmt: skip
    return [
        *(("admin", forum + part) for part in parts),
        ("admin", "/"), ("admin", "/forum/"), ("admin", f"/aula/{year.forum.pk}/"),
        ("bappeda", "/siklus/"), ("bappeda", "/forum/jadwalkan/"), ("bappeda", "/tindak-lanjut/"),
        ("bappeda", "/tindak-lanjut/perangkat-daerah/"), ("bappeda", "/tindak-lanjut/supra/"),
        ("dputr", "/tindak-lanjut/"), ("dputr", f"/tindak-lanjut/{proposal}/"),
        ("kades", "/usulan/"), ("kades", "/usulan/baru/"), ("kades", f"/usulan/{proposal}/"),
        ("kades", f"/usulan/{proposal}/tanda-terima/"),
        ("verifikator", "/verifikasi/"), ("verifikator", f"/verifikasi/{proposal}/"),
        (None, "/publik/"), (None, f"/publik/{proposal}/"),
        ("admin", f"{forum}kehadiran/{year.forum.attendees.first().pk}/"),
        *(("admin", f"{forum}berita-acara/{d.pk}/") for d in minutes_of(year.forum)),
        ("bappeda", "/"), ("kades", "/"), ("verifikator", "/"), ("dputr", "/"),
        ("bappeda", "/tindak-lanjut/realisasi/"), ("bappeda", f"/tindak-lanjut/{proposal}/"),
        (None, f"/publik/?cari=jalan&keadaan={State.FORWARDED.value}"), ("admin", f"{forum}papan/?usulan={proposal}"),
    ]  # fmt: skip


def timeless():
    """(session, address) of pages that look the same at every stage of a forum."""
    return [
        (None, "/masuk/"), (None, "/periksa/"), ("admin", "/impor/"), ("admin", "/jabatan/"),
        ("admin", "/gaya/"), ("admin", "/gaya/publik/"), ("admin", "/gaya/aula/"), ("admin", "/gaya/kertas/"),
        *(("bappeda", path) for path in accounts()),
    ]  # fmt: skip


def accounts():
    """Pages of accounts, the own one among them."""
    held = Office.objects.get(user__username="kades")
    office = f"/akun/jabatan/{held.pk}/"
    return ("/akun/", "/akun/baru/", f"/akun/{held.user_id}/", office + "akhiri/", office + "serah-terima/", "/saya/",
            "/saya/sandi/")  # fmt: skip


TOO_WIDE = """() => {
  document.querySelectorAll('details').forEach(part => { part.open = true })
  const right = part => part.getBoundingClientRect().right
  const tables = [...document.querySelectorAll('.sheet table')].map(table => right(table) - right(table.closest('.sheet')))
  return Math.max(document.documentElement.scrollWidth - window.innerWidth, ...tables.map(Math.round), 0)
}"""
"""Pixels by which the page, or a table its card, is too wide when everything that can be opened is open."""


def faults_on(sessions, visits, width=360):
    """What axe finds and what does not fit, by address."""
    found = {}
    for name, path in visits:
        page = sessions(name)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        told = page.evaluate(AXE)
        assert told["passes"] > 5, path
        violations = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in told["violations"]] + unseen_in(told)
        too_wide = 0
        for narrow in (768, width):
            page.set_viewport_size({"width": narrow, "height": 740})
            too_wide = max(too_wide, page.evaluate(TOO_WIDE))
        if violations or too_wide > 0:
            found[path] = (violations, too_wide)
    return found


def unseen_in(told):
    """Words in the very colour of their ground: axe takes these for hidden on purpose and does not call them wrong."""
    nodes = [n for v in told["incomplete"] if v["id"] == "color-contrast" for n in v["nodes"]]
    return [
        n["html"][:160] for n in nodes if any((a["data"] or {}).get("messageKey") == "equalRatio" for a in n["any"])
    ]


def test_pages_during_the_forum_day_of_an_example(sessions, year, settings):
    settings.IS_DEMO = True  # the strip that says so stands on every page
    year.opened().submitted().verified().scheduled().ready().started()

    assert faults_on(sessions, [*pages(year), *timeless()]) == {}


def test_forum_at_rest_and_in_plenary_in_the_dark_and_at_320_pixels(sessions, year):
    year.opened().submitted().verified().scheduled().ready().started().decided().in_plenary()
    forum, hall = f"/forum/{year.forum.pk}/", f"/aula/{year.forum.pk}/"
    sessions("admin").emulate_media(color_scheme="dark")
    own = wording.add_clause(
        actor=year.admin, forum_id=year.forum.pk, text="Salinan diterima setiap desa.", at=ON_THE_DAY
    )
    wording.switch_clause(actor=year.admin, forum_id=year.forum.pk, clause=str(own.pk), is_on=False, at=ON_THE_DAY)
    parts = ("kelompok/", "notulen/", "bicara/", "berita-acara/klausul/")

    found = faults_on(sessions, [("admin", forum + part) for part in parts], width=320)
    pausing.suspend(actor=year.admin, forum_id=year.forum.pk, reason="Waktu habis", at=ON_THE_DAY)
    found |= faults_on(sessions, [("admin", forum), ("admin", hall)], width=320)

    assert found == {}


def test_pages_after_the_lock_also_in_the_dark_and_at_320_pixels(sessions, year):
    year.opened().submitted().verified().scheduled().ready().started().decided().elected().in_plenary().issued().locked()
    forum, proposal = f"/forum/{year.forum.pk}/papan/", year.proposals[0].pk
    in_the_dark = [
        ("bappeda", "/"), ("kades", "/"), ("dputr", f"/tindak-lanjut/{proposal}/"), ("bappeda", "/tindak-lanjut/"),
        ("bappeda", "/tindak-lanjut/realisasi/"), ("admin", f"{forum}?usulan={proposal}"), ("admin", "/gaya/"),
        ("admin", "/gaya/publik/"), ("admin", "/gaya/aula/"), (None, "/publik/"), (None, f"/publik/{proposal}/"),
    ]  # fmt: skip

    assert faults_on(sessions, pages(year)) == {}
    for name, _ in in_the_dark:
        sessions(name).emulate_media(color_scheme="dark")
    assert faults_on(sessions, in_the_dark, width=320) == {}


def pages_before(year, draft, entry):
    """(session, address) of the village's form, verification, and what Bappeda sets for the year."""
    waiting, cycle, own = year.proposals[0].pk, f"/siklus/{year.cycle.pk}/", f"/usulan/{draft.pk}/"
    return [
        *(("operator", f"{own}langkah/{part}/") for part in Part),
        ("operator", own), ("operator", own + "periksa/"), ("operator", "/usulan/urutan/"), ("operator", "/usulan/"),
        ("operator", "/usulan/berita-acara-desa/"), ("operator", "/impor/"), ("operator", "/usulan/baru/"),
        ("kades", f"/usulan/{waiting}/"), ("kades", f"/usulan/{waiting}/tanda-terima/"),
        ("verifikator", "/verifikasi/"), ("verifikator", "/verifikasi/daftar/"),
        *(("verifikator", f"/verifikasi/{waiting}/{asked}") for asked in ("", "?putusan=kembalikan", "?putusan=tolak")),
        *(("bappeda", cycle + part) for part in ("pengaturan/", "pagu/", "kamus/", f"kamus/{entry.pk}/", "kriteria/", "perpanjang/", "kamus/impor/")),
        ("verifikator", "/verifikasi/dikembalikan/"), ("verifikator", "/usulan/bukti-penerima/"),
        ("kades", cycle + "kriteria/"), ("kades", cycle + "pagu/"), ("kades", "/siklus/"),
    ]  # fmt: skip


def test_pages_before_the_forum(sessions, year):
    year.opened().submitted()
    key = {"actor": year.bappeda, "cycle_id": year.cycle.pk, "at": AT}
    entry = cycles.add_kamus(**key, name="Saluran U-ditch", unit="m", unit_price=950_000, agency="")
    content = Draft(title="Saluran tepi Jalan Veteran", kamus=entry.pk)
    draft = proposals.draft(actor=actor("operator"), cycle_id=year.cycle.pk, content=content, at=AT)

    assert faults_on(sessions, pages_before(year, draft, entry)) == {}
