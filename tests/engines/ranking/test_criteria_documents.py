"""Problem files, results and runs: schemas hold, sentences come true, runs repeat to the byte."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mufakat.engines.ranking.command import main
from mufakat.engines.ranking.criteria import preset, rank
from mufakat.engines.ranking.criteria.reading import PRESETS

REFERENCE = Path(__file__).parents[3] / "docs/reference"
EXAMPLE = REFERENCE / "ranking-contoh.json"


def schema(name):
    return Draft202012Validator(json.loads((REFERENCE / f"ranking-{name}.schema.json").read_text(encoding="utf-8")))


def example(**changes):
    return {**json.loads(EXAMPLE.read_text(encoding="utf-8")), **changes}


AHP = [{"more": "mendesak", "less": "penerima", "times": 2}]
VARIANTS = [
    {},
    {"pagu": None, "floors": []},
    {"pagu": 50_000_000},
    {"details": False, "own_area": "count"},
    {"method": "topsis"},
    {"method": "vikor", "objective": "score"},
    {"method": "borda"},
    {"method": "weighted_sum", "normalisation": "minmax"},
    {"preset": "asahan"},
    {
        "comparisons": AHP, "floors": [], "scores": [],
        "criteria": [{"key": key, "bands": {"*": [{"level": 3}]}} for key in ("mendesak", "penerima")],
        "alternatives": [{"id": "A", "levels": {"mendesak": 3}, "facts": {"penerima": 9}}], "ties": ["-level:mendesak"],
    },
]  # fmt: skip


@pytest.mark.parametrize("changes", VARIANTS, ids=lambda c: ",".join(c) or "as it is")
def test_problem_and_result_follow_their_schemas(changes):
    problem = {key: value for key, value in example(**changes).items() if value is not None}

    result = rank(problem)

    assert list(schema("problem").iter_errors(problem)) == []
    assert list(schema("result").iter_errors(result)) == []


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_problems_without_proposals(name):
    problem = {**preset(name), "alternatives": []}

    assert list(schema("problem").iter_errors(problem)) == []
    assert rank(problem)["order"] == rank({"preset": name, "alternatives": []})["order"] == []


def test_the_example_as_the_page_tells_it(capsys: pytest.CaptureFixture[str]):
    told = (REFERENCE / "ranking.md").read_text(encoding="utf-8")

    assert main(["score", str(EXAMPLE)]) == 0
    assert capsys.readouterr().out in told


def test_sentences_of_the_example_come_true():
    rows = {row["id"]: row for row in rank(example())["alternatives"]}

    assert rows["GR-1"]["why"][-1] == (
        "Tidak termuat: nilainya Rp350.000.000 tidak dapat dimuat bersama ketentuan dan usulan di atasnya. "
        "Akan termuat dengan nilai Rp130.000.000. Dengan nilai ini akan termuat bila berada di atas ID-1 (skor 82,63): "
        "kurang 5,79 poin. Tepat di atasnya: ID-2."
    )
    assert "GR-1" in chosen(value=130_000_000)
    assert "GR-1" not in chosen(value=130_000_001)
    assert rows["KB-2"]["why"][3:] == [
        "Skornya sendiri akan menaruhnya lebih tinggi, tetapi KB-1 lebih dahulu dalam urutan desanya.",
        "Termuat karena ketentuan Selain infrastruktur.",
    ]


def chosen(**changes):
    problem = example()
    first = {**problem["alternatives"][0], **changes}
    return rank({**problem, "alternatives": [first, *problem["alternatives"][1:]]})["list"]["chosen"]


def test_a_run_over_criteria_repeats_to_the_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run = tmp_path / "r.json"
    assert main(["score", str(EXAMPLE), "--json", "--run", str(run)]) == 0
    assert list(schema("result").iter_errors(json.loads(capsys.readouterr().out))) == []

    assert main(["replay", str(run)]) == 0
    run.write_text(run.read_text(encoding="utf-8").replace('"used":930000000', '"used":930000001'), encoding="utf-8")
    assert main(["replay", str(run)]) == 1
    assert capsys.readouterr().out == (
        "r.json: diulang dan sama sampai ke byte-nya (versi 0.1.0).\n"
        "r.json: berbeda. Perbedaan pertama pada result.list.used: tersimpan 930000001, sekarang 930000000.\n"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"preset": "mufakat",\n "alternatives": [}', "baris 2 kolom 19: bukan JSON yang benar"),
        ('{"preset": "mufakat", "alternatives": [{"id": "A", "levels": {"mendesak": 9}}]}', "alternatives[0].levels.mendesak"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str], text, told):
    (tmp_path / "p.json").write_text(text, encoding="utf-8")

    assert main(["score", str(tmp_path / "p.json")]) == 2
    assert told in capsys.readouterr().err
