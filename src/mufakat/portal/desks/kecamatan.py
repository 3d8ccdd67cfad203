"""The desks of the kecamatan: verification, the forum before, during and after its day."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from mufakat.drafting.labels import RESULT_LABELS, Result
from mufakat.forums import queries as forums
from mufakat.forums.models import Forum
from mufakat.forums.states import CONCLUDED, DELIBERATION, ForumState
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.portal.desks.parts import (
    SHOWN,
    Desk,
    NextStep,
    Setting,
    Waiting,
    about_row,
    row_of,
    see_results,
    silent_rows,
    waiting_states,
    when_held,
)
from mufakat.proposals.states import State
from mufakat.verification.queries import WAITING

PASSED = (State.VERIFIED, State.DISCUSSED, State.AGREED, State.RESERVE, State.NOT_AGREED, State.FORWARDED)
PASSED_ON = (
    State.FORWARDED, State.IN_RENJA, State.IN_RKPD, State.IN_APBD, State.UNDER_WAY, State.DONE, State.NOT_ACCOMMODATED,
)  # fmt: skip


def verifier_desk(setting: Setting) -> Desk:
    """What waits to be verified, oldest first."""
    waiting = setting.count(*waiting_states())
    found = setting.seen.filter(state__in=WAITING).order_by("changed_at", "number")[:SHOWN]
    kinds = {State.SUBMITTED: gettext("Menunggu diperiksa"), State.IN_VERIFICATION: gettext("Sedang diperiksa")}
    rows = tuple(row_of(p, kinds[p.standing], reverse("verification:case", args=[p.pk]), setting.at) for p in found)
    heading = ngettext("%(n)s usulan menunggu Anda", "%(n)s usulan menunggu Anda", waiting) % {"n": waiting}
    step = NextStep(rows[0].title, about_row(rows[0]), gettext("Periksa usulan ini"), rows[0].address)
    return Desk(heading, step, rows, waiting, gettext("Menunggu Anda"), *_towards_forum(setting))


def _towards_forum(setting: Setting) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """How far the kecamatan's list is before its forum, and which villages are still missing."""
    passed, all_of_them = setting.count(*PASSED), setting.submitted
    facts = (
        (gettext("Lolos ke daftar forum"), gettext("%(n)s dari %(all)s") % {"n": passed, "all": all_of_them}),
        (gettext("Menunggu pemeriksaan"), str(setting.count(*waiting_states()))),
        (gettext("Dikembalikan ke desa/kelurahan"), str(setting.count(State.RETURNED))),
        (gettext("Tidak layak, beralasan"), str(setting.count(State.NOT_ELIGIBLE))),
        (gettext("Dialihkan ke desa"), str(setting.count(State.TO_VILLAGE))),
    )
    missing = tuple(s.region.label for s in setting.shares if not s.asked)
    return gettext("Menuju forum"), facts, missing


def forum_desk(setting: Setting) -> Desk:
    """What the forum needs next."""
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
    if forum.standing in (*DELIBERATION, ForumState.SUSPENDED, *CONCLUDED):
        return _in_session(setting, forum)
    return _before_session(setting, forum)


def _after_lock(setting: Setting) -> Desk:
    rows, silent = silent_rows(setting)
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
        heading, see_results(), rows, silent, gettext("Belum dijawab perangkat daerah"), gettext("Hasil forum"), facts
    )


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
    if actor.role is Role.VERIFIKATOR:
        return _follow(forum, "session")
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
    elif forum.standing is ForumState.SUSPENDED:
        title, about, action, page = (
            gettext("Lanjutkan sidang yang diskors"),
            gettext("Forum Kecamatan %(name)s") % {"name": name},
            gettext("Buka forum"),
            "desk",
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
        return NextStep(rows[0].title, about_row(rows[0]), gettext("Putuskan usulan ini"), rows[0].address)
    return NextStep(title, about, action, reverse(f"forums:{page}", args=[forum.pk]))


def _follow(forum: Forum, page: str) -> NextStep:
    """The forum as somebody sees it who does nothing in it."""
    title = gettext("Ikuti jalannya forum")
    return NextStep(title, when_held(forum), gettext("Buka forum"), reverse(f"forums:{page}", args=[forum.pk]))


def _before_session(setting: Setting, forum: Forum) -> Desk:
    title, facts, missing = _towards_forum(setting)
    waiting = setting.count(*waiting_states())
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
        when_held(forum),
        gettext("Buka persiapan") if page == "preparation" else gettext("Buka forum"),
        reverse(f"forums:{page}", args=[forum.pk]),
    )
    if setting.actor.role is Role.VERIFIKATOR:
        step = _follow(forum, "desk")
    found = setting.seen.filter(state__in=WAITING).order_by("changed_at", "number")[:SHOWN]
    rows = tuple(
        row_of(p, gettext("Menunggu verifikator"), reverse("tracking:item", args=[p.pk]), setting.at) for p in found
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
