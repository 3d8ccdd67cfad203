"""How the inner loops are compiled (numba): when one is first called, not when imported.

The machine code is kept beside the package or, where that cannot be written, in the user's cache folder, for every
process that comes after.
"""

from __future__ import annotations

import contextlib
import functools
import sys
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
    """Where anything is still to be compiled one process does it, and the others wait for its machine code.

    Loops hold copies of those they call, also from other files, while numba looks at the file of each only: when any
    file has changed, all are compiled anew.
    """
    if not _waiting:
        yield
        return
    folder = Path(_waiting[0][0].stats.cache_path)
    sources = sorted({Path(loop.py_func.__code__.co_filename) for loop, _ in _waiting})
    told = "\n".join(f"{path.stem} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in sources)
    mark = folder / f"loops-{sys.implementation.cache_tag}.txt"
    if _says(mark, told):
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "loops.lock").open("w") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file is closed
        if not _says(mark, told):
            for old in (old for path in sources for old in folder.glob(f"{path.stem}.*.nb[ic]")):
                old.unlink(missing_ok=True)
        yield
        mark.write_text(told, encoding="utf-8")


def _says(mark: Path, told: str) -> bool:
    return mark.exists() and mark.read_text(encoding="utf-8") == told


def _registered(function: Function, signature: str, **options: object) -> Any:
    loop = _njit(cache=True, _nrt=False, error_model="numpy", no_cfunc_wrapper=True, **options)(function)
    _waiting.append((loop, signature))
    return loop
