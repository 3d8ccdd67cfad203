"""Issued documents: a frozen snapshot with number, version and hashes. Who may issue what is decided above."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from uuid6 import uuid7

from mufakat.documents.states import DOCUMENT, DocumentAction, DocumentState


class Blob(models.Model):
    """Bytes under their SHA-256, so that a backup of the database holds every paper and scan."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    kabupaten = models.CharField(max_length=5, db_index=True)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["sha256"]


class Document(models.Model):
    """One version of one document. Snapshot, number and version never change; the database refuses it too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kabupaten = models.CharField(max_length=5)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    """What it is about, as "forum:<id>"; this slice does not look inside."""
    register = models.CharField(max_length=40)
    """Within which numbers are unique, as "35.25.14/2027" (rule 77)."""
    number = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    snapshot = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in DocumentState])
    reason = models.TextField(blank=True)
    """Why this version replaces the one before it, or why it was voided."""
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)
    signed_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kabupaten", "kind", "subject", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kabupaten", "kind", "register", "number", "version"], name="document_number_once"
            ),
            models.UniqueConstraint(
                fields=["kabupaten", "kind", "subject", "version"],
                condition=~Q(state="dibatalkan"),
                name="document_version_once",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="document_version_from_one"),
            models.CheckConstraint(condition=~Q(number=""), name="document_has_number"),
            models.CheckConstraint(
                condition=~Q(state__in=["ditandatangani", "dikunci", "direvisi"]) | Q(scan__isnull=False),
                name="document_signed_has_scan",
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True) | Q(locked_at__gte=F("issued_at")), name="document_locked_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number} versi {self.version}"

    @property
    def standing(self) -> DocumentState:
        """Its state as the machine knows it."""
        return DocumentState(self.state)

    def move(self, action: DocumentAction) -> None:
        """Take one step of the machine; the caller saves. Raises NotPossible."""
        self.state = DOCUMENT.next(self.standing, action).value
