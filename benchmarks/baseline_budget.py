"""pabutools in exact arithmetic on Pabulib files, one answer per line read; runs in the oracle environment only."""

import itertools
import json
import sys
import time


def answer(path: str) -> dict[str, object]:
    """CPU seconds of reading, Equal Shares (cost) and Equal Shares (cardinality), with the winners."""
    from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
    from pabutools.rules import method_of_equal_shares

    marks = [time.process_time()]
    instance, profile = parse_pabulib(path)
    marks.append(time.process_time())
    found = []
    for sat in (Cost_Sat, Cardinality_Sat):
        bought = method_of_equal_shares(instance, profile, sat_class=sat)
        found.append(sorted(project.name for project in bought))
        marks.append(time.process_time())
    spent = [after - before for before, after in itertools.pairwise(marks)]
    return {"read": spent[0], "cost": spent[1], "cardinality": spent[2], "winners": found}


def main() -> None:
    """Answer every path on the standard input."""
    import pabutools.fractions
    import pabutools.rules  # loaded before any clock

    pabutools.fractions.FRACTION = "gmpy2"
    sys.setrecursionlimit(100_000)
    print(json.dumps({"ready": time.process_time()}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(line.strip())), flush=True)


if __name__ == "__main__":
    main()
