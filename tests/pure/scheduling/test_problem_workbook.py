"""A problem as XLSX: what is written is read back, and every fault is located at once."""

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mufakat.demo import timetable as demo
from mufakat.engines.sheets import UnreadableFile
from mufakat.engines.timetable import ProblemFaulty, read_problem
from mufakat.scheduling import problem_layout as at
from mufakat.scheduling.problem_reader import read_problem_workbook
from mufakat.scheduling.problem_workbook import problem_bytes

AT = datetime(2025, 1, 20, 8)

SMALL = {
    "title": "Musrenbang Kecamatan 2022 untuk RKPD 2023",
    "days": ["2022-02-02", "2022-02-03", "2022-02-04", "2022-02-07"],
    "sessions": ["pagi", "siang"],
    "session_hours": ["08.00-12.00", "13.00-16.00"],
    "forums": [
        {
            "id": "A", "name": "Alas", "district": "1", "whole_day": True, "forbidden_days": ["2022-02-03"],
            "preference": [0, 2, 0, 1], "agencies": ["dputr"], "travel_index": 0, "place": "Pendopo A",
            "officials": ["Camat A", "Danramil"], "council": ["Komisi I"], "earliest": "2022-02-02", "halls": ["G1"],
            "participants": 80, "skills": ["air"], "region": "A", "island": "P1", "note": "dekat laut",
        },
        {"id": "B", "name": "Barat", "district": "2", "whole_day": False, "agencies": ["dputr"], "travel_index": 1},
    ],
    "teams": [{"id": "T1", "name": "Tim Satu", "unavailable_days": ["2022-02-02"], "skills": ["air"], "home": ["B"],
               "members": ["Bidang I"]},
              {"id": "T2", "name": "Tim Dua", "unavailable_days": []}],
    "agencies": [{"id": "dputr", "name": "Dinas PU", "capacity": 1}],
    "people": [{"id": "bupati", "name": "Bupati", "role": "Kepala daerah", "forums": ["A", "B"],
                "unavailable_days": ["2022-02-02", "2022-02-03"]}],
    "halls": [{"id": "G1", "name": "Gedung Serba Guna", "seats": 100, "simultaneous": 1,
               "unavailable_days": ["2022-02-02"]}],
    "islands": [{"id": "P1", "name": "Pulau", "ferry_days": ["2022-02-04", "2022-02-07"]}],
    "travel_minutes": [[0, 35], [40, 0]],
    "max_travel_minutes": 45,
    "weights": {"preference": 10, "load_range": 30, "travel": 1, "legal_window": 20},
    "legal_window": {"until": "2022-02-04"},
    "calendar": {
        "holidays": True, "collective_leave": False, "closed_weekdays": [5, 6],
        "overrides": [{"date": "2022-02-02", "holiday": False, "name": "tetap masuk"}],
        "ramadan": {"from": "2022-04-03", "to": "2022-05-01", "closed_sessions": ["siang"],
                    "session_hours": ["08.00-11.00", "12.00-14.00"]},
    },
    "fixed": [{"forum": "B", "day": "2022-02-03", "session": "siang", "team": "T2", "note": "diminta camat"}],
    "forbidden": [{"forum": "A", "team": "T2"}],
    "different_day": [["A", "B"]],
}  # fmt: skip


def _without_empty(value):
    """The empty list says what an empty cell says."""
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item != []}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def _written(tmp_path: Path, data, change=None) -> Path:
    path = tmp_path / "soal.xlsx"
    path.write_bytes(problem_bytes(data, at_moment=AT))
    if change:
        book = load_workbook(path)
        change(book)
        book.save(path)
    return path


def _cell(book, tab: str, head: str, row: int):
    sheet = book[tab]
    heads = next(r for r in sheet.iter_rows() if head in [c.value for c in r])
    return sheet.cell(heads[0].row + row, next(c.column for c in heads if c.value == head))


@pytest.mark.parametrize("data", [SMALL, demo.problem()], ids=["every key", "demo"])
def test_workbook_reads_back_the_same_problem(tmp_path, data):
    path = _written(tmp_path, data)

    found, problem, notices = read_problem_workbook(path)

    assert _without_empty(found) == _without_empty(data)
    assert problem == read_problem(data)
    assert notices == ()


