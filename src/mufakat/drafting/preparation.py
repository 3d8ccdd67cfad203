"""What people have settled before the draft is assembled: a verifier's findings and the team's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mufakat.drafting.rules import Verdict
    from mufakat.engines.nomenclature.classify import Authority, Ruling


@dataclass(frozen=True, slots=True)
class Settled:
    """A verifier's finding on one proposal; what is left out stays as the rules say."""

    authority: Authority | None = None
    agency: str = ""
    verdict: Verdict | None = None
    """A result that takes it out of the running, such as a refusal before the forum."""
    value: int | None = None
    """Verified value in whole rupiah; the requested one stays in the row beside it."""
    is_cleared: bool = False
    """Land and recipient were examined and found in order (rules 40, 41)."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """Findings per proposal number, and the order of numbers the team has set (those not in it follow)."""

    settled: Mapping[int, Settled] = field(default_factory=dict)
    order: tuple[int, ...] = ()

    def ruling(self, number: int, ruling: Ruling) -> Ruling:
        """The classification with what was settled in its place."""
        found = self.settled.get(number)
        if found is None:
            return ruling
        authority = found.authority or ruling.authority
        because = ruling.authority_reason if authority is ruling.authority else "Ditetapkan dalam verifikasi kecamatan."
        return replace(ruling, authority=authority, authority_reason=because, agency=found.agency or ruling.agency)

    def value(self, number: int, requested: int | None) -> int | None:
        """The verified value where there is one, else the requested."""
        found = self.settled.get(number)
        return found.value if found and found.value is not None else requested

    def places(self, provisional: Mapping[int, int]) -> dict[int, int]:
        """Place 1…n per number: the team's order first, then what it does not name in the provisional order."""
        named = [number for number in self.order if number in provisional]
        rest = sorted(set(provisional) - set(named), key=lambda number: provisional[number])
        return {number: place for place, number in enumerate([*named, *rest], start=1)}


NOTHING_PREPARED = Preparation()
