"""One rule applied to one election: winners in order, prices, and whether everything was proved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from mufakat.engines.ranking.budget import completion, sequential, shares, welfare
from mufakat.engines.ranking.budget.election import Election, ElectionFaulty

RULES = ("mes", "phragmen", "greedy", "maxwelfare")
UTILITIES = ("cost", "cardinality", "points", "borda")
COMPLETIONS = ("none", "add1", "add1u")
TIES = ("id", "votes")


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is asked. `increment` is money per voter and step; `exhaustive` stops Add1 at the first exhaustive outcome;
    `integral` starts it from a whole endowment; `ties` "votes" prefers more votes, then the lower cost, then the id.
    """

    rule: str = "mes"
    utility: str = "cost"
    completion: str = "none"
    increment: Fraction = Fraction(1)
    exhaustive: bool = True
    integral: bool = False
    ties: str = "id"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Winners as positions in the order they were bought. `prices` are what one supporter (or point) paid at most."""

    order: tuple[int, ...]
    prices: tuple[Fraction, ...]
    certified: bool
    steps: int
    reached: str
    endowment: Fraction | None


def decide(election: Election, parameters: Parameters, tell: Callable[[int], None] = lambda steps: None) -> Outcome:
    """Apply a rule. Raises ElectionFaulty for a rule that does not fit the ballots."""
    _check(election, parameters)
    if parameters.rule == "greedy":
        return _plain(sequential.greedy(election, parameters.utility))
    if parameters.rule == "phragmen":
        return _plain(sequential.phragmen(election))
    if parameters.rule == "maxwelfare":
        best = welfare.max_welfare(election, parameters.utility)
        return Outcome(best.chosen, (), best.proved, 0, "", None)
    return _equal_shares(election, parameters, tell)


def _plain(order: list[int]) -> Outcome:
    return Outcome(tuple(order), (), True, 0, "", None)


def _check(election: Election, parameters: Parameters) -> None:
    fits = {"points": "cumulative", "borda": "ordinal"}
    wanted = fits.get(parameters.utility)
    if wanted is not None and election.kind != wanted:
        raise ElectionFaulty(
            f"Manfaat “{parameters.utility}” hanya untuk suara {wanted}, sedangkan berkas ini {election.kind}. "
            "Pakai --utility cost atau cardinality."
        )
    if parameters.increment <= 0:
        raise ElectionFaulty("--increment harus lebih dari nol.")


def _equal_shares(election: Election, parameters: Parameters, tell: Callable[[int], None]) -> Outcome:
    if not election.voters:
        order = sequential.greedy(election, parameters.utility) if parameters.completion == "add1u" else []
        return _plain(order)
    field = _tied(shares.field_of(election, parameters.utility), election, parameters)
    start = Fraction(election.budget, election.voters)
    if parameters.completion == "none":
        ledger, steps, reached = shares.run(field, start), 0, ""
    else:
        step = parameters.increment * election.scale
        if parameters.integral:
            start = step * (start // step)
        done = completion.add_one(
            field, budget=election.budget, start=start, step=step,
            stops_when_exhaustive=parameters.exhaustive, tell=tell,
        )  # fmt: skip
        ledger, steps, reached = done.ledger, done.steps, done.reached
        start += steps * step
    order = list(ledger.bought)
    if parameters.completion == "add1u":
        order = sequential.greedy(election, parameters.utility, order)
    prices = tuple(price / election.scale for price in ledger.paid_prices())
    return Outcome(tuple(order), prices, True, steps, reached, start / election.scale)


def _tied(field: shares.Field, election: Election, parameters: Parameters) -> shares.Field:
    """The field with its ranks by the stated order of ties."""
    if parameters.ties == "id":
        return field
    from dataclasses import replace

    votes, rank = election.votes(parameters.utility), election.rank
    order = sorted(range(len(rank)), key=lambda c: (-votes[c], election.costs[c], rank[c]))
    places = [0] * len(order)
    for place, c in enumerate(order):
        places[c] = place
    return replace(field, rank=tuple(places))
