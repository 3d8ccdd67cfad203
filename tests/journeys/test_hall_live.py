"""The hall screen follows the session at once by its stream, and by asking when there is no stream."""

import os
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
from tests.slices.conftest import Year

from mufakat.people.models import Office
from mufakat.people.queries import actor_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def actor(name):
    return actor_for(Office.objects.select_related("region").get(user__username=name))


@contextmanager
def live_process(port, data):
    """The live process as the supervisor runs it; it listens when this begins."""
    words = ["-m", "mufakat.config.processes", "live", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen([sys.executable, *words], env=os.environ)
    try:
        while process.poll() is None and not is_open(port):
            pass
        yield
    finally:
        process.terminate()
        process.wait()


def is_open(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def running(people):
    year = Year(actor("bappeda"), actor("admin"), actor("verifikator"), actor("pemandu"))
    return year.opened().submitted().verified().scheduled().ready().started()


def agree(page, forum, proposal):
    page.goto(f"/forum/{forum.pk}/sidang/{proposal.pk}/")
    page.get_by_role("button", name="Sepakati", exact=True).click()
    page.wait_for_url(lambda address: str(proposal.pk) not in address)


def test_hall_follows_by_the_stream_and_without_it(sessions, running, settings, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.LIVE_PORT = free.getsockname()[1]
    pemandu, screen = sessions("pemandu"), sessions("admin")
    with live_process(settings.LIVE_PORT, tmp_path):
        # The page's clock stands still, so that it cannot ask by itself: what arrives came by the stream.
        screen.clock.install()
        with screen.expect_response(lambda answer: "/kini/" in answer.url):
            screen.goto(f"/aula/{running.forum.pk}/")
        screen.get_by_text("0 dari 4 usulan memiliki hasil").wait_for()
        screen.clock.pause_at(screen.evaluate("Date.now() + 100"))

        agree(pemandu, running.forum, running.proposals[0])

        screen.get_by_text("1 dari 4 usulan memiliki hasil").wait_for()
        # What htmx does a moment after it has put something on the page; its question by the clock comes after 2 s.
        screen.clock.run_for(100)
        assert screen.get_by_text("Rp600.000.000").count() == 1
        agree(pemandu, running.forum, running.proposals[1])
        screen.get_by_text("2 dari 4 usulan memiliki hasil").wait_for()
        screen.clock.run_for(100)
    agree(pemandu, running.forum, running.proposals[2])
    assert screen.get_by_text("2 dari 4 usulan memiliki hasil").count() == 1
    screen.clock.resume()
    screen.get_by_text("3 dari 4 usulan memiliki hasil").wait_for()
