"""A planning cycle of one regency with its windows, pagu and kamus."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from mufakat.cycles.states import CycleState
from mufakat.runtime.models import Owned


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

    def pagu_of(self, kecamatan: str) -> int | None:
        """The announced pagu of a kecamatan in whole rupiah; None while it is not announced (rule 51)."""
        pagu = self.pagus.filter(kecamatan_id=kecamatan, announced_at__isnull=False).first()
        return pagu.amount if pagu else None


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


class KamusEntry(Owned):
    """An allowed kind of proposal with unit, unit price and agency (rule 17)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="kamus")
    name = models.CharField(max_length=160)
    unit = models.CharField(max_length=20)
    unit_price = models.BigIntegerField(null=True)
    agency = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["cycle", "name"]
        constraints = [models.UniqueConstraint(fields=["cycle", "name"], name="kamus_name_once")]
