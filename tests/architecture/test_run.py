"""`run.py` speaks before anything is installed, also to a Python that is too old or lacks a module."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = "import runpy, sys\n{before}\nsys.argv = ['run.py'] + {arguments!r}\nrunpy.run_path('run.py', run_name='__main__')\n"


@pytest.fixture
def checkout(tmp_path):
    """The few files run.py needs, without an environment."""
    shutil.copy(ROOT / "run.py", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def run(folder, *arguments, before=""):
    script = START.format(before=before, arguments=list(arguments))
    return subprocess.run([sys.executable, "-I", "-c", script], cwd=folder, capture_output=True, text=True, check=False)


def test_an_old_python_can_read_it():
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 4))


def test_an_old_python_is_named(checkout):
    answer = run(checkout, "demo", before="sys.version_info = (3, 8, 10)")

    assert answer.returncode == 2
    assert "memerlukan Python 3.11 atau yang lebih baru; yang menjalankan perintah ini Python 3.8" in answer.stderr


def test_a_missing_venv_module_is_named(checkout):
    answer = run(checkout, "setup", before="sys.modules['ensurepip'] = None")

    assert answer.returncode == 2
    assert "Modul venv untuk Python ini belum terpasang" in answer.stderr
    assert "apt install python3." in answer.stderr
    assert not (checkout / ".venv").exists()


def test_an_unknown_command_lists_the_known(checkout):
    answer = run(checkout, "jalankan")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert (
        "Perintah 'jalankan' tidak dikenal. Yang ada: bench, check, demo, lock, oracle, papers, serve, setup, test."
        in answer.stderr
    )


def test_without_a_command_it_lists_them(checkout):
    answer = run(checkout)

    assert answer.returncode == 0
    assert [line.split()[0] for line in answer.stdout.splitlines()[2:]] == [
        "bench", "check", "demo", "lock", "oracle", "papers", "serve", "setup", "test",
    ]  # fmt: skip
