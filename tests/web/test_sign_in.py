"""Signing in: the first password, a second step, the lock, sessions that end, and nothing typed lost when they do."""

from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django_otp.oath import totp
from tests.slices.conftest import AT, GIRI, KEBOMAS, office
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of

from mufakat.people import queries
from mufakat.people.commands import own
from mufakat.people.models import Office, User
from mufakat.people.roles import Role
from mufakat.proposals.models import Proposal

pytestmark = pytest.mark.django_db
PASSWORD = "sandi-uji-panjang"
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as moved:
        yield moved


@pytest.fixture
def head(year, head_giri):
    """The head of a village with a password, in an open cycle."""
    year.opened()
    user = User.objects.get(pk=head_giri.user_id)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, user, **more):
    return client.post("/masuk/", {"username": user.username, "password": PASSWORD, **more})


def carried(answer):
    """The hidden field that carries what was typed."""
    return answer.context["kept"].packed()


def test_first_password_is_changed_before_anything_else(head, client):
    User.objects.filter(pk=head.pk).update(must_change_password=True)

    first = sign_in(client, head)
    elsewhere = client.get("/usulan/")
    given = {"current": PASSWORD, "new": "kuda-poni-baterai", "again": "kuda-poni-baterai"}
    wrong = client.post("/saya/sandi/", given | {"again": "lain-sekali-lagi"})
    changed = client.post("/saya/sandi/", given)

    assert (first["Location"], elsewhere["Location"], wrong.status_code) == ("/saya/sandi/", "/saya/sandi/", 422)
    assert (changed.status_code, client.get("/usulan/").status_code) == (303, 200)


def test_new_password_ends_other_sessions(head, head_giri):
    here, there = browser(head_giri), browser(head_giri)

    here.post("/saya/sandi/", {"current": PASSWORD, "new": "kuda-poni-baterai", "again": "kuda-poni-baterai"})

    assert (here.get("/usulan/").status_code, there.get("/usulan/").status_code) == (200, 302)


def with_device(actor):
    device = own.begin_second_factor(actor=actor, at=AT)
    codes = own.confirm_second_factor(actor=actor, code=f"{totp(device.bin_key):06d}", at=AT)
    return device, codes


def test_second_step_is_set_up_on_the_own_page(head, head_giri):
    client = browser(head_giri)
    begun = client.post("/saya/kode/mulai/", follow=True)
    device = queries.devices_of(head.pk).get()

    wrong = client.post("/saya/kode/", {"code": "000000"})
    device.refresh_from_db()
    device.throttle_reset()
    right = client.post("/saya/kode/", {"code": f"{totp(device.bin_key):06d}"})

    assert "<svg" in begun.content.decode() and " style=" not in begun.content.decode()
    assert (wrong.status_code, right.status_code, len(right.context["codes"])) == (422, 200, 8)
    assert queries.has_second_factor(head.pk)
    stored = queries.recovery_of(head.pk).get().token_set.values_list("token", flat=True)
    assert not set(stored) & set(right.context["codes"])


def test_password_alone_no_longer_lets_in(head, head_giri, client, clock):
    device, _ = with_device(head_giri)
    clock.shift(60)

    asked = sign_in(client, head, next="/usulan/")
    before = client.get("/usulan/")
    code = f"{totp(device.bin_key):06d}"
    entered = client.post("/masuk/kode/", {"code": code, "next": "/usulan/"})
    again = Client()
    sign_in(again, head)
    replayed = again.post("/masuk/kode/", {"code": code})

    assert (asked.status_code, before.status_code) == (200, 302)
    assert (entered["Location"], client.get("/usulan/").status_code) == ("/usulan/", 200)
    assert replayed.status_code == 422 and "sudah dipakai" in page_of(replayed)


def test_recovery_code_lets_in_once_however_it_is_typed(head, head_giri, client):
    _, codes = with_device(head_giri)
    sign_in(client, head)
    first = client.post("/masuk/kode/", {"code": codes[0].upper().replace("-", " ")})
    other = Client()
    sign_in(other, head)
    second = other.post("/masuk/kode/", {"code": codes[0]})

    assert (first.status_code, second.status_code) == (302, 422)


