"""From a problem to the folder: the same figures in JSON, PDF, workbook and calendars; workbooks read back."""

import io
import json
from datetime import date, datetime
from pathlib import Path

import icalendar
import openpyxl
import pypdf
import pytest

from mufakat.cli import main
from mufakat.core.dates import full_date
from mufakat.demo.timetable import problem
from mufakat.engines.timetable import answer_of, read_problem
from mufakat.scheduling.workbook_problem import problem_workbook
from mufakat.scheduling.workbook_reading import WorkbookFaulty, day_of, read_workbook


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's timetable, made once."""
    base = tmp_path_factory.mktemp("jadwal")
    (base / "soal.json").write_text(json.dumps(problem()), encoding="utf-8")
    assert main(["timetable", str(base / "soal.json"), "--out", str(base / "hasil"), "--contoh"]) == 0
    return base / "hasil"


@pytest.fixture(scope="module")
def answer(folder: Path) -> dict:
    return json.loads((folder / "jadwal.json").read_text(encoding="utf-8"))


def names() -> dict[str, str]:
    return {forum["id"]: forum["name"] for forum in problem()["forums"]}


def test_the_demo_is_proved_best_and_keeps_bawean_to_the_ferry(answer: dict):
    at = {row["forum"]: row for row in answer["assignments"]}

    assert (answer["status"], len(at)) == ("optimal", 18)
    assert (at["35.25.14"]["day"], at["35.25.14"]["session"]) == ("2022-02-03", "pagi")
    assert {date.fromisoformat(at[code]["day"]).weekday() for code in ("35.25.17", "35.25.18")} <= {0, 2, 4}
    assert all(row["day"] != "2022-02-01" for row in answer["assignments"])


def test_the_printed_schedule_says_what_the_result_says(folder: Path, answer: dict):
    pages = [page.extract_text() for page in pypdf.PdfReader(folder / "jadwal.pdf").pages]
    text = " ".join(" ".join(pages).split())
    teams = {team["id"]: team["name"] for team in problem()["teams"]}

    for row in answer["assignments"]:
        day = full_date(date.fromisoformat(row["day"]))
        start = text.index(f"{names()[row['forum']]} {row['forum']}")
        line = text[start : start + 260]
        assert day in line and teams[row["team"]] in line
    assert f"nilainya di bawah {answer['objective']}" in text
    assert all("CONTOH, BUKAN DOKUMEN RESMI" in page for page in pages)


def test_the_workbook_says_what_the_result_says(folder: Path, answer: dict):
    book = openpyxl.load_workbook(folder / "jadwal.xlsx")
    rows = [[cell.value for cell in row] for row in book["Jadwal"].iter_rows(min_row=5)]
    found = {
        (row[1], row[4].date().isoformat() if isinstance(row[4], datetime) else row[4].isoformat()) for row in rows
    }
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]

    assert found == {(row["forum"], row["day"]) for row in answer["assignments"]}
    assert formulas == []
    assert book.sheetnames == ["Jadwal", "Kalender", "Per tim", "Per OPD", "Per pejabat", "Mutu"]


def test_calendars_hold_each_duty_once(folder: Path, answer: dict):
    def events(name: str) -> list[tuple[str, str, str]]:
        book = icalendar.Calendar.from_ical((folder / "kalender" / name).read_bytes())
        return sorted(
            (str(e["summary"]), e.decoded("dtstart").isoformat(), e.decoded("dtend").isoformat())
            for e in book.walk("VEVENT")
        )

    def wanted(rows: list[dict]) -> list[tuple[str, str, str]]:
        whole = {forum["id"] for forum in problem()["forums"] if forum["whole_day"]}
        hours = {"pagi": ("08:00", "12:00"), "siang": ("13:00", "16:00")}
        return sorted(
            (
                f"CONTOH – Musrenbang Kecamatan {names()[row['forum']]}",
                f"{row['day']}T{hours[row['session']][0]}:00+07:00",
                f"{row['day']}T{'16:00' if row['forum'] in whole else hours[row['session']][1]}:00+07:00",
            )
            for row in rows
        )

    rows = answer["assignments"]
    bupati = next(p for p in problem()["people"] if p["id"] == "bupati")

    assert events("semua.ics") == wanted(rows)
    assert events("tim-T2.ics") == wanted([row for row in rows if row["team"] == "T2"])
    assert events("pejabat-bupati.ics") == wanted([row for row in rows if row["forum"] in bupati["forums"]])
    assert len(list((folder / "kalender").glob("forum-*.ics"))) == 18


def test_a_workbook_holds_the_whole_problem(tmp_path: Path, answer: dict):
    path = tmp_path / "soal.xlsx"
    path.write_bytes(problem_workbook(problem(), at_moment=datetime(2022, 1, 1)))

    _, read = read_workbook(path)

    assert read == read_problem(problem())
    assert answer_of(read)["assignments"] == answer["assignments"]


def test_same_problem_same_bytes(tmp_path: Path, folder: Path):
    source = tmp_path / "soal.json"
    source.write_text(json.dumps(problem()), encoding="utf-8")

    main(["timetable", str(source), "--out", str(tmp_path / "x"), "--contoh"])

    assert {p.name for p in folder.rglob("*") if p.is_file()} == {
        p.name for p in (tmp_path / "x").rglob("*") if p.is_file()
    }
    for path in folder.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "x" / path.relative_to(folder)).read_bytes(), path.name


