"""What every page of proposals starts from: the cycle, the proposal in sight, the version in hand."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from mufakat.cycles.models import Cycle
from mufakat.cycles.queries import latest_of
from mufakat.people.web.actor import StaffRequest
from mufakat.proposals import queries
from mufakat.proposals.errors import NoProposal
from mufakat.proposals.models import Proposal


def cycle_or_404(request: StaffRequest) -> Cycle:
    """The regency's latest cycle."""
    cycle = latest_of(request.actor.kabupaten)
    if cycle is None:
        raise Http404("Siklus belum dibuka.")
    return cycle


def proposal_or_404(request: StaffRequest, proposal_id: UUID) -> Proposal:
    """A proposal this actor may see."""
    try:
        return queries.proposal_for(request.actor, proposal_id)
    except NoProposal as error:
        raise Http404(str(error)) from error


def version_in(request: StaffRequest) -> int:
    """The version the page was opened on; 0, which never stands, for anything else."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