def test_wrong_codes_hold_the_account_like_wrong_passwords(head, head_giri, client):
    _, codes = with_device(head_giri)
    sign_in(client, head)
    wrong = [client.post("/masuk/kode/", {"code": f"00000{i}"}).status_code for i in range(5)]

    right = client.post("/masuk/kode/", {"code": codes[0]})

    assert wrong == [422, 422, 422, 422, 429]
    assert (right.status_code, sign_in(Client(), head).status_code) == (429, 429)


def test_code_page_without_a_password_leads_back(client, head):
    assert client.post("/masuk/kode/", {"code": "123456"})["Location"] == "/masuk/"


def test_code_is_asked_for_ten_minutes(head, head_giri, client, clock):
    _, codes = with_device(head_giri)
    sign_in(client, head)
    clock.shift(11 * 60)

    assert client.post("/masuk/kode/", {"code": codes[0]})["Location"] == "/masuk/"


def test_password_takes_the_second_step_off_and_renews_codes(head, head_giri):
    _, codes = with_device(head_giri)
    client = browser(head_giri)

    wrong = client.post("/saya/kode/lepas/", {"password": "salah"})
    renewed = client.post("/saya/kode/cadangan/", {"password": PASSWORD})
    dropped = client.post("/saya/kode/lepas/", {"password": PASSWORD})

    assert (wrong.status_code, renewed.status_code, dropped.status_code) == (422, 200, 303)
    assert not set(codes) & set(renewed.context["codes"])
    assert not queries.has_second_factor(head.pk)


def test_lost_device_is_taken_off_by_whoever_keeps_the_account(head, head_giri, year):
    with_device(head_giri)

    answer = browser(year.admin).post(f"/akun/{head.pk}/kode/")

    assert (answer.status_code, queries.has_second_factor(head.pk)) == (303, False)


def test_case_of_the_name_gives_no_further_tries(head, client):
    names = [head.username, head.username.upper(), head.username.title(), head.username.swapcase(), head.username]
    tries = [client.post("/masuk/", {"username": n, "password": f"salah{i}"}).status_code for i, n in enumerate(names)]

    assert (tries, sign_in(client, head).status_code) == ([422] * 4 + [429], 429)


def test_session_key_changes_at_sign_in_and_with_the_office(head, client):
    other = Office.objects.create(
        kabupaten="35.25", user=head, role="operator_desa", region_id=GIRI, starts_on=date(2026, 1, 1)
    )
    client.get("/masuk/")
    sign_in(client, head)
    first = client.session.session_key

    client.post("/jabatan/", {"office": str(other.pk)})

    assert client.session.session_key != first
    assert "Operator desa" in page_of(client.get("/usulan/"))


def test_office_used_last_on_this_browser_is_taken_again(head, client):
    other = Office.objects.create(
        kabupaten="35.25", user=head, role="operator_desa", region_id=GIRI, starts_on=date(2026, 1, 1)
    )
    sign_in(client, head)
    client.post("/jabatan/", {"office": str(other.pk)})
    client.post("/keluar/")

    sign_in(client, head)

    assert client.session["office"] == str(other.pk)


def test_session_ends_unused_and_after_a_long_day(head, head_giri, clock):
    idle, busy = browser(head_giri), browser(head_giri)
    still = []
    for _ in range(15):
        clock.shift(3600)
        still.append(busy.get("/usulan/").status_code)

    assert (still, idle.get("/usulan/").status_code) == ([200] * 14 + [302], 302)


def test_staff_pages_are_kept_by_nobody(head_giri, client, head):
    page = browser(head_giri).get("/usulan/")

    assert page["Cache-Control"] == "no-store, private"
    assert "camera=()" in page["Permissions-Policy"] and page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" not in client.get("/publik/").get("Cache-Control", "")


TYPED = {"title": "Saluran RT 02", "problem": "Baris satu\nbaris dua", "groups": "Ibu & anak"}


def left_page(head):
    """A client whose session ended while a form stood open."""
    client = Client()
    sign_in(client, head)
    client.session.flush()
    return client


def test_typed_form_survives_the_end_of_the_session(head):
    client = left_page(head)

    marks = {"part": "masalah", "go": "lanjut", "kunci": "01a22ee0-91fa-7634-bc0b-71e5c16c59ad"}
    door = client.post("/usulan/baru/", TYPED | marks, headers=HERE)
    entered = sign_in(client, head, titipan=carried(door))
    form = entered.context["kept"]
    assert form.shown == list(TYPED.values()) and dict(form.fields) == TYPED | marks
    sent = client.post(form.path, dict(form.fields))

    assert door.status_code == 403 and "isian Anda tersimpan" in page_of(door)
    assert (
        entered.status_code == 200
        and "Kirim isian ini" in page_of(entered)
        and "Ibu &amp; anak" in entered.content.decode()
    )
    assert (sent.status_code, form.path) == (303, "/usulan/baru/")
    made = Proposal.objects.get()
    assert (made.title, made.problem, made.groups) == ("Saluran RT 02", "Baris satu\nbaris dua", "Ibu & anak")


