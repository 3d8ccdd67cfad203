"""As an intruder: every address and command of the forum tried from elsewhere; nothing answers, nothing changes."""

from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from tests.slices.conftest import GIRI, INDRO, MANYAR, SCAN, office
from tests.web.conftest import browser

from mufakat.audit.models import Line
from mufakat.people.models import Office
from mufakat.people.roles import Role

pytestmark = pytest.mark.django_db
SLICES = ("cycles", "forums", "intake", "proposals", "tracking", "verification")
GENERAL = {
    "/forum/",
    "/forum/jadwalkan/",
    "/impor/",
    "/siklus/",
    "/siklus/buka/",
    "/tindak-lanjut/",
    "/tindak-lanjut/perangkat-daerah/",
    "/tindak-lanjut/realisasi/",
    "/tindak-lanjut/supra/",
    "/usulan/",
    "/usulan/baru/",
    "/usulan/berita-acara-desa/",
    "/usulan/bukti-penerima/",
    "/usulan/urutan/",
    "/verifikasi/",
    "/verifikasi/berikutnya/",
    "/verifikasi/daftar/",
    "/verifikasi/dikembalikan/",
}
"""Addresses without an id: they show each office its own."""


def addresses(ids):
    """Every address of our slices with the ids of one forum filled in; fails when a new kind of id appears."""
    found = []
    _walk(get_resolver(), "/", None, ids, found)
    return sorted(found)


def _walk(resolver, prefix, app, ids, found):
    for pattern in resolver.url_patterns:
        path = prefix + _filled(str(pattern.pattern), ids)
        if isinstance(pattern, URLPattern):
            if app in SLICES:
                found.append(path)
        else:
            _walk(pattern, path, pattern.app_name or app, ids, found)


def _filled(route, ids):
    for name, value in ids.items():
        route = route.replace(f"<uuid:{name}>", str(value))
    return route


@pytest.fixture
def ids(year, on_the_day):
    """A locked forum and the ids of everything in it."""
    from mufakat.forums.commands import session

    year.opened().submitted().verified().scheduled().ready().started()
    key = {"actor": year.pemandu, "forum_id": year.forum.pk, "at": on_the_day}
    block = session.read_block(**key, name="Blok A", proposals_read=[year.proposals[0].pk])
    return {
        "forum_id": year.forum.pk,
        "proposal_id": year.proposals[0].pk,
        "block_id": block.pk,
        "attendee_id": year.forum.attendees.first().pk,
        "document_id": year.forum.pk,
        "import_id": year.forum.pk,
        "cycle_id": year.cycle.pk,
        "photo_id": year.forum.pk,
        "entry_id": year.forum.pk,
        "pending_id": year.forum.pk,
    }


def whatever(year):
    """Fields that every command would find something in."""
    first = year.proposals[0]
    person = year.forum.attendees.first()
    return {
        "subject": "prinsip", "method": "aklamasi", "village": GIRI, "by": "Penyusup", "objection": "x", "answer": "x",
        "reason": "Alasan yang cukup panjang.", "proposal": str(first.pk), "result": "disepakati", "value": "1",
        "agency": "Dinas Kesehatan", "number": "1/2/3", "name": "Penyusup", "gender": "L", "element": "lainnya",
        "attendee": str(person.pk), "delegate": str(person.pk), "day": "2027-02-09", "position": "x", "members": "a; b; Ketua; L",
        "outcome": "diakomodir", "volume": "1", "sub_activity": "x", "stage": "apbd", "reference": "x", "basis": "x",
        "title": "Usulan penyusup", "problem": "Masalah yang cukup panjang.", "villages": [GIRI, INDRO], "location": "x",
        "version": "2", "verdict": "tolak", "reason_code": "DUP", "plan_year": "2031", "opens_at": "2027-01-01T08:00",
        "closes_at": "2027-03-01T08:00", "returned_until": "2027-03-02T08:00", "kecamatan": "35.25.14", "amount": "1",
        "unit": "m", "initiator": str(person.pk), "speaker": "x", "heading": "x", "items": "Sidang; 60", "paper": "f4",
        "signer": str(person.pk), "note": "x", "pagu": "peringatan",
    }  # fmt: skip


def answers(client, year, ids, but=()):
    """Status of every address read and written to, by address; the audit chain must not have grown."""
    before = Line.objects.count()
    data = whatever(year)
    got = {}
    for path in addresses(ids):
        if path in but:
            continue
        assert "<" not in path, f"Alamat {path} memakai id yang belum dikenal pengujian ini."
        got[path] = (client.get(path).status_code, client.post(path, data).status_code)
    assert Line.objects.count() == before
    return got


def test_without_sign_in_every_address_asks_to_sign_in(year, ids):
    got = answers(Client(), year, ids)

    assert {path: codes for path, codes in got.items() if codes != (302, 302)} == {}
    assert len(got) > 50


