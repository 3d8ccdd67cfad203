"""One million proposals × 8 criteria × 4 methods beside pymcdm; 2,000 proposals ranked again with their floors.

Baseline: pymcdm 1.4 in the same process, the same array, vector normalisation for TOPSIS, min-max for the additive
scores. Borda has no counterpart there: each criterion as one scorer. Equal scores are asserted. The slider's move is all
that happens when a weight changes: scores, order that turns no village's list round, list that meets three floors.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

RUNS = 5
WEIGHTS = np.array([25, 20, 15, 15, 10, 5, 5, 5])


def main(argv: list[str]) -> int:
    """Measure; `--quick` takes a tenth of the rows and one run."""
    quick = "--quick" in argv
    _methods(100_000 if quick else 1_000_000, 1 if quick else RUNS)
    _slider(7 if quick else 35)
    return 0


def _methods(rows: int, runs: int) -> None:
    from pymcdm.methods import TOPSIS, VIKOR, WSM
    from pymcdm.normalizations import minmax_normalization, vector_normalization

    from mufakat.engines.ranking.criteria import scoring

    dice = np.random.default_rng(1)
    whole = dice.integers(1, 6, (rows, 8))
    values = np.asfortranarray(whole + dice.random((rows, 8)))
    present, costs, kinds = np.ones((rows, 8), bool, order="F"), np.zeros(8, bool), np.ones(8)
    levels = np.asfortranarray(whole)
    share = WEIGHTS / 100

    def topsis() -> Any:
        return scoring.topsis(scoring.normalised(values, present, "vector", costs), present, share)

    def additive() -> Any:
        return scoring.additive(scoring.normalised(values, present, "minmax", costs), present, share) / 100

    pairs: list[tuple[str, Callable[[], Any], Callable[[], Any]]] = [
        ("TOPSIS", topsis, lambda: TOPSIS(vector_normalization)(values, share, kinds)),
        (
            "VIKOR",
            lambda: scoring.vikor(values, present, share, costs, 0.5).compromise,
            lambda: VIKOR()(values, share, kinds),
        ),
        ("additive", additive, lambda: WSM(minmax_normalization)(values, share, kinds)),
        (
            "weighted sum, whole numbers",
            lambda: scoring.weighted_sum(levels, present, WEIGHTS, 5)[0] / 10_000,
            lambda: WSM(lambda x, cost=False: x / 5)(whole.astype(float), share, kinds),
        ),
    ]
    print(f"{rows:,} proposals × 8 criteria, CPU s: ours, pymcdm, ratio")
    for name, ours, theirs in pairs:
        np.testing.assert_allclose(ours(), theirs(), atol=5.1e-5 if "whole" in name else 1e-9)
        mine, other = _timed(ours, runs), _timed(theirs, max(1, runs // 2))
        print(f"{name:<28} {mine:7.3f} {other:8.2f} {other / mine:6.0f}×", flush=True)


def _timed(job: Callable[[], Any], runs: int) -> float:
    spent = []
    for _ in range(runs):
        started = time.process_time()
        job()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def _slider(runs: int) -> None:
    from mufakat.engines.ranking.criteria import Weighing

    started = time.process_time()
    weighing = Weighing(proposals(2_000))
    weighing.under({})
    print(f"2,000 proposals read and laid out, first order and list: {time.process_time() - started:.3f} CPU s, once")
    keys = list(weighing.weights)
    spent, met = [], 0
    for run in range(runs):
        weights = moved(weighing.weights, keys[run % len(keys)], 5 + 7 * run % 60)
        started = time.process_time()
        move = weighing.under(weights)
        spent.append(time.process_time() - started)
        met += move.floors_met
    assert met == runs
    print(
        f"a weight moved {runs} times, order and list with floors: median {statistics.median(spent):.3f}, "
        f"slowest {max(spent):.3f} CPU s"
    )


def moved(weights: dict[str, Any], key: str, share: int) -> dict[str, Any]:
    """One weight set, the others in proportion, together 100."""
    rest = sum(weights.values()) - weights[key]
    return {k: share if k == key else w * (100 - share) / rest for k, w in weights.items()}


def proposals(count: int) -> dict[str, Any]:
    """An invented kecamatan of 21 villages with a pagu for about a tenth, and three floors."""
    dice = random.Random(7)
    keys = ("mendesak", "penerima", "keberpihakan", "kesesuaian", "kesiapan", "lintas", "swadaya")
    alternatives = [
            {
                "id": f"U{n:04d}", "village": f"Desa {n % 21:02d}", "own_rank": n // 21 + 1,
                "value": dice.randint(20, 400) * 1_000_000,
                "bidang": dice.choice(("infrastruktur", "infrastruktur", "ekonomi", "sosbud")),
                "tags": dice.sample(("perempuan", "anak", "difabel"), dice.randint(0, 1)),
                "levels": {key: dice.randint(1, 5) for key in keys if dice.random() > 0.1},
            }
            for n in range(count)
    ]  # fmt: skip
    floors = [
        {"id": "desa", "name": "Tiap desa", "each": "village", "count": 1},
        {"id": "lain", "name": "Selain infrastruktur", "not": {"bidang": "infrastruktur"}, "share": 0.6},
        {"id": "perempuan", "name": "Perempuan", "where": {"tag": "perempuan"}, "count": 40},
    ]
    return {"preset": "mufakat", "pagu": 40_000_000_000, "alternatives": alternatives, "floors": floors}
