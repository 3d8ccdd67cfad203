"""Every verdict of a verifier as it was given; a later one stands beside it and overwrites nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mufakat.runtime.models import Owned
from mufakat.verification.rules import Verdict


class Examination(Owned):
    """One verdict with the checklist, what was opened again, and by when."""

    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="examinations")
    verdict = models.CharField(max_length=12, choices=[(v.value, v.value) for v in Verdict])
    checks = models.JSONField(default=dict)
    """Line of the checklist → whether it was found in order; lines not looked at are absent."""
    clearance = models.TextField(blank=True)
    """The document or the exception that settled land or recipient (rules 40, 41)."""
    parts = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    user_id = models.UUIDField()
    office = models.CharField(max_length=200)
    at = models.DateTimeField()
    second_user_id = models.UUIDField(null=True)
    """Who countersigned a verdict on a proposal that the first person had entered (rule 43)."""
    second_office = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["proposal", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second_user_id__isnull=True) | ~Q(second_user_id=F("user_id")),
                name="countersigned_by_another",
            )
        ]


class Prepared(Owned):
    """A verdict on a proposal its verifier entered, until a second person countersigns or declines it (rule 43)."""

    proposal = models.OneToOneField("proposals.Proposal", on_delete=models.PROTECT, related_name="prepared")
    given = models.TextField()
    """The verdict as canonical JSON of `rules.Given`."""
    user_id = models.UUIDField()
    office = models.CharField(max_length=200)
    capacity = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    declined = models.TextField(blank=True)
    """Why the second person did not sign; the verdict is then prepared anew or given by somebody else."""
    declined_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["kabupaten", "at", "id"]
