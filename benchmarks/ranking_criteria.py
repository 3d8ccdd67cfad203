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
    _slider(3 if quick else 15)
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
    from mufakat.engines.ranking.criteria import read_problem
    from mufakat.engines.ranking.criteria.levels import grid
    from mufakat.engines.ranking.criteria.listing import chosen_by
    from mufakat.engines.ranking.criteria.stability import reweighted
    from mufakat.engines.ranking.criteria.table import Table

    problem, _ = read_problem(proposals(2_000))
    started = time.process_time()
    table = Table(problem, grid(problem, with_own=False))
    weights = table.weights()
    print(f"2,000 proposals laid out once: {time.process_time() - started:.3f} CPU s")
    spent = []
    for run in range(runs):
        moved = reweighted(weights, run % len(weights), _share(run))
        started = time.process_time()
        standing = table.standing(moved)
        ranked = time.process_time()
        chosen = chosen_by(problem, standing)
        spent.append((ranked - started, time.process_time() - ranked))
        assert chosen
    order, floors = (statistics.median(part) for part in zip(*spent, strict=True))
    worst = max(sum(part) for part in spent)
    print(
        f"a weight moved, {runs} times: order {order:.3f}, list with floors {floors:.3f}, slowest of all {worst:.3f} CPU s"
    )


def _share(run: int) -> Any:
    from fractions import Fraction

    return Fraction(5 + 7 * run % 60)


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
