"""How the inner loops are compiled (numba): when one is first called, not when imported.

The machine code is kept beside the package or, where that cannot be written, in the user's cache folder, for every
process that comes after.
"""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

INTS, REALS, WORDS, PLACES, SIGNS = "int64[::1]", "float64[::1]", "uint64[::1]", "int32[::1]", "int8[::1]"
BYTES, TABLE = "Array(uint8, 1, 'C', readonly=True)", "int64[:,::1]"
"""Types of arrays in signatures."""

Function = Callable[..., Any]
_njit: Any = numba.njit
_waiting: list[tuple[Any, str]] = []
_lock = threading.Lock()


def compiled(signature: str) -> Callable[[Function], Function]:
    """A loop that Python calls."""

    def given(function: Function) -> Function:
        loop = _registered(function, signature)

        @functools.wraps(function)
        def called(*arguments: Any) -> Any:
            if _waiting:
                ready()
            return loop(*arguments)

        return called

    return given


def inner(signature: str, **options: object) -> Callable[[Function], Any]:
    """A loop that only other loops call: without a way in from Python, which would take longer to compile than most."""
    return lambda function: _registered(function, signature, no_cpython_wrapper=True, **options)


def ready() -> None:
    """Compile every loop that waits, or load it, in the order in which they call one another."""
    with _lock, _alone():
        while _waiting:
            loop, signature = _waiting[0]
            loop.compile(signature)
            loop.disable_compile()
            del _waiting[0]


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Where most is still to be compiled one process does it, and the others wait for its machine code."""
    folder = Path(_waiting[0][0].stats.cache_path) if _waiting else None
    if folder is None or fcntl is None or len(list(folder.glob("*.nbi"))) >= len(_waiting):
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "compiling.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file is closed
        yield


def _registered(function: Function, signature: str, **options: object) -> Any:
    loop = _njit(cache=True, _nrt=False, error_model="numpy", no_cfunc_wrapper=True, **options)(function)
    _waiting.append((loop, signature))
    return loop
