"""A lock that lives exactly as long as the process that took it: nothing to clean up after a kill."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """A lock on a file, for one process at a time; the system frees it when that process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: IO[bytes] | None = None

    def take(self) -> bool:
        """Take the lock without waiting; whether it was free."""
        handle = self.path.open("ab")
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.close()
            return False
        self._held = handle
        return True

    def free(self) -> None:
        """Give the lock back; nothing when it is not held."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def is_taken(self) -> bool:
        """Whether another process holds it at this moment."""
        if not self.take():
            return True
        self.free()
        return False
