"""Criteria to scores to an order, explained: weighted sum, points, TOPSIS, VIKOR, Borda; weights by AHP."""

from mufakat.engines.ranking.criteria.problem import Problem
from mufakat.engines.ranking.criteria.reading import CriteriaFaulty, read_problem

__all__ = ["CriteriaFaulty", "Problem", "read_problem"]
