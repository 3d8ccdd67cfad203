"""As an intruder: what lists, drafts and papers show from elsewhere; every address by every office is in test_access_matrix.py."""

from datetime import date

import pytest
from tests.slices.conftest import GIRI, INDRO, MANYAR, SCAN, office
from tests.web.conftest import browser

from mufakat.audit.models import Line
from mufakat.people.models import Office
from mufakat.people.roles import Role

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("role", [Role.ADMIN_KECAMATAN, Role.CAMAT, Role.PEMANDU, Role.NOTULIS, Role.VERIFIKATOR])
def test_lists_of_another_kecamatan_do_not_name_this_one(year, on_the_day, role):
    year.opened().submitted().verified().scheduled()
    desk = browser(office(role, MANYAR))

    shown = "".join(desk.get(path).content.decode() for path in ("/", "/usulan/", "/tindak-lanjut/", "/forum/"))

    assert [word for word in ("Perbaikan jalan lingkungan", "Kebomas", "Giri") if word in shown] == []


def test_expired_office_is_told_so(year, on_the_day):
    Office.objects.filter(pk=year.admin.office_id).update(ends_on=date(2027, 2, 2))

    answer = browser(year.admin).get("/forum/")

    assert (answer.status_code, "Jabatan Anda sudah berakhir" in answer.content.decode()) == (403, True)


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


def test_notulis_records_who_is_present_and_decides_nothing(year, on_the_day):
    year.opened().submitted().verified().scheduled().ready().started()
    clerk = browser(office(Role.NOTULIS, "35.25.14"))
    at = f"/forum/{year.forum.pk}/"
    person = {"name": "Peserta Baru", "gender": "P", "element": "lainnya"}

    attended = clerk.post(at + "kehadiran/", person)
    decided = clerk.post(f"{at}sidang/{year.proposals[0].pk}/", whatever(year))

    assert (attended.status_code, decided.status_code) == (303, 403)


def test_scan_of_another_kind_is_refused(year, on_the_day):
    from django.core.files.uploadedfile import SimpleUploadedFile

    year.opened().submitted().verified().scheduled().ready().started().decided().elected().in_plenary().issued()
    desk, at = browser(year.admin), f"/forum/{year.forum.pk}/berita-acara/unggah/"

    wrong = desk.post(at, {"scan": SimpleUploadedFile("ba.pdf", b"MZ\x90 program")})
    nothing = desk.post(at)
    right = desk.post(at, {"scan": SimpleUploadedFile("foto.exe", SCAN)})

    assert (wrong.status_code, nothing.status_code, right.status_code) == (422, 422, 303)
