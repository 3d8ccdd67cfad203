"""Each role's desk: the situation as a heading, the one next step, what waits with its age, the year, the villages.

The number of queries is the same however many proposals there are (pinned in the tests).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from mufakat.core.money import rupiah
from mufakat.cycles.models import Cycle
from mufakat.drafting.labels import RESULT_LABELS, Result
from mufakat.forums import queries as forums
from mufakat.forums.models import Forum
from mufakat.forums.states import CONCLUDED, ForumState
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.portal import standing
from mufakat.portal.year import Dates, Stage, line
from mufakat.prioritisation.village_map import Share
from mufakat.proposals import queries as proposals
from mufakat.proposals.labels import STATES, label_of
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import State
from mufakat.tracking import queries as tracking
from mufakat.ui.dates import told_date
from mufakat.verification.queries import WAITING

SHOWN = 8
VILLAGE = (Role.OPERATOR_DESA, Role.KEPALA_DESA)
PASSED = (State.VERIFIED, State.DISCUSSED, State.AGREED, State.RESERVE, State.NOT_AGREED, State.FORWARDED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: since how many whole days, None where age says nothing; `width` of its bar in 64 parts."""

    title: str
    where: str
    kind: str
    address: str
    value: int | None = None
    days: int | None = None
    width: int = 0


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next, or to look at where nothing waits."""

    title: str
    about: str
    action: str
    address: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What a desk shows. `total` counts everything that waits, `rows` the first of it, most pressing first."""

    heading: str
    step: NextStep
    rows: tuple[Waiting, ...] = ()
    total: int = 0
    rows_title: str = ""
    facts_title: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    """Villages that have submitted nothing, while that still matters."""
    has_ages: bool = False
    """Whether anything that waits has an age."""


@dataclass(frozen=True)
class Setting:
    """Who looks, at which cycle, when; what several parts of a desk need is read once."""

    actor: Actor
    cycle: Cycle
    at: datetime

    @cached_property
    def forums(self) -> list[Forum]:
        """Forums of the cycle in sight, by day."""
        return list(forums.forums_for(self.actor).filter(cycle=self.cycle).exclude(state=ForumState.CANCELLED.value))

    @property
    def forum(self) -> Forum | None:
        """The kecamatan's own forum; for the regency the first."""
        return self.forums[0] if self.forums else None

    @property
    def is_concluded(self) -> bool:
        """Whether every forum in sight is locked."""
        return bool(self.forums) and all(f.standing is ForumState.LOCKED for f in self.forums)

    @cached_property
    def seen(self) -> QuerySet[Proposal]:
        """Proposals of the cycle in sight; of a village's office its own."""
        found = proposals.visible_to(self.actor).filter(cycle=self.cycle)
        return found.filter(village_id=self.actor.region_code) if self.actor.role in VILLAGE else found

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many stand in each state."""
        rows = self.seen.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")
        return dict(rows)

    @cached_property
    def shares(self) -> list[Share]:
        """What each village, or kecamatan, asked and got."""
        return standing.shares(self.cycle, kecamatan=self.actor.kecamatan, kabupaten=self.actor.kabupaten)

    def count(self, *states: State) -> int:
        """How many stand in one of the states."""
        return sum(self.counts.get(s.value, 0) for s in states)

    @property
    def submitted(self) -> int:
        """Submitted proposals in sight."""
        return sum(n for s, n in self.counts.items() if s not in (State.DRAFT.value, State.DELETED.value))


def latest_cycle(actor: Actor) -> Cycle | None:
    """The regency's latest cycle."""
    return Cycle.objects.filter(kabupaten=actor.kabupaten).order_by("-plan_year").first()


def desk(setting: Setting) -> Desk:
    """The desk of an office."""
    role = setting.actor.role
    if role in VILLAGE:
        found = _village(setting)
    elif role is Role.OPD:
        found = _agency(setting)
    elif role is Role.BAPPEDA:
        found = _bappeda(setting)
    elif role is Role.VERIFIKATOR and setting.count(*_waiting_states()):
        found = _verifier(setting)
    elif role is Role.AUDITOR:
        found = _reader(setting)
    else:
        found = _forum(setting)
    has_ages = any(row.days is not None for row in found.rows)
    return replace(found, rows=_measured(found.rows), has_ages=has_ages)


