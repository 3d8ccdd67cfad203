"""The board: cumulative sums anyone can check, why each row stands there, moves with their reason (rules 61, 63, 64, 68)."""

import re
from itertools import accumulate

import pytest
from tests.slices.conftest import GIRI, INDRO, office
from tests.web.conftest import browser
from tests.web.test_forum_day import page_of

from mufakat.forums.web import board as view
from mufakat.people.roles import Role
from mufakat.proposals.models import Proposal

pytestmark = pytest.mark.django_db
ROWS = (
    (GIRI, "Jalan poros", 300_000_000, 1),
    (GIRI, "Saluran timur", 200_000_000, 2),
    (INDRO, "Taman baca", 100_000_000, 1),
)


@pytest.fixture
def board(year, on_the_day):
    year.opened(pagu=450_000_000).submitted(ROWS).verified().scheduled().ready().started()
    return year


def places(answer):
    return [(p.proposal.title, p.fits, p.cumulative) for p in answer.context["places"]]


def test_cumulative_column_and_pagu_line(board):
    answer = browser(board.admin).get(f"/forum/{board.forum.pk}/papan/")

    rows = answer.context["places"]
    fitting = [p.entry.value for p in rows if p.fits]
    assert [p.cumulative for p in rows if p.fits] == list(accumulate(fitting))
    assert sum(fitting) <= 450_000_000
    assert "Batas pagu Rp450.000.000" in page_of(answer)
    assert [(s.region.name, s.asked) for s in answer.context["shares"] if s.asked] == [("Indro", 1), ("Giri", 2)]


def test_why_adds_up_to_the_score(board):
    client, path = browser(board.admin), f"/forum/{board.forum.pk}/papan/"
    for row in client.get(path).context["places"]:
        assert row.why is None
        answer = client.get(f"{path}mengapa/{row.proposal.pk}/")
        place = answer.context["p"]
        assert f"Mengapa urutan {row.order}" in page_of(answer) and f"urut-{row.order}" in answer.content.decode()
        stated = [part for part in place.why.parts if part.level is not None]
        assert sum(part.weight for part in place.why.parts) == 100
        assert place.why.stated == sum(part.weight for part in stated)
        assert round(place.why.points * 100 / place.why.stated, 2) == place.entry.score


def test_move_that_turns_a_village_names_both_proposals_and_keeps_what_was_typed(board):
    client, path = browser(board.admin), f"/forum/{board.forum.pk}/papan/"
    order = [p.proposal for p in client.get(path).context["places"]]
    second = next(p for p in order if p.title == "Saluran timur")
    data = {"proposal": str(second.pk), "to": "1", "reason": "Genangan menahun di tepi timur."}

    refused = client.post(path, data)
    done = client.post(path, data | {"accepts_inversion": "on"}, follow=True)

    assert refused.status_code == 422
    assert [(e.title, later.title) for _, e, later in refused.context["inversions"]] == [
        ("Jalan poros", "Saluran timur")
    ]
    assert "Genangan menahun di tepi timur." in refused.content.decode()
    assert refused.context["chosen"].proposal == second
    first = done.context["places"][0]
    assert first.proposal == second
    moved = (first.moved.place_after, first.moved.reason, first.moved.inverts_village_order)
    assert moved == (1, "Genangan menahun di tepi timur.", True)
    assert "Urutan hasil musyawarah" in page_of(done)


def test_chosen_row_opens_its_form_and_steps(board):
    client, path = browser(board.admin), f"/forum/{board.forum.pk}/papan/"
    order = [p.proposal for p in client.get(path).context["places"]]

    page = client.get(path, {"usulan": str(order[1].pk)}).content.decode()

    assert '<button class="btn btn--dense" name="to" value="1">' in page
    assert '<button class="btn btn--dense" name="to" value="3">' in page
    data = {"proposal": str(order[1].pk), "to": ["2", "3"], "reason": "Turun satu karena lahan belum siap."}
    moved = client.post(path, data | {"accepts_inversion": "on"}, follow=True)
    assert [p.proposal for p in moved.context["places"]] == [order[0], order[2], order[1]]


def test_why_comes_as_a_row_where_the_board_asks(board):
    client, path = browser(board.admin), f"/forum/{board.forum.pk}/papan/"
    first = client.get(path).context["places"][0].proposal

    row = client.get(f"{path}mengapa/{first.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert row.startswith('<tr class="because" id="mengapa-1">') and "<html" not in row
    assert f'href="{path}?usulan={first.pk}#ubah"' in row
    assert client.get(f"{path}mengapa/{board.forum.pk}/").status_code == 404
    chosen = client.get(path, {"usulan": str(first.pk)})
    assert chosen.context["places"][0].why is not None


@pytest.mark.parametrize(("place", "expect"), [("3", 303), ("4", 422), ("", 422)])
def test_any_place_is_moved_by_its_number(board, place, expect):
    client, path = browser(board.admin), f"/forum/{board.forum.pk}/papan/"
    last = client.get(path).context["places"][2].proposal

    sent = {"place": place, "to": "1", "reason": "Disepakati seluruh delegasi.", "accepts_inversion": "on"}
    answer = client.post(path, sent)

    assert answer.status_code == expect
    if expect == 303:
        assert client.get(path).context["places"][0].proposal == last
    else:
        assert "Disepakati seluruh delegasi." in answer.content.decode()


def test_what_is_out_of_the_running_comes_in_pages(board, monkeypatch):
    monkeypatch.setattr(view, "FIRST", 1)
    monkeypatch.setattr(view, "ROWS", 1)
    Proposal.objects.filter(title__in=["Jalan poros", "Saluran timur"]).update(state="VERIF_KEC", version=9)
    client, path = browser(board.admin), f"/forum/{board.forum.pk}/papan/"

    shown = client.get(path)
    pages = [client.get(f"{path}luar/?halaman={n}") for n in (1, 2)]

    assert (len(shown.context["outside"]), shown.context["outside_count"]) == (1, 2)
    assert f'href="{path}luar/"' in shown.content.decode()
    assert [p.title for page in pages for p, _, _ in page.context["outside"]] == ["Jalan poros", "Saluran timur"]


def test_explanation_leads_to_the_proposal_for_whoever_reads_it(year, on_the_day):
    year.opened().submitted().verified().scheduled().ready().started()
    path = f"/forum/{year.forum.pk}/papan/mengapa/{year.proposals[0].pk}/"
    agencies = ("Dinas Pekerjaan Umum dan Tata Ruang", "Dinas Kesehatan")
    desks = [browser(office(Role.OPD, "35.25", agency=agency)) for agency in agencies]
    links = [re.search(r'class="linkish" href="([^"]+)"', desk.get(path).content.decode())[1] for desk in desks]

    assert links == [f"/tindak-lanjut/{year.proposals[0].pk}/", f"/publik/{year.proposals[0].pk}/"]
    assert [desk.get(link).status_code for desk, link in zip(desks, links, strict=True)] == [200, 200]
