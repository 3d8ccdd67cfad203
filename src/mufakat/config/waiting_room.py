"""Who comes while the pages are away is told so by a page of ours that returns by itself; standard library only."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

AGAIN = 3
"""Seconds after which the page asks again."""
MOST_READ = 25 * 1024 * 1024
SIGN = "Mufakat-Menunggu"
"""Header by which the supervisor knows its own answer from that of the pages."""

STYLE = """
:root { color-scheme: light dark; --paper: #F5F3EF; --sheet: #FFFFFF; --line: #DDD9D0; --text: #23211D; --text-2: #56524A; --ink: #0E3B40; --now: #F3B53F; }
@media (prefers-color-scheme: dark) { :root { --paper: #151614; --sheet: #1E1F1D; --line: #383935; --text: #EFECE5; --text-2: #B9B4A8; --ink: #9CCBCB; } }
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--text); font: 1rem/1.55 "Plus Jakarta Sans", system-ui, sans-serif; min-height: 100dvh; display: grid; place-content: center; grid-template-columns: minmax(0, 36rem); padding: 24px 16px; }
main { background: var(--sheet); border: 1px solid var(--line); border-top: 6px solid var(--now); border-radius: 12px; padding: 28px; }
h1 { font-size: 1.75rem; line-height: 1.28; color: var(--ink); margin-bottom: 12px; }
h2 { font-size: 1.125rem; color: var(--ink); margin-bottom: 4px; }
p + p { margin-top: 8px; }
section { margin-top: 24px; padding-top: 20px; border-top: 1px solid var(--line); color: var(--text-2); }
a { display: inline-flex; align-items: center; min-height: 44px; color: inherit; }
"""
COMES_BACK = (
    "Tidak ada yang perlu Anda lakukan: halaman ini kembali sendiri dalam beberapa detik. Yang sudah tersimpan tetap aman.",
    "There is nothing you need to do: this page returns by itself within seconds. What was saved is safe.",
)
NOT_SENT = (
    "Isian Anda belum tersimpan. Kembali ke halaman sebelumnya, tunggu sebentar, lalu kirim lagi; isian masih ada di sana.",
    "What you sent was not saved. Go back, wait a moment and send it again; what you typed is still there.",
)
PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Server sedang dimulai ulang · Mufakat</title><link rel="icon" href="data:,"><style>{style}</style></head>
<body><main><h1>Server sedang dimulai ulang</h1><p>{indonesian}</p><p><a href="{way_on}">Coba sekarang</a></p>
<section lang="en"><h2>The server is restarting</h2><p>{english}</p></section></main></body></html>
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; img-src data:; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'"


def page(*, is_reading: bool) -> bytes:
    """The page, for who was reading and for who sent something: the way of the latter is back to the form."""
    indonesian, english = COMES_BACK if is_reading else NOT_SENT
    way_on = "" if is_reading else "/"
    return PAGE.format(style=STYLE, indonesian=indonesian, english=english, way_on=way_on).encode()


class _Answer(BaseHTTPRequestHandler):
    """503 to everything, with a time to come again."""

    timeout = 5
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Mufakat", ""

    def _answer(self) -> None:
        self._take_in()
        is_reading = self.command in ("GET", "HEAD")
        body = page(is_reading=is_reading)
        self.send_response(503)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", str(AGAIN))
        if is_reading:
            self.send_header("Refresh", str(AGAIN))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header(SIGN, "1")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer  # noqa: N815

    def _take_in(self) -> None:
        """Read what was sent, or the browser sees a broken connection instead of the page."""
        length = self.headers.get("Content-Length", "0")
        left = min(int(length) if length.isdigit() else 0, MOST_READ)
        while left > 0 and (part := self.rfile.read(min(left, 65536))):
            left -= len(part)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: this is not worth a line."""


class _Room(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, host: str, port: int) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Answer, bind_and_activate=False)

    def server_bind(self) -> None:
        """Share the port with the page server, which takes over while this still answers."""
        # Without REUSEADDR a connection that has just ended would keep the port for a minute.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self.socket.bind(self.server_address)

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who left is nothing to report."""


class WaitingRoom:
    """Holds the port while the pages are away. Where a port cannot be shared (Windows) visitors wait without a page."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._room: _Room | None = None

    def open(self) -> None:
        """Begin to answer; nothing when it does already."""
        if self._room is not None or not hasattr(socket, "SO_REUSEPORT"):
            return
        room = _Room(self.host, self.port)
        try:
            room.server_bind()
            room.server_activate()
        except OSError:
            room.server_close()
            raise
        threading.Thread(target=room.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self._room = room

    def close(self) -> None:
        """Stop answering; whoever has already knocked is still answered."""
        room, self._room = self._room, None
        if room is None:
            return
        room.shutdown()
        room.socket.setblocking(False)
        with contextlib.suppress(OSError):
            while True:
                request, address = room.get_request()
                request.setblocking(True)
                room.process_request(request, address)
        room.server_close()
