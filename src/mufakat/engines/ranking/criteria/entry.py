"""What other parts of the program call: a problem ranked and explained, or laid out once for weights that move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mufakat.engines.ranking.criteria.answer import Tell, answer, silent, weighed
from mufakat.engines.ranking.criteria.levels import counted_grid
from mufakat.engines.ranking.criteria.listing import Chooser
from mufakat.engines.ranking.criteria.problem import Problem
from mufakat.engines.ranking.criteria.reading import read_problem
from mufakat.engines.ranking.criteria.table import Table


def rank(problem: Mapping[str, object] | Problem, *, tell: Tell = silent) -> dict[str, Any]:
    """The result of a problem, as in docs/reference/ranking-result.schema.json.

    A mapping is read as a problem file is (docs/reference/ranking.md); numbers may be int, Decimal-like text or float.
    `"details": False` leaves out stability, prices of floors and sufficient values: what a page needs at once.
    Pure: the same problem gives the same result. Raises CriteriaFaulty with a sentence per fault.
    """
    return answer(problem if isinstance(problem, Problem) else read_problem(problem)[0], tell)


@dataclass(frozen=True, slots=True)
class Move:
    """The order under moved weights: ids best first, rounded scores in 10^-digits by id, ids on the list in order.

    `floors_met` is False when no list meets the floors; then `chosen` is the plain walk under the pagu.
    """

    order: tuple[str, ...]
    units: Mapping[str, int]
    chosen: tuple[str, ...]
    floors_met: bool


class Weighing:
    """A problem laid out once; `under` answers at the speed of a slider (2,000 proposals with floors: hundredths of a
    second). The answers equal those of `rank` with the same weights in the file."""

    def __init__(self, problem: Mapping[str, object] | Problem) -> None:
        asked = problem if isinstance(problem, Problem) else read_problem(problem)[0]
        self.problem, _ = weighed(asked)
        self._table = Table(self.problem, counted_grid(self.problem))
        self._chooser = Chooser(self.problem)
        self._ids = [a.id for a in self.problem.alternatives]

    @property
    def weights(self) -> dict[str, Fraction]:
        """The weights the problem states (or AHP gives), by key of the criterion; multipliers have none."""
        return {self.problem.criteria[j].key: self.problem.criteria[j].weight for j in self._table.summed}

    def under(self, weights: Mapping[str, Fraction | int]) -> Move:
        """Order, scores and list under these weights; those not named stay. Raises KeyError for an unknown key.

        The sum is not checked: while a slider moves it need not be 100; scores stay 0 … 100.
        """
        asked = {**self.weights, **{key: Fraction(weight) for key, weight in weights.items()}}
        if unknown := asked.keys() - self.weights.keys():
            raise KeyError(*sorted(unknown))
        table = self._table.reweighted(asked)
        standing = table.standing(table.weights())
        chosen, met = self._chooser.chosen(standing)
        units = {self._ids[i]: units for i, units in enumerate(standing.units)}
        return Move(tuple(self._ids[i] for i in standing.order), units, tuple(self._ids[i] for i in chosen), met)
