"""Budget rules against pabutools' answers, a slow exact reference, and every set of projects."""

import json
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.engines.ranking import elections

from mufakat.engines.ranking.budget import Election, ElectionFaulty, Parameters, compiling, decide, read_election
from mufakat.engines.ranking.budget.field import facts_of, field_of
from mufakat.engines.ranking.budget.pabulib import SlowReader, parse
from mufakat.engines.ranking.budget.shares import Market, cost_of, plain_shares
from mufakat.engines.ranking.budget.swift import swift_election

GOLDEN = Path(__file__).parent / "golden"
REAL = Path(__file__).parents[4] / "shared/data/pabulib"


def winners(text: str, **parameters: object) -> list[str]:
    election = parse(text, "uji.pb")
    outcome = decide(election, Parameters(**parameters))  # type: ignore[arg-type]
    assert outcome.certified
    return [election.ids[c] for c in outcome.order]


def golden(name: str) -> list[tuple[str, str, list[str]]]:
    data = json.loads((GOLDEN / name).read_text(encoding="utf-8"))
    return [(key, rule, answer) for key, answers in data.items() for rule, answer in answers.items()]


def asked(rule: str) -> dict[str, object]:
    """Parameters for a rule as the golden files name it."""
    kind, utility, completion = rule.split("|")
    unwanted = completion.endswith("-unwanted")
    return {"rule": kind, "utility": utility, "completion": completion.removesuffix("-unwanted"), "unwanted": unwanted}


def test_small_elections_as_pabutools_decides_them():
    differing = []
    for seed, rule, answer in golden("pabutools_small.json"):
        found = winners(elections.election(int(seed)), **asked(rule))
        if sorted(found) != answer:
            differing.append((seed, rule, answer, sorted(found)))

    assert differing == []


@pytest.mark.skipif(not REAL.exists(), reason="the folder of real elections is not here")
def test_real_elections_as_pabutools_decides_them():
    differing = []
    for name, rule, answer in golden("pabutools_real.json"):
        election = read_election(REAL / name)
        outcome = decide(election, Parameters(**asked(rule)))
        if sorted(election.ids[c] for c in outcome.order) != answer:
            differing.append((name, rule))

    assert differing == []


@pytest.mark.parametrize(
    ("kind", "utility"),
    [(kind, utility) for kind in elections.KINDS for utility in ("cost", "cardinality")]
    + [("cumulative", "points"), ("ordinal", "borda")],
)
def test_equal_shares_and_add1_as_the_slow_reference(kind: str, utility: str):
    for seed in range(60):
        text = elections.election(seed, kind)
        costs, ballots, budget = elections.read(text)
        base = elections.equal_shares(costs, ballots, budget / len(ballots), utility)
        raised = elections.add_one(costs, ballots, budget, utility, 2)

        assert winners(text, rule="mes", utility=utility) == base, (kind, seed)
        found = winners(text, rule="mes", utility=utility, completion="add1", increment=Fraction(2))
        assert found == raised, (kind, seed)


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
def test_maximum_welfare_as_every_set_shows(utility: str):
    for seed in range(150):
        text = elections.election(seed)
        costs, ballots, budget = elections.read(text)

        assert (
            winners(text, rule="maxwelfare", utility=utility) == elections.welfare(costs, ballots, budget, utility)[1]
        )


