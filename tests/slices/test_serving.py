"""A real server under its supervisor: it returns by itself, ends cleanly, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from mufakat.config.settings import SECRET_KEY
from mufakat.config.supervisor import take_over
from mufakat.config.waiting_room import WaitingRoom
from mufakat.runtime.live.tokens import LISTEN, derived, sign

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="sinyal POSIX")]
LONG = 60


def free_port():
    """A port free together with the next, where the live process goes."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def until(question, what):
    """Ask until the answer is true; a minute is for a machine that is busy with other things."""
    by = time.monotonic() + LONG
    while not (answer := question()):
        assert time.monotonic() < by, what
        time.sleep(0.02)
    return answer


def ask(port, path, data=None):
    """(status, headers, text) of one question; None where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", data, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()
    except OSError:
        return None


class Server:
    """`mufakat serve` on a data folder and a port of its own."""

    def __init__(self, data, port):
        self.data, self.port = data, port
        self.process = start(data, port)

    def status(self, path="/masuk/"):
        """(status, headers, text) of one question; None where nobody answers."""
        return ask(self.port, path)

    def pids(self):
        try:
            return json.loads((self.data / "server.json").read_text())["pids"]
        except (OSError, ValueError):
            return {}

    def is_up(self):
        """Whether all three run and the pages answer."""
        answer = self.status()
        return set(self.pids()) == {"pages", "live", "jobs"} and answer is not None and answer[0] == 200

    def stream(self):
        """An open stream of live updates, its first event read."""
        token = sign("forum-x", purpose=LISTEN, until=int(time.time()) + LONG, key=derived(SECRET_KEY))
        opened = urllib.request.urlopen(f"http://127.0.0.1:{self.port + 1}/{token}", timeout=LONG)
        while not opened.readline().startswith(b"event: berubah"):
            pass
        return opened


def start(data, port):
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "MUFAKAT_DATA", "STAGE", "PORT")}
    return subprocess.Popen(
        [sys.executable, "-m", "mufakat", "serve", "--data", str(data), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=kept | {"MUFAKAT_SECRET_KEY": SECRET_KEY},
    )


def lives(pid):
    """Whether a process runs; one that ended and waits to be collected does not."""
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(said.strip()) and not said.startswith("Z")


def family(server):
    """Every process of the server: those the supervisor started, and theirs."""
    listed = subprocess.run(
        ["ps", "-ww", "-e", "-o", "pid=", "-o", "args="], capture_output=True, text=True, check=True
    ).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if str(server.data) in line]


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@contextmanager
def serving(data):
    server = Server(data, free_port())
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("server")) as running:
        first = until(running.status, "nobody answered")
        assert (first[0], "Server sedang dimulai ulang" in first[2]) == (503, True)
        assert not is_free(running.port + 1)  # held for live updates while the data is prepared
        until(running.is_up, "the server did not come up")
        yield running


def test_killed_page_server_returns_while_visitors_get_our_page(server):
    before = until(lambda: server.is_up() and server.pids(), "the server is not up")["pages"]
    os.kill(before, signal.SIGKILL)

    _, headers, text = until(lambda: (a := server.status()) and a[0] == 503 and a, "no waiting page")
    until(server.is_up, "the pages did not return")

    assert (headers["Retry-After"], headers["Refresh"], headers["Cache-Control"]) == ("3", "3", "no-store")
    assert "Server sedang dimulai ulang" in text and "The server is restarting" in text
    assert server.pids()["pages"] != before


@pytest.mark.parametrize("name", ["live", "jobs"])
def test_killed_helper_returns_while_the_pages_stay(server, name):
    before = until(lambda: server.is_up() and server.pids(), "the server is not up")
    os.kill(before[name], signal.SIGKILL)

    # While it restarts the file does not name it at all.
    until(lambda: (pid := server.pids().get(name)) and pid != before[name] and lives(pid), f"{name} did not return")

    assert (server.pids()["pages"], server.status()[0]) == (before["pages"], 200)


def test_second_start_on_the_same_folder_or_port_is_told_why_not(server, tmp_path):
    folders = [tmp_path / name for name in ("pages", "live", "before")]
    same_folder = start(server.data, free_port())
    same_port, on_live, before = (
        start(folder, server.port + step) for folder, step in zip(folders, (0, 1, -1), strict=True)
    )

    assert same_folder.communicate()[0] == (
        f"Folder data {server.data} sedang dilayani server lain. Buka http://127.0.0.1:{server.port}/ "
        "atau hentikan server itu dahulu.\n"
    )
    assert same_port.communicate()[0].startswith(f"Porta {server.port} sedang dipakai program lain.")
    assert on_live.communicate()[0].startswith(f"Porta {server.port + 1} sedang dipakai program lain.")
    assert before.communicate()[0] == (
        f"Porta {server.port}, yang diperlukan untuk siaran langsung, sedang dipakai program lain. Hentikan program "
        f"itu, atau pilih porta lain, misalnya --port {server.port + 9} atau make demo PORT={server.port + 9}.\n"
    )
    assert [p.returncode for p in (same_folder, same_port, on_live, before)] == [2, 2, 2, 2]


def test_restores_while_running_and_goes_on(server, tmp_path):
    def mufakat(name):
        words = [sys.executable, "-m", "mufakat", name, str(tmp_path / "c.zip"), "--data", str(server.data)]
        return subprocess.run(words, capture_output=True, text=True, check=False, env=os.environ).returncode

    before = until(lambda: server.is_up() and server.pids(), "the server is not up")["pages"]
    codes = (mufakat("backup"), mufakat("restore"))

    assert codes == (0, 0)
    until(lambda: server.pids().get("pages", before) != before and server.is_up(), "the server did not go on")
    assert list(server.data.glob("sebelum-*")) == []  # nothing stood there that would have to be kept


def test_stops_with_an_open_stream_and_leaves_nothing(server):
    until(server.is_up, "the server is not up")
    with server.stream() as stream:
        relatives = family(server)
        server.process.send_signal(signal.SIGTERM)

        assert server.process.wait(timeout=LONG) == 0
        assert stream.read().count(b"event: berubah") == 0

    assert len(relatives) >= 5 and [p for p in relatives if lives(p)] == []
    assert is_free(server.port) and is_free(server.port + 1)
    assert not (server.data / "server.json").exists()


def test_killed_supervisor_takes_everything_with_it(server):
    server.process.terminate()  # it runs yet where another worker has taken the test before
    assert server.process.wait(timeout=LONG) == 0
    with serving(server.data) as server:
        until(server.is_up, "the server did not come up")
        relatives = family(server)
        with server.stream():
            server.process.kill()
            server.process.wait()
            until(lambda: not any(map(lives, relatives)), "something was left behind")

        assert len(relatives) >= 5
        assert is_free(server.port) and is_free(server.port + 1)


def test_waiting_room_leads_who_sent_something_back_to_the_form():
    room = WaitingRoom("127.0.0.1", free_port())
    room.open()
    try:
        status, headers, text = ask(room.port, "/masuk/", b"x" * 3_000_000)
    finally:
        room.close()

    assert (status, headers["Retry-After"], headers["Refresh"]) == (503, "3", None)
    assert "isian masih ada di sana" in text and "what you typed is still there" in text
    assert ask(room.port, "/masuk/") is None


def test_takes_over_what_an_earlier_run_left_and_nothing_else(tmp_path):
    wait = [sys.executable, "-c", "import time; time.sleep(600)"]
    stale = subprocess.Popen([*wait, str(tmp_path)], start_new_session=True)
    stranger = subprocess.Popen(wait, start_new_session=True)
    told = {"supervisor": 1, "pids": {"pages": stale.pid, "live": stranger.pid}}
    (tmp_path / "server.json").write_text(json.dumps(told))
    try:
        take_over(tmp_path)

        assert stale.wait(timeout=LONG) == -signal.SIGKILL
        assert stranger.poll() is None
        assert not (tmp_path / "server.json").exists()
    finally:
        for process in (stale, stranger):
            process.kill()
            process.wait()
