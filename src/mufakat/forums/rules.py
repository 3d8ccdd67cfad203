"""Gates and decisions of a forum from facts alone (domain §8.4, rules 1-6, 46-49, 57-58, 65-70, 73-74).

Every gate answers with what is missing, in order; an empty answer opens it. No database, no clock.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from mufakat.drafting.attendance import FEWEST_DELEGATES, MOST_DELEGATES, women_needed
from mufakat.drafting.labels import DECIDABLE, Reason, Result

INVITATION_DAYS = 7
MOST_NAMES = 24
"""Names in one sentence: a kecamatan has about as many villages; eight hundred numbers say nothing."""
LAST_DAY_OF_RULE = (2, 14)
SHORTEST_FREE_REASON = 20


class Element(StrEnum):
    """Elements that a forum must invite (rule 48)."""

    VILLAGE_HEADS = "kepala_desa_lurah"
    VILLAGE_DELEGATES = "delegasi_desa_kelurahan"
    LKMK = "lkmk_lkmd"
    BPD = "bpd"
    WOMEN = "pkk_perempuan"
    YOUTH = "pemuda"
    DISABILITY = "difabel"
    DPRD = "dprd_dapil"
    BAPPEDA = "bappeda"
    AGENCIES = "opd_upt"
    FORKOPIMCAM = "forkopimcam"
    COMMUNITY = "tokoh_masyarakat"
    OTHER = "lainnya"


REQUIRED_ELEMENTS: tuple[Element, ...] = tuple(e for e in Element if e not in (Element.COMMUNITY, Element.OTHER))


class Agreement(StrEnum):
    """What the participants agree before anything is decided (rule 57)."""

    PRINCIPLES = "prinsip"
    TATA_TERTIB = "tata_tertib"
    CRITERIA = "kriteria"
    GROUPS = "pembagian_kelompok"


class Method(StrEnum):
    """How a decision was reached (domain §2.10)."""

    CONSENSUS = "musyawarah_mufakat"
    ACCLAMATION = "aklamasi"
    VOTE = "pemungutan_suara"


REASONED: frozenset[Result] = frozenset(DECIDABLE) - {Result.DISEPAKATI}
"""Results that need a reason (rules 38, 81)."""


class Obstacle(StrEnum):
    """What keeps a gate closed."""

    SK_NUMBER = "SK Tim Penyelenggara belum bernomor dan bertanggal"
    SK_CHAIR = "Tim Penyelenggara belum memiliki ketua"
    AGENDA = "Susunan acara belum ada"
    INVITATIONS = "Undangan belum dicatat"
    ELEMENTS = "Unsur wajib belum diundang"
    VILLAGES = "Desa atau kelurahan belum mengajukan dan belum dikecualikan"
    ATTENDANCE_SHEET = "Daftar hadir belum dibuka"
    AGREEMENTS = "Kesepakatan awal belum dicatat"
    UNDECIDED = "Usulan belum memiliki hasil"
    OBJECTIONS = "Keberatan belum dijawab"
    CONFIRMATIONS = "Delegasi desa atau kelurahan belum memeriksa daftarnya"
    RANKS = "Urutan prioritas belum berurutan 1 sampai akhir"
    REASONS = "Alasan belum lengkap"
    PAGU = "Nilai yang disepakati melebihi pagu"
    DELEGATES_NUMBER = "Jumlah delegasi terpilih di luar batas"
    DELEGATES_WOMEN = "Delegasi perempuan kurang"
    DELEGATES_ABSENT = "Delegasi tidak tercatat hadir"
    ATTENDANCE = "Daftar hadir masih kosong"
    CHAIR = "Pimpinan sidang belum ditetapkan"
    SIGNED_SCAN = "Pindaian bertanda tangan belum dilampirkan"


IN_ENGLISH: Mapping[Obstacle, str] = {
    Obstacle.SK_NUMBER: "The decree on the organising team has no number and date yet",
    Obstacle.SK_CHAIR: "The organising team has no head yet",
    Obstacle.AGENDA: "There is no agenda yet",
    Obstacle.INVITATIONS: "The invitations are not recorded yet",
    Obstacle.ELEMENTS: "Required groups are not invited yet",
    Obstacle.VILLAGES: "Villages have neither submitted nor been excused",
    Obstacle.ATTENDANCE_SHEET: "The attendance list is not open yet",
    Obstacle.AGREEMENTS: "The opening agreements are not recorded yet",
    Obstacle.UNDECIDED: "Proposals have no result yet",
    Obstacle.OBJECTIONS: "Objections are not answered yet",
    Obstacle.CONFIRMATIONS: "Village delegates have not checked their list yet",
    Obstacle.RANKS: "The order of priority does not run from 1 to the end",
    Obstacle.REASONS: "Reasons are missing",
    Obstacle.PAGU: "The agreed value exceeds the budget ceiling",
    Obstacle.DELEGATES_NUMBER: "The number of elected delegates is outside the limits",
    Obstacle.DELEGATES_WOMEN: "There are too few women among the delegates",
    Obstacle.DELEGATES_ABSENT: "Delegates are not on the attendance list",
    Obstacle.ATTENDANCE: "The attendance list is still empty",
    Obstacle.CHAIR: "The session has no chair yet",
    Obstacle.SIGNED_SCAN: "The signed scan is not attached yet",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that keeps a gate closed, with the names it concerns."""

    obstacle: Obstacle
    names: tuple[str, ...] = ()

    def sentence(self) -> str:
        """One clause for the screen: the obstacle and, where there are any, the names; of very many the first."""
        return self._with_names(str(self.obstacle), "dan {} lain")

    def sentence_en(self) -> str:
        """The same clause in English; names stay as they are."""
        return self._with_names(IN_ENGLISH[self.obstacle], "and {} more")

    def _with_names(self, words: str, more: str) -> str:
        if not self.names:
            return words
        shown = list(self.names[:MOST_NAMES])
        if len(self.names) > MOST_NAMES:
            shown.append(more.format(len(self.names) - MOST_NAMES))
        return f"{words}: {', '.join(shown)}"


