"""From the JSON of a snapshot back to the frozen dataclasses it was made of."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_READERS: Mapping[Any, Any] = {datetime: datetime.fromisoformat, date: date.fromisoformat, Decimal: Decimal}


def thaw(kind: type[T], plain: Mapping[str, Any]) -> T:
    """The dataclass `kind` with the values of `plain`, nested ones included; raises KeyError where one is missing.

    A field that came later than the snapshot has its default, so that an old document prints as it did.
    """
    hints = get_type_hints(kind)
    known = [f for f in fields(kind) if f.name in plain or f.default is MISSING]  # type: ignore[arg-type]
    values = {f.name: _value(hints[f.name], plain[f.name]) for f in known}
    return kind(**values)


def _value(hint: Any, plain: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        inner = next(a for a in get_args(hint) if a is not type(None))
        return None if plain is None else _value(inner, plain)
    if get_origin(hint) is tuple:
        return _sequence(get_args(hint), plain)
    if is_dataclass(hint):
        return thaw(hint, plain)  # type: ignore[arg-type]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(plain)
    return _READERS[hint](plain) if hint in _READERS else plain


def _sequence(kinds: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_value(kinds[0], item) for item in plain)
    return tuple(_value(kind, item) for kind, item in zip(kinds, plain, strict=True))
