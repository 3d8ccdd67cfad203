"""A returned proposal that is not completed by its due date lapses by itself, once, and is named (rule 42)."""

from datetime import timedelta

import pytest
from tests.slices.conftest import AT

from mufakat.audit.commands import verify
from mufakat.audit.models import Line
from mufakat.proposals.states import State
from mufakat.verification import commands as verification

pytestmark = pytest.mark.django_db
DUE = AT + timedelta(days=15)


@pytest.fixture
def returned(year):
    """Two of four proposals are returned; one of them is completed in time."""
    year.opened().submitted()
    for proposal in year.proposals[:2]:
        key = {"actor": year.verifier, "proposal_id": proposal.pk, "at": AT}
        verification.return_to_village(**key, reason="Lengkapi penerima manfaat.")
    return year


def states(year):
    for proposal in year.proposals:
        proposal.refresh_from_db()
    return [p.standing for p in year.proposals]


def test_nothing_lapses_before_the_due_date(returned):
    assert verification.lapse_overdue(at=DUE - timedelta(seconds=1)) == 0
    assert states(returned) == [State.RETURNED, State.RETURNED, State.SUBMITTED, State.SUBMITTED]


def test_what_is_overdue_lapses_once_and_the_system_is_named(returned):
    assert (verification.lapse_overdue(at=DUE), verification.lapse_overdue(at=DUE)) == (2, 0)

    lapsed = returned.proposals[0]
    assert states(returned) == [State.LAPSED, State.LAPSED, State.SUBMITTED, State.SUBMITTED]
    assert (lapsed.reason_code, lapsed.reason) == ("DOK", "Tidak dilengkapi sampai 26 Januari 2027 pukul 09.00.")
    assert list(lapsed.steps.values_list("state", "office")) == [
        ("DIAJUKAN", lapsed.steps.first().office), ("DIKEMBALIKAN", returned.verifier.label), ("GUGUR", "Sistem"),
    ]  # fmt: skip
    line = Line.objects.filter(action="proposal.lapsed").order_by("sequence").first()
    assert (line.actor, line.office, line.subject) == ("", "sistem", f"proposals.proposal:{lapsed.pk}")
    assert verify(kabupaten="35.25") == ()
