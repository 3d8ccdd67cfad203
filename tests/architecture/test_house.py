"""What the house promises about itself."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema

from mufakat.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "scipy", "numba", "pandas", "ortools", "django", "xlsxwriter", "lxml", "typst", "rapidfuzz")


def test_help_lists_every_command_in_both_languages(capsys):
    assert main(["--help"]) == 0
    indonesian = capsys.readouterr().out
    assert main(["--lang", "en", "--help"]) == 0
    english = capsys.readouterr().out

    for command in COMMANDS:
        assert command.summary in indonesian
        assert command.summary_en in english


def test_help_imports_nothing_heavy():
    script = f"import sys, mufakat.cli as c; c.main(['--help']); print([m for m in {HEAVY!r} if m in sys.modules])"

    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert answer.stdout.splitlines()[-1] == "[]"


def test_every_schema_is_a_schema():
    for path in sorted((ROOT / "docs/reference").glob("*.schema.json")):
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_the_example_office_is_readable(tmp_path):
    from mufakat.drafting.office import load

    office = load(ROOT / "docs/reference/instansi-contoh.toml", kecamatan="Kebomas", kabupaten="Kabupaten Gresik")

    assert (office.paper, office.invited, office.camat.position, office.chair.capacity) == (
        "f4",
        90,
        "Camat Kebomas",
        "a.n.",
    )
    assert [o.institution for o in office.signatories] == ["Bappeda Kabupaten Gresik"]
