"""Criteria to scores to an order, explained: weighted sum, points, TOPSIS, VIKOR, Borda; weights by AHP."""

from mufakat.engines.ranking.criteria.entry import Move, Weighing, rank
from mufakat.engines.ranking.criteria.problem import Problem
from mufakat.engines.ranking.criteria.reading import CriteriaFaulty, preset, read_problem

__all__ = ["CriteriaFaulty", "Move", "Problem", "Weighing", "preset", "rank", "read_problem"]
