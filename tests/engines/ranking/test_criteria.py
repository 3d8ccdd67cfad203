"""Criteria: scores, orders and their explanation against pymcdm, a plain merge, and cases worked by hand."""

import heapq
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.engines.ranking.tables import COSTS, WEIGHTS, table

from mufakat.engines.ranking.criteria import CriteriaFaulty, Weighing, rank, read_problem, scoring
from mufakat.engines.ranking.criteria.answer import answer
from mufakat.engines.ranking.criteria.ordering import merged
from mufakat.engines.ranking.criteria.weights import compared, to_hundred

GOLDEN = json.loads((Path(__file__).parent / "golden/pymcdm.json").read_text(encoding="utf-8"))


def solved(**problem):
    return answer(read_problem(problem)[0])


def proposal(name, village="Giri", **more):
    return {"id": name, "village": village, **more}


def two_criteria(*alternatives, **more):
    criteria = [{"key": "a", "weight": 60}, {"key": "b", "weight": 40}]
    return {"criteria": criteria, "alternatives": list(alternatives), **more}


def by_id(result):
    return {row["id"]: row for row in result["alternatives"]}


@pytest.mark.parametrize("seed", sorted(GOLDEN, key=int))
def test_scores_as_pymcdm_computes_them(seed):
    values = np.array(table(int(seed)), float)
    present, costs, weights = np.ones(values.shape, bool), np.array(COSTS), np.array(WEIGHTS)
    found = {}
    for how in ("vector", "minmax", "sum", "max"):
        scaled = scoring.normalised(values, present, how, costs)
        found[f"topsis|{how}"] = scoring.topsis(scaled, present, weights)
        found[f"weighted_sum|{how}"] = scoring.additive(scaled, present, weights) / 100
    found["vikor|none"] = scoring.vikor(values, present, weights, costs, 0.5).compromise

    assert found.keys() == GOLDEN[seed].keys()
    for name, scores in found.items():
        np.testing.assert_allclose(scores, GOLDEN[seed][name], rtol=0, atol=1e-10, err_msg=name)


def test_constant_and_unknown_columns_tell_nobody_apart():
    values = np.array([[5.0, 1.0, 0.0], [5.0, 3.0, 0.0]])
    present = np.array([[True, True, False], [True, True, False]])
    costs, weights = np.zeros(3, bool), np.array([0.5, 0.3, 0.2])

    scaled = scoring.normalised(values, present, "minmax", costs)

    assert scoring.topsis(scaled, present, weights).tolist() == [0.0, 1.0]
    assert scoring.vikor(values, present, weights, costs, 0.5).compromise.tolist() == [1.0, 0.0]


levels = st.lists(st.lists(st.none() | st.integers(1, 5), min_size=4, max_size=4), min_size=1, max_size=12)


@settings(deadline=None)
@given(levels, st.lists(st.integers(1, 50), min_size=4, max_size=4))
def test_weighted_sum_is_the_formula_in_fractions(rows, weights):
    cells = np.array([[x or 0 for x in row] for row in rows])
    present = np.array([[x is not None for x in row] for row in rows])

    units, coverage = scoring.weighted_sum(cells, present, np.array(weights), 5)

    for row, unit, covered in zip(rows, units.tolist(), coverage.tolist(), strict=True):
        known = sum(w for w, x in zip(weights, row, strict=True) if x is not None)
        gained = sum(w * x for w, x in zip(weights, row, strict=True) if x is not None)
        exact = Fraction(100 * gained, 5 * known) if known else Fraction(0)
        assert unit == (200 * exact + 1) // 2
        assert covered == (2 * Fraction(10_000 * known, sum(weights)) + 1) // 2


@settings(deadline=None)
@given(levels, st.integers(1, 1000))
def test_scores_ignore_the_unit_of_the_weights_and_the_order_of_the_file(rows, factor):
    weights = (40, 30, 20, 10)
    cells = np.array([[x or 0 for x in row] for row in rows])
    present = np.array([[x is not None for x in row] for row in rows])

    plain, _ = scoring.weighted_sum(cells, present, np.array(weights), 5)
    scaled, _ = scoring.weighted_sum(cells, present, np.array(weights) * factor, 5)
    turned, _ = scoring.weighted_sum(cells[::-1], present[::-1], np.array(weights), 5)

    assert plain.tolist() == scaled.tolist() == turned.tolist()[::-1]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5)), min_size=1, max_size=30), st.randoms())
