"""What changed lately in an actor's sight: steps of proposals, documents, moves on the board. Offices, no persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from mufakat.cycles.models import Cycle
from mufakat.documents.labels import STATES as DOCUMENT_STATES
from mufakat.documents.models import Document
from mufakat.forums.document_queries import subject_of
from mufakat.forums.models import Forum
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.prioritisation.models import Move
from mufakat.proposals.labels import label_of
from mufakat.proposals.models import Proposal, Step

DAYS = 14
LOOKED_AT = 200
"""Latest steps that are read; what lies further back is no news."""
SHOWN = 6
QUIET = ("VERIF_KEC", "DIBAHAS")
"""States a proposal passes through on its way to the next; they are no news of their own."""


@dataclass(frozen=True, slots=True)
class Change:
    """One piece of news: an icon of the sprite, who, what, when, and where to read on."""

    icon: str
    who: str
    what: str
    at: datetime
    address: str = ""


def lately(
    actor: Actor, cycle: Cycle, forums: Iterable[Forum], seen: QuerySet[Proposal], *, at: datetime
) -> list[Change]:
    """The latest news of the proposals `seen` and of the forums, newest first; three queries whatever their number."""
    found = [*_steps(seen, at), *_documents(forums), *_moves(actor, cycle, at)]
    return sorted(found, key=lambda c: (c.at, c.what), reverse=True)[:SHOWN]


def _steps(seen: QuerySet[Proposal], at: datetime) -> list[Change]:
    """Steps of one office to one state on one day, counted together."""
    steps = Step.objects.filter(proposal__in=seen.order_by().values("pk"), at__gt=at - timedelta(days=DAYS)).exclude(
        state__in=QUIET
    )
    groups: dict[tuple[str, str, str, object], list[Step]] = {}
    for step in steps.select_related("proposal").order_by("-at", "-pk")[:LOOKED_AT]:
        key = (step.office, step.state, step.reason_code, timezone.localtime(step.at).date())
        groups.setdefault(key, []).append(step)
    return [_told(office, state, code, found) for (office, state, code, _), found in groups.items()]


def _told(office: str, state: str, code: str, found: list[Step]) -> Change:
    label = gettext(label_of(state, code))
    label = label[:1].lower() + label[1:]  # what is short for something keeps its capitals: RKPD, APBD
    if len(found) == 1:
        what = f"{found[0].proposal.title}: {label}"
    else:
        n = len(found)
        what = ngettext("%(n)s usulan: %(label)s", "%(n)s usulan: %(label)s", n) % {"n": n, "label": label}
    return Change(ICONS.get(state, "pencil"), office or gettext("Sistem"), what, found[0].at)


ICONS = {
    "DIAJUKAN": "send",
    "DIKEMBALIKAN": "undo-2",
    "LOLOS_VERIF": "check",
    "TIDAK_LAYAK": "ban",
    "DIALIHKAN_DESA": "undo-2",
    "DIGABUNG": "git-merge",
    "DISEPAKATI": "circle-check",
    "CADANGAN": "clock",
    "BELUM_DISEPAKATI": "circle-x",
    "DITERUSKAN_PD": "send",
    "DIAKOMODIR_RENJA": "circle-check",
    "TIDAK_DIAKOMODIR": "circle-x",
}


def _documents(forums: Iterable[Forum]) -> list[Change]:
    held = {subject_of(f): f for f in forums}
    if not held:
        return []
    found = Document.objects.filter(subject__in=list(held)).defer("snapshot").order_by("-issued_at")[:SHOWN]
    return [
        Change(
            "lock" if d.locked_at else "file-text",
            d.issued_by,
            f"{d.title} {d.number}: {gettext(DOCUMENT_STATES[d.standing]).lower()}",
            d.locked_at or d.issued_at,
        )
        for d in found
    ]


def _moves(actor: Actor, cycle: Cycle, at: datetime) -> list[Change]:
    if actor.role is Role.OPD:
        return []
    moves = Move.objects.filter(cycle=cycle, moved_at__gt=at - timedelta(days=DAYS)).select_related("proposal")
    if actor.kecamatan:
        moves = moves.filter(kecamatan_id=actor.kecamatan)
    return [
        Change(
            "arrow-up-down",
            m.moved_by,
            gettext("%(title)s dipindah dari urutan %(before)s ke %(after)s")
            % {"title": m.proposal.title, "before": m.place_before, "after": m.place_after},
            m.moved_at,
        )
        for m in moves.order_by("-moved_at")[:SHOWN]
    ]
