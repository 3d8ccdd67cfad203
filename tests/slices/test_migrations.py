"""Migrations of proposals over rows that stand: forward, back and forward again, on a database of its own (SQLite)."""

import json
import os
import subprocess
import sys

BETWEEN = """
import json, django; django.setup()
from datetime import datetime, UTC
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

def at(name):
    MigrationExecutor(connection).migrate([("proposals", name)])
    return MigrationExecutor(connection).loader.project_state([("proposals", name)]).apps

def told(apps):
    model = apps.get_model("proposals", "Proposal")
    shown = {f.attname for f in model._meta.concrete_fields} - {"id", "cycle_id"}
    rows = [{k: str(v) for k, v in p.items()} for p in model.objects.order_by("title").values(*sorted(shown))]
    tally, words = [], []
    if "position" in shown:
        tally = list(apps.get_model("proposals", "Tally").objects.order_by("state").values_list("state", "number"))
        words = list(apps.get_model("proposals", "Word").objects.order_by("stem", "position").values_list("stem", "position"))
    return {"rows": rows, "tally": tally, "words": words}

apps = at("0001_initial")
make = lambda model, **given: apps.get_model(*model.split(".")).objects.create(**given)
now = datetime(2026, 1, 11, tzinfo=UTC)
make("regions.Region", code="35.25.14", name="Kebomas", kind="kecamatan")
make("regions.Region", code="35.25.14.2009", name="Ima'an", kind="desa")
cycle = make("cycles.Cycle", kabupaten="35.25", plan_year=2027, state="dibuka", proposals_open_at=now,
             proposals_close_at=now.replace(month=2), returned_until=now.replace(month=3))
for title, state, number in (("A draf", "DRAF", None), ("B jalan desa", "DIAJUKAN", 1), ("C jalan", "DIAJUKAN", 2),
                             ("D dikembalikan", "DIKEMBALIKAN", 3)):
    make("proposals.Proposal", kabupaten="35.25", cycle=cycle, kecamatan_id="35.25.14", village_id="35.25.14.2009",
         title=title, state=state, number=number, value_requested=1_234_567, changed_at=now)
print(json.dumps([told(apps), *(told(at(n)) for n in NAMES)]))
"""
NAMES = (
    "0002_lists_search_and_form_keys", "0003_fill_lists_and_search", "0004_numbered_has_position",
    "0005_kamus_people_returns_minutes_photos", "0007_recipient_proof", "0001_initial", "0005_kamus_people_returns_minutes_photos",
)  # fmt: skip
PLACED = 7972352514000000
"""Position before the first number: 9999 - 2027, kecamatan 35.25.14, number 0."""


def test_rows_that_stand_go_forward_and_back(tmp_path):
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"MUFAKAT_DATA": str(tmp_path), "MUFAKAT_SECRET_KEY": "uji"}
    environment |= {"DJANGO_SETTINGS_MODULE": "mufakat.config.settings"}
    run = subprocess.run(
        [sys.executable, "-c", f"NAMES = {NAMES!r}\n{BETWEEN}"], env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr

    first, listed, filled, held, fifth, last, back, again = json.loads(run.stdout)

    assert [r["position"] for r in listed["rows"]] == ["None"] * 4 and listed["tally"] == []
    assert [r["position"] for r in filled["rows"]] == ["None", *(str(PLACED + n) for n in (1, 2, 3))]
    assert filled["tally"] == [["DIAJUKAN", 2], ["DIKEMBALIKAN", 1], ["DRAF", 1]]
    assert filled["words"] == [
        ["b", PLACED + 1], ["c", PLACED + 2], ["d", PLACED + 3], ["desa", PLACED + 1], ["jalan", PLACED + 1],
        ["jalan", PLACED + 2], ["kembali", PLACED + 3],
    ]  # fmt: skip
    assert held == filled and back == first
    new = {"appeals": "0", "returned_fields": "[]", "kamus_id": "None", "entered_by": "None", "refused_by": "None",
           "returned_until": "None", "people": "None", "people_men": "None", "people_women": "None"}  # fmt: skip
    assert fifth["rows"] == [filled_row | new for filled_row in filled["rows"]]
    assert last["rows"] == [row | {"latitude": "None", "longitude": "None"} for row in fifth["rows"]]
    assert (again, fifth["tally"], last["words"]) == (fifth, filled["tally"], filled["words"])
