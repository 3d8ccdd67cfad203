"""Role × address × stage × region, nothing left out: what each office gets, and that a stranger changes nothing."""

import os
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from tests.slices.conftest import AT, GIRI, ON_THE_DAY, office
from tests.web import access
from tests.web.access import PERSONAL, SIGNED_OUT, columns
from tests.web.test_intruders import whatever

from mufakat.people.roles import Role
from mufakat.tracking import commands as tracking

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STAGES = {"sebelum": AT, "sidang": ON_THE_DAY, "sesudah": ON_THE_DAY + timedelta(days=1)}
PUBLIC = frozenset({"portal:index", "portal:proposal", "documents:index", "documents:check"})
"""Addresses anybody reads."""
PARTS = 4
"""Of the columns, tried in a test each."""
SHARED = PUBLIC | {
    "portal:desk", "cycles:index", "cycles:open", "forums:index", "forums:schedule", "intake:index", "people:index",
    "people:new", "proposals:index", "proposals:new", "tracking:index", "tracking:agencies", "tracking:supra",
    "proposals:order", "proposals:village_minutes", "tracking:realisation", "verification:list", "verification:next",
    "verification:queue", "verification:returned", "proposals:proofs", "ui:style", "ui:style_shell",
}  # fmt: skip
"""Addresses without an id: they show and take what is the asking office's own, so a stranger is answered there."""
OF_REGENCY = {
    "cycles:pagu", "cycles:kamus", "cycles:extend", "cycles:settings", "cycles:criteria", "cycles:close", "cycles:kamus_entry",
    "cycles:kamus_import", "cycles:kamus_confirm", "cycles:kamus_export",
}  # fmt: skip
"""The cycle is the regency's: its other kecamatan are told that Bappeda sets it."""


def at_stage(year, stage):
    """The year taken to a stage, and the ids of everything in it."""
    year.opened().submitted().verified().scheduled()
    document, block = year.forum.pk, year.forum.pk
    if stage != "sebelum":
        from mufakat.forums.commands import session

        year.ready().started()
        key = {"actor": year.pemandu, "forum_id": year.forum.pk, "at": ON_THE_DAY}
        block = session.read_block(**key, name="Blok A", proposals_read=[year.proposals[0].pk]).pk
    if stage == "sesudah":
        year.decided().elected().in_plenary().issued().locked()
        tracking.hand_over(forum_id=year.forum.pk, at=ON_THE_DAY)
        document = year.document.pk
    kept = office(Role.OPERATOR_DESA, GIRI)
    return access.belongings(year, kept) | {
        "forum_id": year.forum.pk,
        "proposal_id": year.proposals[0].pk,
        "block_id": block,
        "document_id": document,
        "cycle_id": year.cycle.pk,
        "user_id": kept.user_id,
        "office_id": kept.office_id,
        "sha256": "0" * 64,
        "shell": "aula",
    }


def asked(visitor, method, path, form):
    """The answer as a letter."""
    return access.letter(visitor.ask(method, path, form))


def undone(visitor, method, path, form):
    """The answer as a letter, with everything it wrote undone."""
    with transaction.atomic():
        before = transaction.savepoint()
        mark = asked(visitor, method, path, form)
        transaction.savepoint_rollback(before)
    return mark


def row_of(column, paths, form, visitor):
    """One letter per address and method; what a stranger writes is kept, to be seen afterwards."""
    got = {}
    for name, path in paths.items():
        is_kept = column.is_stranger and name not in SHARED | PERSONAL
        for method in ("GET", "POST"):
            got[f"{method} {name}"] = (asked if is_kept else undone)(visitor, method, path, form)
            if name in PERSONAL:
                visitor.sign_in_again()
    return got


def part_of(part):
    """The columns of a part, so that the offices of a stage can be tried side by side."""
    return columns()[part::PARTS]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("stage", STAGES)
def test_every_address_for_every_office(year, stage, part, settings):
    """Each answer is the table's; strangers leave every row of the regency as it was."""
    got: dict[str, str] = {}
    with time_machine.travel(STAGES[stage], tick=False):
        paths = access.addresses(at_stage(year, stage))
        access.other_regency()
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
        settings.TEMPLATES = [{**settings.TEMPLATES[0], "BACKEND": "tests.web.access.Pages"}, *settings.TEMPLATES[1:]]
        form = urlencode(whatever(year), doseq=True)
        unfilled = [path for path in paths.values() if "<" in path or "(" in path]
        assert unfilled == [], "Tambahkan id baru itu pada at_stage."
        visitors = {c: access.Visitor(access.client_of(c), is_at_home=c.place == "sendiri") for c in part_of(part)}
        before = access.digest("35.25")
        for column, visitor in visitors.items():
            for key, mark in row_of(column, paths, form, visitor).items():
                got[key] = got.get(key, "") + mark
        after = access.digest("35.25")

    if os.environ.get("MATRIX") == "write":
        access.write(stage, got, part, PARTS)
    expected = {key: row[part::PARTS] for key, row in access.read(stage).items()}
    assert sorted(got) == sorted(expected), "Alamat baru perlu baris: MATRIX=write, lalu baca perubahannya."
    assert {k: row for k, row in got.items() if row != expected[k]} == {}
    assert after == before


@pytest.mark.parametrize("stage", STAGES)
def test_table_itself_lets_no_stranger_in(stage):
    """The table is written by machine; these sentences about it are not."""
    rows, heads = access.read(stage), columns()

    def marks(is_meant):
        for key, row in rows.items():
            method, name = key.split()
            for column, mark in zip(heads, row, strict=True):
                if name not in PERSONAL and is_meant(column):
                    yield method, name, column, mark

    assert [x for x in marks(lambda c: True) if x[3] == "!"] == []
    expired = {(m, n, mark) for m, n, c, mark in marks(lambda c: c.place == "usai") if mark not in "FNM·"}
    assert {n for m, n, mark in expired} <= PUBLIC | {"portal:desk"}
    out = {(n, mark) for m, n, c, mark in marks(lambda c: c.name == SIGNED_OUT) if mark not in "SNM·"}
    assert {n for n, mark in out} <= PUBLIC | {"portal:desk"}
    abroad = {n for m, n, c, mark in marks(lambda c: c.place in ("kec", "kab")) if mark not in "NFMS·"}
    assert abroad <= SHARED | OF_REGENCY
    far = {n for m, n, c, mark in marks(lambda c: c.place == "kab" and c.role != Role.BAPPEDA) if mark not in "NFMS·"}
    assert far <= SHARED | OF_REGENCY


def test_commands_take_no_form_without_its_token(year):
    """A link or a form of another site changes nothing, not even with the right person's session."""
    with time_machine.travel(ON_THE_DAY, tick=False):
        paths = access.addresses(at_stage(year, "sidang"))
        data, desk = whatever(year), access.browser(year.admin)
        client = Client(enforce_csrf_checks=True)
        client.cookies = desk.cookies
        before = access.digest()
        codes = {name: client.post(path, data).status_code for name, path in paths.items()}

        assert ({n: c for n, c in codes.items() if c not in (403, 405)}, access.digest() == before) == ({}, True)
