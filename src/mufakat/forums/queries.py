"""Reads of the forum. Each starts from what this actor may see; a forum out of sight does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from mufakat.cycles.models import Cycle
from mufakat.drafting.labels import RESULT_LABELS, Result
from mufakat.forums import permissions, rules
from mufakat.forums.errors import NoForum
from mufakat.forums.models import AgreementRecord, Attendee, BlockMember, Decision, Forum, Sitting, VillageStanding
from mufakat.forums.rules import Agreement, Element
from mufakat.forums.states import DelegateState, ForumState
from mufakat.proposals.models import Proposal
from mufakat.proposals.states import State
from mufakat.regions.models import Region
from mufakat.runtime.prepared import Asked, Prepared, summed

if TYPE_CHECKING:
    from mufakat.people.actors import Actor

T = TypeVar("T")
LISTED: tuple[State, ...] = (
    State.VERIFIED,
    State.DISCUSSED,
    State.AGREED,
    State.RESERVE,
    State.NOT_AGREED,
    State.TO_VILLAGE,
)
"""States of proposals that are on the forum's list and need a result there."""


@dataclass(frozen=True, slots=True)
class ForumChanged:
    """Something the hall or a desk shows about a forum has changed."""

    forum_id: UUID


def live_topic(forum_id: UUID) -> str:
    """What screens of a forum listen to."""
    return f"forum-{forum_id}"


def forums_for(actor: Actor) -> QuerySet[Forum]:
    """Forums this actor may see, by date, then kecamatan."""
    forums = Forum.objects.filter(kabupaten=actor.kabupaten).select_related("cycle", "kecamatan")
    if len(actor.region_code) >= len("35.25.14"):
        forums = forums.filter(kecamatan_id=actor.region_code[:8])
    return forums.order_by("day", "kecamatan_id")


def forum_for(actor: Actor, forum_id: UUID) -> Forum:
    """One forum; raises NoForum when this actor may not see it."""
    found = _one(forum_id, actor.kabupaten)
    if not found or not permissions.can_see(actor, found[0]):
        raise NoForum
    return found[0]


def _one_of(forum_id: UUID, kabupaten: str) -> QuerySet[Forum]:
    return Forum.objects.filter(pk=forum_id, kabupaten=kabupaten).select_related("cycle", "kecamatan")


_one: Prepared[Forum] = Prepared(_one_of, UUID, str)
"""Asked for every page of a forum day."""


def lock_for(actor: Actor, forum_id: UUID) -> Forum:
    """The forum locked for a write; raises NoForum."""
    forum = Forum.objects.select_for_update(of=("self",)).filter(pk=forum_id, kabupaten=actor.kabupaten).first()
    if forum is None or not permissions.can_see(actor, forum):
        raise NoForum
    return forum


def lock_cycle(actor: Actor, cycle_id: UUID) -> Cycle:
    """The cycle locked for a write; raises NoForum when it is not this regency's."""
    cycle = Cycle.objects.select_for_update().filter(pk=cycle_id, kabupaten=actor.kabupaten).first()
    if cycle is None:
        raise NoForum
    return cycle


def listed(forum: Forum) -> QuerySet[Proposal]:
    """Every proposal the forum must decide or has decided, in order of number; what came later takes none off it.

    Of a forum that was called off, what it had decided.
    """
    return _listed_in(_is_off(forum), *_given(forum)).select_related("village")


def _is_off(forum: Forum) -> bool:
    return forum.standing is ForumState.CANCELLED


def _given(forum: Forum) -> tuple[UUID, str, UUID]:
    return forum.cycle_id, forum.kecamatan_id, forum.pk


def _listed_in(is_off: bool, cycle: UUID, kecamatan: str, forum: UUID) -> QuerySet[Proposal]:
    waits = Q(state__in=LISTED) & ~Q(state=State.TO_VILLAGE, refused_at=State.IN_VERIFICATION)
    decided = Q(pk__in=Decision.objects.filter(forum_id=forum).order_by().values("proposal_id"))
    proposals = Proposal.objects.filter(cycle_id=cycle, kecamatan_id=kecamatan)
    return proposals.filter(decided if is_off else waits | decided).order_by("number")


def _undecided_in(is_off: bool, cycle: UUID, kecamatan: str, forum: UUID) -> QuerySet[Proposal]:
    return _listed_in(is_off, cycle, kecamatan, forum).exclude(forum_decisions__forum=forum)


def _asks(build: Callable[..., QuerySet[Any, T]]) -> dict[bool, Prepared[T]]:
    """A question about a forum's list, by whether the forum was called off."""
    return {is_off: Prepared(partial(build, is_off), UUID, str, UUID) for is_off in (False, True)}


