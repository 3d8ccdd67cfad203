"""The desks of Bappeda and of the Inspektorat."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from mufakat.forums.states import ForumState
from mufakat.portal.desks.parts import Desk, NextStep, Setting, see_results, silent_rows, when_held
from mufakat.proposals.states import State

NOT_PASSED = (
    State.SUBMITTED, State.IN_VERIFICATION, State.RETURNED, State.LAPSED, State.WITHDRAWN, State.NOT_ELIGIBLE,
)  # fmt: skip


def bappeda_desk(setting: Setting) -> Desk:
    """What Bappeda has to settle for the year."""
    rows, silent = silent_rows(setting)
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
        return see_results()
    first = waiting[0]
    return NextStep(
        gettext("Forum Kecamatan %(name)s") % {"name": first.kecamatan.name},
        when_held(first),
        gettext("Buka forum"),
        reverse("forums:desk", args=[first.pk]),
    )


def reader_desk(setting: Setting) -> Desk:
    """What the Inspektorat may look at."""
    facts = _situation(setting)
    step = see_results() if setting.is_concluded else _watch_forum(setting) if setting.forums else _see_all()
    return Desk(_regency_heading(setting), step, (), 0, "", gettext("Keadaan tahun ini"), facts)


def _see_all() -> NextStep:
    return NextStep(
        gettext("Lihat semua usulan"),
        gettext("Setiap usulan tampil dengan keadaan, alasan, dan nilainya."),
        gettext("Lihat usulan"),
        reverse("tracking:index"),
    )
