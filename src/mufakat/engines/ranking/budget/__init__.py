"""Budget rules under a pagu, exact: Equal Shares, Phragmén, greedy and maximum welfare over Pabulib elections."""

from mufakat.engines.ranking.budget.compiling import spent
from mufakat.engines.ranking.budget.election import Election, ElectionFaulty
from mufakat.engines.ranking.budget.outcome import Outcome, Parameters, decide, warm_up
from mufakat.engines.ranking.budget.pabulib import read_election

__all__ = ["Election", "ElectionFaulty", "Outcome", "Parameters", "decide", "read_election", "spent", "warm_up"]
