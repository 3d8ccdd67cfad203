"""What later stages said about a proposal, stage by stage, never overwritten (rules 90-92)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from uuid6 import uuid7

from mufakat.tracking.states import Outcome, Stage


class HandOver(models.Model):
    """A proposal as an agency received it; re-routing closes one and opens the next (rule 91)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kabupaten = models.CharField(max_length=5)
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="hand_overs")
    agency = models.CharField(max_length=160)
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["kabupaten", "agency", "received_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(closed_at__isnull=True), name="one_agency_at_a_time"
            )
        ]


class FollowUp(models.Model):
    """One answer of one stage; a later answer of the same stage stands beside the earlier (rule 92)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kabupaten = models.CharField(max_length=5)
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="follow_ups")
    stage = models.CharField(max_length=30, choices=[(s.value, s.value) for s in Stage])
    outcome = models.CharField(max_length=30, choices=[(o.value, o.value) for o in Outcome])
    value = models.BigIntegerField(null=True)
    volume = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    sub_activity = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    reason_code = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["kabupaten", "proposal", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="diakomodir") | ~Q(reason_code=""), name="follow_up_refusal_has_reason"
            ),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="follow_up_value_positive"),
        ]
