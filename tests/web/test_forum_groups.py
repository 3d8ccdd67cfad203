"""Groups of a forum: every proposal in exactly one, by field unless moved, reported to the plenary (rule 59)."""

import re

import pytest
from tests.slices.conftest import AT, ON_THE_DAY
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of, post

from mufakat.forums import document_queries, grouping
from mufakat.forums.labels import Remark
from mufakat.forums.models import GroupPlace, WorkGroup

pytestmark = pytest.mark.django_db
NAMES = ("Infrastruktur dan Kewilayahan", "Perekonomian dan Sumber Daya Alam", "Pemerintahan dan Pembangunan Manusia")


@pytest.fixture
def prepared(year, on_the_day):
    return year.opened().submitted().verified().scheduled()


def division(year):
    """Group → numbers of its proposals."""
    numbers = {p.pk: p.number for p in year.proposals}
    found = grouping.division_of(year.forum, at=AT)
    return {g.group.name: [numbers[key] for key in g.proposals] for g in found}


def test_scheduled_forum_has_a_group_per_field_that_share_the_list(prepared):
    assert division(prepared) == {
        f"Kelompok {NAMES[0]}": [1, 2, 3, 4], f"Kelompok {NAMES[1]}": [], f"Kelompok {NAMES[2]}": [],
    }  # fmt: skip


def test_staff_add_rename_move_and_remove_and_no_proposal_is_lost_or_doubled(prepared):
    desk, at = browser(prepared.admin), f"/forum/{prepared.forum.pk}/kelompok/"
    first, second, third, _ = prepared.proposals
    roads, people = prepared.forum.workgroups.get(order=1), prepared.forum.workgroups.get(order=3)

    post(desk, at + "tambah/", {"name": "Kelompok Air", "lead": "Pemandu Satu", "secretary": ""})
    water = prepared.forum.workgroups.get(name="Kelompok Air")
    post(desk, f"{at}{roads.pk}/pindahkan/", {"to": water.pk, "proposal": [second.pk, third.pk]})
    post(desk, f"{at}{water.pk}/pindahkan/", {"to": people.pk, "proposal": [third.pk]})
    post(desk, f"{at}{people.pk}/ubah/", {"name": "Kelompok Manusia", "lead": "", "secretary": "Notulis Dua"})
    between = division(prepared)
    post(desk, f"{at}{people.pk}/hapus/")

    assert between == {
        f"Kelompok {NAMES[0]}": [1, 4], f"Kelompok {NAMES[1]}": [], "Kelompok Manusia": [3], "Kelompok Air": [2],
    }  # fmt: skip
    assert division(prepared) == {
        f"Kelompok {NAMES[0]}": [1, 3, 4], f"Kelompok {NAMES[1]}": [], "Kelompok Air": [2],
    }  # fmt: skip
    assert first.title in page_of(desk.get(f"{at}{roads.pk}/"))


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        ("tambah/", {"name": " kelompok perekonomian dan sumber daya alam"}, "sudah ada. Pakai nama lain."),
        ("tambah/", {"name": ""}, "Isi nama kelompok."),
        ("{first}/pindahkan/", {"to": "{second}"}, "Pilih paling sedikit satu usulan"),
    ],
)
def test_what_is_not_whole_is_refused_with_its_sentence(prepared, path, data, sentence):
    keys = dict(zip(("first", "second"), prepared.forum.workgroups.order_by("order"), strict=False))
    ids = {name: group.pk for name, group in keys.items()}
    given = {name: value.format(**ids) for name, value in data.items()}

    answer = post(browser(prepared.admin), f"/forum/{prepared.forum.pk}/kelompok/{path.format(**ids)}", given, 422)

    assert sentence in page_of(answer)
    assert (WorkGroup.objects.count(), GroupPlace.objects.count()) == (3, 0)


def test_agreed_division_stays_and_a_later_proposal_still_finds_its_group(prepared):
    prepared.ready().started()
    desk, at = browser(prepared.admin), f"/forum/{prepared.forum.pk}/kelompok/"

    refused = post(desk, at + "tambah/", {"name": "Kelompok Air"}, expect=422)

    assert "sudah disepakati forum dan tidak diubah lagi" in page_of(refused)
    assert sum(map(len, division(prepared).values())) == 4


def test_groups_report_to_the_plenary_and_who_did_not_is_remarked(prepared):
    prepared.ready().started().decided()
    desk, at = browser(prepared.admin), f"/forum/{prepared.forum.pk}/kelompok/"
    roads, economy, people = prepared.forum.workgroups.order_by("order")
    early = post(desk, f"{at}{roads.pk}/lapor/", {"report": "x"}, expect=422)
    prepared.in_plenary()

    for group in (roads, people):
        post(desk, f"{at}{group.pk}/lapor/", {"report": "Tiga usulan disepakati."})

    prepared.forum.refresh_from_db()
    remarks = dict(document_queries.compliance_of(prepared.forum))
    roads.refresh_from_db()
    assert "Buka pleno lebih dahulu." in page_of(early)
    assert (roads.report, roads.reported_at) == ("Tiga usulan disepakati.", ON_THE_DAY)
    assert remarks[Remark.GROUPS] == economy.name
    assert "4 usulan, 3 disepakati, Rp1.000.000.000" in page_of(desk.get(at))
    assert len(re.findall("Perbarui laporan", desk.get(at).content.decode())) == 2