def without_cycle(actor: Actor) -> Desk:
    """The desk before Bappeda has opened a year."""
    if actor.role is Role.BAPPEDA:
        step = NextStep(
            gettext("Buka siklus perencanaan"),
            gettext("Tetapkan tahun, jadwal pengusulan, pagu, dan kamus usulan."),
            gettext("Buka siklus"),
            reverse("cycles:index"),
        )
        return Desk(gettext("Siklus belum dibuka"), step)
    step = NextStep(
        gettext("Menunggu Bappeda membuka siklus"),
        gettext("Setelah siklus dibuka, pekerjaan Anda tampil di halaman ini."),
        gettext("Lihat usulan publik"),
        reverse("portal:index"),
    )
    return Desk(gettext("Siklus belum dibuka"), step)


def waiting_count(actor: Actor) -> int:
    """How many proposals wait for this office, for the figure beside its menu; one query, 0 for other roles."""
    if actor.role is Role.VERIFIKATOR:
        return proposals.visible_to(actor).filter(state__in=WAITING).count()
    if actor.role is Role.OPD:
        return proposals.visible_to(actor).filter(state=State.FORWARDED.value).count()
    if actor.role in VILLAGE:
        own = proposals.visible_to(actor).filter(village_id=actor.region_code)
        return own.filter(state=State.RETURNED.value).count()
    return 0


def year_of(setting: Setting) -> tuple[Stage, ...]:
    """The line of the year with today on it."""
    cycle, days = setting.cycle, [f.day for f in setting.forums]
    dates = Dates(
        plan_year=cycle.plan_year,
        opens=timezone.localdate(cycle.proposals_open_at),
        closes=timezone.localdate(cycle.proposals_close_at),
        returned_until=timezone.localdate(cycle.returned_until),
        first_forum=min(days, default=None),
        last_forum=max(days, default=None),
        regency=cycle.regency_forum_day,
        is_locked=setting.is_concluded,
    )
    return line(dates=dates, today=timezone.localdate(setting.at))