def test_typed_form_survives_a_second_step(head, head_giri):
    _, codes = with_device(head_giri)
    client = Client()
    sign_in(client, head)
    client.post("/masuk/kode/", {"code": codes[0]})
    client.session.flush()
    door = client.post("/usulan/baru/", TYPED, headers=HERE)
    asked = sign_in(client, head, titipan=carried(door))

    entered = client.post("/masuk/kode/", {"code": codes[1], "titipan": carried(asked)})

    assert entered.context["kept"].fields == tuple(TYPED.items())


def test_typed_form_is_sent_by_nobody_else(head, year):
    client = left_page(head)
    door = client.post("/usulan/baru/", TYPED, headers=HERE)
    other = User.objects.get(pk=office(Role.KEPALA_DESA, "35.25.14.2007").user_id)
    other.set_password(PASSWORD)
    other.save()

    entered = sign_in(client, other, titipan=carried(door))

    assert entered.status_code == 409 and "milik akun lain" in page_of(entered)
    assert "Saluran RT 02" not in page_of(entered)


def test_typed_form_of_an_ended_office_can_be_copied(head, head_giri):
    Office.objects.create(
        kabupaten="35.25", user=head, role="operator_desa", region_id="35.25.14.2007", starts_on=date(2026, 1, 1)
    )
    client = Client()
    sign_in(client, head)
    client.post("/jabatan/", {"office": str(head_giri.office_id)})
    client.session.flush()
    door = client.post("/usulan/baru/", TYPED, headers=HERE)
    Office.objects.filter(pk=head_giri.office_id).update(ends_on=AT.date() - timedelta(days=1))

    entered = sign_in(client, head, titipan=carried(door))

    assert entered.status_code == 403 and "Jabatan Anda sudah berakhir" in page_of(entered)
    assert "Saluran RT 02" in page_of(entered) and not Proposal.objects.exists()


def test_office_that_ends_under_an_open_form_says_so(head, head_giri):
    client = browser(head_giri)
    Office.objects.filter(pk=head_giri.office_id).update(ends_on=AT.date() - timedelta(days=1))

    answer = client.post("/usulan/baru/", TYPED, headers=HERE)

    assert answer.status_code == 403 and "Jabatan Anda sudah berakhir" in page_of(answer)
    assert "Saluran RT 02" in page_of(answer)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://lain.example"}])
def test_forms_of_other_sites_are_carried_nowhere(head, headers):
    answer = left_page(head).post("/usulan/baru/", TYPED, headers=headers)

    assert (answer.status_code, answer["Location"]) == (302, "/masuk/?next=/usulan/baru/")


def test_altered_or_old_package_is_dropped(head, clock):
    client = left_page(head)
    package = carried(client.post("/usulan/baru/", TYPED, headers=HERE))

    altered = sign_in(client, head, titipan=package[:-3] + "abc")
    client.post("/keluar/")
    clock.shift(15 * 60 * 60)
    old = sign_in(client, head, titipan=package)

    assert (altered.status_code, old.status_code) == (302, 302)


def test_too_long_and_files_are_said(head):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = left_page(head)
    long = client.post("/usulan/baru/", {"problem": "x" * 300_001}, headers=HERE)
    file = client.post("/impor/", {"basis": "BA", "sheets": SimpleUploadedFile("a.xlsx", b"x")}, headers=HERE)

    assert "terlalu panjang" in page_of(long) and "tidak ikut terbawa" in page_of(file)
    assert long.context["kept"].fields == ()


def strict(client):
    """The same browser, with the check of tokens on."""
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = client.cookies
    return checked


def test_stale_token_of_somebody_signed_in_again_is_one_button(head):
    client = Client()
    sign_in(client, head)

    answer = strict(client).post("/usulan/baru/", TYPED, headers=HERE)

    assert answer.status_code == 403 and "Kirim isian ini" in page_of(answer)
    assert answer.context["kept"].fields == tuple(TYPED.items())