def test_every_fault_of_a_workbook_is_told_at_once(tmp_path: Path):
    path = tmp_path / "soal.xlsx"
    path.write_bytes(problem_workbook(problem(), at_moment=datetime(2022, 1, 1)))
    book = openpyxl.load_workbook(path)
    book["Forum"]["E3"] = "kapan saja"
    book["Forum"]["D4"] = "mungkin"
    book["Forum"]["A6"] = None
    book["Tim Pemandu"]["A3"] = "T1"
    book["OPD"]["C2"] = "banyak"
    book["Pejabat"]["D2"] = "Atlantis"
    book["Ketetapan"]["A2"] = "barangkali"
    book.save(path)

    with pytest.raises(WorkbookFaulty) as refused:
        read_workbook(path)

    assert str(refused.value).splitlines() == [
        "soal.xlsx belum dapat dihitung: ada 6 kesalahan. Perbaiki lalu jalankan lagi.",
        "- tab Forum, baris 3, kolom Tidak dapat pada: “kapan saja” bukan tanggal. Tulis seperti 3/2/2022.",
        "- tab Forum, baris 4, kolom Sehari penuh: berisi “mungkin”. Tulis ya atau tidak.",
        "- tab Forum, baris 6, kolom Kode: kosong. Isi kolom ini atau hapus barisnya.",
        "- tab OPD, baris 2, kolom Forum sekaligus: berisi “banyak”, bukan bilangan bulat. Tulis angkanya saja.",
        "- tab Pejabat, baris 2, kolom Hadir di forum: “Atlantis” tidak ada di tab Forum. "
        "Tulis kode atau nama kecamatannya.",
        "- tab Ketetapan, baris 2, kolom Jenis: tidak dikenal. Tulis tetap, dilarang, sehari, beda hari.",
    ]


def test_what_the_engine_refuses_is_told_by_tab_and_row(tmp_path: Path):
    path = tmp_path / "soal.xlsx"
    path.write_bytes(problem_workbook(problem(), at_moment=datetime(2022, 1, 1)))
    book = openpyxl.load_workbook(path)
    book["Tim Pemandu"]["A3"] = "T1"
    book["Forum"]["J4"] = "madura"
    book.save(path)

    with pytest.raises(WorkbookFaulty) as refused:
        read_workbook(path)

    assert [(f.tab, f.row, f.column, f.what) for f in refused.value.faults] == [
        ("Forum", 4, "Pulau", "“madura” tidak ada di antara pulau di islands."),
        ("Tim Pemandu", 3, "", "“T1” sudah dipakai."),
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022-02-03", date(2022, 2, 3)),
        ("3/2/2022", date(2022, 2, 3)),
        ("03-02-2022", date(2022, 2, 3)),
        ("Kamis, 3 Februari 2022", date(2022, 2, 3)),
        ("3 Feb 2022", date(2022, 2, 3)),
        (44595, date(2022, 2, 3)),
        (datetime(2022, 2, 3, 8), date(2022, 2, 3)),
        ("31/2/2022", None),
        ("besok", None),
        (None, None),
    ],
)
def test_days_as_people_write_them(written: object, day: date | None):
    assert day_of(written) == day


def test_without_a_timetable_the_folder_tells_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    data = problem()
    data["forums"][13]["forbidden_days"] = ["2022-02-03"]
    source = tmp_path / "soal.json"
    source.write_text(json.dumps(data), encoding="utf-8")

    code = main(["timetable", str(source), "--out", str(tmp_path / "x")])

    text = " ".join(
        " ".join(
            p.extract_text() for p in pypdf.PdfReader(io.BytesIO((tmp_path / "x/jadwal.pdf").read_bytes())).pages
        ).split()
    )
    assert code == 1
    assert "Forum Kebomas tidak dapat pada Kamis, 3 Februari 2022." in text
    assert "Sudah ditetapkan: Kebomas pada Kamis, 3 Februari 2022 sesi pagi." in text
    assert "Bila forum Kebomas boleh pada Kamis, 3 Februari 2022, jadwal ada" in text
    assert "Jalan keluar yang sudah dicoba" in text
    assert "Forum Kebomas tidak dapat pada Kamis, 3 Februari 2022." in capsys.readouterr().err


def test_questions_and_moves_from_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    source, out = tmp_path / "soal.json", tmp_path / "x"
    source.write_text(json.dumps(problem()), encoding="utf-8")
    main(["timetable", str(source), "--out", str(out)])
    before = json.loads((out / "jadwal.json").read_text(encoding="utf-8"))["assignments"]
    capsys.readouterr()

    asked = main(["timetable", str(source), "--out", str(out), "--explain", "cerme", "3/2/2022"])
    told = capsys.readouterr().out
    moved = main(["timetable", str(source), "--out", str(out), "--move", "Cerme", "2022-02-03"])

    after = json.loads((out / "jadwal.json").read_text(encoding="utf-8"))["assignments"]
    differing = [b["forum"] for a, b in zip(before, after, strict=True) if a != b]
    assert (asked, moved) == (0, 0)
    assert told.startswith("Forum Cerme pada Kamis, 3 Februari 2022 mungkin, dengan tambahan nilai ")
    assert next(row["day"] for row in after if row["forum"] == "35.25.11") == "2022-02-03"
    assert "35.25.11" in differing and len(differing) <= 3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["timetable"], "Sebutkan soal dan --out FOLDER, atau --template SOAL.xlsx untuk menulis formulir."),
        (["timetable", "tidak-ada.xlsx", "--out", "x"], "tidak-ada.xlsx: Berkas ini tidak ditemukan."),
    ],
)
def test_wrong_use_is_told(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]):
    assert main(arguments) == 2
    assert sentence in capsys.readouterr().err
