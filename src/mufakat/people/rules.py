"""What a sign-in name, an initial password and the period of an office must be. Free of Django."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mufakat.people.roles import Role

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which are mistaken for one another on paper."""
GROUPS, GROUP = 4, 4


class Capacity(StrEnum):
    """In what capacity an official acts (rule 113); definitive is said by saying nothing."""

    DEFINITIVE = ""
    PLT = "Plt."
    PLH = "Plh."
    PJ = "Pj."
    ON_BEHALF = "a.n."


UNIQUE = frozenset({Role.CAMAT, Role.KEPALA_DESA})
"""Offices that one person at a time holds definitively."""


class PostFault(StrEnum):
    """What is wrong with an office's period or words."""

    NO_AGENCY = "Tuliskan perangkat daerah yang diwakili jabatan ini."
    AGENCY = "Hanya jabatan perangkat daerah yang menyebut nama perangkat daerah. Kosongkan isiannya."
    ENDS_FIRST = "Tanggal berakhir mendahului tanggal mulai. Perbaiki salah satunya."
    NO_END = "Jabatan Plt., Plh., Pj., atau a.n. memerlukan tanggal berakhir. Isi tanggalnya menurut surat tugas."
    ENDED = "Masa jabatan ini sudah lewat. Isi tanggal berakhir hari ini atau sesudahnya."


@dataclass(frozen=True, slots=True)
class Post:
    """An office to be given: what, where, in which capacity, from when to when (both days included)."""

    role: Role
    region: str
    starts_on: date
    ends_on: date | None = None
    capacity: Capacity = Capacity.DEFINITIVE
    agency: str = ""


def post_fault(post: Post, *, today: date) -> PostFault | None:
    """The first thing that is wrong with a post, or None."""
    has_agency = bool(post.agency.strip())
    if has_agency != (post.role is Role.OPD):
        return PostFault.AGENCY if has_agency else PostFault.NO_AGENCY
    if post.ends_on is None:
        return None if post.capacity is Capacity.DEFINITIVE else PostFault.NO_END
    if post.ends_on < post.starts_on:
        return PostFault.ENDS_FIRST
    return PostFault.ENDED if post.ends_on < today else None


def is_end_possible(*, starts_on: date, ends_on: date, today: date) -> bool:
    """An office may end yesterday at the earliest: what was done in it before stays done in office."""
    return ends_on >= max(starts_on, today - timedelta(days=1))


def is_username(text: str) -> bool:
    """Three to sixty small letters, digits, dots, dashes, underscores."""
    return USERNAME.fullmatch(text) is not None


def initial_password() -> str:
    """A password to be typed from paper once: four groups of four, about 79 bits of chance."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def recovery_code() -> str:
    """A code for the day the telephone is lost: three groups of four, about 59 bits of chance."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(3))
