"""Stored engine runs and the moves a team made on the board, each with its reason (rules 61, 64)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from uuid6 import uuid7


class Run(models.Model):
    """One run of the drafting engine: its input's hash, version and whole outcome; it can be replayed to the byte."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kabupaten = models.CharField(max_length=5)
    cycle = models.ForeignKey("cycles.Cycle", on_delete=models.PROTECT, related_name="+")
    kecamatan = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    engine_version = models.CharField(max_length=40)
    input_sha256 = models.CharField(max_length=64)
    outcome = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["kabupaten", "-made_at"]


class Move(models.Model):
    """One move on the board. Moves are only added; the order is the engine's with all moves applied in turn."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kabupaten = models.CharField(max_length=5)
    cycle = models.ForeignKey("cycles.Cycle", on_delete=models.PROTECT, related_name="+")
    kecamatan = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="+")
    place_before = models.PositiveIntegerField()
    place_after = models.PositiveIntegerField()
    reason = models.TextField()
    inverts_village_order = models.BooleanField(default=False)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["kabupaten", "cycle", "kecamatan", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kecamatan", "sequence"], name="move_sequence_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="move_has_reason"),
            models.CheckConstraint(condition=Q(place_after__gte=1), name="move_within_list"),
        ]