def test_merging_lists_is_always_taking_the_best_of_their_next(entries, random):
    places = list(range(len(entries)))
    random.shuffle(places)
    lists, ranks = zip(*entries, strict=True)
    waiting = {}
    for n in sorted(places, key=lambda n: (ranks[n], places[n])):
        waiting.setdefault(lists[n], []).append(n)
    heap = [(places[members[0]], members) for members in waiting.values()]
    heapq.heapify(heap)
    expected = []
    while heap:
        _, members = heapq.heappop(heap)
        expected.append(members.pop(0))
        if members:
            heapq.heappush(heap, (places[members[0]], members))

    assert merged(np.array(places), np.array(lists), np.array(ranks)).tolist() == expected


def test_own_order_of_a_village_stands_unless_the_forum_says_otherwise():
    low = proposal("A", own_rank=1, levels={"a": 1, "b": 1})
    high = proposal("B", own_rank=2, levels={"a": 5, "b": 5})
    other = proposal("C", "Indro", own_rank=1, levels={"a": 3, "b": 3})

    assert solved(**two_criteria(low, high, other))["order"] == ["C", "A", "B"]
    assert solved(**two_criteria(low, high, other, keep_own_order=False))["order"] == ["B", "C", "A"]


def test_ties_follow_the_stated_order_and_say_so():
    rows = [
        proposal("A", levels={"a": 3}, facts={"kk": 10}),
        proposal("B", "Indro", levels={"a": 3}, facts={"kk": 50}),
        proposal("C", "Kembangan", levels={"a": 3}),
    ]
    rows[0]["facts"] = {"b": 3}
    rows[1]["facts"] = {"b": 3}
    rows[2]["facts"] = {"b": 3}

    result = solved(**two_criteria(*rows, ties=["-village"]))

    assert result["order"] == ["C", "B", "A"]
    assert "Seri dengan C; urutan 2 ditetapkan oleh -village." in by_id(result)["B"]["why"]


@pytest.mark.parametrize(
    ("missing", "order", "left_out", "score"),
    [
        ("skip", ["B", "A"], [], 80),
        ("zero", ["A", "B"], [], 48),
        ("lowest", ["A", "B"], [], 56),
        ("refuse", ["A"], ["B"], 80),
    ],
)
def test_missing_levels_are_never_guessed(missing, order, left_out, score):
    rows = [proposal("A", levels={"a": 3, "b": 3}), proposal("B", levels={"a": 4})]

    result = solved(**two_criteria(*rows, missing=missing, keep_own_order=False))

    assert (result["order"], result["left_out"]) == (order, left_out)
    assert by_id(result)["B"]["score"] == score
    assert "Tidak dinilai: b." in by_id(result)["B"]["why"]


SCORES = [
    {"scorer": "Siti", "area": "Giri", "alternative": "A", "levels": {"a": 5, "b": 5}},
    {"scorer": "Budi", "area": "Indro", "alternative": "A", "levels": {"a": 2, "b": 2}},
    {"scorer": "Siti", "area": "Giri", "alternative": "B", "levels": {"a": 3, "b": 3}},
    {"scorer": "Budi", "area": "Indro", "alternative": "B", "levels": {"a": 3, "b": 3}},
]


@pytest.mark.parametrize(
    ("own_area", "order", "score", "otherwise"),
    [("exclude", ["B", "A"], 40, 70), ("apart", ["B", "A"], 40, 70), ("count", ["A", "B"], 70, 40)],
)
def test_own_area_scores_and_their_effect(own_area, order, score, otherwise):
    rows = [proposal("A"), proposal("B", "Indro")]

    result = solved(**two_criteria(*rows, scores=SCORES, own_area=own_area))

    first = by_id(result)["A"]
    assert result["order"] == order
    assert (first["score"], first["own_area"]["score_otherwise"]) == (score, otherwise)
    assert first["own_area"]["sentence"] == (
        "1 penilaian dari wilayah pengusul sendiri mengubah skornya: 70 bila dihitung, 40 bila tidak."
    )


