"""A planning cycle of one regency with its windows, pagu and kamus."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from mufakat.cycles.rules import Proof
from mufakat.cycles.states import CycleState
from mufakat.runtime.models import Owned
from mufakat.runtime.prepared import Prepared


def every_proof() -> list[str]:
    """All kinds of proof."""
    return [kind.value for kind in Proof]


class Cycle(Owned):
    """The year: plan year n and what Bappeda sets for it."""

    plan_year = models.PositiveIntegerField()
    theme = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default=CycleState.DRAFT.value)
    proposals_open_at = models.DateTimeField()
    proposals_close_at = models.DateTimeField()
    returned_until = models.DateTimeField()
    """By when returned proposals must be repaired (rule 42)."""
    regency_forum_day = models.DateField(null=True)
    fewest_delegates = models.PositiveIntegerField(default=3)
    most_delegates = models.PositiveIntegerField(default=5)
    is_example = models.BooleanField(default=False)
    """Every document reads CONTOH, BUKAN DOKUMEN RESMI."""
    accepts_incomplete = models.BooleanField(default=False)
    """What is missing is marked "belum lengkap" instead of blocking submission (rule 15)."""
    allows_direct = models.BooleanField(default=True)
    """Villages may propose what is not in the kamus; it goes to verification without a price (rule 21)."""
    proof_until = models.DateField(null=True)
    """The last day for the proof of recipients of goods; afterwards those without are listed as overdue (rule 41)."""
    proof_kinds = models.JSONField(default=every_proof)
    """Which kinds of proof this cycle takes (`rules.Proof`)."""
    criteria_agreed_at = models.DateTimeField(null=True)
    """When a forum first agreed on the criteria; from then on their weights stand (rules 57, 60)."""

    class Meta:
        ordering = ["kabupaten", "-plan_year"]
        constraints = [
            models.UniqueConstraint(fields=["kabupaten", "plan_year"], name="one_cycle_per_plan_year"),
            models.CheckConstraint(
                condition=Q(proposals_close_at__gt=F("proposals_open_at")), name="window_closes_later"
            ),
        ]

    @property
    def forum_year(self) -> int:
        """The year in which the forums are held: n-1."""
        return self.plan_year - 1

    def accepts_proposals(self, at: datetime) -> bool:
        """Whether villages may submit at this moment; closes at the set minute (rule 7)."""
        is_open = self.state == CycleState.OPEN.value
        return is_open and self.proposals_open_at <= at < self.proposals_close_at

    def closes_for(self, village: str) -> datetime:
        """The deadline of one village: its own extension, where it is the later (rule 7)."""
        own = self.extensions.filter(village_id=village).order_by("-closes_at").first()
        return max(own.closes_at, self.proposals_close_at) if own else self.proposals_close_at

    def accepts_from(self, village: str, at: datetime) -> bool:
        """Whether this village may submit at this moment, its own extension counted in."""
        if self.accepts_proposals(at):
            return True
        is_begun = self.state == CycleState.OPEN.value and at >= self.proposals_open_at
        return is_begun and at < self.closes_for(village)

    def pagu_of(self, kecamatan: str) -> int | None:
        """The announced pagu of a kecamatan in whole rupiah; None while it is not announced (rule 51)."""
        return next(iter(_announced(self.pk, kecamatan)), None)


class Pagu(Owned):
    """Indicative ceiling of one kecamatan."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="pagus")
    kecamatan = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    announced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["cycle", "kecamatan_id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kecamatan"], name="one_pagu_per_kecamatan"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="pagu_not_negative"),
        ]


def _announced_in(cycle: UUID, kecamatan: str) -> models.QuerySet[Pagu, int]:
    announced = Pagu.objects.filter(cycle_id=cycle, kecamatan_id=kecamatan, announced_at__isnull=False)
    return announced.order_by("pk").values_list("amount", flat=True)


_announced: Prepared[int] = Prepared(_announced_in, UUID, str)
"""Asked for every page of a forum day."""


class KamusEntry(Owned):
    """An allowed kind of proposal with unit, unit price and agency (rule 17)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="kamus")
    name = models.CharField(max_length=160)
    unit = models.CharField(max_length=20)
    unit_price = models.BigIntegerField(null=True)
    agency = models.CharField(max_length=160, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    """No longer offered; proposals that chose it keep it."""

    def __str__(self) -> str:
        return self.name

    class Meta:
        ordering = ["cycle", "name"]
        constraints = [models.UniqueConstraint(fields=["cycle", "name"], name="kamus_name_once")]


class KamusPending(Owned):
    """A sheet of the kamus that an office has read and not yet confirmed; one per office."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    office_id = models.UUIDField(unique=True)
    file = models.CharField(max_length=200)
    reading = models.TextField()
    """`kamus_sheet.KamusReading` as canonical JSON."""
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["kabupaten", "read_at", "id"]


class Criterion(Owned):
    """What the provisional order is scored by; weights of a cycle total 100, each level has its words (rule 60)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="criteria")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    weight = models.PositiveIntegerField()
    anchors = models.JSONField()
    """Level "1" … "5" → its words."""
    bands = models.JSONField(default=dict)
    """Per bidang, up to how many households which level; in the form of the ranking engine's presets."""

    class Meta:
        ordering = ["cycle", "order"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "key"], name="criterion_once"),
            models.UniqueConstraint(fields=["cycle", "order"], name="criterion_place_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="weight_within_100"),
        ]


class Extension(Owned):
    """A later deadline for one village, with who gave it, when and why (rule 7)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="extensions")
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()
    reason = models.CharField(max_length=240)
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["cycle", "village_id", "-granted_at", "-id"]
