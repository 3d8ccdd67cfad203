"""An election as two flat arrays, so that one compiled call takes it as it is.

`whole`: a head of HEAD numbers, then per project its cost, its rank in ties, its votes, where its ballots start in `idx`
(one more at the end); per ballot its voters, where its entries start (one more); per entry its project, its amount.
`idx`: per project the ballots that list it, which is where every vote counts one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints = NDArray[np.int64]
HEAD = 8
PROJECTS, BALLOTS, ENTRIES, BUDGET, VOTERS, SCALE = 0, 1, 2, 3, 4, 5
"""Places in the head."""


def size_of(projects: int, ballots: int, entries: int) -> int:
    """How many numbers `whole` has."""
    return HEAD + 4 * projects + 1 + 2 * ballots + 1 + 2 * entries


@dataclass(frozen=True, slots=True)
class Facts:
    """The arrays, and how many projects and ballots they hold."""

    whole: Ints
    idx: NDArray[np.int32]
    projects: int
    ballots: int

    @property
    def votes(self) -> Ints:
        """Voters who list each project."""
        return self.whole[HEAD + 2 * self.projects : HEAD + 3 * self.projects]

    @property
    def ptr(self) -> Ints:
        """Where the ballots of each project start in `idx`, and where they end."""
        return self.whole[HEAD + 3 * self.projects : HEAD + 4 * self.projects + 1]

    def ranked(self, rank: Sequence[int]) -> Facts:
        """The same with other ranks."""
        whole = self.whole.copy()
        whole[HEAD + self.projects : HEAD + 2 * self.projects] = rank
        return Facts(whole, self.idx, self.projects, self.ballots)