@pytest.mark.parametrize(("combine", "level"), [("mean", 3.5), ("median", 3.5), ("sum", 7)])
def test_several_scorers_are_combined_as_asked(combine, level):
    more = {"scale": {"lowest": 1, "highest": 20}} if combine == "sum" else {}

    result = solved(**two_criteria(proposal("A"), scores=SCORES[:2], own_area="count", combine=combine, **more))

    assert by_id(result)["A"]["levels"]["a"]["level"] == level


@pytest.mark.parametrize(
    ("bidang", "households", "level"),
    [("Infrastruktur", n, x) for n, x in ((9, 1), (10, 2), (20, 2), (21, 3), (30, 3), (31, 4), (40, 4), (41, 5))]
    + [("ekonomi", n, x) for n, x in ((19, 1), (20, 2), (40, 2), (41, 3), (60, 3), (61, 4), (80, 4), (81, 5))],
)
def test_household_bands_of_asahan(bidang, households, level):
    result = solved(preset="asahan", alternatives=[proposal("A", bidang=bidang, facts={"penerima": households})])

    assert result["left_out"] == ["A"]
    assert by_id(result)["A"]["levels"]["penerima"]["level"] == level


@pytest.mark.parametrize(
    ("facts", "score", "verdict"),
    [
        ({"peringkat": "ya", "pokir": "ya", "renja": "ya", "dokumen": "ya"}, 12, "diterima"),
        ({"peringkat": "ya", "pokir": "tidak", "renja": "ya", "dokumen": "ya"}, 8, "diterima"),
        ({"peringkat": "ya", "pokir": "ya", "renja": "ya", "dokumen": "tidak"}, 6, None),
        ({"peringkat": "ya"}, 3, None),
    ],
)
def test_points_with_multiplier_of_bolaang_mongondow(facts, score, verdict):
    row = by_id(solved(preset="bolaang-mongondow", alternatives=[proposal("A", facts=facts)]))["A"]

    assert (row["score"], row["class"]) == (score, verdict)


def test_borda_over_scorers_leaves_their_own_area_out():
    rows = [proposal("A"), proposal("B", "Indro"), proposal("C", "Kembangan")]
    rankings = [{"scorer": "Siti", "area": "Giri", "order": ["A", "B", "C"]}, {"scorer": "Budi", "order": ["C", "A"]}]

    result = solved(**two_criteria(*rows, method="borda", rankings=rankings))
    counted = solved(**two_criteria(*rows, method="borda", rankings=rankings, own_area="count"))

    assert {name: row["score"] for name, row in by_id(result).items()} == {"A": 50, "B": 50, "C": 50}
    assert {name: row["score"] for name, row in by_id(counted).items()} == {"A": 75, "B": 25, "C": 50}


def test_consistent_comparisons_give_their_weights():
    # A consistent case: a weighs twice b, b twice c, so 4 : 2 : 1.
    pairs = {("a", "b"): Fraction(2), ("b", "c"): Fraction(2), ("a", "c"): Fraction(4)}
    both = {**pairs, **{(y, x): 1 / times for (x, y), times in pairs.items()}}

    found = compared(["a", "b", "c"], both)

    assert found.weights == (Fraction("57.14"), Fraction("28.57"), Fraction("14.29"))
    assert found.ratio == pytest.approx(0, abs=1e-12)
    assert found.triple is None


