"""The ground of our tables: a time-ordered id and the regency that owns the row."""

from __future__ import annotations

from django.db import models
from uuid6 import uuid7


class Owned(models.Model):
    """A row of one regency (its Kemendagri code, NN.NN) under a UUIDv7."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kabupaten = models.CharField(max_length=5)

    class Meta:
        abstract = True
