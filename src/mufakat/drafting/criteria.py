"""Criteria that an office sets for its forums: weights that total 100, each level in words (rules 57, 60).

The form is that of the ranking engine's presets, so that one file serves `mufakat draft --kriteria` and `mufakat score`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mufakat.core.errors import MufakatError
from mufakat.core.json_file import load_json
from mufakat.drafting.facts import CRITERIA, Criterion
from mufakat.engines.nomenclature.table import words
from mufakat.engines.ranking.criteria.reading import CriteriaFaulty, preset, read_problem

if TYPE_CHECKING:
    from mufakat.engines.ranking.criteria import problem as engine

LEVELS = (1, 2, 3, 4, 5)
WHOLE = 100
_KEYS = (
    "kind",
    "title",
    "note",
    "preset",
    "criteria",
    "method",
    "normalisation",
    "scale",
    "missing",
    "own_area",
    "ties",
)
_SET = {"method": "weighted_sum", "normalisation": "levels", "scale": {"lowest": 1, "highest": 5}, "missing": "skip"}
"""What the provisional order fixes (rule 63); a file may say the same, not something else."""
_COUNTED = "penerima"


class CriteriaRefused(MufakatError):
    """The criteria cannot be used."""

    code = "kriteria_ditolak"


def from_file(path: Path) -> tuple[Criterion, ...]:
    """Criteria from a JSON file. Raises JsonFileFaulty or CriteriaRefused with a finished sentence."""
    try:
        return criteria_of(load_json(path))
    except CriteriaRefused as error:
        raise CriteriaRefused(f"{path.name}: {error}") from None


def house() -> tuple[Mapping[str, Any], ...]:
    """The house's default set as the ranking engine ships it (domain §2.6), one object per criterion."""
    return tuple(preset("mufakat")["criteria"])


def criteria_of(data: object) -> tuple[Criterion, ...]:
    """Criteria from an object with `criteria`, or the `preset` it names. Raises CriteriaRefused."""
    if not isinstance(data, Mapping):
        raise CriteriaRefused("Kriteria harus berupa objek JSON dengan kunci criteria. Lihat preset mufakat.")
    _refuse_other_methods(data)
    rows = {key: data[key] for key in ("preset", "criteria") if key in data}
    try:
        found, notices = read_problem({**_SET, **rows, "alternatives": [{"id": "1"}]})
    except CriteriaFaulty as error:
        raise CriteriaRefused(" ".join(str(fault) for fault in error.faults)) from None
    if notices:
        raise CriteriaRefused(" ".join(str(fault) for fault in notices))
    refuse_weights([c.weight for c in found.criteria])
    return tuple(_criterion(c) for c in found.criteria)


def refuse_weights(weights: list[Any]) -> None:
    """Raises CriteriaRefused unless the weights are whole, above zero and total 100 (rule 60)."""
    if not weights or any(w != int(w) or w <= 0 for w in weights) or sum(weights) != WHOLE:
        total = sum(weights)
        shown = f"{math.floor(total * 100) / 100:g}".replace(".", ",")
        raise CriteriaRefused(
            f"Bobot harus bilangan bulat di atas 0 dan berjumlah {WHOLE}; sekarang {shown}. Perbaiki bobotnya.",
            sentence_en=f"Weights must be whole numbers above 0 that total {WHOLE}; they total {shown}. Correct them.",
        )


def _refuse_other_methods(data: Mapping[str, Any]) -> None:
    scheme = {**(preset(data["preset"]) if data.get("preset") == "mufakat" else {}), **data}
    unknown = [key for key in data if key not in _KEYS]
    other = [key for key, value in _SET.items() if key in scheme and scheme[key] != value]
    if data.get("preset", "mufakat") != "mufakat" or unknown or other:
        wrong = ", ".join([*unknown, *other]) or "preset"
        raise CriteriaRefused(
            f"Rancangan menghitung skor dengan jumlah berbobot atas tingkat 1 sampai 5; {wrong} tidak dapat dipakai di "
            "sini. Hapus, atau hitung dengan mufakat score."
        )


def _criterion(given: engine.Criterion) -> Criterion:
    if given.multiplies or given.values or given.direction != "benefit":
        raise CriteriaRefused(f"Kriteria {given.key}: pengali, nilai kata, dan biaya tidak dipakai dalam rancangan.")
    if given.bands and given.key != _COUNTED:
        raise CriteriaRefused(f"Kriteria {given.key}: pita hanya dikenal pada “{_COUNTED}”, menurut jumlah KK.")
    own = next((c for c in CRITERIA if c.key == given.key), None)
    bands = _bands(given) or (own.bands if own else ())
    is_known = own is not None and bands == own.bands
    counted = "jumlah KK menurut pita yang ditetapkan" if bands else "kolom tingkat"
    return Criterion(
        key=given.key,
        name=given.name,
        weight=int(given.weight),
        headings=own.headings if own else (words(given.name).strip(), words(given.key).strip()),
        basis=own.basis if own and is_known else counted,
        bands=bands,
    )


def _bands(given: engine.Criterion) -> tuple[tuple[str, tuple[tuple[int | None, int], ...]], ...]:
    if given.bands and "*" not in given.bands:
        raise CriteriaRefused(f"Kriteria {given.key}: pita bagi bidang lain (“*”) tidak ada. Tambahkan.")
    return tuple(
        (bidang, tuple((_most(band), int(band.level)) for band in bands))
        # "*" last, whatever order a database has kept them in.
        for bidang, bands in sorted(given.bands.items(), key=lambda b: (b[0] == "*", b[0]))
    )


def _most(band: engine.Band) -> int | None:
    """The largest count of households a band still holds."""
    if band.bound is None:
        return None
    return math.floor(band.bound) if band.inclusive else math.ceil(band.bound) - 1