def test_contradicting_comparisons_name_the_triple_to_talk_about():
    pairs = [("a", "b", 5), ("b", "c", 5), ("a", "c", "1/5"), ("a", "d", 1), ("b", "d", 1), ("c", "d", 1)]
    comparisons = [{"more": a, "less": b, "times": times} for a, b, times in pairs]
    criteria = [{"key": key} for key in "abcd"]
    alternatives = [proposal("A", levels=dict.fromkeys("abcd", 3))]

    found = solved(criteria=criteria, alternatives=alternatives, comparisons=comparisons)

    assert found["comparison"]["consistent"] is False
    assert found["comparison"]["triple"] == ["a", "b", "c"]
    assert "dinyatakan 0,2 kali, padahal dari dua perbandingan lain 25 kali" in found["comparison"]["sentence"]
    assert sum(Fraction(str(w["weight"])) for w in found["weights"]) == 100


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=15))
def test_weights_in_hundredths_always_total_one_hundred(parts):
    shares = [part / sum(parts) for part in parts]

    weights = to_hundred(shares)

    assert sum(weights) == 100
    assert all(abs(w - 100 * s) <= Fraction(1, 100) for w, s in zip(weights, map(Fraction, shares), strict=True))


def test_how_far_a_weight_may_move_and_which_decide_the_list():
    rows = [
        proposal("A", value=100, levels={"a": 5, "b": 2}),
        proposal("B", "Indro", value=100, levels={"a": 2, "b": 5}),
    ]

    found = solved(**two_criteria(*rows, pagu=100))["stability"]

    # A leads while the share of a is above one half; at one half they tie and A still goes first by id.
    assert found["pairs"] == [
        {
            "above": "A", "below": "B", "held_by": "skor", "stays": {"a": [50, None], "b": [None, 50]},
            "sentence": "A tetap di atas B selama, satu per satu, bobot a tidak di bawah 50 persen; "
            "b tidak di atas 50 persen.",
        }
    ]  # fmt: skip
    assert found["decides_the_list"] == [
        {
            "criterion": key, "share": share, "entering": ["B"], "leaving": ["A"],
            "sentence": f"Bila bobot {key} menjadi {words} persen: masuk B; keluar A.",
        }
        for key, share, words in (("a", 49.5, "49,5"), ("b", 50.5, "50,5"))
    ]  # fmt: skip


def test_a_proposal_beyond_the_pagu_learns_what_would_have_sufficed():
    rows = [
        proposal("A", value=600, levels={"a": 5, "b": 5}),
        proposal("B", "Indro", value=500, levels={"a": 4, "b": 4}),
        proposal("C", "Kembangan", value=300, levels={"a": 3, "b": 3}),
    ]

    result = solved(**two_criteria(*rows, pagu=1000))

    assert result["list"]["chosen"] == ["A", "C"]
    assert by_id(result)["B"]["sufficient_value"] == 400
    assert by_id(result)["B"]["why"][-1] == (
        "Tidak termuat: nilainya Rp500, sisa pagu pada gilirannya Rp400. Akan termuat dengan nilai paling banyak Rp400. "
        "Dengan nilai ini akan termuat bila berada di atas A (skor 100); skor tertinggi pun hanya menyamainya. "
        "Tepat di atasnya: A."
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 9)), min_size=1, max_size=8),
    st.integers(1, 30),
)
def test_the_sufficient_value_is_the_largest_that_is_chosen(entries, pagu):
    def listed(values):
        rows = [
            proposal(f"P{n}", f"D{n}", value=values[n], levels={"a": a, "b": b}) for n, (a, b, _) in enumerate(entries)
        ]
        result = solved(**two_criteria(*rows, pagu=pagu, details=False))
        return set(result["list"]["chosen"]), by_id(result)

    values = [value for _, _, value in entries]
    chosen, rows = listed(values)
    for n, value in enumerate(values):
        name = f"P{n}"
        enough = rows[name]["sufficient_value"]
        if name in chosen:
            assert enough is None
            continue
        assert name not in listed([*values[:n], (enough or 0) + 1, *values[n + 1 :]])[0]
        if enough:
            assert name in listed([*values[:n], enough, *values[n + 1 :]])[0]
        assert (enough or 0) < value


