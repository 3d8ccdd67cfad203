"""The village's pages: two people at one proposal, what is missing, the head alone submits, nothing after the deadline."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from tests.slices.conftest import AT, GIRI, office
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post

from mufakat.cycles import commands as cycles
from mufakat.people.roles import Role
from mufakat.proposals.models import Proposal

pytestmark = pytest.mark.django_db
WHOLE = {
    "title": "Perbaikan saluran RT 02", "problem": "Air masuk rumah setiap hujan deras.", "location": "RT 02 RW 03",
    "volume": "1.120,5", "unit": "meter", "unit_price": "1.000.000",  # a village types no price (rule 17)
}  # fmt: skip


@pytest.fixture
def opened(year):
    with time_machine.travel(AT, tick=False):
        yield year.opened()


@pytest.fixture
def operator_giri(regency):
    return office(Role.OPERATOR_DESA, GIRI)


@pytest.fixture
def proposal(opened, operator_giri):
    post(browser(operator_giri), "/usulan/baru/", {"title": "Saluran"})
    return Proposal.objects.get()


def test_second_of_two_people_gets_both_versions_and_loses_nothing(proposal, operator_giri, head_giri):
    operator, head = browser(operator_giri), browser(head_giri)
    at = f"/usulan/{proposal.pk}/"
    post(head, at, WHOLE | {"version": "1", "title": "Saluran milik kades"})

    conflict = post(operator, at, WHOLE | {"version": "1", "title": "Saluran milik operator"}, expect=409)

    page = page_of(conflict)
    assert "Diubah orang lain lebih dahulu" in page
    assert "Apa yang diusulkan Saluran milik operator Saluran milik kades" in page
    version = re.search(r'name="version" value="(\d+)"', conflict.content.decode())[1]
    post(operator, at, WHOLE | {"version": version, "title": "Saluran milik operator"})
    proposal.refresh_from_db()
    assert (proposal.title, proposal.version) == ("Saluran milik operator", 3)


def test_kamus_fills_what_it_knows_and_the_sum_is_never_typed(proposal, year, operator_giri):
    entry = cycles.add_kamus(
        actor=year.bappeda, cycle_id=year.cycle.pk, name="Saluran U-ditch", unit="meter", unit_price=1_000_000,
        agency="Dinas Pekerjaan Umum", at=AT,
    )  # fmt: skip
    typed = {"version": "1", "kamus": str(entry.pk), "value": "7", "unit_price": "5", "unit": "paket", "agency": "Lain"}

    post(browser(operator_giri), f"/usulan/{proposal.pk}/", WHOLE | typed)

    proposal.refresh_from_db()
    assert (proposal.unit, proposal.unit_price, proposal.agency_requested) == (
        "meter",
        1_000_000,
        "Dinas Pekerjaan Umum",
    )
    assert (str(proposal.volume_requested), proposal.value_requested) == ("1120.50", 1_120_500_000)


def test_direct_proposal_goes_on_without_a_price(proposal, operator_giri):
    post(browser(operator_giri), f"/usulan/{proposal.pk}/", WHOLE | {"version": "1", "value": "7.000.000"})

    proposal.refresh_from_db()
    assert (proposal.kamus_id, proposal.unit_price, proposal.value_requested) == (None, None, 7_000_000)


def test_question_by_question_to_the_check_and_the_head(proposal, operator_giri, head_giri):
    operator, at = browser(operator_giri), f"/usulan/{proposal.pk}/"
    answers = {"masalah": {"problem": WHOLE["problem"]}, "lokasi": {"location": "RT 02 RW 03"},
               "volume": {"volume": "1.120,5", "unit": "meter"}}  # fmt: skip

    for version, (part, answer) in enumerate(answers.items(), start=1):
        saved = operator.post(f"{at}langkah/{part}/", answer | {"version": str(version), "go": "lanjut"})
        assert saved.status_code == 303
    back = operator.post(f"{at}langkah/volume/", answers["volume"] | {"version": "4", "go": "kembali"})
    wrong = post(operator, f"{at}langkah/volume/", {"volume": "± 12", "version": "5"}, expect=422)
    check = page_of(browser(head_giri).get(at + "periksa/"))

    assert (saved["Location"], back["Location"]) == (f"{at}langkah/penerima/", f"{at}langkah/lokasi/")
    assert "Tulis angka dengan koma desimal" in page_of(wrong) and 'value="± 12"' in wrong.content.decode()
    assert "1120,5 meter" in check and "Ajukan ke kecamatan" in check and "Boleh diajukan." in check


def test_second_of_two_people_at_one_question_gets_both_answers(proposal, operator_giri, head_giri):
    at = f"/usulan/{proposal.pk}/langkah/masalah/"
    post(browser(head_giri), at, {"version": "1", "problem": "Banjir sejak 2020 menurut kades."})

    conflict = post(browser(operator_giri), at, {"version": "1", "problem": "Banjir menurut operator."}, expect=409)

    page = page_of(conflict)
    assert "Masalah yang dirasakan Banjir menurut operator. Banjir sejak 2020 menurut kades." in page
    version = re.search(r'name="version" value="(\d+)"', conflict.content.decode())[1]
    post(browser(operator_giri), at, {"version": version, "problem": "Banjir menurut operator."})
    proposal.refresh_from_db()
    assert (proposal.problem, proposal.title, proposal.version) == ("Banjir menurut operator.", "Saluran", 3)


def test_autosave_answers_with_the_new_version(proposal, operator_giri):
    client = browser(operator_giri)

    saved = client.post(f"/usulan/{proposal.pk}/simpan/", WHOLE | {"version": "1"})
    stale = client.post(f"/usulan/{proposal.pk}/simpan/", WHOLE | {"version": "1", "title": "Lain"})

    assert (saved.status_code, stale.status_code) == (200, 409)
    assert 'name="version" id="versi" value="2"' in saved.content.decode()
    proposal.refresh_from_db()
    assert proposal.title == "Perbaikan saluran RT 02"


def test_head_submits_once_everything_is_there(proposal, operator_giri, head_giri):
    operator, head = browser(operator_giri), browser(head_giri)
    at = f"/usulan/{proposal.pk}/"

    missing = post(head, at + "ajukan/", expect=422)
    post(operator, at, WHOLE | {"version": "1"})
    refused = post(operator, at + "ajukan/", expect=403)
    receipt = post(head, at + "ajukan/")
    again = post(head, at + "ajukan/")

    assert "Jelaskan masalahnya, paling sedikit 20 huruf." in page_of(missing)
    assert "Mintalah kepala desa atau lurah mengajukannya." in page_of(refused)
    assert "Nomor 1" in page_of(receipt) and "Kepala desa/lurah, Desa Giri" in page_of(receipt)
    assert "Nomor 1" in page_of(again) and proposal.steps.count() == 1


def test_form_sent_twice_makes_one_proposal_and_keeps_what_was_typed_last(opened, operator_giri, head_giri):
    operator = browser(operator_giri)
    key = re.search(r'name="kunci" value="([^"]+)"', operator.get("/usulan/baru/").content.decode())[1]
    form = WHOLE | {"kunci": key}

    for _ in range(2):
        post(operator, "/usulan/baru/", form)
    post(operator, "/usulan/baru/", form | {"location": "RT 05"})
    proposal = Proposal.objects.get()
    late = post(operator, "/usulan/baru/", form | {"location": "RT 09"}, expect=409)

    assert (proposal.location, proposal.version) == ("RT 05", 2)
    assert "RT 05" in page_of(late) and "RT 09" in page_of(late)
    assert f'action="/usulan/{proposal.pk}/"' in late.content.decode()
    post(operator, "/usulan/baru/", WHOLE)
    post(browser(office(Role.OPERATOR_DESA, "35.25.14.1019")), "/usulan/baru/", form)
    assert Proposal.objects.count() == 3


def test_deadline_is_kept_to_the_minute(proposal, operator_giri, head_giri):
    post(browser(operator_giri), f"/usulan/{proposal.pk}/", WHOLE | {"version": "1"})
    with time_machine.travel(AT + timedelta(days=10), tick=False):
        late = post(browser(head_giri), f"/usulan/{proposal.pk}/ajukan/", expect=403)

    assert "Masa pengajuan sudah ditutup 21 Januari 2027 pukul 09.00." in page_of(late)
    proposal.refresh_from_db()
    assert proposal.state == "DRAF"


def test_sign_in_goes_on_within_this_site_only(opened, operator_giri, client):
    from mufakat.people.models import User

    user = User.objects.get(pk=operator_giri.user_id)
    user.set_password("sandi-uji-panjang")
    user.save()
    given = {"username": user.username, "password": "sandi-uji-panjang"}

    wrong = client.post("/masuk/", given | {"password": "salah"})
    away = client.post("/masuk/", given | {"next": "https://contoh.example/curi"})
    home = client.post("/masuk/", given | {"next": "/usulan/"})

    assert (wrong.status_code, "tidak cocok" in page_of(wrong)) == (422, True)
    assert (away["Location"], home["Location"]) == ("/", "/usulan/")


def test_point_outside_the_kecamatan_is_doubted_but_not_refused(proposal, operator_giri, head_giri, verifier_kebomas):
    operator, at = browser(operator_giri), f"/usulan/{proposal.pk}/"
    doubt = "Titik peta berada di luar kecamatan ini. Periksa lintang dan bujurnya."
    post(operator, at, WHOLE | {"version": "1", "point": "-7.1012, 112.5946"})

    assert doubt in page_of(operator.get(f"{at}periksa/"))
    post(browser(head_giri), f"{at}ajukan/")
    assert doubt in page_of(browser(verifier_kebomas).get(f"/verifikasi/{proposal.pk}/"))


def test_likeness_is_shown_side_by_side_and_answered(proposal, operator_giri, head_giri):
    operator = browser(operator_giri)
    post(operator, f"/usulan/{proposal.pk}/", WHOLE | {"version": "1", "point": "-7.1689, 112.6352"})
    post(operator, "/usulan/baru/", WHOLE | {"title": "Perbaiki saluran RT 02", "point": "−7,168950; 112,635201"})
    other = Proposal.objects.exclude(pk=proposal.pk).get()
    at = f"/usulan/{other.pk}/"
    assert (str(other.latitude), str(other.longitude)) == ("-7.168950", "112.635201")

    for path in (at, f"{at}langkah/masalah/"):
        assert "Mirip dengan usulan lain desa ini. Perbaikan saluran RT 02" in page_of(operator.get(path))
    shown = page_of(operator.get(f"{at}periksa/"))
    assert "Isian Usulan ini Draf lain Jenis dan nama usulan Perbaiki saluran RT 02" in shown
    assert "Gabungkan ke draf lain" in shown and "Ajukan ke kecamatan" not in page_of(
        browser(head_giri).get(f"{at}periksa/")
    )
    refused = post(browser(head_giri), f"{at}ajukan/", {}, expect=422)
    assert "Usulan ini mirip dengan usulan lain desa ini." in page_of(refused)
    post(operator, f"{at}berbeda/", {"other": str(proposal.pk), "reason": ""}, expect=422)
    post(operator, f"{at}berbeda/", {"other": "bukan id", "reason": "Sisi yang lain."}, expect=404)

    post(operator, f"{at}berbeda/", {"other": str(proposal.pk), "reason": "Sisi selatan jalan itu."})

    head = browser(head_giri)
    assert "Berbeda karena: Sisi selatan jalan itu." in page_of(head.get(f"{at}periksa/"))
    post(head, f"{at}ajukan/", {})
    other.refresh_from_db()
    assert other.state == "DIAJUKAN"


def test_draft_is_joined_to_the_one_it_repeats(proposal, operator_giri):
    operator = browser(operator_giri)
    post(operator, f"/usulan/{proposal.pk}/", WHOLE | {"version": "1"})
    post(operator, "/usulan/baru/", WHOLE | {"title": "Perbaiki saluran RT 02"})
    other = Proposal.objects.exclude(pk=proposal.pk).get()

    answer = post(operator, f"/usulan/{other.pk}/gabungkan/", {"other": str(proposal.pk)})

    assert "Kedua draf menjadi satu." in page_of(answer)
    assert list(Proposal.objects.order_by("pk").values_list("state", "volume_requested")) == [
        ("DRAF", 2241), ("DIHAPUS", Decimal("1120.5")),
    ]  # fmt: skip
