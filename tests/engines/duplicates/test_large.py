"""Large inputs take the compiled way; it gives the same answer to the bit."""

from benchmarks.duplicates_sets import WORLDS, generate

from mufakat.engines.duplicates.dictionary import shipped
from mufakat.engines.duplicates.model import Proposal
from mufakat.engines.duplicates.pairs import Search
from mufakat.engines.duplicates.table import Columns


def test_the_compiled_way_gives_the_same_lines():
    for world in WORLDS:
        made = generate(world=world, rows=900, seed=5)
        columns = Columns.of([Proposal(*row) for row in made.rows])

        plain = Search(columns, made.adjacency, shipped())
        compiled = Search(columns, made.adjacency, shipped(), large=1)

        assert len(plain.found) > 50
        assert list(compiled.lines()) == list(plain.lines())
