"""The chain's lines and its head per regency."""

from __future__ import annotations

from django.db import models

from mufakat.audit.rules import GENESIS


class Head(models.Model):
    """The end of a regency's chain; locked last in every command."""

    kabupaten = models.CharField(max_length=5, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)


class Line(models.Model):
    """One command as it was carried out; the database refuses UPDATE and DELETE."""

    kabupaten = models.CharField(max_length=5)
    sequence = models.PositiveBigIntegerField()
    actor = models.CharField(max_length=36, blank=True)
    office = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    facts = models.TextField()
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["kabupaten", "sequence"]
        constraints = [models.UniqueConstraint(fields=["kabupaten", "sequence"], name="audit_sequence_once")]
        indexes = [models.Index(fields=["kabupaten", "subject"])]