def _measured(rows: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """Bars of age against the oldest, at least a week wide, so that a single day does not fill one."""
    longest = max([7, *(row.days or 0 for row in rows)])
    return tuple(replace(row, width=round(64 * (row.days or 0) / longest)) for row in rows)


def _waiting_states() -> tuple[State, ...]:
    return tuple(State(s) for s in WAITING)


def _days(since: datetime | None, at: datetime) -> int | None:
    return None if since is None else max(0, (at - since).days)


def _of(proposal: Proposal, kind: str, address: str, at: datetime) -> Waiting:
    days = _days(proposal.changed_at, at)
    return Waiting(proposal.title, proposal.place_label, kind, address, proposal.value_requested, days)


def _about(row: Waiting) -> str:
    """What stands under the title of the next step: where, how much, since when."""
    parts = [row.where, rupiah(row.value) if row.value is not None else ""]
    if row.days:
        parts.append(ngettext("menunggu %(n)s hari", "menunggu %(n)s hari", row.days) % {"n": row.days})
    return " · ".join(part for part in parts if part)


def _verifier(setting: Setting) -> Desk:
    waiting = setting.count(*_waiting_states())
    found = setting.seen.filter(state__in=WAITING).order_by("changed_at", "number")[:SHOWN]
    kinds = {State.SUBMITTED: gettext("Menunggu diperiksa"), State.IN_VERIFICATION: gettext("Sedang diperiksa")}
    rows = tuple(_of(p, kinds[p.standing], reverse("verification:case", args=[p.pk]), setting.at) for p in found)
    heading = ngettext("%(n)s usulan menunggu Anda", "%(n)s usulan menunggu Anda", waiting) % {"n": waiting}
    step = NextStep(rows[0].title, _about(rows[0]), gettext("Periksa usulan ini"), rows[0].address)
    return Desk(heading, step, rows, waiting, gettext("Menunggu Anda"), *_towards_forum(setting))


def _towards_forum(setting: Setting) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """How far the kecamatan's list is before its forum, and which villages are still missing."""
    passed, all_of_them = setting.count(*PASSED), setting.submitted
    facts = (
        (gettext("Lolos ke daftar forum"), gettext("%(n)s dari %(all)s") % {"n": passed, "all": all_of_them}),
        (gettext("Menunggu pemeriksaan"), str(setting.count(*_waiting_states()))),
        (gettext("Dikembalikan ke desa/kelurahan"), str(setting.count(State.RETURNED))),
        (gettext("Tidak layak, beralasan"), str(setting.count(State.NOT_ELIGIBLE))),
        (gettext("Dialihkan ke desa"), str(setting.count(State.TO_VILLAGE))),
    )
    missing = tuple(s.region.label for s in setting.shares if not s.asked)
    return gettext("Menuju forum"), facts, missing


def _village(setting: Setting) -> Desk:
    returned, drafts = setting.count(State.RETURNED), setting.count(State.DRAFT)
    found = setting.seen.filter(state__in=[State.RETURNED.value, State.DRAFT.value])
    # "DIKEMBALIKAN" before "DRAF": what was sent back first.
    listed = found.order_by("state", "changed_at", "pk")[:SHOWN]
    rows = tuple(_of(p, _kind(p), reverse("proposals:edit", args=[p.pk]), setting.at) for p in listed)
    facts = tuple(
        (gettext(STATES[s]), str(setting.count(s))) for s in State if s is not State.DELETED and setting.count(s)
    )
    title = gettext("Menunggu Anda") if rows else gettext("Usulan desa/kelurahan Anda")
    step = _village_step(setting, rows)
    heading = _village_heading(setting, returned, drafts)
    total = returned + drafts if rows else setting.submitted
    listed_rows = rows or _own(setting)
    return Desk(heading, step, listed_rows, total, title, gettext("Menurut keadaan"), facts)


def _own(setting: Setting) -> tuple[Waiting, ...]:
    """The village's own proposals with where they stand, when nothing waits for it."""
    found = setting.seen.filter(number__isnull=False).order_by("number")[:SHOWN]
    return tuple(
        Waiting(
            p.title,
            gettext("Nomor %(number)s") % {"number": p.number},
            gettext(label_of(p.state, p.reason_code)),
            reverse("tracking:item", args=[p.pk]),
            p.value_agreed if p.value_agreed is not None else p.value_requested,
        )
        for p in found
    )


def _kind(proposal: Proposal) -> str:
    if proposal.standing is State.RETURNED:
        return proposal.reason or gettext("Dikembalikan untuk dilengkapi")
    return gettext("Draf belum diajukan")


def _village_heading(setting: Setting, returned: int, drafts: int) -> str:
    parts = []
    if returned:
        parts.append(ngettext("%(n)s usulan dikembalikan", "%(n)s usulan dikembalikan", returned) % {"n": returned})
    if drafts:
        parts.append(ngettext("%(n)s draf belum diajukan", "%(n)s draf belum diajukan", drafts) % {"n": drafts})
    if parts:
        return ", ".join(parts)
    n = setting.submitted
    return ngettext("%(n)s usulan Anda sudah diajukan", "%(n)s usulan Anda sudah diajukan", n) % {"n": n}


def _village_step(setting: Setting, rows: tuple[Waiting, ...]) -> NextStep:
    accepts = setting.cycle.accepts_proposals(setting.at)
    if rows and (accepts or setting.count(State.RETURNED)):
        is_head = setting.actor.role is Role.KEPALA_DESA
        action = gettext("Periksa dan ajukan") if is_head else gettext("Lengkapi usulan ini")
        return NextStep(rows[0].title, f"{rows[0].where} · {rows[0].kind}", action, rows[0].address)
    if accepts:
        return NextStep(
            gettext("Tulis usulan baru"),
            gettext("Pengusulan masih dibuka. Satu hal ditanyakan setiap kali; isian tersimpan sendiri."),
            gettext("Tulis usulan"),
            reverse("proposals:new"),
        )
    if setting.is_concluded:
        return _see_results()
    return NextStep(
        gettext("Ikuti usulan Anda menuju forum"),
        gettext("Pengusulan sudah ditutup. Hasil pemeriksaan dan keputusan forum tampil pada setiap usulan."),
        gettext("Lihat usulan"),
        reverse("tracking:index"),
    )


def _see_results() -> NextStep:
    return NextStep(
        gettext("Lihat hasil forum dan tindak lanjutnya"),
        gettext("Berita Acara sudah dikunci. Setiap usulan tampil sampai pelaksanaannya."),
        gettext("Lihat hasil"),
        reverse("tracking:index"),
    )


def _agency(setting: Setting) -> Desk:
    received = tracking.received_by(setting.actor, setting.cycle, setting.actor.agency)
    waiting = received.filter(state=State.FORWARDED.value)
    listed = waiting.order_by("hand_overs__received_at", "number")
    rows = tuple(_item_row(item) for item in tracking.items(listed[:SHOWN], at=setting.at))
    n = waiting.count()
    asks = ngettext("%(n)s usulan menunggu jawaban Anda", "%(n)s usulan menunggu jawaban Anda", n) % {"n": n}
    heading = asks if n else gettext("Tidak ada yang menunggu jawaban Anda")
    step = (
        _see_received()
        if not rows
        else NextStep(rows[0].title, _about(rows[0]), gettext("Jawab usulan ini"), rows[0].address)
    )
    facts = (
        (gettext("Diterima"), str(received.count())),
        (gettext("Menunggu jawaban"), str(n)),
        (
            gettext("Diakomodir"),
            str(setting.count(State.IN_RENJA, State.IN_RKPD, State.IN_APBD, State.UNDER_WAY, State.DONE)),
        ),
        (gettext("Tidak diakomodir"), str(setting.count(State.NOT_ACCOMMODATED))),
    )
    return Desk(heading, step, rows, n, gettext("Menunggu jawaban Anda"), gettext("Sudah sejauh ini"), facts)


def _item_row(item: tracking.Item) -> Waiting:
    proposal = item.proposal
    address = reverse("tracking:item", args=[proposal.pk])
    where = f"{proposal.place_label}, {proposal.kecamatan.name}"
    return Waiting(proposal.title, where, gettext("Belum dijawab"), address, proposal.value_agreed, item.days)


def _see_received() -> NextStep:
    return NextStep(
        gettext("Tidak ada usulan yang menunggu"),
        gettext("Usulan diteruskan kepada Anda saat Berita Acara forum dikunci."),
        gettext("Lihat usulan yang diterima"),
        reverse("tracking:index"),
    )


def _silent(setting: Setting) -> tuple[tuple[Waiting, ...], int]:
    """Agencies that have not answered, the oldest first (rule 90)."""
    tallies = [t for t in tracking.per_agency(setting.actor, setting.cycle, at=setting.at) if t.waiting]
    tallies.sort(key=lambda t: (-(t.oldest_days or 0), -t.waiting, t.agency))
    address = reverse("tracking:agencies")
    rows = tuple(
        Waiting(
            t.agency or gettext("Belum ditetapkan"),
            ngettext("%(n)s usulan diterima", "%(n)s usulan diterima", t.received) % {"n": t.received},
            ngettext("%(n)s belum dijawab", "%(n)s belum dijawab", t.waiting) % {"n": t.waiting},
            f"{address}?{_query(t.agency)}",
            t.waiting_value,
            t.oldest_days,
        )
        for t in tallies[:SHOWN]
    )
    return rows, sum(t.waiting for t in tallies)


def _query(agency: str) -> str:
    return urlencode({"nama": agency})


def _bappeda(setting: Setting) -> Desk:
    rows, silent = _silent(setting)
    step, heading = _bappeda_step(setting, silent)
    facts = _situation(setting)
    return Desk(
        heading, step, rows, silent, gettext("Belum dijawab perangkat daerah"), gettext("Keadaan tahun ini"), facts
    )


def _situation(setting: Setting) -> tuple[tuple[str, str], ...]:
    return (
        (gettext("Usulan diajukan"), str(setting.submitted)),
        (gettext("Lolos pemeriksaan"), str(setting.submitted - setting.count(*NOT_PASSED))),
        (gettext("Forum dijadwalkan"), str(len(setting.forums))),
        (gettext("Berita Acara dikunci"), str(sum(f.standing is ForumState.LOCKED for f in setting.forums))),
    )


NOT_PASSED = (
    State.SUBMITTED, State.IN_VERIFICATION, State.RETURNED, State.LAPSED, State.WITHDRAWN, State.NOT_ELIGIBLE,
)  # fmt: skip


def _bappeda_step(setting: Setting, silent: int) -> tuple[NextStep, str]:
    if not setting.cycle.pagus.exists():
        step = NextStep(
            gettext("Umumkan pagu kecamatan"),
            gettext("Tanpa pagu, papan prioritas tidak dapat menarik garisnya."),
            gettext("Tetapkan pagu"),
            reverse("cycles:index"),
        )
        return step, gettext("Pagu belum diumumkan")
    if not setting.forums:
        step = NextStep(
            gettext("Jadwalkan forum kecamatan"),
            gettext("Tanggal, tempat, dan Tim Pemandu ditetapkan Bappeda."),
            gettext("Jadwalkan forum"),
            reverse("forums:schedule"),
        )
        return step, gettext("Forum belum dijadwalkan")
    if silent:
        n = silent
        heading = ngettext(
            "%(n)s usulan belum dijawab perangkat daerah", "%(n)s usulan belum dijawab perangkat daerah", n
        ) % {"n": n}
        step = NextStep(
            gettext("Ingatkan perangkat daerah yang belum menjawab"),
            gettext("Setiap usulan yang diterima harus dijawab: diakomodir, atau tidak dengan alasan."),
            gettext("Lihat per perangkat daerah"),
            reverse("tracking:agencies"),
        )
        return step, heading
    return _watch_forum(setting), _regency_heading(setting)


def _regency_heading(setting: Setting) -> str:
    n = setting.submitted
    return ngettext("%(n)s usulan diajukan tahun ini", "%(n)s usulan diajukan tahun ini", n) % {"n": n}


def _watch_forum(setting: Setting) -> NextStep:
    waiting = [f for f in setting.forums if f.standing is not ForumState.LOCKED]
    if not waiting:
        return _see_results()
    first = waiting[0]
    return NextStep(
        gettext("Forum Kecamatan %(name)s") % {"name": first.kecamatan.name},
        _when(first),
        gettext("Buka forum"),
        reverse("forums:desk", args=[first.pk]),
    )


def _when(forum: Forum) -> str:
    return f"{told_date(forum.day)} · {forum.place}"


def _reader(setting: Setting) -> Desk:
    facts = _situation(setting)
    step = _see_results() if setting.is_concluded else _watch_forum(setting) if setting.forums else _see_all()
    return Desk(_regency_heading(setting), step, (), 0, "", gettext("Keadaan tahun ini"), facts)


def _see_all() -> NextStep:
    return NextStep(
        gettext("Lihat semua usulan"),
        gettext("Setiap usulan tampil dengan keadaan, alasan, dan nilainya."),
        gettext("Lihat usulan"),
        reverse("tracking:index"),
    )


def _forum(setting: Setting) -> Desk:
    forum = setting.forum
    if forum is None:
        step = NextStep(
            gettext("Menunggu Bappeda menjadwalkan forum"),
            gettext("Sementara itu, periksa usulan yang masuk."),
            gettext("Lihat usulan"),
            reverse("proposals:index"),
        )
        return Desk(gettext("Forum belum dijadwalkan"), step, (), 0, "", *_towards_forum(setting))
    if forum.standing is ForumState.LOCKED:
        return _after_lock(setting)
    if forum.standing in (ForumState.IN_SESSION, ForumState.PLENARY, *CONCLUDED):
        return _in_session(setting, forum)
    return _before_session(setting, forum)


def _after_lock(setting: Setting) -> Desk:
    rows, silent = _silent(setting)
    n = silent
    heading = (
        ngettext("%(n)s usulan menunggu jawaban perangkat daerah", "%(n)s usulan menunggu jawaban perangkat daerah", n)
        % {"n": n}
        if n
        else gettext("Berita Acara sudah dikunci")
    )
    agreed = setting.count(*PASSED_ON)
    facts = (
        (gettext("Usulan diajukan"), str(setting.submitted)),
        (gettext("Disepakati dan diteruskan"), str(agreed)),
        (gettext("Diakomodir"), str(setting.count(State.IN_RENJA, State.IN_RKPD, State.IN_APBD))),
        (gettext("Tidak diakomodir"), str(setting.count(State.NOT_ACCOMMODATED))),
        (gettext("Cadangan"), str(setting.count(State.RESERVE))),
    )
    return Desk(
        heading, _see_results(), rows, silent, gettext("Belum dijawab perangkat daerah"), gettext("Hasil forum"), facts
    )


PASSED_ON = (
    State.FORWARDED, State.IN_RENJA, State.IN_RKPD, State.IN_APBD, State.UNDER_WAY, State.DONE, State.NOT_ACCOMMODATED,
)  # fmt: skip


def _in_session(setting: Setting, forum: Forum) -> Desk:
    waiting = forums.undecided(forum)
    n = waiting.count()
    rows = tuple(
        Waiting(
            p.title,
            p.place_label,
            gettext("Belum ada hasil"),
            reverse("forums:item", args=[forum.pk, p.pk]),
            forums.value_in_hand(p),
        )
        for p in waiting[:SHOWN]
    )
    results = dict(forum.decisions.order_by().values("result").annotate(n=Count("pk")).values_list("result", "n"))
    facts = (
        *((gettext(RESULT_LABELS[r]), str(results[r.value])) for r in Result if r.value in results),
        (gettext("Belum ada hasil"), str(n)),
    )
    heading = (
        ngettext("%(n)s usulan belum memiliki hasil", "%(n)s usulan belum memiliki hasil", n) % {"n": n}
        if n
        else gettext("Semua usulan sudah memiliki hasil")
    )
    step = _session_step(setting.actor, forum, rows)
    return Desk(heading, step, rows, n, gettext("Belum memiliki hasil"), gettext("Hasil forum"), facts)


def _session_step(actor: Actor, forum: Forum, rows: tuple[Waiting, ...]) -> NextStep:
    """What a forum under way needs next, by its state."""
    name = forum.kecamatan.name
    if forum.standing is ForumState.MINUTES_ISSUED:
        title, about, action, page = (
            gettext("Unggah Berita Acara yang sudah ditandatangani"),
            gettext("Berita Acara sudah terbit. Pindaian bertanda tangan dilampirkan sebelum dikunci."),
            gettext("Buka Berita Acara"),
            "minutes",
        )
    elif forum.standing is ForumState.SIGNED:
        title, about, action, page = (
            gettext("Kunci Berita Acara"),
            gettext("Sesudah dikunci tidak ada yang dapat diubah; koreksi menjadi versi 2."),
            gettext("Buka Berita Acara"),
            "minutes",
        )
    elif forum.standing is ForumState.PLENARY or not rows:
        title, about, action, page = (
            gettext("Selesaikan pleno dan terbitkan Berita Acara"),
            gettext("Forum Kecamatan %(name)s") % {"name": name},
            gettext("Buka Berita Acara") if forum.standing is ForumState.PLENARY else gettext("Buka sidang"),
            "minutes" if forum.standing is ForumState.PLENARY else "session",
        )
    elif actor.role is Role.NOTULIS:
        title, about, action, page = (
            gettext("Catat kehadiran dan jalannya sidang"),
            gettext("Forum Kecamatan %(name)s sedang berlangsung.") % {"name": name},
            gettext("Buka kehadiran"),
            "attendance",
        )
    else:
        return NextStep(rows[0].title, _about(rows[0]), gettext("Putuskan usulan ini"), rows[0].address)
    return NextStep(title, about, action, reverse(f"forums:{page}", args=[forum.pk]))


def _before_session(setting: Setting, forum: Forum) -> Desk:
    title, facts, missing = _towards_forum(setting)
    waiting = setting.count(*_waiting_states())
    left = (forum.day - timezone.localdate(setting.at)).days
    heading = (
        ngettext("Forum %(n)s hari lagi", "Forum %(n)s hari lagi", left) % {"n": left}
        if left > 0
        else gettext("Forum hari ini")
    )
    if forum.standing is ForumState.POSTPONED:
        heading = gettext("Forum ditunda")
    elif waiting:
        told = ngettext("%(n)s usulan belum diperiksa", "%(n)s usulan belum diperiksa", waiting) % {"n": waiting}
        heading = f"{heading}, {told}"
    page = "preparation" if forum.standing in (ForumState.SCHEDULED, ForumState.PREPARING) else "desk"
    step = NextStep(
        _before_title(forum, setting.actor),
        _when(forum),
        gettext("Buka persiapan") if page == "preparation" else gettext("Buka forum"),
        reverse(f"forums:{page}", args=[forum.pk]),
    )
    found = setting.seen.filter(state__in=WAITING).order_by("changed_at", "number")[:SHOWN]
    rows = tuple(
        _of(p, gettext("Menunggu verifikator"), reverse("tracking:item", args=[p.pk]), setting.at) for p in found
    )
    return Desk(heading, step, rows, waiting, gettext("Menunggu pemeriksaan"), title, facts, missing)


def _before_title(forum: Forum, actor: Actor) -> str:
    if forum.standing is ForumState.POSTPONED:
        return gettext("Menunggu tanggal baru dari Bappeda")
    if forum.standing is ForumState.READY:
        if actor.role is Role.NOTULIS:
            return gettext("Siapkan daftar hadir")
        return gettext("Buka daftar hadir dan mulai sidang")
    return gettext("Siapkan forum: SK tim, undangan, daftar usulan")
