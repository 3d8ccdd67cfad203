"""Steps that many tests begin with: carried out through the commands once, afterwards put back row by row.

The first test of a process that takes a step runs it and keeps what changed in the database. Every later test that
stands at the same place (`Tape.place`: the same steps before, nothing written in between) gets the same rows and the
same objects, without the commands; the first time, all tables are compared with what the commands had left. Whatever
else a test writes ends this: its further steps go through the commands again. So do all steps while settings are
overridden, outside a transaction, and in tests that replace something (`monkeypatch`).
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import time_machine
from django.conf import UserSettingsHolder, settings
from django.db import connection
from django.utils.translation import get_language
from tests.factories import tables

READS = ("SELECT", "SAVEPOINT", "RELEASE")
SIGNING_IN = tuple(
    f'{verb} "{table}'
    for verb in ("INSERT INTO", "UPDATE", "DELETE FROM")
    for table in ("django_session", "axes_", 'people_user" SET "last_login"')
)
"""Writes of a browser that only signs in and reads: no step asks for them, and `tables` leaves them out."""


@dataclass
class Recording:
    """What one step left: rows, events that wait for the commit, and what it gave back."""

    change: tables.Change
    digest: str
    waiting: list[tuple[Callable[[], object], bool]]
    given: bytes
    is_compared: bool = False


@dataclass
class Tape:
    """The recordings of this process, and where the test that runs now stands."""

    recordings: dict[tuple[object, ...], Recording] = field(default_factory=dict)
    place: tuple[object, ...] | None = None
    """The steps taken since the tables were empty; None when something else has been written."""
    is_busy: bool = False

    @contextmanager
    def running(self):
        """For one test, from empty tables on; where rows stand already, nothing is put back."""
        self.place = () if tables.are_empty() else None
        connection.execute_wrappers.append(self._watch)
        try:
            yield
        finally:
            connection.execute_wrappers.remove(self._watch)
            self.place = None

    def _watch(self, execute, sql, params, many, context):
        if not self.is_busy and not sql.startswith(READS + SIGNING_IN):
            self.place = None
        return execute(sql, params, many, context)

    def take(self, name: tuple[object, ...], run: Callable[[], Any]) -> Any:
        """The answer of `run`, a step of that name, run or put back."""
        if self.is_busy or self.place is None or isinstance(settings._wrapped, UserSettingsHolder):
            return run()
        if not (connection.in_atomic_block and tables.can_be_put_back()):
            return run()
        place = (*self.place, (name, get_language(), _clock()))
        known = self.recordings.get(place)
        self.is_busy = True
        self.place = None  # should the step fail
        try:
            given = self._put_back(known) if known else self._record(place, run)
        finally:
            self.is_busy = False
        self.place = place
        return given

    def _record(self, place: tuple[object, ...], run: Callable[[], Any]) -> Any:
        before, waiting = tables.content(), len(connection.run_on_commit)
        given = run()
        after = tables.content()
        self.recordings[place] = Recording(
            tables.change(before, after),
            _digest(after),
            [(call, is_robust) for _, call, is_robust in connection.run_on_commit[waiting:]],
            pickle.dumps(given),
        )
        return given

    def _put_back(self, known: Recording) -> Any:
        tables.apply(known.change)
        if not known.is_compared:
            assert _digest(tables.content()) == known.digest, (
                "Baris yang dikembalikan tidak sama dengan hasil perintah."
            )
            known.is_compared = True
        inside = set(connection.savepoint_ids)
        connection.run_on_commit += [(inside, call, is_robust) for call, is_robust in known.waiting]
        return pickle.loads(known.given)


TAPE = Tape()


def _clock() -> int | None:
    """The moment a test has set; None on the machine's own clock."""
    return time.time_ns() if time_machine.escape_hatch.is_travelling() else None


def _digest(content: tables.Content) -> str:
    told = [(table, sorted(rows.values())) for table, rows in sorted(content.items())]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def replayed(step: Callable[..., Any]) -> Callable[..., Any]:
    """A function of plain values, whose answer is a value."""

    @wraps(step)
    def taken(*args: Any, **options: Any) -> Any:
        name = (step.__qualname__, repr(args), repr(options))
        return TAPE.take(name, lambda: step(*args, **options))

    return taken


def replayed_on(*kept: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A method that returns its object, of which it changes the attributes `kept`: rows or lists of rows."""

    def decorate(step: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(step)
        def taken(self: Any, *args: Any, **options: Any) -> Any:
            def run() -> dict[str, Any]:
                before = {name: pickle.dumps(getattr(self, name)) for name in kept}
                step(self, *args, **options)
                after = {name: getattr(self, name, None) for name in kept}
                return {name: value for name, value in after.items() if pickle.dumps(value) != before[name]}

            name = (step.__qualname__, repr(args), repr(options), _mark(vars(self)))
            for attribute, value in TAPE.take(name, run).items():
                _set(self, attribute, value)
            return self

        return taken

    return decorate


def _mark(value: Any) -> str:
    """What tells one state of an object from another: the fields of rows, and values as they are written."""
    if isinstance(value, dict):
        return repr({name: _mark(held) for name, held in value.items() if not name.startswith("_")})
    if isinstance(value, list):
        return repr([_mark(held) for held in value])
    return _mark(vars(value)) if hasattr(value, "pk") else repr(value)


def _set(owner: Any, attribute: str, value: Any) -> None:
    """As the step itself would have: rows and lists that a test already holds are changed, not exchanged."""
    held = getattr(owner, attribute)
    if held is value:
        return
    if isinstance(held, list):
        held[:] = value
    elif held is not None and held.pk == value.pk:
        held.__dict__.update(value.__dict__)
    else:
        setattr(owner, attribute, value)
