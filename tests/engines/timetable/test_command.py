"""The command line: a problem in, a timetable out, every fault told with its place."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.engines.timetable.test_conflict import problem_of
from tests.engines.timetable.test_replanning import PROBLEM

from mufakat.engines.timetable.command import main

REFERENCE = Path(__file__).parents[3] / "docs/reference"


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((REFERENCE / f"timetable-{name}.schema.json").read_text(encoding="utf-8")))


def test_a_problem_is_solved_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    problem, out = tmp_path / "soal.json", tmp_path / "jadwal.json"
    problem.write_text(json.dumps(PROBLEM), encoding="utf-8")

    code = main([str(problem), "--out", str(out), "--seed", "1"])
    told = json.loads(out.read_text(encoding="utf-8"))

    assert code == 0
    assert capsys.readouterr() == (f"Jadwal 4 forum tersusun, nilai {told['objective']}, terbukti terbaik.\n", "")
    schema("problem").validate(PROBLEM)
    schema("result").validate(told)
    assert list(told) == [
        "status", "objective", "bound", "gap", "terms", "measures", "assignments", "versions", "seconds",
    ]  # fmt: skip


def test_an_infeasible_problem_is_answered_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    problem, out = tmp_path / "soal.json", tmp_path / "jadwal.json"
    problem.write_text(json.dumps(problem_of()), encoding="utf-8")

    assert main([str(problem), "--out", str(out)]) == 0

    told = json.loads(out.read_text(encoding="utf-8"))
    schema("result").validate(told)
    assert (told["status"], told["objective"], told["assignments"]) == ("infeasible", None, [])
    assert capsys.readouterr().out == (
        "Tidak ada jadwal yang memenuhi semua ketentuan; lihat conflict dan relaxations dalam hasil.\n"
    )


def test_explain_and_move_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    problem, out, moved = tmp_path / "soal.json", tmp_path / "jadwal.json", tmp_path / "baru.json"
    problem.write_text(json.dumps(PROBLEM), encoding="utf-8")
    main([str(problem), "--out", str(out)])
    capsys.readouterr()
    wish = ["--timetable", str(out), "--forum", "B", "--day", "2022-02-02"]

    codes = main(["explain", str(problem), *wish]), main(["move", str(problem), *wish, "--out", str(moved)])

    assert codes == (0, 0)
    assert capsys.readouterr().out.splitlines() == [
        "Forum Gresik pada Rabu, 2 Februari 2022 mungkin, dengan tambahan nilai 20 dan 2 perubahan. "
        "Keberatan hari: 0 menjadi 2 (bobot 10).",
        "Jadwal 4 forum tersusun, nilai 20, terbukti terbaik. Perubahan: 2.",
    ]
    assert json.loads(moved.read_text(encoding="utf-8"))["assignments"][1]["day"] == "2022-02-02"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "Berkas soal.json baris 1 kolom 2: bukan JSON yang benar (Expecting property name enclosed in double "
              "quotes). Perbaiki tanda baca di sana."),
        ("[]", "Soal jadwal belum dapat dihitung: ada 1 kesalahan. Perbaiki lalu jalankan lagi.\n"
               "- (berkas): isinya bukan objek JSON. Mulai dengan { dan kunci days."),
        (
            json.dumps(problem_of(teams=[{"id": "T1", "unavailable_days": [3]}], days=["2022-02-30"])),
            "Soal jadwal belum dapat dihitung: ada 2 kesalahan. Perbaiki lalu jalankan lagi.\n"
            "- days[0]: berisi “2022-02-30”, bukan tanggal. Tulis seperti 2022-02-03.\n"
            "- teams[0].unavailable_days[0] (T1): berisi 3, bukan hari. Isi nomor hari 0 sampai -1 atau tanggal.",
        ),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_place(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, sentence: str):
    problem = tmp_path / "soal.json"
    problem.write_text(text, encoding="utf-8")

    assert main([str(problem), "--out", str(tmp_path / "x.json")]) == 2

    assert capsys.readouterr().err == f"{sentence}\n"


def test_an_unknown_key_is_told_and_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    problem = tmp_path / "soal.json"
    problem.write_text(json.dumps(PROBLEM | {"holls": []}), encoding="utf-8")

    assert main([str(problem), "--out", str(tmp_path / "x.json")]) == 0

    assert capsys.readouterr().err.startswith("Catatan: holls: kunci ini tidak dikenal dan diabaikan. Yang dikenal: ")


def test_missing_files_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    problem = tmp_path / "soal.json"
    problem.write_text(json.dumps(PROBLEM), encoding="utf-8")

    codes = main([str(tmp_path / "x.json"), "--out", "y"]), main([str(problem), "--out", str(tmp_path)])

    assert codes == (2, 2)
    assert [line.replace(str(tmp_path), "…") for line in capsys.readouterr().err.splitlines()] == [
        "Berkas …/x.json tidak dapat dibuka: No such file or directory. Periksa nama dan letaknya.",
        "Hasil tidak dapat ditulis ke …: Is a directory. Pilih folder lain.",
    ]
