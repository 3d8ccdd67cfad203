"""Small random elections with ties, free and unwanted projects, and a slow exact reference for every ballot kind."""

import random
from collections.abc import Callable
from fractions import Fraction

KINDS = ("approval", "choose-1", "cumulative", "ordinal")


def election(seed: int, kind: str = "approval") -> str:
    """A Pabulib file; the same for the same seed."""
    rng = random.Random(f"{kind}-{seed}")
    count, voters = rng.randint(1, 8), rng.randint(1, 10)
    ids = rng.sample([str(i) for i in range(1, 30)] + ["A", "b", "a1"], count)
    costs = [rng.choice([0, 1, 2, 3, 5, 5, 10, 20, 50]) if rng.random() < 0.9 else rng.randint(0, 60) for _ in ids]
    lines = ["META", "key;value", "description;x", "country;x", "unit;x", "instance;x"]
    lines += [f"num_projects;{count}", f"num_votes;{voters}", f"budget;{rng.randint(1, 60)}"]
    lines += [f"vote_type;{kind}", "rule;greedy", "PROJECTS", "project_id;cost"]
    lines += [f"{name};{cost}" for name, cost in zip(ids, costs, strict=True)]
    lines += ["VOTES", "voter_id;vote" + (";points" if kind == "cumulative" else "")]
    for voter in range(voters):
        listed = [name for name in ids if rng.random() < rng.choice([0.2, 0.5, 0.8])]
        if kind == "choose-1":
            listed = [rng.choice(ids)]
        if kind == "ordinal":
            rng.shuffle(listed)
        points = ";" + ",".join(str(rng.randint(0, 4)) for _ in listed) if kind == "cumulative" else ""
        lines.append(f"{voter};{','.join(listed)}{points}")
    return "\n".join(lines) + "\n"


def rewritten(seed: int, kind: str) -> str:
    """The same election as Pabulib files are found: quotes, spaces, columns and lines in other orders, other line ends."""
    rng = random.Random(f"odd-{kind}-{seed}")
    head, rest = election(seed, kind).split("PROJECTS\n")
    projects, votes = rest.split("VOTES\n")
    quoting, spacing = rng.choice([0, 0, 0.3, 1]), rng.random() < 0.3

    def cell(text: str) -> str:
        text = f" {text} " if spacing and rng.random() < 0.3 else text
        return f'"{text}"' if rng.random() < quoting else text

    meta = [line for line in head.splitlines()[2:] if rng.random() < 0.6 or line[:6] in ("budget", "vote_t")]
    rng.shuffle(meta)
    lines = [rng.choice(["META", "meta;", "Meta;;"]), "key;value"]
    lines += [";".join(map(cell, line.split(";"))) for line in meta] + ['comment;"#1: a; b"']
    lines += [rng.choice(["PROJECTS", "projects;;"])]
    lines += _columns(projects, rng, cell, {"name": ["Jalan", '"Jalan; ""baru"""'], "target": ["None", "anak,lansia"]})
    lines += [rng.choice(["VOTES", "Votes;"])]
    lines += _columns(votes, rng, cell, {"age": ["30", ""], "sex": ["M", "None"]})
    return rng.choice(["", "\ufeff"]) + rng.choice(["\n", "\r\n", "\r"]).join(lines) + rng.choice(["", "\n", "\n\n"])


def _columns(table: str, rng: random.Random, cell: Callable[[str], str], more: dict[str, list[str]]) -> list[str]:
    """A table with further columns, in another order."""
    heads, *rows = [line.split(";") for line in table.splitlines()]
    order = rng.sample(range(len(heads) + len(more)), len(heads) + len(more))
    lines = [[*heads, *more]] + [[*map(cell, row), *(rng.choice(words) for words in more.values())] for row in rows]
    return [";".join(line[at] for at in order) for line in lines]


def read(text: str) -> tuple[dict[str, Fraction], list[dict[str, int]], Fraction]:
    """Costs, ballots as amounts by project, budget."""
    head, rest = text.split("PROJECTS\n")
    projects, votes = rest.split("VOTES\n")
    meta = dict(line.split(";") for line in head.splitlines()[2:])
    costs = {line.split(";")[0]: Fraction(line.split(";")[1]) for line in projects.splitlines()[1:]}
    ballots = []
    for line in votes.splitlines()[1:]:
        cells = line.split(";")
        names = [name for name in cells[1].split(",") if name]
        if meta["vote_type"] == "cumulative":
            amounts = [int(p) for p in cells[2].split(",") if p]
        elif meta["vote_type"] == "ordinal":
            amounts = list(range(len(names), 0, -1))
        else:
            amounts = [1] * len(names)
        ballots.append(dict(zip(names, amounts, strict=True)))
    return costs, ballots, Fraction(meta["budget"])


def equal_shares(costs: dict, ballots: list[dict], endowment: Fraction, utility: str) -> list[str]:
    """Equal Shares by its definition, voter by voter in fractions."""
    weigh = [{p: (a if utility in ("points", "borda") else 1) for p, a in ballot.items()} for ballot in ballots]
    budget = [endowment] * len(ballots)
    bought: list[str] = []
    while True:
        best = None
        for p in sorted(costs):
            supporters = [i for i, ballot in enumerate(weigh) if ballot.get(p)]
            factor = costs[p] if utility == "cost" else 1
            if p in bought or not supporters or not factor or sum(budget[i] for i in supporters) < costs[p]:
                continue
            left, units = costs[p], sum(weigh[i][p] for i in supporters)
            for i in sorted(supporters, key=lambda i: budget[i] / weigh[i][p]):
                if budget[i] * units >= left * weigh[i][p]:
                    break
                left -= budget[i]
                units -= weigh[i][p]
            level = left / units if units else Fraction(0)
            key = level / factor
            if best is None or key < best[0]:
                best = (key, p, level)
        if best is None:
            return bought
        _, p, level = best
        for i, ballot in enumerate(weigh):
            if ballot.get(p):
                budget[i] -= min(budget[i], level * ballot[p])
        bought.append(p)


def add_one(costs: dict, ballots: list[dict], budget: Fraction, utility: str, step: int) -> list[str]:
    """The left-to-right scan, step by step."""
    endowment, kept = budget / len(ballots), []
    counts = (lambda b, p: b.get(p, 0) > 0) if utility in ("points", "borda") else (lambda b, p: p in b)
    wanted = {p for p in costs if any(counts(b, p) for b in ballots) and (utility != "cost" or costs[p])}
    while True:
        bought = equal_shares(costs, ballots, endowment, utility)
        left = budget - sum(costs[p] for p in bought)
        if left < 0:
            return kept
        kept = bought
        if all(p in bought or costs[p] > left for p in costs) or set(bought) == wanted:
            return kept
        endowment += step


def welfare(costs: dict, ballots: list[dict], budget: Fraction, utility: str) -> tuple[Fraction, list[str]]:
    """The greatest welfare of any affordable set and the smallest list of ids that reaches it."""
    worth = {}
    for p, cost in costs.items():
        votes = sum((b[p] if utility in ("points", "borda") else 1) for b in ballots if b.get(p))
        worth[p] = votes * (cost if utility == "cost" else 1)
    names = sorted(costs)
    best: tuple[Fraction, list[str]] = (Fraction(0), [])
    for mask in range(1 << len(names)):
        chosen = [p for i, p in enumerate(names) if mask >> i & 1]
        if sum(costs[p] for p in chosen) <= budget:
            value = sum((worth[p] for p in chosen), Fraction(0))
            if value > best[0] or (value == best[0] and chosen < best[1]):
                best = (value, chosen)
    return best
