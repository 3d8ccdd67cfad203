"""Where the hall screen listens, and what its policy allows beside the page itself."""

import pytest
from tests.web.conftest import browser

from mufakat.runtime.live.telling import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(year, on_the_day):
    year.opened().submitted().verified().scheduled().ready().started()
    client = browser(year.pemandu)
    return lambda **more: client.get(f"/aula/{year.forum.pk}/", **more)


def listens_at(answer):
    """(address without its token, sources a page may connect to)."""
    text = answer.content.decode()
    address = text.partition('data-live="')[2].partition('"')[0]
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    return address.partition("forum-")[0], policy["connect-src"]


def test_screen_listens_on_the_live_port_of_the_host_it_came_from(hall, settings):
    settings.LIVE_PORT, settings.ALLOWED_HOSTS = 8001, ["*"]

    assert listens_at(hall(headers={"host": "10.0.0.7:8000"})) == (
        "http://10.0.0.7:8001/", "'self' http://10.0.0.7:8001",
    )  # fmt: skip


def test_behind_a_proxy_everything_is_one_origin(hall, settings):
    settings.LIVE_PORT, settings.LIVE_ADDRESS = 8001, "/langsung/"

    assert listens_at(hall(secure=True)) == ("/langsung/", "'self'")


@pytest.mark.parametrize(("port", "is_secure"), [(0, False), (8001, True)])
def test_without_a_stream_the_screen_asks_by_itself(hall, settings, port, is_secure):
    settings.LIVE_PORT, settings.SESSION_COOKIE_SECURE = port, is_secure

    answer = hall()

    assert listens_at(answer) == ("", "'self'")
    assert 'hx-trigger="every 2s, berubah"' in answer.content.decode() and "live.js" not in answer.content.decode()


def test_telling_nobody_fails_nothing(settings):
    settings.LIVE_PORT = 9

    assert tell("forum-1") is None
