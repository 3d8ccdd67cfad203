"""A process that ends when its parent ends, however the parent ended; on Linux, and a no-op elsewhere."""

from __future__ import annotations

import contextlib
import ctypes  # here and not in the child, which may no longer be allowed to read it
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent is gone (prctl(2)); safe to call between fork and exec."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
