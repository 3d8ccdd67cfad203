"""The chain: each line's hash covers the line and the hash before it, so that any change, gap or swap shows."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a regency's chain, as it is hashed."""

    kabupaten: str
    sequence: int
    actor: str
    office: str
    action: str
    subject: str
    facts: str
    at: datetime
    previous: str

    def digest(self) -> str:
        """SHA-256 over all fields in one fixed form."""
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        fields = (self.kabupaten, self.sequence, self.actor, self.office, self.action, self.subject, self.facts, moment)
        content = json.dumps([*fields, self.previous], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()


def facts_text(facts: dict[str, Any]) -> str:
    """Plain facts as JSON in one fixed form."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def personal_digest(*, value: str, key: bytes) -> str:
    """A personal value as it may enter the chain: HMAC-SHA-256 under the person's key; deleting the key erases it."""
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold: the sequence number and what is wrong."""

    sequence: int
    what: str


def breaks(stored: Iterable[tuple[Line, str]], *, head: tuple[int, str] | None) -> tuple[Break, ...]:
    """Every place where lines (with their stored hashes, in order of sequence) do not hold together.

    `head` is the chain's own count and last hash; a tail that was cut off shows there. None means that it is gone.
    """
    found, expected, previous = [], 1, GENESIS
    for line, digest in stored:
        if line.sequence != expected:
            found.append(Break(expected, _gap(expected, line.sequence)))
        elif line.previous != previous:
            found.append(Break(line.sequence, f"baris {line.sequence} tidak menyambung ke baris sebelumnya"))
        if line.digest() != digest:
            found.append(Break(line.sequence, f"baris {line.sequence} berubah"))
        expected, previous = line.sequence + 1, digest
    if head is None and expected > 1:
        found.append(Break(expected, "kepala rantai hilang"))
    elif head and head != (expected - 1, previous):
        found.append(Break(expected, _end(expected, head[0])))
    return tuple(found)


def _gap(expected: int, sequence: int) -> str:
    if sequence < expected:
        return f"baris {sequence} ganda"
    last = sequence - 1
    return f"baris {expected} hilang" if last == expected else f"baris {expected} sampai {last} hilang"


def _end(expected: int, last: int) -> str:
    if last == expected:
        return f"baris {expected} hilang, baris terakhir rantai"
    if last > expected:
        return f"baris {expected} sampai {last} hilang, akhir rantai"
    return f"akhir rantai menurut kepalanya baris {last}, dengan sidik lain"
