"""The incremental index answers as `find_pairs` does, whatever was added, changed or dropped before."""

import pytest
from benchmarks.duplicates_sets import generate
from hypothesis import given, settings
from hypothesis import strategies as st

from mufakat.engines.duplicates import Index, InputError, Proposal, find_pairs

SET = generate(world="pesisir", rows=240, seed=3, per_kecamatan=80, villages=6)
PROPOSALS = [Proposal(*row) for row in SET.rows]


def filled(proposals):
    index = Index(adjacency=SET.adjacency)
    for proposal in proposals:
        index.add(proposal)
    return index


def test_the_index_finds_what_the_whole_search_finds():
    assert filled(PROPOSALS).pairs() == find_pairs(proposals=PROPOSALS, adjacency=SET.adjacency)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("add", "drop", "change")), st.integers(0, len(PROPOSALS) - 1)), max_size=60))
def test_any_history_ends_in_the_same_pairs(history):
    index, held = Index(adjacency=SET.adjacency), {}
    for action, at in history:
        proposal = PROPOSALS[at]
        if action == "add" and proposal.id not in held:
            index.add(proposal)
            held[proposal.id] = proposal
        elif action == "drop" and proposal.id in held:
            index.drop(proposal.id)
            del held[proposal.id]
        elif action == "change" and proposal.id in held:
            index.change(proposal)
            held[proposal.id] = held.pop(proposal.id)

    assert len(index) == len(held)
    assert index.pairs() == find_pairs(proposals=list(held.values()), adjacency=SET.adjacency)


def test_a_hint_leaves_no_trace_and_leaves_out_its_own_id():
    index = filled(PROPOSALS)
    before = index.dumps()
    truth = next(iter(sorted(SET.truth)))
    twin = next(p for p in PROPOSALS if p.id == truth[1])

    hint = index.near(twin)

    assert index.dumps() == before
    assert twin.id not in {p.id_a for p in hint}
    assert {p.id_b for p in hint} <= {twin.id}


def test_stored_and_read_back_it_is_the_same():
    index = filled(PROPOSALS[:80])
    index.drop(PROPOSALS[3].id)

    again = Index.loads(index.dumps())

    assert again.dumps() == index.dumps()
    assert again.pairs() == index.pairs()


@pytest.mark.parametrize("text", ["", "[]", '{"format": 9}', '{"format": 1, "adjacency": [], "proposals": [{}]}'])
def test_what_is_no_index_is_refused(text):
    with pytest.raises(InputError, match="tidak terbaca"):
        Index.loads(text)


def test_an_id_is_held_once():
    index = filled(PROPOSALS[:1])

    with pytest.raises(InputError, match="sudah ada"):
        index.add(PROPOSALS[0])
    with pytest.raises(InputError, match="tidak ada dalam indeks"):
        index.drop("antah")
