"""`mufakat serve`: prepare the database, then keep the pages running under one supervisor until it is told to stop."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from mufakat.config.parents import die_with_parent
from mufakat.core.errors import MufakatError

PATIENCE = 8.0
"""Seconds a process gets to end on its own before it is ended."""
SHORTEST_LIFE = 5.0
"""A server that ends sooner would end again."""
STAGES = ("drafting", "verification", "hall", "tracking")


class CannotServe(MufakatError):
    """The server cannot be started; the sentence says why."""

    code = "tidak_dapat_melayani"


def configure(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the options."""
    english = language == "en"
    parser.add_argument("--host", default="127.0.0.1", help="address" if english else "alamat (bawaan: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port" if english else "porta (bawaan: 8000)")
    parser.add_argument("--data", type=Path, default=None, help="data folder" if english else "folder data")
    parser.add_argument(
        "--contoh",
        nargs="?",
        const=os.environ.get("STAGE", "hall"),
        choices=STAGES,
        default=None,
        help="invented data, opened at a stage" if english else "data contoh, dibuka pada satu tahap (bawaan: hall)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Take over what an earlier run left behind, prepare, serve; 0 when stopped, the child's code when it failed."""
    is_demo = arguments.contoh is not None
    data = (arguments.data or Path.cwd() / (".mufakat-contoh" if is_demo else ".mufakat")).resolve()
    data.mkdir(parents=True, exist_ok=True)
    os.environ["MUFAKAT_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mufakat.config.settings"
    if is_demo:
        os.environ["MUFAKAT_DEMO"] = "1"
    _take_over(data / "server.pid")
    _require_free(arguments.host, arguments.port)
    _prepare(data, arguments.contoh)
    _welcome(arguments.host, arguments.port, is_demo=is_demo)
    return _supervise(_command(arguments.host, arguments.port), data / "server.pid")


def _take_over(pid_file: Path) -> None:
    """End a server of this data folder whose supervisor is gone."""
    try:
        pid = int(pid_file.read_text())
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return
    if b"mufakat.config.wsgi" in words:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGTERM)
            _wait_gone(pid)


def _wait_gone(pid: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and Path(f"/proc/{pid}").exists():
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(
                f"Porta {port} sedang dipakai program lain. Hentikan program itu, atau pilih porta lain dengan --port."
            ) from error


def _prepare(data: Path, stage: str | None) -> None:
    """Bring the database up to date; fill an empty one with the example when it is asked for."""
    import django
    from django.core.management import call_command

    (data / "static" / "staticfiles.json").unlink(missing_ok=True)
    django.setup()
    _gather_static()
    call_command("migrate", verbosity=0)
    if stage is None:
        return
    from django.utils import timezone

    from mufakat.cycles.models import Cycle
    from mufakat.demo.year import Stage, build

    kept = data / "tahap"
    if Cycle.objects.exists():
        _say(f"Data contoh tahap “{kept.read_text() if kept.exists() else '?'}” dipakai lagi dari {data}.")
        return
    build(stage=Stage(stage), now=timezone.now())
    kept.write_text(stage)


def _gather_static() -> None:
    """Put style sheets, script, font and icons under hashed names, compressed; the server that starts next uses them."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import override_settings

    hashed = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with override_settings(STORAGES=hashed):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _welcome(host: str, port: int, *, is_demo: bool) -> None:
    _say(f"Mufakat: http://{host}:{port}/")
    if not is_demo:
        return
    from django.utils import timezone

    from mufakat.demo.year import PASSWORD
    from mufakat.people.queries import example_sign_ins

    _say(f"Kata sandi semua akun contoh: {PASSWORD}")
    for label, name in example_sign_ins(on=timezone.localdate()):
        _say(f"  {name:<24}{label}")


def _command(host: str, port: int) -> list[str]:
    """The page server: one process with threads; SQLite has one writer anyway."""
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    return [*server, "--workers", "1", "--blocking-threads", "8", "--no-ws", "mufakat.config.wsgi:application"]


def _supervise(command: list[str], pid_file: Path) -> int:
    """Run the server until a signal comes; start it again when it dies, unless it dies at once."""
    stopping = _Stopping()
    while True:
        started = time.monotonic()
        child = subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent)
        pid_file.write_text(str(child.pid))
        _watch(child, stopping)
        _end(child)
        if stopping.asked or time.monotonic() - started < SHORTEST_LIFE:
            pid_file.unlink(missing_ok=True)
            return 0 if stopping.asked else 1
        _say("Server berhenti sendiri dan dijalankan lagi.")


class _Stopping:
    """Whether somebody asked the supervisor to end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def _watch(child: subprocess.Popen[bytes], stopping: _Stopping) -> None:
    """Wait until the child ends or the supervisor is asked to."""
    while child.poll() is None and not stopping.asked:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=0.25)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask for an orderly end, wait for it, then end whatever is left of the group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=PATIENCE)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
