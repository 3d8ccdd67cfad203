"""Tables and annexes as frozen data, the shape `typst/office.typ` prints; long ones can be cut into parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mufakat.documents.render.glyphs import clean

Cell = str | tuple[str, str] | Mapping[str, object]
"""A text, a text with a smaller note below it, or a signature place: {"sign": number, "note": text}."""

FITTING = 16
"""Characters that fit a narrow column: longer words may break after a mark."""
LONGEST_WORD = 24
"""Letters in the longest words of the language; what is longer may break anywhere."""
_LONG = re.compile(rf"\S{{{FITTING + 1},}}")
_UNBROKEN = re.compile(r"[^\u200b]{25,}")
_BREAK = "\u200b"


@dataclass(frozen=True, slots=True)
class Sum:
    """A row of sums: words over the first `span` columns, then one figure per column that is left."""

    words: str
    span: int
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableGroup:
    """Rows under one heading, which repeats on every page; no title, no heading."""

    rows: Sequence[Sequence[Cell]]
    title: str = ""
    sum: Sum | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `widths` are typst lengths ("9mm", "1fr"), `align` one of l, r, c per column, `size` in points."""

    heads: tuple[str, ...]
    widths: tuple[str, ...]
    align: str
    groups: tuple[TableGroup, ...] = ()
    total: Sum | None = None
    numbered: bool = False
    """With a row of column numbers (1), (2), … under the heads."""
    size: float = 8.5
    height: str | None = None
    """Fixed height of every row, for forms to fill in by hand."""

    @property
    def row_count(self) -> int:
        """Rows without headings and sums."""
        return sum(len(group.rows) for group in self.groups)

    def data(self) -> dict[str, object]:
        """The table for a template."""
        return {
            "heads": list(self.heads),
            "widths": list(self.widths),
            "align": list(self.align),
            "groups": [_group_data(group) for group in self.groups],
            "total": _sum_data(self.total),
            "numbered": self.numbered,
            "size": self.size,
            "height": self.height,
        }

    def cut(self, limit: int) -> tuple[Table, ...]:
        """The same table as several of at most `limit` rows; a group's sum and the total stand on the last one."""
        pieces = tuple(_filled(self.groups, limit)) or ((),)
        last = len(pieces) - 1
        return tuple(replace(self, groups=p, total=self.total if i == last else None) for i, p in enumerate(pieces))


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: its label and title, lines about the forum, a table or NIHIL."""

    label: str
    title: str
    table: Table
    facts: tuple[tuple[str, str], ...] = ()
    remark: str = ""
    landscape: bool = False
    continued: bool = False
    may_be_empty: bool = True
    """Without rows it prints NIHIL."""
    signer: Mapping[str, object] | None = None
    """Who signs under the total, which the table then must have: {"above": lines, "name": text, "below": lines}."""

    def data(self) -> dict[str, object]:
        """The annex for a template."""
        return {
            "kind": "lampiran",
            "label": self.label,
            "title": self.title,
            "table": self.table.data(),
            "facts": [list(fact) for fact in self.facts],
            "remark": self.remark,
            "landscape": self.landscape,
            "continued": self.continued,
            "signer": None if self.signer is None else dict(self.signer),
            "empty": self.may_be_empty and self.table.row_count == 0,
        }

    def cut(self, limit: int) -> tuple[Annex, ...]:
        """The same annex in parts of at most `limit` rows; the later ones are marked as continued."""
        tables = self.table.cut(limit)
        pieces = [replace(self, table=table, continued=index > 0) for index, table in enumerate(tables)]
        return (*(replace(piece, signer=None) for piece in pieces[:-1]), pieces[-1])


def in_parts(annexes: Sequence[Annex], limit: int) -> Iterator[list[Annex]]:
    """Annexes packed in order into parts of at most `limit` rows each; one that is longer is cut."""
    part: list[Annex] = []
    rows = 0
    for piece in (piece for annex in annexes for piece in annex.cut(limit)):
        if part and rows + piece.table.row_count > limit:
            yield part
            part, rows = [], 0
        part.append(piece)
        rows += piece.table.row_count
    if part:
        yield part


def cell(text: str) -> str:
    """A text for a narrow column: cleaned, and words beyond what fits may break without a hyphen."""
    text = clean(text)
    return _LONG.sub(_breakable, text) if len(text) > FITTING else text


def _breakable(found: re.Match[str]) -> str:
    word = re.sub(r"([/_.,;:=?&-])(?=\w)", rf"\1{_BREAK}", found[0])
    return _UNBROKEN.sub(lambda piece: re.sub(rf"(.{{{FITTING}}})(?=.{{4}})", rf"\1{_BREAK}", piece[0]), word)


def _filled(groups: Sequence[TableGroup], limit: int) -> Iterator[tuple[TableGroup, ...]]:
    piece: list[TableGroup] = []
    room = limit
    for group in groups:
        rest = group
        while len(rest.rows) > room:
            if room:
                piece.append(replace(rest, rows=rest.rows[:room], sum=None))
                rest = replace(rest, rows=rest.rows[room:])
            yield tuple(piece)
            piece, room = [], limit
        piece.append(rest)
        room -= len(rest.rows)
    if piece:
        yield tuple(piece)


def _group_data(group: TableGroup) -> dict[str, object]:
    return {"title": group.title, "rows": [list(row) for row in group.rows], "sum": _sum_data(group.sum)}


def _sum_data(total: Sum | None) -> dict[str, object] | None:
    return None if total is None else {"words": total.words, "span": total.span, "figures": list(total.figures)}
