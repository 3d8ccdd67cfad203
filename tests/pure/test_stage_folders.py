"""Which data folder a demonstration gets: one per stage, of today, and never somebody's own data."""

import re

import pytest
import time_machine

from mufakat.config.serve_command import CannotServe, _folder, _port, _stage

TODAY = "2026-03-14 10:00 +0700"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with time_machine.travel(TODAY, tick=False):
        yield tmp_path


def built(folder, stage, day):
    folder.mkdir(parents=True)
    (folder / "tahap").write_text(f"{stage} {day}")
    (folder / "mufakat.sqlite3").touch()


def test_each_stage_has_its_own_and_keeps_it_for_the_day(here):
    built(here / ".mufakat-contoh" / "hall", "hall", "2026-03-14")

    assert _folder(None, "hall") == here / ".mufakat-contoh" / "hall"
    assert _folder(None, "tracking") == here / ".mufakat-contoh" / "tracking"
    assert _folder(None, None) == here / ".mufakat"
    assert (here / ".mufakat-contoh" / "hall" / "mufakat.sqlite3").exists()


def test_one_of_another_day_is_set_aside_not_lost(here, capsys):
    built(here / ".mufakat-contoh" / "hall", "hall", "2026-03-13")

    fresh = _folder(None, "hall")

    assert (list(fresh.iterdir()), fresh) == ([], here / ".mufakat-contoh" / "hall")
    assert (here / ".mufakat-contoh" / "hall-2026-03-13" / "mufakat.sqlite3").exists()
    assert "2026-03-13 disisihkan" in capsys.readouterr().out


def test_named_folder_keeps_its_stage(here):
    built(here / "punya", "hall", "2026-03-01")

    assert _folder(here / "punya", "hall") == here / "punya"
    with pytest.raises(CannotServe, match=re.escape("berisi contoh tahap “hall”, bukan “tracking”")):
        _folder(here / "punya", "tracking")


def test_stage_and_port_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("STAGE", "tracking")
    monkeypatch.setenv("PORT", "8123")

    assert (_stage(None), _stage(""), _stage("drafting")) == (None, "tracking", "drafting")
    assert (_port(None), _port(9000)) == (8123, 9000)


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [("STAGE", "pleno", "Tahap “pleno” tidak ada"), ("PORT", "satu", "PORT berisi “satu”")],
)
def test_wrong_environment_is_named(monkeypatch, name, words, said):
    monkeypatch.setenv(name, words)

    with pytest.raises(CannotServe, match=said):
        _ = (_stage(""), _port(None))
