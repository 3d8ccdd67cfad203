"""Criteria to scores to order; budget rules under a pagu; fairness and explanation."""
