"""A problem that cannot be read, and a name that is not in it."""

from __future__ import annotations

from mufakat.core.errors import MufakatError
from mufakat.core.faults import FaultyInput


class ProblemFaulty(FaultyInput):
    """The problem has faults."""

    code = "soal_jadwal_keliru"
    subject = "Soal jadwal"


class NotInProblem(MufakatError):
    """A forum, team or day was named that the problem does not have."""

    code = "tidak_ada_dalam_soal"
