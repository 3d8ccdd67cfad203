"""A paper whose figures do not agree with one another is refused before it is printed (rules 54, 82)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mufakat.core.errors import MufakatError
from mufakat.core.money import thousands
from mufakat.drafting.papers import BeritaAcara, DistrictPlan, Tally


class TotalsDiffer(MufakatError):
    """Two figures on one paper that must be equal are not."""

    code = "jumlah_tidak_sama"

    def __init__(self, what: str, found: int, wanted: int) -> None:
        super().__init__(
            f"Jumlah pada {what} ({thousands(found)}) tidak sama dengan jumlah dokumen ({thousands(wanted)}). "
            "Dokumen tidak dicetak; susun ulang dari lembar kerja.",
            sentence_en=f"The sum of {what} ({thousands(found)}) differs from the paper's ({thousands(wanted)}).",
        )
        self.what, self.found, self.wanted = what, found, wanted


def require_equal_totals(paper: BeritaAcara) -> None:
    """Results, lists and recaps of a berita acara sum to its totals, else TotalsDiffer."""
    _equal("daftar prioritas", len(paper.priorities), paper.agreed_count)
    _equal("nilai daftar prioritas", _money(line.value for line in paper.priorities), paper.agreed_total)
    for group in paper.others:
        _equal(f"daftar {group.title}", _money(line.value for line in group.lines), group.total)
    _recap("rekapitulasi hasil", paper.results, paper.proposals_count, paper.proposals_total)
    for name, tallies in _recaps(paper).items():
        if tallies:
            _recap(name, tallies, paper.proposals_count, paper.proposals_total)
            _equal(f"{name} (disepakati)", sum(t.agreed_count for t in tallies), paper.agreed_count)
            _equal(f"nilai {name} (disepakati)", sum(t.agreed_value for t in tallies), paper.agreed_total)


def require_equal_plan_totals(plan: DistrictPlan) -> None:
    """The full list and the recaps of a plan sum to its totals, else TotalsDiffer."""
    _equal("daftar lengkap usulan", len(plan.lines), plan.proposals_count)
    _equal("nilai daftar lengkap usulan", _money(line.value for line in plan.lines), plan.proposals_total)
    for name, tallies in {"rekapitulasi hasil": plan.results, **_recaps(plan)}.items():
        if tallies:
            _recap(name, tallies, plan.proposals_count, plan.proposals_total)


def _recaps(paper: BeritaAcara | DistrictPlan) -> dict[str, Sequence[Tally]]:
    return {
        "rekapitulasi perangkat daerah": paper.per_agency,
        "rekapitulasi bidang": paper.per_bidang,
        "rekapitulasi desa/kelurahan": paper.per_village,
        "rekapitulasi kewenangan": paper.per_authority,
    }


def _recap(name: str, tallies: Sequence[Tally], count: int, total: int) -> None:
    _equal(name, sum(t.count for t in tallies), count)
    _equal(f"nilai {name}", sum(t.value for t in tallies), total)


def _money(values: Iterable[int | None]) -> int:
    return sum(value or 0 for value in values)


def _equal(what: str, found: int, wanted: int) -> None:
    if found != wanted:
        raise TotalsDiffer(what, found, wanted)
