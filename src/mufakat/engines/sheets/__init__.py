"""People's spreadsheets become clean rows, with every fault located.

`read` is the door: villages' sheets in, `Reading` out. `load` is the safe lower door: one file in, its sheets as
typed cells out. Both parse in a child process with limits. Names load on first use, so importing this costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mufakat.engines.sheets.reading import read
    from mufakat.engines.sheets.workbook import RawSheet, UnreadableFile, Workbook, load

__all__ = ["RawSheet", "UnreadableFile", "Workbook", "load", "read"]


def __getattr__(name: str) -> object:
    if name == "read":
        from mufakat.engines.sheets import reading

        return reading.read
    if name in __all__:
        from mufakat.engines.sheets import workbook

        return getattr(workbook, name)
    raise AttributeError(name)
