"""An installation as the administrator keeps it: audit verify, backup while it is open, restore elsewhere, tampering."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
FILL = """
import django; django.setup()
from django.core.management import call_command
from django.utils import timezone
from mufakat.demo.year import Stage, build
call_command("migrate", verbosity=0)
build(stage=Stage.TRACKING, now=timezone.now())
"""


def mufakat(*words, data):
    given = [*words, "--data", str(data)]
    made = subprocess.run(
        [sys.executable, "-m", "mufakat", *given], capture_output=True, text=True, check=False, env=environment(data)
    )
    return made.returncode, made.stdout + made.stderr


def environment(data):
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return kept | {
        "MUFAKAT_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "mufakat.config.settings",
        "MUFAKAT_SECRET_KEY": "uji",
    }


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A year taken to its end, in a data folder of its own, and its backup."""
    data = tmp_path_factory.mktemp("data")
    (data / "static").mkdir()
    subprocess.run([sys.executable, "-c", FILL], check=True, env=environment(data), capture_output=True)
    code, said = mufakat("backup", str(data / "cadangan.zip"), data=data)
    assert (code, "semuanya cocok" in said) == (0, True), said
    return data


def restored(filled, tmp_path):
    code, said = mufakat("restore", str(filled / "cadangan.zip"), data=tmp_path)
    assert code == 0, said
    return tmp_path


def test_restored_elsewhere_holds_the_same(filled, tmp_path):
    there = restored(filled, tmp_path)

    assert mufakat("audit", "verify", data=there) == mufakat("audit", "verify", data=filled)
    again = mufakat("backup", str(tmp_path / "lagi.zip"), data=there)[1].partition(": ")[2]
    assert again == mufakat("backup", str(tmp_path / "asal.zip"), data=filled)[1].partition(": ")[2]


def test_database_refuses_and_verify_names_what_was_altered(filled, tmp_path):
    there = restored(filled, tmp_path)
    database = sqlite3.connect(there / "mufakat.sqlite3")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE audit_line SET action = 'lain' WHERE sequence = 7")
    for (name,) in list(database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
        database.execute(f"DROP TRIGGER {name}")
    database.execute("UPDATE audit_line SET action = 'lain' WHERE sequence = 7")
    database.execute("DELETE FROM audit_line WHERE sequence = 20")
    database.execute("UPDATE documents_document SET snapshot = '{}'")
    database.commit()
    database.close()

    code, said = mufakat("audit", "verify", data=there)

    assert code == 1
    assert "baris 7:" in said and "baris 20:" in said and "tidak cocok dengan sidiknya" in said
    assert mufakat("backup", str(tmp_path / "rusak.zip"), data=there)[0] == 2
    assert not (tmp_path / "rusak.zip").exists()


def test_damaged_backup_is_refused_and_leaves_what_was_there(filled, tmp_path):
    there = restored(filled, tmp_path)
    broken = tmp_path / "potong.zip"
    broken.write_bytes((filled / "cadangan.zip").read_bytes()[:-2000])

    code, said = mufakat("restore", str(broken), data=there)

    assert code == 2 and "bukan cadangan Mufakat yang utuh" in said
    assert mufakat("audit", "verify", data=there)[0] == 0
    assert Path(there / "mufakat.sqlite3").exists()
