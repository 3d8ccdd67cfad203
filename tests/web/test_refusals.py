"""Pages of ours for what goes wrong, each with a way on; an account is held after repeated wrong passwords."""

import pytest
from django.test import Client
from tests.slices.conftest import GIRI, GRESIK, office
from tests.web import access
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of

from mufakat.people.models import User
from mufakat.people.roles import Role

pytestmark = pytest.mark.django_db


def test_unknown_address_leads_on(client):
    answer = client.get("/tidak-ada/")

    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in page_of(answer) and 'href="/"' in answer.content.decode()


def test_ended_session_says_that_what_was_typed_is_still_there(year):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/masuk/", {"username": "x", "password": "y"})

    assert answer.status_code == 403 and "isian masih ada di sana" in page_of(answer)


def test_fault_of_ours_shows_a_page_without_details(year, monkeypatch):
    from mufakat.portal import queries

    def broken(**given):
        raise RuntimeError("rahasia dalam")

    monkeypatch.setattr(queries, "search", broken)
    client = Client(raise_request_exception=False)

    answer = client.get("/publik/")

    assert answer.status_code == 500
    assert "Ada gangguan di server" in page_of(answer) and "rahasia" not in page_of(answer)


def test_account_is_held_after_five_wrong_passwords(year, client):
    user = User.objects.get(pk=year.admin.user_id)
    user.set_password("sandi-uji-panjang")
    user.save()
    wrong = [client.post("/masuk/", {"username": user.username, "password": f"salah{i}"}) for i in range(5)]

    right = client.post("/masuk/", {"username": user.username, "password": "sandi-uji-panjang"})

    assert [w.status_code for w in wrong[:4]] == [422] * 4
    assert right.status_code == 429 and "15 menit" in page_of(right)
    assert browser(year.admin).get("/").status_code == 200


def test_strict_headers_on_every_page(client, year):
    answer = client.get("/publik/")

    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe-inline" not in policy and "default-src 'none'" in policy
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert "<script>" not in answer.content.decode() and " style=" not in answer.content.decode()


AUDITOR_MEETS = {
    # Public, or a page of its own that is no subject of an office.
    "documents:index": 422,
}


def test_who_may_not_is_told_so_before_what_was_typed(year):
    """Every address that takes a form: the auditor, who changes nothing, is refused for that, not for the form."""
    year.opened().submitted().scheduled()
    ids = access.belongings(year, office(Role.OPERATOR_DESA, GIRI)) | {
        "forum_id": year.forum.pk,
        "proposal_id": year.proposals[0].pk,
        "cycle_id": year.cycle.pk,
    }
    paths = {n: p for n, p in access.addresses(ids).items() if n not in access.PERSONAL and "<" not in p}
    desk = access.Visitor(browser(office(Role.AUDITOR, GRESIK)))

    got = {name: desk.ask("POST", path, "apa=saja").status_code for name, path in paths.items()}

    assert {name: code for name, code in got.items() if code not in (403, 404, 405)} == AUDITOR_MEETS
