"""What a village wrote, settled before it is stored."""

from __future__ import annotations

from mufakat.cycles.models import Cycle, KamusEntry
from mufakat.proposals import rules
from mufakat.proposals.errors import Beyond, NoKamus, Unbalanced
from mufakat.proposals.models import Proposal
from mufakat.proposals.rules import Draft


def settled(cycle: Cycle, content: Draft, *, before: Proposal | None) -> Draft:
    """What a village wrote, with unit, price and agency of its kamus entry; raises NoKamus, Unbalanced or Beyond."""
    if not rules.is_balanced(content):
        raise Unbalanced
    found = _with_kamus(cycle, content, before)
    if rules.is_beyond(found):
        raise Beyond
    return found


def _with_kamus(cycle: Cycle, content: Draft, before: Proposal | None) -> Draft:
    entry = KamusEntry.objects.filter(pk=content.kamus, cycle=cycle).first() if content.kamus else None
    is_same = before is not None and before.kamus_id == content.kamus
    if content.kamus and (entry is None or (entry.is_withdrawn and not is_same)):
        raise NoKamus
    if entry is None:
        return rules.priced(content, entry=None, price=before.unit_price if before and is_same else None)
    if before is not None and is_same:
        known = rules.Entry(before.unit, before.unit_price, entry.agency)
        return rules.priced(content, entry=known, price=None)
    return rules.priced(content, entry=rules.Entry(entry.unit, entry.unit_price, entry.agency), price=None)
