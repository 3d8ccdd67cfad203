"""Load the codes and names of a regency."""

from __future__ import annotations

from django.db import transaction

from mufakat.regions.models import Region
from mufakat.regions.names import Atlas


@transaction.atomic
def load(*, atlas: Atlas) -> int:
    """Add or refresh every region of an atlas, parents first; returns how many there are."""
    for region in sorted(atlas.regions.values(), key=lambda r: (r.level, r.code)):
        parent = region.parent if region.parent in atlas.regions else None
        Region.objects.update_or_create(
            code=region.code,
            defaults={
                "name": region.name,
                "kind": region.kind,
                "parent_id": parent,
                "latitude": region.latitude,
                "longitude": region.longitude,
            },
        )
    return len(atlas.regions)
