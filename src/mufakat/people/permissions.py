"""Who may keep accounts and offices: Bappeda those of its regency, an admin kecamatan those below itself (rule 107)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from mufakat.core.decision import Decision, no, yes
from mufakat.people.actors import Actor
from mufakat.people.roles import LEVELS, Role

FORUM_ROLES = frozenset({Role.VERIFIKATOR, Role.PEMANDU, Role.NOTULIS})
"""Offices of a kecamatan that its admin gives; camat and admin themselves are given by Bappeda."""
VILLAGE_ROLES = frozenset({Role.KEPALA_DESA, Role.OPERATOR_DESA})


class Refusal(StrEnum):
    """Why not, as the screen says it."""

    ROLE = "Akun dan jabatan diatur oleh Bappeda, dan oleh admin kecamatan untuk kecamatannya sendiri."
    BEYOND = "Jabatan ini di luar kewenangan Anda. Mintalah kepada Bappeda."
    SELF = "Akun dan jabatan Anda sendiri diatur oleh pejabat lain. Mintalah kepada Bappeda atau rekan admin."
    LEVEL = "Wilayah ini tidak setingkat dengan jabatannya. Pilih wilayah yang sesuai."


def can_keep_accounts(actor: Actor) -> Decision:
    """Open the pages of accounts and offices."""
    return yes() if actor.role in (Role.BAPPEDA, Role.ADMIN_KECAMATAN) else no(Refusal.ROLE)


def can_appoint(actor: Actor, role: Role, region_code: str) -> Decision:
    """Give, end and hand over an office of `role` in a region; never above or outside the actor's own."""
    if not (decision := can_keep_accounts(actor)):
        return decision
    if region_code.count(".") + 1 != LEVELS[role]:
        return no(Refusal.LEVEL)
    if not actor.works_in(region_code):
        return no(Refusal.BEYOND)
    is_below = actor.role is Role.BAPPEDA or role in FORUM_ROLES | VILLAGE_ROLES
    return yes() if is_below else no(Refusal.BEYOND)


def can_manage(actor: Actor, user_id: UUID, offices: Iterable[tuple[Role, str]]) -> Decision:
    """Reset, hold or release an account: every one of its offices (role, region) must be the actor's to give."""
    if not (decision := can_keep_accounts(actor)):
        return decision
    if user_id == actor.user_id:
        return no(Refusal.SELF)
    held = list(offices)
    is_theirs = bool(held) and all(can_appoint(actor, role, region) for role, region in held)
    return yes() if is_theirs else no(Refusal.BEYOND)