def test_costs_in_rupiah_jump_over_a_million_steps():
    text = elections.election(7)
    costs, _, budget = elections.read(text)
    large = text.replace(f"budget;{budget}", f"budget;{budget * 10**6}")
    for name, cost in costs.items():
        large = large.replace(f"\n{name};{cost}\n", f"\n{name};{cost * 10**6}\n")

    election = parse(large, "uji.pb")
    outcome = decide(election, Parameters(completion="add1"))

    assert [election.ids[c] for c in outcome.order] == winners(text, completion="add1", increment=Fraction(1, 10**6))


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
def test_jumps_end_where_single_steps_do(utility: str):
    for seed in range(12):
        rng = random.Random(seed)
        costs = [rng.randint(500, 9000) for _ in range(16)]
        lines = ["META", "key;value", f"budget;{sum(costs) // 3}", "vote_type;approval", "PROJECTS", "project_id;cost"]
        lines += [f"{c};{cost}" for c, cost in enumerate(costs)] + ["VOTES", "voter_id;vote"]
        lines += [f"{v};{','.join(map(str, sorted(rng.sample(range(16), rng.randint(1, 5)))))}" for v in range(60)]
        election = parse("\n".join(lines), "uji.pb")

        outcome = decide(election, Parameters(utility=utility, completion="add1"))

        field = field_of(election, utility)
        market, start = Market(field), Fraction(election.budget, election.voters)
        for steps in range(outcome.steps + 1):  # every step by itself, in a market that remembers no proof
            bought = market.run(start + steps).order
            left = election.budget - cost_of(bought, field.costs)
            fitting = [c for c in field.candidates if c not in bought and field.costs[c] <= left]
            assert left >= 0
            assert bool(fitting) or steps == outcome.steps, (seed, steps)
        assert bought == outcome.order
        assert not fitting or cost_of(market.run(start + outcome.steps + 1).order, field.costs) > election.budget


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
def test_the_lean_loops_decide_as_those_with_histories(utility: str):
    decided = 0
    for seed in range(300):
        election = parse(elections.election(seed), "uji.pb")
        flat = facts_of(election)
        assert flat is not None
        start = Fraction(election.budget, election.voters)
        lean = plain_shares(flat, float(start), by_cost=utility == "cost")
        if lean is not None:
            assert lean == Market(field_of(election, utility)).run(start).order, seed
            decided += 1

    assert decided > 200


def test_scaling_all_money_changes_nothing():
    for seed in range(40):
        text = elections.election(seed)
        costs, _, budget = elections.read(text)
        scaled = text.replace(f"budget;{budget}\n", f"budget;{float(budget) / 4}\n")
        for name, cost in costs.items():
            scaled = scaled.replace(f"\n{name};{cost}\n", f"\n{name};{float(cost) / 4}\n", 1)
        for rule, completion in (("mes", "none"), ("phragmen", "none"), ("greedy", "none")):
            assert winners(scaled, rule=rule, completion=completion) == winners(text, rule=rule, completion=completion)


def test_three_thousand_projects_are_no_matter():
    lines = ["META", "key;value", "budget;60000", "vote_type;approval", "PROJECTS", "project_id;cost"]
    lines += [f"{i};{50 + i % 97}" for i in range(3000)] + ["VOTES", "voter_id;vote"]
    lines += [f"{v};{','.join(str((v * 7 + k * 11) % 3000) for k in range(12))}" for v in range(400)]
    text = "\n".join(lines)

    assert len(winners(text, rule="phragmen")) > 500
    assert len(winners(text, rule="mes", utility="cardinality")) > 500


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("META\n", ""), "uji.pb baris 1: bagian META tidak ada. Berkas Pabulib memuat META, PROJECTS, dan VOTES."),
        (("vote_type;approval", "vote_type;applause"),
         "uji.pb baris 4: vote_type “applause” tidak dikenal. Gunakan approval, choose-1, cumulative, ordinal."),
        (("budget;10\n", ""), "uji.pb baris 1: budget belum diisi di META. "
         "Tuliskan nilainya sesudah titik koma, misalnya budget;12500.50."),
        (("vote_type;approval", "vote_type,approval"), "uji.pb baris 1: vote_type belum diisi di META. "
         "Tuliskan nilainya sesudah titik koma, misalnya vote_type;approval."),
        (("a;1", 'a;"1'), "uji.pb baris 11: tanda kutipnya tidak ditutup sampai akhir bagian. "
         "Tutup atau hapus tanda kutip itu."),
        (("budget;10", "budget;sepuluh"), "uji.pb baris 3: budget “sepuluh” bukan angka. "
         "Tulis angkanya saja, misalnya 12500.50."),
        (("2;4", "2;-4"), "uji.pb baris 8: cost proyek “2” “-4” negatif. Isi dengan angka nol atau lebih."),
        (("2;4", "1;4"), "uji.pb baris 8: proyek “1” sudah ada pada baris 7. Hapus salah satu."),
        (("b;1,2", "b;1,9"), "uji.pb baris 12: suara untuk proyek “9” yang tidak ada. Periksa project_id-nya."),
        (("voter_id;vote", "voter_id;suara"), "uji.pb baris 10: judul kolom vote tidak ada di VOTES. Tambahkan kolom itu."),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_line(change: tuple[str, str], sentence: str):
    good = "META\nkey;value\nbudget;10\nvote_type;approval\nPROJECTS\nproject_id;cost\n1;3\n2;4\nVOTES\nvoter_id;vote\na;1\nb;1,2\n"
    assert winners(good) == ["1"]

    with pytest.raises(ElectionFaulty) as refused:
        winners(good.replace(*change))

    assert str(refused.value) == sentence


