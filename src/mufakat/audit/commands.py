"""Append to the chain; verify it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from mufakat.audit import rules
from mufakat.audit.models import Head, Key, Line


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


def personal(*, kabupaten: str, person: str, value: str) -> str:
    """The digest of a personal value under the person's key, which is made when it is first needed."""
    key, _ = Key.objects.get_or_create(kabupaten=kabupaten, person=person)
    return rules.personal_digest(value=value, key=bytes(key.key))


def erase(*, kabupaten: str, person: str) -> bool:
    """Delete a person's key, so that no value of theirs can be proved or tried out any more; False when none stood."""
    return bool(Key.objects.filter(kabupaten=kabupaten, person=person).delete()[0])


def chains() -> list[str]:
    """Regencies with a chain: by its head or by any line, so that neither hides the other's loss."""
    return sorted({*Head.objects.values_list("kabupaten", flat=True), *_with_lines()})


def _with_lines() -> list[str]:
    return list(Line.objects.order_by("kabupaten").values_list("kabupaten", flat=True).distinct())


def verify(*, kabupaten: str) -> tuple[rules.Break, ...]:
    """Every changed, removed or reordered line of a regency's chain, in order; empty when it holds."""
    head = Head.objects.filter(kabupaten=kabupaten).first()
    stored = Line.objects.filter(kabupaten=kabupaten).order_by("sequence").iterator(chunk_size=2000)
    lines = ((_plain(line), line.digest) for line in stored)
    return rules.breaks(lines, head=(head.sequence, head.digest) if head else None)


def _plain(line: Line) -> rules.Line:
    return rules.Line(**{name: getattr(line, name) for name in rules.Line.__slots__})
