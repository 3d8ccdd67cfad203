"""The outcome of a vote explained: fairness in numbers and sentences, why each project is in or out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from typing import Any

from mufakat.core.money import decimal_text, thousands
from mufakat.engines.ranking.budget import Election, Outcome, Parameters
from mufakat.engines.ranking.fairness import votes
from mufakat.engines.ranking.fairness.groups import COLUMNS, groups
from mufakat.engines.ranking.fairness.sufficing import sufficing


def fairness(election: Election, parameters: Parameters, outcome: Outcome) -> dict[str, Any]:
    """Satisfaction, EJR+ up to one project, and the price system behind an outcome."""
    spread = votes.satisfaction(election, outcome.order, parameters.utility)
    is_approval = election.kind in ("approval", "choose-1") and parameters.utility in ("cost", "cardinality")
    failing = votes.underserved(election, outcome.order, parameters.utility) if is_approval else None
    endowment = votes.price_system(election, outcome.order) if is_approval else None
    return {
        "mean_utility": _number(
            spread.mean / (election.scale if parameters.utility == "cost" else election.unit(parameters.utility))
        ),
        "gini": _number(spread.gini),
        "excluded_voters": _number(spread.excluded),
        "ejr_plus": None if failing is None else not failing,
        "underserved": [
            {"id": election.ids[f.project], "voters": f.voters, "sentence": _underserved(election, f)}
            for f in failing or ()
        ],
        "price_endowment": None if endowment is None else round(endowment, 6),
        "groups": _groups(election, outcome),
        "sentence": _overall(spread, failing),
    }


def _groups(election: Election, outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
    """Per column that sorts the projects what each of its groups was given."""
    return {
        head: [
            {
                "name": group.name, "asked": group.asked, "chosen": group.chosen, "votes": group.votes,
                "cost": _number(Fraction(group.cost, election.scale)), "cost_share": _number(group.cost_share),
                "vote_share": _number(group.vote_share),
                "sentence": f"{COLUMNS[head].capitalize()} {group.name}: {group.chosen} dari {group.asked} proyek, "
                f"{decimal_text(group.cost_share * 100)} persen biaya, {decimal_text(group.vote_share * 100)} persen suara.",
            }
            for group in found
        ]
        for head, found in groups(election, outcome.order).items()
    }  # fmt: skip


def _overall(spread: votes.Satisfaction, failing: tuple[votes.Underserved, ...] | None) -> str:
    told = [f"{decimal_text(spread.excluded * 100)} persen pemilih tidak memperoleh satu pun pilihannya."]
    if failing is not None and not failing:
        told.append("Tidak ada kelompok pendukung yang bagiannya terlewat (EJR+ sampai satu proyek).")
    elif failing:
        told.append(f"{len(failing)} proyek memiliki kelompok pendukung yang bagiannya terlewat.")
    return " ".join(told)


def _underserved(election: Election, f: votes.Underserved) -> str:
    percent = decimal_text(Fraction(f.voters * 100, election.voters))
    return (
        f"{thousands(f.voters)} pendukung {election.ids[f.project]} ({percent} persen pemilih) belum memperoleh bagian "
        "yang sepadan dengan jumlah mereka."
    )


def explanations(
    election: Election, parameters: Parameters, outcome: Outcome, wanted: Collection[str],
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> list[dict[str, Any]]:  # fmt: skip
    """One entry per wanted project (all when empty), chosen ones in order first."""
    support = election.votes("points" if parameters.utility in ("points", "borda") else "cardinality")
    chosen, unit = list(outcome.order), election.unit(parameters.utility)
    others = sorted(set(range(len(election.ids))) - set(chosen), key=lambda c: (-support[c], election.rank[c]))
    names = [c for c in (*chosen, *others) if not wanted or election.ids[c] in wanted]
    found = []
    for done, c in enumerate(names):
        tell(done, len(names))
        found.append(
            _chosen(election, outcome, c, Fraction(support[c], unit))
            if c in outcome.order
            else _left_out(election, parameters, outcome, c, support)
        )
    return found


def _chosen(election: Election, outcome: Outcome, c: int, support: Fraction) -> dict[str, Any]:
    place = outcome.order.index(c)
    price = outcome.prices[place] if place < len(outcome.prices) else None
    told = [f"Terpilih ke-{place + 1} dengan {decimal_text(support)} suara dan biaya {_cost(election, c)}."]
    if price is not None:
        told.append(f"Pendukungnya bersama menanggung biaya itu, masing-masing paling banyak {decimal_text(price)}.")
    elif outcome.prices:
        told.append("Dipilih dari sisa pagu sesudah bagian para pendukung habis dipakai.")
    elif election.costs[c] and support:
        told.append(f"Tiap suara mewakili biaya {decimal_text(Fraction(election.costs[c], election.scale) / support)}.")
    above = election.ids[outcome.order[place - 1]] if place else None
    return {
        "id": election.ids[c], "chosen": True, "place": place + 1, "votes": _number(support), "above": above,
        "sentence": " ".join(told),
    }  # fmt: skip


def _left_out(
    election: Election, parameters: Parameters, outcome: Outcome, c: int, support: list[int]
) -> dict[str, Any]:
    found = sufficing(election, parameters, c)
    above = _just_above(election, outcome, c, support)
    spent = sum(election.costs[d] for d in outcome.order)
    votes_cast = Fraction(support[c], election.unit(parameters.utility))
    told = [f"Tidak terpilih: {decimal_text(votes_cast)} suara, biaya {_cost(election, c)}."]
    if election.costs[c] > election.budget:
        told.append("Biayanya melebihi seluruh pagu.")
    elif election.costs[c] > election.budget - spent:
        told.append(f"Sisa pagu {_amount(Fraction(election.budget - spent, election.scale))} tidak cukup baginya.")
    if found.cost is not None:
        cost = Fraction(found.cost, election.scale)
        told.append(f"Akan terpilih dengan biaya {_amount(cost)}, tidak lebih.")
    if found.supporters is not None:
        told.append(f"Akan terpilih dengan {thousands(found.supporters)} pendukung tambahan, tidak kurang.")
    if found.cost is None and found.supporters is None:
        told.append("Biaya yang lebih kecil atau pendukung tambahan saja tidak membuatnya terpilih.")
    if above:
        told.append(f"Tepat di atasnya: {above}.")
    return {
        "id": election.ids[c], "chosen": False, "votes": _number(votes_cast), "above": above,
        "sufficient_cost": None if found.cost is None else _number(Fraction(found.cost, election.scale)),
        "sufficient_supporters": found.supporters, "sentence": " ".join(told),
    }  # fmt: skip


def _just_above(election: Election, outcome: Outcome, c: int, support: list[int]) -> str | None:
    """The chosen project with the fewest votes among those with at least as many; else the chosen one with the most."""
    more = [d for d in outcome.order if support[d] >= support[c]]
    if more:
        return election.ids[min(more, key=lambda d: (support[d], election.rank[d]))]
    return election.ids[max(outcome.order, key=lambda d: support[d])] if outcome.order else None


def _cost(election: Election, c: int) -> str:
    return _amount(Fraction(election.costs[c], election.scale))


def _amount(value: Fraction) -> str:
    return decimal_text(value)


def _number(value: Fraction) -> float | int:
    return value.numerator if value.denominator == 1 else round(float(value), 6)