def test_odd_but_readable_files():
    plain = "META\nkey;value\nbudget;10\nvote_type;approval\nPROJECTS\nproject_id;cost\n1;3\n2;4\nVOTES\nvoter_id;vote\na;1\nb;1,2\nc;\n"
    quoted = plain.replace("b;1,2", 'b;"1,2"')
    windows = "\ufeff" + plain.replace("\n", "\r\n")
    moved = plain.replace("voter_id;vote", "voter_id;age;vote").replace("a;1", "a;33;1").replace("b;1,2", "b;;1, 2")
    moved = moved.replace("c;", "c;;")
    decimals = plain.replace("1;3", "1;3,00").replace("budget;10", "budget;10.0")

    assert {tuple(winners(text, completion="add1u")) for text in (plain, quoted, windows, moved, decimals)} == {
        ("1", "2")
    }
    assert parse(plain.replace("c;", "a;2"), "u.pb").remarks == (
        "1 pemilih tercatat lebih dari sekali, misalnya “a”; semua suaranya dihitung.",
    )


def test_other_published_conventions():
    text = elections.election(3)
    election = parse(text, "uji.pb")
    by_votes = decide(election, Parameters(ties="votes"))
    on = decide(election, Parameters(completion="add1", exhaustive=False))
    whole = decide(election, Parameters(completion="add1", integral=True))

    assert sorted(by_votes.order) == sorted(decide(election, Parameters()).order)
    assert on.steps >= decide(election, Parameters(completion="add1")).steps
    assert whole.endowment is not None and whole.endowment.denominator == 1


def test_the_same_election_however_it_is_written():
    for seed in range(120):
        for kind in elections.KINDS:
            plain, odd = elections.election(seed, kind), elections.rewritten(seed, kind)
            one, other = parse(plain, "a.pb"), parse(odd, "b.pb")

            assert facts(one) == facts(other), (kind, seed)


def test_the_quick_reader_reads_what_the_slow_one_does():
    signs = [
        b";",
        b"\n",
        b"\r\n",
        b'"',
        b",",
        b" ",
        b"1",
        b".",
        b"0",
        "é".encode(),
        b"\r",
        b"\t",
        b"VOTES\n",
        b"none",
        b'""',
    ]
    read = 0
    for seed in range(900):
        rng = random.Random(seed)
        kind = rng.choice(["approval", "choose-1"])
        data = (elections.election if rng.random() < 0.6 else elections.rewritten)(seed, kind).encode()
        for _ in range(rng.randint(0, 3)):  # broken at random: what the quick one takes, the slow one must read alike
            at = rng.randrange(len(data))
            data = data[:at] + rng.choice([*signs, b""]) + data[at + rng.randint(0, 2) :]
        quick = swift_election(data, lambda data=data: SlowReader(data, "uji.pb"))  # type: ignore[misc]
        if quick is not None:
            slow = SlowReader(data, "uji.pb").election()
            assert written(quick) == written(slow), seed
            assert (quick.remarks, quick.table, quick.rank) == (slow.remarks, slow.table, slow.rank), seed
            read += 1

    assert read > 200


def test_votes_that_grow_shorter_than_their_first_lines_foretell():
    names = [str(c) for c in range(12)]
    lines = ["META", "key;value", "budget;9", "vote_type;approval", "PROJECTS", "project_id;cost"]
    lines += [f"{name};1" for name in names] + ["VOTES", "vote;comment"]
    lines += [f"0;{'panjang ' * 40}"] * 30
    lines += [",".join(name for c, name in enumerate(names) if mask >> c & 1) for mask in range(1, 4096)]
    for end in ("\n", "\r\n"):
        data = (end.join(lines) + end).encode()
        quick = swift_election(data, lambda data=data: SlowReader(data, "uji.pb"))  # type: ignore[misc]

        assert quick is not None
        assert written(quick) == written(SlowReader(data, "uji.pb").election())
        assert (len(quick.weight), quick.voters) == (4095, 4125)


def test_a_rule_asks_for_the_loops_it_calls_and_no_others():
    files = {
        loop.py_func.__name__: {each.py_func.__module__.rpartition(".")[2] for each in compiling.called_by(loop)}
        for loop in compiling.entries
    }

    assert files["equal_shares"] == {"plain"}
    assert files["head"] == {"sections", "words"}
    assert files["votes"] == {"approvals", "sections", "words"}
    assert files["shares"] == {"rounds", "purses"}
    assert files["jump"] == {"jumps", "rounds", "purses"}


