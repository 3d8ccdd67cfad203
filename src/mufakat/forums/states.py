"""The life of a forum and of a delegate (domain §8.2). Stored values are the Indonesian codes."""

from __future__ import annotations

from enum import StrEnum

from mufakat.core.machine import Machine


class ForumState(StrEnum):
    """Where the forum of one kecamatan stands."""

    SCHEDULED = "dijadwalkan"
    PREPARING = "persiapan"
    READY = "siap"
    IN_SESSION = "berlangsung"
    PLENARY = "pleno"
    SUSPENDED = "diskors"
    MINUTES_ISSUED = "ba_final"
    SIGNED = "ditandatangani"
    LOCKED = "dikunci"
    POSTPONED = "ditunda"
    CANCELLED = "dibatalkan"


class ForumAction(StrEnum):
    """What may happen to a forum."""

    PREPARE = "siapkan"
    DECLARE_READY = "nyatakan_siap"
    START = "mulai"
    OPEN_PLENARY = "buka_pleno"
    BACK_TO_SESSION = "kembali_ke_sidang"
    SUSPEND = "skors"
    RESUME = "lanjutkan"
    ISSUE_MINUTES = "terbitkan_ba"
    WITHDRAW_MINUTES = "tarik_ba"
    SIGN = "tandatangani"
    LOCK = "kunci"
    POSTPONE = "tunda"
    RESCHEDULE = "jadwalkan_ulang"
    CANCEL = "batalkan"


_F, _A = ForumState, ForumAction
FORUM: Machine[ForumState, ForumAction] = Machine(
    {
        (_F.SCHEDULED, _A.PREPARE): _F.PREPARING,
        (_F.SCHEDULED, _A.POSTPONE): _F.POSTPONED,
        (_F.SCHEDULED, _A.CANCEL): _F.CANCELLED,
        (_F.PREPARING, _A.DECLARE_READY): _F.READY,
        (_F.PREPARING, _A.POSTPONE): _F.POSTPONED,
        (_F.PREPARING, _A.CANCEL): _F.CANCELLED,
        (_F.READY, _A.START): _F.IN_SESSION,
        (_F.READY, _A.POSTPONE): _F.POSTPONED,
        (_F.READY, _A.CANCEL): _F.CANCELLED,
        (_F.POSTPONED, _A.RESCHEDULE): _F.SCHEDULED,
        (_F.POSTPONED, _A.CANCEL): _F.CANCELLED,
        (_F.IN_SESSION, _A.OPEN_PLENARY): _F.PLENARY,
        (_F.PLENARY, _A.BACK_TO_SESSION): _F.IN_SESSION,
        # A forum may last several days; what was resumed goes to the plenary anew, through the same gate (rule 116).
        (_F.IN_SESSION, _A.SUSPEND): _F.SUSPENDED,
        (_F.PLENARY, _A.SUSPEND): _F.SUSPENDED,
        (_F.SUSPENDED, _A.RESUME): _F.IN_SESSION,
        (_F.IN_SESSION, _A.CANCEL): _F.CANCELLED,
        (_F.PLENARY, _A.CANCEL): _F.CANCELLED,
        (_F.SUSPENDED, _A.CANCEL): _F.CANCELLED,
        (_F.PLENARY, _A.ISSUE_MINUTES): _F.MINUTES_ISSUED,
        # Before anyone has signed, a fault found on paper sends the forum back; the number is voided with its reason.
        (_F.MINUTES_ISSUED, _A.WITHDRAW_MINUTES): _F.PLENARY,
        (_F.MINUTES_ISSUED, _A.SIGN): _F.SIGNED,
        (_F.SIGNED, _A.LOCK): _F.LOCKED,
    }
)
PREPARATION = (ForumState.SCHEDULED, ForumState.PREPARING)
DELIBERATION = (ForumState.IN_SESSION, ForumState.PLENARY)
CONCLUDED = (ForumState.MINUTES_ISSUED, ForumState.SIGNED, ForumState.LOCKED)
FROZEN = (*CONCLUDED, ForumState.CANCELLED)
"""States in which nothing about the forum's own list changes any more."""


class DelegateState(StrEnum):
    """How far a delegate's mandate is."""

    NOMINATED = "dicalonkan"
    WILLING = "bersedia"
    ELECTED = "terpilih"
    MANDATED = "dimandatkan"
    REPORTED = "melapor"


class DelegateAction(StrEnum):
    """What may happen to a delegate."""

    CONSENT = "menyatakan_bersedia"
    ELECT = "pilih"
    MANDATE = "beri_mandat"
    REPORT = "lapor"


DELEGATE: Machine[DelegateState, DelegateAction] = Machine(
    {
        (DelegateState.NOMINATED, DelegateAction.CONSENT): DelegateState.WILLING,
        (DelegateState.WILLING, DelegateAction.ELECT): DelegateState.ELECTED,
        (DelegateState.ELECTED, DelegateAction.MANDATE): DelegateState.MANDATED,
        (DelegateState.MANDATED, DelegateAction.REPORT): DelegateState.REPORTED,
        (DelegateState.REPORTED, DelegateAction.REPORT): DelegateState.REPORTED,
    }
)