def test_reading_survives_a_spreadsheet_program(tmp_path):
    path = _written(tmp_path, SMALL, change=lambda book: None)

    assert _without_empty(read_problem_workbook(path)[0]) == _without_empty(SMALL)


def test_dates_are_read_as_people_write_them(tmp_path):
    def change(book):
        _cell(book, at.TEAMS, "Tanggal berhalangan", 1).value = "2/2/2022; 2022-02-03 s.d. 2022-02-04"
        _cell(book, at.HALLS, "Tanggal berhalangan", 1).value = datetime(2022, 2, 7)

    found = read_problem_workbook(_written(tmp_path, SMALL, change))[0]

    assert found["teams"][0]["unavailable_days"] == ["2022-02-02", "2022-02-03", "2022-02-04"]
    assert found["halls"][0]["unavailable_days"] == ["2022-02-07"]


def test_every_fault_is_told_at_once_with_tab_row_and_column(tmp_path):
    def change(book):
        _cell(book, at.FORUMS, "Sehari penuh", 1).value = "mungkin"
        _cell(book, at.FORUMS, "Titik perjalanan", 2).value = "C"
        _cell(book, at.FORUMS, "Keberatan hari", 1).value = "2022-03-01 = 2"
        _cell(book, at.TEAMS, "Tanggal berhalangan", 1).value = "kemarin"
        _cell(book, at.AGENCIES, "Forum sekaligus", 1).value = "dua"
        _cell(book, at.PEOPLE, "Forum", 1).value = "A; Z"
        _cell(book, at.TRAVEL, "B", 1).value = "jauh"
        _cell(book, at.RULES, "Jenis", 1).value = "barangkali"
        _cell(book, at.SETTINGS, "Nilai", 3).value = "lama"
        book["Gedung"].title = "Balai"

    with pytest.raises(ProblemFaulty) as caught:
        read_problem_workbook(_written(tmp_path, SMALL, change))

    assert sorted(fault.where for fault in caught.value.faults) == [
        "Tab Balai", "Tab Forum, baris 4, kolom Gedung", "Tab Forum, baris 4, kolom Keberatan hari",
        "Tab Forum, baris 4, kolom Sehari penuh", "Tab Forum, baris 5, kolom Titik perjalanan",
        "Tab Ketentuan, baris 4, kolom Jenis", "Tab Orang, baris 4, kolom Forum",
        "Tab Pengaturan, baris 6, kolom Nilai", "Tab Perangkat Daerah, baris 4, kolom Forum sekaligus",
        "Tab Perjalanan, baris 4, kolom B", "Tab Tim, baris 4, kolom Tanggal berhalangan",
    ]  # fmt: skip
    told = {str(fault) for fault in caught.value.faults}
    assert (
        "Tab Tim, baris 4, kolom Tanggal berhalangan: berisi “kemarin”, bukan tanggal. Tulis seperti 2022-02-03."
        in told
    )


def test_a_missing_tab_and_a_missing_column_are_told(tmp_path):
    def change(book):
        del book[at.TEAMS]
        _cell(book, at.AGENCIES, "Forum sekaligus", 0).value = "Kapasitas"

    with pytest.raises(ProblemFaulty) as caught:
        read_problem_workbook(_written(tmp_path, SMALL, change))

    wheres = {fault.where for fault in caught.value.faults}
    assert {"Tab Tim", "Tab Perangkat Daerah, baris 3, kolom Forum sekaligus"} <= wheres


def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "soal.xlsx"
    path.write_bytes(b"PK\x03\x04 bukan buku kerja")

    with pytest.raises(UnreadableFile):
        read_problem_workbook(path)


def test_the_form_offers_lists_and_is_the_same_every_time():
    first, second = (problem_bytes(SMALL, at_moment=AT) for _ in range(2))
    book = load_workbook(BytesIO(first))
    rules = {
        str(rule.sqref): rule.formula1 for rule in book[at.RULES].data_validations.dataValidation if rule.type == "list"
    }

    assert first == second
    assert book.sheetnames[:6] == ["Petunjuk", "Pengaturan", "Hari", "Sesi", "Forum", "Tim"]
    assert len(rules) == 5
    assert json.dumps(_without_empty(SMALL))
