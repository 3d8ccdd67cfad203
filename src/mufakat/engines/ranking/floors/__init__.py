"""What a list must hold besides the best scores: floors and envelopes, met exactly, with their prices and conflicts."""

from mufakat.engines.ranking.floors.demands import Demand, Item, demands_of
from mufakat.engines.ranking.floors.following import Ground, Plan, follow
from mufakat.engines.ranking.floors.remedies import prices_of, smallest_conflict
from mufakat.engines.ranking.floors.sufficing import Enough, enough_for

__all__ = [
    "Demand", "Enough", "Ground", "Item", "Plan", "demands_of", "enough_for", "follow", "prices_of", "smallest_conflict",
]  # fmt: skip
