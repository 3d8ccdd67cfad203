"""Duplicates at 10,000, 100,000 and 1,000,000 rows against blocked rapidfuzz: recall, precision, F1, CPU, memory.

Baseline: normalise, block by kecamatan and its neighbours, rapidfuzz token_sort_ratio at 78, gate on RT and RW, the
method that did best in our first trials. Both run as whole processes over the same CSV. `held_back` is a vocabulary and
a noise of its own that the thresholds were not set on. Also: a hint while typing, and the real rows where they are at hand.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.duplicates_sets import WORLDS, Set, generate
from benchmarks.measured import once

SIZES = (10_000, 100_000, 1_000_000)
REAL = Path(__file__).parents[2] / "shared/data/usulan_real.csv"
BASELINE = Path(__file__).with_name("baseline_duplicates.py")


def main(argv: list[str]) -> int:
    """Measure; `--quick` stops at 10,000 rows."""
    sizes = SIZES[:1] if "--quick" in argv else SIZES
    with tempfile.TemporaryDirectory() as folder:
        _warm(Path(folder))
        print(f"{'set':<10} {'rows':>9} {'method':<9} {'recall':>7} {'precision':>9} {'F1':>6} {'CPU s':>8} {'MB':>6}")
        for size in sizes:
            for world in WORLDS if size == SIZES[0] else ("gresik",):
                _compare(Path(folder), world, size)
        _hint()
        _labelled()
        _real(Path(folder))
    return 0


def _warm(folder: Path) -> None:
    """Compile once, and say what the first large run of an installation costs."""
    path = _write(generate(world="gresik", rows=25_000, seed=1), folder / "pemanasan")
    found = once(_command(path, folder / "pemanasan.hasil.csv"))
    print(f"first large run of an installation (compiling included): {found.cpu:.1f} s CPU")


def _write(made: Set, stem: Path) -> Path:
    with stem.with_suffix(".csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(("id", "kecamatan", "desa", "text"))
        writer.writerows(made.rows)
    with stem.with_suffix(".tetangga.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(("a", "b"))
        writer.writerows(made.adjacency)
    return stem.with_suffix(".csv")


def _command(path: Path, out: Path) -> list[str]:
    return [
        sys.executable, "-m", "mufakat.engines.duplicates", str(path), "--out", str(out),
        "--adjacency", str(path.with_suffix(".tetangga.csv")),
    ]  # fmt: skip


def _compare(folder: Path, world: str, size: int) -> None:
    made = generate(world=world, rows=size, seed=2026)
    path, out = _write(made, folder / f"{world}{size}"), folder / "hasil.csv"
    truth = {tuple(sorted(pair)) for pair in made.truth}
    baseline = [sys.executable, str(BASELINE), str(path), str(path.with_suffix(".tetangga.csv")), str(out)]
    cpu = []
    for name, command in (("ours", _command(path, out)), ("baseline", baseline)):
        run = once(command)
        if run.code:
            print(f"{world:<10} {len(made.rows):>9} {name:<9} exit code {run.code}")
            return
        recall, precision = _score(out, truth)
        harmonic = 2 * recall * precision / (recall + precision) if recall + precision else 0
        cpu.append(run.cpu)
        line = f"{world:<10} {len(made.rows):>9} {name:<9} {recall:7.3f} {precision:9.3f} {harmonic:6.3f}"
        print(f"{line} {run.cpu:8.1f} {run.megabytes:6.0f}", flush=True)
    print(f"{'':<31}ratio of CPU baseline / ours: {cpu[1] / cpu[0]:.1f}")


def _score(out: Path, truth: set[tuple[str, ...]]) -> tuple[float, float]:
    with out.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        found = {tuple(sorted((r["id_a"], r["id_b"]))) for r in rows if r["verdict"] in ("same", "likely")}
    hits = len(found & truth)
    return hits / max(1, len(truth)), hits / max(1, len(found))


def _hint() -> None:
    """CPU of one hint for a new proposal among 900 of its kecamatan and the two beside it."""
    from mufakat.engines.duplicates import Index, Proposal

    made = generate(world="gresik", rows=900, seed=7)
    proposals = [Proposal(*row) for row in made.rows]
    index = Index(adjacency=made.adjacency)
    for proposal in proposals:
        index.add(proposal)
    spent = []
    for proposal in proposals:
        started = time.process_time_ns()
        index.near(proposal)
        spent.append((time.process_time_ns() - started) / 1e6)
    print(f"a hint while typing, {len(proposals)} held: median {statistics.median(spent):.2f} ms CPU, "
          f"95 of 100 within {statistics.quantiles(spent, n=20)[-1]:.2f} ms")  # fmt: skip


def _labelled() -> None:
    """Recall and precision on pairs labelled by hand after real rows: one half set the threshold, one was held back."""
    from mufakat.engines.duplicates import Proposal, find_pairs

    with Path(__file__).with_name("duplicates_labels.csv").open(encoding="utf-8", newline="") as handle:
        labels = list(csv.DictReader(handle))
    scored = []
    for row in labels:
        sides = [Proposal(side, "K", row[f"desa_{side}"], row[f"text_{side}"]) for side in "ab"]
        pairs = find_pairs(proposals=sides)
        scored.append((row["label"] == "same", pairs[0].score if pairs else 0))
    for name, part in (("set the threshold", scored[0::2]), ("held back", scored[1::2])):
        shown = []
        for threshold in (60, 65, 70, 75, 80, 85):
            hits = sum(same and score >= threshold for same, score in part)
            found = sum(score >= threshold for _, score in part)
            truth = sum(same for same, _ in part)
            shown.append(f"{threshold}: {hits / truth:.2f}/{hits / found if found else 1:.2f}")
        print(f"labelled pairs, {name} (threshold: recall/precision): " + "  ".join(shown))


def _real(folder: Path) -> None:
    """Pairs found among the real rows, where the data folder is at hand."""
    if not REAL.exists():
        print("real rows: the data folder is not here, not measured")
        return
    path, out = folder / "nyata.csv", folder / "nyata.hasil.csv"
    with REAL.open(encoding="utf-8-sig", newline="") as handle, path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(("id", "kecamatan", "desa", "text"))
        for number, row in enumerate(csv.DictReader(handle), start=1):
            writer.writerow((f"R{number}", row["kecamatan"], row["kelurahan_desa"], f"{row['text']} {row['location']}"))
    subprocess.run([sys.executable, "-m", "mufakat.engines.duplicates", str(path), "--out", str(out)], check=True)
    with out.open(encoding="utf-8", newline="") as handle:
        verdicts = [r["verdict"] for r in csv.DictReader(handle)]
    found = sum(v in ("same", "likely") for v in verdicts)
    print(f"real rows (177): {found} pairs same or likely, {verdicts.count('review')} for review")
