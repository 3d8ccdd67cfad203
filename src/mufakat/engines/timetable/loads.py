"""How many forums each team leads: the smallest possible difference, and the teams behind chosen duties."""

from __future__ import annotations

from mufakat.engines.timetable.problem import Problem


def least_range(problem: Problem) -> int:
    """A lower bound on (most − fewest forums of a team), from the days each team is present."""
    count, sessions = len(problem.forums), len(problem.sessions)
    room = [sessions * (len(problem.days) - len(team.unavailable_days)) for team in problem.teams]
    if not room:
        return 0
    for spread in range(count + 1):
        for fewest in range(min(min(room), count // len(room)) + 1):
            if sum(min(places, fewest + spread) for places in room) >= count:
                return spread
    return 0