def _missing(checks: Mapping[Obstacle, bool | Sequence[str]]) -> tuple[Missing, ...]:
    """Turn obstacle → (is it there? or the names concerned) into answers."""
    return tuple(
        Missing(obstacle, () if isinstance(found, bool) else tuple(found))
        for obstacle, found in checks.items()
        if found
    )


# Schedule


def year_fault(*, day: date, plan_year: int) -> bool:
    """Whether a forum date lies outside year n-1 (rule 1)."""
    return day.year != plan_year - 1


def is_late(*, day: date) -> bool:
    """Whether a date is after week 2 of February, which is accepted with a warning (rule 5; Permendagri 86/2017)."""
    return day > date(day.year, *LAST_DAY_OF_RULE)


def is_after_regency_forum(*, day: date, regency_day: date | None) -> bool:
    """Whether a date would fall after the musrenbang kabupaten, which is refused (rule 6)."""
    return regency_day is not None and day > regency_day


def is_invited_late(*, invited_on: date, day: date) -> bool:
    """Whether invitations went out less than seven days before; a lasting warning (rule 47)."""
    return day - invited_on < timedelta(days=INVITATION_DAYS)


# Preparation


@dataclass(frozen=True, slots=True)
class Preparation:
    """What has been prepared; names are of villages as the screen shows them."""

    sk_number: str
    sk_date: date | None
    chairs: int
    agenda_items: int
    invited: Collection[Element]
    villages_waiting: Sequence[str]
    """Neither submitted nor excused."""
    override_reason: str = ""


