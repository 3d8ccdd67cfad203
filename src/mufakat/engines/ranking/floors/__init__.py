"""What a list must hold besides the best scores: floors and envelopes, met exactly, with their prices and conflicts."""

from mufakat.engines.ranking.floors.demands import Demand, Item, demands_of
from mufakat.engines.ranking.floors.following import Plan, follow
from mufakat.engines.ranking.floors.remedies import prices_of, smallest_conflict

__all__ = ["Demand", "Item", "Plan", "demands_of", "follow", "prices_of", "smallest_conflict"]
