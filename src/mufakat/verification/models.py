"""Every verdict of a verifier as it was given; a later one stands beside it and overwrites nothing."""

from __future__ import annotations

from django.db import models

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

    class Meta:
        ordering = ["proposal", "at", "id"]
