"""Load the codes and names of a regency."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from mufakat.regions.models import Region
from mufakat.regions.names import Atlas


@transaction.atomic
def load(*, atlas: Atlas) -> int:
    """Add or refresh every region of an atlas, parents first; returns how many there are."""
    regions = [
        Region(
            code=region.code,
            name=region.name,
            kind=region.kind,
            parent_id=region.parent if region.parent in atlas.regions else None,
            latitude=region.latitude,
            longitude=region.longitude,
            **(asdict(region.bounds) if region.bounds else {}),
        )
        for region in sorted(atlas.regions.values(), key=lambda r: (r.level, r.code))
    ]
    refreshed = ["name", "kind", "parent", "latitude", "longitude", "south", "west", "north", "east"]
    Region.objects.bulk_create(regions, update_conflicts=True, unique_fields=["code"], update_fields=refreshed)
    return len(atlas.regions)
