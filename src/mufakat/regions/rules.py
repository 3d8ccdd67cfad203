"""Whether a point on the map can lie in the region it is said to lie in (rule 16)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

OUTSIDE_REGENCY = "Titik peta berada di luar kabupaten atau kota ini. Periksa lintang dan bujurnya."
OUTSIDE_KECAMATAN = "Titik peta berada di luar kecamatan ini. Periksa lintang dan bujurnya."


@dataclass(frozen=True, slots=True)
class Bounds:
    """The smallest rectangle of parallels and meridians around a region, WGS84 degrees."""

    south: Decimal
    west: Decimal
    north: Decimal
    east: Decimal

    def holds(self, latitude: Decimal, longitude: Decimal) -> bool:
        """Whether a point lies within, the edges included."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def misplaced(
    latitude: Decimal | None, longitude: Decimal | None, *, kecamatan: Bounds | None, regency: Bounds | None
) -> str:
    """What to say of a point outside its regency or its kecamatan; empty where it may be right or cannot be judged.

    Rectangles are wider than the regions: a point that is warned about is surely outside, one near the border may pass.
    """
    if latitude is None or longitude is None:
        return ""
    if regency is not None and not regency.holds(latitude, longitude):
        return OUTSIDE_REGENCY
    if kecamatan is not None and not kecamatan.holds(latitude, longitude):
        return OUTSIDE_KECAMATAN
    return ""
