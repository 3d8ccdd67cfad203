"""Who may move the order, and until when (rules 61, 64, 86)."""

from __future__ import annotations

from enum import StrEnum

from mufakat.core.decision import Decision, no, yes
from mufakat.people.actors import Actor
from mufakat.people.roles import Role

TEAM = (Role.ADMIN_KECAMATAN, Role.CAMAT, Role.PEMANDU)


class Refusal(StrEnum):
    """Why not."""

    ROLE = "Urutan disusun oleh tim kecamatan dan pemandu."
    OTHER_KECAMATAN = "Papan ini milik kecamatan lain."
    FROZEN = "Berita Acara sudah terbit; urutan tidak dapat diubah lagi."


def can_see(actor: Actor, kecamatan: str) -> Decision:
    """Offices of the regency and everybody of the kecamatan see the board."""
    is_near = actor.works_in(kecamatan) or actor.kecamatan == kecamatan
    return yes() if is_near else no(Refusal.OTHER_KECAMATAN)


def can_move(actor: Actor, kecamatan: str, *, is_frozen: bool) -> Decision:
    """Move a proposal on the board of one's own kecamatan until the berita acara is issued."""
    if actor.role not in TEAM:
        return no(Refusal.ROLE)
    if actor.region_code != kecamatan:
        return no(Refusal.OTHER_KECAMATAN)
    return no(Refusal.FROZEN) if is_frozen else yes()
