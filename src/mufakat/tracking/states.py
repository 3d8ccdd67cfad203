"""The stages after the forum (domain §8.2, rules 90-93) and what may be recorded at each."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """A later stage whose result is recorded with value, reference and date (rule 92)."""

    AGENCY_FORUM = "forum_pd"
    REGENCY_FORUM = "musrenbang_kabupaten"
    RKPD = "rkpd"
    KUA_PPAS = "kua_ppas"
    APBD = "apbd"
    REALISATION = "realisasi"


ORDER: tuple[Stage, ...] = tuple(Stage)


class Outcome(StrEnum):
    """What a stage said about a proposal."""

    ACCOMMODATED = "diakomodir"
    NOT_ACCOMMODATED = "tidak_diakomodir"
    POSTPONED = "ditunda"


def skipped_before(stage: Stage, recorded: frozenset[Stage]) -> tuple[Stage, ...]:
    """Stages before `stage` of which nothing is recorded; a skipped stage stays visible (rule 92)."""
    return tuple(earlier for earlier in ORDER[: ORDER.index(stage)] if earlier not in recorded)
