"""What the forum decided, as read back from the worksheet; plain data, no reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from mufakat.drafting.labels import Result
    from mufakat.drafting.papers import Attendee, ChosenClause, Delegate, Material, Objection, Official, Signatory
    from mufakat.engines.sheets.model import Problem


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided row. `result` None means the forum left it open; empty texts mean nothing was written."""

    number: int
    result: Result | None
    rank: int | None
    value: int | None
    reason_code: str = ""
    reason: str = ""
    agency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """What the tabs of the forum day hold; everything may be empty."""

    number: str = ""
    time: str = ""
    place: str = ""
    chair: Official | None = None
    invited: int | None = None
    method: str = ""
    """How decisions were reached: musyawarah mufakat, or a vote."""
    speeches: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    delegates: tuple[Delegate, ...] = ()
    delegates_reason: str = ""
    objections: tuple[Objection, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    clauses: tuple[ChosenClause, ...] = ()
    """Clauses in the order chosen; empty for the usual ones."""
    resumed: tuple[date, ...] = ()
    """Later days on which the session went on (rule 116)."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The whole worksheet: decided rows by proposal number, the session, and located problems."""

    rows: dict[int, Decision]
    session: Session
    problems: tuple[Problem, ...]
    file: str
    sha256: str
