"""Rules in formal Indonesian, with names and dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from mufakat.core.dates import full_date
from mufakat.engines.timetable.problem import Pin, Placement, Problem
from mufakat.engines.timetable.rules import Rule


def sentence(problem: Problem, rule: Rule) -> str:
    """One rule as a finished sentence."""
    return _WORDS[rule.kind](problem, rule)


def listed(names: Iterable[str]) -> str:
    """Names joined as a sentence joins them: "A, B, dan C"."""
    words = list(names)
    if len(words) < 3:
        return " dan ".join(words)
    return ", ".join(words[:-1]) + ", dan " + words[-1]


def dates(problem: Problem, days: Iterable[int]) -> str:
    """Days in full, in the order of the calendar."""
    return listed(full_date(day) for day in sorted(problem.days[d] for d in days))


def ground(problem: Problem) -> str:
    """What can never be dropped, with the figures that limit it."""
    days, sessions, teams = len(problem.days), len(problem.sessions), len(problem.teams)
    return (
        f"Setiap forum ({len(problem.forums)} forum) mendapat satu hari, satu sesi mulai, dan satu tim; satu tim "
        f"hanya di satu tempat pada satu sesi. Tersedia {teams} tim, {days} hari, {sessions} sesi sehari: "
        f"{teams * days * sessions} kesempatan."
    )


def _forum(problem: Problem, rule: Rule) -> str:
    return problem.forums[rule.index].name


def _team(problem: Problem, rule: Rule) -> str:
    return f"Tim {problem.teams[rule.index].name}"


def _person(problem: Problem, rule: Rule) -> str:
    person = problem.people[rule.index]
    return f"{person.name} ({person.role})" if person.role else person.name


def _closed(problem: Problem, rule: Rule) -> str:
    closed = problem.closed[rule.index]
    day = full_date(problem.days[rule.index])
    if len(closed.sessions) == len(problem.sessions):
        return f"Tidak ada forum pada {day}: {closed.reason}."
    names = listed(problem.sessions[s] for s in sorted(closed.sessions))
    return f"Tidak ada forum pada sesi {names} {day}: {closed.reason}."


def _ferry(problem: Problem, rule: Rule) -> str:
    island = problem.islands[rule.key]
    forums = listed(f.name for f in problem.forums if f.island == rule.key)
    when = f"hanya pada {dates(problem, island.ferry_days)}" if island.ferry_days else "tidak satu hari pun"
    return f"Kapal ke {island.name} berlayar {when}, sehingga forum {forums} hanya dapat pada hari itu."


def _district(problem: Problem, rule: Rule) -> str:
    forums = listed(f.name for f in problem.forums if f.district == rule.key)
    return f"Forum sedapil tidak bersamaan dalam satu sesi: dapil {rule.key} ({forums})."


def _agency(problem: Problem, rule: Rule) -> str:
    agency = problem.agencies[rule.key]
    forums = listed(f.name for f in problem.forums if rule.key in f.agencies)
    return f"{agency.name} hanya dapat hadir di {agency.capacity} forum dalam satu sesi, dan diminta oleh {forums}."


def _hall(problem: Problem, rule: Rule) -> str:
    hall = problem.halls[rule.key]
    forums = listed(f.name for f in problem.forums if rule.key in f.halls)
    return f"Gedung {hall.name} memuat {hall.simultaneous} forum dalam satu sesi, dan dipakai oleh {forums}."


def _seats(problem: Problem, rule: Rule) -> str:
    hall = problem.halls[rule.key]
    forums = listed(
        f"{f.name} ({f.participants} peserta)"
        for f in problem.forums
        if rule.key in f.halls and hall.seats is not None and f.participants > hall.seats
    )
    return f"Gedung {hall.name} berkursi {hall.seats}" + (f", kurang bagi {forums}." if forums else ".")


def _hall_closed(problem: Problem, rule: Rule) -> str:
    hall = problem.halls[rule.key]
    return f"Gedung {hall.name} tidak tersedia pada {dates(problem, hall.unavailable_days)}."


def _present(problem: Problem, rule: Rule) -> str:
    forums = listed(problem.forums[f].name for f in problem.people[rule.index].forums)
    return f"{_person(problem, rule)} harus hadir di forum {forums}, dan hanya di satu tempat pada satu sesi."


def _person_absent(problem: Problem, rule: Rule) -> str:
    person = problem.people[rule.index]
    forums = listed(problem.forums[f].name for f in person.forums)
    return (
        f"{_person(problem, rule)} berhalangan pada {dates(problem, person.unavailable_days)}, "
        f"padahal harus hadir di forum {forums}."
    )


def _skills(problem: Problem, rule: Rule) -> str:
    wanted = listed(problem.forums[rule.index].skills)
    able = [t.name for t in problem.teams if t.skills.issuperset(problem.forums[rule.index].skills)]
    have = f"yang memilikinya: {listed(able)}" if able else "tidak ada tim yang memilikinya"
    return f"Forum {_forum(problem, rule)} memerlukan tim dengan keahlian {wanted}; {have}."


def _neutral(problem: Problem, rule: Rule) -> str:
    homes = problem.teams[rule.index].home
    names = [f.name for f in problem.forums if f.region in homes] or sorted(homes)
    return f"{_team(problem, rule)} tidak memandu di daerah asalnya: {listed(names)}."


def pin(problem: Problem, item: Pin) -> str:
    """A fixed or forbidden combination in words."""
    parts = [problem.forums[item.forum].name]
    parts += [f"pada {full_date(problem.days[item.day])}"] if item.day is not None else []
    parts += [f"sesi {problem.sessions[item.session]}"] if item.session is not None else []
    parts += [f"dengan Tim {problem.teams[item.team].name}"] if item.team is not None else []
    return " ".join(parts)


def _couple(problem: Problem, couple: tuple[int, int], words: str) -> str:
    return f"Forum {problem.forums[couple[0]].name} dan {problem.forums[couple[1]].name} {words}."


def _earliest(problem: Problem, rule: Rule) -> str:
    earliest = problem.forums[rule.index].earliest
    assert earliest is not None
    return f"Forum {_forum(problem, rule)} paling awal {full_date(earliest)}, sesudah musrenbang desa dan kelurahan."


_WORDS: dict[str, Callable[[Problem, Rule], str]] = {
    "ground": lambda p, r: ground(p),
    "holiday": _closed,
    "ramadan": _closed,
    "ferry": _ferry,
    "team_absent": lambda p, r: (
        f"{_team(p, r)} berhalangan pada {dates(p, p.teams[r.index].unavailable_days)}."
    ),
    "travel": lambda p, r: (
        f"Satu tim dapat memandu dua forum sehari hanya bila perjalanannya paling lama {p.max_travel} menit."
    ),
    "neutral": _neutral,
    "district": _district,
    "agency": _agency,
    "hall": _hall,
    "seats": _seats,
    "hall_closed": _hall_closed,
    "person": _present,
    "person_absent": _person_absent,
    "skills": _skills,
    "earliest": _earliest,
    "whole_day": lambda p, r: f"Forum {_forum(p, r)} berlangsung sehari penuh: mulai pada sesi pertama.",
    "forbidden_days": lambda p, r: (
        f"Forum {_forum(p, r)} tidak dapat pada {dates(p, p.forums[r.index].forbidden_days)}."
    ),
    "different_day": lambda p, r: _couple(p, p.different_day[r.index], "harus pada hari yang berbeda"),
    "same_day": lambda p, r: _couple(p, p.same_day[r.index], "harus pada hari yang sama"),
    "forbidden": lambda p, r: f"Tidak boleh: {pin(p, p.forbidden[r.index])}.",
    "fixed": lambda p, r: f"Sudah ditetapkan: {pin(p, p.fixed[r.index])}.",
    "team": lambda p, r: f"{_team(p, r)} hanya dapat memandu satu forum pada satu sesi.",
    "once": lambda p, r: f"Forum {_forum(p, r)} harus dijadwalkan tepat satu kali.",
    "hall_choice": lambda p, r: f"Forum {_forum(p, r)} harus di salah satu gedung yang disebutnya.",
}  # fmt: skip


def long_day(day: date) -> str:
    """A date in full."""
    return full_date(day)


def concession(problem: Problem, rule: Rule, placed: Sequence[Placement]) -> str:
    """What must be granted so that these placements may stand: a clause after "Bila"."""
    names = listed(problem.forums[p.forum].name for p in placed)
    when = listed(dict.fromkeys(full_date(problem.days[p.day]) for p in placed))
    tell = _GRANTED.get(rule.kind)
    if tell is None:
        return f"ketentuan ini dikesampingkan untuk {names} pada {when}: {sentence(problem, rule)}"
    return tell(problem, rule, names, when)


_GRANTED: dict[str, Callable[[Problem, Rule, str, str], str]] = {
    "holiday": lambda p, r, names, when: f"forum {names} boleh pada {when} ({p.closed[r.index].reason})",
    "ramadan": lambda p, r, names, when: f"forum {names} boleh pada {when} ({p.closed[r.index].reason})",
    "ferry": lambda p, r, names, when: f"ada kapal ke {p.islands[r.key].name} pada {when}",
    "team_absent": lambda p, r, names, when: f"{_team(p, r)} dapat hadir pada {when}",
    "travel": lambda p, r, names, when: f"satu tim boleh menempuh perjalanan antara {names} pada {when}",
    "neutral": lambda p, r, names, when: f"{_team(p, r)} boleh memandu {names}",
    "district": lambda p, r, names, when: f"forum {names} dari dapil {r.key} boleh bersamaan pada {when}",
    "agency": lambda p, r, names, when: f"{p.agencies[r.key].name} dapat hadir di {names} bersamaan pada {when}",
    "hall": lambda p, r, names, when: f"gedung {p.halls[r.key].name} dapat memuat {names} bersamaan pada {when}",
    "seats": lambda p, r, names, when: f"gedung {p.halls[r.key].name} diberi kursi cukup untuk {names}",
    "hall_closed": lambda p, r, names, when: f"gedung {p.halls[r.key].name} tersedia pada {when}",
    "person": lambda p, r, names, when: f"{_person(p, r)} diwakili di salah satu forum {names} pada {when}",
    "person_absent": lambda p, r, names, when: f"{_person(p, r)} hadir atau diwakili pada {when} di forum {names}",
    "skills": lambda p, r, names, when: f"forum {names} dipandu tim tanpa keahlian yang diminta",
    "earliest": lambda p, r, names, when: f"forum {names} boleh lebih awal, pada {when}",
    "whole_day": lambda p, r, names, when: f"forum {names} dipadatkan menjadi satu sesi",
    "forbidden_days": lambda p, r, names, when: f"forum {names} boleh pada {when}",
}
