"""Reads of proposals; each starts from what this actor may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from mufakat.people.roles import Role
from mufakat.proposals.errors import NoProposal
from mufakat.proposals.models import Proposal, RecipientProof, Tally, VillageMinutes, Word
from mufakat.proposals.rules import position, stems, words
from mufakat.proposals.states import HIDDEN, TAKEN_BACK, State
from mufakat.regions import rules as places
from mufakat.regions.models import Region
from mufakat.runtime.prepared import Asked, Prepared, summed

if TYPE_CHECKING:
    from mufakat.cycles.models import Cycle
    from mufakat.people.actors import Actor


Sight = tuple[str, str | None, str | None, str | None]
"""What an office sees, as values of a prepared question: regency, kecamatan, the own village, the agency."""
SIGHT = (str, str | None, str | None, str | None)


def sight_of(actor: Actor) -> Sight:
    """The values that `in_sight` takes."""
    return (
        actor.kabupaten,
        actor.kecamatan or None,
        actor.region_code if _drafts(actor) else None,
        actor.agency if actor.role is Role.OPD else None,
    )


def in_sight(kabupaten: str, kecamatan: str | None, village: str | None, agency: str | None) -> Q:
    """Drafts of the own village; submitted proposals of the regency, of the kecamatan, or of the agency."""
    submitted = Q(kabupaten=kabupaten) & ~Q(state__in=HIDDEN)
    if kecamatan is not None:
        submitted &= Q(kecamatan_id=kecamatan)
    if agency is not None:
        submitted &= Q(agency_final=agency)
    return submitted if village is None else Q(village_id=village) | submitted


def visible_to(actor: Actor) -> QuerySet[Proposal]:
    """Proposals an actor may see: drafts of the own village, submitted ones of the own kecamatan or regency."""
    return Proposal.objects.filter(in_sight(*sight_of(actor))).select_related("village", "cycle", "kamus")


def own_order(cycle: Cycle, village: str) -> QuerySet[Proposal]:
    """A village's own proposals in its order; those it has not ranked follow by number, then by their age."""
    alive = Proposal.objects.filter(cycle=cycle, village_id=village).exclude(state__in=TAKEN_BACK)
    return alive.order_by(F("village_priority").asc(nulls_last=True), F("number").asc(nulls_last=True), "pk")


def misplaced(proposal: Proposal) -> str:
    """What to say where the point on the map cannot lie in the proposal's kecamatan or regency; else empty (rule 16)."""
    if proposal.latitude is None:
        return ""
    around = {r.code: r.bounds for r in Region.objects.filter(code__in=(proposal.kecamatan_id, proposal.kabupaten))}
    return places.misplaced(
        proposal.latitude,
        proposal.longitude,
        kecamatan=around.get(proposal.kecamatan_id),
        regency=around.get(proposal.kabupaten),
    )


def minutes_of(cycle: Cycle, village: str) -> VillageMinutes | None:
    """The latest signed berita acara of a village's own forum, or None."""
    return VillageMinutes.objects.filter(cycle=cycle, village_id=village).select_related("village").first()


UNPROVEN = (*TAKEN_BACK, State.NOT_ELIGIBLE, State.TO_VILLAGE, State.LAPSED, State.MERGED, State.NOT_AGREED,
            State.NOT_ACCOMMODATED)  # fmt: skip
"""States in which nobody asks for a recipient's proof any more."""


def _lacking_in(cycle: UUID, village: str | None, *sight: Any) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(in_sight(*sight), cycle_id=cycle).exclude(recipient="").exclude(state__in=UNPROVEN)
    if village is not None:
        found = found.filter(village_id=village)
    found = found.exclude(Exists(RecipientProof.objects.filter(proposal=OuterRef("pk"))))
    return found.select_related("village").order_by(F("position").asc(nulls_first=True), "pk")


_lacking: Prepared[Proposal] = Prepared(_lacking_in, UUID, str | None, *SIGHT)
_lacking_counted: Prepared[tuple[Any, ...]] = Prepared(
    lambda *values: summed(_lacking_in(*values), Count("pk")), UUID, str | None, *SIGHT
)


def _asked_for_proof(actor: Actor, cycle: Cycle) -> tuple[Any, ...]:
    return (cycle.pk, actor.region_code if _drafts(actor) else None, *sight_of(actor))


def lacking_proof(actor: Actor, cycle: Cycle) -> Asked[Proposal]:
    """Proposals of goods for a group whose proof is not there yet: a village's own, else those in sight (rule 41)."""
    return _lacking.of(*_asked_for_proof(actor, cycle))


def count_lacking_proof(actor: Actor, cycle: Cycle) -> int:
    """How many `lacking_proof` has."""
    [(n,)] = _lacking_counted(*_asked_for_proof(actor, cycle))
    return int(n)


def proposal_for(actor: Actor, proposal_id: UUID) -> Proposal:
    """One proposal; raises NoProposal when this actor may not see it."""
    proposal = visible_to(actor).filter(pk=proposal_id).first()
    if proposal is None:
        raise NoProposal
    return proposal


def lock_for(actor: Actor, proposal_id: UUID) -> Proposal:
    """The proposal locked for a write; raises NoProposal."""
    proposal_for(actor, proposal_id)
    return Proposal.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=proposal_id)


LISTED = (
    "cycle_id", "position", "number", "title", "village_priority", "value_requested", "state", "reason_code", "reason",
    "village__kind", "village__name",
)  # fmt: skip
"""Columns that the list shows; one that begins to show more would ask for it row by row, which the tests count."""