def _of(asks: dict[bool, Prepared[T]], forum: Forum, part: tuple[int, int] | None = None) -> list[T]:
    return asks[_is_off(forum)](*_given(forum), part=part)


SHOWN = (
    "cycle_id", "kecamatan_id", "number", "title", "village_priority", "value_requested", "value_verified", "state",
    "village__kind", "village__name",
)  # fmt: skip
"""Columns that the session's list shows."""
_rows = _asks(lambda *given: _listed_in(*given).select_related("village").only(*SHOWN))
_sums = _asks(lambda *given: summed(_listed_in(*given), Count("pk"), Sum("value_requested"), Sum("value_verified")))
_numbers = _asks(lambda *given: _undecided_in(*given).values_list("number", flat=True))
_next = _asks(lambda *given: _undecided_in(*given).select_related("village"))
_proposing = _asks(lambda *given: _listed_in(*given).order_by().values_list("village_id", "village__name").distinct())


def lock_proposal(forum: Forum, proposal_id: UUID) -> Proposal:
    """A proposal on the forum's list, locked; raises NoForum otherwise."""
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .filter(pk=proposal_id, cycle_id=forum.cycle_id, kecamatan_id=forum.kecamatan_id, state__in=LISTED)
        .first()
    )
    if proposal is None:
        raise NoForum
    return proposal


def value_in_hand(proposal: Proposal) -> int | None:
    """The verified value, else the requested one; whole rupiah."""
    return proposal.value_verified if proposal.value_verified is not None else proposal.value_requested


def agency_in_hand(proposal: Proposal) -> str:
    """The agency verification settled, else the one proposed."""
    return proposal.agency_final or proposal.agency_requested


def preparation_of(forum: Forum, *, override_reason: str) -> rules.Preparation:
    """The facts of the gate before the forum day."""
    return rules.Preparation(
        sk_number=forum.sk_number,
        sk_date=forum.sk_date,
        chairs=forum.teammembers.filter(team="penyelenggara", role__iexact="ketua").count(),
        agenda_items=forum.agendaitems.count(),
        invited=frozenset(Element(e) for e in forum.invitations.values_list("element", flat=True)),
        villages_waiting=villages_waiting(forum),
        override_reason=override_reason,
    )


def villages_waiting(forum: Forum) -> tuple[str, ...]:
    """Names of villages that have neither submitted anything nor been excused, in order of code (rule 49)."""
    submitted = (
        Proposal.objects.filter(cycle_id=forum.cycle_id, kecamatan_id=forum.kecamatan_id)
        .exclude(state__in=[State.DRAFT, State.DELETED, State.WITHDRAWN])
        .values_list("village_id", flat=True)
    )
    excused = forum.villagestandings.exclude(excused_reason="").values_list("village_id", flat=True)
    settled = {*submitted, *excused}
    return tuple(v.name for v in villages_of(forum) if v.pk not in settled)


def villages_of(forum: Forum) -> list[Region]:
    """Desa and kelurahan of the forum's kecamatan, in order of code."""
    return _villages(forum.kecamatan_id)


def _villages_in(kecamatan: str) -> QuerySet[Region]:
    return Region.objects.filter(parent_id=kecamatan).order_by("code")


_villages: Prepared[Region] = Prepared(_villages_in, str)


def sittings_of(forum: Forum) -> QuerySet[Sitting]:
    """The stretches of the session, oldest first (rule 116)."""
    return forum.sittings.order_by("began_at", "pk")


def days_of(forum: Forum) -> tuple[date, ...]:
    """The days on which the forum sat, the announced one first (rule 116)."""
    sat = [timezone.localdate(began) for began in sittings_of(forum).values_list("began_at", flat=True)]
    return (forum.day, *dict.fromkeys(day for day in sat if day > forum.day))


@dataclass(frozen=True, slots=True)
class Pause:
    """Why nothing goes on in a forum: suspended or called off, since when, and when it goes on or what took its place."""

    is_suspended: bool
    since: datetime | None
    reason: str
    resumes_on: date | None
    successor: Forum | None


def pause_of(forum: Forum) -> Pause | None:
    """The pause a forum is in, or None."""
    if forum.standing is ForumState.SUSPENDED:
        last = sittings_of(forum).last()
        return Pause(True, last.suspended_at, last.reason, last.resumes_on, None) if last else None
    if forum.standing is ForumState.CANCELLED:
        return Pause(False, None, forum.state_reason, None, _others(forum).exclude(state=forum.state).first())
    return None


def cancelled_before(forum: Forum) -> QuerySet[Forum]:
    """Forums of the same kecamatan and cycle that were called off, the latest first."""
    return _others(forum).filter(state=ForumState.CANCELLED.value)


