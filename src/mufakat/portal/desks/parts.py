"""What desks are made of: what waits, the one next step, and what the parts of a desk read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from mufakat.core.money import rupiah
from mufakat.cycles.models import Cycle
from mufakat.forums import queries as forums
from mufakat.forums.models import Forum
from mufakat.forums.states import ForumState
from mufakat.people.actors import Actor
from mufakat.people.roles import Role
from mufakat.portal import standing
from mufakat.prioritisation.village_map import Share
from mufakat.proposals import queries as proposals
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import State
from mufakat.tracking import queries as tracking
from mufakat.ui.dates import told_date
from mufakat.verification.queries import WAITING

SHOWN = 8
VILLAGE = (Role.OPERATOR_DESA, Role.KEPALA_DESA)


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
class Note:
    """Something else that wants attention: a sentence and where to see it."""

    sentence: str
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
    notes: tuple[Note, ...] = ()
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


def waiting_states() -> tuple[State, ...]:
    """States that wait for the verifier."""
    return tuple(State(s) for s in WAITING)


def _days(since: datetime | None, at: datetime) -> int | None:
    return None if since is None else max(0, (at - since).days)


def row_of(proposal: Proposal, kind: str, address: str, at: datetime) -> Waiting:
    """A proposal as a row that waits since its last change."""
    days = _days(proposal.changed_at, at)
    return Waiting(proposal.title, proposal.place_label, kind, address, proposal.value_requested, days)


def about_row(row: Waiting) -> str:
    """What stands under the title of the next step: where, how much, since when."""
    parts = [row.where, rupiah(row.value) if row.value is not None else ""]
    if row.days:
        parts.append(ngettext("menunggu %(n)s hari", "menunggu %(n)s hari", row.days) % {"n": row.days})
    return " · ".join(part for part in parts if part)


def silent_rows(setting: Setting) -> tuple[tuple[Waiting, ...], int]:
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
            t.waiting_value or None,
            t.oldest_days,
        )
        for t in tallies[:SHOWN]
    )
    return rows, sum(t.waiting for t in tallies)


def _query(agency: str) -> str:
    return urlencode({"nama": agency})


def when_held(forum: Forum) -> str:
    """When a forum is held, in words."""
    return f"{told_date(forum.day)} · {forum.place}"


def see_results() -> NextStep:
    """Where nothing waits: look at what became of it."""
    return NextStep(
        gettext("Lihat hasil forum dan tindak lanjutnya"),
        gettext("Berita Acara sudah dikunci. Setiap usulan tampil sampai pelaksanaannya."),
        gettext("Lihat hasil"),
        reverse("tracking:index"),
    )