def written(election: Election) -> tuple[object, ...]:
    """An election to the last number, as it is and as the compiled rules take it."""
    flat = facts_of(election)
    assert flat is not None
    arrays = election.weight, election.start, election.project, election.amount, flat.whole, flat.idx
    plain = election.kind, election.ids, election.costs, election.budget, election.scale, election.voters
    return *plain, *(array.tolist() for array in arrays)


def facts(election: Election) -> tuple[object, ...]:
    """What an election says, whatever the order and the writing."""
    costs = {name: Fraction(cost, election.scale) for name, cost in zip(election.ids, election.costs, strict=True)}
    ends = election.start.tolist()
    ballots: Counter[tuple[tuple[str, Fraction], ...]] = Counter()
    for count, a, b in zip(election.weight.tolist(), ends, ends[1:], strict=False):
        names = [election.ids[c] for c in election.project[a:b]]
        amounts = [Fraction(int(amount), election.grain) for amount in election.amount[a:b]]
        ballots[tuple(sorted(zip(names, amounts, strict=True)))] += count
    return election.kind, costs, Fraction(election.budget, election.scale), election.voters, ballots


def test_rows_without_a_cell_are_voters_unless_the_count_says_otherwise():
    head = "META\nkey;value\nbudget;10\nvote_type;approval\n{}PROJECTS\nproject_id;cost\n1;3\nVOTES\nvoter_id;vote\n"
    assert parse(head.format("") + "a;1\n;\n;\n", "u.pb").voters == 3
    assert parse(head.format("num_votes;1\n") + "a;1\n;\n;\n", "u.pb").voters == 1


def test_a_default_score_is_told_and_not_used():
    head = "META\nkey;value\nbudget;9\nvote_type;scoring\ndefault_score;{}\nPROJECTS\nproject_id;cost\na;4\nb;4\nVOTES\nvoter_id;vote;points\n"
    said = parse(head.format("1.5") + "1;a;2\n", "u.pb").remarks

    assert said == ("default_score 1.5 tidak dipakai: proyek yang tidak disebut bernilai nol.",)
    assert parse(head.format("0.0") + "1;a;2\n", "u.pb").remarks == ()


def test_points_may_have_decimals_and_count_exactly():
    head = "META\nkey;value\nbudget;10\nvote_type;cumulative\nPROJECTS\nproject_id;cost\na;4\nb;4\nVOTES\nvoter_id;vote;points\n"
    election = parse(head + "1;a,b;0.5,1\n2;a;0.75\n", "u.pb")

    assert (election.grain, election.votes("points")) == (100, [125, 100])
    assert winners(head + "1;a,b;0.5,1\n2;a;0.75\n", utility="points", completion="add1u") == ["a", "b"]


def test_costs_too_large_for_the_compiled_loops_are_decided_in_whole_numbers():
    for seed in range(12):
        text = elections.election(seed)
        costs, ballots, budget = elections.read(text)
        election = parse(text, "uji.pb")
        large = replace(
            election, costs=tuple(c * 10**19 for c in election.costs), budget=election.budget * 10**19, scale=10**19
        )
        found = [large.ids[c] for c in decide(large, Parameters()).order]

        assert found == elections.equal_shares(costs, ballots, budget / len(ballots), "cost")


def test_three_thousand_projects_of_a_few_costs_are_proved_to_be_the_best():
    lines = ["META", "key;value", "budget;60000000000", "vote_type;approval", "PROJECTS", "project_id;cost"]
    lines += [f"{i};{(2 + i % 4) * 25_000_000}" for i in range(3000)] + ["VOTES", "voter_id;vote"]
    lines += [f"{v};{','.join(str((v * 7 + k * k * 11) % 3000) for k in range(12))}" for v in range(400)]
    election = parse("\n".join(lines), "uji.pb")

    outcome = decide(election, Parameters(rule="maxwelfare", utility="cardinality"))

    assert outcome.certified
    assert sum(election.costs[c] for c in outcome.order) <= election.budget


def test_what_a_solver_prints_never_reaches_the_answer(tmp_path: Path):
    (tmp_path / "e.pb").write_text(elections.election(4), encoding="utf-8")
    command = [sys.executable, "-m", "mufakat.engines.ranking", "pb", "e.pb", "--rule", "maxwelfare", "--json"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)

    assert json.loads(done.stdout)["certified"] is True
