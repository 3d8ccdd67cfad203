"""Who may do what to a forum, and why not (domain §8.3). The commands ask; the screens show the answer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from mufakat.core.decision import Decision, no, yes
from mufakat.forums.states import CONCLUDED, DELIBERATION, FROZEN, PREPARATION, ForumState
from mufakat.people.roles import Role

if TYPE_CHECKING:
    from mufakat.forums.models import Forum
    from mufakat.people.actors import Actor


class Refusal(StrEnum):
    """Why not, as the screen says it."""

    ROLE = "Jabatan Anda tidak mengerjakan langkah ini. Masuk dengan jabatan yang berwenang atau mintalah kepadanya."
    OTHER_KECAMATAN = "Forum ini milik kecamatan lain."
    NOT_PREPARING = "Persiapan forum sudah selesai. Perubahan hanya dapat dilakukan sebelum forum dinyatakan siap."
    NOT_IN_SESSION = "Forum tidak sedang berlangsung. Mulai forum lebih dahulu."
    CONCLUDED = (
        "Berita Acara sudah terbit; tidak ada lagi yang dapat diubah. Koreksi dibuat sebagai Berita Acara versi 2."
    )
    SUSPENDED = "Sidang sedang diskors. Lanjutkan sidang lebih dahulu."
    NOT_SUSPENDED = "Sidang tidak sedang diskors."
    CANCELLED = "Forum ini dibatalkan; catatannya hanya dapat dibaca. Bappeda dapat menjadwalkan forum penggantinya."
    NOT_LOCKED = "Koreksi dibuat setelah Berita Acara dikunci."
    NOT_ISSUED = "Berita Acara belum terbit."


STAFF = frozenset({Role.ADMIN_KECAMATAN, Role.CAMAT})
FLOOR = STAFF | {Role.PEMANDU}
DESK = FLOOR | {Role.NOTULIS}
NOTED = (
    ForumState.READY, *DELIBERATION, ForumState.SUSPENDED, ForumState.MINUTES_ISSUED, ForumState.SIGNED,
)  # fmt: skip
"""States in which the notulen may be written."""
VILLAGE = frozenset({Role.OPERATOR_DESA, Role.KEPALA_DESA})


def _of_kecamatan(actor: Actor, forum: Forum, roles: frozenset[Role]) -> Decision:
    if actor.role not in roles:
        return no(Refusal.ROLE)
    return yes() if actor.region_code == forum.kecamatan_id else no(Refusal.OTHER_KECAMATAN)


def _while(decision: Decision, is_open: bool, refusal: Refusal, forum: Forum) -> Decision:
    if not decision or is_open:
        return decision
    return no(_closed(forum) or refusal)


def _closed(forum: Forum) -> Refusal | None:
    """Why nothing goes on in a forum that is over, called off or at rest; None where it is none of these."""
    by_state = {ForumState.SUSPENDED: Refusal.SUSPENDED, ForumState.CANCELLED: Refusal.CANCELLED}
    return Refusal.CONCLUDED if forum.standing in CONCLUDED else by_state.get(forum.standing)


def can_schedule(actor: Actor) -> Decision:
    """Bappeda sets date, hall and Tim Pemandu of every forum."""
    return yes() if actor.role is Role.BAPPEDA else no(Refusal.ROLE)


def can_see(actor: Actor, forum: Forum) -> Decision:
    """Offices of the regency see all forums of their regency, kecamatan and village offices those of their own."""
    code = actor.region_code
    is_near = forum.kecamatan_id.startswith(code) or code.startswith(forum.kecamatan_id)
    return yes() if is_near else no(Refusal.OTHER_KECAMATAN)


def can_prepare(actor: Actor, forum: Forum) -> Decision:
    """SK, team, agenda, invitations, excuses: the kecamatan, before the forum is ready."""
    decision = _of_kecamatan(actor, forum, STAFF)
    return _while(decision, forum.standing in PREPARATION, Refusal.NOT_PREPARING, forum)


def can_open(actor: Actor, forum: Forum) -> Decision:
    """Declare ready, open attendance, start, postpone: the kecamatan."""
    is_open = forum.standing not in FROZEN
    return _while(_of_kecamatan(actor, forum, STAFF), is_open, Refusal.NOT_PREPARING, forum)


def can_record_attendance(actor: Actor, forum: Forum) -> Decision:
    """Attendance: the kecamatan, pemandu and notulis, from ready to the end of the plenary, also while it is suspended."""
    is_open = forum.standing in (ForumState.READY, ForumState.SUSPENDED, *DELIBERATION)
    return _while(_of_kecamatan(actor, forum, DESK), is_open, Refusal.NOT_IN_SESSION, forum)


def can_lead(actor: Actor, forum: Forum) -> Decision:
    """Agreements, decisions, blocks, order, delegates, hall screen: kecamatan and pemandu, while in session."""
    is_open = forum.standing in DELIBERATION
    return _while(_of_kecamatan(actor, forum, FLOOR), is_open, Refusal.NOT_IN_SESSION, forum)


def can_resume(actor: Actor, forum: Forum) -> Decision:
    """Go on with a suspended session: whoever leads it (rule 116)."""
    decision = _of_kecamatan(actor, forum, FLOOR)
    if not decision or forum.standing is ForumState.SUSPENDED:
        return decision
    return no(Refusal.NOT_SUSPENDED)


def can_cancel(actor: Actor, forum: Forum) -> Decision:
    """Bappeda calls a forum off until its berita acara is issued, and may schedule another one (rule 116)."""
    is_open = forum.standing not in FROZEN
    decision = can_schedule(actor)
    return _while(can_see(actor, forum) if decision else decision, is_open, Refusal.CONCLUDED, forum)


def can_log_speaking(actor: Actor, forum: Forum) -> Decision:
    """Who spoke: kecamatan, pemandu and notulis, while in session (rule 71)."""
    is_open = forum.standing in DELIBERATION
    return _while(_of_kecamatan(actor, forum, DESK), is_open, Refusal.NOT_IN_SESSION, forum)


def can_take_notes(actor: Actor, forum: Forum) -> Decision:
    """The notulen: kecamatan, pemandu and notulis, from ready until the berita acara is locked (rule 88)."""
    decision = _of_kecamatan(actor, forum, DESK)
    if not decision or forum.standing in NOTED:
        return decision
    return no(_closed(forum) or Refusal.NOT_IN_SESSION)


def can_divide(actor: Actor, forum: Forum) -> Decision:
    """Groups: the kecamatan and the pemandu, from the preparation until the forum has agreed on them."""
    is_open = forum.standing in (*PREPARATION, ForumState.READY, ForumState.IN_SESSION)
    return _while(_of_kecamatan(actor, forum, FLOOR), is_open, Refusal.NOT_PREPARING, forum)


def can_confirm_list(actor: Actor, forum: Forum, village_code: str) -> Decision:
    """A village confirms its own list; the desk may do it for a delegate in the hall."""
    if actor.role in VILLAGE:
        decision = yes() if actor.region_code == village_code else no(Refusal.OTHER_KECAMATAN)
    else:
        decision = _of_kecamatan(actor, forum, DESK)
    is_open = forum.standing in (ForumState.READY, *DELIBERATION)
    return _while(decision, is_open, Refusal.NOT_IN_SESSION, forum)


def can_withdraw_from_block(actor: Actor, forum: Forum) -> Decision:
    """Any village of the kecamatan may take a proposal out of a block that was read out, and whoever leads (rule 69)."""
    if actor.role not in VILLAGE:
        return can_lead(actor, forum)
    is_here = actor.region_code.startswith(f"{forum.kecamatan_id}.")
    decision = yes() if is_here else no(Refusal.OTHER_KECAMATAN)
    return _while(decision, forum.standing in DELIBERATION, Refusal.NOT_IN_SESSION, forum)


def can_issue(actor: Actor, forum: Forum) -> Decision:
    """The berita acara is issued by the kecamatan from the plenary."""
    is_open = forum.standing is ForumState.PLENARY
    return _while(_of_kecamatan(actor, forum, STAFF), is_open, Refusal.NOT_IN_SESSION, forum)


def can_sign(actor: Actor, forum: Forum) -> Decision:
    """Attach the signed scan, withdraw before it, lock after it: the kecamatan."""
    decision = _of_kecamatan(actor, forum, STAFF)
    if decision and forum.standing is ForumState.LOCKED:
        return no(Refusal.CONCLUDED)
    is_open = forum.standing in (ForumState.MINUTES_ISSUED, ForumState.SIGNED)
    return decision if not decision or is_open else no(Refusal.NOT_ISSUED)


def can_correct(actor: Actor, forum: Forum) -> Decision:
    """After the lock a correction is a new version, made by the kecamatan (rule 86)."""
    decision = _of_kecamatan(actor, forum, STAFF)
    return decision if not decision or forum.standing is ForumState.LOCKED else no(Refusal.NOT_LOCKED)
