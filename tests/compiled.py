"""Compile the kernels once, before each worker of a fresh clone would do so for itself: `python -m tests.compiled`."""

from benchmarks.duplicates_sets import WORLDS, generate

from mufakat.engines.duplicates.dictionary import shipped
from mufakat.engines.duplicates.model import Proposal
from mufakat.engines.duplicates.pairs import Search
from mufakat.engines.duplicates.table import Columns
from mufakat.engines.ranking.budget import compiling


def main() -> None:
    """Leave the machine code beside the package, where numba looks for it."""
    compiling.ready()
    made = generate(world=next(iter(WORLDS)), rows=60, seed=1)
    found = Search(Columns.of([Proposal(*row) for row in made.rows]), made.adjacency, shipped(), large=1)
    list(found.lines())


if __name__ == "__main__":
    main()