def _listed_in(cycle: UUID, first: int | None, last: int | None, *sight: Any) -> QuerySet[Proposal]:
    # Without the cycle's own columns: joined, they lead SQLite to read and sort every row.
    found = Proposal.objects.filter(in_sight(*sight), cycle_id=cycle).select_related("village")
    if first is None:
        # A village's own drafts say what they lack, which takes every column.
        return found.order_by(F("position").asc(nulls_first=True), "changed_at", "pk")
    return found.only(*LISTED).filter(position__gte=first, position__lt=last).order_by("position")


_listed: Prepared[Proposal] = Prepared(_listed_in, UUID, int | None, int | None, *SIGHT)


def listed_for(actor: Actor, cycle: Cycle) -> Asked[Proposal]:
    """A cycle's proposals in an actor's sight: own drafts first, then by kecamatan and number."""
    if _drafts(actor):
        return _listed.of(cycle.pk, None, None, *sight_of(actor))
    # The stretch of positions that the region has, so that the database walks nothing else, in order.
    codes = (
        (actor.kecamatan, actor.kecamatan) if actor.kecamatan else (f"{actor.kabupaten}.00", f"{actor.kabupaten}.99")
    )
    first, last = (position(plan_year=cycle.plan_year, kecamatan=code, number=0) for code in codes)
    return _listed.of(cycle.pk, first, last + 10**6, *sight_of(actor))


def _drafts(actor: Actor) -> bool:
    return actor.role in (Role.OPERATOR_DESA, Role.KEPALA_DESA)


def _counted_in(cycle: UUID, *sight: Any) -> QuerySet[Any, tuple[Any, ...]]:
    return summed(Proposal.objects.filter(in_sight(*sight), cycle_id=cycle), Count("pk"))


def _tallied_in(cycle: UUID, kabupaten: str, kecamatan: str | None) -> QuerySet[Any, tuple[Any, ...]]:
    told = Tally.objects.filter(cycle_id=cycle, kabupaten=kabupaten).exclude(state__in=HIDDEN)
    return summed(told.filter(kecamatan_id=kecamatan) if kecamatan is not None else told, Sum("number"))


_counted: Prepared[tuple[Any, ...]] = Prepared(_counted_in, UUID, *SIGHT)
_tallied: Prepared[tuple[Any, ...]] = Prepared(_tallied_in, UUID, str, str | None)


def count_for(actor: Actor, cycle: Cycle) -> int:
    """How many `listed_for` has; of whole kecamatan and regencies without reading them."""
    if _drafts(actor) or actor.role is Role.OPD:
        [(n,)] = _counted(cycle.pk, *sight_of(actor))
    else:
        [(n,)] = _tallied(cycle.pk, actor.kabupaten, actor.kecamatan or None)
    return n or 0


def _standing_in(first: str, second: str, village: str | None, *sight: Any) -> QuerySet[Any, tuple[Any, ...]]:
    found = Proposal.objects.filter(in_sight(*sight)).filter(Q(state=first) | Q(state=second))
    return summed(found.filter(village_id=village) if village is not None else found, Count("pk"))


_standing: Prepared[tuple[Any, ...]] = Prepared(_standing_in, str, str, str | None, *SIGHT)


def count_standing(actor: Actor, *states: State, village: str | None = None) -> int:
    """How many proposals in sight, of one village where it is given, stand in one state or either of two; one query."""
    [(n,)] = _standing(states[0].value, states[-1].value, village, *sight_of(actor))
    return int(n)


RARE, COUNTED = 2_000, 20_000
"""A word in fewer proposals than RARE leads the search, of several words the rarest below COUNTED; the others are
looked up beside it. So neither a rare word nor two common ones that never meet make the database walk all rows."""
MOST_WORDS, ENDINGS = 6, 12


def saying(found: QuerySet[Proposal], text: str) -> QuerySet[Proposal]:
    """Of public proposals those whose title or place has every word of a text, in whatever form.

    A word that no proposal has counts as the beginning of one: "drain" finds "drainase". Two questions to the
    database besides the list's own, whatever the number of proposals.
    """
    typed = list(dict.fromkeys(words(text)))[:MOST_WORDS]
    if not typed:
        return found
    counts = dict(zip(typed, _bounded_counts(typed), strict=True))
    beginnings = _beginnings([w for w in typed if not counts[w]])
    rarest = min(counts[word] for word in typed)
    for word in typed:
        choices = stems(word) if counts[word] else [b for b in beginnings if b.startswith(word)][:ENDINGS]
        held = Word.objects.filter(stem__in=choices).order_by()
        if counts[word] < RARE or (len(typed) > 1 and counts[word] == rarest < COUNTED):
            found = found.filter(position__in=held.values("position"))
        else:
            found = found.filter(Exists(held.filter(position=OuterRef("position"))))
    return found


def _bounded_counts(typed: list[str]) -> list[int]:
    """In how many proposals each word stands, counted up to COUNTED; one query."""
    one = f"(SELECT COUNT(*) FROM (SELECT 1 FROM {Word._meta.db_table} WHERE stem = %s LIMIT {COUNTED}) t)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([one] * len(typed))}", [stems(word)[0] for word in typed])
        return list(cursor.fetchone())


def _beginnings(typed: list[str]) -> list[str]:
    """Stems that begin with words found nowhere, in order; one query."""
    long_enough = [word for word in typed if len(word) > 2]
    if not long_enough:
        return []
    ranges = Q()
    for word in long_enough:
        # Comparisons use the index under any collation; past the letters of the longest stem nothing follows.
        ranges |= Q(stem__gte=word, stem__lt=word + "zzzz")
    return sorted(set(Word.objects.filter(ranges).order_by("stem").values_list("stem", flat=True).distinct()[:100]))
