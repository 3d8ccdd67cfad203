"""The parent's side of the parsing process: start it, ask it, kill it when it takes too long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from mufakat.engines.sheets import refusals
from mufakat.engines.sheets.model import Limits
from mufakat.engines.sheets.refusals import Refused

_ROOT = str(Path(__file__).resolve().parents[3])
_START = "import sys; sys.path.insert(0, sys.argv[1]); from mufakat.engines.sheets import worker; worker.main()"
_ANSWER_BYTES = 512 * 1024 * 1024


class Sandbox:
    """One child process for many files. A file that kills it costs only itself: the next gets a fresh child."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def parse(self, path: Path, limits: Limits) -> dict[str, Any]:
        """Sheets of one file as plain JSON values. Raises Refused with the reason, also when the child dies."""
        child = self._child = self._child or _start()
        watch = threading.Timer(_patience(limits), child.kill)
        watch.start()
        try:
            answer = _ask(child, {"path": str(path.absolute()), "limits": _as_dict(limits)})
        finally:
            watch.cancel()
        if answer is None:
            raise self._autopsy(limits)
        if "refused" in answer:
            raise Refused(answer["refused"], **answer["details"])
        return answer

    def close(self) -> None:
        """End the child. It holds nothing worth waiting for."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                _close_quietly(pipe)

    def _autopsy(self, limits: Limits) -> Refused:
        """Why the child died, from its exit status (negative: the signal's number)."""
        child = self._child
        status = child.wait() if child is not None else 0
        self.close()
        if status in (-9, -24):  # SIGKILL by our clock, SIGXCPU
            return Refused("waktu_habis", limit=str(limits.cpu_seconds))
        if status in (-6, -11, -7):  # abort, segfault, bus error: what a failed allocation ends in
            return Refused("memori_habis", limit=refusals.megabytes(limits.memory_bytes))
        return Refused("pembaca_berhenti", detail=f"kode {status}")


def _close_quietly(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # unread bytes for a dead child


def _patience(limits: Limits) -> float:
    """Wall-clock seconds before the child is killed: its CPU limit and a margin for a busy machine."""
    return limits.cpu_seconds * 2 + 5


def _as_dict(limits: Limits) -> dict[str, int]:
    return {name: getattr(limits, name) for name in Limits.__slots__}


def _start() -> subprocess.Popen[bytes]:
    """A fresh interpreter, isolated from the environment; its address space is small whatever the parent loaded."""
    keep = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _START, _ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=keep,
    )


def _ask(child: subprocess.Popen[bytes], question: dict[str, Any]) -> dict[str, Any] | None:
    """Send a question, read its answer: eight bytes of length, then JSON. None when the child is gone."""
    assert child.stdin is not None and child.stdout is not None
    try:
        child.stdin.write(json.dumps(question).encode() + b"\n")
        child.stdin.flush()
        head = child.stdout.read(8)
        size = int.from_bytes(head, "big")
        if len(head) < 8 or size > _ANSWER_BYTES:
            child.kill()
            return None
        body = child.stdout.read(size)
    except OSError:
        return None
    return json.loads(body) if len(body) == size else None