FAULTS = [
    ([], "(berkas)", "bukan objek JSON"),
    ({"alternatives": []}, "criteria", "tidak ada"),
    (two_criteria(proposal("A"), proposal("A")), "alternatives[1]", "sudah ada"),
    (two_criteria(proposal("A", levels={"a": 6})), "alternatives[0].levels.a", "di luar skala"),
    (two_criteria(proposal("A", levels={"x": 1})), "alternatives[0].levels.x", "tidak ada di antara"),
    (two_criteria(proposal("A", facts={"a": "banyak"})), "alternatives[0].facts.a", "tidak dapat dinilai"),
    (two_criteria(proposal("A"), ties=["acak"]), "ties[0]", "tidak dikenal"),
    (two_criteria(proposal("A"), method="sihir"), "method", "tidak ada di antara"),
    (two_criteria(proposal("A"), floors=[{"id": "x", "count": 1}]), "pagu", "tidak ada"),
    (two_criteria(proposal("A"), pagu=5, floors=[{"id": "x"}]), "floors[0] (x)", "menyebut 0 ukuran"),
    (two_criteria(proposal("A"), scores=[SCORES[0], SCORES[0]]), "scores[1]", "sudah menilai"),
    (two_criteria(proposal("A"), method="borda"), "rankings", "tidak ada"),
    ({"criteria": [{"key": "a", "weight": 90}], "alternatives": [proposal("A")]}, "criteria", "jumlah bobot 90"),
    (
        {"criteria": [{"key": "a", "weight": 100, "anchors": {"1": "x"}}], "alternatives": []},
        "criteria[0].anchors.2",
        "tidak ada",
    ),
    (
        {"criteria": [{"key": "a", "weight": 100, "bands": {"*": [{"to": 5, "level": 1}]}}], "alternatives": []},
        "criteria[0].bands.*",
        "tidak ditutup",
    ),
]


@pytest.mark.parametrize(("problem", "where", "what"), FAULTS)
def test_faults_are_named_with_place_and_remedy(problem, where, what):
    with pytest.raises(CriteriaFaulty) as caught:
        read_problem(problem)

    assert any(fault.where == where and what in fault.what and fault.todo for fault in caught.value.faults)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "criteria",
                    "alternatives",
                    "scores",
                    "floors",
                    "pagu",
                    "key",
                    "levels",
                    "scale",
                    "villages",
                    "groups",
                    "facts",
                    "tags",
                    "bands",
                    "values",
                    "ties",
                    "comparisons",
                    "rankings",
                    "classes",
                    "method",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@settings(deadline=None)
@given(json_like)
def test_whatever_the_file_holds_the_answer_is_a_result_or_sentences(data):
    try:
        problem, _ = read_problem(data)
    except CriteriaFaulty as error:
        assert error.faults
    else:
        answer(problem)


@pytest.mark.parametrize("method", ["weighted_sum", "points", "topsis", "vikor"])
def test_moving_a_weight_answers_as_the_same_weight_in_the_file(method):
    rows = [
        proposal(
            f"P{n}", f"Desa {n % 3}", own_rank=n // 3 + 1, value=100, levels={"a": 1 + n * 3 % 5, "b": 1 + n * 2 % 5}
        )
        for n in range(9)
    ]
    floors = [{"id": "desa", "each": "village", "count": 1}]
    asked = two_criteria(*rows, pagu=400, floors=floors, method=method)
    moved = {**asked, "criteria": [{"key": "a", "weight": 25}, {"key": "b", "weight": 75}]}

    move = Weighing(asked).under({"a": 25, "b": 75})

    result = rank(moved)
    scores = {name: row["score"] for name, row in by_id(result).items()}
    assert list(move.order) == result["order"]
    assert {name: pytest.approx(units / 10 ** result["digits"]) for name, units in move.units.items()} == scores
    assert (list(move.chosen), move.floors_met) == (result["list"]["chosen"], True)
    with pytest.raises(KeyError):
        Weighing(asked).under({"c": 1})


drawn = st.lists(
    st.tuples(
        st.integers(0, 100), st.integers(1, 9), st.sampled_from("XYZ"), st.integers(1, 3) | st.none(), st.booleans()
    ),
    min_size=2,
    max_size=8,
)
EQUALS_THAT_WAIT = [(0, 1, "X", None, False), (0, 1, "X", None, False), (0, 3, "Y", 2, False), (0, 4, "Y", 1, False),
                    (1, 1, "Y", 2, False)]  # fmt: skip
