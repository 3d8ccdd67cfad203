"""Fairness of an outcome and what would have sufficed, against brute force and a theorem."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.ranking import elections

from mufakat.engines.ranking.budget import Parameters, decide
from mufakat.engines.ranking.budget.pabulib import parse
from mufakat.engines.ranking.fairness import votes
from mufakat.engines.ranking.fairness.shares import gini, spread
from mufakat.engines.ranking.fairness.sufficing import sufficing, with_cost, with_supporters
from mufakat.engines.ranking.fairness.telling import explanations, fairness

SEEDS = range(40)


def election(seed):
    return parse(elections.election(seed), "uji.pb")


def ballots_of(e):
    """Every voter's own set of projects."""
    for n, count in enumerate(e.weight.tolist()):
        projects = frozenset(e.project[e.start[n] : e.start[n + 1]].tolist())
        yield from [projects] * count


def fails_ejr_plus(e, chosen, utility):
    """The definition, over every group of supporters of every project."""
    voters = list(ballots_of(e))
    found = set()
    for c in set(range(len(e.ids))) - set(chosen):
        worth = e.costs[c] if utility == "cost" else 1
        own = sorted(
            sum(e.costs[d] if utility == "cost" else 1 for d in ballot & set(chosen))
            for ballot in voters
            if c in ballot
        )
        if not e.costs[c]:
            continue
        for k in range(1, len(own) + 1):
            # The group of the k least served is failed first.
            if own[k - 1] + worth <= Fraction(k * e.budget, len(voters)) * worth / e.costs[c]:
                found.add(c)
    return found


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@pytest.mark.parametrize("seed", SEEDS)
def test_equal_shares_fails_nobody_and_greedy_is_judged_by_the_definition(seed, utility):
    e = election(seed)
    shares = decide(e, Parameters(rule="mes", utility=utility)).order
    greedy = decide(e, Parameters(rule="greedy", utility=utility)).order

    assert votes.underserved(e, shares, utility) == ()
    assert {f.project for f in votes.underserved(e, greedy, utility)} == fails_ejr_plus(e, greedy, utility)
    assert {f.project for f in votes.underserved(e, (), utility)} == fails_ejr_plus(e, (), utility)


@pytest.mark.parametrize("seed", SEEDS)
def test_equal_shares_always_has_a_price_system(seed):
    e = election(seed)
    outcome = decide(e, Parameters(rule="mes", utility="cost"))
    free = [c for c in range(len(e.ids)) if not e.costs[c] and c not in outcome.order]
    if free:
        return

    endowment = votes.price_system(e, outcome.order)

    assert endowment is not None
    assert endowment <= e.budget / e.scale / e.voters * (1 + 1e-6)


def test_a_list_only_the_majority_likes_has_no_price_system():
    head = "META\nkey;value\nvote_type;approval\nbudget;200\nnum_projects;4\nnum_votes;10\nrule;greedy\n"
    projects = "PROJECTS\nproject_id;cost\na;100\nb;100\nc;10\nd;100\n"
    cast = "VOTES\nvoter_id;vote\n" + "".join(f"{n};a,b\n" if n < 6 else f"{n};c,d\n" for n in range(10))
    e = parse(head + projects + cast, "uji.pb")
    majority = decide(e, Parameters(rule="greedy", utility="cost")).order

    assert [e.ids[c] for c in majority] == ["a", "b"]
    assert votes.price_system(e, majority) is None
    assert {e.ids[f.project] for f in votes.underserved(e, majority, "cost")} == {"c"}
    told = fairness(e, Parameters(rule="greedy"), decide(e, Parameters(rule="greedy")))
    assert told["ejr_plus"] is False
    assert told["sentence"] == (
        "40 persen pemilih tidak memperoleh satu pun pilihannya. 1 proyek memiliki kelompok pendukung yang bagiannya "
        "terlewat."
    )


@pytest.mark.parametrize("rule", ["mes", "phragmen", "greedy"])
@pytest.mark.parametrize("seed", range(8))
def test_what_would_have_sufficed_does_and_the_next_does_not(seed, rule):
    e = election(seed)
    parameters = Parameters(rule=rule)
    chosen = decide(e, parameters).order
    for c in set(range(len(e.ids))) - set(chosen):
        found = sufficing(e, parameters, c)
        if found.cost is not None:
            assert c in decide(with_cost(e, c, found.cost), parameters).order
            assert c not in decide(with_cost(e, c, found.cost + 1), parameters).order
        if found.supporters is not None:
            assert c in decide(with_supporters(e, c, found.supporters), parameters).order
            assert c not in decide(with_supporters(e, c, found.supporters - 1), parameters).order


def test_explanations_name_every_project_once_and_speak_plainly():
    e = election(3)
    parameters = Parameters(rule="mes")
    outcome = decide(e, parameters)

    told = explanations(e, parameters, outcome, ())

    assert sorted(entry["id"] for entry in told) == sorted(e.ids)
    assert [entry["id"] for entry in told if entry["chosen"]] == [e.ids[c] for c in outcome.order]
    for entry in told:
        assert entry["sentence"].startswith("Terpilih ke-" if entry["chosen"] else "Tidak terpilih: ")


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), min_size=1, max_size=8))
def test_gini_is_the_mean_difference_between_inhabitants(groups):
    people = [Fraction(value, weight) for value, weight in groups for _ in range(weight)]
    mean = sum(people) / len(people)
    gaps = sum(abs(a - b) for a, b in combinations(people, 2)) * 2

    found = gini([value for value, _ in groups], [weight for _, weight in groups])

    assert found == (gaps / (2 * len(people) ** 2 * mean) if mean else 0)


def test_shares_of_villages_beside_their_inhabitants():
    found = spread(
        ["Giri", "Giri", "Indro", "Kembangan"], [("Giri", 300), ("Indro", 100)], {"Giri": 3000, "Indro": 1000}
    )

    assert [(s.id, s.value, s.asked, s.share) for s in found.shares] == [
        ("Giri", 300, 2, Fraction(3, 4)),
        ("Indro", 100, 1, Fraction(1, 4)),
        ("Kembangan", 0, 1, Fraction(0)),
    ]
    assert found.excluded == ("Kembangan",)
    assert not found.per_inhabitant


def test_what_each_group_of_the_file_is_given():
    head = "META\nkey;value\nvote_type;approval\nbudget;10\nPROJECTS\nproject_id;category;cost;neighborhood\n"
    projects = "a;jalan,air;6;Giri\nb;air;4;Indro\nc;None;5;Giri\n"
    e = parse(head + projects + "VOTES\nvoter_id;vote\n1;a,c\n2;a\n3;b\n", "uji.pb")
    outcome = decide(e, Parameters(rule="greedy", utility="cardinality"))

    told = fairness(e, Parameters(rule="greedy", utility="cardinality"), outcome)["groups"]

    assert [e.ids[c] for c in outcome.order] == ["a", "b"]
    assert [entry["sentence"] for entry in told["category"]] == [
        "Kategori air: 2 dari 2 proyek, 100 persen biaya, 75 persen suara.",
        "Kategori jalan: 1 dari 1 proyek, 60 persen biaya, 50 persen suara.",
    ]
    assert [(entry["name"], entry["asked"], entry["chosen"], entry["cost"]) for entry in told["neighborhood"]] == [
        ("Giri", 2, 1, 6), ("Indro", 1, 1, 4),
    ]  # fmt: skip
