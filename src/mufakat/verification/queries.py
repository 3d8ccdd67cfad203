"""What waits, and what the nomenclature engine advises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from mufakat.proposals import queries
from mufakat.proposals.states import State

if TYPE_CHECKING:
    from mufakat.engines.nomenclature.classify import Ruling
    from mufakat.people.actors import Actor
    from mufakat.proposals.models import Proposal

WAITING = (State.SUBMITTED.value, State.IN_VERIFICATION.value)


def waiting_for(actor: Actor) -> QuerySet[Proposal]:
    """Proposals that wait for this kecamatan's verifier, oldest first."""
    return queries.visible_to(actor).filter(state__in=WAITING).order_by("changed_at", "number")


def advice_on(proposal: Proposal) -> Ruling:
    """Authority and agency as the engine reads the proposal; the verifier decides."""
    from mufakat.engines.nomenclature.classify import Setting, classify
    from mufakat.engines.nomenclature.table import shipped

    kecamatan, village = proposal.kecamatan, proposal.village
    return classify(
        title=proposal.title,
        details=f"{proposal.location} rt {proposal.rt} rw {proposal.rw}",
        village_kind=village.kind if village else "",
        village=village.name if village else "",
        stated_agency=proposal.agency_requested,
        table=shipped(),
        setting=Setting(kecamatan.name, proposal.kabupaten, "Kecamatan"),
        villages=(village.name,) if village else (),
    )
