"""The chain's lines, its head per regency, and the keys of personal values."""

from __future__ import annotations

import secrets

from django.db import models

from mufakat.audit.rules import GENESIS


def new_key() -> bytes:
    """256 random bits."""
    return secrets.token_bytes(32)


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


class Key(models.Model):
    """The key of one person's values in the chain. Deleting it is the erasure: their digests then tell nothing."""

    kabupaten = models.CharField(max_length=5)
    person = models.CharField(max_length=100)
    """The row that stands for the person, as "forums.attendee:<id>"."""
    key = models.BinaryField(default=new_key)

    class Meta:
        ordering = ["kabupaten", "person"]
        constraints = [models.UniqueConstraint(fields=["kabupaten", "person"], name="audit_key_once")]
