"""How the inner loops are compiled (numba): each when first called, with those it calls, not when imported.

The machine code is kept beside the package or, where that cannot be written, in the user's cache folder, for every
process that comes after; such a one loads what Python calls, which holds a copy of all that it calls in turn.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
from numba.core.registry import cpu_target

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

INTS, REALS, WORDS, PLACES, SIGNS = "int64[::1]", "float64[::1]", "uint64[::1]", "int32[::1]", "int8[::1]"
BYTES, TABLE = "Array(uint8, 1, 'C', readonly=True)", "int64[:,::1]"
"""Types of arrays in signatures."""

Function = Callable[..., Any]
_njit: Any = numba.njit
_signatures: dict[int, tuple[Any, str]] = {}
"""Every loop with its signature by its identity, each after those it calls."""
_waiting: set[int] = set()
entries: list[Any] = []
"""Those that Python calls."""
_lock = threading.RLock()
_spent = 0.0


def compiled(signature: str) -> Callable[[Function], Function]:
    """A loop that Python calls, by the name of its module: once ready, it stands there itself."""

    def given(function: Function) -> Function:
        loop = _registered(function, signature)
        entries.append(loop)

        @functools.wraps(function)
        def called(*arguments: Any) -> Any:
            _ready(loop)
            function.__globals__[function.__name__] = loop
            return loop(*arguments)

        return called

    return given


def inner(signature: str, **options: object) -> Callable[[Function], Any]:
    """A loop that only other loops call: without a way in from Python, which would take longer to compile than most."""
    return lambda function: _registered(function, signature, no_cpython_wrapper=True, **options)


def ready() -> None:
    """Compile or load every loop that Python calls."""
    for loop in entries:
        _ready(loop)


def spent() -> float:
    """CPU seconds this process has spent on compiling and loading loops."""
    return _spent


def _ready(loop: Any) -> None:
    """Compile a loop that waits and those it calls, in the order in which they call one another, or load it."""
    global _spent
    with _lock:
        if id(loop) not in _waiting:
            return
        begun, collects = time.process_time(), gc.isenabled()
        gc.disable()  # a compiler makes much and leaves nothing: looking for what it left takes long
        try:
            with _alone(loop) as is_kept:
                for each in [loop] if is_kept else called_by(loop):
                    if id(each) in _waiting:
                        each.compile(_signatures[id(each)][1])
                        each.disable_compile()
                        _waiting.discard(id(each))
        finally:
            if collects:
                gc.enable()
            _spent += time.process_time() - begun


def called_by(loop: Any) -> list[Any]:
    """A loop after all that it calls, however deep, in the order in which they are compiled."""
    found, open_ = {id(loop)}, [loop]
    while open_:
        function = open_.pop().py_func
        for called in map(function.__globals__.get, function.__code__.co_names):
            if id(called) in _signatures and id(called) not in found:
                found.add(id(called))
                open_.append(called)
    return [each for number, (each, _) in _signatures.items() if number in found]


@contextlib.contextmanager
def _alone(loop: Any) -> Iterator[bool]:
    """Whether the machine code of a loop is kept; if not one process compiles it, and the others wait for it.

    Loops hold copies of those they call, also from other files, while numba looks at the file of each only: when any
    file has changed, all are compiled anew.
    """
    folder = Path(loop.stats.cache_path)
    sources = sorted({Path(each.py_func.__code__.co_filename) for each, _ in _signatures.values()})
    maker = " ".join(map(str, (numba.__version__, *cpu_target.target_context.codegen().magic_tuple())))
    told = "\n".join([maker, *(f"{path.stem} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in sources)])
    marks = folder / f"loops-{sys.implementation.cache_tag}.txt"
    mark = marks.with_name(f"{marks.stem}-{loop.py_func.__module__.rpartition('.')[2]}-{loop.py_func.__name__}.txt")
    if _says(mark, told):
        yield True
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "loops.lock").open("w") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file is closed
        if not _says(marks, told):
            for old in (old for path in sources for old in folder.glob(f"{path.stem}.*.nb[ic]")):
                old.unlink(missing_ok=True)
            marks.write_text(told, encoding="utf-8")
        yield _says(mark, told)
        mark.write_text(told, encoding="utf-8")


def _says(mark: Path, told: str) -> bool:
    return mark.exists() and mark.read_text(encoding="utf-8") == told


def _registered(function: Function, signature: str, **options: object) -> Any:
    loop = _njit(cache=True, _nrt=False, error_model="numpy", no_cfunc_wrapper=True, **options)(function)
    _signatures[id(loop)] = loop, signature
    _waiting.add(id(loop))
    return loop
