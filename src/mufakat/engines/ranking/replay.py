"""A run as one JSON document: input, parameters, version, result; repeated later it must agree to the byte."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mufakat import __version__
from mufakat.core.errors import MufakatError
from mufakat.engines.ranking import score_command

if TYPE_CHECKING:
    from mufakat.engines.ranking.budget import Election, Outcome, Parameters

KIND = "mufakat-budget-run"


class RunFaulty(MufakatError):
    """A file is no run of ours."""

    code = "bukan_catatan_perhitungan"


def run_of(election: Election, parameters: Parameters, outcome: Outcome) -> dict[str, Any]:
    """The document of a run. Nothing in it depends on the clock or the machine."""
    asked = {
        "rule": parameters.rule, "utility": parameters.utility, "completion": parameters.completion,
        "increment": number(parameters.increment), "ties": parameters.ties, "exhaustive": parameters.exhaustive,
        "integral": parameters.integral, "unwanted": parameters.unwanted,
    }  # fmt: skip
    names = [election.ids[c] for c in outcome.order]
    cost = Fraction(sum(election.costs[c] for c in outcome.order), election.scale)
    result = {
        "winners": sorted(names),
        "order": names,
        "cost": number(cost),
        "prices": {names[i]: str(price) for i, price in enumerate(outcome.prices)},
        "certified": outcome.certified,
        "steps": outcome.steps,
        "stopped": outcome.reached,
        "endowment": None if outcome.endowment is None else str(outcome.endowment),
    }
    return {"kind": KIND, "version": __version__, "parameters": asked, "input": _input(election), "result": result}


def number(value: Fraction) -> int | str:
    """A whole amount as such, another as an exact decimal or fraction in text."""
    if value.denominator == 1:
        return value.numerator
    for places in range(1, 13):
        if (value * 10**places).denominator == 1:
            digits = str((value * 10**places).numerator).zfill(places + 1)
            return f"{digits[:-places]}.{digits[-places:]}"
    return str(value)


def _input(election: Election) -> dict[str, Any]:
    ends = election.start.tolist()
    return {
        "kind": election.kind,
        "scale": election.scale,
        "grain": election.grain,
        "budget": election.budget,
        "voters": election.voters,
        "projects": [[name, cost] for name, cost in zip(election.ids, election.costs, strict=True)],
        "ballots": [
            [int(count), election.project[a:b].tolist(), election.amount[a:b].tolist()]
            for count, a, b in zip(election.weight.tolist(), ends, ends[1:], strict=False)
        ],
    }


def written(run: dict[str, Any]) -> bytes:
    """The bytes of a run document."""
    return (json.dumps(run, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def replayed(path: Path) -> tuple[bool, str]:
    """Repeat a run; whether it agrees to the byte, and a sentence that says so or shows the first difference.

    Raises RunFaulty when the file is no run.
    """
    try:
        kept = path.read_bytes()
        run = json.loads(kept)
        repeat = {KIND: _budget_again, score_command.KIND: _criteria_again}[run["kind"]]
        again = repeat(run)
    except OSError as error:
        raise RunFaulty(f"Berkas {path} tidak dapat dibuka: {error.strerror}. Periksa nama dan letaknya.") from None
    except (ValueError, KeyError, TypeError, IndexError):
        raise RunFaulty(f"{path.name} bukan catatan perhitungan Mufakat. Berikan RUN.json dari --run.") from None
    if written(again) == kept:
        return True, f"{path.name}: diulang dan sama sampai ke byte-nya (versi {__version__})."
    return False, f"{path.name}: berbeda. {_difference(run, again)}"


def _budget_again(run: dict[str, Any]) -> dict[str, Any]:
    from mufakat.engines.ranking.budget import decide

    election, parameters = _election(run["input"]), _parameters(run["parameters"])
    return run_of(election, parameters, decide(election, parameters))


def _criteria_again(run: dict[str, Any]) -> dict[str, Any]:
    return score_command.run_of(run["input"])


def _election(data: dict[str, Any]) -> Election:
    """The election of a run. Raises ValueError where ballots name what is not there."""
    import numpy as np

    from mufakat.engines.ranking.budget import Election

    ballots, count = data["ballots"], len(data["projects"])
    for voters, listed, amounts in ballots:
        fits = all(0 <= project < count for project in listed) and all(amount >= 0 for amount in amounts)
        if not fits or len(listed) != len(amounts) or len(set(listed)) != len(listed) or voters < 1:
            raise ValueError("a ballot names what is not there")
    if min(int(data["budget"]), int(data["scale"]) - 1, int(data["grain"]) - 1, *(c for _, c in data["projects"])) < 0:
        raise ValueError("an amount is negative")
    start = np.concatenate([[0], np.cumsum(np.array([len(b[1]) for b in ballots], np.int64))]).astype(np.int64)
    return Election(
        kind=data["kind"], ids=tuple(name for name, _ in data["projects"]),
        costs=tuple(int(cost) for _, cost in data["projects"]), budget=int(data["budget"]), scale=int(data["scale"]),
        voters=int(data["voters"]), weight=np.array([b[0] for b in ballots], np.int64), start=start,
        project=np.array([p for b in ballots for p in b[1]], np.int64),
        amount=np.array([a for b in ballots for a in b[2]], np.int64), grain=int(data["grain"]),
    )  # fmt: skip


def _parameters(data: dict[str, Any]) -> Parameters:
    from mufakat.engines.ranking.budget import Parameters

    return Parameters(
        rule=data["rule"], utility=data["utility"], completion=data["completion"],
        increment=Fraction(str(data["increment"])), exhaustive=data["exhaustive"], integral=data["integral"],
        unwanted=data["unwanted"], ties=data["ties"],
    )  # fmt: skip


def _difference(old: Any, new: Any, place: str = "") -> str:
    """The first place where two documents differ, in words."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                return _difference(old.get(key), new.get(key), f"{place}.{key}".lstrip("."))
    if isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            left = old[index] if index < len(old) else None
            right = new[index] if index < len(new) else None
            if left != right:
                return _difference(left, right, f"{place}[{index}]")
    if old == new:
        return "Isinya sama; hanya penulisannya yang berbeda."
    return f"Perbedaan pertama pada {place}: tersimpan {json.dumps(old)}, sekarang {json.dumps(new)}."
