"""An import and each of its rows as it was read, whatever became of it. The file itself is not kept: it may hold
personal numbers that the reader has masked in the rows (rule 110)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mufakat.intake.rules import Fate
from mufakat.runtime.models import Owned


class SheetImport(Owned):
    """One import by one office."""

    cycle = models.ForeignKey("cycles.Cycle", on_delete=models.PROTECT, related_name="+")
    kecamatan = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey("regions.Region", null=True, on_delete=models.PROTECT, related_name="+")
    """Set when a village imported its own sheet, None for the kecamatan's compilation."""
    files = models.TextField()
    """Name and SHA-256 of each file, one a line."""
    basis = models.CharField(max_length=200, blank=True)
    """The villages' berita acara on which a kecamatan's compilation rests (rule 22)."""
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["kabupaten", "-imported_at", "-id"]


class PendingReading(Owned):
    """What an office has read and not yet confirmed; one per office, deleted when confirmed or read anew."""

    cycle = models.ForeignKey("cycles.Cycle", on_delete=models.CASCADE, related_name="+")
    office_id = models.UUIDField()
    reading = models.TextField()
    """The whole reading as canonical JSON, private numbers masked."""
    basis = models.CharField(max_length=200, blank=True)
    only_if_clean = models.BooleanField(default=False)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["kabupaten", "-read_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["office_id"], name="pending_reading_once")]


class ImportedRow(Owned):
    """One row as it was read, with its place in the file, its faults and its fate."""

    sheet_import = models.ForeignKey(SheetImport, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    file = models.CharField(max_length=255)
    sheet = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField()
    title = models.TextField(blank=True)
    village_text = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    """One sentence a line, each with its column."""
    data = models.TextField()
    """The whole row as canonical JSON, private numbers masked."""
    fate = models.CharField(max_length=12, choices=[(f.value, f.value) for f in Fate])
    proposal = models.ForeignKey(
        "proposals.Proposal", null=True, on_delete=models.PROTECT, related_name="imported_rows"
    )

    class Meta:
        ordering = ["sheet_import", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet_import", "position"], name="imported_position_once"),
            models.UniqueConstraint(fields=["proposal"], condition=Q(fate="masuk"), name="proposal_imported_once"),
            models.CheckConstraint(condition=~Q(fate="masuk") | Q(proposal__isnull=False), name="taken_has_proposal"),
        ]
