"""Every command of every slice, given by a stranger: it raises, and not one row is another afterwards."""

import inspect
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from tests.slices.conftest import GIRI, GRESIK, KEBOMAS, ON_THE_DAY, SCAN, agreed, office
from tests.web import access

from mufakat.config.command_reference import CALLED, MACHINE, OWN, PERMISSIONS, domain_commands
from mufakat.config.reference import actor as imagined
from mufakat.config.reference import allowed, questions
from mufakat.core.errors import MufakatError
from mufakat.cycles.kamus_sheet import KamusReading
from mufakat.cycles.rules import Proof
from mufakat.drafting.labels import Reason
from mufakat.engines.nomenclature.classify import Authority
from mufakat.engines.sheets.model import Reading
from mufakat.forums.commands.notes import Notes
from mufakat.forums.commands.session import Person as Guest
from mufakat.forums.rules import Agreement, Element, Method
from mufakat.people.commands.accounts import Person
from mufakat.people.roles import LEVELS, Role
from mufakat.people.rules import Post
from mufakat.proposals.rules import Draft
from mufakat.tracking.rules import Answer
from mufakat.tracking.states import Outcome, Stage
from mufakat.verification.rules import Given, Verdict

pytestmark = pytest.mark.django_db
COMMANDS = dict(domain_commands())
GIVEN = sorted(name for name, asked in PERMISSIONS.items() if asked not in (OWN, CALLED, MACHINE))
FOR_ITSELF = {"cycles.open_cycle"}
"""Commands about the actor's own regency by nature: somebody of another regency opens a cycle there."""
READERS = {"prioritisation.keep_run"}
"""Commands open to whoever may see the forum, the inspectorate among them."""
ABROAD = {2: access.LAMONGAN, 3: access.LAREN, 4: access.VILLAGE_OF_LAREN}
NOTHING = UUID(int=0)


def test_every_command_has_its_row():
    """A new command is listed with what it asks before it is merged."""
    assert sorted(COMMANDS) == sorted(PERMISSIONS), "Tambahkan perintah itu pada config/command_reference.py."


def test_what_others_call_takes_no_actor_to_trust():
    called = [name for name, asked in PERMISSIONS.items() if asked in (CALLED, MACHINE)]

    assert [n for n in called if "actor" in inspect.signature(COMMANDS[n]).parameters and n != "audit.append"] == []


def arguments(year, kept):
    """A value for every parameter of every command, pointing at what is really there."""
    person = year.forum.attendees.first()
    content = Draft("Usulan penyusup", "Masalah yang cukup panjang untuk diajukan.", "RT 01")
    return {
        "at": ON_THE_DAY, "cycle_id": year.cycle.pk, "forum_id": year.forum.pk, "proposal_id": year.proposals[0].pk,
        "block_id": NOTHING, "attendee_id": person.pk, "delegate_id": NOTHING, "user_id": kept.user_id,
        "office_id": kept.office_id, "kecamatan": KEBOMAS, "village": GIRI, "villages": [GIRI], "agency": "Dinas",
        "amount": 1, "name": "Nama", "unit": "m", "unit_price": 1, "closes_at": ON_THE_DAY, "plan_year": 2031,
        "theme": "x", "opens_at": ON_THE_DAY - timedelta(days=9), "returned_until": ON_THE_DAY, "number": "1/2/2027",
        "regency_forum_day": None, "content": content, "version": 1, "reason": "Alasan yang cukup panjang.",
        "changes": {year.proposals[0].pk: (1, "Dinas")}, "day": date(2027, 2, 9), "starts_at": time(8),
        "ends_at": time(9), "place": "Aula", "pemandu": [("Nama", "P")], "members": [("A", "B", "Ketua", "L")],
        "elements": {Element.BPD: 1}, "chair": {"name": "x", "position": "x"}, "subject": Agreement.PRINCIPLES,
        "method": Method.CONSENSUS, "by": "x", "answer": "x", "verdict": agreed(1), "proposals_read": [], "speaker": "x",
        "reading": Reading((), (), ()), "person": Guest("Penyusup", "L", Element.BPD), "to": 1, "code": Reason.PAGU,
        "accepts_inversion": True, "is_frozen": False, "authority": Authority.KABUPATEN, "stage": Stage.APBD,
        "post": Post(Role.OPERATOR_DESA, GIRI, ON_THE_DAY.date()), "ends_on": ON_THE_DAY.date(),
        "successor": Person("penyusup"), "starts_on": ON_THE_DAY.date(), "initiator_id": person.pk,
        "accepts_incomplete": True, "allows_direct": True, "amounts": {KEBOMAS: 1},
        "is_withdrawn": True, "criteria": [], "caption": "x", "signer_id": NOTHING, "items": [("Sidang", 60, "")],
        "is_pagu_binding": True, "paper": "f4", "note": "x",
        "group_id": NOTHING, "proposals_moved": [], "report": "x", "gender": "P", "element": Element.BPD, "percent": 40, "notes": Notes(), "text": "x", "clause": "prioritas", "is_on": True,
        "other_id": year.proposals[1].pk, "given": Given(Verdict.REFUSE, reason_code="SUDAH"), "proof": Proof.ENTITY,
    } | access.belongings(year, kept)  # fmt: skip


def call(name, actor, values):
    """Give the command with what its signature asks for; a parameter without a value here must be added."""
    own = {
        "cycles.hold_kamus": {"reading": KamusReading((), ())},
        "people.accounts.create_account": {"person": Person("penyusup")},
        "forums.minutes.attach_scan": {"content": SCAN},
        "proposals.add_photo": {"content": SCAN},
        "proposals.attach_minutes": {"content": SCAN},
        "proposals.proving.attach_proof": {"content": SCAN},
        "proposals.put_at": {"place": 1},
        "tracking.answer": {"answer": Answer(Outcome.NOT_ACCOMMODATED, reason_code="PAGU", reason="x")},
        "tracking.record": {"answer": Answer(Outcome.NOT_ACCOMMODATED, reason_code="PAGU", reason="x")},
    }
    parameters = inspect.signature(COMMANDS[name]).parameters
    known = values | own.get(name, {}) | {"actor": actor}
    needed = [p.name for p in parameters.values() if p.default is inspect.Parameter.empty]
    assert set(needed) <= set(known), f"Beri nilai bagi {set(needed) - set(known)} pada arguments()."
    return COMMANDS[name](**{n: known[n] for n in needed})


def abroad(name):
    """Offices of another regency of every role that may give the command at home."""
    question = next(q for q in questions() if q.action == PERMISSIONS[name])
    return [r for r in Role if allowed(question, imagined(r, {2: GRESIK, 3: KEBOMAS, 4: GIRI}[LEVELS[r]]))]


def test_strangers_are_refused_and_change_nothing(year):
    year.opened().submitted().verified().scheduled().ready().started()
    access.other_regency()
    values = arguments(year, office(Role.OPERATOR_DESA, GIRI))
    foreign = {r: office(r, ABROAD[LEVELS[r]], agency=access.AGENCY if r is Role.OPD else "") for r in Role}
    inspector = office(Role.AUDITOR, GRESIK)
    before = access.digest()
    passed = []
    for name in GIVEN:
        strangers = [foreign[r] for r in abroad(name)] if name not in FOR_ITSELF else []
        strangers += [inspector] if name not in READERS else []
        assert strangers, name
        for stranger in strangers:
            try:
                call(name, stranger, values)
                passed.append((name, stranger.label))
            except MufakatError:
                pass

    assert (passed, access.digest() == before) == ([], True)