def _others(forum: Forum) -> QuerySet[Forum]:
    same = Forum.objects.filter(cycle_id=forum.cycle_id, kecamatan_id=forum.kecamatan_id).exclude(pk=forum.pk)
    return same.select_related("cycle", "kecamatan").order_by("-day", "-pk")


def agreements_of(forum: Forum) -> frozenset[Agreement]:
    """What the participants have agreed so far (rule 57)."""
    return frozenset(Agreement(s) for s in _agreed_subjects(forum.pk))


def _subjects_in(forum: UUID) -> QuerySet[AgreementRecord, str]:
    return AgreementRecord.objects.filter(forum_id=forum).order_by().values_list("subject", flat=True)


_agreed_subjects: Prepared[str] = Prepared(_subjects_in, UUID)


def voters_present(forum: Forum) -> int:
    """People present who may vote (rule 70)."""
    return forum.attendees.filter(is_voter=True).count()


def session_of(forum: Forum) -> rules.SessionFacts:
    """The facts of the gate to the plenary."""
    standings = {s.village_id: s for s in _standings(forum.pk)}
    proposing = _of(_proposing, forum)
    return rules.SessionFacts(
        agreed=agreements_of(forum),
        undecided=[str(n) for n in _of(_numbers, forum)],
        unconfirmed=sorted(
            {name for code, name in proposing if code and not (standings.get(code) and standings[code].confirmed_at)}
        ),
        open_objections=[s.village.name for s in standings.values() if s.objection and not s.answer],
    )


def _standings_in(forum: UUID) -> QuerySet[VillageStanding]:
    return VillageStanding.objects.filter(forum_id=forum).select_related("village").order_by("village_id")


_standings: Prepared[VillageStanding] = Prepared(_standings_in, UUID)


def undecided(forum: Forum) -> QuerySet[Proposal]:
    """Proposals on the list without a result, in order of number (rule 69)."""
    return _undecided_in(_is_off(forum), *_given(forum)).select_related("village")


def next_undecided(forum: Forum) -> Proposal | None:
    """The first of them."""
    return next(iter(_of(_next, forum, part=(0, 1))), None)


def decisions_of(forum: Forum) -> QuerySet[Decision]:
    """Results so far, in order of the proposals' numbers."""
    return forum.decisions.select_related("proposal", "proposal__village").order_by("proposal__number")


def attendance_of(forum: Forum) -> QuerySet[Attendee]:
    """People present, in order of arrival."""
    return forum.attendees.select_related("village").order_by("arrived_at", "pk")


def delegation_of(forum: Forum) -> list[rules.DelegateFacts]:
    """The elected delegates as the rules need them; all come from the attendance list (rule 74)."""
    elected = (DelegateState.ELECTED, DelegateState.MANDATED, DelegateState.REPORTED)
    delegates = forum.delegates.filter(state__in=elected).select_related("attendee").order_by("order")
    return [rules.DelegateFacts(d.attendee.name, d.attendee.gender, True, False) for d in delegates]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the hall and the desk show: counts of results and the money (rules 68, 69); whole rupiah."""

    listed: int
    decided: int
    agreed: int
    reserve: int
    not_agreed: int
    elsewhere: int
    agreed_value: int
    pagu: int | None

    @property
    def left(self) -> int | None:
        """What is left of the pagu; negative when it is exceeded."""
        return None if self.pagu is None else self.pagu - self.agreed_value

    @property
    def over(self) -> int:
        """By how much the pagu is exceeded; 0 where it is not."""
        return max(0, -(self.left or 0))

    @property
    def percent(self) -> str:
        """The agreed value in percent of the pagu, at most 100, as a width."""
        return f"{min(100, 100 * self.agreed_value / self.pagu):.2f}" if self.pagu else "0"


def tally(forum: Forum) -> Tally:
    """Count and sum the results so far."""
    rows = _results(forum.pk)
    [(listed_count, _, _)] = _of(_sums, forum)
    by = {r: sum(1 for result, _ in rows if result == r.value) for r in Result}
    return Tally(
        listed=listed_count,
        decided=len(rows),
        agreed=by[Result.DISEPAKATI],
        reserve=by[Result.CADANGAN],
        not_agreed=by[Result.BELUM_DISEPAKATI],
        elsewhere=by[Result.KEWENANGAN_DESA] + by[Result.KEWENANGAN_KELURAHAN] + by[Result.DITERUSKAN_SUPRA],
        agreed_value=sum(value or 0 for result, value in rows if result == Result.DISEPAKATI.value),
        pagu=forum.cycle.pagu_of(forum.kecamatan_id),
    )


def _results_in(forum: UUID) -> QuerySet[Decision, tuple[Any, ...]]:
    return Decision.objects.filter(forum_id=forum).order_by().values_list("result", "value")


_results: Prepared[tuple[Any, ...]] = Prepared(_results_in, UUID)


def delegates_of(forum: Forum) -> QuerySet[Any]:
    """Nominees and elected delegates in their order, with who they are."""
    return forum.delegates.select_related("attendee", "attendee__village").order_by("order")


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal of the forum's list with its result so far."""

    proposal: Proposal
    decision: Decision | None
    block: str

    @property
    def value(self) -> int | None:
        """The verified, else the requested value."""
        return value_in_hand(self.proposal)

    @property
    def agreed_value(self) -> int | None:
        """What the forum agreed, None without a result."""
        return self.decision.value if self.decision else None

    @property
    def label(self) -> str:
        """The result in words, empty while there is none."""
        return RESULT_LABELS[Result(self.decision.result)] if self.decision else ""


