"""Long lists in pages, without counting what is not shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest

T = TypeVar("T")
SIZE = 100
LAST = 10_000


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `query` is the address's other parameters, ready to be followed by the page's number."""

    rows: tuple[T, ...]
    number: int
    has_more: bool
    query: str


Part = Callable[[int, int], list[T]]
"""Gives the rows from one place to before another."""


def page_of(request: HttpRequest, found: Part[T] | Sequence[T] | Any, size: int = SIZE) -> Page[T]:
    """The page the request asks for, of what can be sliced or gives a part (one query, one row more than shown)."""
    given = request.GET.get("halaman", "1")
    number = min(max(int(given), 1), LAST) if given.isascii() and given.isdigit() and len(given) < 7 else 1
    start = (number - 1) * size
    stop = start + size + 1
    rows = list(found(start, stop) if callable(found) else found[start:stop])
    others = request.GET.copy()
    others.pop("halaman", None)
    query = others.urlencode()
    return Page(tuple(rows[:size]), number, len(rows) > size, f"{query}&" if query else "")
