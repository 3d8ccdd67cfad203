"""Equal Shares beside pabutools on real elections, Add1u in steps of one rupiah, and a cold start (CPU seconds, ratios)."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks import measured

HERE = Path(__file__).parent
REAL = HERE.parents[1] / "shared/data/pabulib"
ORACLE = HERE.parent / (".venv-oracle/Scripts/python.exe" if os.name == "nt" else ".venv-oracle/bin/python")
UTILITIES = ("cost", "cardinality")
SMALL = 100_000
"""Bytes up to which a file counts as small."""
LIMIT = 420.0
"""Wall seconds for all elections together; what does not fit is left out and said."""


def main(argv: list[str]) -> int:
    """Elections that are at hand beside pabutools, then what needs no baseline."""
    quick = "--quick" in argv
    elections(60.0 if quick else LIMIT, 200_000 if quick else 2_000_000)
    rupiah(2_000 if quick else 10_000, 100 if quick else 200)
    cold()
    return 0


def elections(limit: float, largest: int) -> None:
    """Engine time and file to certified winners, each as a ratio to pabutools on the same file in the same run."""
    files = sorted(REAL.glob("*.pb"), key=lambda path: path.stat().st_size) if REAL.exists() else []
    files = [path for path in files if b"vote_type;approval" in path.read_bytes()]
    print(f"left out, pabutools taking minutes: {sum(path.stat().st_size > largest for path in files)} files")
    files = [path for path in files if path.stat().st_size <= largest]
    if not files:
        print("no elections at hand: put Pabulib files into shared/data/pabulib beside the checkout")
        return
    if not ORACLE.exists():
        print("pabutools is not installed, so there is nothing to compare with: run `make oracle` once, then again")
        return
    started, left_out, compared = time.monotonic(), 0, list[Compared]()
    with baseline() as ask:
        for path in files:
            if time.monotonic() - started > limit:
                left_out += 1
                continue
            compared.append(Compared(path, measure(path), ask(path)))
            print(compared[-1].line(), flush=True)
    for name, chosen in (
        ("all", compared),
        (f"up to {SMALL // 1000} KB", [c for c in compared if c.size <= SMALL]),
        ("larger", [c for c in compared if c.size > SMALL]),
    ):
        for utility in UTILITIES if chosen else ():
            print(
                f"{name}, Equal Shares {utility}: engine on a laid out election {told([c.engine(utility) for c in chosen])}"
            )
            print(f"    engine, first decision after reading: {told([c.first(utility) for c in chosen])}")
            print(f"    file to certified winners, first run on the file: {told([c.whole(utility) for c in chosen])}")
    speed = [c.size / 1e6 / c.ours["read"] for c in compared]
    print(f"reading: median {statistics.median(speed):,.0f} MB/s, largest {speed[-1]:,.0f} MB/s; left out: {left_out}")


@dataclass(frozen=True)
class Compared:
    """One file, our CPU seconds and those of pabutools in the same run."""

    path: Path
    ours: dict[str, Any]
    theirs: dict[str, Any]

    def __post_init__(self) -> None:
        assert self.ours["winners"] == self.theirs["winners"], self.path.name

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self.path.stat().st_size

    def engine(self, utility: str) -> float:
        """Ratio of the rule alone, the election laid out."""
        return float(self.theirs[utility] / self.ours[utility])

    def first(self, utility: str) -> float:
        """Ratio of the rule alone, applied for the first time to an election just read."""
        return float(self.theirs[utility] / self.ours[f"first {utility}"])

    def whole(self, utility: str) -> float:
        """Ratio of reading and rule."""
        return float((self.theirs["read"] + self.theirs[utility]) / self.ours[f"whole {utility}"])

    def line(self) -> str:
        """Times and ratios of both utilities."""
        parts = [f"{self.path.stem[:44]:<45}{self.size / 1e6:6.3f} MB  pabutools read {self.theirs['read']:.3f} s"]
        for utility in UTILITIES:
            engine, whole = self.ours[utility] * 1e6, self.ours[f"whole {utility}"] * 1e3
            parts.append(
                f"{utility} {self.theirs[utility]:.3f} s, here {engine:,.0f} µs ({self.engine(utility):,.0f}×), "
                f"from the file {whole:.2f} ms ({self.whole(utility):,.0f}×)"
            )
        return "; ".join(parts)


def told(ratios: list[float]) -> str:
    """Median and range."""
    return f"median {statistics.median(ratios):,.0f}× (from {min(ratios):,.0f}× to {max(ratios):,.0f}×, {len(ratios)} files)"


@contextmanager
def baseline() -> Iterator[Callable[[Path], dict[str, Any]]]:
    """pabutools in its own process, answering file by file."""
    script = [str(ORACLE), str(HERE / "baseline_budget.py")]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdout.readline()

        def ask(path: Path) -> dict[str, Any]:
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
            found: dict[str, Any] = json.loads(process.stdout.readline())
            return found

        yield ask
        process.stdin.close()


def measure(path: Path) -> dict[str, Any]:
    """Our times: the whole as the first run on this file per utility, the others as the median of five."""
    from mufakat.engines.ranking.budget import Election, Outcome, Parameters, decide, read_election, warm_up

    def timed(work: Callable[[], Any]) -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    def once(parameters: Parameters) -> Outcome:
        return decide(read_election(path), parameters)

    def again(election: Election, parameters: Parameters) -> float:
        return timed(lambda: decide(election, parameters))

    warm_up(Parameters())
    rules = {utility: Parameters(utility=utility) for utility in UTILITIES}
    found: dict[str, Any] = {f"whole {utility}": timed(lambda p=p: once(p)) for utility, p in rules.items()}  # type: ignore[misc]
    found["read"] = statistics.median(timed(lambda: read_election(path)) for _ in range(5))
    election = read_election(path)
    for utility, parameters in rules.items():
        found[f"first {utility}"] = statistics.median(again(read_election(path), parameters) for _ in range(5))
        found[utility] = statistics.median(again(election, parameters) for _ in range(5))
        assert decide(election, parameters).certified
    found["winners"] = [sorted(election.ids[c] for c in decide(election, p).order) for p in rules.values()]
    return found


def rupiah(voters: int, projects: int) -> None:
    """Add1u with one rupiah per voter and step, costs in millions of rupiah."""
    from mufakat.engines.ranking.budget import Parameters, decide, read_election, warm_up

    for utility in ("cost", "cardinality"):
        parameters = Parameters(utility=utility, completion="add1u", increment=Fraction(1))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rupiah.pb"
            path.write_text(invented(voters, projects), encoding="utf-8")
            warm_up(parameters)
            begun = time.process_time()
            outcome = decide(read_election(path), parameters)
            spent = time.process_time() - begun
        assert outcome.certified
        print(
            f"Add1u in steps of one rupiah, {voters:,} voters × {projects} projects, {utility}: {outcome.steps:,} steps "
            f"in {spent:.2f} CPU s, {len(outcome.order)} projects"
        )


def invented(voters: int, projects: int) -> str:
    """An election of villages that mostly vote for their own projects; the same at every run."""
    dice = random.Random(11)
    costs = [dice.randint(20, 400) * 1_000_000 + dice.randint(0, 999) * 1_000 for _ in range(projects)]
    lines = ["META", "key;value", f"budget;{sum(costs) // 5}", "vote_type;approval", "PROJECTS", "project_id;cost"]
    lines += [f"{c};{cost}" for c, cost in enumerate(costs)] + ["VOTES", "voter_id;vote"]
    for voter in range(voters):
        own = [c for c in range(projects) if c % 20 == voter % 20]
        wanted = dice.sample(own, min(len(own), dice.randint(1, 4))) + dice.sample(range(projects), dice.randint(0, 4))
        lines.append(f"{voter};{','.join(map(str, sorted(set(wanted))))}")
    return "\n".join(lines) + "\n"


def cold() -> None:
    """What a user pays who runs the command once: importing, loading or compiling, and deciding."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.pb"
        path.write_text(invented(500, 40), encoding="utf-8")
        command = [sys.executable, "-m", "mufakat.engines.ranking", "pb", str(path), "--json"]
        kept = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}
        first = _children(command, kept | {"NUMBA_CACHE_DIR": folder})
        later = [_children(command, kept | {"NUMBA_CACHE_DIR": folder}) for _ in range(3)]
    print(
        f"cold start: {first:.2f} CPU s the first time ever (compiling), {statistics.median(later):.2f} CPU s afterwards"
    )
    if ORACLE.exists():
        load = "import pabutools.election, pabutools.rules"
        print(f"pabutools: {measured.median([str(ORACLE), '-c', load], 3).cpu:.2f} CPU s to import")


def _children(command: list[str], environment: dict[str, str]) -> float:
    """CPU seconds of one run of a command."""
    before = os.times()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system
