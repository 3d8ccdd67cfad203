"""A checker and an exhaustive search over the problem's JSON, written apart from the engine and sharing nothing with it."""

from itertools import product
from typing import Any

Assignment = dict[str, Any]


def day_of(problem: dict[str, Any], value: int | str) -> int:
    return value if isinstance(value, int) else problem["days"].index(value)


def days_in(problem: dict[str, Any], values: list[int | str]) -> set[int]:
    return {day_of(problem, value) for value in values}


def taken(problem: dict[str, Any], forum: dict[str, Any], session: int) -> set[int]:
    return set(range(len(problem["sessions"]))) if forum.get("whole_day") else {session}


def minutes(problem: dict[str, Any], f: dict[str, Any], g: dict[str, Any]) -> int:
    table = problem.get("travel_minutes") or []
    if not table or f.get("travel_index") is None or g.get("travel_index") is None:
        return 0
    return table[f["travel_index"]][g["travel_index"]]


def violations(problem: dict[str, Any], assignments: list[Assignment]) -> list[str]:
    """Every broken rule of the issue, as words; empty for a valid timetable."""
    forums = {f["id"]: f for f in problem["forums"]}
    teams = {t["id"]: t for t in problem["teams"]}
    found = [] if sorted(a["forum"] for a in assignments) == sorted(forums) else ["not every forum once"]
    placed = []
    for a in assignments:
        forum, team = forums[a["forum"]], teams[a["team"]]
        day, session = day_of(problem, a["day"]), problem["sessions"].index(a["session"])
        placed.append((forum, day, session, team, a.get("hall")))
        found += single(problem, forum, day, session, team, a.get("hall"))
    for i, first in enumerate(placed):
        for second in placed[i + 1 :]:
            found += couple(problem, first, second)
    return found + crowds(problem, placed) + days_together(problem, placed)


def single(problem, forum, day, session, team, hall) -> list[str]:
    found = []
    if day in days_in(problem, forum.get("forbidden_days", [])):
        found.append(f"{forum['id']} on a forbidden day")
    if forum.get("whole_day") and session != 0:
        found.append(f"{forum['id']} whole day starts late")
    if day in days_in(problem, team.get("unavailable_days", [])):
        found.append(f"{team['id']} absent")
    if forum.get("earliest") and problem["days"][day] < forum["earliest"]:
        found.append(f"{forum['id']} too early")
    if forum.get("region", forum["id"]) in team.get("home", []):
        found.append(f"{team['id']} at home")
    if not set(forum.get("skills", [])) <= set(team.get("skills", [])):
        found.append(f"{team['id']} lacks skills")
    for island in problem.get("islands", []):
        if forum.get("island") == island["id"] and day not in days_in(problem, island["ferry_days"]):
            found.append(f"no ferry to {island['id']}")
    for person in problem.get("people", []):
        if forum["id"] in person["forums"] and day in days_in(problem, person.get("unavailable_days", [])):
            found.append(f"{person['id']} absent")
    if forum.get("halls"):
        halls = {h["id"]: h for h in problem["halls"]}
        if hall not in forum["halls"]:
            found.append(f"{forum['id']} in a wrong hall")
        elif halls[hall].get("seats") is not None and halls[hall]["seats"] < forum.get("participants", 0):
            found.append(f"{hall} too small")
    for pin in problem.get("fixed", []):
        if pin["forum"] == forum["id"] and not fits(problem, pin, day, session, team):
            found.append(f"{forum['id']} not as fixed")
    for pin in problem.get("forbidden", []):
        if pin["forum"] == forum["id"] and fits(problem, pin, day, session, team):
            found.append(f"{forum['id']} as forbidden")
    return found


def fits(problem, pin, day, session, team) -> bool:
    return (
        ("day" not in pin or day_of(problem, pin["day"]) == day)
        and ("session" not in pin or pin["session"] == problem["sessions"][session])
        and ("team" not in pin or pin["team"] == team["id"])
    )


