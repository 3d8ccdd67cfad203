"""How the inner loops are compiled (numba): when imported, once; the machine code is kept beside the package or, where
that cannot be written, in the user's cache folder, for every process that comes after."""

from __future__ import annotations

from typing import Any

import numba

INTS, REALS, WORDS, PLACES, SIGNS = "int64[::1]", "float64[::1]", "uint64[::1]", "int32[::1]", "int8[::1]"
BYTES, TABLE = "Array(uint8, 1, 'C', readonly=True)", "int64[:,::1]"
"""Types of arrays in signatures."""

_njit: Any = numba.njit


def compiled(signature: str) -> Any:
    """A loop that Python calls."""
    return _njit(signature, cache=True, _nrt=False, error_model="numpy", no_cfunc_wrapper=True)


def inner(signature: str, **options: object) -> Any:
    """A loop that only other loops call: without a way in from Python, which would take longer to compile than most."""
    return _njit(
        signature,
        cache=True,
        _nrt=False,
        error_model="numpy",
        no_cfunc_wrapper=True,
        no_cpython_wrapper=True,
        **options,
    )
