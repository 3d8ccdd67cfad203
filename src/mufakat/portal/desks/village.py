"""The desk of a village's operator and head."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from mufakat.people.roles import Role
from mufakat.portal.desks.parts import SHOWN, Desk, NextStep, Setting, Waiting, row_of, see_results
from mufakat.proposals.labels import GROUPS, label_of
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import State


def village_desk(setting: Setting) -> Desk:
    """What a village has to write, complete or submit."""
    returned, drafts = setting.count(State.RETURNED), setting.count(State.DRAFT)
    found = setting.seen.filter(state__in=[State.RETURNED.value, State.DRAFT.value])
    # "DIKEMBALIKAN" before "DRAF": what was sent back first.
    listed = found.order_by("state", "changed_at", "pk")[:SHOWN]
    rows = tuple(row_of(p, _kind(p), reverse("proposals:edit", args=[p.pk]), setting.at) for p in listed)
    facts = tuple(
        (gettext(GROUPS[s]), str(setting.count(s))) for s in State if s is not State.DELETED and setting.count(s)
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
        return see_results()
    return NextStep(
        gettext("Ikuti usulan Anda menuju forum"),
        gettext("Pengusulan sudah ditutup. Hasil pemeriksaan dan keputusan forum tampil pada setiap usulan."),
        gettext("Lihat usulan"),
        reverse("tracking:index"),
    )
