"""Role × action × stage × region, all of it: the reference page says what the code does, and nobody acts elsewhere."""

from pathlib import Path

import pytest

from mufakat.config.reference import (
    AGENCY,
    ELSEWHERE,
    HERE,
    NEIGHBOUR,
    PAGES,
    actor,
    allowed,
    permission_page,
    questions,
)
from mufakat.people.roles import LEVELS, Role

REGIONLESS = {
    "Membuka siklus, pagu, kamus, kriteria, perpanjangan", "Mengurutkan usulan desa", "Mengimpor lembar usulan", "Menulis usulan baru", "Menjadwalkan forum",
    "Membuka daftar akun wilayah sendiri",
}  # fmt: skip
"""Actions about the actor's own region by their nature: the command takes the region from the office itself."""
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_reference_page_is_what_the_code_says(name):
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")

    assert written == PAGES[name](), "Jalankan python -m mufakat.config.reference, lalu tinjau perubahannya."


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("question", questions(), ids=lambda q: q.action)
def test_nobody_acts_in_another_region(question, role):
    stranger = actor(role, ELSEWHERE[LEVELS[role]])

    assert question.action in REGIONLESS or allowed(question, stranger) == ()


@pytest.mark.parametrize("role", [Role.KEPALA_DESA, Role.OPERATOR_DESA])
def test_village_reads_what_its_neighbour_submitted_and_takes_it_from_a_block(role):
    neighbour = actor(role, NEIGHBOUR)

    may = {q.action for q in questions() if q.action not in REGIONLESS and allowed(q, neighbour)}
    # Any village of the kecamatan may take a proposal out of a block that is read out, not its own alone (rule 69).
    assert may == {"Melihat usulan", "Melihat forum", "Menarik usulan dari blok"}


def test_other_agency_answers_nothing():
    other = actor(Role.OPD, HERE[2], agency="Dinas Lain")

    answers = {
        q.action for q in questions() if q.action.startswith(("Menjawab", "Mengalihkan", "Mencatat hasil tahap"))
    }
    assert len(answers) == 3 and AGENCY != "Dinas Lain"
    assert {q.action for q in questions() if q.action in answers and allowed(q, other)} == set()


def test_every_permission_of_every_slice_is_asked():
    """A new `can_…` without its row fails here."""
    import importlib
    import inspect
    import pkgutil

    import mufakat

    asked = Path(inspect.getsourcefile(permission_page)).read_text(encoding="utf-8")
    missing = []
    for slice_ in pkgutil.iter_modules(mufakat.__path__):
        if slice_.name.startswith("__"):
            continue
        try:
            module = importlib.import_module(f"mufakat.{slice_.name}.permissions")
        except ModuleNotFoundError:
            continue
        missing += [f"{slice_.name}.{n}" for n in vars(module) if n.startswith("can_") and f"permissions.{n}" not in asked
                    and f"{slice_.name}.{n}" not in asked and f".{n}" not in asked]  # fmt: skip
    assert missing == []
