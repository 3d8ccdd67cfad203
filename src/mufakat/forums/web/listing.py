"""Rows of the session's list, ready to print: a page has a hundred of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from mufakat.drafting.labels import Result
from mufakat.forums import queries
from mufakat.forums.models import Forum
from mufakat.forums.web.pages import address

SHAPES = {Result.DISEPAKATI: "ok", Result.CADANGAN: "wait", Result.BELUM_DISEPAKATI: "no"}
"""Shape beside the result; what is decided elsewhere rests."""


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal with the forum's result so far; amounts in whole rupiah, texts empty where there is nothing to say."""

    id: str
    number: int | None
    title: str
    address: str
    place: str
    """The village that proposed it."""
    order: str
    """Its place in the village's own order."""
    value: int | None
    """The verified, else the requested value."""
    asked: int | None
    verified: int | None
    agreed: int | None
    result: str
    shape: str
    reason_code: str
    block: str

    @property
    def is_free(self) -> bool:
        """Neither decided nor in a block that was read out."""
        return not self.result and not self.block


def rows_of(forum: Forum, found: Iterable[queries.Row]) -> list[Row]:
    """The rows in their order, in the reader's language."""
    base, ranked = address("session", forum), gettext("urutan desa %(rank)s")
    return [_row(row, base, ranked) for row in found]


def _row(row: queries.Row, base: str, ranked: str) -> Row:
    proposal, decision = row.proposal, row.decision
    rank = proposal.village_priority
    return Row(
        id=str(proposal.pk),
        number=proposal.number,
        title=proposal.title,
        address=f"{base}{proposal.pk}/",
        place=proposal.place_label,
        order=ranked % {"rank": rank} if rank else "",
        value=row.value,
        asked=proposal.value_requested,
        verified=proposal.value_verified,
        agreed=row.agreed_value,
        result=gettext(row.label) if decision else "",
        shape=SHAPES.get(Result(decision.result), "rest") if decision else "",
        reason_code=decision.reason_code if decision else "",
        block=row.block,
    )
