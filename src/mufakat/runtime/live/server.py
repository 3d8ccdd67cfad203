"""The live process: server-sent events from a small ASGI application, fed by datagrams from the pages of this machine.

A message says only that a topic changed. The page asks for what it may see, in its own language, so that nothing here
needs the database, and a listener that is slow gets one message for many.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from mufakat.runtime.live.tokens import LISTEN, SPEAK, derived, topic_of

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
HEARTBEAT = 15.0
"""Seconds between signs of life; a page that misses two asks by itself."""
MOST = 4000
"""Streams at once; who comes later asks by itself."""
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    # The token in the address is the permission; no cookie is read here.
    (b"access-control-allow-origin", b"*"),
]


@dataclass(eq=False, slots=True)
class Listener:
    """One open stream: woken when its topic changed, when it must end, when its page left."""

    woken: asyncio.Event = field(default_factory=asyncio.Event)
    has_left: bool = False


class Live:
    """The ASGI application. Numbers of messages begin anew with each process, so an id carries the process' own mark."""

    def __init__(self, *, key: bytes, port: int, heartbeat: float = HEARTBEAT) -> None:
        self.key, self.port, self.heartbeat = key, port, heartbeat
        self.mark = secrets.token_hex(4)
        self.last: defaultdict[str, int] = defaultdict(int)
        self.listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self.is_ending = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the lifespan, a stream, or a refusal."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        topic = topic_of(scope["path"].rpartition("/")[2], purpose=LISTEN, now=time.time(), key=self.key)
        if topic is None:
            await _refuse(send, 403)
        elif self.is_ending or sum(map(len, self.listeners.values())) >= MOST:
            await _refuse(send, 503)
        else:
            await self._stream(topic, _header(scope, b"last-event-id"), receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        ear: asyncio.DatagramTransport | None = None
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                loop = asyncio.get_running_loop()
                ear, _ = await loop.create_datagram_endpoint(lambda: Ear(self), local_addr=("127.0.0.1", self.port))
                await send({"type": "lifespan.startup.complete"})
            else:
                if ear is not None:
                    ear.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _stream(self, topic: str, seen: str, receive: Receive, send: Send) -> None:
        listener = Listener()
        self.listeners[topic].add(listener)
        leaving = asyncio.ensure_future(_wait_for_leaving(listener, receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await _say(send, f"retry: {random.randint(1000, 4000)}\n\n")  # noqa: S311  # spreads the return of many
            if seen != self._id(topic):
                await self._say_changed(send, topic)
            await self._follow(topic, listener, send)
        finally:
            leaving.cancel()
            self.listeners[topic].discard(listener)
            if not self.listeners[topic]:
                del self.listeners[topic]

    async def _follow(self, topic: str, listener: Listener, send: Send) -> None:
        while True:
            try:
                await asyncio.wait_for(listener.woken.wait(), self.heartbeat)
            except TimeoutError:
                await _say(send, "event: hidup\ndata:\n\n")
                continue
            listener.woken.clear()
            if listener.has_left:
                return
            if self.is_ending:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return
            await self._say_changed(send, topic)

    async def _say_changed(self, send: Send, topic: str) -> None:
        await _say(send, f"id: {self._id(topic)}\nevent: berubah\ndata:\n\n")

    def _id(self, topic: str) -> str:
        return f"{self.mark}-{self.last.get(topic, 0)}"

    def changed(self, topic: str) -> None:
        """Wake everybody who listens to a topic."""
        self.last[topic] += 1
        for listener in self.listeners.get(topic, ()):
            listener.woken.set()

    def end(self) -> None:
        """End every stream, so that the process can end; the pages come back on their own."""
        self.is_ending = True
        for listeners in self.listeners.values():
            for listener in listeners:
                listener.woken.set()


class Ear(asyncio.DatagramProtocol):
    """Hears what the pages of this machine say."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def datagram_received(self, data: bytes, addr: object) -> None:
        """Pass on what is signed; anything else is noise."""
        said = data.decode(errors="replace")
        topic = topic_of(said, purpose=SPEAK, now=time.time(), key=self.live.key)
        if topic is not None:
            self.live.changed(topic)


async def _wait_for_leaving(listener: Listener, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.has_left = True
    listener.woken.set()


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"access-control-allow-origin", b"*"), (b"retry-after", b"30")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _header(scope: Scope, name: bytes) -> str:
    return next((bytes(value).decode("latin-1") for key, value in scope["headers"] if key == name), "")


def serve(*, host: str, port: int, secret: str) -> None:
    """Serve until SIGTERM or SIGINT; open streams are ended first, and nobody is waited for longer than two seconds."""
    import uvicorn

    live = Live(key=derived(secret), port=port)

    class Server(uvicorn.Server):
        """A server that ends its streams before it waits for them."""

        def handle_exit(self, sig: int, frame: Any) -> None:
            """Called by the signal, in the loop's thread but between its steps."""
            self.loop.call_soon_threadsafe(live.end)
            super().handle_exit(sig, frame)

        async def serve(self, sockets: Any = None) -> None:
            """Remember the loop for the signal."""
            self.loop = asyncio.get_running_loop()
            await super().serve(sockets)

    options: dict[str, Any] = {"lifespan": "on", "access_log": False, "log_level": "warning"}
    Server(
        uvicorn.Config(live, host=host, port=port, timeout_graceful_shutdown=2, timeout_keep_alive=5, **options)
    ).run()
