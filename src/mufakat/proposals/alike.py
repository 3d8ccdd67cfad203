"""Proposals that may ask for the same thing, as the duplicates engine and rule 29 see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from mufakat.proposals.models import Distinction, Proposal
from mufakat.proposals.rules import BY_RULE, has_like_title, is_same_place
from mufakat.proposals.states import TAKEN_BACK

if TYPE_CHECKING:
    from mufakat.engines import duplicates
    from mufakat.engines.duplicates import Pair

SHOWN, COMPARED = 5, 300
"""Likenesses shown, and with how many of the village's latest proposals the engine compares one."""
CERTAIN = 100
"""What counts as the score where rule 29 itself holds."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another proposal that may ask for the same; the engine's score (0–100) and its reasons as a sentence."""

    other: Proposal
    score: int
    sentence: str
    distinction: Distinction | None = None
    """What the village said about the two, whichever of them it said it of."""


def likenesses(proposal: Proposal, others: Iterable[Proposal]) -> list[Likeness]:
    """What the engine finds among `others` (with their villages), strongest first."""
    from mufakat.engines.duplicates import find_pairs

    by_id = {str(p.pk): p for p in others}
    pairs = find_pairs(proposals=[_compared(p) for p in [proposal, *by_id.values()]]) if by_id else []
    mine = [pair for pair in pairs if str(proposal.pk) in (pair.id_a, pair.id_b)]
    return [Likeness(by_id[_other(pair, proposal)], pair.score, pair.sentence) for pair in mine]


def likenesses_in_village(proposal: Proposal) -> list[Likeness]:
    """The village's own other proposals of the cycle, drafts too, that may ask for the same, strongest first (rule 29).

    Those are alike that have the same kamus entry or a like title at the same place, and those the engine is sure of
    where the places do not speak against it. Two questions to the database (one more for the village, where it is not at hand), however many there are.
    """
    from mufakat.engines.duplicates import Verdict
    from mufakat.engines.duplicates.pairs import verdict_of

    if proposal.village_id is None:
        return []
    own = Proposal.objects.filter(cycle_id=proposal.cycle_id, village_id=proposal.village_id)
    own = own.exclude(state__in=TAKEN_BACK).exclude(pk=proposal.pk).select_related("village", "kamus").order_by("-pk")
    near = [p for p in own if is_same_place(proposal, p) is not False]
    told = by_rule(proposal, near)
    known = {a.other.pk for a in told}
    compared = [p for p in near if p.pk not in known][:COMPARED]
    sure = [a for a in likenesses(proposal, compared) if verdict_of(a.score) is not Verdict.REVIEW]
    return with_distinctions(proposal, [*told, *sure][:SHOWN])


def by_rule(proposal: Proposal, others: Iterable[Proposal]) -> list[Likeness]:
    """Those with the same kamus entry or a like title at the same place, whatever the engine says."""
    return [Likeness(p, CERTAIN, BY_RULE) for p in others if is_same_place(proposal, p) and _is_like(proposal, p)]


def unexplained_for(proposal: Proposal) -> list[Likeness]:
    """Likenesses in the village of which nobody has said yet why they are not the same."""
    return [a for a in likenesses_in_village(proposal) if a.distinction is None]


def with_distinctions(proposal: Proposal, found: Sequence[Likeness]) -> list[Likeness]:
    """The same with what the village said about each; one query, none for none."""
    if not found:
        return []
    keys = [a.other.pk for a in found]
    both = Q(proposal=proposal, other__in=keys) | Q(proposal__in=keys, other=proposal)
    said: dict[UUID, Distinction] = {}
    for d in Distinction.objects.filter(both).order_by("-said_at", "pk"):
        said.setdefault(d.other_id if d.proposal_id == proposal.pk else d.proposal_id, d)
    return [replace(a, distinction=said.get(a.other.pk)) for a in found]


def _is_like(proposal: Proposal, other: Proposal) -> bool:
    is_one_kind = proposal.kamus_id is not None and proposal.kamus_id == other.kamus_id
    return is_one_kind or has_like_title(proposal.title, other.title)


def _other(pair: Pair, proposal: Proposal) -> str:
    return pair.id_b if pair.id_a == str(proposal.pk) else pair.id_a


def _compared(proposal: Proposal) -> duplicates.Proposal:
    from mufakat.engines import duplicates

    return duplicates.Proposal(
        id=str(proposal.pk),
        kecamatan=proposal.kecamatan_id,
        desa=proposal.village.name if proposal.village else "",
        text=f"{proposal.title} {proposal.location}".strip(),
        rt=proposal.rt,
        rw=proposal.rw,
        lat=float(proposal.latitude) if proposal.latitude is not None else None,
        lon=float(proposal.longitude) if proposal.longitude is not None else None,
        value=proposal.value_requested,
    )
