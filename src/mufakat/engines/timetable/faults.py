"""A problem that cannot be read, with every fault located."""

from __future__ import annotations

from dataclasses import dataclass

from mufakat.core.errors import MufakatError

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` is a place in the file ("forums[3].preference"), `what` is wrong, `todo` says what to do.

    A notice (`is_fatal` false) does not keep the problem from being solved.
    """

    where: str
    what: str
    todo: str
    is_fatal: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.todo}"


class ProblemFaulty(MufakatError):
    """The problem has faults; `faults` holds all of them, in the order of the file."""

    code = "soal_jadwal_keliru"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        lines = [f"- {fault}" for fault in faults[:SHOWN]]
        if len(faults) > SHOWN:
            lines.append(f"- … dan {len(faults) - SHOWN} kesalahan lain.")
        head = f"Soal jadwal belum dapat dihitung: ada {len(faults)} kesalahan. Perbaiki lalu jalankan lagi."
        super().__init__("\n".join([head, *lines]))
        self.faults = faults


class NotInProblem(MufakatError):
    """A forum, team or day was named that the problem does not have."""

    code = "tidak_ada_dalam_soal"
