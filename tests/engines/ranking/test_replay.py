"""A run repeats to the byte; a changed one shows where."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.engines.ranking.elections import election

from mufakat.cli import main as mufakat
from mufakat.engines.ranking.command import main


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "e.pb").write_text(election(5), encoding="utf-8")
    assert (
        main(["pb", str(tmp_path / "e.pb"), "--completion", "add1u", "--json", "--run", str(tmp_path / "r.json")]) == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [
        "winners", "order", "cost", "prices", "certified", "steps", "stopped", "endowment", "rule", "utility",
        "completion", "increment", "ties", "exhaustive", "integral", "unwanted", "seconds", "version",
    ]  # fmt: skip
    return tmp_path / "r.json"


def test_a_run_repeats_to_the_byte(run: Path, capsys: pytest.CaptureFixture[str]):
    assert (main(["replay", str(run)]), mufakat(["replay", str(run)])) == (0, 0)
    assert capsys.readouterr().out == "r.json: diulang dan sama sampai ke byte-nya (versi 0.1.0).\n" * 2


def test_a_changed_run_shows_the_first_difference(run: Path, capsys: pytest.CaptureFixture[str]):
    data = json.loads(run.read_text(encoding="utf-8"))
    data["result"]["cost"] = 1
    run.write_text(json.dumps(data), encoding="utf-8")

    assert main(["replay", str(run)]) == 1
    assert capsys.readouterr().out.startswith(
        "r.json: berbeda. Perbedaan pertama pada result.cost: tersimpan 1, sekarang "
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind": "x"}'])
def test_other_files_are_refused(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "x.json").write_text(text, encoding="utf-8")

    assert main(["replay", str(tmp_path / "x.json")]) == 2
    assert capsys.readouterr().err == "x.json bukan catatan perhitungan Mufakat. Berikan RUN.json dari --run.\n"


def test_a_run_whose_ballots_name_what_is_not_there_is_refused(run: Path, capsys: pytest.CaptureFixture[str]):
    data = json.loads(run.read_text(encoding="utf-8"))
    data["input"]["ballots"][0][1][0] = 10**9
    run.write_text(json.dumps(data), encoding="utf-8")

    assert main(["replay", str(run)]) == 2
    assert capsys.readouterr().err == "r.json bukan catatan perhitungan Mufakat. Berikan RUN.json dari --run.\n"


def test_a_run_is_as_its_schema_says(run: Path):
    schema = json.loads(
        (Path(__file__).parents[3] / "docs/reference/ranking-budget-run.schema.json").read_text("utf-8")
    )

    Draft202012Validator(schema).validate(json.loads(run.read_text(encoding="utf-8")))
