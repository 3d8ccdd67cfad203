"""The timetable of all forums of a regency, proved the best.

`read_problem` → `answer_of`; afterwards `explain` and `move`. Heavy machinery is imported when it is called.
"""

from mufakat.core.faults import Fault
from mufakat.engines.timetable.answer import answer_of, placements_of
from mufakat.engines.timetable.faults import NotInProblem, ProblemFaulty
from mufakat.engines.timetable.problem import Placement, Problem
from mufakat.engines.timetable.reading import read_problem, read_with_notices
from mufakat.engines.timetable.replanning import Wish, explain, move, wish_of

__all__ = [
    "Fault",
    "NotInProblem",
    "Placement",
    "Problem",
    "ProblemFaulty",
    "Wish",
    "answer_of",
    "explain",
    "move",
    "placements_of",
    "read_problem",
    "read_with_notices",
    "wish_of",
]
