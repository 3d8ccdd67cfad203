"""Pictures of the plan as plain numbers: small bars, the pagu line, the schematic map; typst draws them."""

from __future__ import annotations

from collections.abc import Sequence

from mufakat.core.money import rupiah, thousands
from mufakat.drafting.papers import Mark
from mufakat.drafting.schematic_map import SchematicMap, schematic_map


def share_bar(amount: int, most: int) -> dict[str, object]:
    """A cell with a bar as long as `amount` of `most`; the figure stands in a column of its own."""
    return {"bar": round(amount / most, 4) if most > 0 else 0.0}


def pagu_chart(requested: int, recommended: int, pagu: int, *, chosen: str) -> dict[str, object]:
    """Two bars under one line, the pagu."""
    most = max(requested, recommended, pagu, 1)
    bars = [("Diusulkan", requested), (chosen, recommended)]
    return {
        "type": "pagu",
        "bars": [[label, round(amount / most, 4), rupiah(amount)] for label, amount in bars],
        "line": round(pagu / most, 4),
        "words": f"Pagu {rupiah(pagu)}",
        "alt": f"Diusulkan {rupiah(requested)}, {chosen.lower()} {rupiah(recommended)}, pagu {rupiah(pagu)}.",
    }


def village_map(marks: Sequence[Mark]) -> dict[str, object] | None:
    """The schematic map as a block, or None where too few places are known."""
    drawn = schematic_map(marks)
    if drawn is None:
        return None
    placed = {cell.number for cell in drawn.cells}
    absent = [mark.name for number, mark in enumerate(marks, 1) if number not in placed]
    return {
        "type": "map",
        "height": drawn.height,
        "cells": [[c.number, [list(p) for p in c.outline], list(c.label), c.shade] for c in drawn.cells],
        "legend": _legend(marks, drawn),
        "names": [[number, mark.name] for number, mark in enumerate(marks, 1) if number in placed],
        "absent": f"Tidak tergambar karena koordinatnya tidak diketahui: {', '.join(absent)}." if absent else "",
        "alt": "Peta skematis jumlah usulan: "
        + "; ".join(f"{mark.name} {thousands(mark.count)}" for mark in marks)
        + ".",
    }


def _legend(marks: Sequence[Mark], drawn: SchematicMap) -> list[list[object]]:
    """Each shade that occurs with the counts it stands for."""
    counts: dict[int, list[int]] = {}
    for cell in drawn.cells:
        counts.setdefault(cell.shade, []).append(marks[cell.number - 1].count)
    return [[shade, _range(min(found), max(found))] for shade, found in sorted(counts.items())]


def _range(low: int, high: int) -> str:
    return f"{thousands(low)} usulan" if low == high else f"{thousands(low)}–{thousands(high)} usulan"