def missing_for_ready(*, facts: Preparation, labels: Mapping[Element, str]) -> tuple[Missing, ...]:
    """What keeps a forum from being ready: SK, ketua, agenda, invitations, elements, villages (rules 46, 48, 49).

    Villages that have not submitted are named; a recorded reason lets the forum start without them.
    """
    uninvited = [labels[e] for e in REQUIRED_ELEMENTS if e not in facts.invited]
    return _missing(
        {
            Obstacle.SK_NUMBER: not (facts.sk_number.strip() and facts.sk_date),
            Obstacle.SK_CHAIR: facts.chairs < 1,
            Obstacle.AGENDA: facts.agenda_items < 1,
            Obstacle.INVITATIONS: not facts.invited,
            Obstacle.ELEMENTS: uninvited if facts.invited else False,
            Obstacle.VILLAGES: [] if facts.override_reason.strip() else facts.villages_waiting,
        }
    )


def agenda_times(*, starts: time, minutes: Sequence[int]) -> tuple[time, ...]:
    """When each session begins, and last when the day ends, from the durations alone (rule 56)."""
    at, times = datetime.combine(date.min, starts), []
    for length in minutes:
        times.append(at.time())
        at += timedelta(minutes=length)
    return (*times, at.time())


def overrun(*, ends: time, planned: time) -> int:
    """Minutes by which the planned end passes the announced one; 0 where it does not (rule 56)."""
    late = datetime.combine(date.min, planned) - datetime.combine(date.min, ends)
    return max(0, int(late.total_seconds()) // 60)


# The session


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """The session as far as it has come. Names are proposal numbers or villages."""

    agreed: Collection[Agreement]
    undecided: Sequence[str]
    unconfirmed: Sequence[str]
    open_objections: Sequence[str]


def missing_for_decisions(*, agreed: Collection[Agreement], labels: Mapping[Agreement, str]) -> tuple[Missing, ...]:
    """What must be agreed before scoring and decisions open (rule 57)."""
    return _missing({Obstacle.AGREEMENTS: [labels[a] for a in Agreement if a not in agreed]})


def missing_for_plenary(*, facts: SessionFacts, labels: Mapping[Agreement, str]) -> tuple[Missing, ...]:
    """What keeps the plenary from opening: agreements, results, confirmations, objections (rules 57, 58, 69)."""
    return missing_for_decisions(agreed=facts.agreed, labels=labels) + _missing(
        {
            Obstacle.UNDECIDED: facts.undecided,
            Obstacle.CONFIRMATIONS: facts.unconfirmed,
            Obstacle.OBJECTIONS: facts.open_objections,
        }
    )


class DecisionFault(StrEnum):
    """Why a result cannot be recorded as given."""

    REASON_MISSING = "Hasil selain disepakati memerlukan kode alasan. Pilih kode alasannya."
    REASON_SHORT = "Alasan LAIN memerlukan penjelasan paling sedikit 20 huruf. Tuliskan pertimbangannya."
    VALUE_MISSING = "Usulan yang disepakati memerlukan nilai. Isi nilai dalam rupiah bulat, misalnya 150000000."
    VALUE_NEGATIVE = "Nilai tidak boleh kurang dari nol. Isi nilai dalam rupiah bulat."
    AGENCY_MISSING = (
        "Usulan yang disepakati memerlukan satu perangkat daerah penanggung jawab. Pilih perangkat daerahnya."
    )
    VOTE_MISSING = "Pemungutan suara memerlukan jumlah setuju, tidak setuju dan abstain."
    VOTE_TOO_MANY = "Jumlah suara melebihi peserta berhak suara yang hadir. Periksa hitungannya."
    VOTE_LOST = "Suara setuju tidak lebih banyak daripada suara tidak setuju. Catat hasil lain atau ulangi musyawarah."


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes for, against and abstaining (rule 70)."""

    for_: int
    against: int
    abstain: int

    @property
    def total(self) -> int:
        """All votes cast."""
        return self.for_ + self.against + self.abstain


@dataclass(frozen=True, slots=True)
class Verdict:
    """One result as it is about to be recorded; value in whole rupiah."""

    result: Result
    value: int | None
    agency: str
    reason_code: str
    reason: str
    method: Method
    votes: Votes | None = None


def decision_fault(*, verdict: Verdict, voters_present: int) -> DecisionFault | None:
    """The first reason why a result cannot be recorded, or None (rules 37, 38, 69, 70, 81)."""
    return _reason_fault(verdict) or _value_fault(verdict) or _vote_fault(verdict, voters_present)


def _reason_fault(verdict: Verdict) -> DecisionFault | None:
    if verdict.result not in REASONED:
        return None
    if not verdict.reason_code:
        return DecisionFault.REASON_MISSING
    if verdict.reason_code == Reason.LAIN and len(verdict.reason.strip()) < SHORTEST_FREE_REASON:
        return DecisionFault.REASON_SHORT
    return None


def _value_fault(verdict: Verdict) -> DecisionFault | None:
    if verdict.value is not None and verdict.value < 0:
        return DecisionFault.VALUE_NEGATIVE
    if verdict.result is not Result.DISEPAKATI:
        return None
    if verdict.value is None:
        return DecisionFault.VALUE_MISSING
    return None if verdict.agency.strip() else DecisionFault.AGENCY_MISSING


def _vote_fault(verdict: Verdict, voters_present: int) -> DecisionFault | None:
    if verdict.method is not Method.VOTE:
        return None
    votes = verdict.votes
    if votes is None or votes.total == 0:
        return DecisionFault.VOTE_MISSING
    if votes.total > voters_present:
        return DecisionFault.VOTE_TOO_MANY
    return DecisionFault.VOTE_LOST if votes.for_ <= votes.against else None


class BlockFault(StrEnum):
    """Why a named block cannot be decided (rule 69)."""

    NAMELESS = "Blok memerlukan nama yang dibacakan, misalnya “Blok A, usulan tanpa tanggapan”."
    EMPTY = "Blok tidak memuat usulan. Pilih paling sedikit satu usulan yang belum memiliki hasil."
    NOT_READ = "Blok harus dibacakan di hadapan forum sebelum diputuskan. Tandai bahwa blok sudah dibacakan."
    CONTESTED = "Blok memuat usulan yang ditarik dari blok atau masih berkeberatan. Putuskan usulan itu satu per satu."
    DECIDED = "Blok memuat usulan yang sudah memiliki hasil. Keluarkan usulan itu dari blok."


def block_fault(
    *,
    name: str,
    is_read_out: bool,
    members: Collection[str],
    contested: Collection[str],
    decided: Collection[str],
) -> BlockFault | None:
    """Whether uncontested proposals may be decided together: named, read out, open to withdrawal (rule 69)."""
    if not name.strip():
        return BlockFault.NAMELESS
    if not members:
        return BlockFault.EMPTY
    if not is_read_out:
        return BlockFault.NOT_READ
    if set(members) & set(contested):
        return BlockFault.CONTESTED
    return BlockFault.DECIDED if set(members) & set(decided) else None


class CrossVillageFault(StrEnum):
    """Why a cross-village proposal cannot be made in the session (rule 66)."""

    VILLAGES = "Usulan lintas desa/kelurahan memerlukan paling sedikit dua desa atau kelurahan. Pilih desanya."
    INITIATOR = "Usulan lintas desa/kelurahan memerlukan pemrakarsa yang tercatat hadir. Pilih dari daftar hadir."
    FIELDS = "Judul, masalah paling sedikit 20 huruf, lokasi, volume dan satuan wajib diisi."


def cross_village_fault(
    *, villages: Collection[str], is_initiator_present: bool, has_required_fields: bool
) -> CrossVillageFault | None:
    """Whether a proposal of several villages may enter the session's list, or None when it may."""
    if len(set(villages)) < 2:
        return CrossVillageFault.VILLAGES
    if not is_initiator_present:
        return CrossVillageFault.INITIATOR
    return None if has_required_fields else CrossVillageFault.FIELDS


# Attendance


def person_key(*, name: str, origin: str) -> str:
    """Two entries with the same key are the same person and count once (rule 55): name and village, case ignored.

    Titles before and after the name do not make another person; namesakes of other villages do.
    """
    words = name.split(",")[0].casefold().replace(".", " ").split()
    bare = [w for w in words if w not in {"h", "hj", "drs", "dra", "ir", "dr", "bpk", "bapak", "ibu", "kh", "ust"}]
    return " ".join(bare or words) + "|" + " ".join(origin.casefold().split())


# Speaking

FEWEST_TURNS = 8
"""Before so many turns a share says nothing: of three turns one is a third."""
SPEAKING_LIMITS = (10, 100)


def share_percent(count: int, total: int) -> int:
    """A share in whole percent, halves upwards; 0 of nothing."""
    return (200 * count + total) // (2 * total) if total else 0


def dominating(*, turns: Mapping[str, int], limit: int) -> tuple[str, ...]:
    """Parties whose turns are more than `limit` percent of all, most first, then by name (rule 71)."""
    total = sum(turns.values())
    if total < FEWEST_TURNS:
        return ()
    above = [name for name, count in turns.items() if 100 * count > limit * total]
    return tuple(sorted(above, key=lambda name: (-turns[name], name)))


# Notulen


def parted_lines(text: str, parts: int) -> tuple[tuple[str, ...], ...]:
    """Lines of a list as people type it, parts between semicolons, missing ones empty; blank lines are left out."""
    lines = [[part.strip() for part in line.split(";", parts - 1)] for line in text.splitlines() if line.strip()]
    return tuple((*line, *[""] * (parts - len(line))) for line in lines)


# Delegates


@dataclass(frozen=True, slots=True)
class DelegationLimits:
    """Cycle settings of rule 73: fewest and most delegates."""

    fewest: int = FEWEST_DELEGATES
    most: int = MOST_DELEGATES


@dataclass(frozen=True, slots=True)
class DelegateFacts:
    """One elected delegate as the rules need it."""

    name: str
    gender: str
    is_present: bool
    has_consent: bool


def missing_for_delegation(
    *, delegates: Sequence[DelegateFacts], limits: DelegationLimits, reason: str
) -> tuple[Missing, ...]:
    """Number, women and presence of the delegates (rules 73, 74).

    A recorded reason opens the gate for number and women, never for absence without consent.
    """
    women = sum(d.gender == "P" for d in delegates)
    excused = bool(reason.strip()) and bool(delegates)
    needed = women_needed(len(delegates))
    is_right = limits.fewest <= len(delegates) <= limits.most
    return _missing(
        {
            Obstacle.DELEGATES_NUMBER: ()
            if is_right or excused
            else (f"{len(delegates)} ({limits.fewest}–{limits.most})",),
            Obstacle.DELEGATES_WOMEN: women < needed and not excused,
            Obstacle.DELEGATES_ABSENT: [d.name for d in delegates if not (d.is_present or d.has_consent)],
        }
    )


# Minutes


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """What the berita acara would hold; values in whole rupiah."""

    ranks: Sequence[int]
    unreasoned: Sequence[str]
    undecided: Sequence[str]
    open_objections: Sequence[str]
    agreed_value: int
    pagu: int | None
    is_pagu_binding: bool
    attendees: int
    has_chair: bool


def missing_for_minutes(*, facts: MinutesFacts) -> tuple[Missing, ...]:
    """What keeps the berita acara from being issued (rules 65, 68, 69, 81; domain §8.2 pleno→ba_final)."""
    over = facts.pagu is not None and facts.is_pagu_binding and facts.agreed_value > facts.pagu
    return _missing(
        {
            Obstacle.UNDECIDED: facts.undecided,
            Obstacle.OBJECTIONS: facts.open_objections,
            Obstacle.RANKS: not is_contiguous(facts.ranks),
            Obstacle.REASONS: facts.unreasoned,
            Obstacle.PAGU: over,
            Obstacle.ATTENDANCE: facts.attendees < 1,
            Obstacle.CHAIR: not facts.has_chair,
        }
    )


def is_contiguous(ranks: Sequence[int]) -> bool:
    """Whether ranks are exactly 1…k, without gap or repeat (rule 65)."""
    return sorted(ranks) == list(range(1, len(ranks) + 1))
