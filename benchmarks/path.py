"""The path's pages at 2,000 and 100,000 proposals on both databases, and 50 clients submitting through three SIGKILLs.

Per page: questions to the database (must be equal at both sizes), CPU of the page server per request of one client, p99
of 50 clients at once, memory of the page server's processes. Baseline in the same run: the public list and search as
Django's tutorial writes them (`path_plain`), and an empty answer behind the same middleware. The proposals stand in all
kecamatan of a regency; the board and the list are those of one kecamatan, with a share of them and at most 1,514, the
most known of a real one. Client, server and database share the machine, so p99 holds the clients' own work too; what
PostgreSQL itself uses is not in the CPU. Its server here does not wait for the disk; SQLite does. Loopback only.
Aim: a list at most 10 ms of CPU.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from tests.postgresql import NoServer, serving

CLIENTS = 50
VENDORS = ("SQLite", "PostgreSQL")
PAGES, BASELINE = "mufakat.config.processes", "benchmarks.path_plain"
"""Modules that serve, started in the same way."""


@dataclass
class Load:
    """Requests of one client, and of each of the fifty; fewer of a slow page."""

    alone: int = 50
    at_once: int = 6

    def for_page(self, seconds: float) -> tuple[int, int]:
        """How often one and each of fifty ask for a page that takes so long."""
        return max(5, min(self.alone, int(3 / seconds))), max(1, min(self.at_once, int(0.3 / seconds)))


LOAD = Load()
PATIENCE = 300.0
"""Seconds a client goes on trying: a busy machine takes long to start the server again."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Installation:
    """A data folder with its database, and the server on it."""

    data: Path
    url: str
    port: int = 0
    server: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        told = {
            "MUFAKAT_DATA": str(self.data), "MUFAKAT_SECRET_KEY": "pengukuran", "MUFAKAT_DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "mufakat.config.settings", "DATABASE_URL": self.url,
        }  # fmt: skip
        return os.environ | told

    def ask(self, word: str, given: str) -> dict:
        """An answer of `path_data` in this installation."""
        command = [sys.executable, "-m", "benchmarks.path_data", word, given]
        made = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if made.returncode:
            raise RuntimeError(made.stderr[-2000:])
        return json.loads(made.stdout.strip().splitlines()[-1])

    def start(self, module: str = PAGES) -> None:
        """Start the pages as `mufakat serve` does, and wait until they answer.

        Call it from the main thread: the kernel ends the server with the thread that started it.
        """
        self.port = self.port or free_port()
        words = ["pages", "--data", str(self.data), "--port", str(self.port)]
        self.server = subprocess.Popen(
            [sys.executable, "-m", module, *words], env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Browser(self.port).get("/masuk/")[0]:
                    return
            time.sleep(0.05)
        raise RuntimeError("the server does not answer")

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send the whole server a signal and wait for its end."""
        assert self.server is not None
        os.killpg(self.server.pid, number)
        try:
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)

    def used(self) -> tuple[float, float]:
        """CPU seconds and megabytes of the server's processes so far."""
        assert self.server is not None
        cpu = kilobytes = 0.0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                words = stat.read_text().rpartition(")")[2].split()
                if int(words[2]) == self.server.pid:
                    cpu += (int(words[11]) + int(words[12])) / TICKS
                    status = stat.with_name("status").read_text()
                    kilobytes += int(re.search(r"VmRSS:\s+(\d+)", status)[1])
        return cpu, kilobytes / 1024


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Browser:
    """A connection that stays open, with a session."""

    def __init__(self, port: int, key: str = "") -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.token = secrets.token_hex(16)
        self.cookie = f"csrftoken={self.token}" + (f"; sessionid={key}" if key else "")

    def get(self, address: str) -> tuple[int, str, bytes]:
        """Status, where it leads, and the page."""
        return self._ask("GET", address, None, {})

    def post(self, address: str, form: dict[str, str]) -> tuple[int, str, bytes]:
        """The same for a form."""
        body = urlencode(form | {"csrfmiddlewaretoken": self.token})
        return self._ask("POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, verb: str, address: str, body: str | None, more: dict[str, str]) -> tuple[int, str, bytes]:
        self.link.request(verb, address, body, {"Cookie": self.cookie} | more)
        answer = self.link.getresponse()
        return answer.status, answer.getheader("Location") or "", answer.read()


@dataclass(frozen=True)
class Measured:
    """One page under load."""

    milliseconds: float
    p99: float | None
    megabytes: float
    bytes: int


WARM = 10
"""Requests that are not counted: each worker compiles a page's template once."""


def measure(place: Installation, address: str, key: str, *, is_crowded: bool) -> Measured:
    """CPU per request of one client, then p99 of fifty at once where asked."""
    for _ in range(WARM):
        start = time.perf_counter()
        status, _, page = Browser(place.port, key).get(address)
        assert status == 200, (address, status, page[:300])
    count, each = LOAD.for_page(time.perf_counter() - start)
    before, _ = place.used()
    for _ in range(count):
        Browser(place.port, key).get(address)
    cpu = (place.used()[0] - before) / count * 1000
    if not is_crowded:
        return Measured(cpu, None, place.used()[1], len(page))
    times: list[float] = []

    def one() -> None:
        link = Browser(place.port, key)
        for _ in range(each):
            start = time.perf_counter()
            link.get(address)
            times.append(time.perf_counter() - start)

    together([one] * CLIENTS)
    p99 = statistics.quantiles(times, n=100)[98] * 1000
    return Measured(cpu, p99, place.used()[1], len(page))


def together(works: list[Callable[[], None]]) -> None:
    """Run all at once, each in a thread."""
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def pages(told: dict) -> dict[str, list[str]]:
    """Name → address and session."""
    return {
        "staff list": ["/usulan/", told["admin"]],
        "regency's list": ["/usulan/", told["bappeda"]],
        "staff detail": [f"/usulan/{told['proposal']}/", told["admin"]],
        "board": [f"/forum/{told['forum']}/papan/", told["admin"]],
        "public list": ["/publik/", ""],
        "public page 2": ["/publik/?setelah={half}", ""],
        "public search": ["/publik/?cari=saluran+melati", ""],
        "search, rare": ["/publik/?cari=veteran+777+rusak", ""],
        "search, start": ["/publik/?cari=drain", ""],
        "public detail": [f"/publik/{told['proposal']}/", ""],
    }


BESIDE = {
    "plain list": ["/publik/", ""],
    "plain search": ["/publik/?cari=saluran+melati", ""],
    "plain search, rare": ["/publik/?cari=veteran+777+rusak", ""],
    "empty": ["/kosong/", ""],
}


def read(place: Installation, told: dict) -> dict[str, int]:
    """Measure every page and the baseline; returns the questions per page."""
    asked = {name: [a.format(half=_half(told)), key] for name, (a, key) in pages(told).items()}
    questions = place.ask("questions", json.dumps(asked))
    for module, group in ((PAGES, asked), (BASELINE, BESIDE)):
        place.start(module)
        try:
            for name, (address, key) in group.items():
                found = measure(place, address, key, is_crowded=module == PAGES)
                count, p99 = questions.get(name, ""), "" if found.p99 is None else f"{found.p99:.0f}"
                print(
                    f"  {name:<20}{count:>4}{found.milliseconds:>9.1f}{p99:>9}{found.megabytes:>7.0f}"
                    f"{found.bytes / 1024:>8.0f}", flush=True,
                )  # fmt: skip
        finally:
            place.end()
    return questions


def _half(told: dict) -> int:
    """A position in the middle of all kecamatan."""
    from mufakat.proposals.rules import position

    return position(plan_year=time.localtime().tm_year + 1, kecamatan="35.25.09", number=3)


def submit(place: Installation, told: dict, each: int) -> bool:
    """Fifty heads draft and submit; the server is killed three times; what was acknowledged must stand, once."""
    mark = f"Uji {secrets.token_hex(4)}"
    acknowledged: list[str] = []
    times: list[float] = []
    place.start()

    def head(number: int, key: str) -> None:
        for n in range(each):
            title = f"{mark} {number:02d}-{n:02d}"
            start = time.perf_counter()
            _submit_one(place, key, title)
            times.append(time.perf_counter() - start)
            acknowledged.append(title)

    threads = [threading.Thread(target=head, args=each_of) for each_of in enumerate(told["heads"])]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    _kill_three_times(place, acknowledged, CLIENTS * each, threads)
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    place.end()
    stands = place.ask("stored", mark)
    is_right = (
        stands["submitted"] == sorted(acknowledged) and stands["drafts"] == stands["numbers_twice"] == 0
        and stands["faults"] == [] and stands["tally_is_right"]
    )  # fmt: skip
    p99 = statistics.quantiles(times, n=100)[98]
    print(
        f"  {CLIENTS} clients, 3 SIGKILLs: {len(acknowledged)} acknowledged, {len(stands['submitted'])} stored, "
        f"{len(stands['submitted']) - len(set(stands['submitted']))} twice, {stands['drafts']} left as drafts; "
        f"{len(acknowledged) / took:.0f}/s, p99 {p99:.1f} s; audit {'whole' if not stands['faults'] else 'BROKEN'}, "
        f"counts {'right' if stands['tally_is_right'] else 'WRONG'}: {'as it must be' if is_right else 'FAILED'}",
        flush=True,
    )
    return is_right


def _submit_one(place: Installation, key: str, title: str) -> None:
    """Draft and submit; each repeated, the draft under the same key, until it is acknowledged."""
    form = {
        "kunci": str(uuid4()), "title": title, "problem": "Warga terganggu sejak musim hujan.",
        "location": f"RT {title[-2:]}",  # places of their own: like proposals of a village must be explained
        "volume": "10", "unit": "meter", "value": "1000000",
    }  # fmt: skip
    where: list[str] = []

    def draft(browser: Browser) -> bool:
        where[:] = re.findall(r"^/usulan/([0-9a-f-]{36})/", browser.post("/usulan/baru/", form)[1])
        return bool(where)

    _until(place, key, draft)
    _until(place, key, lambda b: b.post(f"/usulan/{where[0]}/ajukan/", {})[1].endswith("/tanda-terima/"))


def _until(place: Installation, key: str, work: Callable[[Browser], bool]) -> None:
    """Repeat over new connections until it succeeds, as a browser's user would."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if work(Browser(place.port, key)):
                return
        time.sleep(0.1)
    raise RuntimeError("not acknowledged")


def _kill_three_times(
    place: Installation, acknowledged: list[str], whole: int, clients: list[threading.Thread]
) -> None:
    """SIGKILL when a quarter, a half and three quarters have been acknowledged; start again at once."""
    for quarter in (1, 2, 3):
        while len(acknowledged) < whole * quarter // 4 and any(c.is_alive() for c in clients):
            time.sleep(0.01)
        place.end(signal.SIGKILL)
        place.start()


def main(argv: list[str]) -> int:
    """Measure both sizes on both databases; `--quick` takes 200 and 2,000 and fewer requests.

    `--sqlite` or `--postgresql` takes that one only.
    """
    is_quick = "--quick" in argv
    sizes, each = ((200, 2_000), 1) if is_quick else ((2_000, 100_000), 10)
    if is_quick:
        LOAD.alone, LOAD.at_once = 10, 1
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    is_right = True
    for vendor in [v for v in VENDORS if f"--{v.lower()}" in argv] or VENDORS:
        try:
            is_right &= _on(vendor, sizes, each)
        except NoServer as error:
            print(f"PostgreSQL left out. {error}")
    return 0 if is_right else 1


def _on(vendor: str, sizes: tuple[int, int], each: int) -> bool:
    is_right, questions = True, []
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(serving()) if vendor == "PostgreSQL" else ""
        for size in sizes:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mufakat-ukur-")))
            place = Installation(data, _database(url, size) if url else "")
            started = time.perf_counter()
            told = place.ask("fill", str(size))
            took = time.perf_counter() - started
            print(f"{vendor}, {size:,} proposals, {told['board']:,} on the board (laid in {took:.0f} s)")
            print(f"  {'page':<20}{'asks':>4}{'CPU ms':>9}{'p99 ms':>9}{'MB':>7}{'KB':>8}")
            questions.append(read(place, told))
            is_right &= submit(place, told, each)
    if questions[0] != questions[1]:
        is_right = False
        print(
            f"  QUESTIONS DIFFER: {[(k, v, questions[1][k]) for k, v in questions[0].items() if questions[1][k] != v]}"
        )
    return is_right


def _database(url: str, size: int) -> str:
    """A database of its own on a server."""
    import dj_database_url
    import psycopg

    told = dj_database_url.parse(url)
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    with psycopg.connect(**{k: told[v] for k, v in names.items() if told[v]}, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS mufakat_ukur_{size}")
        connection.execute(f"CREATE DATABASE mufakat_ukur_{size}")
    return url.rpartition("/")[0] + f"/mufakat_ukur_{size}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
