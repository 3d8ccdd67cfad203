"""Questions asked again and again, put into SQL once for each kind of database instead of each time (ADR 0022)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, router
from django.db.models import Aggregate, QuerySet
from django.db.models.sql.compiler import SQLCompiler

T = TypeVar("T")
Value = UUID | datetime | date | str | int
_SAMPLES: dict[type, Callable[[int], Value]] = {
    UUID: lambda place: UUID(int=(0xACE << 100) + place),
    datetime: lambda place: datetime(1804, 2, 1 + place, tzinfo=UTC),
    date: lambda place: date(1804, 1, 1 + place),
    str: lambda place: f"\x02{place}\x03",
    int: lambda place: 7_130_000_000_000_000_000 + place,
}
"""Values nobody enters, by which a place is found again among the parameters."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A question in SQL, and which value each of its parameters takes (-1: the constant in `parameters`)."""

    queryset: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int, ...]


class Prepared(Generic[T]):
    """A question of one shape, asked with other values each time.

    `build` takes as many values as `kinds` names (UUID, datetime with its zone, date, str, or int for a column of 64
    bits; None only where the kind says `| None`) and returns a queryset of models or of `values_list`, in which each value is only compared, so
    that the SQL's shape does not hang on it; it may hang on which values are None. Calling the question with values
    gives the list that `list(build(*values))` would give, without building and compiling the query anew, which takes
    longer than the database needs to answer it.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, T]], *kinds: Any) -> None:
        self.build = build
        self.kinds = tuple(kind if isinstance(kind, type) else kind.__args__[0] for kind in kinds)
        self.may_lack = tuple(not isinstance(kind, type) for kind in kinds)
        self._ready: dict[tuple[object, ...], _Ready] = {}

    def __call__(self, *values: Value | None, part: tuple[int, int] | None = None) -> list[T]:
        """The rows, or the `part` of them from one place to before another. Raises TypeError for a wrong value."""
        lacking = tuple(value is None for value in values)
        for value, kind, may_lack in zip(values, self.kinds, self.may_lack, strict=True):
            is_right = type(value) is kind or (kind is UUID and isinstance(value, UUID))
            if not is_right and not (value is None and may_lack):
                raise TypeError(f"{value!r} is no {kind.__name__}")
        ready = self._ready.get((connection.vendor, lacking)) or self._prepare(lacking)
        given = [_for_database(value) for value in values]
        parameters = tuple(
            kept if place < 0 else given[place] for kept, place in zip(ready.parameters, ready.places, strict=True)
        )
        sql = f"{ready.sql} {connection.ops.limit_offset_sql(*part)}" if part else ready.sql
        compiler = copy.copy(ready.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (sql, parameters)  # type: ignore[method-assign]
        rows = ready.queryset._chain()  # type: ignore[attr-defined]
        rows.query.get_compiler = lambda *_, **__: compiler
        return list(rows)

    def of(self, *values: Value | None) -> Asked[T]:
        """The rows for these values, asked for when they are read."""
        return Asked(self, values)

    def _prepare(self, lacking: tuple[bool, ...]) -> _Ready:
        samples = [
            None if lacks else _SAMPLES[k](i) for i, (k, lacks) in enumerate(zip(self.kinds, lacking, strict=True))
        ]
        queryset = self.build(*samples)
        compiler = queryset.query.get_compiler(using=router.db_for_read(queryset.model))
        sql, parameters = compiler.as_sql()
        known = {_for_database(sample): i for i, sample in enumerate(samples) if sample is not None}
        places = tuple(known.get(p, -1) for p in parameters)
        if set(places) - {-1} != set(known.values()):
            raise TypeError("each value must reach the database as it is")
        ready = _Ready(queryset, compiler, sql, tuple(parameters), places)
        self._ready[(connection.vendor, lacking)] = ready
        return ready


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """The rows of a prepared question; a slice of them reads no others."""

    question: Prepared[T]
    values: tuple[Value | None, ...]

    def __iter__(self) -> Iterator[T]:
        """All of them, in their order."""
        return iter(self.question(*self.values))

    def __getitem__(self, part: slice) -> list[T]:
        """Those from one place to before another; both must be given."""
        return self.question(*self.values, part=(part.start or 0, part.stop))


def summed(found: QuerySet[Any, Any], *sums: Aggregate) -> QuerySet[Any, tuple[Any, ...]]:
    """One row with sums over everything found, to be prepared; `aggregate` would ask at once."""
    named = {f"sum_{place}": each for place, each in enumerate(sums)}
    one: QuerySet[Any, tuple[Any, ...]] = found.select_related(None).order_by().annotate(**named).values_list(*named)
    one.query.group_by = None
    return one


def _for_database(value: Value | None) -> Any:
    """A value as the database in use takes it."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
