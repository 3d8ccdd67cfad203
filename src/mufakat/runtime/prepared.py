"""Questions asked on every request, put into SQL once for each kind of database instead of each time (ADR 0022)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, router
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Value = UUID | datetime | date | str
_SAMPLES: dict[type, Callable[[int], Value]] = {
    UUID: lambda place: UUID(int=(0xACE << 100) + place),
    datetime: lambda place: datetime(1804, 2, 1 + place, tzinfo=UTC),
    date: lambda place: date(1804, 1, 1 + place),
    str: lambda place: f"\x02{place}\x03",
}
"""Values nobody enters, by which a place is found again among the parameters."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A question in SQL, and which value each of its parameters takes (-1: the constant in `parameters`)."""

    queryset: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int, ...]


class Prepared(Generic[M]):
    """A question of one shape, asked with other values each time.

    `build` takes as many values as `kinds` names (UUID, datetime with its zone, date or str; none may be None) and
    returns a queryset of models in which each value is only compared, so that the SQL's shape does not hang on it.
    Calling the question with values gives the list that `list(build(*values))` would give, without building and
    compiling the query anew, which takes longer than the database needs to answer it.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], *kinds: type) -> None:
        self.build = build
        self.kinds = kinds
        self._ready: dict[str, _Ready] = {}

    def __call__(self, *values: Value) -> list[M]:
        """The rows. Raises TypeError for a value that is not of its kind."""
        for value, kind in zip(values, self.kinds, strict=True):
            if type(value) is not kind:
                raise TypeError(f"{value!r} is no {kind.__name__}")
        ready = self._ready.get(connection.vendor) or self._prepare()
        given = [_for_database(value) for value in values]
        parameters = tuple(
            kept if place < 0 else given[place] for kept, place in zip(ready.parameters, ready.places, strict=True)
        )
        compiler = copy.copy(ready.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (ready.sql, parameters)  # type: ignore[method-assign]
        rows = ready.queryset._chain()  # type: ignore[attr-defined]
        rows.query.get_compiler = lambda *_, **__: compiler
        return list(rows)

    def _prepare(self) -> _Ready:
        samples = [_SAMPLES[kind](place) for place, kind in enumerate(self.kinds)]
        queryset = self.build(*samples)
        compiler = queryset.query.get_compiler(using=router.db_for_read(queryset.model))
        sql, parameters = compiler.as_sql()
        known = [_for_database(sample) for sample in samples]
        places = tuple(known.index(p) if p in known else -1 for p in parameters)
        if set(places) - {-1} != set(range(len(samples))):
            raise TypeError("each value must reach the database as it is")
        ready = _Ready(queryset, compiler, sql, tuple(parameters), places)
        self._ready[connection.vendor] = ready
        return ready


def _for_database(value: Value) -> Any:
    """A value as the database in use takes it."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
