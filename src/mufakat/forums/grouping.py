"""Who discusses what: every proposal of a forum's list in exactly one group, by field unless moved by hand (rule 59)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from mufakat.drafting.labels import Result
from mufakat.engines.nomenclature.table import BIDANG
from mufakat.forums import queries
from mufakat.forums.models import Decision, WorkGroup
from mufakat.prioritisation.papers import sheet_of

if TYPE_CHECKING:
    from mufakat.forums.models import Forum

_KEPT: OrderedDict[tuple[object, ...], Mapping[UUID, str]] = OrderedDict()
KEPT_AT_MOST = 8
READ = ("pk", "title", "location", "rt", "rw", "village_id", "agency_requested", "agency_final")
"""What the field of a proposal is read from; while none of it changes, the answer is kept."""


def fields_of(forum: Forum, *, at: datetime) -> Mapping[UUID, str]:
    """Proposal → key of its field (`BIDANG`), "" where it is not mapped: the same fields as on the papers (rule 82)."""
    key = (forum.cycle_id, forum.kecamatan_id, *queries.listed(forum).values_list(*READ))
    found = _KEPT.pop(key, None)
    if found is None:
        sheet = sheet_of(cycle=forum.cycle, kecamatan=forum.kecamatan, day=forum.day, at=at, with_moves=False)
        pairs = zip(sheet.proposals, sheet.draft.entries, strict=True)
        found = {p.pk: entry.ruling.bidang if entry.ruling else "" for p, entry in pairs}
    _KEPT[key] = found
    while len(_KEPT) > KEPT_AT_MOST:
        _KEPT.popitem(last=False)
    return found


@dataclass(frozen=True, slots=True)
class GroupSum:
    """A group with its proposals so far: how many, how many have a result, what was agreed (whole rupiah)."""

    group: WorkGroup
    proposals: tuple[UUID, ...]
    """In the order of their numbers."""
    decided: int
    agreed: int
    agreed_value: int

    @property
    def count(self) -> int:
        """How many proposals it discusses."""
        return len(self.proposals)


def default_groups(forum: Forum) -> None:
    """One group per field, as practice has it; the office renames, adds and moves."""
    for order, (bidang, name) in enumerate(BIDANG.items(), start=1):
        WorkGroup.objects.create(
            kabupaten=forum.kabupaten, forum=forum, order=order, name=f"Kelompok {name}", bidang=bidang
        )


def division_of(forum: Forum, *, at: datetime) -> list[GroupSum]:
    """Every group with its proposals; together they are the forum's list, none twice.

    A proposal moved by hand stands where it was put, any other in the group of its field, else in the first.
    """
    groups = list(forum.workgroups.order_by("order"))
    members: dict[UUID, list[UUID]] = {g.pk: [] for g in groups}
    if not groups:
        return []
    placed = dict(forum.groupplaces.values_list("proposal_id", "group_id"))
    by_field = {g.bidang: g.pk for g in groups if g.bidang}
    fields = fields_of(forum, at=at)
    for key in queries.listed(forum).values_list("pk", flat=True):
        members[placed.get(key) or by_field.get(fields.get(key, ""), groups[0].pk)].append(key)
    made = {d.proposal_id: d for d in forum.decisions.all()}
    return [_sum(g, tuple(members[g.pk]), made) for g in groups]


def _sum(group: WorkGroup, proposals: tuple[UUID, ...], made: Mapping[UUID, Decision]) -> GroupSum:
    results = [made[key] for key in proposals if key in made]
    agreed = [d.value or 0 for d in results if d.result == Result.DISEPAKATI.value]
    return GroupSum(group, proposals, len(results), len(agreed), sum(agreed))


def unreported(forum: Forum) -> list[str]:
    """Names of the groups whose results were not reported to the plenary yet."""
    return list(forum.workgroups.filter(reported_at=None).order_by("order").values_list("name", flat=True))
