"""Attendance and delegates: sums that agree and remarks the berita acara must carry (rules 54, 55, 73, 74)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mufakat.core.words import number_in_words
from mufakat.drafting.papers import ElementCount

if TYPE_CHECKING:
    from mufakat.drafting.decisions import Session
    from mufakat.drafting.papers import Attendee

FEWEST_DELEGATES, MOST_DELEGATES = 3, 5
UNSTATED = "Unsur lain"


def element_counts(attendees: tuple[Attendee, ...]) -> tuple[ElementCount, ...]:
    """People per element with L and P, in order of first mention; the sum equals the list (rule 54)."""
    counts: dict[str, list[int]] = {}
    for person in attendees:
        pair = counts.setdefault(person.element or UNSTATED, [0, 0])
        pair[person.gender == "P"] += 1
    return tuple(ElementCount(element, male, female) for element, (male, female) in counts.items())


def women_needed(delegates: int) -> int:
    """Fewest women among delegates: 30 percent rounded up, at least one (rule 73)."""
    return max(1, -(-delegates * 3 // 10)) if delegates else 0


def session_notes(session: Session) -> tuple[str, ...]:
    """Remarks on the delegation, each with the recorded reason where there is one."""
    delegates, notes = session.delegates, []
    reason = f" Alasan: {session.delegates_reason}." if session.delegates_reason else ""
    if delegates and not FEWEST_DELEGATES <= len(delegates) <= MOST_DELEGATES:
        notes.append(
            f"Jumlah delegasi {len(delegates)} orang, di luar {FEWEST_DELEGATES} sampai {MOST_DELEGATES}.{reason}"
        )
    women = sum(d.gender == "P" for d in delegates)
    if delegates and women < women_needed(len(delegates)):
        least = women_needed(len(delegates))
        notes.append(
            f"Delegasi perempuan {women} ({number_in_words(women)}) orang, kurang dari {least} orang "
            f"(30 persen, paling sedikit satu).{reason}"
        )
    present = {person.name.casefold() for person in session.attendees}
    absent = [d.name for d in delegates if present and d.name.casefold() not in present]
    if absent:
        notes.append(
            f"Delegasi yang tidak tercantum dalam daftar hadir: {', '.join(absent)}; lampirkan persetujuannya."
        )
    return tuple(notes)
