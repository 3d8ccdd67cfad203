"""The timetable of 18, 30 and 60 forums beside one plain CP-SAT model; 500 forums with the bound reached.

Baseline: one CP-SAT model of the same rules with a Boolean per forum × day × session × team, one worker. Random
problems with seeds, shaped as `timetable_instances.py` says. Equal objective wherever both prove theirs. `60t` and
`60u` have fewer days and are tighter. Aim: 60 forums proved in about a second, at least 15 times faster in the median.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from benchmarks.timetable_instances import REFERENCE, instance
from benchmarks.timetable_plain import solve_plain

SEEDS = {"18": range(1, 11), "30": range(1, 7), "60": range(1, 6), "60t": range(1, 4), "60u": range(1, 4)}
PLAIN_LIMIT = 30.0


def main(argv: list[str]) -> int:
    """Measure; `--quick` takes two seeds of 18 and 30 forums and one of 60."""
    quick = "--quick" in argv
    _ours(instance(REFERENCE["18"], 99))  # the solver's libraries are loaded once
    print(f"{'forums':<7} {'seed':>4} {'status':<9} {'value':>6} {'CPU s':>6}   plain: status, value, CPU s, ratio")
    for name, seeds in SEEDS.items():
        chosen = list(seeds)[: (2 if name in ("18", "30") else 1) if quick else None]
        ratios = [_both(name, seed) for seed in chosen]
        print(f"{name:<7} median ratio {statistics.median(ratios):.0f}", flush=True)
    if not quick:
        for seed in (1, 2):
            status, value, bound, spent = _ours(instance(REFERENCE["500"], seed))
            print(f"{'500':<7} {seed:>4} {status:<9} {value:>6} {spent:6.1f}   bound {bound}", flush=True)
    return 0


def _both(name: str, seed: int) -> float:
    problem = instance(REFERENCE[name], seed)
    status, value, _, spent = _ours(problem)
    started = time.process_time()
    plain = solve_plain(problem, limit=PLAIN_LIMIT)
    other = time.process_time() - started
    proved = plain.status == "OPTIMAL" and status == "optimal"
    differs = "  DIFFERS" if proved and plain.objective != value else ""
    told = f"{plain.status}, {plain.objective}, {other:.1f}"
    print(f"{name:<7} {seed:>4} {status:<9} {value:>6} {spent:6.2f}   {told}, {other / spent:.0f}{differs}", flush=True)
    return other / spent


def _ours(problem: dict[str, Any]) -> tuple[str, Any, Any, float]:
    from mufakat.engines.timetable import answer_of, read_problem

    started = time.process_time()
    answer = answer_of(read_problem(problem))
    return answer["status"], answer["objective"], answer["bound"], time.process_time() - started