def test_expired_office_is_nobody(year, ids):
    Office.objects.filter(pk=year.admin.office_id).update(ends_on=date(2027, 2, 2))

    desk = browser(year.admin)
    got = answers(desk, year, ids)

    assert {path: codes for path, codes in got.items() if codes != (403, 403)} == {}
    assert "Jabatan Anda sudah berakhir" in desk.get("/forum/").content.decode()


@pytest.mark.parametrize("role", [Role.ADMIN_KECAMATAN, Role.CAMAT, Role.PEMANDU, Role.NOTULIS, Role.VERIFIKATOR])
def test_other_kecamatan_finds_nothing(year, ids, role):
    got = answers(browser(office(role, MANYAR)), year, ids)

    found = {path for path, codes in got.items() if not set(codes) <= {404, 405}}
    # The cycle is the regency's: an office of any kecamatan is told that Bappeda sets it.
    assert {path for path in found - GENERAL if not path.startswith("/siklus/")} == set()
    page = browser(office(role, MANYAR)).get("/tindak-lanjut/").content.decode()
    assert "Perbaikan jalan lingkungan" not in page


@pytest.mark.parametrize("role", [Role.KEPALA_DESA, Role.OPERATOR_DESA, Role.VERIFIKATOR, Role.OPD, Role.AUDITOR])
def test_office_without_the_task_changes_nothing(year, ids, role):
    place = {Role.VERIFIKATOR: "35.25.14", Role.OPD: "35.25", Role.AUDITOR: "35.25"}.get(role, INDRO)
    actor = office(role, place, agency="Dinas Kesehatan" if role is Role.OPD else "")

    own = set()
    if role in (Role.KEPALA_DESA, Role.OPERATOR_DESA):
        own = {"/usulan/baru/", f"/forum/{year.forum.pk}/sidang/blok/{ids['block_id']}/tarik/"}
    got = answers(browser(actor), year, ids, but=own)

    written = {path: post for path, (_, post) in got.items() if post not in (403, 404, 405, 409, 422)}
    assert written == {}


def test_draft_of_one_village_does_not_exist_for_any_other(year, on_the_day, head_giri):
    from mufakat.proposals import commands as proposals
    from mufakat.proposals.rules import Draft

    year.opened()
    draft = proposals.draft(actor=head_giri, cycle_id=year.cycle.pk, content=Draft("Draf rahasia"), at=on_the_day)
    lines = Line.objects.count()
    others = (
        office(Role.KEPALA_DESA, INDRO),
        office(Role.OPERATOR_DESA, "35.25.10.2001"),
        year.admin,
        year.verifier,
        year.bappeda,
        office(Role.OPD, "35.25", agency="Dinas Kesehatan"),
    )
    paths = [f"/usulan/{draft.pk}/{part}" for part in ("", "simpan/", "ajukan/", "tanda-terima/")]
    paths += [f"/verifikasi/{draft.pk}/", f"/tindak-lanjut/{draft.pk}/", f"/publik/{draft.pk}/"]

    for actor in others:
        client = browser(actor)
        got = {path: {client.get(path).status_code, client.post(path, whatever_draft()).status_code} for path in paths}
        assert all(codes <= {404, 405} for path, codes in got.items()), got
        listed = client.get("/usulan/").content.decode() + client.get("/tindak-lanjut/").content.decode()
        assert "Draf rahasia" not in listed
    assert Line.objects.count() == lines
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Draf rahasia", 1)


def whatever_draft():
    """A change somebody else would make."""
    return {
        "title": "Diubah penyusup",
        "version": "1",
        "verdict": "tolak",
        "reason_code": "DUP",
        "outcome": "diakomodir",
    }


def test_notulis_records_who_is_present_and_decides_nothing(year, ids):
    clerk = browser(office(Role.NOTULIS, "35.25.14"))
    at = f"/forum/{year.forum.pk}/"
    person = {"name": "Peserta Baru", "gender": "P", "element": "lainnya"}

    attended = clerk.post(at + "kehadiran/", person)
    decided = clerk.post(f"{at}sidang/{year.proposals[0].pk}/", whatever(year))

    assert (attended.status_code, decided.status_code) == (303, 403)


def test_commands_refuse_to_be_read(year, ids):
    """A link or an image of another site changes nothing: commands take POST with the token alone."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser(year.admin).cookies

    for path in addresses(ids):
        answer = client.post(path, whatever(year))
        assert answer.status_code in (403, 405), (path, answer.status_code)


def test_scan_of_another_kind_is_refused(year, on_the_day):
    from django.core.files.uploadedfile import SimpleUploadedFile

    year.opened().submitted().verified().scheduled().ready().started().decided().elected().in_plenary().issued()
    desk, at = browser(year.admin), f"/forum/{year.forum.pk}/berita-acara/unggah/"

    wrong = desk.post(at, {"scan": SimpleUploadedFile("ba.pdf", b"MZ\x90 program")})
    nothing = desk.post(at)
    right = desk.post(at, {"scan": SimpleUploadedFile("foto.exe", SCAN)})

    assert (wrong.status_code, nothing.status_code, right.status_code) == (422, 422, 303)
