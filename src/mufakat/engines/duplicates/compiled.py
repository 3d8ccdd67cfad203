"""The kernels compiled: the same code objects as in `kernels.py`, bound to this module and handed to numba.

Imported only for large inputs: importing numba and compiling cost more than a small input takes in plain Python. The
machine code is cached beside the package, or in the user's cache folder when that cannot be written. No list is made in
the kernels, so reference counting is switched off.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any

import numba
import numpy as np

from mufakat.engines.duplicates import kernels

_njit: Any = numba.njit
_DOORS = frozenset({"read_rows", "search_block", "weigh_all", "mark_rows", "weigh_found", "count_keys"})
"""What Python calls. The others are called by these alone and need no door, which spares a quarter of the compiling."""

for _name, _thing in vars(kernels).items():
    if isinstance(_thing, FunctionType) and _thing.__module__ == kernels.__name__:
        _bound = FunctionType(_thing.__code__, globals(), _name, _thing.__defaults__)
        _inner = {} if _name in _DOORS else {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
        globals()[_name] = _njit(_bound, cache=True, _nrt=False, **_inner)
    elif not _name.startswith("__"):
        globals()[_name] = _thing

read_rows: Any = globals()["read_rows"]
search_block: Any = globals()["search_block"]
weigh_all: Any = globals()["weigh_all"]
mark_rows: Any = globals()["mark_rows"]
weigh_found: Any = globals()["weigh_found"]
count_keys: Any = globals()["count_keys"]


def vocabulary_arrays(v: kernels.Vocabulary) -> kernels.Vocabulary:
    """The vocabulary as 64-bit arrays."""
    arrays: Any = (np.array(column or [0], dtype=np.int64) for column in v)
    return kernels.Vocabulary(*arrays)
