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


def misses(value: int, left: int, sentences: Sequence[str]) -> str:
    """A proposal beyond the pagu: what was left, then what would have sufficed."""
    return " ".join((f"Tidak termuat: nilainya {rupiah(value)}, sisa pagu pada gilirannya {rupiah(left)}.", *sentences))


def displaced(value: int, floors: Sequence[str], sentences: Sequence[str]) -> str:
    """A proposal the floors (or the pagu beside them) keep out, then what would have sufficed."""
    told = [f"Tidak termuat: nilainya {rupiah(value)} tidak dapat dimuat bersama ketentuan dan usulan di atasnya."]
    if floors:
        told.append(f"Tanpa ketentuan {', '.join(floors)} usulan ini termuat.")
    return " ".join((*told, *sentences))


def enough_value(value: int, *, is_most: bool) -> str:
    """The value that would have sufficed; `is_most`: every lower one too."""
    return f"Akan termuat dengan nilai {'paling banyak ' if is_most else ''}{rupiah(value)}."


def enough_place(rival: Alternative, points: str | None, score: str, ahead: Alternative | None) -> str:
    """The place, and the points, that would have sufficed; `ahead` of its own list stands in the way."""
    told = f"Dengan nilai ini akan termuat bila berada di atas {rival.id} (skor {score})"
    if ahead is not None:
        return f"{told}; urutan desanya sendiri menaruh {ahead.id} lebih dahulu, jadi skor saja tidak menaikkannya."
    if points is None:
        return f"{told}; skor tertinggi pun hanya menyamainya."
    return f"{told}: kurang {points} poin."


def just_above(above: Alternative) -> str:
    """Who stands next above."""
    return f"Tepat di atasnya: {above.id}."


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


def price(name: str, entering: Sequence[str], leaving: Sequence[str], points: int, digits: int, value: int) -> str:
    """What a floor changes; `points` and `value`: what the list would have without it, less what it has."""
    if not entering and not leaving:
        return f"Ketentuan {name} tidak mengubah daftar."
    told = [f"masuk {', '.join(entering)}"] if entering else []
    if leaving:
        told.append(f"keluar {', '.join(leaving)}")
    score = f"jumlah skor {'memburuk' if points > 0 else 'membaik'} {shown(abs(points), digits)}"
    spent = f"nilai yang terpakai {'turun' if value > 0 else 'naik'} {rupiah(abs(value))}"
    return f"Karena ketentuan {name}: {'; '.join(told)}; {score}; {spent}."


def waiting(name: str) -> str:
    """A proposal that stands below its score because of its own village's order (rule 61)."""
    return f"Skornya sendiri akan menaruhnya lebih tinggi, tetapi {name} lebih dahulu dalam urutan desanya."


def pair(
    above: str, below: str, names: Sequence[str], ranges: Sequence[tuple[Fraction | None, Fraction | None]]
) -> str:
    """How far one weight at a time may move before two neighbours swap."""
    told = []
    for name, (low, high) in zip(names, ranges, strict=True):
        if low is not None:
            told.append(f"{name} tidak di bawah {decimal_text(low)} persen")
        if high is not None:
            told.append(f"{name} tidak di atas {decimal_text(high)} persen")
    if not told:
        return f"{above} tetap di atas {below} pada bobot apa pun."
    return f"{above} tetap di atas {below} selama, satu per satu, bobot {'; '.join(told)}."


def held(above: str, below: str) -> str:
    """Two neighbours of one list."""
    return f"{above} tetap di atas {below} karena urutan desanya sendiri."


def change(name: str, share: Fraction, entering: Sequence[str], leaving: Sequence[str]) -> str:
    """The nearest weight at which the list changes."""
    told = [f"masuk {', '.join(entering)}"] if entering else []
    if leaving:
        told.append(f"keluar {', '.join(leaving)}")
    return f"Bila bobot {name} menjadi {decimal_text(share)} persen: {'; '.join(told)}."


def spread(gini: Fraction, per: str, excluded: Sequence[str]) -> str:
    """How the value spreads over the villages."""
    told = f"Sebaran nilai per {per}: Gini {decimal_text(gini)} (0 merata, 1 di satu tempat)."
    if excluded:
        return f"{told} Mengusulkan tetapi tidak memperoleh: {', '.join(excluded)}."
    return f"{told} Setiap desa yang mengusulkan memperoleh sekurangnya satu."
