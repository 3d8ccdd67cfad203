"""An installation as the administrator keeps it: audit verify, backup and restore while it is open, whatever interrupts.

Runs on SQLite, or on databases of its own in the PostgreSQL that DATABASE_URL names.
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

pytestmark = pytest.mark.slow
SERVER = os.environ.get("DATABASE_URL", "")
_serial = count(1)
FILL = """
import django; django.setup()
from django.core.management import call_command
from django.utils import timezone
from mufakat.demo.year import Stage, build
call_command("migrate", verbosity=0)
build(stage=Stage.TRACKING, now=timezone.now())
"""
WRITE = """
import django; django.setup()
from django.utils import timezone
from mufakat.audit.commands import append
while True:
    append(kabupaten="35.25", actor="", office="sistem", action="uji", subject="x:1", facts={}, at=timezone.now())
    print("tertulis", flush=True)
"""
TAMPER = """
import django; django.setup()
from django.db import connection
from mufakat.config import guards
guards.take_down(connection)
with connection.cursor() as cursor:
    cursor.execute("UPDATE audit_line SET action = 'lain' WHERE sequence = 7")
    cursor.execute("DELETE FROM audit_line WHERE sequence = 20")
    cursor.execute("UPDATE documents_document SET snapshot = '{}'")
"""


@dataclass(frozen=True)
class Installation:
    """A data folder and the database that goes with it."""

    data: Path
    url: str = ""

    @property
    def environment(self):
        kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        told = {
            "MUFAKAT_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "mufakat.config.settings",
            "MUFAKAT_SECRET_KEY": "uji",
        }  # fmt: skip
        return kept | told | ({"DATABASE_URL": self.url} if self.url else {})

    def start(self, *words, **more):
        command = [sys.executable, "-m", "mufakat", *map(str, words), "--data", str(self.data)]
        out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(command, env=self.environment, **out, **more)

    def run(self, *words, **more):
        process = self.start(*words, **more)
        said = process.communicate()[0]
        return process.returncode, said

    def python(self, script):
        subprocess.run([sys.executable, "-c", script], check=True, env=self.environment, capture_output=True)

    def content(self):
        """Hash of every table, and the figures."""
        copy = self.data / f"isi-{next(_serial)}.zip"
        code, said = self.run("backup", copy)
        assert code == 0, said
        return content_of(copy)


def content_of(backup):
    with zipfile.ZipFile(backup) as archive:
        told = json.loads(archive.read("isi.json"))
    return told["tables"], told["standing"]


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    """Makes an installation that holds nothing; `new(url="")` one on SQLite in any case."""
    made = []

    def make(url=None):
        data = tmp_path_factory.mktemp("data")
        (data / "static").mkdir()
        if not SERVER or url == "":
            return Installation(data)
        name = f"pasang_{os.getpid()}_{next(_serial)}"
        _on_server(f"CREATE DATABASE {name}")
        made.append(name)
        return Installation(data, urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}")))

    yield make
    for name in made:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def copied(installation, into):
    """Lay a closed installation, rows and all, into one that holds nothing."""
    if into.url:
        name, source = (urlsplit(place.url).path[1:] for place in (into, installation))
        _on_server(f"DROP DATABASE {name}")
        _on_server(f"CREATE DATABASE {name} TEMPLATE {source}")
    shutil.copytree(installation.data, into.data, dirs_exist_ok=True)
    return into


def _on_server(statement):
    import dj_database_url
    import psycopg

    told = dj_database_url.parse(SERVER)
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    with psycopg.connect(**{k: told[v] for k, v in names.items() if told[v]}, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="module")
def filled(new):
    """A year taken to its end, and its backup."""
    filled = new()
    filled.python(FILL)
    code, said = filled.run("backup", filled.data / "cadangan.zip")
    assert (code, "semuanya cocok" in said) == (0, True), said
    return filled


@pytest.fixture(scope="module")
def there(filled, new):
    """Another installation, restored from the backup; each test leaves it as it was."""
    there = new()
    code, said = there.run("restore", filled.data / "cadangan.zip")
    assert (code, "Keadaan sebelumnya" in said) == (0, False), said
    return there


def test_restored_elsewhere_holds_the_same_to_the_byte(filled, there):
    assert there.content() == content_of(filled.data / "cadangan.zip")
    assert there.run("audit", "verify") == filled.run("audit", "verify")
    assert (filled.data / "cadangan.zip").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not SERVER, reason="memerlukan kedua basis data")
def test_one_backup_fits_both_databases(filled, new):
    kept = filled.data / "cadangan.zip"
    on_sqlite = new(url="")

    assert on_sqlite.run("restore", kept)[0] == 0
    assert on_sqlite.content() == content_of(kept)
    on_sqlite.run("backup", on_sqlite.data / "balik.zip")
    back = new()
    assert back.run("restore", on_sqlite.data / "balik.zip")[0] == 0
    assert back.content() == content_of(kept)
    back.python(FILL.replace("build(stage=Stage.TRACKING, now=timezone.now())", ""))  # migrates again without a word


def test_backup_and_restore_while_others_write(filled, there):
    writer = subprocess.Popen([sys.executable, "-c", WRITE], env=there.environment, stdout=subprocess.PIPE, text=True)
    writer.stdout.readline()

    backups = [there.run("backup", there.data / f"{n}.zip") for n in (1, 2)]
    restored = there.run("restore", filled.data / "cadangan.zip")
    is_writing = writer.poll() is None
    writer.send_signal(signal.SIGKILL)
    writer.communicate()

    assert [code for code, _ in [*backups, restored]] == [0, 0, 0], (backups, restored)
    assert is_writing
    assert there.run("audit", "verify")[0] == 0
    lines = [content_of(there.data / f"{n}.zip")[1]["chains"][0][1] for n in (1, 2)]
    (before,) = there.data.glob("sebelum-*.zip")
    assert lines[0] < lines[1] < content_of(before)[1]["chains"][0][1]
    assert there.run("restore", filled.data / "cadangan.zip")[0] == 0  # the writer went on after the first one


def test_killed_in_the_middle_leaves_what_was_there(filled, there):
    for words in (("restore", filled.data / "cadangan.zip"), ("backup", there.data / "mati.zip")):
        for patience in (0, 0.05):
            process = there.start(*words)
            while process.poll() is None and not list(there.data.glob(".*belum-selesai")):
                time.sleep(0.002)
            time.sleep(patience)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            assert process.returncode == -signal.SIGKILL or words[0] == "backup"

    assert there.content() == content_of(filled.data / "cadangan.zip")


@pytest.mark.parametrize("words", ["backup", "restore"])
def test_full_disk_is_said_and_leaves_what_was_there(filled, there, words):
    there_before = sorted(p.name for p in there.data.iterdir() if not p.name.startswith("mufakat.sqlite3"))
    file = there.data / "penuh.zip" if words == "backup" else filled.data / "cadangan.zip"

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    code, said = there.run(words, file, preexec_fn=small)

    assert code == 2 and "data tidak berubah" in said.lower(), said
    assert sorted(p.name for p in there.data.iterdir() if not p.name.startswith("mufakat.sqlite3")) == there_before
    assert there.content() == content_of(filled.data / "cadangan.zip")


def test_damaged_backup_is_refused_and_leaves_what_was_there(filled, there, tmp_path):
    whole = (filled.data / "cadangan.zip").read_bytes()
    cut, changed = tmp_path / "potong.zip", tmp_path / "ubah.zip"
    cut.write_bytes(whole[:-2000])
    with zipfile.ZipFile(filled.data / "cadangan.zip") as old, zipfile.ZipFile(changed, "w") as made:
        for name in old.namelist():
            made.writestr(
                name, old.read(name).replace(b"Kebomas", b"Kebonas") if "proposal" in name else old.read(name)
            )

    answers = [there.run("restore", file) for file in (cut, changed)]

    assert [code for code, _ in answers] == [2, 2]
    assert "bukan cadangan Mufakat yang utuh" in answers[0][1] and "tidak cocok" in answers[1][1]
    assert there.content() == content_of(filled.data / "cadangan.zip")


def test_verify_names_what_was_altered_and_nothing_altered_is_backed_up(filled, new, tmp_path):
    there = copied(filled, new())
    there.python(TAMPER)

    code, said = there.run("audit", "verify")

    assert code == 1
    assert "baris 7:" in said and "baris 20:" in said and "tidak cocok dengan sidiknya" in said
    assert there.run("backup", tmp_path / "rusak.zip")[0] == 2
    assert list(tmp_path.iterdir()) == []


SIGN_IN = """
import django, sys; django.setup()
from django.test import Client
client, first, new = Client(), sys.argv[1], "sawah-luas-di-giri"
entered = client.post("/masuk/", {"username": "bappeda", "password": first}, follow=True)
changed = client.post("/saya/sandi/", {"current": first, "new": new, "again": new})
print(entered.redirect_chain[-1][0], changed.status_code, client.get("/siklus/").status_code)
"""


def password_in(said):
    """The one-time password as the command prints it."""
    return next(line.split(":", 1)[1].strip() for line in said.splitlines() if line.startswith("Kata sandi awal"))


def test_first_account_opens_an_empty_installation(tmp_path):
    """`akun pertama` on an empty folder, and `akun sandi` when its password is lost: both let Bappeda in."""
    place = Installation(tmp_path / "data")
    place.data.mkdir()
    words = ("akun", "pertama", "bappeda", "--nama", "Rina", "--kabupaten", "35.25")

    code, said = place.run(*words)
    again, refusal = place.run(*words)
    lost, renewed = place.run("akun", "sandi", "bappeda")

    assert (code, again, lost) == (0, 2, 0), said + refusal + renewed
    assert "sudah memiliki akun Bappeda" in refusal
    old, new = password_in(said), password_in(renewed)
    assert old != new
    command = [sys.executable, "-W", "ignore", "-c", SIGN_IN, new]
    got = subprocess.run(command, check=True, env=place.environment, capture_output=True, text=True)
    assert got.stdout.splitlines() == ["/saya/sandi/ 303 200"]
