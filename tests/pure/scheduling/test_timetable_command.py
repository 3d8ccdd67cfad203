"""`mufakat timetable` from the outside: every file it writes says the same as the JSON."""

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from mufakat.cli import main
from mufakat.core.dates import day_name, long_date
from mufakat.demo import timetable as demo

ZONE = ZoneInfo("Asia/Jakarta")
HOURS = {"pagi": ((8, 0), (12, 0)), "siang": ((13, 0), (16, 30)), "": ((8, 0), (16, 30))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The demo's results, written once."""
    out = tmp_path_factory.mktemp("jadwal")
    assert demo.write(out, report=lambda line: None) == 0
    return out


@pytest.fixture(scope="module")
def answer(folder) -> dict:
    return json.loads((folder / "jadwal.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def lines(folder) -> list[str]:
    """The text of the PDF, its blanks made single, page by page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(folder / "jadwal.pdf").pages]


def _ordered(answer):
    sessions = ["pagi", "siang"]
    return sorted(answer["assignments"], key=lambda a: (a["day"], sessions.index(a["session"]), a["forum"]))


def _forums():
    return {forum["id"]: forum for forum in demo.problem()["forums"]}


def _span(row):
    whole = _forums()[row["forum"]]["whole_day"]
    day = date.fromisoformat(row["day"])
    return tuple(
        datetime(day.year, day.month, day.day, *at, tzinfo=ZONE) for at in HOURS["" if whole else row["session"]]
    )


def test_the_demo_is_proved_the_best(answer):
    assert (answer["status"], len(answer["assignments"])) == ("optimal", 18)
    assert answer["objective"] == answer["bound"] == sum(answer["terms"].values())


def test_the_pdf_says_every_figure_of_the_json(lines, answer):
    text = " ".join(lines)
    for number, row in enumerate(_ordered(answer), start=1):
        forum, day = _forums()[row["forum"]], date.fromisoformat(row["day"])
        hours = " - ".join(at.strftime("%H.%M") for at in _span(row)).replace(" ", "")
        head = f"{number} {forum['name']} Dapil {forum['district']} {day_name(day)}, {long_date(day)} {hours}"
        assert head in text
        assert f"{hours} {'sehari penuh' if forum['whole_day'] else 'sesi ' + row['session']} {forum['place']}" in text
    for key, label in (("travel", "Perjalanan antarforum"), ("load_range", "Selisih beban tim")):
        weight = demo.problem()["weights"][key]
        assert f"{label} {answer['measures'][key]} {weight} {answer['terms'][key]}" in text
    assert f"Nilai {answer['objective']}, terbukti terbaik" in text
    assert all("CONTOH, BUKAN DOKUMEN RESMI" in page for page in lines)


def test_the_pdf_is_tagged_and_archival(folder):
    pdf = PdfReader(folder / "jadwal.pdf")
    metadata = pdf.trailer["/Root"]["/Metadata"].get_object().get_data()

    assert bool(pdf.trailer["/Root"]["/MarkInfo"]["/Marked"])
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata
    assert all(page.mediabox.width > page.mediabox.height for page in pdf.pages)


def test_the_workbook_says_what_the_json_says(folder, answer):
    book = load_workbook(folder / "jadwal.xlsx")
    rows = [r for r in book["Jadwal"].iter_rows(values_only=True) if isinstance(r[0], int)]
    loads = [r for r in book["Tim"].iter_rows(values_only=True) if isinstance(r[1], int)]
    value = [r for r in book["Nilai"].iter_rows(values_only=True) if r[0] == "Jumlah"]

    assert book.sheetnames == ["Jadwal", "Kalender", "Tim", "Orang", "Perangkat Daerah", "Nilai"]
    assert [(r[11], r[3].date().isoformat(), r[7][-1]) for r in rows] == [
        (row["forum"], row["day"], row["team"][-1]) for row in _ordered(answer)
    ]
    teams = [row["team"] for row in answer["assignments"]]
    assert [(r[0], r[1]) for r in loads] == [(f"Tim Pemandu {n}", teams.count(f"T{n}")) for n in (1, 2, 3)]
    assert value[0][3] == answer["objective"]
    assert book["Jadwal"].auto_filter.ref is not None


def test_the_calendars_say_what_the_json_says(folder, answer):
    found = {path.name: Calendar.from_ical(path.read_bytes()) for path in (folder / "kalender").iterdir()}
    rows = {row["forum"]: row for row in answer["assignments"]}
    events = {str(e["summary"]): e for e in found["semua-forum.ics"].walk("VEVENT")}

    assert len(found) == 1 + 18 + 3 + 13
    for forum in _forums().values():
        event = events[f"CONTOH, BUKAN DOKUMEN RESMI: Musrenbang Kecamatan {forum['name']}"]
        own = next(iter(found[f"forum-{forum['id']}.ics"].walk("VEVENT")))
        assert (event.decoded("dtstart"), event.decoded("dtend")) == _span(rows[forum["id"]])
        assert str(event["location"]) == forum["place"]
        assert own.to_ical() == event.to_ical()
    for team in ("T1", "T2", "T3"):
        expected = sum(row["team"] == team for row in answer["assignments"])
        assert len(found[f"tim-{team}.ics"].walk("VEVENT")) == expected
    for person in demo.problem()["people"]:
        assert len(found[f"orang-{person['id']}.ics"].walk("VEVENT")) == len(person["forums"])


def test_the_same_problem_gives_the_same_files(folder, tmp_path):
    demo.write(tmp_path, report=lambda line: None)

    def contents(root):
        return {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file() and p.suffix != ".json"}

    assert contents(tmp_path) == contents(folder)


TINY = {
    "days": ["2022-02-03"], "sessions": ["pagi"],
    "forums": [{"id": "A", "name": "Alas"}, {"id": "B", "name": "Barat"}],
    "teams": [{"id": "T1", "name": "Tim Satu"}],
}  # fmt: skip


def _run(tmp_path, capsys, problem, *words):
    path = tmp_path / "soal.json"
    path.write_text(json.dumps(problem), "utf-8")
    code = main(["timetable", *(str(path) if word == "SOAL" else word for word in words)])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_an_impossible_problem_gets_a_page_that_says_why(tmp_path, capsys):
    out = tmp_path / "hasil"

    code, said = _run(tmp_path, capsys, TINY, "SOAL", "--out", str(out), "--limit", "4")

    text = " ".join(PdfReader(out / "jadwal.pdf").pages[0].extract_text().split())
    told = json.loads((out / "jadwal.json").read_text("utf-8"))
    assert code == 1
    assert sorted(path.name for path in out.iterdir()) == ["jadwal.json", "jadwal.pdf"]
    assert "Tidak ada jadwal yang memenuhi semua ketentuan" in said
    assert told["relaxations"] != []
    for way in told["relaxations"]:
        assert way["sentence"] in said
        assert way["sentence"] in text


def test_a_faulty_problem_is_told_with_every_fault(tmp_path, capsys):
    out = tmp_path / "hasil"
    problem = {**TINY, "days": ["besok"], "teams": [{"name": "tanpa kode"}]}

    code, said = _run(tmp_path, capsys, problem, "SOAL", "--out", str(out))

    assert code == 3
    assert (out / "kesalahan.txt").read_text("utf-8").splitlines() == [
        "Kesalahan dalam soal.json",
        "1. days[0]: berisi “besok”, bukan tanggal. Tulis seperti 2022-02-03.",
        "2. teams[0].id: tidak ada. Isi dengan teks.",
    ]
    assert "ada 2 kesalahan" in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Soal belum disebut. Tulis misalnya: mufakat timetable soal.xlsx --out hasil."),
        (["SOAL"], "Folder hasil belum disebut. Tambahkan --out FOLDER."),
        (["SOAL", "--out", "x", "--limit", "0"], "--limit harus lebih dari 0."),
        (["SOAL", "--out", "x", "--waktu", "nanti"], "--waktu “nanti” tidak terbaca. Tulis misalnya 2022-02-03T07:30."),
        (["explain", "SOAL"], "explain memerlukan --forum, --hari."),
        (["move", "SOAL", "--forum", "A", "--hari", "2022-02-03"], "move memerlukan --jadwal, --out."),
    ],
)
def test_wrong_use_is_told_in_a_sentence(tmp_path, capsys, words, sentence):
    assert _run(tmp_path, capsys, TINY, *words) == (2, sentence + "\n")


def test_explain_and_move_after_the_timetable(tmp_path, capsys):
    out, moved = tmp_path / "satu", tmp_path / "dua"
    problem = {
        **TINY,
        "days": ["2022-02-03", "2022-02-04"],
        "forums": [{**TINY["forums"][0], "preference": [0, 5]}, TINY["forums"][1]],
    }
    timetable = str(out / "jadwal.json")
    wish = ["--forum", "A", "--hari", "2022-02-04", "--jadwal", timetable]

    assert _run(tmp_path, capsys, problem, "SOAL", "--out", str(out))[0] == 0
    told = _run(tmp_path, capsys, problem, "explain", "SOAL", *wish)
    code, said = _run(tmp_path, capsys, problem, "move", "SOAL", *wish, "--out", str(moved))

    days = {a["forum"]: a["day"] for a in json.loads((moved / "jadwal.json").read_text("utf-8"))["assignments"]}
    assert told == (
        0,
        "Forum Alas pada Jumat, 4 Februari 2022 mungkin, dengan tambahan nilai 50 dan 2 perubahan. "
        "Keberatan hari: 0 menjadi 5 (bobot 10).\n",
    )
    assert (code, days) == (0, {"A": "2022-02-04", "B": "2022-02-03"})
    assert said.endswith("Yang berubah: Alas, Barat.\n")
    assert (moved / "jadwal.pdf").exists()


def test_the_form_can_be_written_empty_and_filled(tmp_path, capsys):
    empty, filled = tmp_path / "kosong.xlsx", tmp_path / "isi.xlsx"

    assert main(["timetable", "--template", str(empty)]) == 0
    assert _run(tmp_path, capsys, TINY, "SOAL", "--template", str(filled))[0] == 0
    assert main(["timetable", str(filled), "--out", str(tmp_path / "x"), "--limit", "2"]) == 1
    assert main(["timetable", str(empty), "--out", str(tmp_path / "y")]) == 3
    assert (tmp_path / "y" / "kesalahan.txt").read_text("utf-8").splitlines() == [
        "Kesalahan dalam kosong.xlsx",
        "1. Tab Hari: belum berisi satu baris pun. Isi sekurangnya satu baris: Tanggal.",
        "2. Tab Sesi: belum berisi satu baris pun. Isi sekurangnya satu baris: Sesi.",
        "3. Tab Forum: belum berisi satu baris pun. Isi sekurangnya satu baris: Kode.",
        "4. Tab Tim: belum berisi satu baris pun. Isi sekurangnya satu baris: Kode.",
    ]
    capsys.readouterr()


def test_an_unreadable_workbook_is_refused_in_a_sentence(tmp_path, capsys):
    path = tmp_path / "soal.xlsx"
    path.write_bytes(b"PK\x03\x04 bukan buku kerja")

    assert main(["timetable", str(path), "--out", str(tmp_path / "x")]) == 3
    assert capsys.readouterr().err.startswith("soal.xlsx")
    assert not (tmp_path / "x").exists()
