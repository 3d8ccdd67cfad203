"""What else wants attention on a desk, whatever its stage: second signatures."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import ngettext

from mufakat.portal.desks.parts import Note, Setting
from mufakat.verification.permissions import COUNTERSIGNERS
from mufakat.verification.queries import to_countersign


def notes_for(setting: Setting) -> tuple[Note, ...]:
    """Each as a sentence with its page, one query a kind and only for the roles it concerns."""
    return _signatures(setting)


def _signatures(setting: Setting) -> tuple[Note, ...]:
    """Verdicts that wait for this person as the second one (rule 43)."""
    if setting.actor.role not in COUNTERSIGNERS:
        return ()
    n = to_countersign(setting.actor).order_by().count()
    told = ngettext("%(n)s putusan menunggu tanda tangan kedua.", "%(n)s putusan menunggu tanda tangan kedua.", n)
    return (Note(told % {"n": n}, reverse("verification:queue")),) if n else ()
