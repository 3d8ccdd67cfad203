"""What goes in and what comes out: proposals, pairs, evidence, clusters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mufakat.core.errors import MufakatError


class Verdict(StrEnum):
    """How sure the engine is; `same` and `likely` count as found, `review` asks a human."""

    SAME = "same"
    LIKELY = "likely"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One usulan. `kecamatan` and `desa` are codes or names, compared as given apart from case and spacing.

    `rt`, `rw` are texts ("03", "1-3", "V"); when empty they are read from `text`. `lat`, `lon` in WGS84
    degrees.
    `value` in whole rupiah. `year` and `source` (desa, pokir, renja …) never decide; they are told in the
    reasons.
    """

    id: str
    kecamatan: str
    desa: str
    text: str
    rt: str = ""
    rw: str = ""
    lat: float | None = None
    lon: float | None = None
    year: int | None = None
    source: str = ""
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One compared field: what each side says, and the weight of evidence in bits (negative speaks
    against).
    """

    field: str
    a: str
    b: str
    finding: str
    bits: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two proposals that may ask for the same thing; `id_a` comes first in the input. `score` is 0–100."""

    id_a: str
    id_b: str
    score: int
    verdict: Verdict
    reasons: tuple[Reason, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Proposals joined by `same` and `likely` pairs; `head` is the member suggested to carry the others."""

    head: str
    members: tuple[str, ...]


class InputError(MufakatError):
    """The input cannot be read as proposals; the sentence names file, line and remedy."""

    code = "masukan_tidak_terbaca"
