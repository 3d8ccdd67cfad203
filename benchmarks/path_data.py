"""The data behind `path`: a regency with so many proposals, people to sign in, and questions about what is stored.

Run as `python -m benchmarks.path_data WORD …` in the environment of one installation; answers in JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import date, time, timedelta
from pathlib import Path

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.draft import ACTIONS, AGENCIES, OBJECTS
from mufakat.config.preparing import prepare
from mufakat.config.standing import faults
from mufakat.cycles import commands as cycles
from mufakat.cycles.models import Cycle
from mufakat.forums.commands import preparation
from mufakat.forums.models import Forum
from mufakat.people.models import Office, User
from mufakat.people.queries import actor_for
from mufakat.people.roles import Role
from mufakat.people.web.actor import OFFICE_KEY, SEEN_KEY, SINCE_KEY
from mufakat.proposals import rules
from mufakat.proposals.models import Proposal, Tally, Word
from mufakat.regions import names
from mufakat.regions.commands import load
from mufakat.regions.models import Region

GRESIK, KEBOMAS = "35.25", "35.25.14"
CLIENTS, MOST = 50, 1514
"""Heads who submit; proposals of one kecamatan, the most that is known of a real one (Klojen, 2022)."""
STATES = ("DITERUSKAN_PD",) * 5 + ("LOLOS_VERIF", "TIDAK_LAYAK", "CADANGAN", "TIDAK_DIAKOMODIR", "MASUK_APBD")


def fill(size: int) -> dict[str, object]:
    """A cycle with `size` submitted proposals in all kecamatan; a forum in Kebomas; fifty heads of villages."""
    prepare(data=Path(os.environ["MUFAKAT_DATA"]), stage=None, is_quiet=True)
    load(atlas=names.shipped())
    now = timezone.now()
    bappeda, admin = _person(Role.BAPPEDA, GRESIK), _person(Role.ADMIN_KECAMATAN, KEBOMAS)
    actor = actor_for(bappeda)
    cycle = cycles.open_cycle(
        actor=actor, plan_year=now.year + 1, theme="", opens_at=now - timedelta(days=5),
        closes_at=now + timedelta(days=5), returned_until=now + timedelta(days=6), regency_forum_day=None, at=now,
        is_example=True,
    )  # fmt: skip
    cycles.announce_pagu(actor=actor, cycle_id=cycle.pk, kecamatan=KEBOMAS, amount=5_000_000_000, at=now)
    forum = preparation.schedule(
        actor=actor, cycle_id=cycle.pk, kecamatan=KEBOMAS, day=date(now.year, 12, 30), starts_at=time(8),
        ends_at=time(15), place="Aula", pemandu=[("Pemandu", "P")], at=now,
    )  # fmt: skip
    with transaction.atomic():
        _proposals(cycle, size)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    villages = Region.objects.filter(kind__in=("desa", "kelurahan")).order_by("code")[:CLIENTS]
    heads = [_session(_person(Role.KEPALA_DESA, v.code)) for v in villages]
    first = Proposal.objects.filter(kecamatan_id=KEBOMAS).order_by("position")[0]
    return {
        "admin": _session(admin), "bappeda": _session(bappeda), "heads": heads, "forum": str(forum.pk),
        "proposal": str(first.pk), "board": Proposal.objects.filter(kecamatan_id=KEBOMAS).count(),
    }  # fmt: skip


def _person(role: Role, region: str) -> Office:
    user = User(username=f"{role}-{region}")
    user.set_unusable_password()
    user.save()
    return Office.objects.create(
        kabupaten=region[:5], user=user, role=role.value, region_id=region, starts_on=date(2020, 1, 1)
    )


def _session(office: Office) -> str:
    """The key of a session that is signed in to an office."""
    store = SessionStore()
    store[SESSION_KEY] = str(office.user.pk)
    store[BACKEND_SESSION_KEY] = "mufakat.people.web.signed_in.AccountBackend"
    store[HASH_SESSION_KEY] = office.user.get_session_auth_hash()
    store[OFFICE_KEY] = str(office.pk)
    store[SINCE_KEY] = store[SEEN_KEY] = int(timezone.now().timestamp())
    store.create()
    return str(store.session_key)


def _proposals(cycle: Cycle, size: int) -> None:
    chance = random.Random(size)
    kecamatan = list(Region.objects.filter(kind="kecamatan").order_by("code"))
    villages = {k.code: [r.code for r in Region.objects.filter(parent=k).order_by("code")] for k in kecamatan}
    others = [k.code for k in kecamatan if k.code != KEBOMAS]
    in_kebomas = min(size // len(kecamatan), MOST)
    places = [KEBOMAS] * in_kebomas + [others[i % len(others)] for i in range(size - in_kebomas)]
    numbers = dict.fromkeys(villages, 0)
    for start in range(0, size, 2000):
        made = []
        for place in places[start : start + 2000]:
            numbers[place] += 1
            made.append(_proposal(cycle, place, chance.choice(villages[place]), numbers[place], chance))
        Proposal.objects.bulk_create(made)
        _words(made)


def _words(made: list[Proposal]) -> None:
    """Eight words of each proposal, past the models: they are most of the rows."""
    rows = [(s, p.position, p.pk) for p in made for s in rules.stems(f"{p.title} {p.location}")]
    table = Word._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} (stem, position, proposal_id) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            held = [(stem, position, pk.hex) for stem, position, pk in rows]
            cursor.executemany(f"INSERT INTO {table} (stem, position, proposal_id) VALUES (%s, %s, %s)", held)


def _proposal(cycle: Cycle, kecamatan: str, village: str, number: int, chance: random.Random) -> Proposal:
    value = chance.randint(10, 900) * 500_000
    return Proposal(
        kabupaten=GRESIK, cycle=cycle, kecamatan_id=kecamatan, village_id=village, number=number,
        position=rules.position(plan_year=cycle.plan_year, kecamatan=kecamatan, number=number),
        title=f"{chance.choice(ACTIONS)} {chance.choice(OBJECTS)} tahap {chance.randint(1, 4)}",
        problem="Warga terganggu sejak musim hujan yang lalu.",
        location=f"Jalan {chance.choice(('Melati', 'Kenanga', 'Raya Poros', 'Veteran'))} {chance.randint(1, 900)} "
        f"RT {chance.randint(1, 12):02d} RW {chance.randint(1, 9):02d}",
        volume_requested=chance.randint(1, 900), unit="m", value_requested=value, value_verified=value,
        volume_verified=1, households=chance.randint(5, 300), land_status="milik pemda",
        village_priority=number % 20 + 1, agency_requested=chance.choice(AGENCIES),
        agency_final=chance.choice(AGENCIES), authority="kabupaten",
        state="LOLOS_VERIF" if kecamatan == KEBOMAS else chance.choice(STATES),
        submitted_at=cycle.proposals_open_at, changed_at=cycle.proposals_open_at,
    )  # fmt: skip


def questions(pages: dict[str, list[str]]) -> dict[str, int]:
    """How many questions each page asks the database: name → [address, session key or ""]."""
    told = {}
    for name, (address, key) in pages.items():
        client = Client()
        if key:
            client.cookies["sessionid"] = key
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            status = client.get(address).status_code
        assert status == 200, (address, status)
        told[name] = len(captured)
    return told


def stored(mark: str) -> dict[str, object]:
    """What stands of the proposals that the clients submitted under a mark."""
    found = Proposal.objects.filter(title__startswith=mark)
    counted = dict(Proposal.objects.order_by().values_list("state").annotate(n=Count("pk")))
    told: dict[str, int] = {}
    for state, n in Tally.objects.values_list("state", "number"):
        told[state] = told.get(state, 0) + n
    return {
        "submitted": sorted(found.filter(state="DIAJUKAN").values_list("title", flat=True)),
        "drafts": found.filter(state="DRAF").count(),
        "numbers_twice": len(Proposal.objects.order_by().values("cycle", "kecamatan", "number")
                             .filter(number__isnull=False).annotate(n=Count("pk")).filter(n__gt=1)),
        "faults": faults(),
        "tally_is_right": counted == {state: n for state, n in told.items() if n},
        "forums": Forum.objects.count(),
    }  # fmt: skip


def main_of(word: str, given: str) -> object:
    """Answer one word of the command line."""
    if word == "fill":
        return fill(int(given))
    return questions(json.loads(given)) if word == "questions" else stored(given)


if __name__ == "__main__":
    print(json.dumps(main_of(sys.argv[1], sys.argv[2])))
