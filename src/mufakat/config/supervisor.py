"""One supervisor over the processes of an installation: it starts them, starts them again, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from mufakat.config.locks import FileLock
from mufakat.config.parents import SUPERVISOR
from mufakat.config.waiting_room import SIGN, WaitingRoom

PATIENCE = 5.0
"""Seconds a process gets to end on its own before it is ended."""
SHORT_LIFE = 5.0
"""A process that lives less than this many seconds is started again after a growing pause."""
LONGEST_PAUSE = 30.0
MOST_FAILURES = 5
"""Short lives of the page server in a row after which the supervisor gives up."""
LOCK, PAUSE, PAUSED, RUNNING = "server.lock", "pause.lock", "paused", "server.json"


@dataclass
class Program:
    """A process to keep running. `command` is run with the environment of the supervisor."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0
    """When it may be started again, on the monotonic clock."""

    def start(self) -> None:
        """Start it in a session of its own, tied to this process by the pipe that is its standard input."""
        tied = {**os.environ, SUPERVISOR: str(os.getpid())}
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, start_new_session=True, env=tied)
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        """Whether it was started and is no longer there."""
        return self.process is not None and self.process.poll() is not None

    def ask_to_end(self) -> None:
        """Ask for an orderly end."""
        if self.process is not None:
            with contextlib.suppress(OSError):
                self.process.terminate()

    def end(self, by: float) -> None:
        """Wait for the end until `by`, then end whatever is left of its session."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=max(0.0, by - time.monotonic()))
        kill_session(self.process.pid)
        self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process = None

    def note_end(self) -> None:
        """Count a short life and set the pause before the next one; a long life forgets the short ones."""
        lived = time.monotonic() - self.started
        self.failures = self.failures + 1 if lived < SHORT_LIFE else 0
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** (self.failures - 1)) if self.failures else 0.0
        self.due = time.monotonic() + pause


def kill_session(pid: int) -> None:
    """End what is left of the session a process led; nothing where there are no sessions."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


