"""What else wants attention on a desk, whatever its stage: second signatures, and recipients without proof."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from mufakat.people.roles import Role
from mufakat.portal.desks.parts import VILLAGE, Note, Setting
from mufakat.proposals import queries as proposals
from mufakat.verification.queries import count_to_countersign


def notes_for(setting: Setting) -> tuple[Note, ...]:
    """Each as a sentence with its page, one query a kind and only for the roles it concerns."""
    return (*_signatures(setting), *_proofs(setting))


def _proofs(setting: Setting) -> tuple[Note, ...]:
    """Recipients of goods whose proof is not there (rule 41)."""
    if setting.actor.role not in (*VILLAGE, Role.VERIFIKATOR):
        return ()
    n = proposals.count_lacking_proof(setting.actor, setting.cycle)
    day = setting.cycle.proof_until
    if day is not None and timezone.localdate(setting.at) > day:
        told = ngettext(
            "%(n)s usulan terlambat membuktikan penerimanya.", "%(n)s usulan terlambat membuktikan penerimanya.", n
        )
    else:
        told = ngettext("%(n)s usulan belum membuktikan penerimanya.", "%(n)s usulan belum membuktikan penerimanya.", n)
    return (Note(told % {"n": n}, reverse("proposals:proofs")),) if n else ()


def _signatures(setting: Setting) -> tuple[Note, ...]:
    """Verdicts that wait for this person as the second one (rule 43)."""
    n = count_to_countersign(setting.actor)
    told = ngettext("%(n)s putusan menunggu tanda tangan kedua.", "%(n)s putusan menunggu tanda tangan kedua.", n)
    return (Note(told % {"n": n}, reverse("verification:queue")),) if n else ()
