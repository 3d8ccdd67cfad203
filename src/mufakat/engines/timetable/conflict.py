"""Why there is no timetable: a smallest set of rules that exclude each other.

A minimal set comes from QuickXplain (Junker 2004): take away any one of its rules and a timetable exists. Among several
orders of the rules the smallest set is kept; a single guilty rule is always found.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from mufakat.engines.timetable.problem import Problem
from mufakat.engines.timetable.rules import Rule, rules_of, without
from mufakat.engines.timetable.search import possible

GROUND = Rule("ground")


@dataclass(frozen=True, slots=True)
class Conflict:
    """`rules` exclude each other; `minimal` says that each of them is needed for it (else the budget ended first)."""

    rules: tuple[Rule, ...]
    minimal: bool


def conflict_of(*, problem: Problem, seed: int, limit: float) -> Conflict:
    """The conflict of an infeasible problem, within deterministic time `limit`."""
    judge = _Judge(problem, seed, limit)
    if judge.excludes(frozenset()):
        return Conflict((GROUND,), True)
    single = next((rule for rule in judge.rules if _may_be_alone(rule) and judge.excludes({rule})), None)
    if single is not None:
        return Conflict((single,), True)
    found = [judge.minimal(order) for order in (judge.rules, judge.rules[::-1], _by_subject(judge.rules))]
    best = min(found, key=len)
    order = {rule: i for i, rule in enumerate(judge.rules)}
    return Conflict(tuple(sorted(best, key=order.__getitem__)), not judge.tired)


def _may_be_alone(rule: Rule) -> bool:
    return rule.kind not in ("whole_day", "neutral", "seats")


def _by_subject(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda r: (r.key, r.index, r.kind)))


class _Judge:
    """Asks the solver whether rules exclude each other; remembers the answers and keeps to its budget."""

    def __init__(self, problem: Problem, seed: int, limit: float) -> None:
        self.problem, self.seed, self.rest = problem, seed, limit
        self.rules = rules_of(problem)
        self.every = frozenset(self.rules)
        self.known: dict[frozenset[Rule], bool] = {self.every: True}
        self.tired = False

    def excludes(self, kept: Set[Rule]) -> bool:
        """Whether no timetable keeps these rules. Doubt, at the end of the budget, counts as no."""
        key = frozenset(kept)
        if key not in self.known:
            answer = None
            if self.rest > 0:
                answer, used = possible(
                    problem=without(self.problem, self.every - key), seed=self.seed, limit=self.rest
                )
                self.rest -= used + 0.002
            self.tired |= answer is None
            self.known[key] = answer is False
        return self.known[key]

    def minimal(self, order: Sequence[Rule]) -> frozenset[Rule]:
        """A minimal excluding set that prefers rules early in `order`."""
        return frozenset(self._explain((), False, tuple(order)))

    def _explain(self, base: tuple[Rule, ...], grew: bool, rest: tuple[Rule, ...]) -> tuple[Rule, ...]:
        if grew and self.excludes(frozenset(base)):
            return ()
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        left, right = rest[:half], rest[half:]
        second = self._explain((*base, *left), True, right)
        first = self._explain((*base, *second), bool(second), left)
        return (*first, *second)
