"""Having the data alone for a moment: a running server pauses and shows its waiting page, a new one waits its turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mufakat.config.locks import FileLock
from mufakat.config.supervisor import LOCK, PAUSE, PAUSED
from mufakat.core.errors import MufakatError

LONGEST = 30.0
"""Seconds a server gets to pause."""


class NotAlone(MufakatError):
    """The data is in use and stays so."""

    code = "data_sedang_dipakai"


@contextmanager
def alone_with(data: Path) -> Iterator[None]:
    """Nobody else reads or writes the data folder inside. Raises NotAlone when its server does not pause in time."""
    door, pause = FileLock(data / LOCK), FileLock(data / PAUSE)
    if door.take():
        try:
            yield
        finally:
            door.free()
        return
    _until(pause.take)
    try:
        _until((data / PAUSED).exists)
        yield
    finally:
        pause.free()


def _until(done: Callable[[], bool]) -> None:
    by = time.monotonic() + LONGEST
    while not done():
        if time.monotonic() > by:
            raise NotAlone("Server dari folder data ini tidak berhenti sejenak. Hentikan server itu, lalu ulangi.")
        time.sleep(0.05)
