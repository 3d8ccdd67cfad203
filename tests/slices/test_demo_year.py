"""The demonstration opens at each stage, with windows that are open and figures that agree."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from mufakat.audit.commands import verify
from mufakat.cycles.models import Cycle
from mufakat.demo.year import Stage, build
from mufakat.documents.models import Document
from mufakat.forums.queries import tally, undecided
from mufakat.people.models import Office, User
from mufakat.people.roles import Role
from mufakat.proposals.models import Proposal

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
DAYS = (
    datetime(2027, 1, 1, 0, 5, tzinfo=WIB),
    datetime(2026, 12, 28, 10, tzinfo=WIB),
    datetime(2026, 12, 31, 23, 30, tzinfo=WIB),
    datetime(2028, 2, 29, 10, tzinfo=WIB),
)


@pytest.mark.parametrize(
    ("stage", "now"),
    [*((Stage.DRAFTING, day) for day in DAYS), (Stage.VERIFICATION, DAYS[0]), (Stage.VERIFICATION, DAYS[2])],
)
def test_windows_are_open_at_the_stage(stage, now):
    with time_machine.travel(now, tick=False):
        forum = build(stage=stage, now=now)

    cycle = Cycle.objects.get()
    assert cycle.accepts_proposals(now) is (stage is Stage.DRAFTING)
    assert now < cycle.returned_until and now.date() <= forum.day
    assert max(local(cycle.proposals_close_at), local(cycle.returned_until), forum.day).year == now.year
    assert (forum.day.year, cycle.plan_year) == (now.year, now.year + 1)
    assert set(Proposal.objects.values_list("state", flat=True)) == (
        {"DRAF"} if stage is Stage.DRAFTING else {"DIAJUKAN", "DIKEMBALIKAN"}
    )


def roles():
    return {Role(role) for role in Office.objects.values_list("role", flat=True)}


def local(moment):
    return moment.astimezone(WIB).date()


def test_hall_opens_on_the_day_with_cases_to_try():
    with time_machine.travel(DAYS[0], tick=False):
        forum = build(stage=Stage.HALL, now=DAYS[0])

    forum.refresh_from_db()
    assert (forum.state, forum.day, undecided(forum).count()) == ("berlangsung", DAYS[0].date(), 12)
    assert (forum.cycle.plan_year, roles()) == (2028, set(Role))
    assert forum.floor.proposal_id == undecided(forum).first().pk


def test_tracking_ends_in_a_locked_example_without_names():
    with time_machine.travel(DAYS[2], tick=False):
        forum = build(stage=Stage.TRACKING, now=DAYS[2])

    forum.refresh_from_db()
    document = Document.objects.get()
    counts = tally(forum)
    assert (forum.state, document.state) == ("dikunci", "dikunci")
    assert '"is_example":true' in document.snapshot
    assert f'"agreed_total":{counts.agreed_value}' in document.snapshot
    assert counts.agreed_value <= counts.pagu
    assert Proposal.objects.filter(state="TIDAK_DIAKOMODIR").exists()
    assert set(User.objects.values_list("name", flat=True)) == {""}
    assert verify(kabupaten="35.25") == ()