def test_stale_token_without_a_session_asks_to_sign_in(head):
    answer = strict(left_page(head)).post("/usulan/baru/", TYPED, headers=HERE)

    assert answer.status_code == 403 and "isian Anda tersimpan" in page_of(answer)


def test_stale_sign_in_page_asks_for_the_password_again(head):
    answer = Client(enforce_csrf_checks=True).post("/masuk/", {"username": "siti", "password": PASSWORD}, headers=HERE)

    assert answer.status_code == 403 and "terbuka terlalu lama" in page_of(answer)
    assert 'value="siti"' in answer.content.decode() and PASSWORD not in answer.content.decode()


def test_stale_token_from_another_site_is_refused(head):
    answer = strict(left_page(head)).post("/usulan/baru/", TYPED, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403 and "Saluran RT 02" not in page_of(answer) and "titipan" not in page_of(answer)


def test_htmx_keeps_the_page_and_puts_a_word_above_it(head):
    client = left_page(head)
    answer = client.post("/usulan/baru/", TYPED, headers=HERE | {"HX-Request": "true"})
    shown = client.post("/masuk/", {"titipan": carried(answer)})

    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (403, "#isi", "afterbegin")
    assert "Sesi Anda berakhir" in page_of(answer) and "<html" not in answer.content.decode()
    assert shown.status_code == 200 and "isian Anda tersimpan" in page_of(shown)


def test_screen_in_the_hall_goes_to_the_sign_in_by_itself(year, on_the_day):
    year.opened().submitted().verified().scheduled()
    at = f"/aula/{year.forum.pk}/"

    answer = Client().get(f"{at}kini/", headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{at}"})

    assert answer["HX-Redirect"] == f"/masuk/?next={at}"


def test_signed_in_beside_the_left_page_sends_from_there(head):
    client = left_page(head)
    package = carried(client.post("/usulan/baru/", TYPED, headers=HERE | {"HX-Request": "true"}))
    sign_in(client, head)

    answer = client.post("/masuk/", {"titipan": package})

    assert answer.status_code == 200 and "Kirim isian ini" in page_of(answer)


def test_cookies_and_https_follow_the_setting(tmp_path):
    import os
    import subprocess
    import sys

    said = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "mufakat.config.settings", "MUFAKAT_HTTPS": "1",
                          "MUFAKAT_DATA": str(tmp_path), "MUFAKAT_SECRET_KEY": "k" * 40 + "0123456789!?"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (said.returncode, settings.SESSION_COOKIE_SECURE) == (0, False), said.stderr


def test_accounts_pages_of_the_kecamatan(year, head):
    desk = browser(year.admin)
    given = {
        "username": "operator.giri",
        "name": "Siti",
        "role": "operator_desa",
        "region": GIRI,
        "starts_on": "2027-01-11",
    }

    slip = desk.post("/akun/baru/", given)
    again = desk.post("/akun/baru/", given)
    above = desk.post("/akun/baru/", given | {"username": "camat.baru", "role": "camat", "region": KEBOMAS})
    made = User.objects.get(username="operator.giri")
    held = desk.post(f"/akun/{made.pk}/tahan/")
    ended = desk.post(f"/akun/jabatan/{made.offices.get().pk}/akhiri/", {"ends_on": "2027-01-31"})

    assert (slip.status_code, again.status_code, above.status_code) == (200, 422, 422)
    assert slip.context["given"].password in slip.content.decode() and slip["Cache-Control"] == "no-store, private"
    assert (held.status_code, ended.status_code) == (303, 303)
    assert "Ditahan" in page_of(desk.get(f"/akun/{made.pk}/")) and "operator.giri" in page_of(
        desk.get("/akun/?cari=siti")
    )
    assert "bappeda" not in page_of(desk.get("/akun/"))


def test_office_is_handed_over_on_a_page(year, head, head_giri):
    desk, at = browser(year.admin), f"/akun/jabatan/{head_giri.office_id}/serah-terima/"

    neither = desk.post(at, {"starts_on": "2027-01-11"})
    done = desk.post(at, {"username": "kades.baru", "starts_on": "2027-01-11"})

    assert (desk.get(at).status_code, neither.status_code, done.status_code) == (200, 422, 200)
    assert User.objects.get(username="kades.baru").offices.get().region_id == GIRI
