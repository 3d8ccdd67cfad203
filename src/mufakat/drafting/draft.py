"""The draft of one forum as plain data: every proposal with its recommendation and, later, its decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from mufakat.core.errors import MufakatError
from mufakat.drafting.facts import CRITERIA, Criterion
from mufakat.drafting.labels import Result

if TYPE_CHECKING:
    from mufakat.drafting.office import Office
    from mufakat.engines.nomenclature.classify import Ruling
    from mufakat.engines.sheets.model import FileReading, Problem, SheetRow, Village
    from mufakat.regions.rules import Bounds


class WrongUse(MufakatError):
    """An option or a combination of options that cannot mean anything."""

    code = "pemakaian_salah"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the forum is held: official code and names, the province's included (rule 89: local words)."""

    code: str
    kecamatan: str
    kabupaten: str
    provinsi: str
    bounds: Bounds | None = None
    regency_bounds: Bounds | None = None

    @property
    def regency_code(self) -> str:
        """Code of the regency or city, empty when the kecamatan's code is unknown."""
        return self.code.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line or the path in the browser asks for."""

    place: Place
    plan_year: int
    day: date
    at: datetime
    office: Office
    pagu: int | None = None
    stops_at_line: bool = False
    is_example: bool = False
    criteria: tuple[Criterion, ...] = CRITERIA
    """What the provisional order is scored by; weights total 100 (rule 60)."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the rules advise for a proposal; the forum decides."""

    result: Result
    reason_code: str
    reason: str
    rank: int | None
    value: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One proposal row of the sheets, in its whole state. `number` counts all rows, 1…N, in order of reading."""

    number: int
    row: SheetRow
    ruling: Ruling | None
    """None when the row cannot be used."""
    score: Decimal
    coverage: Decimal
    """Weight of the criteria that had facts, 0.00-100.00."""
    levels: tuple[tuple[str, int], ...]
    recommended: Recommendation
    result: Result
    reason_code: str
    reason: str
    rank: int | None
    value: int | None
    """Agreed value once decided, else the requested one; whole rupiah."""
    agency: str
    order: int | None = None
    """Place in the provisional order, reserves included; None for what is not ordered."""
    duplicates: tuple[int, ...] = ()
    """Numbers of proposals it repeats or resembles."""
    villages: tuple[str, ...] = ()
    """Villages it reaches."""
    warnings: tuple[str, ...] = ()

    @property
    def village_name(self) -> str:
        """Name of the proposing village; what the sheet says when it could not be resolved."""
        return self.row.village.name if self.row.village else self.row.village_text

    @property
    def is_agreed(self) -> bool:
        """Whether it counts against the pagu."""
        return self.result is Result.DISEPAKATI


@dataclass(frozen=True, slots=True)
class Draft:
    """All proposals of the forum in order of number, with what reading and deciding found."""

    options: Options
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    files: tuple[FileReading, ...]
    villages: tuple[Village, ...]
    villages_from_sheets: bool
    is_decided: bool = False
    """The forum's decisions are complete: the berita acara may be final."""
    findings: tuple[str, ...] = ()
    """Remarks on the whole, in finished sentences."""

    @property
    def agreed(self) -> tuple[Entry, ...]:
        """Agreed proposals in order of rank."""
        return tuple(sorted((e for e in self.entries if e.is_agreed), key=lambda e: e.rank or 0))

    def with_result(self, *results: Result) -> tuple[Entry, ...]:
        """Proposals with one of the results, in order of number."""
        return tuple(e for e in self.entries if e.result in results)
