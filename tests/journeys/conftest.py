"""A browser with a session of its own for each role, on a live server with an empty regency."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from shutil import which

import pytest
from django.db import connection, connections
from tests.slices.conftest import GIRI, GRESIK, KEBOMAS

from mufakat.config import guards
from mufakat.people.models import Office, User
from mufakat.people.roles import Role
from mufakat.regions import names
from mufakat.regions.commands import load

PASSWORD = "sandi-uji-perjalanan"
DPUTR = "Dinas Pekerjaan Umum dan Tata Ruang"
OFFICES = {
    "bappeda": (Role.BAPPEDA, GRESIK, ""),
    "operator": (Role.OPERATOR_DESA, GIRI, ""),
    "kades": (Role.KEPALA_DESA, GIRI, ""),
    "verifikator": (Role.VERIFIKATOR, KEBOMAS, ""),
    "admin": (Role.ADMIN_KECAMATAN, KEBOMAS, ""),
    "pemandu": (Role.PEMANDU, KEBOMAS, ""),
    "dputr": (Role.OPD, GRESIK, DPUTR),
}


def chromium() -> str:
    """The browser run.py found or fetched, else the one on the path; journeys are skipped where there is none."""
    found = (
        os.environ.get("MUFAKAT_CHROMIUM") or which("chromium") or which("chromium-browser") or which("google-chrome")
    )
    if not found:
        pytest.skip("Tidak ada Chromium. Jalankan python run.py test, atau isi MUFAKAT_CHROMIUM.")
    return found


@pytest.fixture
def emptied(transactional_db):
    """Lets the tables be emptied at the end: audit lines and documents refuse to be deleted while guarded."""
    yield
    guards.take_down(connection)


@pytest.fixture
def people(emptied):
    """One account per role, with a password of its own."""
    load(atlas=names.shipped())
    for name, (role, region, agency) in OFFICES.items():
        user = User.objects.create_user(name, PASSWORD)
        Office.objects.create(
            kabupaten=region[:5],
            user=user,
            role=role.value,
            region_id=region,
            agency=agency,
            starts_on=date(2020, 1, 1),
        )


@pytest.fixture
def sessions(people, live_server, monkeypatch):
    """`sessions(name)` is the page of that role, signed in through the form; None is a visitor."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; the tests' own reads of the database are synchronous and alone.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    opened: dict[str | None, object] = {}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])

        def page_of(name: str | None, width: int = 1280) -> object:
            if name not in opened:
                context = browser.new_context(
                    base_url=live_server.url, viewport={"width": width, "height": 900}, locale="id-ID"
                )
                context.set_default_timeout(10_000)
                page = opened[name] = context.new_page()
                if name is not None:
                    page.goto("/masuk/")
                    page.get_by_label("Nama pengguna").fill(name)
                    page.get_by_label("Kata sandi").fill(PASSWORD)
                    page.get_by_role("button", name="Masuk").click()
                    page.wait_for_url(live_server.url + "/")
            return opened[name]

        yield page_of
        for name, page in opened.items():
            _keep(page, name)
        browser.close()
        # Reads made beside the event loop have a connection of their own, which nothing else closes.
        connections.close_all()


def _keep(page, name):
    """The last page of each session, where JOURNEY_PHOTOS names a folder: what stood there when a journey stopped."""
    folder = os.environ.get("JOURNEY_PHOTOS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/akhir-{name}.png", full_page=True)


@pytest.fixture
def photos():
    """Where pictures go when JOURNEY_PHOTOS names a folder; else nowhere."""
    folder = os.environ.get("JOURNEY_PHOTOS")

    def take(page, name):
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    return take
