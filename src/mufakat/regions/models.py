"""Regions under their Kemendagri codes; loaded from `names` and kept when they end (rule 115)."""

from __future__ import annotations

from django.db import models

from mufakat.regions.rules import Bounds

KIND_LABELS = {"provinsi": "Provinsi", "kabupaten": "Kabupaten", "kota": "Kota", "kecamatan": "Kecamatan"}


class Region(models.Model):
    """A province, regency, kecamatan, desa or kelurahan."""

    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    south = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    west = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    north = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    east = models.DecimalField(max_digits=9, decimal_places=6, null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label

    @property
    def bounds(self) -> Bounds | None:
        """The rectangle around it, where all four sides are known."""
        if self.south is None or self.west is None or self.north is None or self.east is None:
            return None
        return Bounds(self.south, self.west, self.north, self.east)

    @property
    def kind_label(self) -> str:
        """The kind as a heading: "Desa"."""
        return self.kind.capitalize()

    @property
    def label(self) -> str:
        """Kind and name: "Desa Giri"; a province's or regency's name already says its kind."""
        return label_of(self.kind, self.name)


def label_of(kind: str, name: str) -> str:
    """`Region.label` of a kind and name that were read without the region."""
    return name if kind in ("provinsi", "kabupaten", "kota") else f"{kind.capitalize()} {name}"
