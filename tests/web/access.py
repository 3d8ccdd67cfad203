"""Every address of the project tried by every office, and the committed table of what each must get.

`MATRIX=write` in the environment, in a run of one process, writes the table anew; its change is then read line by line.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.template.backends.django import DjangoTemplates
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver
from tests.slices.conftest import AT, GIRI, GRESIK, INDRO, KEBOMAS, MANYAR, office
from tests.web.conftest import browser

from mufakat.cycles.models import KamusEntry
from mufakat.documents import commands as documents
from mufakat.documents.rules import canonical
from mufakat.engines.sheets.model import Reading
from mufakat.forums.models import WorkGroup
from mufakat.intake.models import PendingReading, SheetImport
from mufakat.people.models import Office
from mufakat.people.roles import LEVELS, Role
from mufakat.proposals.models import Photo
from mufakat.regions.models import Region

TABLES = Path(__file__).with_name("access")
"""A folder with one table per stage."""
AGENCY = "Dinas Pekerjaan Umum dan Tata Ruang"
LAMONGAN, LAREN, VILLAGE_OF_LAREN = "35.24", "35.24.10", "35.24.10.2001"
MANYAR_VILLAGE = "35.25.10.2001"
OWN = {2: GRESIK, 3: KEBOMAS, 4: GIRI}
ELSEWHERE = {
    "desa": {4: INDRO},
    "kec": {3: MANYAR, 4: MANYAR_VILLAGE},
    "kab": {2: LAMONGAN, 3: LAREN, 4: VILLAGE_OF_LAREN},
}
"""Other village of the kecamatan, other kecamatan of the regency, other regency, each for the roles it exists for."""
EMPTY_READING = canonical(Reading((), (), ()))
FORM = "application/x-www-form-urlencoded"
PLACES = ("sendiri", "desa", "kec", "kab", "usai")
SIGNED_OUT = "tanpa masuk"
PERSONAL = frozenset({
    "sign_in", "sign_out", "second_step", "office", "own_account", "own_password", "own_second_factor",
    "begin_second_factor", "drop_second_factor", "renew_recovery_codes", "set_language",
})  # fmt: skip
"""Addresses about the person who asks and about no region: whoever asks is answered about the own account."""


@dataclass(frozen=True, slots=True)
class Column:
    """One who tries: a role in its own region, elsewhere, or with an office that is over."""

    role: Role | None
    place: str

    @property
    def is_stranger(self) -> bool:
        """Out of reach of the kecamatan and villages tried."""
        return self.place not in ("sendiri", "desa")

    @property
    def name(self) -> str:
        """As the head of the table says it."""
        return f"{self.role} {self.place}" if self.role else SIGNED_OUT


def columns() -> list[Column]:
    """All of them, in the order of the table."""
    found = [
        Column(role, place)
        for role in Role
        for place in PLACES
        if place in ("sendiri", "usai") or LEVELS[role] in ELSEWHERE[place]
    ]
    return [*found, Column(None, "")]


def other_regency():
    """A second regency on the same server."""
    Region.objects.create(code=LAMONGAN, name="Kabupaten Lamongan", kind="kabupaten")
    Region.objects.create(code=LAREN, name="Laren", kind="kecamatan", parent_id=LAMONGAN)
    Region.objects.create(code=VILLAGE_OF_LAREN, name="Contoh", kind="desa", parent_id=LAREN)


def belongings(year, keeper) -> dict[str, object]:
    """Ids of what else belongs to the year: somebody present, a photo, a kind of the kamus, a sheet read and one taken,
    a group and a clause."""
    person, _ = year.forum.attendees.get_or_create(
        kabupaten=GRESIK, person="siapa", name="Siapa", gender="L", element="lainnya", village_id=GIRI, arrived_at=AT
    )
    at = {"kabupaten": GRESIK}
    image = documents.keep(**at, media_type="image/jpeg", content=b"\xff\xd8\xff\xd9")
    sheet = {**at, "cycle": year.cycle}
    taken = SheetImport(**sheet, kecamatan_id=KEBOMAS, files="daftar.xlsx", imported_at=AT, imported_by="Admin")
    taken.save()
    read = PendingReading.objects.create(**sheet, office_id=keeper.office_id, reading=EMPTY_READING, read_at=AT)
    photo = Photo.objects.create(**at, proposal=year.proposals[0], image=image, added_at=AT)
    entry = KamusEntry.objects.create(**sheet, name="Paving", unit="meter")
    group = WorkGroup.objects.create(**at, forum=year.forum, order=9, name="Kelompok lain")
    return {
        "group_id": group.pk,
        "clause": "prioritas",
        "attendee_id": person.pk,
        "photo_id": photo.pk,
        "entry_id": entry.pk,
        "pending_id": read.pk,
        "import_id": taken.pk,
    }


class Visitor:
    """Asks as a browser does, through every middleware, without the copies of contexts that the test client keeps."""

    def __init__(self, client: Client, *, is_at_home: bool = True) -> None:
        self.factory = RequestFactory()
        self.factory.cookies = client.cookies
        self.is_at_home = is_at_home
        self.handler = _handler(settings.SESSION_ENGINE)
        self.session = client.session if client.cookies else None
        self.kept = dict(self.session.items()) if self.session else {}

    def ask(self, method: str, path: str, form: str):
        """The answer to a reading, or to a form that is encoded already."""
        request = self.factory.generic(method, path, form if method == "POST" else "", content_type=FORM)
        request._dont_enforce_csrf_checks = True
        with showing(method == "GET" and self.is_at_home):
            return self.handler.get_response(request)

    def sign_in_again(self) -> None:
        """Put the session back as it was at first."""
        if self.session:
            cache.set(self.session.cache_key, self.kept, self.session.get_expiry_age())


class Pages(DjangoTemplates):
    """Templates that are written out where an office at home reads; what a form's or a stranger's answer looks like is
    for other tests, whether there is one for these."""

    is_written = True

    def get_template(self, template_name):
        found = super().get_template(template_name)
        return _Page(found, is_refusal=template_name in ("403.html", "404.html"))


class _Page:
    def __init__(self, template, *, is_refusal: bool) -> None:
        self.template = template
        self.is_refusal = is_refusal

    def render(self, context=None, request=None):
        return self.template.render(context, request) if Pages.is_written and not self.is_refusal else ""


@contextmanager
def showing(is_written: bool):
    """Whether templates are written out within."""
    Pages.is_written = is_written
    try:
        yield
    finally:
        Pages.is_written = True


@lru_cache
def _handler(sessions: str) -> BaseHandler:
    """The middleware, which keeps the sort of sessions it was loaded with."""
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def client_of(column: Column) -> Client:
    """A browser of the one who tries."""
    if column.role is None:
        return Client()
    place = OWN if column.place in ("sendiri", "usai") else ELSEWHERE[column.place]
    actor = office(column.role, place[LEVELS[column.role]], agency=AGENCY if column.role is Role.OPD else "")
    if column.place == "usai":
        Office.objects.filter(pk=actor.office_id).update(ends_on=date(2026, 12, 31))
    return browser(actor)


def addresses(ids: dict[str, object]) -> dict[str, str]:
    """Every address of the project by its name, with ids filled in; a new kind of id must be added to `ids`."""
    found: dict[str, str] = {}
    _walk(get_resolver(), "/", "", ids, found)
    return dict(sorted(found.items()))


def _walk(resolver, prefix, space, ids, found):
    for pattern in resolver.url_patterns:
        path = prefix + _filled(str(pattern.pattern), ids)
        if isinstance(pattern, URLPattern):
            found[f"{space}{pattern.name}"] = path
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            _walk(pattern, path, inner, ids, found)


def _filled(route, ids):
    for name, value in ids.items():
        route = route.replace(f"<uuid:{name}>", str(value)).replace(f"<str:{name}>", str(value))
        route = route.replace(f"<slug:{name}>", str(value)).replace(f"<int:{name}>", str(value))
        route = route.replace(f"^(?P<{name}>[0-9a-f]{{64}})/$", f"{value}/")
    return route


def letter(answer) -> str:
    """What an answer amounts to, in one letter."""
    where = answer.get("Location", "")
    if answer.status_code in (301, 302, 303) and where.startswith("/masuk/"):
        return "S"
    known = {403: "F", 404: "N", 405: "M", 409: "R", 422: "R", 429: "R"}
    return known.get(answer.status_code, "A" if answer.status_code < 400 else "!")


LETTERS = "A dilayani · R isian ditolak · F 403 · N 404 · M 405 · S diminta masuk"


def digest(kabupaten: str = "") -> str:
    """A digest of every row of our tables, or of one regency's; sessions and counts of failed sign-ins are not ours."""
    mark = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda m: m._meta.label):
        names = {f.name for f in model._meta.concrete_fields}
        if not model.__module__.startswith("mufakat.") or (kabupaten and "kabupaten" not in names):
            continue
        rows = model._default_manager.order_by("pk")
        rows = rows.filter(kabupaten=kabupaten) if kabupaten else rows
        fields = sorted(names - {"last_login", "content"})
        mark.update(repr((model._meta.label, list(rows.values_list(*fields)))).encode())
    return mark.hexdigest()


def write(stage: str, got: dict[str, str], part: int, parts: int) -> None:
    """Write one part's columns into a stage's table: method, address, then one letter per column."""
    heads = columns()
    table = {key: list(read(stage).get(key, "").ljust(len(heads), "?")[: len(heads)]) for key in got}
    for key, marks in got.items():
        table[key][part::parts] = marks
    about = ["# Siapa mendapat apa pada setiap alamat; dibandingkan oleh test_access_matrix.py.", f"# {LETTERS}"]
    named = [f"# {i:2} {c.name}" for i, c in enumerate(heads, start=1)]
    width = max(map(len, table))
    lines = [*about, *named, *(f"{key:{width}} {''.join(row)}" for key, row in table.items()), ""]
    (TABLES / f"{stage}.txt").write_text("\n".join(lines), encoding="utf-8")


def read(stage: str) -> dict[str, str]:
    """The committed table of a stage: {"GET name": letters}."""
    table = TABLES / f"{stage}.txt"
    lines = table.read_text(encoding="utf-8").splitlines() if table.exists() else []
    found = (line.split() for line in lines if not line.startswith("#"))
    return {f"{method} {name}": row for method, name, row in found}
