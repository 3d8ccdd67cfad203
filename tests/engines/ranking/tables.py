"""Tables of alternatives × criteria, the same for every seed on every machine."""

import random

WEIGHTS = [0.25, 0.2, 0.15, 0.1, 0.1, 0.1, 0.05, 0.05]
COSTS = [False, False, True, False, False, True, False, False]


def table(seed: int) -> list[list[int]]:
    """3 to 20 rows of 8 whole numbers from 1 to 100."""
    dice = random.Random(seed)
    return [[dice.randint(1, 100) for _ in WEIGHTS] for _ in range(dice.randint(3, 20))]