"""Two of rank 2 wait for their village's first, which stands below one of them by score."""
SOME_FLOORS = ([], [{"id": "t", "where": {"tag": "t"}, "count": 1}], [{"id": "t", "where": {"tag": "t"}, "share": 0.4}])


@settings(max_examples=40, deadline=None)
@given(drawn, st.integers(3, 25), st.sampled_from(SOME_FLOORS), st.sampled_from(["weighted_sum", "points"]))
@example(EQUALS_THAT_WAIT, 3, [], "weighted_sum")
def test_the_points_said_to_be_missing_suffice_and_no_fewer(drawn, pagu, floors, method):
    asked = {
        "criteria": [{"key": "a", "weight": 100 if method == "weighted_sum" else 1}], "method": method, "digits": 2,
        "scale": {"lowest": 0, "highest": 100}, "pagu": pagu, "floors": floors,
        "alternatives": [
            {
                "id": f"P{n}", "village": village, "own_rank": rank, "value": value, "levels": {"a": level},
                "tags": ["t"] if tagged else [],
            }
            for n, (level, value, village, rank, tagged) in enumerate(drawn)
        ],
    }  # fmt: skip
    result = rank(asked)
    if floors and not result["floors"]["met"]:
        return

    for n, row in enumerate(asked["alternatives"]):
        points = by_id(result)[row["id"]]["sufficient_points"]
        if points is None:
            continue
        level = Fraction(row["levels"]["a"]) + Fraction(str(points))
        assert row["id"] in chosen_with(asked, n, levels={"a": str(level)})
        assert row["id"] not in chosen_with(asked, n, levels={"a": str(level - Fraction(1, 100))})


def chosen_with(asked, n, **changes):
    rows = [{**row, **changes} if k == n else row for k, row in enumerate(asked["alternatives"])]
    return rank({**asked, "alternatives": rows, "details": False})["list"]["chosen"]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(1, 5)] * 3, st.integers(1, 3)), min_size=2, max_size=6),
    st.sampled_from(["weighted_sum", "topsis"]),
)
def test_neighbours_stay_to_the_bound_and_swap_a_step_beyond(drawn, method):
    rows = [
        proposal(f"P{n}", f"Desa {village}", own_rank=n, levels=dict(zip("abc", levels, strict=True)))
        for n, (*levels, village) in enumerate(drawn)
    ]
    weights = {"a": 50, "b": 30, "c": 20}
    asked = {"criteria": [{"key": k, "weight": w} for k, w in weights.items()], "alternatives": rows, "method": method}

    for pair in rank(asked)["stability"]["pairs"]:
        for key, (low, high) in pair["stays"].items():
            for bound, beyond in ((low, -1), (high, 1)):
                if bound is not None:
                    # From a stated weight on the grid the walk goes in halves of a percent.
                    assert is_above(asked, pair, key, weights, Fraction(str(bound)))
                    assert not is_above(asked, pair, key, weights, Fraction(str(bound)) + Fraction(beyond, 2))


def is_above(asked, pair, key, weights, share):
    others = sum(w for k, w in weights.items() if k != key)
    moved = {k: share if k == key else (100 - share) * w / others for k, w in weights.items()}
    order = Weighing(asked).under(moved).order
    return order.index(pair["above"]) < order.index(pair["below"])


@pytest.mark.parametrize(
    ("count", "floors", "told"),
    [(501, False, True), (2000, False, True), (2001, False, False), (500, True, True), (501, True, False)],
)
def test_every_detail_is_worked_out_unasked_where_it_takes_seconds(count: int, floors: bool, told: bool):
    asked = {"preset": "mufakat", "alternatives": [{"id": str(i), "value": 1, "village": "Giri"} for i in range(count)]}
    floor = {"id": "desa", "name": "Tiap desa", "each": "village", "count": 1}

    problem, notes = read_problem(asked | ({"pagu": 9, "floors": [floor]} if floors else {}))

    assert problem.details is told
    assert [note.where for note in notes] == ([] if told else ["details"])
