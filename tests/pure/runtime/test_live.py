"""The stream as a browser sees it: who may listen, what a change brings, and what was missed while away."""

import asyncio
import time

import pytest

from mufakat.runtime.live.server import Ear, Live
from mufakat.runtime.live.tokens import LISTEN, SPEAK, derived, sign, topic_of

KEY = derived("kunci uji")
NOW = 1_800_000_000


def token(topic, purpose=LISTEN, key=KEY, valid=60):
    return sign(topic, purpose=purpose, until=int(time.time()) + valid, key=key)


class Browser:
    """One question to the application, answered over the ASGI protocol."""

    def __init__(self, live, address, seen=None):
        self.sent, self.said, self.left = [], asyncio.Condition(), asyncio.Event()
        headers = [(b"last-event-id", seen.encode())] if seen else []
        scope = {"type": "http", "path": f"/langsung/{address}", "headers": headers}
        self.task = asyncio.ensure_future(live(scope, self.receive, self.send))

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        async with self.said:
            self.sent.append(message)
            self.said.notify_all()

    def text(self):
        return b"".join(m.get("body", b"") for m in self.sent).decode()

    async def until(self, question):
        async with self.said:
            await asyncio.wait_for(self.said.wait_for(lambda: question(self)), 30)


def changes(count):
    return lambda b: b.text().count("event: berubah") == count


def test_token_holds_for_its_topic_its_purpose_and_its_time():
    given = sign("forum-1", purpose=LISTEN, until=NOW, key=KEY)
    ask = {"purpose": LISTEN, "now": NOW - 1, "key": KEY}

    assert topic_of(given, **ask) == "forum-1"
    assert [
        topic_of(given, **ask | {"now": NOW}),
        topic_of(given, **ask | {"purpose": SPEAK}),
        topic_of(given, **ask | {"key": derived("lain")}),
        topic_of(given.replace("forum-1", "forum-2"), **ask),
        topic_of("", **ask),
        topic_of("a.b.c", **ask),
    ] == [None] * 6


def test_change_reaches_who_listens_to_its_topic_alone():
    async def play():
        live = Live(key=KEY, port=0)
        here, there = Browser(live, token("forum-1")), Browser(live, token("forum-2"))
        await here.until(changes(1))
        await there.until(changes(1))
        ear = Ear(live)
        ear.datagram_received(token("forum-1", SPEAK).encode(), None)
        await here.until(changes(2))
        for noise in (token("forum-2"), token("forum-2", SPEAK, derived("lain")), token("forum-2", SPEAK, valid=-1)):
            ear.datagram_received(noise.encode(), None)
        live.end()
        await asyncio.gather(here.task, there.task)
        return here, there, live

    here, there, live = asyncio.run(play())
    assert (here.text().count("event: berubah"), there.text().count("event: berubah")) == (2, 1)
    assert here.sent[0]["status"] == 200 and here.text().startswith("retry: ")
    assert (here.sent[-1], live.listeners) == ({"type": "http.response.body", "body": b"", "more_body": False}, {})


@pytest.mark.parametrize(("missed", "told"), [(0, 0), (1, 1), (3, 1)])
def test_who_returns_is_told_once_of_what_was_missed(missed, told):
    async def play():
        live = Live(key=KEY, port=0, heartbeat=0.01)
        first = Browser(live, token("forum-1"))
        await first.until(changes(1))
        first.left.set()
        await first.task
        for _ in range(missed):
            live.changed("forum-1")
        seen = first.text().split("id: ")[1].split("\n")[0]
        again = Browser(live, token("forum-1"), seen)
        stranger = Browser(live, token("forum-1"), "0000-7")
        await again.until(lambda b: "event: hidup" in b.text())
        await stranger.until(lambda b: "event: hidup" in b.text())
        live.end()
        await asyncio.gather(again.task, stranger.task)
        return again, stranger

    again, stranger = asyncio.run(play())
    assert (again.text().count("event: berubah"), stranger.text().count("event: berubah")) == (told, 1)


def test_nobody_listens_without_a_token_or_while_the_process_ends():
    async def play():
        live = Live(key=KEY, port=0)
        refused = Browser(live, token("forum-1", SPEAK))
        await refused.task
        live.end()
        late = Browser(live, token("forum-1"))
        await late.task
        return refused, late

    refused, late = asyncio.run(play())
    assert [refused.sent[0]["status"], late.sent[0]["status"]] == [403, 503]
    assert dict(late.sent[0]["headers"])[b"retry-after"] == b"30"
