"""The desk of a perangkat daerah."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from mufakat.portal.desks.parts import SHOWN, Desk, NextStep, Setting, Waiting, about_row
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import State
from mufakat.tracking import queries as tracking


def agency_desk(setting: Setting) -> Desk:
    """What an agency has to answer."""
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
        else NextStep(rows[0].title, about_row(rows[0]), gettext("Jawab usulan ini"), rows[0].address)
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


def _item_row(item: tracking.Item[Proposal]) -> Waiting:
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
