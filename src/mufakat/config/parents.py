"""A process that ends when its parent ends, however the parent ended, so that no killed server leaves anything behind."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
SUPERVISOR = "MUFAKAT_SUPERVISOR"
"""Set for a process whose standard input is a pipe held open by its supervisor."""


def end_with_parent() -> None:
    """End this process at once when its parent is gone.

    On Linux the kernel does it (prctl(2), PR_SET_PDEATHSIG), for the parent's main thread. Elsewhere a thread waits for
    the parent. What was not committed is not stored: the database is safe against the end of a process at any moment.
    """
    if sys.platform == "linux":
        _ask_the_kernel()
    wait = _parents_end()
    if wait is not None and sys.platform != "linux":
        threading.Thread(target=_end_after, args=(wait,), daemon=True).start()


def _ask_the_kernel() -> None:
    import ctypes

    with contextlib.suppress(OSError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # The parent may have died before the kernel was asked.
    worker = multiprocessing.parent_process()
    supervisor = os.environ.get(SUPERVISOR, "")
    if worker is not None:
        is_orphan = os.getppid() != worker.pid
    else:
        is_orphan = bool(supervisor) and os.getppid() != int(supervisor)
    if is_orphan:
        os._exit(1)


def _parents_end() -> Callable[[], object] | None:
    """Something that returns when the parent is gone: a worker watches its server, a server its supervisor's pipe."""
    worker = multiprocessing.parent_process()
    if worker is not None:
        return worker.join
    if os.environ.get(SUPERVISOR):
        return sys.stdin.buffer.read
    return None


def _end_after(wait: Callable[[], object]) -> None:
    wait()
    os._exit(1)
