"""Append to the chain; verify it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from mufakat.audit import rules
from mufakat.audit.models import Head, Line


@transaction.atomic
def append(
    *, kabupaten: str, actor: str, office: str, action: str, subject: str, facts: dict[str, Any], at: datetime
) -> None:
    """Write the next line of the regency's chain in the caller's transaction."""
    Head.objects.get_or_create(kabupaten=kabupaten)
    head = Head.objects.select_for_update().get(kabupaten=kabupaten)
    line = rules.Line(
        kabupaten=kabupaten,
        sequence=head.sequence + 1,
        actor=actor,
        office=office,
        action=action,
        subject=subject,
        facts=rules.facts_text(facts),
        at=at,
        previous=head.digest,
    )
    digest = line.digest()
    fields = {name: getattr(line, name) for name in line.__slots__}
    Line.objects.create(**fields, digest=digest)
    head.sequence, head.digest = line.sequence, digest
    head.save(update_fields=["sequence", "digest"])


def verify(*, kabupaten: str) -> tuple[rules.Break, ...]:
    """Every changed, removed or reordered line of a regency's chain, in order; empty when it holds."""
    head = Head.objects.filter(kabupaten=kabupaten).first()
    stored = Line.objects.filter(kabupaten=kabupaten).order_by("sequence").iterator(chunk_size=2000)
    lines = ((_plain(line), line.digest) for line in stored)
    return rules.breaks(lines, head=(head.sequence, head.digest) if head else None)


def _plain(line: Line) -> rules.Line:
    return rules.Line(**{name: getattr(line, name) for name in rules.Line.__slots__})
