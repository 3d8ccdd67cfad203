"""Answers of independent programs, written into tests/**/golden (`make oracle`, in an environment of its own)."""

import json
import signal
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

REAL = HERE.parents[1] / "shared/data/pabulib"
RULES = [
    ("greedy", "cost", "none"), ("greedy", "cardinality", "none"), ("phragmen", "cost", "none"),
    ("mes", "cost", "none"), ("mes", "cardinality", "none"), ("mes", "cost", "add1"), ("mes", "cardinality", "add1"),
    ("mes", "cost", "add1u"), ("mes", "cardinality", "add1u"),
    ("mes", "cost", "add1-unwanted"), ("mes", "cardinality", "add1u-unwanted"),
]  # fmt: skip
SECONDS = 60


def answer(path: str, rule: str, utility: str, completion: str) -> list[str]:
    """Winners of pabutools in exact arithmetic, by id."""
    import pabutools.fractions
    from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
    from pabutools.rules import (
        exhaustion_by_budget_increase,
        greedy_utilitarian_welfare,
        method_of_equal_shares,
        sequential_phragmen,
    )

    pabutools.fractions.FRACTION = "gmpy2"
    instance, profile = parse_pabulib(path)
    sat = {"sat_class": Cost_Sat if utility == "cost" else Cardinality_Sat}
    if rule == "greedy":
        bought = greedy_utilitarian_welfare(instance, profile, **sat)
    elif rule == "phragmen":
        bought = sequential_phragmen(instance, profile)
    elif completion == "none":
        bought = method_of_equal_shares(instance, profile, **sat)
    elif completion.endswith("-unwanted"):
        bought = exhaustion_by_budget_increase(
            instance, profile, method_of_equal_shares, dict(sat), budget_step=profile.num_ballots()
        )
    else:
        bought = method_of_equal_shares(instance, profile, **sat, voter_budget_increment=1)
    if completion.startswith("add1u"):
        bought = greedy_utilitarian_welfare(instance, profile, **sat, initial_budget_allocation=bought)
    return sorted(project.name for project in bought)


def within(seconds: int, path: str, *rule: str) -> list[str] | None:
    """The answer, or None when it takes longer."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        return answer(path, *rule)
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)


def small() -> dict[str, dict[str, list[str]]]:
    """Answers for 150 generated elections."""
    from tests.engines.ranking.elections import election

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(150):
            path = Path(folder) / "e.pb"
            path.write_text(election(seed), encoding="utf-8")
            found[str(seed)] = {"|".join(rule): answer(str(path), *rule) for rule in RULES}
    return found


def criteria() -> dict[str, dict[str, list[float]]]:
    """TOPSIS, VIKOR and additive scores of pymcdm for generated tables of eight criteria, two of them costs."""
    import numpy as np
    from pymcdm import normalizations
    from pymcdm.methods import TOPSIS, VIKOR, WSM
    from tests.engines.ranking.tables import COSTS, WEIGHTS, table

    kinds = np.where(COSTS, -1, 1)
    ways = {
        "vector": normalizations.vector_normalization, "minmax": normalizations.minmax_normalization,
        "sum": normalizations.sum_normalization, "max": normalizations.linear_normalization,
    }  # fmt: skip
    found = {}
    for seed in range(40):
        values = np.array(table(seed), float)
        answers = {f"topsis|{name}": TOPSIS(way)(values, WEIGHTS, kinds) for name, way in ways.items()}
        answers |= {f"weighted_sum|{name}": WSM(way)(values, WEIGHTS, kinds) for name, way in ways.items()}
        answers["vikor|none"] = VIKOR()(values, WEIGHTS, kinds)
        found[str(seed)] = {name: [round(float(x), 12) for x in answer] for name, answer in answers.items()}
    return found


def real() -> dict[str, dict[str, list[str]]]:
    """Answers for the real approval elections that are at hand, as far as they come within a minute."""
    found = {}
    for path in sorted(REAL.glob("*.pb"), key=lambda p: p.stat().st_size):
        print(path.name, flush=True)
        if "vote_type;approval" in path.read_text(encoding="utf-8"):
            answers = {"|".join(rule): within(SECONDS, str(path), *rule) for rule in RULES}
            found[path.name] = {name: winners for name, winners in answers.items() if winners is not None}
    return found


def main() -> None:
    """Write every golden file; the real elections only with `--real`, which takes an hour."""
    sys.setrecursionlimit(100_000)
    folder = HERE / "engines/ranking/golden"
    jobs = {"pabutools_small.json": small, "pymcdm.json": criteria}
    if "--real" in sys.argv and REAL.exists():
        jobs["pabutools_real.json"] = real
    for name, job in jobs.items():
        text = json.dumps(job(), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / name).write_text(text + "\n", encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