@dataclass
class Supervisor:
    """Runs `prepare` once, then keeps `programs` running until a signal comes; the first program serves the pages.

    `data` holds its lock (held by the caller), the list of what runs, and the sign of a pause. While the pages are away
    the waiting room answers, on the port of live updates too, so that nobody takes that one meanwhile. `say` reports one
    line to whoever started the server.
    """

    data: Path
    host: str
    port: int
    live_port: int
    prepare: Sequence[str]
    programs: Sequence[Program]
    say: Callable[[str], None]
    has_heard: bool = False
    is_ready: bool = False
    _room: WaitingRoom = field(init=False)
    _live_room: WaitingRoom = field(init=False)
    _bell: socket.socket = field(init=False)

    def run(self) -> int:
        """0 when stopped by a signal; else the code of a failed preparation, or 1 when the pages do not stay up."""
        self._room = WaitingRoom(self.host, self.port)
        self._live_room = WaitingRoom(self.host, self.live_port)
        self._listen_to_signals()
        self._live_room.open()
        self._room.open()
        try:
            code = self._prepare()
            return self._watch() if code == 0 else code
        finally:
            self._end_all()
            self._room.close()
            self._live_room.close()
            for name in (RUNNING, PAUSED):
                (self.data / name).unlink(missing_ok=True)

    def _listen_to_signals(self) -> None:
        """A signal rings a bell the loop listens to, so that it is answered at once and between two steps."""
        self._bell, ringer = socket.socketpair()
        self._bell.setblocking(False)
        ringer.setblocking(False)
        signal.set_wakeup_fd(ringer.fileno(), warn_on_full_buffer=False)
        self._ringer = ringer
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._ask_to_end)
        if hasattr(signal, "SIGCHLD"):
            signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def _ask_to_end(self, number: int, frame: FrameType | None) -> None:
        self.has_heard = True

    def _is_asked_to_end(self) -> bool:
        return self.has_heard

    def _rest(self, seconds: float) -> None:
        """Wait for a bell, at most so long."""
        if select.select([self._bell], [], [], seconds)[0]:
            with contextlib.suppress(OSError):
                self._bell.recv(4096)

    def _prepare(self, *, is_again: bool = False) -> int:
        """Bring the data up to date in a process of its own; its code, or 0 when it was interrupted on purpose."""
        task = Program("prepare", [*self.prepare, *(["--quiet"] if is_again else [])])
        self._live_room.open()
        task.start()
        self._remember([task])
        assert task.process is not None
        while task.process.poll() is None and not self._is_asked_to_end():
            self._rest(0.25)
        code = task.process.poll()
        task.ask_to_end()
        task.end(time.monotonic() + PATIENCE)
        self._live_room.close()
        return code or 0

    def _remember(self, programs: Sequence[Program]) -> None:
        """Write down what runs, for the one who comes after a kill."""
        pids = {p.name: p.process.pid for p in programs if p.process is not None}
        told = {"supervisor": os.getpid(), "address": f"http://{self.host}:{self.port}/", "pids": pids}
        (self.data / RUNNING).write_text(json.dumps(told))

    def _watch(self) -> int:
        pages = self.programs[0]
        while not self._is_asked_to_end():
            if FileLock(self.data / PAUSE).is_taken():
                code = self._pause()
                if code:
                    return code
            self._start_what_is_due()
            self._open_the_door()
            self._rest(0.1 if not self.is_ready else 0.5)
            if any(p.has_ended() for p in self.programs):
                self._note_ends()
            if pages.failures >= MOST_FAILURES:
                self.say("Server halaman berulang kali berhenti segera setelah dimulai. Periksa pesan di atas.")
                return 1
        return 0

    def _start_what_is_due(self) -> None:
        due = [p for p in self.programs if p.process is None and time.monotonic() >= p.due]
        for program in due:
            program.start()
        if due:
            self._remember(self.programs)

    def _open_the_door(self) -> None:
        """Close the waiting room as soon as the pages themselves answer."""
        if self.is_ready or not answers(self.host, self.port):
            return
        self._room.close()
        self.is_ready = True
        self.say(f"Mufakat siap: http://{self.host}:{self.port}/  (Ctrl+C menghentikan)")

    def _note_ends(self) -> None:
        for program in self.programs:
            if not program.has_ended():
                continue
            if program is self.programs[0]:
                self._close_the_door()
            program.note_end()
            program.end(time.monotonic())
            self.say(f"Proses {program.name} berhenti sendiri dan dijalankan lagi.")

    def _close_the_door(self) -> None:
        self._room.open()
        self.is_ready = False

    def _pause(self) -> int:
        """Let somebody have the data alone: end everything, wait until the pause is over, prepare anew."""
        self.say("Server dijeda: data sedang dipulihkan.")
        self._close_the_door()
        self._end_all()
        (self.data / PAUSED).touch()
        while FileLock(self.data / PAUSE).is_taken() and not self._is_asked_to_end():
            self._rest(0.1)
        (self.data / PAUSED).unlink(missing_ok=True)
        return 0 if self._is_asked_to_end() else self._prepare(is_again=True)

    def _end_all(self) -> None:
        """Ask all at once, then wait for all by the same moment."""
        for program in self.programs:
            program.ask_to_end()
        by = time.monotonic() + PATIENCE
        for program in self.programs:
            program.end(by)


def answers(host: str, port: int) -> bool:
    """Whether the pages answer on the port, and not the waiting room."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # where a server on all addresses is near
    door = http.client.HTTPConnection(near, port, timeout=2)
    try:
        door.request("HEAD", "/masuk/")
        return SIGN not in door.getresponse().headers
    except (OSError, http.client.HTTPException):
        return False
    finally:
        door.close()


def take_over(data: Path) -> None:
    """End what an earlier supervisor of this data folder left behind when it was killed."""
    try:
        told: Mapping[str, int] = json.loads((data / RUNNING).read_text())["pids"]
    except (OSError, ValueError, KeyError):
        return
    for pid in told.values():
        if str(data) in _words_of(pid):
            kill_session(pid)
    (data / RUNNING).unlink(missing_ok=True)


def _words_of(pid: int) -> str:
    """The command line of a process, empty when there is none; a number may belong to another process by now."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    if os.name == "nt" or Path("/proc/self").exists():
        return ""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listed.stdout


def serving(data: Path) -> str:
    """The address of the server that holds this data folder now; empty when there is none."""
    if not FileLock(data / LOCK).is_taken():
        return ""
    with contextlib.suppress(OSError, ValueError, KeyError):
        return str(json.loads((data / RUNNING).read_text())["address"])
    return "?"