def shown(forum: Forum, *, is_decided: bool | None = None, village: str = "") -> QuerySet[Proposal]:
    """The forum's list, or the part of it with or without a result, or of one village."""
    found = listed(forum)
    if is_decided is not None:
        decided = forum.decisions.order_by().values("proposal_id")
        found = found.filter(pk__in=decided) if is_decided else found.exclude(pk__in=decided)
    return found.filter(village_id=village) if village else found


def rows_of(forum: Forum, proposals: Sequence[Proposal], members: Iterable[BlockMember] | None = None) -> list[Row]:
    """Proposals of one page with their results and blocks, in two queries however long the list is.

    `members` are the `open_members` where they have been read already; one query then.
    """
    keys = [p.pk for p in proposals]
    decisions = {d.proposal_id: d for d in forum.decisions.filter(proposal_id__in=keys).order_by()}
    if members is None:
        members = open_members(forum).filter(proposal_id__in=keys)
    blocks = {m.proposal_id: m.block.name for m in members}
    return [Row(p, decisions.get(p.pk), blocks.get(p.pk, "")) for p in proposals]


@dataclass(frozen=True, slots=True)
class Sums:
    """How many rows, and their requested, verified and agreed money; whole rupiah."""

    count: int
    requested: int
    verified: int
    agreed: int


def whole_list(forum: Forum) -> Asked[Proposal]:
    """`shown` without a filter, with the columns it shows."""
    return _rows[_is_off(forum)].of(*_given(forum))


def whole_sums(forum: Forum) -> Sums:
    """The sums of the whole list."""
    [(count, requested, verified)] = _of(_sums, forum)
    return Sums(count, int(requested or 0), int(verified or 0), sum(value or 0 for _, value in _results(forum.pk)))


def sums_of(forum: Forum, proposals: QuerySet[Proposal]) -> Sums:
    """The sums of a whole list, of which a page shows a part."""
    plain = proposals.order_by()
    found = plain.aggregate(n=Count("pk"), requested=Sum("value_requested"), verified=Sum("value_verified"))
    agreed = forum.decisions.order_by().filter(proposal_id__in=plain.values("pk")).aggregate(v=Sum("value"))["v"]
    return Sums(found["n"], found["requested"] or 0, found["verified"] or 0, agreed or 0)


def villages_listed(forum: Forum) -> list[tuple[str, str]]:
    """Code and label of the villages with proposals on the list, by label."""
    codes = {code for code, _ in _of(_proposing, forum)}
    return sorted(((v.code, v.label) for v in villages_of(forum) if v.code in codes), key=lambda pair: pair[1])


def open_members(forum: Forum) -> QuerySet[BlockMember]:
    """Proposals in blocks that were read out and wait for the decision, withdrawn ones left out."""
    return _members_in(forum.pk)


def _members_in(forum: UUID) -> QuerySet[BlockMember]:
    members = BlockMember.objects.filter(forum_id=forum, block__decided_at__isnull=True, withdrawn_reason="")
    return members.select_related("block", "proposal", "proposal__village").order_by("proposal__number")


_members: Prepared[BlockMember] = Prepared(_members_in, UUID)


def members_waiting(forum: Forum) -> list[BlockMember]:
    """All `open_members`."""
    return _members(forum.pk)


def item_for(forum: Forum, proposal_id: UUID) -> Row:
    """One proposal of the list; raises NoForum when it is not on it."""
    proposal = listed(forum).prefetch_related("places__village", "steps").filter(pk=proposal_id).first()
    if proposal is None:
        raise NoForum
    return Row(proposal, forum.decisions.filter(proposal=proposal).first(), "")


def agencies_named(forum: Forum) -> list[str]:
    """Agencies that appear on the forum's list, for the field's suggestions, in order of name."""
    names = Proposal.objects.filter(cycle_id=forum.cycle_id, kecamatan_id=forum.kecamatan_id).exclude(agency_final="")
    return sorted(set(names.values_list("agency_final", flat=True)))
