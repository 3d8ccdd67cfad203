"""Input that cannot be used, with every fault located."""

from __future__ import annotations

from dataclasses import dataclass

from mufakat.core.errors import MufakatError

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` is a place in the file ("forums[3].preference"), `what` is wrong, `todo` says what to do.

    A notice (`is_fatal` false) does not keep the input from being used.
    """

    where: str
    what: str
    todo: str
    is_fatal: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.todo}"


class FaultyInput(MufakatError):
    """An input has faults; `faults` holds all of them, in the order of the file. `subject` names the input."""

    subject = "Masukan"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        lines = [f"- {fault}" for fault in faults[:SHOWN]]
        if len(faults) > SHOWN:
            lines.append(f"- … dan {len(faults) - SHOWN} kesalahan lain.")
        head = f"{self.subject} belum dapat dihitung: ada {len(faults)} kesalahan. Perbaiki lalu jalankan lagi."
        super().__init__("\n".join([head, *lines]))
        self.faults = faults
