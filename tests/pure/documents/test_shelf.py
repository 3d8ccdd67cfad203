"""The shelf gives what was made, makes it once for all who ask together, and keeps within its room."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from mufakat.documents.render.shelf import Shelf


def made(log, answer):
    def make():
        log.append(answer)
        return answer

    return make


def test_gives_again_what_was_asked_last_within_its_room():
    shelf, log = Shelf(room=6), []
    asked = [b"a", b"b", b"a", b"c", b"a", b"b", b"c"]

    got = [shelf.get(key, made(log, key * 2 if key != b"b" else b"b" * 4)) for key in asked]

    assert got == [b"aa", b"bbbb", b"aa", b"cc", b"aa", b"bbbb", b"cc"]
    # c pushed b out, b pushed c out; a was asked for in between each time, until b and c left it no room.
    assert log == [b"aa", b"bbbb", b"cc", b"bbbb", b"cc"]


def test_keeps_nothing_that_is_larger_than_its_room():
    shelf, log = Shelf(room=3), []
    assert [shelf.get(b"k", made(log, b"long")) for _ in range(2)] == [b"long", b"long"]
    assert log == [b"long", b"long"]


def test_who_asks_meanwhile_waits_for_the_one_answer():
    shelf, log, has_begun, may_end = Shelf(room=9), [], Event(), Event()

    def slow():
        has_begun.set()
        assert may_end.wait(60)
        return made(log, b"once")()

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(shelf.get, b"k", slow)
        assert has_begun.wait(60)
        others = [pool.submit(shelf.get, b"k", made(log, b"again")) for _ in range(2)]
        may_end.set()
        assert {f.result() for f in (first, *others)} == {b"once"}
    assert log == [b"once"]


def test_failure_is_told_and_not_kept():
    shelf = Shelf(room=9)

    def fail():
        raise ValueError("gagal")

    with pytest.raises(ValueError, match="gagal"):
        shelf.get(b"k", fail)
    assert shelf.get(b"k", lambda: b"x") == b"x"
