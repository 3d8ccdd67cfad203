"""Plain sentences in Indonesian beside the numbers of a run."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mufakat.core.money import decimal_text, rupiah
from mufakat.engines.ranking.criteria.levels import Cell
from mufakat.engines.ranking.criteria.problem import Alternative, Criterion
from mufakat.engines.ranking.criteria.weights import LIMIT, Comparison

_MOST = 3


def shown(units: int, digits: int) -> str:
    """A score as the hall reads it: 8125 with two digits → "81,25"."""
    return decimal_text(Fraction(units, 10**digits), digits)


def carried(criteria: Sequence[Criterion], cells: Sequence[Cell], parts: Sequence[Fraction | None]) -> str:
    """What carried a proposal: the criteria that gave most, with what they rest on."""
    best = sorted(((part, j) for j, part in enumerate(parts) if part), key=lambda pair: (-pair[0], pair[1]))[:_MOST]
    if not best:
        return ""
    told = [f"{criteria[j].name} {decimal_text(part)} ({cells[j].basis})" for part, j in best]
    return f"Penyumbang terbesar: {'; '.join(told)}."


def unrated(criteria: Sequence[Criterion], cells: Sequence[Cell]) -> str:
    """Which criteria have no level."""
    names = [c.name for c, cell in zip(criteria, cells, strict=True) if cell.level is None]
    return f"Tidak dinilai: {', '.join(names)}." if names else ""


def own_area(count: int, without: str, with_own: str) -> str:
    """The effect of what scorers gave their own area (rule 62)."""
    if not count:
        return ""
    said = f"{count} penilaian dari wilayah pengusul sendiri"
    if without == with_own:
        return f"{said} tidak mengubah skornya."
    return f"{said} mengubah skornya: {with_own} bila dihitung, {without} bila tidak."


def tied(place: int, above: Alternative, spec: str) -> str:
    """Why equal scores stand in this order."""
    return f"Seri dengan {above.id}; urutan {place} ditetapkan oleh {spec}."


def fits(left: int) -> str:
    """A proposal on the list."""
    return f"Termuat: sisa pagu pada gilirannya {rupiah(left)}."


def no_value() -> str:
    """A proposal without a value."""
    return "Tidak termuat: nilainya belum diisi."


def misses(value: int, left: int, above: Alternative | None, needed: Alternative | None, score: str) -> str:
    """A proposal beyond the pagu: what was left, what would have sufficed, who stands just above."""
    told = [f"Tidak termuat: nilainya {rupiah(value)}, sisa pagu pada gilirannya {rupiah(left)}."]
    if left:
        told.append(f"Akan termuat dengan nilai paling banyak {rupiah(left)}.")
    if needed is not None:
        told.append(f"Dengan nilai ini akan termuat bila berada di atas {needed.id} (skor {score}).")
    if above is not None:
        told.append(f"Tepat di atasnya: {above.id}.")
    return " ".join(told)


def displaced(value: int, enough: int | None, floors: Sequence[str], above: Alternative | None) -> str:
    """A proposal the floors (or the pagu beside them) keep out."""
    told = [f"Tidak termuat: nilainya {rupiah(value)} tidak dapat dimuat bersama ketentuan dan usulan di atasnya."]
    if floors:
        told.append(f"Tanpa ketentuan {', '.join(floors)} usulan ini termuat.")
    if enough:
        told.append(f"Pasti termuat dengan nilai paling banyak {rupiah(enough)}.")
    if above is not None:
        told.append(f"Tepat di atasnya: {above.id}.")
    return " ".join(told)


def lifted(floors: Sequence[str]) -> str:
    """A proposal on the list because of floors."""
    return f"Termuat karena ketentuan {', '.join(floors)}."


def comparison(found: Comparison) -> str:
    """Whether pairwise comparisons agree with one another."""
    ratio = decimal_text(Fraction(found.ratio).limit_denominator(10**6), 3)
    if found.is_consistent or found.triple is None:
        return f"Perbandingan selaras (rasio konsistensi {ratio})."
    a, b, c, implied, direct = found.triple
    return (
        f"Perbandingan saling bertentangan (rasio konsistensi {ratio}, batas {decimal_text(Fraction(str(LIMIT)))}). "
        f"Yang paling bertentangan: {a}, {b}, {c}: {a} terhadap {c} dinyatakan {decimal_text(direct)} kali, padahal dari "
        f"dua perbandingan lain {decimal_text(implied)} kali. Bicarakan lagi ketiganya."
    )


def conflict(words: Sequence[str], pagu: int) -> str:
    """Demands that cannot stand together."""
    if len(words) == 1:
        return f"Ketentuan ini tidak dapat dipenuhi dengan pagu {rupiah(pagu)}: {words[0]}. Ubah atau lepaskan."
    listed = "; ".join(words)
    return f"Ketentuan ini tidak dapat dipenuhi bersama dengan pagu {rupiah(pagu)}: {listed}. Lepaskan salah satu."