def couple(problem, first, second) -> list[str]:
    (f, day, s, team, _), (g, other, t, mate, _) = first, second
    if day != other:
        return []
    found, limit = [], problem.get("max_travel_minutes")
    meet = taken(problem, f, s) & taken(problem, g, t)
    if meet and team["id"] == mate["id"]:
        found.append(f"{team['id']} twice")
    if meet and f.get("district") is not None and f.get("district") == g.get("district"):
        found.append(f"district {f['district']} twice")
    early, late = (f, g) if s < t else (g, f)
    far = limit is not None and s != t and minutes(problem, early, late) > limit
    if far and team["id"] == mate["id"] and abs(s - t) == 1 and not meet:
        found.append(f"{team['id']} too far")
    for person in problem.get("people", []):
        if f["id"] in person["forums"] and g["id"] in person["forums"]:
            if meet:
                found.append(f"{person['id']} twice")
            elif far and abs(s - t) == 1:
                found.append(f"{person['id']} too far")
    return found


def crowds(problem, placed) -> list[str]:
    found = []
    for day, session in product(range(len(problem["days"])), range(len(problem["sessions"]))):
        here = [p for p in placed if p[1] == day and session in taken(problem, p[0], p[2])]
        for agency in problem.get("agencies", []):
            if sum(agency["id"] in p[0].get("agencies", []) for p in here) > agency["capacity"]:
                found.append(f"{agency['id']} crowded")
        for hall in problem.get("halls", []):
            if sum(p[4] == hall["id"] for p in here) > hall.get("simultaneous", 1):
                found.append(f"{hall['id']} crowded")
    return found


def days_together(problem, placed) -> list[str]:
    at = {p[0]["id"]: p[1] for p in placed}
    found = [f"{f} and {g} apart" for f, g in problem.get("same_day", []) if at[f] != at[g]]
    return found + [f"{f} and {g} together" for f, g in problem.get("different_day", []) if at[f] == at[g]]


def cost(problem: dict[str, Any], assignments: list[Assignment]) -> int:
    """The objective of the issue, with the optional terms of docs/reference/timetable.md."""
    weights = {
        "legal_window": 20,
        "change_day": 100,
        "change_session": 40,
        "change_team": 20,
        "change_forum": 0,
    } | problem["weights"]
    forums = {f["id"]: f for f in problem["forums"]}
    loads = dict.fromkeys((t["id"] for t in problem["teams"]), 0)
    total = 0
    old = {a["forum"]: a for a in problem.get("published", {}).get("assignments", [])}
    for a in assignments:
        day = day_of(problem, a["day"])
        preference = forums[a["forum"]].get("preference") or [0] * len(problem["days"])
        total += weights["preference"] * preference[day]
        loads[a["team"]] += 1
        if "legal_window" in problem and problem["days"][day] > problem["legal_window"]["until"]:
            total += weights["legal_window"]
        if a["forum"] in old:
            before = old[a["forum"]]
            total += weights["change_day"] * (day_of(problem, before["day"]) != day)
            total += weights["change_session"] * (before["session"] != a["session"])
            total += weights["change_team"] * (before["team"] != a["team"])
            total += weights["change_forum"] * (
                (day_of(problem, before["day"]), before["session"], before["team"]) != (day, a["session"], a["team"])
            )
    total += weights["load_range"] * (max(loads.values()) - min(loads.values()))
    for a, b in product(assignments, assignments):
        first, second = (problem["sessions"].index(x["session"]) for x in (a, b))
        one_team = a["team"] == b["team"] and day_of(problem, a["day"]) == day_of(problem, b["day"])
        if one_team and first < second and second - first == 1:
            total += weights["travel"] * minutes(problem, forums[a["forum"]], forums[b["forum"]])
    return total


def best(problem: dict[str, Any]) -> int | None:
    """The least cost of any valid timetable by trying all of them; None when there is none. Tiny problems only."""
    ways = [
        [
            {"forum": forum["id"], "day": day, "session": session, "team": team["id"]}
            | ({"hall": hall} if hall else {})
            for day in range(len(problem["days"]))
            for s, session in enumerate(problem["sessions"])
            for team in problem["teams"]
            for hall in forum.get("halls") or [None]
            if not single(problem, forum, day, s, team, hall)
        ]
        for forum in problem["forums"]
    ]
    costs = [cost(problem, list(w)) for w in product(*ways) if not violations(problem, list(w))]
    return min(costs, default=None)
